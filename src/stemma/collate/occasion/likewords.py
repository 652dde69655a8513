"""Stretches of two texts that say a thing in like words, in whatever order: a headline and the quotation behind it.

Weaker than shared wording, which keeps its order, and no sign that anybody took it from anybody: two who speak of one
thing use its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from stemma.collate.occasion.answering import answered, is_answer
from stemma.collate.occasion.matter import NAMED, Word, weigh
from stemma.text.sentences import sentences

Span = tuple[int, int]

#: So many telling words both stretches have: on one page, where one of them is a headline or a short quotation, and on
#: two pages, which have turns of phrase in common by chance ("sovereignty and territorial integrity").
ON_ONE_PAGE, IN_BRIEF, ON_TWO_PAGES = 3, 2, 5
OF_ONE_SPEAKER = 4  #: on two pages, where the same one speaks: as many as of one occasion
LEAST_ALIKE = 0.55  #: and so much of all their telling words by weight (Dice's coefficient)
#: All but so many of those wanted, and two at least, are neither names nor numbers: whoever names the same people and
#: places need not say the same.
MOST_NAMES, FEWEST_PLAIN = 2, 2
#: Fewer words of one stem, and others that answer by their sense: more of all. So much, and two plain words are enough.
BY_SENSE, SURE = 0.6, 0.75
PROSE = frozenset({"title", "body", "turn", "caption"})  #: roles of labels
LONG = 600  #: characters of a statement: some four sentences
TRIED = 4  #: ways to cut two texts that are followed at a time
MOST_WORDS = 40  #: shared words of two texts that are looked at: longer ones share whole passages, found otherwise


#: A quotation of no more characters is one in brief: "the "invincible brotherhood"".
_BRIEFLY_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»\n]{4,60})[\"”“»]")

#: What ends a clause, and how far from a stretch it may stand: some six words.
_CLAUSE = re.compile(r"[,;:.!?()\"“”„«»\n–—]|(?<=\s)-(?=\s)")
CLAUSE = 40


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


def likest(ones: Sequence[str], others: Sequence[str], fewest: int = ON_TWO_PAGES) -> tuple[LikeWords, str, str] | None:
    """Of the parts of two texts the two that are likest, with what they share; None: no two are alike enough."""
    found = [(like, one, other) for one in ones for other in others if (like := like_words(one, other, fewest))]
    return max(found, key=lambda each: (each[0].words, each[0].score), default=None)


def parts_of(text: str) -> list[str]:
    """A statement as it is held against others: a long one, a speech or a treaty, sentence by sentence."""
    return [text] if len(text) <= LONG else [text[start:end] for start, end in sentences(text)]


def like_words(one: str, other: str, fewest: int = ON_TWO_PAGES) -> LikeWords | None:
    """The stretches of two texts that share most words for their length; None where no two are alike enough.

    The text is cut from its ends, word by word, as long as what is left is more alike; of all that are alike enough the
    one that shares most is taken. ``fewest``: telling words that both have. Symmetric but for the sides.
    """
    mine, theirs = answered(one, other)
    shared = frozenset(weigh(mine)).intersection(weigh(theirs))
    if not fewest <= len(shared) <= MOST_WORDS:
        return None
    open_ = [_Cut.of((mine, theirs), shared)]
    while open_:
        enough = [cut for cut in open_ if _is_enough(cut, fewest)]
        if enough:
            best = enough[0]
            return LikeWords(_span(best.sides[0]), _span(best.sides[1]), len(best.shared), round(best.score, 3))
        shorter = {rest for cut in open_ for rest in cut.shorter() if len(rest) >= fewest}
        cuts = (_Cut.of((mine, theirs), rest) for rest in shorter)
        open_ = sorted(cuts, key=lambda cut: (-cut.score, sorted(cut.shared)))[:TRIED]
    return None


def clause(text: str, span: Span) -> Span:
    """The stretch with the rest of the clause that it begins and ends in, where these are near: it reads as one.

    "stood shoulder to shoulder" becomes "stood shoulder to shoulder in a muddy ditch", up to the next comma.
    """
    start, end = span
    marks = [mark.end() for mark in _CLAUSE.finditer(text, max(0, start - CLAUSE), start)]
    begins = marks[-1] if marks else 0 if start <= CLAUSE else start
    last = _CLAUSE.search(text, end, end + CLAUSE)
    ends = last.start() if last else len(text) if len(text) <= end + CLAUSE else end
    begins += len(text[begins:start]) - len(text[begins:start].lstrip())
    return begins, end + len(text[end:ends].rstrip())


class _Cut(NamedTuple):
    """The shortest stretches of two texts that hold some shared words, and how alike they are."""

    sides: tuple[Sequence[Word], Sequence[Word]]
    shared: frozenset[str]
    score: float

    @classmethod
    def of(cls, texts: tuple[Sequence[Word], Sequence[Word]], shared: frozenset[str]) -> _Cut:
        sides = _shortest(texts[0], shared), _shortest(texts[1], shared)
        return cls(sides, shared, _alike(*sides, shared))

    def shorter(self) -> Iterator[frozenset[str]]:
        """The shared words without one that stands at an end of either stretch."""
        yield from (self.shared - {side[end].stem} for side in self.sides for end in (0, -1))


def _is_enough(cut: _Cut, fewest: int) -> bool:
    same = sum(not is_answer(stem) for stem in cut.shared)
    plain = FEWEST_PLAIN if cut.score >= SURE else max(FEWEST_PLAIN, fewest - MOST_NAMES)
    least = LEAST_ALIKE if same >= fewest else BY_SENSE
    return cut.score >= least and _plain(*cut.sides, cut.shared) >= plain


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
