"""Keys of persons' names: what all forms of one name share and few other names have.

A key is a word by its consonants with the first two of another word: "Putin" with "Vl". Eastern names have
the number of their family name with initials and finals of their syllables, which all romanisations leave alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from stemma.resolve.pairing import middle, side
from stemma.resolve.spelling import chinese, korean, sounds
from stemma.resolve.spelling.parse import Script, marked

ALONE = "alone:"  #: of keys under which a word that stands alone meets names that hold it
LOOSELY = "?"  #: of keys by loose sound, under which names in eastern letters meet those that they write down
INITIAL = "initial:"  #: of keys under which names with an initial meet those that it may stand for
_BONES = 4  #: consonants of a word that tell it
_BESIDE = 2  #: consonants of a second word that tell it beside the first
_FEWEST_BONES = 2  #: consonants of a word that may meet names by itself
_NATIVE = frozenset({"hangul", "han"})
_SYSTEMS = ("ko", "zh", "yue")  #: how keys of the syllables of eastern names begin: Korean, Mandarin, Cantonese
_TELLING = 3  #: consonants from which a word of an eastern name tells it
#: Beginnings that transliterations and scripts write for one another; what is not here begins with a vowel.
_BEGINNINGS = {
    letter: some[0] for some in ("pbvfw", "td", "kgqh", "szcCSJ", "lr", "mn") for letter in some
}  # fmt: skip


def keys(name: str) -> tuple[str, ...]:
    """The keys of a person's name; two forms that can be judged the same share at least one."""
    found = [key for form in dict.fromkeys((name, marked(name))) for key in _keys(form)]
    return tuple(dict.fromkeys(found))


def _keys(name: str) -> Iterator[str]:
    script, words = side(name)
    eastern = list(_eastern(name))
    yield from eastern
    father = middle(name)
    told = [word for word in words if word != father or len(father) < 2] or list(words)
    if len(told) < 2:
        yield from (f"{ALONE}{bones}" for bones in _bones(script, "".join(told)))
    elif eastern and script in _NATIVE:
        return
    elif eastern:
        yield from _paired(script, [told[0], "".join(told[1:])], fewest=_TELLING)
        yield from _paired(script, [told[-1], "".join(told[:-1])], fewest=_TELLING)
    else:
        yield from _paired(script, told)
        yield LOOSELY + "+".join(sorted(sounds.sound(word).coarse[:_BONES] for word in (told[0], told[-1])))


def sort_of(key: str) -> Literal["syllables", "words", "two sorts"]:
    """What a key is of: the syllables of an eastern name, words, or what names of two sorts alone meet under."""
    if key.startswith((ALONE, INITIAL, LOOSELY)):
        return "two sorts"
    return "syllables" if key.startswith(_SYSTEMS) and "~" not in key else "words"


def is_native(name: str) -> bool:
    """Whether a name is in eastern letters."""
    return side(name).script in _NATIVE


@lru_cache(maxsize=65_536)
def has_initial(name: str) -> bool:
    """Whether a name is a word and initials, which are all that it tells of the others."""
    words = side(name).words
    return len(words) > 1 and sum(len(word) > 1 for word in words) < 2


def _eastern(name: str) -> Iterator[str]:
    """Number of the family name with what all spellings of the given syllables agree on."""
    for one in korean.korean(name):
        outline = korean.outline(one)
        yield from (f"ko{number}{outline}" for number in sorted(one.numbers))
    for system, readings in (("zh", chinese.chinese(name)), ("yue", chinese.southern(name))):
        for one in readings:
            given = ".".join(_syllable(code) for code in one.given)
            numbers = one.numbers or chinese.surnames().get(one.family, frozenset())
            families = [str(number) for number in sorted(numbers)] or [one.family]
            yield from (f"{system}{family}{given}" for family in families)


def _syllable(code: str) -> str:
    """Initial and first letter of the final of a syllable's code."""
    initial, final = code.split(".")
    return f"{initial}{final[:1]}"


def _paired(script: Script, words: list[str], fewest: int = 1) -> Iterator[str]:
    """The first and last word, each with the beginnings of the others; frequent ones with each other whole."""
    ends = [word for word in dict.fromkeys((words[0], words[-1])) if len(word) > 1]
    rare = [word for word in ends if sounds.sound(word).whole not in sounds.frequent()]
    if not rare:
        yield "=" + "+".join(sorted(_bones(script, word)[0] for word in {words[0], words[-1]}))
    for word in rare:
        for bones in _bones(script, word):
            if len(bones) >= fewest:
                yield from (key for other in words if other is not word for key in _beside(script, bones, other))
            if len(bones) >= _FEWEST_BONES and fewest == 1:
                yield f"{ALONE}{bones}"


@lru_cache(maxsize=65_536)
def _bones(script: Script, word: str) -> tuple[str, ...]:
    """Consonants of a word: as it is and as German has it; in Arabic script without those that may be vowels, too."""
    told = [sounds.sound(word).bones]
    if script == "arabic" and "v" in told[0][1:]:
        told.append(told[0][:1] + told[0][1:].replace("v", ""))
    if word[0] == "w":
        told.append(sounds.sound("u" + word[1:]).bones)  # "Walker" is Уолкер
    if "ch" in word:
        told.append(sounds.sound(word.replace("ch", "kh")).bones)
    merged = [sounds.merged(one.removeprefix("a"))[:_BONES] for one in told]
    return tuple(dict.fromkeys(one or sounds.sound(word).whole for one in merged))


def _beside(script: Script, bones: str, other: str) -> Iterator[str]:
    """Keys of a word with another one: its consonants, its lists of given names, and its beginning for initials."""
    starts = [_BEGINNINGS.get(sounds.sound(other).whole[:1], "a")]
    starts += ["k"] if other.startswith("ch") else ["a"] if other[0] == "w" else []
    yield from (f"{INITIAL}{bones}~{start}" for start in starts)
    if len(other) > 1:
        yield from (f"{bones}~{told[:_BESIDE]}" for told in _bones(script, other))
        yield from (f"{bones}~#{number}" for number in sorted(sounds.group(other)))
