"""Stretches of two texts that say a thing in like words, in whatever order: a headline and the quotation behind it.

Weaker than shared wording, which keeps its order, and no sign that anybody took it from anybody: two who speak of one
thing use its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stemma.collate.occasion.matter import NAMED, Word, matter, weigh
from stemma.text.sentences import sentences

Span = tuple[int, int]

#: So many telling words both stretches have: on one page, where one of them is a headline or a short quotation, and on
#: two pages, which have turns of phrase in common by chance ("sovereignty and territorial integrity").
ON_ONE_PAGE, IN_BRIEF, ON_TWO_PAGES = 3, 2, 5
LEAST_ALIKE = 0.55  #: and so much of all their telling words by weight (Dice's coefficient)
#: All but so many of those wanted, and two at least, are neither names nor numbers: whoever names the same people and
#: places need not say the same.
MOST_NAMES, FEWEST_PLAIN = 2, 2
PROSE = frozenset({"title", "body", "turn", "caption"})  #: roles of labels
MOST_WORDS = 40  #: shared words of two texts that are looked at: longer ones share whole passages, found otherwise


#: A quotation of no more characters is one in brief: "the "invincible brotherhood"".
_BRIEFLY_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»\n]{4,60})[\"”“»]")


class Unit(NamedTuple):
    """A sentence, a headline or a short quotation, in characters."""

    start: int
    end: int
    is_brief: bool  #: a headline or a short quotation


class LikeWords(NamedTuple):
    """A stretch of either text, in characters, with the words that both have and how much of them these are, 0 to 1."""

    left: Span
    right: Span
    words: int
    score: float


def units(text: str, parts: Iterable[tuple[int, int, str]]) -> list[Unit]:
    """What of a page is held against something: headlines and sentences, then short quotations, in order.

    ``parts``: start, end and role of each labelled stretch; of those that are no prose nothing is given.
    """
    found = []
    for start, end, role in parts:
        if role in PROSE:
            for first, last in sentences(text[start:end]):
                found.append(Unit(start + first, start + last, role == "title"))
                quoted = _BRIEFLY_QUOTED.finditer(text, start + first, start + last)
                found += [Unit(*match.span(1), is_brief=True) for match in quoted]
    return found


def like_words(one: str, other: str, fewest: int = ON_TWO_PAGES) -> LikeWords | None:
    """The stretches of two texts that share most words for their length; None where no two are alike enough.

    The text is cut from its ends, word by word, as long as what is left is more alike; of all that are alike enough the
    one that shares most is taken. ``fewest``: telling words that both have. Symmetric but for the sides.
    """
    mine, theirs = matter(one), matter(other)
    shared = frozenset(weigh(mine)).intersection(weigh(theirs))
    if not fewest <= len(shared) <= MOST_WORDS:
        return None
    while len(shared) >= fewest:
        sides = _shortest(mine, shared), _shortest(theirs, shared)
        score = _alike(*sides, shared)
        if score >= LEAST_ALIKE and _plain(*sides, shared) >= max(FEWEST_PLAIN, fewest - MOST_NAMES):
            return LikeWords(_span(sides[0]), _span(sides[1]), len(shared), round(score, 3))
        shared = _without_one(sides, shared)
    return None


def _without_one(sides: tuple[Sequence[Word], Sequence[Word]], shared: frozenset[str]) -> frozenset[str]:
    """The shared words without the one at an end whose leaving makes the rest most alike."""
    ends = sorted({side[end].stem for side in sides for end in (0, -1)})

    def left(word: str) -> tuple[float, str]:
        rest = shared - {word}
        return _alike(_shortest(sides[0], rest), _shortest(sides[1], rest), rest), word

    return shared - {max(ends, key=left)}


def _shortest(words: Sequence[Word], wanted: Iterable[str]) -> Sequence[Word]:
    """The shortest run of words that holds all that are wanted, the first of several."""
    missing = len(set(wanted))
    held: Counter[str] = Counter(dict.fromkeys(wanted, 0))
    best, start = (0, len(words)), 0
    for end, word in enumerate(words, 1):
        if word.stem in held:
            missing -= held[word.stem] == 0
            held[word.stem] += 1
        while not missing:
            if end - start < best[1] - best[0]:
                best = start, end
            if words[start].stem in held:
                held[words[start].stem] -= 1
                missing += held[words[start].stem] == 0
            start += 1
    return words[slice(*best)]


def _alike(one: Sequence[Word], other: Sequence[Word], shared: Iterable[str]) -> float:
    """Dice's coefficient of two runs by weight: the words that both have against all."""
    mine, theirs = weigh(one), weigh(other)
    both = sum(min(mine[word], theirs[word]) for word in shared)
    return 2 * both / (sum(mine.values()) + sum(theirs.values())) if both else 0.0


def _plain(one: Sequence[Word], other: Sequence[Word], shared: Iterable[str]) -> int:
    mine, theirs = weigh(one), weigh(other)
    return sum(max(mine[word], theirs[word]) < NAMED for word in shared)


def _span(words: Sequence[Word]) -> Span:
    return words[0].start, words[-1].end
