"""Pages in tests: marks around what must be found are taken off and kept as spans."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from stemma.records import Document, Label, Page, Snapshot

_MARK = re.compile(r"\[([A-Z]\d*) ")


@dataclass(frozen=True)
class MarkedPage:
    """A page without its marks, and the spans that the marks stood around: ``{"Q1": [(start, end), ...]}``."""

    page: Page
    marks: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.page.document.text

    def words(self, mark: str) -> list[str]:
        """The marked words, piece by piece."""
        return [self.text[start:end] for start, end in self.marks.get(mark, [])]


def unmark(marked: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """``[Q1 words]`` taken off: the plain text and the spans by mark; marks nest, square brackets do nothing else."""
    text, opened, spans, at = [], [], {}, 0
    size = 0
    while at < len(marked):
        if match := _MARK.match(marked, at):
            opened.append((match[1], size))
            at = match.end()
        elif marked[at] == "]" and opened:
            name, start = opened.pop()
            spans.setdefault(name, []).append((start, size))
            at += 1
        else:
            text.append(marked[at])
            size += 1
            at += 1
    return "".join(text), {name: sorted(pieces) for name, pieces in spans.items()}


def page_of(text: str, url: str | None = None) -> Page:
    """A page whose every line is body; enough for the rooms after ``read``."""
    payload = text.encode()
    snapshot = Snapshot(
        url=url, origin="test.txt", media_type="text/plain", size=len(payload),
        digest="sha256:" + hashlib.sha256(payload).hexdigest(),
    )  # fmt: skip
    document = Document(snapshot=snapshot.id, layout="test/1", text=text)
    lines = [m.span() for m in re.finditer(r"\S[^\n]*", text)]
    labels = tuple(Label(document=document.id, start=start, end=end, role="body") for start, end in lines)
    return Page(document, labels, ())
