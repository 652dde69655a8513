"""BM25 over the newest hits (Robertson, Zaragoza 2009; k1 and b as FTS5 has them, sqlite.org/fts5.html 5.1.1).

The index keeps no sizes and no counts of words in a statement, to stay small: how long a statement is stands in its
face, how often a single word occurs in it is read from the index; phrases, words near each other and beginnings
count once.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.archive.answers.search.counting.sample import lengths, newest_rows
from stemma.archive.answers.search.language import parse
from stemma.archive.store.store import Store
from stemma.archive.store.words.letters import words_of
from stemma.archive.store.words.wanted import Phrase, Wanted
from stemma.archive.views import Query

_K1, _B = 1.2, 0.75
_LEAST = 1e-6  #: weight of a word that half of all statements hold, or more
_OFTEN = 200_000  #: statements with a word; of one that stands in more, it is not read how often each has it


class Ranked(NamedTuple):
    """A hit and its weight, the higher the better."""

    score: float
    row: int


def ranked(store: Store, query: Query) -> list[Ranked]:
    """The newest hits of a query, the best first, of equally good ones the newest. Raises ``BadQuery``."""
    known = store.rankings.recall(key := (store.revision(), asked(query)))
    if known is None:
        known = _rank(store, query)
        store.rankings.remember(key, known)
    found: list[Ranked] = known
    return found


def asked(query: Query) -> Query:
    """The query without what only tells which part of the list is shown: the same statements fit."""
    return replace(query, limit=None, offset=0, after=None, ranked=False)


def _rank(store: Store, query: Query) -> list[Ranked]:
    rows = newest_rows(store, query)
    if not rows:
        return []
    sizes = np.array(lengths(store, rows), np.float64)
    damping = _K1 * (1 - _B + _B * sizes / (sizes.mean() or 1.0))
    scores = np.zeros(len(rows))
    for term in parse(query.words):
        if (wanted := term.wanted) and not term.minus:
            holding = _holding(store, wanted)
            often = _often(store, wanted, rows) if holding <= _OFTEN else np.ones(len(rows))
            scores += _weight(store, holding) * often * (_K1 + 1) / (often + damping)
    order = np.lexsort((-np.array(rows), -scores))
    return [Ranked(float(scores[n]), rows[n]) for n in order]


def _weight(store: Store, holding: int) -> float:
    """The inverse document frequency of what so many statements hold."""
    all_of_them = store.all("SELECT coalesce(sum(statements), 0) FROM shelf")[0][0]
    return max(_LEAST, math.log((all_of_them - holding + 0.5) / (holding + 0.5))) if all_of_them > holding else _LEAST


def _holding(store: Store, wanted: Wanted) -> int:
    test = store.words.holds("search", wanted)
    return int(store.all(f"SELECT count(*) FROM search WHERE {test.sql}", *test.values)[0][0])  # noqa: S608 (a test of ours)


def _often(store: Store, wanted: Wanted, rows: list[int]) -> NDArray[np.float64]:
    """How often a single word occurs in each of these statements; 1 for what is more than one word."""
    often = np.ones(len(rows))
    words = words_of(wanted.form) if isinstance(wanted, Phrase) and not wanted.begins else []
    if len(words) == 1:
        times = store.words.several(words[0], min(rows))
        several = {row: count for row, count in times.items() if count > 1}
        for n, row in enumerate(rows) if several else ():
            often[n] = several.get(row, 1)
    return often
