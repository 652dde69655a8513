import pytest

from stemma.collate.pair.kinds import kind
from stemma.collate.pair.kinds.numbers import values
from stemma.collate.pair.kinds.spelling import is_name_respelt, is_word_respelt, skeleton
from stemma.collate.pair.wording import wording


def _kind(left, right, words=((0, 1), (0, 1))):
    return kind(wording(left), words[0], wording(right), words[1])


@pytest.mark.parametrize(
    ("left", "right", "words", "named"),
    [
        ("Bridges open today across the land.", "Harbours open today across the land.", ((0, 1), (0, 1)), "words"),
        ("Orlen Vash spoke.", "Tamsin Roe spoke.", ((0, 2), (0, 2)), "name"),
        ("Cho, Lorn and Bez signed it.", "Lorn and Bez signed it.", ((0, 1), (0, 0)), "name"),
        ("Bridge Opens In Karvis Harbour", "Tunnel Opens In Karvis Harbour", ((0, 1), (0, 1)), "words"),
        ("the minister of trade", "the president of trade", ((1, 2), (1, 2)), "name"),
        ("they may leave", "they must leave", ((1, 2), (1, 2)), "words"),
        ("nobody left", "everybody left", ((0, 1), (0, 1)), "negation"),
        ("no three boats left", "any two boats left", ((0, 2), (0, 2)), "negation"),
        ("twenty five boats", "25 boats", ((0, 2), (0, 1)), "spelling"),
        ("it was a, b of all", "it was a and b of all", ((3, 3), (3, 4)), "punctuation"),
    ],
)
def test_what_weighs_most_names_a_change(left, right, words, named):
    assert _kind(left, right, words) == named


def test_a_word_that_opens_a_sentence_is_a_name_where_the_text_writes_it_large_elsewhere():
    assert _kind("Karvis waits. All of Karvis waits.", "Ostrin waits. All of Ostrin waits.") == "name"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("three hundred and twelve boats", ["312"]),
        ("10,500 crowns", ["10500"]),
        ("ten thousand five hundred", ["10500"]),
        ("1.5 million", ["1500000"]),
        ("in 2024 and 2025", ["2024", "2025"]),
        ("the first and the 1st", ["1.", "1."]),
        ("two, three or four", ["2", "3", "4"]),
        ("dozens of boats, a dozen men", ["dozens", "12"]),
        ("a boat and a man", []),
        ("007", ["7"]),
    ],
)
def test_numbers_are_read_however_they_are_written(text, found):
    assert values(text) == found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("yun lavrik", "yoon lavrick", True),
        ("ri dae sok", "li tae sok", True),
        ("phyong", "pyong", True),
        ("oksan", "oxan", True),
        ("mirov", "miroff", True),
        ("orin", "ostrin", False),
        ("orlen vash", "tamsin roe", False),
        ("un", "il", False),
        ("", "roe", False),
    ],
)
def test_names_are_respelt_where_they_sound_alike(one, other, same):
    assert is_name_respelt(one.split(), other.split()) is same
    assert is_name_respelt(other.split(), one.split()) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("organisation", "organization", True),
        ("harbours", "harbors", True),
        ("defence", "defense", True),
        ("travelled", "traveled", True),
        ("co operation", "cooperation", True),
        ("cafés", "cafes", True),
        ("four", "for", False),
        ("severe", "several", False),
        ("notable", "not able", True),  # letters alone tell no more; the negation is asked for first
    ],
)
def test_words_are_respelt_by_hyphen_accent_or_standard(one, other, same):
    assert is_word_respelt(one.split(), other.split()) is same


def test_a_skeleton_keeps_what_every_romanisation_keeps():
    assert skeleton("Ягода") == skeleton("Yagoda")
    assert skeleton("Lavrov") == skeleton("Lawroff")
    assert skeleton("Vash") != skeleton("Roe")
