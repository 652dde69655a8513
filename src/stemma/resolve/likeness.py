"""How alike two words of names sound, by what their scripts write down of a sound."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import Indel

from stemma.resolve.spelling.parse import Script
from stemma.resolve.spelling.sounds import Sound, group, respelled, sound, transliterated

#: One script; two, of which one writes down what is heard; one that confuses consonants; one without vowels.
Manner = Literal["", "heard", "loose", "bare"]
_KIN, _ONE_SOUND = 0.97, 0.98  #: likeness of forms of one given name, and of one sound
_APART = 0.5  #: likeness of two given names that are known as two, however near: "Marina", "Mariya"
_INITIAL = 0.8  #: likeness of a word and its initial
_OTHER_START = 0.85  #: share that the likeness of words keeps that begin with another consonant
_OTHER_FAMILY = 0.8  #: share that it keeps of words that end as two Slavic families do: "Petrov", "Petrenko"
_RESPELLED = 0.97  #: share that a likeness keeps where it is of how other tongues say the word
_WITHOUT_ABD = 0.9  #: likeness of "Abdul Aziz" and "Aziz"
_ABD_AND_MORE = 4
GOOD = 0.95  #: likeness that is not looked to be bettered
_MAYBE = 0.5  #: likeness from which other transliterations are worth a try
_share = Indel.normalized_similarity
_CACHED = 262_144  #: pairs of words whose likeness is kept: most words of names come again in other pairs


def manner(left: Script, right: Script) -> Manner:
    """How words of these scripts are laid side by side."""
    if left == right == "latin":
        return ""
    if left in {"hangul", "han"} or right in {"hangul", "han"}:
        return "loose"
    return "bare" if "arabic" in {left, right} else "heard" if left != right else ""


@lru_cache(maxsize=_CACHED)
def alike(left: str, right: str, by: Manner = "", latin: str = "") -> float:
    """How alike two words sound, 0 to 1; ``latin``: the one in Latin letters, where only one of them is."""
    if left == right:
        return 1.0
    if left[:3] == "abd" or right[:3] == "abd":
        if left[:3] != right[:3] and left.removeprefix("abd") == right.removeprefix("abd"):
            return _WITHOUT_ABD
        if left[:3] == right[:3] and min(len(left), len(right)) > _ABD_AND_MORE:
            return alike(left[3:], right[3:], by, latin[3:])  # "Servant of the Mighty": which name of God it is
    if not latin:
        return _plainly(left, right, by)
    value = alike(left, right, by)
    if value >= GOOD or len(left) < 2 or len(right) < 2 or (by != "loose" and _known_as_two(left, right)):
        return value
    other = right if latin == left else left
    said = [_plainly(one, other, by) for one in respelled(latin)]
    return max(value, _RESPELLED * max(said)) if said else value


def _known_as_two(left: str, right: str) -> bool:
    """Whether both are given names, of which no language makes one, or end as two Slavic families do."""
    one, other = group(left), group(right)
    return (bool(one and other) and not one & other) or _other_family(sound(left), sound(right))


def _other_family(a: Sound, b: Sound) -> bool:
    return a.ending != b.ending and bool(a.ending and b.ending)


def _plainly(left: str, right: str, by: Manner) -> float:
    one, other = group(left), group(right)
    if one and other:
        if one & other:
            return _KIN
        if by != "loose":
            return _APART
    if len(left) == 1 or len(right) == 1:
        return _INITIAL if left[:1] == right[:1] else 0.0
    a, b = sound(left), sound(right)
    if a.whole == b.whole:
        return _ONE_SOUND
    if by == "bare":
        return GOOD * _bare(a, b)
    value = _of_parts(a.whole, a.bones, b.whole, b.bones)
    if by == "loose":
        return max(value, GOOD * _share(a.coarse, b.coarse))
    value = value if a.bones[:1] == b.bones[:1] else value * _OTHER_START
    if a.ending != b.ending and a.ending and b.ending:
        return value * _OTHER_FAMILY
    if _MAYBE <= value < GOOD:
        others = [_of_parts(*one, b.whole, b.bones) for one in transliterated(left)]
        others += [_of_parts(a.whole, a.bones, *one) for one in transliterated(right)]
        return max(value, _RESPELLED * max(others)) if others else value
    return value


def _of_parts(left: str, left_bones: str, right: str, right_bones: str) -> float:
    """Likeness of two words by their sound and their consonants."""
    return 0.55 * _share(left, right) + 0.45 * _share(left_bones, right_bones)


def _bare(a: Sound, b: Sound) -> float:
    """Likeness of consonants alone; "w" and "y" may be vowels, and Arabic has neither "p" nor "v"."""
    value = _share(a.bare, b.bare)
    if value < 1 and (a.barer != a.bare or b.barer != b.bare):
        others = ((a.barer, b.bare), (a.bare, b.barer), (a.barer, b.barer))
        return max(value, _ONE_SOUND * max(_share(x, y) for x, y in others))
    return value
