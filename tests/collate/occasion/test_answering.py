"""Which words of two texts answer each other."""

from hypothesis import given
from hypothesis import strategies as st

from stemma.collate.occasion.answering import ANSWER, answered, is_answer
from stemma.collate.occasion.matter import NAMED, matter, weigh

TEXTS = st.lists(
    st.sampled_from(
        ["the", "peak", "pinnacle", "summit", "praise", "commended", "Moscow", "Russian", "Velm", "harbour"]
    ),
    max_size=12,
).map(" ".join)


def test_a_word_of_like_sense_answers_and_weighs_less():
    mine, theirs = answered("our ties reached a peak", "the ties reached their pinnacle")
    (stem,) = [word.stem for word in mine if is_answer(word.stem)]
    assert weigh(mine)[stem] == weigh(theirs)[stem] == ANSWER
    assert {word.stem for word in mine} == {word.stem for word in theirs}


def test_a_capital_answers_for_its_state_and_weighs_what_a_name_does():
    mine, theirs = answered("we spoke with Moscow", "we spoke with Russian guests")
    (stem,) = [word.stem for word in mine if is_answer(word.stem)]
    assert weigh(mine)[stem] == weigh(theirs)[stem] == NAMED


def test_a_name_is_no_answer_to_a_word():
    mine, _ = answered("we met Peak", "we met at the pinnacle")
    assert not any(is_answer(word.stem) for word in mine)


@given(TEXTS, TEXTS)
def test_each_answers_one_and_the_same_from_either_side(one, other):
    mine, theirs = answered(one, other)
    back, forth = answered(other, one)
    assert (list(mine), list(theirs)) == (list(forth), list(back))
    for words, text in ((mine, one), (theirs, other)):
        assert [(word.start, word.end) for word in words] == [(word.start, word.end) for word in matter(text)]
    answers = [{word.stem for word in words if is_answer(word.stem)} for words in (mine, theirs)]
    assert answers[0] == answers[1]
