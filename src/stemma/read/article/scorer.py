"""Which lines are the article: a small network over line features, and the cheapest way through its scores.

The network has one hidden layer over the features of a line and its neighbours; it knows nothing of markup. Its
numbers lie in ``lines.npz`` with what they were trained on (``python -m training.lines`` makes them). What the markup
of an HTML page says is added to its answer with a few weights set by hand.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from stemma.read.article.features import NAMES, PROSE_WORDS, Matrix, count_words, measure
from stemma.read.layout import Sheet, Zone

MOST_LINES = 20_000  #: a page with more is judged line by line: prose or not


#: What a change between article and furniture costs, in log-odds; where markup speaks, less.
CHANGE, CHANGE_MARKED = 1.5, 0.5
#: Log-odds that the witnesses of an HTML page add: a line kept or left out by the extractor, a line all link, a line
#: in an element that holds no article, a line in one that is called article or story. Set by hand, the best of ten
#: round settings on the development pages of the extraction bench.
_KEPT, _LINKED, _AWAY, _NAMED = 3.0, 1.0, 1.0, 0.5
_KEPT_SLOPE = 2.5  #: how fast a share kept turns from a no to a yes around one half
_AWAY_ZONES = int(Zone.NAV | Zone.FOOTER | Zone.COMMENT | Zone.HIDDEN | Zone.FORM | Zone.FIGURE)
_NAMED_ZONES = int(Zone.STORY | Zone.ARTICLE)

#: Multiplications from which on OpenBLAS starts threads (its ``interface/gemm.c``); for so little work they only cost.
_ONE_THREAD = 250_000


class Network(NamedTuple):
    """The numbers of a trained line scorer."""

    offsets: tuple[int, ...]  #: neighbours that are looked at, 0 is the line itself
    hidden: Matrix
    hidden_bias: Matrix
    out: Matrix
    out_bias: float


@lru_cache(maxsize=1)
def network() -> Network:
    """The trained network. Raises ``ValueError`` where it was trained on other features."""
    with np.load(io.BytesIO((files(__package__) / "lines.npz").read_bytes())) as stored:
        if tuple(stored["names"]) != NAMES:
            raise ValueError("lines.npz was trained on other line features; train it again: python -m training.lines")
        hidden, hidden_bias, out = (stored[name].astype(np.float32) for name in ("hidden", "hidden_bias", "out"))
        offsets = tuple(int(offset) for offset in stored["offsets"])
        return Network(offsets, hidden, hidden_bias, out, float(stored["out_bias"]))


def score(sheet: Sheet, kept: Sequence[float] = ()) -> list[float]:
    """Log-odds that each line of the sheet is article.

    ``kept`` holds, for each line of an HTML page, the share of it that an extractor kept; empty where none was asked.
    """
    if not sheet.lines:
        return []
    if len(sheet.lines) > MOST_LINES:
        return _score_plainly(sheet)
    features, _ = measure(sheet)
    net = network()
    beside = _beside(features, net.offsets)
    rows = max(1, _ONE_THREAD // net.hidden.size)
    blocks = [_run(net, beside[start : start + rows]) for start in range(0, len(beside), rows)]
    answer = np.concatenate(blocks)
    if sheet.tree is not None:
        answer += _hear(sheet, kept)
    return [float(value) for value in answer]


def _hear(sheet: Sheet, kept: Sequence[float]) -> Matrix:
    """What the markup and the extractor say of each line of an HTML page, in log-odds."""
    lines = sheet.lines
    zones = np.array([line.zone for line in lines])
    linked = np.array([line.linked / (line.end - line.start) for line in lines])
    said = _NAMED * (zones & _NAMED_ZONES > 0) - _AWAY * (zones & _AWAY_ZONES > 0) - _LINKED * linked
    if kept:
        said += _KEPT * np.clip((np.array(kept) - 0.5) * _KEPT_SLOPE, -1, 1)
    return said.astype(np.float32)


def _run(net: Network, rows: Matrix) -> Matrix:
    """The network's answer for a few lines."""
    answer: Matrix = np.maximum(rows @ net.hidden + net.hidden_bias, 0) @ net.out + net.out_bias
    return answer


def choose(scores: Sequence[float], change: float) -> list[bool]:
    """The choice of lines with the highest sum of scores, where every change costs ``change`` (Viterbi, two states)."""
    inside, outside = -change, 0.0
    came_in, came_out = [], []
    for value in scores:
        enters, leaves = outside - change > inside, inside - change > outside
        came_in.append(enters)
        came_out.append(leaves)
        inside, outside = (outside - change if enters else inside) + value, inside - change if leaves else outside
    chosen, state = [], inside > outside
    for enters, leaves in zip(reversed(came_in), reversed(came_out), strict=True):
        chosen.append(state)
        state = not enters if state else leaves
    return chosen[::-1]


def _beside(features: Matrix, offsets: tuple[int, ...]) -> Matrix:
    """Each line's features with those of its neighbours; beyond the ends stand zeros."""
    count, width = features.shape
    reach = max(map(abs, offsets))
    padded = np.zeros((count + 2 * reach, width), dtype=np.float32)
    padded[reach : reach + count] = features
    return np.concatenate([padded[reach + offset : reach + offset + count] for offset in offsets], axis=1)


def _score_plainly(sheet: Sheet) -> list[float]:
    return [
        1.0 if count_words(words := sheet.text[line.start : line.end]) >= PROSE_WORDS and words[-1] in '.!?”"' else -1.0
        for line in sheet.lines
    ]
