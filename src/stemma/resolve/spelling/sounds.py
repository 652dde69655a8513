"""Sounds of names in Latin letters: what stays the same when systems of transliteration change."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache, partial
from operator import methodcaller

from stemma.resolve.spelling.knowledge import knowledge
from stemma.resolve.spelling.parse import parse

_VOWELS = frozenset("aeiou")
_NONE = frozenset[int]()
_UNHEARD = str.maketrans("", "", "aeiouh")  #: what consonants alone leave out
_SOFT_C, _GLIDING_J = (
    "\x01",
    "\x02",
)  #: stand for "c" before e, i, y and "j" before no vowel
_BEFORE_SOFT, _BEFORE_CONSONANT = re.compile("c(?=[eiy])"), re.compile("(?<!d)j(?![aeiou])")
_SYSTEMS = ("german", "german_voiced", "french_transliteration", "scholarly")
_FOREIGN = re.compile("c|w|j|^s|[aeiou]s[aeiou]")  #: what some of these systems write otherwise
_LONGEST_ENDING = 6  #: letters of a word or sound in which each ending of a Slavic family name is
_NASAL = re.compile(r"n+[kg]?(?=[^aeiou]|$)")


class Sound:
    """A word as it sounds, and its consonants; ``ending``: the number of the ending that makes it a Slavic family name.

    The ending is 0 where it has none. What few words are asked for is made when it is.
    """

    __slots__ = ("_arabic", "_coarse", "bones", "ending", "whole")

    def __init__(self, whole: str, bones: str, ending: int) -> None:
        self.whole = whole
        self.bones = bones
        self.ending = ending
        self._coarse: str | None = None
        self._arabic: tuple[str, str] | None = None

    @property
    def coarse(self) -> str:
        """The consonants in broad classes."""
        if self._coarse is None:
            plain = _NASAL.sub("n", self.whole) if "n" in self.whole else self.whole
            self._coarse = _single(plain.translate(_coarse()))
        return self._coarse

    @property
    def bare(self) -> str:
        """The consonants that Arabic script tells."""
        return self._as_arabic()[0]

    @property
    def barer(self) -> str:
        """The same without those that Arabic script writes for vowels too."""
        return self._as_arabic()[1]

    def _as_arabic(self) -> tuple[str, str]:
        if self._arabic is None:
            told = self.bones.removeprefix("a")
            fewer = told[:1] + told[1:].replace("v", "")
            self._arabic = told.translate(_arabic()), fewer.translate(_arabic())
        return self._arabic


@cache
def _spoken() -> Callable[[str], str]:
    """What puts sounds for spellings (``names/sounds.toml``); "c" and "j" stand under two letters each."""
    read: dict[str, str] = knowledge("sounds")["spelling"]
    plain = {_looking(old): new for old, new in read.items()}
    by_letter: dict[str, list[str]] = {}
    for old in plain:
        by_letter.setdefault(old[0], []).append(old[1:])
    # one branch a letter: with all spellings side by side each letter is tried against seventy
    branches = [f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items()]
    heard = {_bare(old): new for old, new in plain.items()}
    return partial(re.compile("|".join(branches)).sub, lambda one: heard[one[0]])


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
    return "".join([one for one, before in zip(letters, "\0" + letters, strict=False) if one != before])


@lru_cache(maxsize=65_536)
def sound(word: str) -> Sound:
    """The sounds of a word in small Latin letters."""
    whole, bones = _heard(word)
    return Sound(whole, bones, 0 if word[-1:] == "u" else _ending(word, whole))


def _heard(word: str) -> tuple[str, str]:
    """A word as it sounds, and its consonants with the vowel at its head."""
    told = word
    if "c" in told:
        told = _BEFORE_SOFT.sub(_SOFT_C, told)
    if "j" in told:
        told = _BEFORE_CONSONANT.sub(_GLIDING_J, told)
    whole = _single(_spoken()(told))
    bones = _single(whole.translate(_UNHEARD)) if len(whole) > 1 else whole
    return whole, "a" + bones if whole[:1] in _VOWELS and whole != "a" else bones


def _ending(word: str, whole: str) -> int:
    """The number of a Slavic ending; not of a Belarusian "-kau", which is no "-ko"."""
    slavic, hard = _endings()
    if hard.search(word, max(0, len(word) - _LONGEST_ENDING)):
        return slavic.groups + 1
    found = slavic.search(whole, max(0, len(whole) - _LONGEST_ENDING))
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
    return _same().get(word) or _same_sounds().get(sound(word).whole, _NONE)


@lru_cache(maxsize=65_536)
def respelled(word: str) -> tuple[str, ...]:
    """A Latin word as English and French readers say it, and the other forms of a given name."""
    found = [said(tongue, word) for tongue in ("english", "french", "german")]
    found.append("g" + word[1:] if word[0] == "h" else word)  # Russian has no "h": "Harry" is Гарри
    kin = [name for number in sorted(group(word)) for name in _lines()[number].split() if name.isascii()]
    return tuple(one for one in dict.fromkeys((*found, *kin)) if one and one != word)


def said(tongue: str, word: str) -> str:
    """A Latin word as readers of a tongue say it, respelled."""
    for apply in _rules(tongue):
        word = apply(word)
    return word


@lru_cache(maxsize=65_536)
def transliterated(word: str) -> tuple[tuple[str, str], ...]:
    """The sounds and consonants of a word, if others, as German, French or scholars write Russian and Arabic."""
    if not _FOREIGN.search(word):
        return ()
    told = dict.fromkeys([said(system, word) for system in _SYSTEMS])
    return tuple(dict.fromkeys([_heard(one) for one in told if one != word]))


@cache
def _rules(tongue: str) -> tuple[Callable[[str], str], ...]:
    return tuple(_rule(old, new) for old, new in knowledge("sounds")[tongue].items())


def _rule(old: str, new: str) -> Callable[[str], str]:
    """What puts one spelling for another, in a word in small letters."""
    return methodcaller("replace", old, new) if old.isalpha() else partial(re.compile(old).sub, new)


def merged(bones: str) -> str:
    """Consonants with those as one that Arabic script does not keep apart, and with all sibilants as one."""
    return _single(bones.translate(_arabic()).translate(_SIBILANTS))


_SIBILANTS = str.maketrans(dict.fromkeys("zCSJ", "s"))


@cache
def _arabic() -> dict[int, int | str | None]:
    return str.maketrans(knowledge("sounds")["arabic"])
