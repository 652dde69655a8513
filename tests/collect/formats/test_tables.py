"""CSV, TSV and Parquet with any names of columns; bad rows cost no other."""

from __future__ import annotations

from io import BytesIO

import pytest

from stemma.records import Problem, Stated

NAMES = {"text": "body", "url": "link", "published": "date", "title": "headline"}


def test_columns_are_named_by_who_adds(taken):
    held = 'headline;body;link;date\nLamps;"The lamps; are ""lit"".";https://dornpost.example/1;2031-05-03\n'
    (page,) = taken(held.encode(), "set.csv", columns=NAMES)
    assert page.payload == b'Lamps\n\nThe lamps; are "lit".'
    assert (page.snapshot.url, page.snapshot.published, page.snapshot.media_type) == (
        "https://dornpost.example/1", "2031-05-03", "text/plain",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter"),
    [("set.tsv", "utf-8-sig", "\t"), ("set.csv", "utf-16", ","), ("set.csv", "utf-8", "|")],
)
def test_forms_that_spreadsheets_write(taken, name, encoding, delimiter):
    held = (
        delimiter.join(["url", "html"]) + "\r\n" + delimiter.join(["https://dornpost.example/1", "<p>Лампы"]) + "\r\n"
    )
    (page,) = taken(held.encode(encoding), name)
    assert page.payload.decode() == "<p>Лампы"


def test_a_bad_row_costs_no_other(taken):
    held = "text,published,html\nLamps.,someday,\n,,\nBoth.,,<p>Both\n\nLast.,2031,\n"
    found = taken(held.encode(), "set.csv")
    assert [str(each.about) if isinstance(each, Problem) else each.payload for each in found] == [
        "set.csv, row 1", b"Lamps.", "set.csv, row 2", "set.csv, row 3", b"Last.",
    ]  # fmt: skip
    assert "published 'someday' was not taken over" in found[0].message
    assert "neither or both" in found[2].message


@pytest.mark.parametrize("held", [b"name,words\nx,y\n", b"text\n\xff\xfe\xff", b'text\n"' + b"x" * 40_000_000])
def test_tables_that_cannot_be_read_are_told(taken, held):
    assert isinstance(taken(held, "set.csv")[-1], Problem)


def test_lines_of_json_take_columns_too(taken):
    (page,) = taken(b'{"body": "The lamps are lit.", "link": "https://dornpost.example/1"}', "set.jsonl", columns=NAMES)
    assert page.snapshot.url == "https://dornpost.example/1"


def test_parquet(taken):
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    out = BytesIO()
    rows = {
        "body": ["The lamps are lit.", None, "Лампы"],
        "link": ["https://dornpost.example/1", None, None],
        "junk": [1, 2, 3],
    }
    parquet.write_table(arrow.table(rows), out)
    first, problem, last = taken(out.getvalue(), "set.parquet", Stated(outlet="Orvo Wire"), columns=NAMES)
    assert (first.snapshot.url, first.payload, last.payload.decode()) == (
        "https://dornpost.example/1", b"The lamps are lit.", "Лампы",
    )  # fmt: skip
    assert "row 2" in problem.message


@pytest.mark.parametrize("held", [b"", b"PAR1" + b"\xff" * 400 + b"PAR1", b"junk" * 50])
def test_what_is_no_parquet_is_told(taken, held):
    (problem,) = taken(held, "set.parquet")
    assert isinstance(problem, Problem)
