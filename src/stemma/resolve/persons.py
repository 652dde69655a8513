"""Two names of persons: how alike they are and why.

A score is a logistic function of few features: how the words pair up in sound, what is left over, and what
Korean and Chinese syllables say. The weights stand in ``names/weights.toml``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from operator import mul
from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from stemma.resolve.likeness import Manner, alike, manner
from stemma.resolve.pairing import Pairing, Side, pair, side, words_alike
from stemma.resolve.spelling import sounds
from stemma.resolve.spelling.chinese import chinese, chinese_likeness, same_surname, southern
from stemma.resolve.spelling.chinese import reasons as chinese_reasons
from stemma.resolve.spelling.eastern import Agreement
from stemma.resolve.spelling.knowledge import knowledge
from stemma.resolve.spelling.korean import korean, korean_likeness
from stemma.resolve.spelling.korean import reasons as korean_reasons
from stemma.resolve.spelling.parse import marked, parse

_AGREES = 0.85  #: likeness of family names from which two eastern names are one
_SYLLABLES = 0.83  #: the same of given syllables: one class, in a name that is turned
STRICT = 0.9  #: likeness from which two words of names are one
_ENOUGH_SHARED = 6  #: consonants that a transcription shares with a name, from which chance hardly tells
_ALONE = 0.9  #: share that the likeness of a transcription keeps where it is of one word of the name
_NATIVE = frozenset({"hangul", "han"})
_STEEPEST = 30.0  #: logit beyond which a score is 0 or 1 to all digits

_SOUND = (
    "mean", "lowest", "unpaired of fewer", "unpaired of more", "rare shared", "rare count", "whole", "one word",
    "one word each", "last words", "first words", "strict",
)  # fmt: skip
_WHOLE, _LAST, _FIRST = map(_SOUND.index, ("whole", "last words", "first words"))
_EASTERN = ("", " family", " lowest", " mean", " all", " whole")
_MANNERS: tuple[Manner, ...] = ("", "heard", "loose", "bare")
#: Features in blocks of which each has weights of its own. Between scripts, of which one writes down what is heard,
#: some loosely or without vowels, a likeness says something else than within one.
BLOCKS: dict[str, tuple[str, ...]] = {
    **{by: (*(f"{by} {name}".strip() for name in _SOUND), *([by] if by else [])) for by in _MANNERS},
    **{each: tuple(f"{each}{name}" for name in _EASTERN) for each in ("korean", "chinese")},
    "one-sided": ("native alone", "family name alone", "transcribed", "transcribed at length"),
}
Block = tuple[str, tuple[float, ...]]  #: name of the block, value of each feature of it


class Weighed(NamedTuple):
    """A score of 0 to 1, and the spellings of the two names that it is of (``marked`` where those are nearer)."""

    score: float
    left: str
    right: str


@lru_cache(maxsize=1_024)  # a pair of names comes again at once or never
def score(left: str, right: str) -> Weighed:
    """How alike two names of persons are."""
    x, y = marked(left), marked(right)
    if x == left and y == right:
        return Weighed(1.0 if left == right else weigh(left, right), left, right)
    return max(Weighed(weigh(a, b), a, b) for a in dict.fromkeys((left, x)) for b in dict.fromkeys((right, y)))


def weigh(left: str, right: str) -> float:
    """The score of two names as they are spelled."""
    weight = _block_weights()
    logit = weights()["bias"]
    for name, values in blocks(left, right, weight):
        logit += sum(map(mul, weight[name], values))
    return 1 / (1 + math.exp(-max(-_STEEPEST, min(_STEEPEST, logit))))


def features(left: str, right: str) -> dict[str, float]:
    """What speaks for and against one person, by name of the weight."""
    found = dict.fromkeys((name for block in BLOCKS.values() for name in block), 0.0)
    for name, values in blocks(left, right, {block: (1.0,) * len(names) for block, names in BLOCKS.items()}):
        found.update(zip(BLOCKS[name], values, strict=True))
    return found


def blocks(left: str, right: str, weight: Mapping[str, tuple[float, ...]]) -> Iterator[Block]:
    """The features of two names that are not all nothing; what is dear and weighs nothing is left at nothing."""
    a, b = side(left), side(right)
    if eastern := agreement(left, right):
        yield eastern[0], _eastern_features(eastern[1], a, b)
        return
    run_together = _is_run_together(left, right)
    if not run_together:
        by = manner(a.script, b.script)
        found = _sound_features(a, b, pair(a, b), weight[by])
        yield by, (*found, 1.0) if by else found
    if run_together or (a.script != b.script and (a.script in _NATIVE or b.script in _NATIVE)):
        yield "one-sided", _one_sided(left, right, a, b)


def reasons(left: str, right: str) -> tuple[str, ...]:
    """Which words or syllables of two names were laid beside each other, and how alike they are."""
    if left == right:
        return ("same spelling",)
    if eastern := agreement(left, right):
        language, told = eastern
        return korean_reasons(told) if language == "korean" else chinese_reasons(told)
    return tuple(f"{x} / {y}: {_grade(value)}" for x, y, value in pair(side(left), side(right)).pairs)


@lru_cache(maxsize=4_096)  # a pair of names comes again at once or never
def agreement(left: str, right: str) -> tuple[str, Agreement] | None:
    """How two names agree as Korean or as Chinese ones, whichever both are; as both, the reading that agrees.

    Where neither agrees, two that may be Korean are taken for that, unless one is in characters and nearer in Chinese.
    """
    if not (korean(left) or chinese(left) or southern(left)):
        return None  # most names: told before anything is laid beside anything
    korea = korean_likeness(left, right)
    characters = "han" in (side(left).script, side(right).script)
    if korea and agrees(korea) and not characters:
        return "korean", korea
    china = chinese_likeness(left, right)
    if not korea or not china:
        return ("korean", korea) if korea else ("chinese", china) if china else None
    if agrees(china) != agrees(korea):
        return ("chinese", china) if agrees(china) else ("korean", korea)
    return ("chinese", china) if characters and china.rank > korea.rank else ("korean", korea)


def _eastern_features(told: Agreement, a: Side, b: Side) -> tuple[float, ...]:
    """Given syllables count as far as the family names may be one."""
    return (
        1.0,
        told.family,
        told.lowest * told.family,
        told.mean * told.family,
        float(agrees(told)),
        0.0
        if a.script == b.script == "latin"
        else alike("".join(a.words), "".join(b.words), manner(a.script, b.script)),
    )


def agrees(told: Agreement) -> bool:
    """Whether family name and all given syllables may be the same."""
    return told.family >= _AGREES and told.lowest >= _SYLLABLES


def _is_run_together(left: str, right: str) -> bool:
    """Whether one name is in characters without gaps, of which no part is known to be a word."""
    a, b = parse(left), parse(right)
    return (a.syllables and a.script == "han") or (b.syllables and b.script == "han")


def _one_sided(left: str, right: str, a: Side, b: Side) -> tuple[float, ...]:
    """What speaks where one name is in eastern letters, and not both read as eastern ones."""
    if a.script == b.script:
        return 0.0, 0.0, 0.0, 0.0
    (native, spelled), (other, words) = ((left, a), (right, b)) if a.script in _NATIVE else ((right, b), (left, a))
    read = korean(native) if spelled.script == "hangul" else chinese(native)
    heard = _transcribed("".join(spelled.words), words.words) if spelled.script == "han" else (0.0, 0.0)
    return float(bool(read)), float(same_surname(native, other)), *heard


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
    return words_alike(a, b, "".join(a.words), "".join(b.words))


def _sound_features(a: Side, b: Side, laid: Pairing, weighs: tuple[float, ...]) -> tuple[float, ...]:
    """The values of ``_SOUND``; what is dear and weighs nothing is nothing."""
    fewer, more = len(a.words) or 1, len(b.words) or 1
    if fewer > more:
        fewer, more = more, fewer
    likenesses = [value for _, _, value in laid.pairs]
    paired = len(likenesses)
    lowest = min(likenesses) if paired >= fewer else 0.0
    told = [value for x, y, value in laid.pairs if len(x) > 1 and len(y) > 1 and not sounds.is_frequent(x)]
    return (
        sum(likenesses) / fewer,
        lowest,
        max(0, fewer - paired) / fewer,
        (more - paired) / more,
        max(told, default=0.0),
        min(2, sum([value > _AGREES for value in told])) / 2,
        _whole(a, b) if weighs[_WHOLE] else 0.0,
        float(fewer == 1),
        float(more == 1),
        ends_alike(a, b, -1) if weighs[_LAST] else 0.0,
        ends_alike(a, b, 0) if weighs[_FIRST] else 0.0,
        float(lowest > STRICT),
    )


def ends_alike(a: Side, b: Side, at: int) -> float:
    """How alike the first words of two names sound (``at`` 0), or the last (-1)."""
    return words_alike(a, b, a.words[at], b.words[at]) if a.words and b.words else 0.0


def _grade(value: float) -> str:
    return "same" if value == 1 else "same sound" if value >= 0.95 else "near" if value >= 0.8 else "far"


def is_far(left: str, right: str) -> bool:
    """A cheap test of two names that cannot be one: fewer than two words alike, and not both eastern."""
    a, b = side(left), side(right)
    if min(len(a.words), len(b.words)) < 2 or _is_run_together(left, right) or agreement(left, right):
        return False
    found = pair(a, b)
    return len(found.pairs) < 2 and bool(found.left_over and found.right_over)


@cache
def weights() -> dict[str, float]:
    """The weights of ``names/weights.toml``."""
    return {name: float(value) for name, value in knowledge("weights")["weight"].items()}


@cache
def _block_weights() -> dict[str, tuple[float, ...]]:
    told = weights()
    return {block: tuple(told[name] for name in names) for block, names in BLOCKS.items()}
