import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.collate.occasion.matter import AGAIN, MORE, NAMED, WIDTH, matter, nearest, stem, weigh

TEXTS = st.lists(
    st.sampled_from(["the", "of", "harbour", "Velm", "bridges", "300", "treaty", "never", "pilots"]), max_size=60
).map(" ".join)


def test_function_words_tell_nothing_and_names_and_numbers_more():
    told = {word.stem: word.weight for word in matter("Our harbour at Velm took the 300 pilots")}
    assert told == {"harbou": 1.0, "velm": NAMED, "300": NAMED, "pilot": 1.0}


def test_in_a_headline_all_words_are_large_and_none_is_a_name_by_that():
    assert {word.weight for word in matter("Invincible Brotherhood Vowed at Harbour Talks")} == {1.0}


@pytest.mark.parametrize(
    ("one", "other"), [("laws", "law"), ("liberating", "liberated"), ("operations", "operation"), ("pilot's", "pilots")]
)
def test_a_word_is_known_in_other_forms(one, other):
    (mine,), (theirs,) = matter(f"of {one}"), matter(f"of {other}")
    assert mine.stem == theirs.stem


@pytest.mark.parametrize("word", ["gas", "press", "bus", "status"])
def test_a_last_s_that_is_no_ending_stays(word):
    assert stem(word) == word


def test_of_a_long_text_the_stretch_is_taken_that_shares_most():
    """A treaty holds the words of everything that is said of it, far from each other."""
    pilots = "thirty pilots shall serve in the harbour from spring"
    treaty = " ".join(f"clause{number} article{number} annex{number}" for number in range(40))
    mine, theirs = nearest(matter(pilots), matter(f"{treaty} {pilots} {treaty}"))
    assert weigh(mine).keys() <= weigh(theirs).keys()
    assert len(theirs) == WIDTH * len(mine) + MORE


@given(TEXTS, TEXTS)
def test_sides_keep_their_places_and_words_stand_where_they_are_told(one, other):
    mine, theirs = nearest(matter(one), matter(other))
    assert set(mine) <= set(matter(one))
    assert set(theirs) <= set(matter(other))
    for word in matter(one):
        there = one[word.start : word.end].lower().split()
        assert {stem(there[0]), stem(there[-1])} == {word.stem.removesuffix(AGAIN)}
        assert (len(there) > 1) == word.stem.endswith(AGAIN)


def test_a_word_that_comes_again_makes_a_phrase():
    phrase = "they stood shoulder to shoulder on the quay"
    told = {phrase[word.start : word.end] for word in matter(phrase)}
    assert told == {"stood", "shoulder", "shoulder to shoulder", "quay"}
