"""Sentence bounds that survive initials, abbreviations, quotation marks and scripts without spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: A possible end: the stop, the marks and brackets that close with it, then blanks or the end of the text.
_END = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*(?=\s|$))|[。！？]+[」』”]*|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Gov|Sen|Rep|Rev|Hon|St|Jr|Sr|vs|No|Nos|Vol|Art|Arts|pp?"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|etc|e\.g|i\.e|cf|approx|est|Fig)"
    r"|(?<![\w.])[A-Z]|(?:\b[A-Za-z]\.)+[A-Za-z])\.$"
)
_OPENS = re.compile(r"\s*[\"'“‘«„(\[]*[A-Z0-9\u00c0-\u00de\u0370-\u1fff\u2c00-\uffff—–-]")
_LOOK_BACK = 24  #: longer than any abbreviation above


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of ``text[start:end]``, without the blanks around them; a line end always ends one."""
    stop = len(text) if end is None else end
    begin = start
    for match in _END.finditer(text, start, stop):
        if _ends_here(text, match, stop):
            yield from _trimmed(text, begin, match.end())
            begin = match.end()
    yield from _trimmed(text, begin, stop)


def _ends_here(text: str, match: re.Match[str], stop: int) -> bool:
    mark = match.group()
    if mark[0] == "\n" or mark[0] in "。！？":
        return True
    if match.end() < stop and not _OPENS.match(text, match.end()):
        return False
    dot = match.start() + 1
    return mark != "." or not _ABBREVIATION.search(text[max(0, dot - _LOOK_BACK) : dot])


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
