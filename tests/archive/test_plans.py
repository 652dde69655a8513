"""What adding one more page asks of the database: nothing that grows with the archive is read from end to end."""

from __future__ import annotations

import re
import sqlite3

from stemma import collect, flow
from stemma.archive import Archive
from stemma.records import Stated

#: Tables that may be read whole: of what waits, and of what there are few of however many pages there are.
SMALL = {
    "segment",
    "unread",
    "hidden",
    "waiting",
    "touched",
    "tally",
    "shelf",
    "stage",
    "runs",
    "json_each",
    "few",  # members of one key, counted as far as a key may have
    "CONSTANT",
}
_SCAN = re.compile(r"SCAN (?:TABLE )?(\w+)(.*)")


def page(folder, n):
    words = f'"The quay of pier {n} will open before the first snow falls," Minister Ada Orle{n} said.'
    file = folder / f"{n}.txt"
    file.write_text(f"VELM, May {n + 1} (NAK) -- {words}\nThe NAK desk agreed to print it on day {n}.\n")
    return str(file)


def test_no_statement_reads_a_table_that_grows(tmp_path):
    path = tmp_path / "a.stemma"
    flow.add(path, [page(tmp_path, n) for n in range(4)])
    asked = []
    with Archive.open(path) as archive:
        archive._store.db.set_trace_callback(asked.append)
        flow.keep(archive, collect.captures([page(tmp_path, 4)], Stated()))
        flow.enrol(archive)
        flow.derive(archive)
        flow.settle(archive)
        assert archive.totals().pages == 5
        archive.languages()
        archive._store.db.set_trace_callback(None)
        assert plans_of(archive._store.db, "SELECT count(outlet) FROM document")[0][0] == "document"  # it can be seen
        plans = [plan for sql in set(asked) for plan in plans_of(archive._store.db, sql)]
    assert len(plans) > 50
    assert [(table, sql) for table, sql in plans if table not in SMALL] == []


def plans_of(db, sql):
    """Tables that a statement reads from end to end, each with the statement; "CONSTANT" where it reads none so."""
    if not sql.lstrip().startswith(("SELECT", "UPDATE", "DELETE", "INSERT")) or "_config'" in sql:
        return [("CONSTANT", sql)]
    try:
        rows = db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    except sqlite3.Error:  # what FTS5 and triggers ask by themselves is traced as a comment, or with names of their own
        return [("CONSTANT", sql)]
    found = [match[1] for *_, detail in rows if (match := _SCAN.match(detail)) and "VIRTUAL TABLE" not in match[2]]
    return [(table, sql) for table in found] or [("CONSTANT", sql)]
