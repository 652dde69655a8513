import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.collate.occasion import LEAST_SHARE, MOST_SCORE, Saying, resemblance, resemblances

VASH = frozenset({"evash"})
WORDS = st.sampled_from(
    [
        "the",
        "of",
        "harbour",
        "bridge",
        "treaty",
        "minister",
        "Velm",
        "300",
        "steel",
        "autumn",
        "railway",
        "sentence",
        "never",
    ]
)
DAYS = st.sampled_from([None, "2025-10-22", "2025-10-23", "2025-10-24T06:00:00Z", "2025-10-27", "2025", "no day"])
SAYINGS = st.builds(
    Saying, st.text("ab", min_size=1, max_size=3), st.sampled_from(["d1", "d2", "d3"]),
    st.sampled_from([VASH, frozenset({"eroe"}), frozenset()]), st.lists(WORDS, max_size=12).map(" ".join), DAYS, DAYS,
    st.lists(WORDS, max_size=2).map(tuple),
)  # fmt: skip
AGENCY = "the old bridge over the Marn would be closed to lorries from the first day of November"
PAPER = "no lorries could cross: the bridge, he announced, was to be closed in November"


def _saying(name, words, *, speakers=VASH, said=None, published="2025-10-24", around=()):
    return Saying(name, f"d{name}", speakers, words, said, published, around)


def test_one_speech_in_the_words_of_two_outlets_is_told_with_its_grounds():
    (found,) = resemblances([_saying("b", PAPER, published="2025-10-26"), _saying("a", AGENCY)])
    assert (found.left, found.right) == ("a", "b")
    assert LEAST_SHARE <= found.score <= MOST_SCORE
    assert found.reason.startswith("same speaker; published within two days; shares 4 telling words")


@pytest.mark.parametrize(
    "other",
    [
        _saying("b", PAPER, speakers=frozenset({"eroe"})),
        _saying("b", PAPER, speakers=frozenset()),
        _saying("b", PAPER, published="2025-10-27"),
        _saying("b", PAPER, published=None),
        _saying("b", "prices in Velm had risen twice since the harvest, he told farmers"),
        Saying("b", "da", VASH, PAPER, None, "2025-10-24"),
    ],
    ids=["another speaker", "speaker not known", "three days later", "no day", "another matter", "the same page"],
)
def test_what_differs_in_one_ground_is_not_told(other):
    assert resemblances([_saying("a", AGENCY), other]) == []


def test_the_day_of_speaking_outranks_that_of_publication():
    late = _saying("b", PAPER, said="2025-10-24", published="2025-12-01")
    assert "said on one day" in resemblances([_saying("a", AGENCY, said="2025-10-23"), late])[0].reason
    assert resemblances([_saying("a", AGENCY, said="2025-10-20"), late._replace(published="2025-10-24")]) == []


def test_names_and_numbers_alone_are_no_matter():
    one = _saying("a", "in Velm Orlen Vash met Tamsin Roe of Karvis and 300 guests")
    other = _saying("b", "that Karvis, Tamsin Roe, Orlen Vash and 300 delegates of Velm were to blame")
    assert resemblances([one, other]) == []


def test_a_common_place_raises_the_score():
    near = [_saying(name, words, around=("at the harbour of Velm",)) for name, words in (("a", AGENCY), ("b", PAPER))]
    plain = resemblances([_saying("a", AGENCY), _saying("b", PAPER)])[0]
    found = resemblances(near)[0]
    assert found.score > plain.score
    assert "both name" in found.reason


@given(SAYINGS, SAYINGS.map(lambda each: each._replace(id="c")))
def test_it_is_the_same_from_either_side(one, other):
    assert resemblance(one, other) == resemblance(other, one)


@given(st.lists(SAYINGS, max_size=4, unique_by=lambda each: each.id))
def test_neither_order_nor_company_matters(sayings):
    found = resemblances(sayings)
    assert all(resemblances(some) == found for some in permutations(sayings))
    assert found == sorted(found)
    by_pairs = [
        resemblances(random.sample(pair, 2)) for pair in ([a, b] for a in sayings for b in sayings if a.id < b.id)
    ]
    assert sorted(each for some in by_pairs for each in some) == found


def test_that_only_one_of_them_negates_is_told():
    one = _saying("a", "that the harbour of Velm will be opened to pilots of every nation")
    other = _saying("b", "he would never see the harbour opened to pilots of another nation")
    assert resemblance(one, other).reason.endswith("only one of them negates")
    assert "negates" not in resemblance(one, _saying("b", one.words)).reason


def test_three_words_are_enough_for_a_short_statement_if_none_is_a_name():
    short = _saying("a", "a loser, a liar and a whiner")
    assert resemblance(short, _saying("b", "you are not just a loser, you are a liar and a whiner"))
    named = _saying("a", "the harbour of Velm and Karvis")
    assert (
        resemblance(named, _saying("b", "in Karvis and in Velm, he told the harbour guards, nothing was safe")) is None
    )


def test_of_a_full_text_the_stretch_counts_that_shares_most():
    treaty = " ".join(f"article {name} of the accord binds both coasts" for name in ("one", "two", "three")) * 9
    words = ["harbour", "lorries", "bridge", "November", "closed"]
    scattered = " ".join(f"{word} {treaty}" for word in words)
    assert resemblance(_saying("a", "the bridge closed to lorries at the harbour"), _saying("b", scattered)) is None
    assert resemblance(_saying("a", AGENCY), _saying("b", f"{treaty} {PAPER} {treaty}"))
