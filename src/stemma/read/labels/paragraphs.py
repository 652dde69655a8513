"""Hard-wrapped pages: lines that were broken to fit a width are put together into the paragraphs that they were."""

from __future__ import annotations

import re

from stemma.read.labels.tops.mastheads import is_day_line
from stemma.read.layout import Line, Sheet

_WIDEST = 110  #: characters; wider lines were not broken to fit a screen or a mail (72 to 80, seldom 100)
_LEAST = 40  #: narrower lines do not tell
_LEAST_LINES = 4
_OPEN_SHARE = 0.6  #: share of the long lines that must break off inside a sentence
_FULL = 0.65  #: of the widest line: a shorter one ends its paragraph
_COLUMNS = re.compile(r"\S {4,}\S")
_END = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")


def join_wrapped(sheet: Sheet) -> Sheet:
    """The sheet with one line a paragraph where its lines were broken to a width; the same sheet where not."""
    if not _is_wrapped(sheet):
        return sheet
    widest = max(line.end - line.start for line in sheet.lines)
    joined: list[Line] = []
    full = False
    for line in sheet.lines:
        if joined and full and not _parted(sheet.text, joined[-1], line):
            joined[-1] = joined[-1]._replace(end=line.end)
        else:
            joined.append(line)
        full = line.end - line.start >= _FULL * widest
    return sheet._replace(lines=tuple(joined))


def _is_wrapped(sheet: Sheet) -> bool:
    if sheet.tree is not None or any(line.end - line.start > _WIDEST for line in sheet.lines):
        return False
    pairs = zip(sheet.lines, sheet.lines[1:], strict=False)
    long = [left for left, right in pairs if left.end - left.start >= _LEAST and not _parted(sheet.text, left, right)]
    open_ends = sum(not _END.search(sheet.text[max(line.start, line.end - 4) : line.end]) for line in long)
    return len(long) >= _LEAST_LINES and open_ends >= _OPEN_SHARE * len(long)


def _parted(text: str, left: Line, right: Line) -> bool:
    """A blank line or an indent between two lines parts paragraphs; heads in columns and lines of a day are no text."""
    between = text[left.end : right.start]
    if _COLUMNS.search(text, left.start, left.end) or is_day_line(text[right.start : right.end]):
        return True
    own = left.start - 1 - text.rfind("\n", 0, left.start)
    return between.count("\n") > 1 or len(between.lstrip("\r\n")) > own
