"""Two names of persons: how alike they are and why.

A score is a logistic function of few features: how the words pair up in sound, what is left over, and what
Korean and Chinese syllables say. The weights stand in ``names/weights.toml``.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

from rapidfuzz.distance import Indel, LCSseq

from stemma.resolve.pairing import Pairing, Side, alike, is_patronymic, pair, side
from stemma.resolve.spelling import sounds
from stemma.resolve.spelling.chinese import chinese, chinese_likeness, same_surname, southern
from stemma.resolve.spelling.eastern import Agreement
from stemma.resolve.spelling.knowledge import knowledge
from stemma.resolve.spelling.korean import korean, korean_likeness
from stemma.resolve.spelling.parse import marked, parse

_JUNIOR = re.compile(r"\b[Jj](?:r|nr|unior)\b")
_AGREES = 0.85  #: likeness of family names from which two eastern names are one
_SYLLABLES = 0.83  #: the same of given syllables: one class, in a name that is turned
_STRICT = 0.9
_ENOUGH_SHARED = 6  #: consonants that a transcription shares with a name, from which chance hardly tells
_ALONE = 0.9  #: share that the likeness of a transcription keeps where it is of one word of the name
_NATIVE = frozenset({"hangul", "han"})


def score(left: str, right: str) -> tuple[float, tuple[str, ...]]:
    """0 to 1 for two names of persons, with reasons."""
    if left == right:
        return 1.0, ("same spelling",)
    told = [_score(one, other) for one in dict.fromkeys((left, marked(left))) for other in {right, marked(right)}]
    return max(told)


def _score(left: str, right: str) -> tuple[float, tuple[str, ...]]:
    found, reasons = features(left, right)
    weight = weights()
    logit = weight["bias"] + sum(weight[name] * value for name, value in found.items() if value)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), reasons


def features(left: str, right: str) -> tuple[dict[str, float], tuple[str, ...]]:
    """What speaks for and against one person, by name of the weight."""
    a, b = side(left), side(right)
    eastern = agreement(left, right)
    found = dict.fromkeys(FEATURES, 0.0)
    if eastern:
        found |= _eastern_features(*eastern)
        reasons = eastern[1].reasons
        if a.script != b.script or a.script != "latin":
            found["eastern whole"] = _whole(a, b)
    else:
        pairing = pair(a, b)
        if not _is_run_together(left, right):
            manner = _manner(a, b)
            found |= {manner + name: value for name, value in _sound_features(a, b, pairing).items()}
            if manner:
                found[manner.strip()] = 1.0
        found |= _one_sided(left, right, a, b)
        reasons = tuple(f"{x} / {y}: {_grade(value)}" for x, y, value in pairing.pairs)
    found["generation"] = float(_generation(left) != _generation(right))
    return found, reasons


SOUND = (
    "mean", "lowest", "unpaired of fewer", "unpaired of more", "rare shared", "rare count", "whole", "one word",
    "one word each", "last words", "first words", "strict",
)  # fmt: skip
#: Between scripts, of which one writes down what is heard, some loosely or without vowels, likeness has its own weights.
MANNERS = ("", "heard ", "loose ", "bare ")
FEATURES = (
    *(f"{manner}{name}" for manner in MANNERS for name in SOUND),
    "native alone", "family name alone", "transcribed", "transcribed at length",
    "korean", "korean family", "korean lowest", "korean mean", "korean all", "korean far",
    "chinese", "chinese family", "chinese lowest", "chinese mean", "chinese all", "chinese far",
    "eastern whole", "heard", "loose", "bare", "generation",
)  # fmt: skip


def _manner(a: Side, b: Side) -> str:
    scripts = {a.script, b.script}
    if scripts & _NATIVE:
        return "loose "
    return "bare " if "arabic" in scripts else "heard " if len(scripts) > 1 else ""


@lru_cache(maxsize=4_096)
def agreement(left: str, right: str) -> tuple[str, Agreement] | None:
    """How two names agree as Korean or as Chinese ones, whichever both are; as both, the reading that agrees.

    Where neither agrees, two that may be Korean are taken for that, unless one is in characters and nearer in Chinese.
    """
    korea, china = korean_likeness(left, right), chinese_likeness(left, right)
    if not korea or not china:
        return ("korean", korea) if korea else ("chinese", china) if china else None
    if agrees(china) != agrees(korea):
        return ("chinese", china) if agrees(china) else ("korean", korea)
    characters = "han" in {side(left).script, side(right).script}
    return ("chinese", china) if characters and china.rank > korea.rank else ("korean", korea)


def _eastern_features(name: str, told: Agreement) -> dict[str, float]:
    return {
        name: 1.0,
        f"{name} family": told.family,
        f"{name} lowest": told.lowest * told.family,
        f"{name} mean": told.mean * told.family,
        f"{name} all": float(agrees(told)),
        f"{name} far": float(not told.mean),
    }


def agrees(told: Agreement) -> bool:
    """Whether family name and all given syllables may be the same."""
    return told.family >= _AGREES and told.lowest >= _SYLLABLES


def _generation(text: str) -> bool:
    return _JUNIOR.search(text) is not None


def _is_run_together(left: str, right: str) -> bool:
    """Whether one name is in characters without gaps, of which no part is known to be a word."""
    return any(one.script == "han" and one.syllables for one in (parse(left), parse(right)))


def _one_sided(left: str, right: str, a: Side, b: Side) -> dict[str, float]:
    """What speaks where one name is eastern, or written in its letters, and the other one is not."""
    if a.script == b.script or _NATIVE.isdisjoint((a.script, b.script)):
        return {}
    native, other = (left, right) if a.script in _NATIVE else (right, left)
    latin, spelled = (b, a) if a.script in _NATIVE else (a, b)
    found = {
        "native alone": float(bool(korean(native)) if spelled.script == "hangul" else bool(chinese(native))),
        "family name alone": float(same_surname(native, other)),
    }
    if spelled.script == "han":
        found["transcribed"], found["transcribed at length"] = _transcribed("".join(spelled.words), latin.words)
    return found


def _transcribed(spelled: str, words: tuple[str, ...]) -> tuple[float, float]:
    """How well a name without gaps writes down the whole of another name or one word of it, and at what length."""
    whole = sounds.sound(spelled)
    best, shared = 0.0, 0
    choices = ["".join(words), *({words[0], words[-1]} if len(words) > 1 else ())]
    for at, choice in enumerate(choices):
        for said in (choice, *(sounds.respelled(choice) if at else ())):
            heard = sounds.sound(said)
            value = 0.75 * Indel.normalized_similarity(whole.coarse, heard.coarse)
            value = (value + 0.25 * Indel.normalized_similarity(whole.whole, heard.whole)) * (_ALONE if at else 1.0)
            if value > best:
                best, shared = value, LCSseq.similarity(whole.coarse, heard.coarse)
    return best, best * min(1.0, shared / _ENOUGH_SHARED)


def _whole(a: Side, b: Side) -> float:
    return alike("".join(a.words), "".join(b.words), a.script, b.script)


def _sound_features(a: Side, b: Side, pairing: Pairing) -> dict[str, float]:
    likenesses = [value for _, _, value in pairing.pairs]
    fewer = max(1, min(len(a.words), len(b.words)))
    more = max(1, len(a.words), len(b.words))
    told = [
        value
        for x, y, value in pairing.pairs
        if sounds.sound(x).whole not in sounds.frequent() and len(x) > 1 and len(y) > 1
    ]
    return {
        "mean": sum(likenesses) / fewer,
        "lowest": min(likenesses) if len(likenesses) >= fewer else 0.0,
        "unpaired of fewer": max(0, fewer - len(likenesses)) / fewer,
        "unpaired of more": (more - len(likenesses)) / more,
        "rare shared": max(told, default=0.0),
        "rare count": min(2, sum(value > _AGREES for value in told)) / 2,
        "whole": _whole(a, b),
        "one word": float(fewer == 1),
        "one word each": float(more == 1),
        "last words": _ends(a, b, -1),
        "first words": _ends(a, b, 0),
        "strict": float(bool(likenesses) and len(likenesses) >= fewer and min(likenesses) > _STRICT),
    }


def _ends(a: Side, b: Side, at: int) -> float:
    return alike(a.words[at], b.words[at], a.script, b.script) if a.words and b.words else 0.0


def _grade(value: float) -> str:
    return "same" if value == 1 else "same sound" if value >= 0.95 else "near" if value >= 0.8 else "far"


def is_partial(left: str, right: str) -> bool:
    """Whether one name says more: words left over on both sides, or one that is no patronymic or initial."""
    eastern = agreement(left, right)
    if eastern and agrees(eastern[1]):
        return False
    over = pair(side(left), side(right))
    if over.left_over and over.right_over:
        return True
    return any(len(word) > 1 and not is_patronymic(word) for word in (*over.left_over, *over.right_over))


def is_eastern(name: str) -> bool:
    """Whether a name reads as a Korean or Chinese one."""
    return bool(korean(name) or chinese(name) or southern(name))


@cache
def weights() -> dict[str, float]:
    """The weights of ``names/weights.toml``."""
    return {name: float(value) for name, value in knowledge("weights")["weight"].items()}
