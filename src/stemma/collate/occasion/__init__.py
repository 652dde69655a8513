"""Statements that may be one utterance though little of their wording is shared: same speaker, same days, same matter.

A second step beside shared wording, and less sure than it: nothing here says that anybody took words from anybody. Two
outlets that heard one speech render it each in words of its own; what stays are the speaker, the day, names, numbers
and the words that tell. A day that neither text nor page tells is no day: then nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from operator import attrgetter
from typing import NamedTuple

from stemma.collate.pair.sketch import TOKEN, lexicon, plain_word

#: Days between two publications that may tell of one occasion: the morning paper and the weekly follow a speech.
MOST_DAYS = 2
#: Two texts that both tell the day of speaking may be a day apart: the carriers' clocks are.
SAID_DAYS = 1
#: So many telling words are shared at least, and so much of the poorer side's weight; set for precision.
FEWEST_SHARED = 4
FEWEST_PLAIN = 2  #: of them neither names nor numbers: whoever speaks of the same people need not say the same
LEAST_SHARE = 0.55
#: A number or a name tells more than another word.
NAMED = 1.5
#: Place, addressee or occasion that both name in like words lower the share that is wanted, and raise the score.
CIRCUMSTANCE = 0.1
MOST_SCORE = 0.9  #: a citation or shared wording is surer than any likeness of matter
_STEM = 6  #: letters by which a word is known in any inflection; a common truncation for English
_LARGE = 1_000  #: words of a statement that are looked at


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
    mine, theirs = _matter(left.words), _matter(right.words)
    shared = mine.keys() & theirs.keys()
    alike = _circumstances(left, right)
    least = min(sum(mine.values()), sum(theirs.values()))
    share = sum(min(mine[word], theirs[word]) for word in shared) / least if least else 0.0
    score = share + CIRCUMSTANCE * len(alike)
    plain = [word for word in shared if max(mine[word], theirs[word]) < NAMED]
    if len(shared) < FEWEST_SHARED or len(plain) < FEWEST_PLAIN or score < LEAST_SHARE:
        return None
    reason = f"same speaker; {when}; shares {len(shared)} telling words, {share:.0%} of the shorter one's"
    told = "; ".join([reason, *(f"both name {each}" for each in alike)])
    return Resemblance(left.id, right.id, round(min(MOST_SCORE, score), 3), told)


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


def _matter(words: str) -> dict[str, float]:
    """The telling words by their beginnings, with what each weighs."""
    tokens = TOKEN.findall(words)[:_LARGE]
    found: dict[str, float] = {}
    for place, token in enumerate(tokens):
        plain = plain_word(token)
        if plain not in lexicon("function"):
            named = token[0].isdecimal() or (place > 0 and token[0].isupper())
            found[plain[:_STEM]] = max(NAMED if named else 1.0, found.get(plain[:_STEM], 0.0))
    return found


def _circumstances(one: Saying, other: Saying) -> Sequence[str]:
    """Telling words that places, addressees and occasions of both hold, in order; each once."""
    mine, theirs = (_matter(" ".join(each.circumstances)) for each in (one, other))
    return sorted(mine.keys() & theirs.keys())[:2]
