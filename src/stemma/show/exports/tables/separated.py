"""Statements as CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from stemma.show.exports.rows import Batch
from stemma.show.exports.tables import COLUMNS, cells
from stemma.show.plain import cell

_BOM = "\ufeff"  #: without it the commonest spreadsheet takes UTF-8 for the system's own encoding


def separated(batches: Iterable[Batch]) -> Iterator[bytes]:
    """A row a statement under a row of names, every cell between quotation marks, lines ended by CRLF, UTF-8 with BOM.

    A cell that a spreadsheet would run is told by ``show.plain.cell``.
    """
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    out.write(_BOM)
    rows.writerow([column.name for column in COLUMNS])
    for batch in batches:
        rows.writerows([cell(value) for value in cells(said)] for said in batch.statements)
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode()
