"""The room ``read``: decode a page, lay it out as text, label every stretch of it; nothing is cut.

Bytes go through ``decoding`` (which characters?), ``layout`` (page to text, frozen), ``article`` (which lines are the
story?), ``labels`` (what part does every stretch play?) and ``fields`` (whose page, when, in which language, what is
reserved?).
What is known of outlets lies in ``outlets/*.toml``.
"""

from __future__ import annotations

import re

from stemma.read.decoding import Unreadable, decode
from stemma.read.fields import find_fields
from stemma.read.head import read_head
from stemma.read.labels import label_lines
from stemma.read.layout import Sheet, lay_out_html, lay_out_text
from stemma.read.served import read_served
from stemma.records import Capture, Document, Field, Label, Problem

__all__ = ["read"]

_TAG = re.compile(
    r"<(?:!doctype|html|head|body|div|p|a|span|article|section|table|h1|meta|title|br|ul|script)\b", re.IGNORECASE
)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)
_NO_WORDS = "the page holds no words (an empty template, or all of it in a script or comment?); save it again"
_NO_STORY = (
    "no story was found on the page, only furniture (a menu, a list of links?); look whether it is the right page"
)
_TAG_WITHIN = 200_000  #: characters; HTML shows a tag earlier


def read(capture: Capture) -> list[Document | Label | Field | Problem]:
    """The page as a document, its labels in order and its fields; a Problem instead where it cannot be read.

    Labels never overlap and together hold every non-blank character. A page without any text that reads as
    a story gives its document, labelled as furniture, and a Problem beside it.
    """
    snapshot = capture.snapshot
    try:
        sheet, markup = _lay_out(_decoded(capture), snapshot.media_type)
    except Unreadable as error:
        return [_problem(capture, str(error))]
    if not any(map(str.isalnum, sheet.text)):
        return [_problem(capture, _NO_WORDS)]
    document = Document(snapshot=snapshot.id, layout=sheet.layout, text=sheet.text)
    head = read_head(sheet.tree) if sheet.tree is not None else None
    labelled = label_lines(sheet, head, markup)
    labels = [
        Label(document=document.id, start=s.start, end=s.end, role=s.role, reason=s.reason, confidence=s.confidence)
        for s in labelled.stretches
    ]
    fields = find_fields(capture, document, labelled, head, markup)
    problems = [] if any(labelled.found.body) else [_problem(capture, _NO_STORY)]
    return [document, *labels, *fields, *problems]


def _decoded(capture: Capture) -> str:
    """The characters of the payload; the server is asked for their charset before the page. Raises ``Unreadable``."""
    return decode(capture.payload, read_served(capture.exchange).charset).text


def _lay_out(text: str, media_type: str) -> tuple[Sheet, str]:
    """The sheet and, for HTML, its markup; what a page starts with outranks what it is called."""
    if (media_type == "text/html" and _TAG.search(text, 0, _TAG_WITHIN)) or _HTML_START.match(text):
        return lay_out_html(text), text
    return lay_out_text(text), ""


def _problem(capture: Capture, why: str) -> Problem:
    snapshot = capture.snapshot
    return Problem(stage="read", about=snapshot.id, message=f"{snapshot.address}: {why}")
