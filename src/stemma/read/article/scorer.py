"""Which lines are the article: a small network over line features, and the cheapest way through its scores.

The network knows nothing of markup. What the markup of an HTML page says is added to its answer with a few weights set
by hand.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stemma.read.article.features import NAMES, PROSE_WORDS, Matrix, count_words, measure
from stemma.read.article.network import run, stored
from stemma.read.article.signs import Signs, read_signs
from stemma.read.layout import Sheet, Zone

MOST_LINES = 20_000  #: a page with more is judged line by line: prose or not


#: What a change between article and furniture costs, in log-odds; where markup speaks, less.
CHANGE, CHANGE_MARKED = 2.0, 1.0
#: Log-odds that the witnesses of an HTML page add: a line kept or left out by the extractor, a line all link, a line
#: in an element that holds no article, a line in one that is called article or story. Set by hand, the best of thirty
#: round settings on the development pages of the extraction bench.
_KEPT, _LINKED, _AWAY, _NAMED = 3.5, 1.5, 1.0, 0.5
_HEARD = 0.75  #: of the network's own log-odds that count beside these witnesses
_KEPT_SLOPE = 2.5  #: how fast a share kept turns from a no to a yes around one half
_AWAY_ZONES = int(Zone.NAV | Zone.FOOTER | Zone.COMMENT | Zone.HIDDEN | Zone.FORM | Zone.FIGURE)
_NAMED_ZONES = int(Zone.STORY | Zone.ARTICLE)


def look_at(sheet: Sheet) -> Signs | None:
    """The signs of a page; None for one that has no lines, or too many to be looked at closely."""
    return read_signs(sheet.text, sheet.lines) if 0 < len(sheet.lines) <= MOST_LINES else None


def score(sheet: Sheet, kept: Sequence[float] = (), signs: Signs | None = None) -> list[float]:
    """Log-odds that each line of the sheet is article.

    ``kept`` holds, for each line of an HTML page, the share of it that an extractor kept; empty where none was asked.
    """
    signs = signs or look_at(sheet)
    if signs is None:
        return _score_plainly(sheet)
    features = measure(sheet, signs)[0]
    answer = run(stored(NAMES), features)
    if sheet.tree is not None:
        answer = _HEARD * answer + _hear(sheet, kept)
    scores: list[float] = answer.tolist()
    return scores


def _hear(sheet: Sheet, kept: Sequence[float]) -> Matrix:
    """What the markup and the extractor say of each line of an HTML page, in log-odds."""
    lines = sheet.lines
    zones = np.array([line.zone for line in lines])
    linked = np.array([line.linked / (line.end - line.start) for line in lines])
    said = _NAMED * (zones & _NAMED_ZONES > 0) - _AWAY * (zones & _AWAY_ZONES > 0) - _LINKED * linked
    if kept:
        said += _KEPT * np.clip((np.array(kept) - 0.5) * _KEPT_SLOPE, -1, 1)
    return said.astype(np.float32)


def choose(scores: Sequence[float], change: float) -> list[bool]:
    """The choice of lines with the highest sum of scores, where every change costs ``change`` (Viterbi, two states)."""
    lead, leads = -change, []  # by how much the best way that ends inside is ahead of the best that ends outside
    for value in scores:
        leads.append(lead)
        lead = (-change if lead < -change else min(lead, change)) + value
    chosen, state = [], lead > 0
    for lead in reversed(leads):
        chosen.append(state)
        state = lead >= -change if state else lead > change
    return chosen[::-1]


def _score_plainly(sheet: Sheet) -> list[float]:
    return [
        1.0 if count_words(words := sheet.text[line.start : line.end]) >= PROSE_WORDS and words[-1] in '.!?”"' else -1.0
        for line in sheet.lines
    ]
