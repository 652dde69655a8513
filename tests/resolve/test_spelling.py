"""Scripts, romanisations and sounds."""

from __future__ import annotations

import pytest
from anyascii import anyascii
from hypothesis import given
from hypothesis import strategies as st

from stemma.resolve.spelling.chinese import chinese_likeness
from stemma.resolve.spelling.hangul import ONE_CLASS, likeness, romanize, splits
from stemma.resolve.spelling.korean import korean, korean_likeness
from stemma.resolve.spelling.parse import ASCII, parse, script_of
from stemma.resolve.spelling.sounds import sound


@pytest.mark.parametrize(
    ("letter", "latin"), [("김", "gim"), ("정", "jeong"), ("은", "eun"), ("박", "bak"), ("최", "choe"), ("닭", "dak")]
)
def test_romanize(letter, latin):
    assert romanize(letter) == latin


@pytest.mark.parametrize(
    ("left", "right"),
    [("jong", "jeong"), ("chong", "jong"), ("hui", "hee"), ("chol", "cheol"), ("thae", "tae"), ("un", "eun")],
)
def test_syllables_of_one_class(left, right):
    assert likeness(left, right) == ONE_CLASS


@pytest.mark.parametrize(("left", "right"), [("il", "un"), ("ho", "gil"), ("su", "yong"), ("min", "man")])
def test_syllables_apart(left, right):
    assert likeness(left, right) < ONE_CLASS


def test_two_syllables_written_as_one():
    assert splits("minsol")[0] == ("min", "sol")


def test_family_name_last():
    assert korean("Min-sol Cho")[0].family == "cho"


def test_hanja_reads_as_korean():
    assert korean_likeness("李學成", "Ri Hak Song").lowest >= ONE_CLASS


def test_wade_giles_is_pinyin():
    assert chinese_likeness("Chou Hsiao-p'ing", "Zhou Xiaoping").lowest > 0.9


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Holt", "latin"),
        ("Šárka", "latin"),
        ("Белкин", "cyrillic"),
        ("김정", "hangul"),
        ("李學", "han"),
        ("محمد", "arabic"),
    ],
)
def test_script(text, script):
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dr. Maren Holt (politician)", ("maren", "holt")),
        ("Holt, Maren", ("maren", "holt")),
        ("President Tomáš Varga", ("tomas", "varga")),
        ("Minister", ("minister",)),
    ],
)
def test_parse(text, words):
    assert parse(text).words == words


@pytest.mark.parametrize(
    ("left", "right"), [("schtscherbakow", "shcherbakov"), ("wladimir", "vladimir"), ("yusuf", "yousuf")]
)
def test_sounds_the_same(left, right):
    assert sound(left).whole == sound(right).whole


def test_j_is_y_where_the_whole_name_agrees_so():
    told = korean_likeness("Ryu Mi Yong", "Ju Mi Jong")
    assert told is not None
    assert told.right.foreign
    assert ONE_CLASS > told.lowest > 0.5


@pytest.mark.parametrize("name", ["Kim Jong Chol", "Jang Yong Ho"])
def test_one_j_or_another_sign_of_english_is_no_y(name):
    assert not any(each.foreign for each in korean(name))


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("Kim Chang Ryol", "Kim Chang-yeol", False),
        ("Kim Ki Ryol", "Kim Gi-yeol", True),
        ("O Su Ryong", "O Su Yong", False),
    ],
)
def test_ryol_is_yol_after_a_vowel(left, right, one):
    assert (korean_likeness(left, right).lowest >= 0.85) is one


@pytest.mark.parametrize("name", ["Чхве Мин Соль", "Цой Мин Соль"])
def test_cyrillic_has_two_spellings_of_choe(name):
    assert korean_likeness(name, "Choe Min Sol").family == 1


def test_what_a_hyphen_joins_has_no_title_before_it():
    assert parse("Tuan Min-sol").words[0] == "tuan"
    assert parse("Tuan Omar Tarawi").words == ("omar", "tarawi")


@given(st.text())
def test_letters_are_read_one_by_one(text):
    assert text.translate(ASCII) == anyascii(text)


def test_a_doubtful_reading_counts_where_all_of_it_agrees():
    assert korean_likeness("Min Sol Cho", "Cho Min Sol").lowest > 0.9
    assert korean_likeness("Min Sol Cho", "Jang Min Sol").family < 1
