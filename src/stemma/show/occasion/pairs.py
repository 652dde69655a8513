"""Statements that resemble each other as rows of a table: in no tree, since nothing says who has it from whom."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from stemma.archive.views import Line, Utterance
from stemma.show import Answers
from stemma.show.lines import outlet
from stemma.show.occasion import resembling
from stemma.show.occasion.likewords import alike
from stemma.show.plain import cell

COLUMNS = (
    "utterance", "statement", "outlet", "published", "certainty", "basis", "score", "reason", "other_utterance",
    "other_statement", "other_outlet", "other_published", "others",
)  # fmt: skip
CERTAINTY = "resembles"  #: the weakest of cites, reuses, resembles


def pieces(archive: Answers, views: Iterable[Utterance]) -> Iterator[str]:
    """CSV under a row of names: each statement that resembles an utterance, the likest first (RFC 4180).

    No words of either stand in it. ``others``: further statements of the other utterance that resemble it too. Asks the
    archive anew for each utterance: by the speaker's days, then by words.
    """
    yield _csv([COLUMNS])
    for view in views:
        yield _csv([cell(value) for value in row] for row in rows(archive, view))


def rows(archive: Answers, view: Utterance) -> Iterator[Sequence[object]]:
    """The rows of one utterance: on its occasion, then in like words."""
    found = resembling(archive, view)
    own = {line.statement.id: line for line in view.lines}
    for each in found:
        yield *_sides(view, own[each.like], each.basis, each.score, each.reason), *_other(each.line), each.others
    for other in alike(archive, view, [each.line for each in found]):
        yield *_sides(view, view.lines[0], other.basis, other.score, other.reason), *_other(other.line), 0


def _sides(view: Utterance, line: Line, basis: str, score: float, reason: str) -> Sequence[object]:
    return (view.id, line.statement.id, outlet(line), line.published, CERTAINTY, basis, score, reason)


def _other(line: Line) -> Sequence[object]:
    return (line.utterance, line.statement.id, outlet(line), line.published)


def _csv(some: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(some)
    return out.getvalue()
