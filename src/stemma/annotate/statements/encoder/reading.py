"""Windows of pieces through the network: anchors, and for each the stretches of pieces that play a role to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stemma.annotate.statements.encoder.pieces import Pieces, Window
from stemma.annotate.statements.encoder.weights import Floats, Network

Ints = npt.NDArray[np.int64]

OTHER, SOURCE, CUE, CONTENT = range(4)
NO_ANCHOR, SAYS, SPEAKS = range(3)
_CLS, _SEP = 101, 102
#: Windows whose roles are decoded together.
_TOGETHER = 32
#: Distances beyond this are one; as in training.
_REACH = 127
#: Widths of what the first graph tells of a piece: anchor scores, piece, says, left, right.
_WIDTHS = (3, 128, 128, 64, 64)
#: Nats that a change of role costs: chosen on the development part of the corpus.
SWITCH = 1.5
#: Anchors of a window that are followed up: prose has at most half as many, and each is a look at every piece.
MOST_ANCHORS = 24
#: An anchor is followed up from this probability on.
ANCHOR = 0.3


class Run(NamedTuple):
    """Pieces ``first`` to ``stop`` play one role to an anchor; ``sure`` is their mean log probability."""

    role: int
    first: int
    stop: int
    sure: float


class Marked(NamedTuple):
    """An anchor, what it is, how probable, and its runs by place."""

    anchor: int
    kind: int
    sure: float
    runs: list[Run]
    first: int  #: the piece that the first row of ``logs`` is about
    logs: Floats  #: log probabilities of the roles of the pieces of its window

    def cost(self, labels: Ints) -> float:
        """How many nats other labels of the window's pieces are worse than those of ``runs``."""
        return _worth(self.labels, self.logs) - _worth(labels, self.logs)

    @property
    def labels(self) -> Ints:
        """The runs as the roles of the window's pieces."""
        found = np.zeros(len(self.logs), np.int64)
        for run in self.runs:
            found[run.first - self.first : run.stop - self.first] = run.role
        return found


def _worth(labels: Ints, logs: Floats) -> float:
    changes = np.count_nonzero(np.diff(labels))
    return float(logs[np.arange(len(labels)), labels].sum()) - SWITCH * changes


class _Heard(NamedTuple):
    """The anchors of one window: pieces of the window, kinds, probabilities, and log probabilities of all roles."""

    part: Window
    places: Ints
    kinds: Ints
    sure: Floats
    logs: Floats


def read(net: Network, found: Pieces, parts: Sequence[Window], also: Ints) -> list[Marked]:
    """What the windows hold, by place of the anchors; the pieces ``also`` (in order) are taken for anchors too."""
    marked: list[Marked] = []
    for at in range(0, len(parts), _TOGETHER):
        heard = [_hear(net, found, part, also) for part in parts[at : at + _TOGETHER]]
        marked += _decoded([one for one in heard if len(one.places)])
    return sorted(marked, key=lambda one: one.anchor)


def _hear(net: Network, found: Pieces, part: Window, also: Ints) -> _Heard:
    """One window at a time: what is found must not hang on what else is read with it."""
    ids = np.concatenate(([_CLS], found.ids[part.first : part.stop], [_SEP])).astype(np.int32)
    signs = np.zeros((1, len(ids), found.signs.shape[1]), np.int32)
    signs[0, 1:-1] = found.signs[part.first : part.stop]
    told: Floats = net.reads.run(None, {"ids": ids[None], "signs": signs})[0]
    chances = np.exp(_logs(told[0, :, : _WIDTHS[0]]))
    first, stop = part.kept - part.first + 1, part.until - part.first + 1
    wanted = chances[:, NO_ANCHOR] < 1 - ANCHOR
    wanted[also[slice(*np.searchsorted(also, (part.kept, part.until)))] - part.first + 1] = True
    places = _surest(np.flatnonzero(wanted[first:stop]) + first, chances[:, NO_ANCHOR])
    logs = _roles(net, told, places) if len(places) else np.zeros((0, len(ids), 4), np.float32)
    return _Heard(part, places, chances[places, 1:].argmax(axis=1) + 1, 1 - chances[places, NO_ANCHOR], logs)


def _surest(places: Ints, doubts: Floats) -> Ints:
    """At most ``MOST_ANCHORS`` of the places, in order."""
    if len(places) <= MOST_ANCHORS:
        return places
    return np.sort(places[np.argsort(doubts[places], kind="stable")[:MOST_ANCHORS]])


def _roles(net: Network, told: Floats, places: Ints) -> Floats:
    """Log probabilities of the role of each piece of a window to each anchor in it."""
    piece, says, left, right = np.split(told[:, :, _WIDTHS[0] :], np.cumsum(_WIDTHS[1:-1]), axis=2)
    far = np.clip(np.arange(told.shape[1]) - places[:, None], -_REACH, _REACH) + _REACH
    inputs = {
        "piece": piece,
        "left": left,
        "says": says[0, places][:, None],
        "right": right[0, places][:, None],
        "far": far.astype(np.int32),
    }
    scores: Floats = net.tells.run(None, inputs)[0]
    return _logs(scores)


def _decoded(heard: Sequence[_Heard]) -> Iterator[Marked]:
    """The runs of the most probable roles; all windows in one sweep, for its cost is that of the longest."""
    if not heard:
        return
    size = max(one.logs.shape[1] for one in heard)
    logs = np.concatenate([np.pad(one.logs, ((0, 0), (0, size - one.logs.shape[1]), (0, 0))) for one in heard])
    labels = smoothed(logs, SWITCH)
    at = 0
    for one in heard:
        stop = one.logs.shape[1] - 1
        for n, place in enumerate(one.places.tolist()):
            runs = list(_runs(labels[at, 1:stop], logs[at, 1:stop], one.part.first))
            first = one.part.first
            yield Marked(first + place - 1, int(one.kinds[n]), float(one.sure[n]), runs, first, one.logs[n, 1:stop])
            at += 1


def _logs(scores: Floats) -> Floats:
    """Log probabilities over the last axis."""
    scores = scores - scores.max(axis=-1, keepdims=True)
    logs: Floats = scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))
    return logs


def smoothed(logs: Floats, switch: float) -> Ints:
    """The most probable roles of each row where every change of role costs ``switch`` (Viterbi 1967)."""
    rows, size, roles = logs.shape
    stays = np.zeros((size, rows, roles), bool)
    best = np.zeros((size, rows), np.int64)
    score = logs[:, 0].copy()
    for at in range(1, size):
        best[at] = score.argmax(axis=1)
        jump = score.max(axis=1) - switch
        stays[at] = score >= jump[:, None]
        score = np.where(stays[at], score, jump[:, None]) + logs[:, at]
    labels = np.zeros((rows, size), np.int64)
    labels[:, -1] = score.argmax(axis=1)
    every = np.arange(rows)
    for at in range(size - 1, 0, -1):
        later = labels[:, at]
        labels[:, at - 1] = np.where(stays[at, every, later], later, best[at])
    return labels


def _runs(labels: Ints, logs: Floats, first: int) -> Iterator[Run]:
    edges = np.flatnonzero(np.diff(labels, prepend=-1, append=-1))
    for start, stop in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        role = int(labels[start])
        if role != OTHER:
            yield Run(role, first + start, first + stop, float(logs[start:stop, role].mean()))
