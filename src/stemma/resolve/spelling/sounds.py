"""Sounds of names in Latin letters: what stays the same when systems of transliteration change."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from stemma.resolve.spelling.knowledge import knowledge
from stemma.resolve.spelling.parse import parse

_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]")
_NASAL = re.compile(r"n+[kg]?(?=[^aeiou]|$)")


class Sound(NamedTuple):
    """A word as it sounds, its consonants, and these in broad classes.

    ``bare`` are the consonants that Arabic script tells, ``barer`` without those that it writes for vowels too.
    """

    whole: str
    bones: str
    coarse: str
    bare: str
    barer: str


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
    bones = _DOUBLED.sub(r"\1", bones)
    told = bones.removeprefix("a")
    bare, barer = (one.translate(_arabic()) for one in (told, told[:1] + told[1:].replace("v", "")))
    return Sound(whole, bones, coarse, bare, barer)


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
def _lines() -> list[str]:
    """Names that are one, a line each; then those that are one by spelling alone, and near to others."""
    return [*knowledge("persons")["same"], *knowledge("persons")["apart"]]


@cache
def _same() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(_lines()):
        for name in line.replace("'", "").split():
            groups.setdefault(name if name.isascii() else "".join(parse(name).words), set()).add(number)
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
def is_frequent(word: str) -> bool:
    """Whether a word sounds like a frequent name."""
    return sound(word).whole in frequent()


@lru_cache(maxsize=65_536)
def group(word: str) -> frozenset[int]:
    """The lines of equal given names that a word belongs to."""
    return _same().get(word) or _same_sounds().get(sound(word).whole, frozenset())


@lru_cache(maxsize=65_536)
def respelled(word: str) -> tuple[str, ...]:
    """A Latin word as English and French readers say it, and the other forms of a given name."""
    found = [said(tongue, word) for tongue in ("english", "french", "german")]
    found.append("g" + word[1:] if word[0] == "h" else word)  # Russian has no "h": "Harry" is Гарри
    kin = [name for number in sorted(group(word)) for name in _lines()[number].split() if name.isascii()]
    return tuple(one for one in dict.fromkeys((*found, *kin)) if one and one != word)


@lru_cache(maxsize=65_536)
def said(tongue: str, word: str) -> str:
    """A Latin word as readers of a tongue say it, respelled."""
    for old, new in _rules(tongue):
        word = old.sub(new, word)
    return word


@cache
def _rules(tongue: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(old), new) for old, new in knowledge("sounds")[tongue].items())


def merged(bones: str) -> str:
    """Consonants with those as one that Arabic script does not keep apart, and with all sibilants as one."""
    return _DOUBLED.sub(r"\1", bones.translate(_arabic()).translate(_SIBILANTS))


_SIBILANTS = str.maketrans(dict.fromkeys("zCSJ", "s"))


@cache
def _arabic() -> dict[int, int | str | None]:
    return str.maketrans(knowledge("sounds")["arabic"])
