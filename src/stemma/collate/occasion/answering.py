"""Which words of two texts answer each other: the same by stem, by sense, or as the words for one state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from stemma.collate.occasion.matter import NAMED, Word, matter
from stemma.collate.occasion.synonyms import nearness, senses_of
from stemma.collate.pair.sketch import plain_word

#: What a word weighs less that is answered by another one: two words of like sense tell less than one word twice.
ANSWER = 0.8
_BETWEEN = "~"


class _Read(NamedTuple):
    """The telling words of a text, and each different one as it first stands there."""

    words: tuple[Word, ...]
    plain: Mapping[str, str]  #: by stem
    senses: Mapping[int, tuple[str, ...]]  #: the stems that have a sense


def answered(one: str, other: str) -> tuple[Sequence[Word], Sequence[Word]]:
    """The telling words of two texts; where one answers a different one both bear the same stem.

    A word answers at most one, the nearest; names answer only names. Symmetric but for the sides.
    """
    mine, theirs = _read(one), _read(other)
    taken: dict[str, tuple[str, float]] = {}
    back: dict[str, tuple[str, float]] = {}
    for near, (low, high), stem, answer in sorted(_near(mine, theirs)):
        if stem not in taken and answer not in back:
            taken[stem] = back[answer] = f"{low}{_BETWEEN}{high}", -near
    return _renamed(mine.words, taken), _renamed(theirs.words, back)


def is_answer(stem: str) -> bool:
    """Whether a stem that ``answered`` gives is of two different words."""
    return _BETWEEN in stem


def _renamed(words: Sequence[Word], answers: Mapping[str, tuple[str, float]]) -> Sequence[Word]:
    if not answers:
        return words
    return [
        word._replace(stem=answers[word.stem][0], weight=min(word.weight, answers[word.stem][1]))
        if word.stem in answers
        else word
        for word in words
    ]


def _near(mine: _Read, theirs: _Read) -> Iterator[tuple[float, tuple[str, str], str, str]]:
    """Stems that only one of the texts has, each with a near one of the other: what the answer weighs, less than 0."""
    shared = mine.plain.keys() & theirs.plain.keys()
    pairs = {
        (stem, answer)
        for sense in mine.senses.keys() & theirs.senses.keys()
        for stem in mine.senses[sense]
        for answer in theirs.senses[sense]
        if stem not in shared and answer not in shared
    }
    named = [{word.stem for word in read.words if word.weight >= NAMED} for read in (mine, theirs)]
    for stem, answer in pairs:
        near = nearness(mine.plain[stem], theirs.plain[answer])
        if near and (stem in named[0]) == (answer in named[1]):
            weight = NAMED if stem in named[0] else ANSWER * near
            low, high = sorted((stem, answer))
            yield -weight, (low, high), stem, answer


@lru_cache(maxsize=1 << 11)
def _read(text: str) -> _Read:
    words = tuple(matter(text))
    plain: dict[str, str] = {}
    for word in words:
        plain.setdefault(word.stem, plain_word(text[word.start : word.end]))
    senses: dict[int, tuple[str, ...]] = {}
    for stem, form in plain.items():
        for sense in senses_of(form):
            senses[sense] = (*senses.get(sense, ()), stem)
    return _Read(words, plain, senses)
