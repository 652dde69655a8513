"""Korean names: Hangul to Latin by rule, and syllables under which the romanisations agree.

Decomposition of Hangul syllables by the arithmetic of the Unicode standard, section 3.12; initials, vowels
and finals in the spelling of the Revised Romanisation (2000), without changes of sound between syllables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

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
_VOWEL_LETTERS = frozenset("aeiouŏŭyw")
_MOST_CUTS = 2  #: ways to cut a word that are kept

ONE_CLASS = 0.9  #: likeness of two spellings that may stand for one syllable
#: The same where the rules of sound make them one: the law of initials (North "Ryong", South "Yong"), and finals that
#: meet n, m or r (McCune-Reischauer writes "Kŭng-nyŏl" for "Kŭk" and "Ryŏl").
BY_RULE = 0.85
#: Likeness where one part differs by a spelling that is often confused; shares of the likeness of the letters where one
#: part differs otherwise, and where more do.
_NEAR_BY, _ONE_OFF, _TWO_OFF = 0.5, 0.4, 0.15
_NASALS = frozenset({"n", "ng", "n*"})  #: Cyrillic writes both finals with one letter: "n*"
_DROPPED = frozenset({"n", "r"})  #: initials that the South drops before these vowels at the head of a word
_SOFT = frozenset({"ya", "yae", "yeo", "ye", "yo", "yu", "i"})
_THINNED = frozenset({"yeo", "yu"})
_MEETING = frozenset({"n", "m", "r"})  #: initials that change the final before them
_MET = tuple(map(frozenset, (("k", "ng"), ("p", "m"), ("t", "n"), ("n", "l"), ("n*", "k"), ("n*", "l"))))
_CONFUSED = tuple(map(frozenset, (
    ("ae", "e"), ("e", "ye"), ("eo", "yeo"), ("wo", "o"), ("wo", "u"), ("wo", "eo"), ("u", "eu"),
    ("oe", "e"), ("oe", "o"), ("yu", "u"), ("wa", "a"), ("yae", "ae"),
)))  # fmt: skip


#: Initials that romanisations write alike.
_CLASS = {"g": "k", "kk": "k", "d": "t", "tt": "t", "b": "p", "pp": "p", "ch": "j", "jj": "j", "ss": "s", "r": "n"}


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
    if not match:
        return None
    final = parts.final[match[3]]
    # Korean syllables in "en" are next to none: it is Cyrillic "ен" in Latin letters, whose final may be ng ("Ir Sen")
    final = "n*" if (match[2], final) == ("e", "n") else final
    return Syllable(parts.initial[match[1]], parts.vowel[match[2]], final)


@lru_cache(maxsize=16_384)
def splits(word: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which a word falls into syllables: as one, or cut in two ("Sunggon"), before a consonant first."""
    if syllable(word):
        return ((word,),)
    cuts = [(word[:at], word[at:]) for at in range(len(word) - 1, 0, -1) if syllable(word[:at]) and syllable(word[at:])]
    told = sorted(cuts, key=lambda cut: cut[1][0] in _VOWEL_LETTERS)
    return tuple(told[:_MOST_CUTS]) or ((word,),)


@cache
def is_syllable(spelled: str) -> bool:
    """Whether a word is one romanised Korean syllable."""
    return syllable(spelled) is not None


@lru_cache(maxsize=65_536)
def likeness(left: str, right: str) -> float:
    """How well two spelled syllables agree: 1 the same spelling, .9 one class, less where one part differs, else 0."""
    if left == right:
        return 1.0
    a, b = syllable(left), syllable(right)
    if a is None or b is None:
        return 0.0
    agree = (bool(a.initials & b.initials), bool(a.vowels & b.vowels), _one_final(a, b))
    if all(agree):
        return ONE_CLASS
    if sum(agree) < 2:
        return _TWO_OFF * Indel.normalized_similarity(left, right)
    confused = not agree[1] and any(pair & a.vowels and pair & b.vowels for pair in _CONFUSED)
    return _NEAR_BY if confused else _ONE_OFF * Indel.normalized_similarity(left, right)


@lru_cache(maxsize=65_536)
def one_part_off(left: str, right: str) -> float:
    """1 where two spelled syllables differ in one part at most; what differs in more makes no name nearly the same."""
    a, b = syllable(left), syllable(right)
    if a is None or b is None:
        return float(left == right)
    return float(bool(a.initials & b.initials) + bool(a.vowels & b.vowels) + _one_final(a, b) > 1)


def _one_final(a: Syllable, b: Syllable) -> bool:
    return a.final == b.final or ("n*" in {a.final, b.final} and _NASALS.issuperset((a.final, b.final)))


def agree(left: Sequence[str], right: Sequence[str]) -> list[float]:
    """The likeness of each two syllables of given names of one length, by the rules of sound between them too."""
    scores = list(map(likeness, left, right))
    if min(scores) >= ONE_CLASS:
        return scores
    told = [*zip(map(syllable, left), map(syllable, right), strict=True), (None, None)]
    for at, score in enumerate(scores):
        a, b = told[at]
        if score < ONE_CLASS and a and b and a.vowels & b.vowels:
            by_rule = _met(a, b, told[at + 1]) or (_thinned(a, b, told[at - 1]) if at else _dropped(a, b))
            scores[at] = BY_RULE if by_rule else score
    return scores


def _met(a: Syllable, b: Syllable, following: tuple[Syllable | None, Syllable | None]) -> bool:
    """Whether the finals of two syllables become one before the initial that follows."""
    meets = all(each and each.initials & _MEETING for each in following)
    return meets and bool(a.initials & b.initials) and frozenset((a.final, b.final)) in _MET


def _dropped(a: Syllable, b: Syllable) -> bool:
    """Whether one first syllable lacks the initial that the other has before a soft vowel."""
    none, some = sorted((a.initials, b.initials), key=lambda initials: "" not in initials)
    soft = bool(a.vowels & b.vowels & _SOFT)
    return soft and _one_final(a, b) and "" in none and bool(some & _DROPPED)


def _thinned(a: Syllable, b: Syllable, before: tuple[Syllable | None, Syllable | None]) -> bool:
    """Whether "ryol" stands as "yol" and "ryul" as "yul" after a vowel or n, as the South spells (orthography, 11)."""
    open_ = all(each and each.final in {"", "n", "n*"} for each in before)
    return open_ and a.final == b.final == "l" and bool(a.vowels & b.vowels & _THINNED) and _dropped(a, b)


def skeleton(spelled: str, *, first: bool, following: str | None) -> str:
    """Class of initial and final of a syllable, which every romanisation and rule of sound leaves alone."""
    one, after = syllable(spelled), syllable(following) if following else None
    if one is None:
        return ""
    soft = first and one.vowels & _SOFT and one.initials & {"", *_DROPPED}
    initial = "" if soft else _CLASS.get(min(one.initials), min(one.initials))
    final = "n" if one.final in _NASALS else one.final
    return initial + ("*" if after and after.initials & _MEETING and final else final)
