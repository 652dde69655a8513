"""Statements as Apache Parquet (the extra ``tables``), written row group by row group."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import islice
from typing import Any

from stemma.errors import NeedsExtra
from stemma.show.exports.rows import Batch, StatementRow
from stemma.show.exports.tables import COLUMNS, cells, meaning

ROWS = 2_000  #: of a row group: some megabytes, so that writing takes no more


def parquet(batches: Iterable[Batch], about: bytes) -> Iterator[bytes]:
    """A file with the columns of ``COLUMNS``, each described in its field; ``about`` is kept under the key "stemma".

    Raises ``NeedsExtra``.
    """
    if find_spec("pyarrow") is None:
        raise NeedsExtra("tables", "Parquet files")
    return _written((said for batch in batches for said in batch.statements), about)


def _written(statements: Iterator[StatementRow], about: bytes) -> Iterator[bytes]:
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet as written  # noqa: PLC0415 - an extra

    schema, sink = _schema(pa).with_metadata({"stemma": about}), _Sink()
    with written.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := list(islice(statements, ROWS)):
            columns = zip(*map(cells, group), strict=True)
            arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=ROWS)
            yield sink.taken()
    yield sink.taken()


def _schema(pa: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    types = {"string": pa.string(), "integer": pa.int64(), "double": pa.float64(), "boolean": pa.bool_()}
    return pa.schema(
        [
            pa.field(column.name, types[column.type], metadata={"description": meaning(column.name)})
            for column in COLUMNS
        ]
    )


class _Sink(io.RawIOBase):
    """A file that is only appended to, and emptied on the way."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def write(self, piece: Any) -> int:  # noqa: ANN401 - any buffer
        data = bytes(piece)
        self._held.append(data)
        self._at += len(data)
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        found = b"".join(self._held)
        self._held.clear()
        return found
