"""Sounds of names in Latin letters: what stays the same when systems of transliteration change."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from stemma.resolve.spelling.knowledge import knowledge

_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]")
_NASAL = re.compile(r"n+[kg]?(?=[^aeiou]|$)")


class Sound(NamedTuple):
    """A word as it sounds, its consonants, and its consonants in broad classes."""

    whole: str
    bones: str
    coarse: str


class Spellings(NamedTuple):
    """All spellings as one pattern, the sound of each, and the broad classes of consonants."""

    pattern: re.Pattern[str]
    heard: dict[str, str]
    coarse: dict[int, int | str | None]


@cache
def _spellings() -> Spellings:
    read = knowledge("sounds")
    heard = {re.sub(r"\(.*\)|\$", "", old): new for old, new in read["spelling"].items()}
    return Spellings(re.compile("|".join(read["spelling"])), heard, str.maketrans(read["coarse"]))


@lru_cache(maxsize=65_536)
def sound(word: str) -> Sound:
    """The sounds of a word in small Latin letters."""
    whole = _DOUBLED.sub(r"\1", _spellings().pattern.sub(_heard, word))
    bones = _VOWELS.sub("", whole).replace("h", "") if len(whole) > 1 else whole
    bones = ("a" if whole[:1] in set("aeiou") else "") + bones
    coarse = _DOUBLED.sub(r"\1", _VOWELS.sub("", _NASAL.sub("n", whole)).translate(_spellings().coarse))
    return Sound(whole, _DOUBLED.sub(r"\1", bones), coarse)


def _heard(match: re.Match[str]) -> str:
    """The sound of a spelling; "c" and "j" hang on what follows."""
    spelled = match[0]
    following = match.string[match.end() : match.end() + 1]
    if spelled == "c":
        return "s" if following and following in "eiy" else "k"
    if spelled == "j":
        return "J" if following and following in "aeiou" else "i"
    return _spellings().heard[spelled]


@cache
def _same() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(knowledge("persons")["same"]):
        for name in line.replace("'", "").split():
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


@cache
def _same_sounds() -> dict[str, frozenset[int]]:
    by_sound: dict[str, set[int]] = {}
    for name, numbers in _same().items():
        if len(name) > 3:
            by_sound.setdefault(sound(name).whole, set()).update(numbers)
    return {whole: frozenset(numbers) for whole, numbers in by_sound.items()}


@cache
def frequent() -> frozenset[str]:
    """Sounds of names so frequent that sharing one says little."""
    return frozenset(sound(name).whole for name in knowledge("persons")["frequent"].split())


@lru_cache(maxsize=65_536)
def group(word: str) -> frozenset[int]:
    """The lines of equal given names that a word belongs to."""
    return _same().get(word) or _same_sounds().get(sound(word).whole, frozenset())


@lru_cache(maxsize=32_768)
def likeness(left: str, right: str, *, broad: bool = False, vowelless: bool = False) -> float:
    """How alike two words sound, 0 to 1.

    ``broad``: one side comes from a script that confuses consonants; ``vowelless``: from one without vowels.
    """
    if left == right:
        return 1.0
    if group(left) & group(right):
        return 0.97
    if len(left) == 1 or len(right) == 1:
        return 0.8 if left[:1] == right[:1] else 0.0
    a, b = sound(left), sound(right)
    if a.whole == b.whole:
        return 0.98
    if vowelless:
        return 0.95 * Indel.normalized_similarity(a.bones.removeprefix("a"), b.bones.removeprefix("a"))
    value = 0.55 * Indel.normalized_similarity(a.whole, b.whole) + 0.45 * Indel.normalized_similarity(a.bones, b.bones)
    if broad:
        value = max(value, 0.95 * Indel.normalized_similarity(a.coarse, b.coarse))
    return value if a.bones[:1] == b.bones[:1] or broad else value * 0.85
