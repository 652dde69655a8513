"""Korean names: Hangul to Latin by rule, and syllables under which the romanisations agree.

Decomposition of Hangul syllables by the arithmetic of the Unicode standard, section 3.12; initials, vowels
and finals in the spelling of the Revised Romanisation (2000), without changes of sound between syllables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from stemma.resolve.spelling.knowledge import knowledge

_FIRST = 0xAC00
_INITIALS = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_FINALS = "- k k k n n n t l k m p l l p l m p p t t ng t t k t p h".replace("-", "").split(" ")
_VOWEL_COUNT, _FINAL_COUNT = 21, 28

ONE_CLASS = 0.9  #: likeness of two spellings that may stand for one syllable
_ONE_OFF = 0.4  #: likeness where initial or vowel differ
_NASALS = frozenset({"n", "ng", "n*"})  #: Cyrillic writes both finals with one letter: "n*"


class Syllable(NamedTuple):
    """What a romanised syllable may stand for in Hangul."""

    initials: frozenset[str]
    vowels: frozenset[str]
    final: str


def romanize(letter: str) -> str:
    """A Hangul syllable in the Revised Romanisation, letter by letter."""
    number = ord(letter) - _FIRST
    initial, rest = divmod(number, _VOWEL_COUNT * _FINAL_COUNT)
    vowel, final = divmod(rest, _FINAL_COUNT)
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]


class Parts(NamedTuple):
    """What initials, vowels and finals of romanised syllables may stand for."""

    initial: dict[str, frozenset[str]]
    vowel: dict[str, frozenset[str]]
    final: dict[str, str]
    pattern: re.Pattern[str]


@cache
def _parts() -> Parts:
    read = knowledge("korean")
    initial, vowel = (
        {spelled: frozenset(meant.replace("-", "").split(" ")) for spelled, meant in read[part].items()}
        for part in ("initial", "vowel")
    )
    pattern = "".join(f"({_choices(table)})" for table in (initial, vowel, read["final"]))
    return Parts(initial, vowel, read["final"], re.compile(pattern + "$"))


def _choices(table: Iterable[str]) -> str:
    """The keys as one pattern, longest first, nothing last."""
    return "|".join(sorted(table, key=lambda spelled: (-len(spelled), spelled)))


@lru_cache(maxsize=16_384)
def syllable(spelled: str) -> Syllable | None:
    """The classes of a romanised syllable; None where it has no Korean form."""
    parts = _parts()
    match = parts.pattern.match(spelled)
    return Syllable(parts.initial[match[1]], parts.vowel[match[2]], parts.final[match[3]]) if match else None


@lru_cache(maxsize=16_384)
def split_syllables(word: str) -> tuple[str, ...]:
    """A word of two syllables written as one ("Sunggon") apart; the word itself where it is one or none."""
    if syllable(word):
        return (word,)
    for at in range(len(word) - 2, 1, -1):
        if syllable(word[:at]) and syllable(word[at:]):
            return (word[:at], word[at:])
    return (word,)


@cache
def is_syllable(spelled: str) -> bool:
    """Whether a word is one romanised Korean syllable."""
    return syllable(spelled) is not None


def likeness(left: str, right: str) -> float:
    """How well two spelled syllables agree: 1 the same spelling, .9 one class, .4 one part off, else 0."""
    if left == right:
        return 1.0
    a, b = syllable(left), syllable(right)
    if a is None or b is None:
        return 0.0
    finals = a.final == b.final or ("n*" in {a.final, b.final} and _NASALS.issuperset((a.final, b.final)))
    agree = (bool(a.initials & b.initials), bool(a.vowels & b.vowels), finals)
    if all(agree):
        return ONE_CLASS
    return _ONE_OFF if sum(agree) == 2 and agree[2] | (a.final in {"", "t"}) else 0.0
