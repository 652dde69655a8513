"""The room ``read``: decode a page, lay it out as text, label every stretch of it; nothing is cut.

Bytes go through ``decoding`` (which characters?), ``layout`` (page to text, frozen), ``article`` (which lines are the
story?), ``labels`` (what part does every stretch play?) and ``fields`` (whose page, when, in which language, what is
reserved?).
What is known of outlets lies in ``outlets/*.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stemma.read.decoding import Unreadable, decode
from stemma.read.fields import find_fields
from stemma.read.head import read_head
from stemma.read.labels import Stretch, label_lines
from stemma.read.layout import MOST_LINES, Sheet, lay_out_tamed, lay_out_text
from stemma.read.served import read_served
from stemma.read.taming import MOST_ELEMENTS, tame
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
_BEYOND = "beyond the lines that are looked at"


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
    labelled = label_lines(_first(sheet), head, markup)
    labels = [
        Label(document=document.id, start=s.start, end=s.end, role=s.role, reason=s.reason, confidence=s.confidence)
        for s in (*labelled.stretches, *_rest(sheet))
    ]
    fields = find_fields(capture, document, labelled, head, markup)
    problems = [] if any(labelled.found.body) else [_problem(capture, _NO_STORY)]
    problems += [_problem(capture, why) for why in _left_out(sheet)]
    return [document, *labels, *fields, *problems]


def _first(sheet: Sheet) -> Sheet:
    """The text of the lines that are listed; the sheet itself for every page that is one."""
    return sheet._replace(text=sheet.text[: sheet.lines[-1].end]) if _is_too_long(sheet) else sheet


def _is_too_long(sheet: Sheet) -> bool:
    return len(sheet.lines) == MOST_LINES and not (sheet.text[sheet.lines[-1].end :] or " ").isspace()


def _rest(sheet: Sheet) -> list[Stretch]:
    """What follows those lines, as one stretch."""
    if not _is_too_long(sheet):
        return []
    last = sheet.lines[-1].end
    words = sheet.text[last:]
    return [Stretch(len(sheet.text) - len(words.lstrip()), last + len(words.rstrip()), "furniture", _BEYOND, 0.5)]


def _left_out(sheet: Sheet) -> Iterator[str]:
    """What of a page beyond all sense was not looked at."""
    if sheet.left:
        yield (
            f"it has more than {MOST_ELEMENTS:,} elements, which no page has; they were read, and the {sheet.left:,} "
            "characters of markup behind them were not. Split it into its pages and add those"
        )
    if _is_too_long(sheet):
        yield (
            f"it has more than {MOST_LINES:,} lines, and only those were looked at; what follows is kept as furniture. "
            "Split it into its pages and add those"
        )


def _decoded(capture: Capture) -> str:
    """The characters of the payload; the server is asked for their charset before the page. Raises ``Unreadable``."""
    return decode(capture.payload, read_served(capture.exchange).charset).text


def _lay_out(text: str, media_type: str) -> tuple[Sheet, str]:
    """The sheet and, for HTML, its markup made tame; what a page starts with outranks what it is called."""
    if (media_type == "text/html" and _TAG.search(text, 0, _TAG_WITHIN)) or _HTML_START.match(text):
        tamed = tame(text)
        return lay_out_tamed(tamed), tamed.markup
    return lay_out_text(text), ""


def _problem(capture: Capture, why: str) -> Problem:
    snapshot = capture.snapshot
    return Problem(stage="read", about=snapshot.id, message=f"{snapshot.address}: {why}")
