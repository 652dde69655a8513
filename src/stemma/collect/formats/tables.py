"""Tables of pages: CSV, TSV and Parquet, one page a row; ``Choice.columns`` says which column holds what."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import BufferedReader, TextIOWrapper

import msgspec

from stemma.collect.formats import parquet
from stemma.collect.formats.lines import FIELDS, line_of, page_of
from stemma.collect.pages import PAGE_LIMIT, ending_of, problem
from stemma.collect.source import Found, Source

_DELIMITERS = ",;\t|"
_WIDE = (b"\xff\xfe", b"\xfe\xff")  #: byte order marks of UTF-16, which spreadsheets write as "Unicode text"
_READ_ERRORS = (csv.Error, UnicodeError)


def pages(source: Source) -> Found:
    """The pages of a table; a bad row is a Problem with its number."""
    try:
        if ending_of(source.origin) == ".parquet":
            yield from _pages(parquet.rows(source, _columns(source)), source)
        else:
            yield from _pages(_rows(source.plain()), source)
    except _READ_ERRORS as error:
        yield problem(source.origin, f"it cannot be read to its end ({error}); save it as UTF-8 and add it again")


def _columns(source: Source) -> list[str]:
    return [source.choice.columns.get(name, name) for name in FIELDS]


def _pages(rows: Iterator[Mapping[str, object]], source: Source) -> Found:
    for number, row in enumerate(rows, 1):
        about = f"{source.origin}, row {number}"
        if number == 1 and not {"html", "text"} & {
            name for name in FIELDS if source.choice.columns.get(name, name) in row
        }:
            yield problem(
                source.origin, f"no column holds a text; name it: --column text=NAME. There are: {_shown(row)}"
            )
            return
        try:
            said = line_of(row, source.choice.columns)
        except msgspec.ValidationError as error:
            yield problem(about, f"not a page ({error})")
            continue
        yield from page_of(said, source, about)


def _shown(row: Mapping[str, object]) -> str:
    return ", ".join(map(str, list(row)[:20]))[:300]


def _rows(file: BufferedReader) -> Iterator[dict[str, object]]:
    """The rows below the line of names. Raises ``csv.Error`` and ``UnicodeError``."""
    csv.field_size_limit(2 * PAGE_LIMIT)
    encoding = "utf-16" if file.peek(2).startswith(_WIDE) else "utf-8-sig"
    text = TextIOWrapper(file, encoding, newline="")
    try:
        first = text.readline(PAGE_LIMIT)
        delimiter = max(_DELIMITERS, key=first.count)
        names = next(csv.reader([first], delimiter=delimiter), [])
        for row in csv.reader(text, delimiter=delimiter):
            if row:
                yield dict(zip(names, row, strict=False))
    finally:
        text.detach()  # the file is whoever opened it's to close
