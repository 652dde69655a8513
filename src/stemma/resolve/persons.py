"""Two names of persons: how alike they are and why.

A score is a logistic function of few features: how the words pair up in sound, what is left over, and what
Korean and Chinese syllables say. The weights stand in ``names/weights.toml``.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from stemma.resolve.spelling import sounds
from stemma.resolve.spelling.eastern import Agreement, chinese_likeness, korean_likeness
from stemma.resolve.spelling.knowledge import knowledge
from stemma.resolve.spelling.parse import Name, parse, particles

_JUNIOR = re.compile(r"\b[Jj](?:r|nr|unior)\b")
#: Endings over the transliterations, and over Ukrainian and Belarusian; "-ova" and "-eva" are family names.
_PATRONYMIC = re.compile(r"(?:[aeoy][vw][iy](?:t?s?ch|c|cz)|[iy](?:t?s?ch|nichna|chna)|[aeoy][vw]na|auna)$")
_WITH_MIDDLE = 3  #: words of a name with a patronymic
_ONE_FATHER = 0.8  #: likeness from which two patronymics are one: "Yuryevich", "Iurievich"
_PAIRED = 0.62  #: likeness from which two words count as a pair


class Pairing(NamedTuple):
    """Which words of two names sound alike: (left, right, likeness), and the words of each side that are left over."""

    pairs: tuple[tuple[str, str, float], ...]
    left_over: tuple[str, ...]
    right_over: tuple[str, ...]


def score(left: str, right: str) -> tuple[float, tuple[str, ...]]:
    """0 to 1 for two names of persons, with reasons."""
    if left == right:
        return 1.0, ("same spelling",)
    found, reasons = features(left, right)
    weight = weights()
    logit = weight["bias"] + sum(weight[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), reasons


def features(left: str, right: str) -> tuple[dict[str, float], tuple[str, ...]]:
    """What speaks for and against one person, by name of the weight."""
    a, b = parse(left), parse(right)
    broad = _is_broad(a) or _is_broad(b)
    vowelless = "arabic" in {a.script, b.script}
    pairing = pair(content(a), content(b), broad, vowelless)
    found = _sound_features(a, b, pairing, broad, vowelless)
    reasons = tuple(f"{x} / {y}: {_grade(value)}" for x, y, value in pairing.pairs)
    for name, agreement in (("korean", korean_likeness(left, right)), ("chinese", _chinese(a, b))):
        found |= _eastern_features(name, agreement)
        if agreement:
            reasons = agreement.reasons
    if found["korean"] or found["chinese"]:
        found |= dict.fromkeys(_SOUND_ONLY, 0.0)
    found["across scripts"] = float(a.script != b.script)
    found["generation"] = float(_generation(left) != _generation(right))
    return found, reasons


_SOUND_ONLY = (
    "mean",
    "lowest",
    "unpaired of fewer",
    "unpaired of more",
    "rare shared",
    "rare count",
    "last words",
    "first words",
    "strict",
)


def _chinese(a: Name, b: Name) -> Agreement | None:
    """Chinese agreement; between two Latin names only where no Korean reading is possible or both agree exactly."""
    return chinese_likeness(a.text, b.text)


def _eastern_features(name: str, agreement: Agreement | None) -> dict[str, float]:
    if agreement is None:
        return dict.fromkeys((name, f"{name} family", f"{name} lowest", f"{name} mean", f"{name} all"), 0.0)
    every = float(agreement.family > 0.85 and agreement.lowest > 0.85)
    return {
        name: 1.0,
        f"{name} family": agreement.family,
        f"{name} lowest": agreement.lowest,
        f"{name} mean": agreement.mean,
        f"{name} all": every,
    }


def _generation(text: str) -> bool:
    return _JUNIOR.search(text) is not None


def _is_broad(name: Name) -> bool:
    return name.script in {"hangul", "han"}


@lru_cache(maxsize=65_536)
def content(name: Name) -> tuple[str, ...]:
    """The words without particles; "al-Assad" and "Assad" are one."""
    if name.syllables and len(name.words) > 1:
        return (name.words[0], "".join(name.words[1:]))
    return tuple(word for word in name.words if word not in particles()) or name.words


def _sound_features(a: Name, b: Name, pairing: Pairing, broad: bool, vowelless: bool) -> dict[str, float]:
    left, right = content(a), content(b)
    likenesses = [value for _, _, value in pairing.pairs]
    fewer = max(1, min(len(left), len(right)))
    more = max(1, len(left), len(right))
    mean = sum(likenesses) / fewer
    told = [
        value
        for x, y, value in pairing.pairs
        if sounds.sound(x).whole not in sounds.frequent() and len(x) > 1 and len(y) > 1
    ]
    whole = sounds.likeness("".join(left), "".join(right), broad=broad, vowelless=vowelless)
    return {
        "mean": mean,
        "lowest": min(likenesses) if len(likenesses) >= fewer else 0.0,
        "unpaired of fewer": max(0, fewer - len(likenesses)) / fewer,
        "unpaired of more": (more - len(likenesses)) / more,
        "rare shared": max(told, default=0.0),
        "rare count": min(2, sum(value > 0.85 for value in told)) / 2,
        "whole": whole,
        "one word": float(fewer == 1),
        "one word each": float(more == 1),
        "last words": _ends(left, right, -1, broad, vowelless),
        "first words": _ends(left, right, 0, broad, vowelless),
        "strict": float(bool(likenesses) and len(likenesses) >= fewer and min(likenesses) > 0.9),
    }


def _ends(left: tuple[str, ...], right: tuple[str, ...], at: int, broad: bool, vowelless: bool) -> float:
    return sounds.likeness(left[at], right[at], broad=broad, vowelless=vowelless) if left and right else 0.0


def _grade(value: float) -> str:
    return "same" if value == 1 else "same sound" if value >= 0.95 else "near" if value >= 0.8 else "far"


@lru_cache(maxsize=1_024)  # a pair of names comes again at once or never
def pair(left: tuple[str, ...], right: tuple[str, ...], broad: bool, vowelless: bool) -> Pairing:
    """The words that sound alike, best pair first; two words may pair with one that holds both ("Abdel Fattah")."""
    ranked = sorted(
        (
            (sounds.likeness(x, y, broad=broad, vowelless=vowelless), -i, -j)
            for i, x in enumerate(left)
            for j, y in enumerate(right)
        ),
        reverse=True,
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs = []
    for value, i, j in ranked:
        if value < _PAIRED:
            break
        if -i not in used_left and -j not in used_right:
            used_left.add(-i)
            used_right.add(-j)
            pairs.append((left[-i], right[-j], value))
    rest_left = [word for i, word in enumerate(left) if i not in used_left]
    rest_right = [word for j, word in enumerate(right) if j not in used_right]
    if rest_left and rest_right:
        value = Indel.normalized_similarity(
            sounds.sound("".join(rest_left)).whole, sounds.sound("".join(rest_right)).whole
        )
        if value > 0.8 and len(rest_left) + len(rest_right) > 2:
            return Pairing((*pairs, ("".join(rest_left), "".join(rest_right), value)), (), ())
    return Pairing(tuple(pairs), tuple(rest_left), tuple(rest_right))


@lru_cache(maxsize=65_536)
def middle(text: str) -> str:
    """The patronymic of a name, or the initial in its place ("Sergei I. Petrov"); empty where it has neither."""
    words = parse(text).words
    if len(words) < _WITH_MIDDLE:
        return ""
    found = next((word for word in words[1:] if len(word) > 1 and _PATRONYMIC.search(word)), "")
    return found or (words[1] if len(words[1]) == 1 and len(words) == _WITH_MIDDLE else "")


def fathers_differ(left: str, right: str) -> bool:
    """Whether two names tell different patronymics, or initials that stand for different ones."""
    one, other = middle(left), middle(right)
    if not one or not other or one == other:
        return False
    if len(one) == 1 or len(other) == 1:
        return one[0] != other[0] and not _one_sound(one[0], other[0])
    return sounds.likeness(one, other) < _ONE_FATHER


def _one_sound(one: str, other: str) -> bool:
    """Whether two initials may write one Cyrillic letter: "Ye" and "E", "V" and "W", "Ju" and "Yu"."""
    return any(one in letters and other in letters for letters in ("eyio", "vw", "yji", "ckx", "zts", "gh", "sc"))


def says_less(short: str, full: str) -> bool:
    """Whether the first name has fewer words than the second, or initials for words of it."""
    a, b = parse(short).words, parse(full).words
    return (len(a), sum(len(word) > 1 for word in a)) < (len(b), sum(len(word) > 1 for word in b))


def is_partial(left: str, right: str) -> bool:
    """Whether one name says more: words left over on both sides, or one that is no patronymic or initial."""
    a, b = parse(left), parse(right)
    agreement = korean_likeness(left, right) or _chinese(a, b)
    if agreement and agreement.family and agreement.lowest:
        return False
    over = pair(content(a), content(b), _is_broad(a) or _is_broad(b), "arabic" in {a.script, b.script})
    if over.left_over and over.right_over:
        return True
    return any(len(word) > 1 and not _PATRONYMIC.search(word) for word in (*over.left_over, *over.right_over))


@cache
def weights() -> dict[str, float]:
    """The weights of ``names/weights.toml``."""
    return {name: float(value) for name, value in knowledge("weights")["weight"].items()}
