"""A page for a row of text: every line is body."""

from __future__ import annotations

import re

from stemma.records import Document, Label, Page


def page_of(text: str, name: str = "bench") -> Page:
    """The text as a page without furniture."""
    document = Document(snapshot=name, layout="bench/1", text=text)
    lines = [match.span() for match in re.finditer(r"\S[^\n]*", text)]
    return Page(document, tuple(Label(document=document.id, start=s, end=e, role="body") for s, e in lines), ())
