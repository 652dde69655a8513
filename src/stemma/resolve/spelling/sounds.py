"""Sounds of names in Latin letters: what stays the same when systems of transliteration change."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from stemma.resolve.spelling.knowledge import knowledge
from stemma.resolve.spelling.parse import parse

_FIRST = itemgetter(0)
_VOWELS = frozenset("aeiou")
_UNHEARD = str.maketrans("", "", "aeiouh")  #: what consonants alone leave out
_SOFT_C, _GLIDING_J = (
    "\x01",
    "\x02",
)  #: stand for "c" before e, i, y and "j" before no vowel
_BEFORE_SOFT, _BEFORE_CONSONANT = re.compile("c(?=[eiy])"), re.compile("(?<!d)j(?![aeiou])")
_SYSTEMS = ("german", "german_voiced", "french_transliteration", "scholarly")
_FOREIGN = re.compile("c|w|j|^s|[aeiou]s[aeiou]")  #: what some of these systems write otherwise
_NASAL = re.compile(r"n+[kg]?(?=[^aeiou]|$)")


class Sound(NamedTuple):
    """A word as it sounds, its consonants, and these in broad classes.

    ``bare`` are the consonants that Arabic script tells, ``barer`` without those that it writes for vowels too;
    ``ending``: the number of the ending that makes it a Slavic family name, 0 where it has none.
    """

    whole: str
    bones: str
    coarse: str
    bare: str
    barer: str
    ending: int


class Spellings(NamedTuple):
    """All spellings as one pattern that cuts a word into them, and the sound of each."""

    pattern: re.Pattern[str]
    heard: dict[str, str]


@cache
def _spellings() -> Spellings:
    """The spellings of ``names/sounds.toml``; "c" and "j", which hang on what follows, stand under two letters each."""
    read: dict[str, str] = knowledge("sounds")["spelling"]
    plain = {_looking(old): new for old, new in read.items()}
    by_letter: dict[str, list[str]] = {}
    for old in plain:
        by_letter.setdefault(old[0], []).append(old[1:])
    # one branch a letter: with all spellings side by side each letter is tried against seventy
    branches = [f"{letter}(?:{'|'.join((*rest, ''))})" for letter, rest in by_letter.items()]
    return Spellings(re.compile("|".join((*branches, ".")), re.DOTALL), {_bare(old): new for old, new in plain.items()})


def _looking(old: str) -> str:
    return {"c(?=[eiy])": _SOFT_C, "j(?=[^aeiou]|$)": _GLIDING_J}.get(old, old)


def _bare(pattern: str) -> str:
    """The letters of a spelling, without what must follow."""
    return re.sub(r"\(.*\)|\$", "", pattern)


@cache
def _coarse() -> dict[int, int | str | None]:
    """Consonants to their broad classes, vowels to nothing."""
    return {**str.maketrans(knowledge("sounds")["coarse"]), **str.maketrans("", "", "aeiou")}


@cache
def _endings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The endings of Slavic family names, as they sound: a group for each that makes another family; and by letters."""
    read = knowledge("sounds")["endings"]
    told = "|".join(f"({one})" for one in read["slavic"])
    return re.compile(f"(?<=..)(?:{told})$"), re.compile(read["hard"])


def _single(letters: str) -> str:
    """Letters without those that repeat the one before."""
    return "".join(map(_FIRST, groupby(letters)))


@lru_cache(maxsize=65_536)
def sound(word: str) -> Sound:
    """The sounds of a word in small Latin letters."""
    told = word
    if "c" in told:
        told = _BEFORE_SOFT.sub(_SOFT_C, told)
    if "j" in told:
        told = _BEFORE_CONSONANT.sub(_GLIDING_J, told)
    spellings = _spellings()
    whole = _single("".join([spellings.heard.get(one, one) for one in spellings.pattern.findall(told)]))
    bones = _single(whole.translate(_UNHEARD)) if len(whole) > 1 else whole
    bones = "a" + bones if whole[:1] in _VOWELS and whole != "a" else bones
    coarse = _single((_NASAL.sub("n", whole) if "n" in whole else whole).translate(_coarse()))
    told = bones.removeprefix("a")
    bare = told.translate(_arabic())
    barer = bare if "v" not in told[1:] else (told[:1] + told[1:].replace("v", "")).translate(_arabic())
    return Sound(whole, bones, coarse, bare, barer, 0 if word[-1:] == "u" else _ending(word, whole))


def _ending(word: str, whole: str) -> int:
    """The number of a Slavic ending; not of a Belarusian "-kau", which is no "-ko"."""
    slavic, hard = _endings()
    if hard.search(word):
        return slavic.groups + 1
    found = slavic.search(whole)
    return found.lastindex or 0 if found else 0


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


@lru_cache(maxsize=65_536)
def transliterated(word: str) -> tuple[Sound, ...]:
    """The sounds of a word where it is written as German, French or scholars write Russian and Arabic, if others."""
    if not _FOREIGN.search(word):
        return ()
    told = dict.fromkeys(said(system, word) for system in _SYSTEMS)
    return tuple(dict.fromkeys(sound(one) for one in told if one != word))


@cache
def _rules(tongue: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(old), new) for old, new in knowledge("sounds")[tongue].items())


def merged(bones: str) -> str:
    """Consonants with those as one that Arabic script does not keep apart, and with all sibilants as one."""
    return _single(bones.translate(_arabic()).translate(_SIBILANTS))


_SIBILANTS = str.maketrans(dict.fromkeys("zCSJ", "s"))


@cache
def _arabic() -> dict[int, int | str | None]:
    return str.maketrans(knowledge("sounds")["arabic"])
