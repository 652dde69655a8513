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
def _lines() -> list[str]:
    """Names that are one, a line each; then those that are one by spelling alone, and near to others."""
    return [*knowledge("persons")["same"], *knowledge("persons")["apart"]]


@cache
def _same() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(_lines()):
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


@lru_cache(maxsize=65_536)
def respelled(word: str) -> tuple[str, ...]:
    """A Latin word as English and French readers say it, and the other forms of a given name."""
    found = []
    for tongue in ("english", "french", "german"):
        said = word
        for old, new in _rules(tongue):
            said = old.sub(new, said)
        found.append(said)
    found.append("g" + word[1:] if word[0] == "h" else word)  # Russian has no "h": "Harry" is Гарри
    kin = [name for number in sorted(group(word)) for name in _lines()[number].split()]
    return tuple(one for one in dict.fromkeys((*found, *kin)) if one and one != word)


@cache
def _rules(tongue: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(old), new) for old, new in knowledge("sounds")[tongue].items())


_APART = 0.5  #: likeness of two given names that are known as two, however near: "Marina", "Mariya"


@lru_cache(maxsize=32_768)
def likeness(left: str, right: str, *, broad: bool = False, vowelless: bool = False) -> float:
    """How alike two words sound, 0 to 1.

    ``broad``: one side comes from a script that confuses consonants; ``vowelless``: from one without vowels.
    """
    if left == right:
        return 1.0
    one, other = group(left), group(right)
    if one & other:
        return 0.97
    if one and other and not broad and not vowelless:
        return _APART
    if len(left) == 1 or len(right) == 1:
        return 0.8 if left[:1] == right[:1] else 0.0
    a, b = sound(left), sound(right)
    if a.whole == b.whole:
        return 0.98
    if vowelless:
        return 0.95 * _bare(a, b)
    value = _of_sounds(a, b)
    if broad:
        return max(value, 0.95 * Indel.normalized_similarity(a.coarse, b.coarse))
    value = value if a.bones[:1] == b.bones[:1] else value * 0.85
    if _MAYBE <= value < _GOOD and _GERMAN.search(left + right):
        return max(value, _RESPELLED * max(_of_sounds(x, y) for x, y in ((_german(left), b), (a, _german(right)))))
    return value


def _of_sounds(a: Sound, b: Sound) -> float:
    return 0.55 * Indel.normalized_similarity(a.whole, b.whole) + 0.45 * Indel.normalized_similarity(a.bones, b.bones)


@lru_cache(maxsize=16_384)
def _german(word: str) -> Sound:
    for old, new in _rules("german"):
        word = old.sub(new, word)
    return sound(word)


_MAYBE = 0.5  #: likeness from which a German reading is worth a try
_GERMAN = re.compile("ch|w|^s")


def _bare(a: Sound, b: Sound) -> float:
    """Likeness of consonants alone; "w" and "y" may be vowels, and Arabic has neither "p" nor "v"."""
    one, other = (bones.removeprefix("a").translate(_arabic()) for bones in (a.bones, b.bones))
    value = Indel.normalized_similarity(one, other)
    if value < 1 and "f" in one[1:] + other[1:]:
        fewer = [bones[:1] + bones[1:].replace("v", "") for bones in (a.bones.removeprefix("a"), b.bones.removeprefix("a"))]
        bare = [bones.translate(_arabic()) for bones in fewer]
        value = max(value, *(0.98 * Indel.normalized_similarity(x, y) for x in (one, bare[0]) for y in (other, bare[1])))
    return value


@cache
def _arabic() -> dict[int, int | str | None]:
    return str.maketrans(knowledge("sounds")["arabic"])


_RESPELLED = 0.97  #: share that a likeness keeps where it is of how other tongues say the word
_GOOD = 0.95  #: likeness that is not looked to be bettered


@lru_cache(maxsize=65_536)
def across(latin: str, other: str, *, broad: bool = False, vowelless: bool = False) -> float:
    """How alike a word in Latin letters and one of another script sound, which writes down what is heard."""
    value = likeness(latin, other, broad=broad, vowelless=vowelless)
    if value >= _GOOD or min(len(latin), len(other)) < 2:  # noqa: PLR2004 (an initial)
        return value
    said = (likeness(one, other, broad=broad, vowelless=vowelless) for one in respelled(latin))
    return max(value, _RESPELLED * max(said, default=0.0))
