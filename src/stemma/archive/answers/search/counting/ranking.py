"""BM25 over the newest hits (Robertson, Zaragoza 2009; k1 and b as FTS5 has them, sqlite.org/fts5.html 5.1.1).

The index keeps no sizes and no counts of words in a statement, to stay small: how long a statement is stands in its
face, how often a single word occurs in it is read from the index; phrases, words near each other and beginnings
count once.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.archive.answers.search.counting.sample import lengths, newest_rows
from stemma.archive.answers.search.language import Term, parse
from stemma.archive.store.store import Store
from stemma.archive.views import Query

_K1, _B = 1.2, 0.75
_LEAST = 1e-6  #: weight of a word that half of all statements hold, or more
_OFTEN = 200_000  #: statements with a word; of one that stands in more, it is not read how often each has it
_TOKENS = (
    "CREATE VIRTUAL TABLE temp.stemma_word USING fts5 "
    "(word, tokenize = \"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\")"
)
_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.stemma_places USING fts5vocab (main, search, 'instance')"


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
        if not term.field and not term.minus:
            holding = _holding(store, term)
            often = _often(store, term, rows) if holding <= _OFTEN else np.ones(len(rows))
            scores += _weight(store, holding) * often * (_K1 + 1) / (often + damping)
    order = np.lexsort((-np.array(rows), -scores))
    return [Ranked(float(scores[n]), rows[n]) for n in order]


def _weight(store: Store, holding: int) -> float:
    """The inverse document frequency of what so many statements hold."""
    all_of_them = store.all("SELECT coalesce(sum(statements), 0) FROM shelf")[0][0]
    return max(_LEAST, math.log((all_of_them - holding + 0.5) / (holding + 0.5))) if all_of_them > holding else _LEAST


def _holding(store: Store, term: Term) -> int:
    return int(store.all("SELECT count(*) FROM search WHERE search MATCH ?", term.expression)[0][0])


def _often(store: Store, term: Term, rows: list[int]) -> NDArray[np.float64]:
    """How often a single word occurs in each of these statements; 1 for what is more than one word."""
    often = np.ones(len(rows))
    tokens = _tokens(term) if not (term.near or term.begins) else []
    if len(tokens) == 1:
        store.run(_VOCABULARY)
        sql = "SELECT doc FROM temp.stemma_places WHERE term = ? AND doc >= ?"
        times = Counter(row for (row,) in store.db.execute(sql, (tokens[0], min(rows))))
        several = {row: count for row, count in times.items() if count > 1}
        for n, row in enumerate(rows) if several else ():
            often[n] = several.get(row, 1)
    return often


def _tokens(term: Term) -> Sequence[str]:
    """The words of a term as the index has them."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(_TOKENS.replace("temp.", ""))
        db.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab (stemma_word, 'instance')")
        db.execute("INSERT INTO stemma_word VALUES (?)", (term.expression.replace('"', " "),))
        return [word for (word,) in db.execute("SELECT term FROM vocabulary ORDER BY offset")]
