"""A search as files: the same view as JSON and as CSV at the same path."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from starlette.responses import Response

from stemma.archive.views import Line
from stemma.show.jsonform import json_form
from stemma.show.lines import said_on, tell
from stemma.show.plain import cell, one_line
from stemma.show.web.frame import Frame, answer_json
from stemma.show.web.screens.search.asked import Asked
from stemma.show.web.screens.search.listed import every, listed

ROWS = 1_000  #: statements of one file; the next one goes on from its last cursor
COLUMNS = (
    "statement", "line", "speaker", "outlet", "cited", "published", "said", "kind", "words", "title", "document",
    "address", "utterance", "witnesses",
)  # fmt: skip


def as_json(frame: Frame, asked: Asked, total: int) -> Response:
    """The page of the list, the total, the days and, where they are asked for, the facets."""
    archive, found = frame.archive, listed(frame.archive, asked)
    form: dict[str, Any] = {
        "total": total, "tab": asked.tab, "query": asked.state, "after": found.after,
        "understood": [asdict(term) for term in archive.understood(asked.query)],
        "statements": [json_form(line) for line in found.lines],
        "folded": [[line.statement.id for line in (row.line, *row.folded)] for row in found.rows if row.folded],
        "articles": [each.article.document.id for each in found.articles], "days": asdict(archive.days(asked.query)),
    }  # fmt: skip
    return answer_json(form | ({"facets": asdict(archive.facets(asked.query))} if asked.facets else {}))


def as_csv(frame: Frame, asked: Asked) -> Response:
    """The statements of the view from its place on, at most a thousand; where more follow, ``Link`` names the next."""
    found = list(every(frame.archive, asked.query, ROWS + 1))
    headers = {"Content-Disposition": 'attachment; filename="statements.csv"'}
    if len(found) > ROWS:
        headers["Link"] = f'<{asked.address("/search.csv", after=found[ROWS - 1].after)}>; rel="next"'
    return Response(rows(each.line for each in found[:ROWS]), 200, headers, "text/csv")


def rows(lines: Iterable[Line]) -> str:
    """One row a statement under a row of names (RFC 4180); no cell is a formula to a spreadsheet."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows([cell(value) for value in _row(line)] for line in lines)
    return out.getvalue()


def _row(line: Line) -> tuple[object, ...]:
    said, cited = line.statement, [hop.name for hop in line.chain if hop.kind != "reused"]
    words = " … ".join(piece.exact for piece in said.content)
    return (
        said.id, tell(line), one_line(" and ".join(who.name for who in line.speakers)), line.outlet, " < ".join(cited),
        line.published, said_on(line), said.kind, one_line(words), line.title, said.document, line.snapshot.url,
        line.utterance, line.witnesses,
    )  # fmt: skip
