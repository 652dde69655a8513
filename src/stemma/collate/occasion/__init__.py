"""Statements that may be one utterance though little of their wording is shared: same speaker, same days, same matter.

A second step beside shared wording, and less sure than it: nothing here says that anybody took words from anybody. Two
outlets that heard one speech render it each in words of its own; what stays are the speaker, the day, names, numbers
and the words that tell. A day that neither text nor page tells is no day: then nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from operator import attrgetter
from typing import NamedTuple

from stemma.collate.occasion.matter import NAMED, matter, nearest, weigh
from stemma.collate.pair.sketch import TOKEN, lexicon, plain_word

#: Days between two publications that may tell of one occasion: the morning paper and the weekly follow a speech.
MOST_DAYS = 2
#: Two texts that both tell the day of speaking may be a day apart: the carriers' clocks are.
SAID_DAYS = 1
#: So many telling words are shared at least, and so much of the poorer side's weight; set for precision.
FEWEST_SHARED = 4
FEWEST_PLAIN = 2  #: of them neither names nor numbers: whoever speaks of the same people need not say the same
LEAST_SHARE = 0.55
#: Three words are enough if none of them is a name or a number, and they are so much of a short statement.
FEWEST_OF_SHORT = 3
SHARE_OF_SHORT = 0.75
#: Place, addressee or occasion that both name in like words lower the share that is wanted, and raise the score.
CIRCUMSTANCE = 0.1
MOST_SCORE = 0.9  #: a citation or shared wording is surer than any likeness of matter


class Saying(NamedTuple):
    """A statement as far as its occasion can be told by it."""

    id: str
    document: str
    speakers: frozenset[str]  #: names or ids of those who are known to speak; empty: not known
    words: str  #: the content
    said: str | None = None  #: ISO day; None: the text does not tell it
    published: str | None = None  #: ISO day or instant; None: unknown
    circumstances: tuple[str, ...] = ()  #: place, addressee, occasion as worded


class Resemblance(NamedTuple):
    """Two statements of one occasion, ``left < right``; the score (0 to 1) tells how much of the matter is shared."""

    left: str
    right: str
    score: float
    reason: str


def resemblances(sayings: Iterable[Saying]) -> list[Resemblance]:
    """Every two statements that may be one utterance by their occasion, in order of their ids, which are different."""
    ordered = sorted(sayings, key=attrgetter("id"))
    return [found for pair in combinations(ordered, 2) if (found := resemblance(*pair))]


def resemblance(one: Saying, other: Saying) -> Resemblance | None:
    """Whether two statements of different documents tell of the same words of one speaker; None: not known to.

    The same whichever comes first.
    """
    left, right = sorted((one, other), key=attrgetter("id", "document", "words"))
    when = _when(left, right)
    if left.document == right.document or not left.speakers & right.speakers or not when:
        return None
    mine, theirs = nearest(matter(left.words), matter(right.words))
    found = _shared(weigh(mine), weigh(theirs))
    alike = _circumstances(left, right)
    score = found.share + CIRCUMSTANCE * len(alike)
    if not _is_enough(found, score):
        return None
    reason = f"same speaker; {when}; shares {found.words} telling words, {found.share:.0%} of the shorter one's"
    negates = _negates(left.words) != _negates(right.words)
    told = "; ".join(
        [reason, *(f"both name {each}" for each in alike), *(["only one of them negates"] if negates else [])]
    )
    return Resemblance(left.id, right.id, round(min(MOST_SCORE, score), 3), told)


def _negates(words: str) -> bool:
    """Whether a negation stands in a text: two that share all other words may say the opposite."""
    return any(plain_word(token) in lexicon("negation") for token in TOKEN.findall(words))


class _Shared(NamedTuple):
    """Telling words that two statements share, those that are neither names nor numbers, and their share by weight."""

    words: int
    plain: int
    share: float


def _shared(mine: Mapping[str, float], theirs: Mapping[str, float]) -> _Shared:
    shared = mine.keys() & theirs.keys()
    least = min(sum(mine.values()), sum(theirs.values()))
    share = sum(min(mine[word], theirs[word]) for word in shared) / least if least else 0.0
    return _Shared(len(shared), sum(max(mine[word], theirs[word]) < NAMED for word in shared), share)


def _is_enough(found: _Shared, score: float) -> bool:
    if found.words >= FEWEST_SHARED and found.plain >= FEWEST_PLAIN and score >= LEAST_SHARE:
        return True
    return found.plain >= FEWEST_OF_SHORT and found.share >= SHARE_OF_SHORT


def _when(one: Saying, other: Saying) -> str:
    """What the days say for one occasion; empty: nothing, or that it was another."""
    said = _apart(one.said, other.said)
    if said is not None:
        return "said on one day" if said <= SAID_DAYS else ""
    published = _apart(one.published, other.published)
    return "published within two days" if published is not None and published <= MOST_DAYS else ""


def _apart(one: str | None, other: str | None) -> int | None:
    days = [_day(each) for each in (one, other)]
    return abs((days[0] - days[1]).days) if days[0] and days[1] else None


def _day(stated: str | None) -> date | None:
    try:
        return date.fromisoformat((stated or "")[:10])
    except ValueError:
        return None


def _circumstances(one: Saying, other: Saying) -> Sequence[str]:
    """Telling words that places, addressees and occasions of both hold, in order; each once."""
    mine, theirs = (weigh(matter(" ".join(each.circumstances))) for each in (one, other))
    return sorted(mine.keys() & theirs.keys())[:2]
