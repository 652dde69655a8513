import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.collate.occasion.likewords import IN_BRIEF, LEAST_ALIKE, ON_ONE_PAGE, ON_TWO_PAGES, Unit, like_words, units
from stemma.collate.occasion.matter import matter

TEXTS = st.lists(
    st.sampled_from(
        [
            "the",
            "of",
            "harbour",
            "Velm",
            "bridges",
            "300",
            "treaty",
            "never",
            "pilots",
            "serve",
            "open",
            "spring",
            "Karvis",
        ]
    ),
    max_size=25,
).map(" ".join)
LONG = "he thanked everybody and said that the harbour of Velm would be opened to pilots in the spring, as the treaty has it"
TURNED = "In spring, by treaty, pilots will find the harbour opened; prices are another matter, the minister told the farmers"


def test_a_thing_said_in_other_order_and_forms_is_found_with_its_stretches():
    found = like_words(LONG, TURNED)
    assert found is not None
    assert (LONG[slice(*found.left)], TURNED[slice(*found.right)]) == (
        "harbour of Velm would be opened to pilots in the spring, as the treaty", "spring, by treaty, pilots will find the harbour opened",
    )  # fmt: skip
    assert found.words == 5
    assert LEAST_ALIKE <= found.score < 1


def test_a_turn_of_phrase_that_all_use_is_none_on_two_pages_and_one_on_a_page():
    one = "agreements that undermine the sovereignty, safety and territorial wholeness of either side"
    other = "he would support a policy that protects the sovereignty and territorial wholeness of the realm"
    assert like_words(one, other, ON_TWO_PAGES) is None
    assert like_words(one, other, ON_ONE_PAGE) is not None


def test_names_alone_are_no_words_in_common():
    one = "yesterday Orlen Vash of Velm met Tamsin Roe in Karvis"
    other = "it was in Karvis that Tamsin Roe, Orlen Vash and all Velm were wrong"
    assert like_words(one, other, ON_ONE_PAGE) is None


def test_a_saying_that_loses_a_word_is_found_in_brief_alone():
    saying, shortened = "a solid foundation for unbreakable maritime fellowship", "vowed unbreakable fellowship"
    found = like_words(saying, shortened, IN_BRIEF)
    assert found is not None
    assert saying[slice(*found.left)] == "unbreakable maritime fellowship"
    assert like_words(saying, shortened, ON_ONE_PAGE) is None


def test_words_that_lie_far_apart_are_none():
    far = " ".join(["pilots", *(f"word{n}" for n in range(20)), "harbour", *(f"next{n}" for n in range(20)), "treaty"])
    assert like_words("pilots in the harbour by treaty", far, ON_ONE_PAGE) is None


@given(TEXTS, TEXTS, st.sampled_from([IN_BRIEF, ON_ONE_PAGE, ON_TWO_PAGES]))
def test_it_is_the_same_from_either_side_and_holds_what_it_says(one, other, fewest):
    found, turned = like_words(one, other, fewest), like_words(other, one, fewest)
    assert (found is None) == (turned is None)
    if found and turned:
        assert (found.left, found.right, found.words) == (turned.right, turned.left, turned.words)
        mine, theirs = matter(one[slice(*found.left)]), matter(other[slice(*found.right)])
        assert len({word.stem for word in mine} & {word.stem for word in theirs}) >= found.words >= fewest


@pytest.mark.parametrize(("role", "count"), [("title", 2), ("body", 2), ("furniture", 0)])
def test_units_are_sentences_headlines_and_short_quotations(role, count):
    text = "They are bound by “lasting fellowship”, he said."
    found = units(text, [(0, len(text), role)])
    assert len(found) == count
    if found:
        assert found[0] == Unit(0, len(text), role == "title")
        assert text[found[1].start : found[1].end] == "lasting fellowship"
