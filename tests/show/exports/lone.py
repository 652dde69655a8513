"""One statement of one page that holds whatever a test wants, as an archive answers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec
from hypothesis import strategies as st

from stemma.archive.leaving import Sheet
from stemma.archive.views import Line, Query, Who
from stemma.records import Evidence, Statement
from stemma.show.exports import Asked, Wish
from stemma.show.exports.rows import Batch, StatementRow
from stemma.show.exports.telling import Teller
from tests.show.conftest import LINES, POST

#: What ends a cell, an element, a string or a line early, runs as a formula, steers a screen, or is no text at all.
BITS = [
    "=1+1", "+", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "''@", "\x00", "\x1b[31m", "\x9b2J", "\u202e", "\u2066", "\ud800",
    "\udfff", "<!ENTITY x SYSTEM 'file:///etc/passwd'>", "]]>", "<?sources ?>", "&lt;", "<b>", '"', "'", ";", ",", "\n", "\r\n", "\\",
    "{{7*7}}", "%00", "\u2028", "\ufeff", "\ufffe", "𝒳", "é", "x" * 10_000, " ", "lamps",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(BITS), min_size=1, max_size=6).map("".join)


class Lone:
    """An archive of this one statement; it is what it asks for exports too."""

    def __init__(self, line: Line, sheet: Sheet) -> None:
        self._line, self._sheet = line, sheet
        self.leaving = self

    def find(self, query: Query) -> Iterator[Line]:  # noqa: ARG002 (as the archive has it)
        return iter([self._line])

    def count(self, query: Query) -> int:  # noqa: ARG002
        return 1

    def record(self, record_id: str) -> Any:
        return msgspec.structs.replace(POST.document, id=record_id)

    def sheet(self, document_id: str) -> Sheet:  # noqa: ARG002
        return self._sheet

    def silent(self) -> Iterator[str]:
        return iter(())

    def kind(self, entity_id: str) -> str:  # noqa: ARG002
        return "person"

    def runs(self) -> list[Any]:
        return []

    def understood(self, query: Query) -> dict[str, object]:  # noqa: ARG002
        return {}


def lone(text: str, name: str, polarity: str = "affirmed") -> Lone:
    """A page whose every field holds the text or the name."""
    snapshot = msgspec.structs.replace(POST.snapshot, url=f"https://dornpost.example/{text[:50]}", origin=text)
    document = msgspec.structs.replace(POST.document, text=text)
    piece = Evidence(document=document.id, start=0, end=len(text), exact=text)
    said = Statement(
        id="s2345672345672345", document=document.id, content=(piece,), source=(piece,), cue=(piece,), kind="direct",
        polarity=polarity, run="u",
    )  # fmt: skip
    who = Who(name=name, entity="e2345672345672345", role=text, reason=text, confidence=0.5)
    hop = replace(LINES["post"].chain[0], name=name, evidence=piece)
    line = replace(
        LINES["post"], statement=said, speakers=(who,), rivals=(who,), chain=(hop,), snapshot=snapshot, title=text, outlet=name,
        witnesses=1, published="2025-10-24", published_basis=text,
    )  # fmt: skip
    return Lone(line, Sheet(document, snapshot, text, name, "2025-10-24", text, text, ()))


def batch_of(text: str, name: str, polarity: str = "affirmed") -> Batch:
    """That page as rows."""
    (batch,) = Teller(lone(text, name, polarity), Wish()).batches(Asked())
    return batch


def said_of(batch: Batch) -> StatementRow:
    return batch.statements[0]
