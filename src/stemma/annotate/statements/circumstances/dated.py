"""Texts that date themselves: by a line at their head, or entry by entry as a diary does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stemma.annotate.statements.circumstances.occasions import DAY, Said
from stemma.annotate.times import find
from stemma.records import Label, Page, prose

#: Characters of a head line that may carry a date, and of a first paragraph that may.
_HEAD_LINE, _FIRST = 200, 320
#: Lines before the first paragraph that are looked at for a date.
_HEAD_LINES = 12
#: A line above a transcript or communique that dates it: "Karvis, 2 May 2031", "Briefing by ..., Karvis, 2 May 2031".
_DATES_A_TEXT = re.compile(
    r"\b(?:briefing|interview|conference|communiqu|declaration|statement|hearing|session|transcript|talks|debate)"
    r"|^\W*[A-Z][\w’' -]{1,30},\s[\w .,]{6,24}$"
    r"|^\W*\d{1,2}\s[A-Z][a-z]+(?:\s\d{4})?\W*$|^\W*[A-Z][a-z]+\s\d{1,2}(?:,\s\d{4})?\W*$",
    re.IGNORECASE,
)
#: What the head of a text calls it that was spoken, agreed or gathered on one day: no news report is called so.
_OF_ONE_DAY = re.compile(
    r"\b(?:joint (?:press )?(?:statement|release|communiqu\w+|declaration)|communiqu\w+|declaration of|minutes of"
    r"|oral (?:evidence|answers)|record of|press review|what the papers|broadcast summary"
    r"|briefing by|briefing of|telephone briefing|deposition|transcript|verbatim|proceedings|answers by)",
    re.IGNORECASE,
)
_LONGER = re.compile(r"\b(?:hours|days|weeks?|fortnight|month)\b", re.IGNORECASE)  #: "the 24 hours to 06:00, 11 August"
#: The first paragraph of such a text that dates it: "Taken at the inn on April 22", "19 March. Members present".
_DATES_IT = re.compile(r"\b(?:held|done|taken|recorded|adopted|present|met|issued)\b", re.IGNORECASE)
_OPENS = 40  #: characters of an entry in which its date stands, and nothing else
_ENTRY_END = re.compile(r"\s?[.:—–-]|\s\([^()\n]{1,40}\)[.:]")
_BEFORE_DATE = re.compile(r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?")
_ENTRIES = 3  #: dated entries that make a diary or a chronicle
BY_HEAD = "the date at the head of the text"
BY_ENTRY = "the date of the entry"

Frame = tuple[int, int, Said]


def head_day(page: Page) -> Said | None:
    """The day in the title or date line of a transcript or communique; None where its head has none or two."""
    text = page.document.text
    days: dict[str, tuple[int, int]] = {}
    for label in _above(page):
        line = text[label.start : label.end]
        if len(line) <= _HEAD_LINE and (label.role in ("title", "dateline") or _DATES_A_TEXT.search(line)):
            _read(days, line, label.start)
    return _one(days)


def document_day(page: Page) -> Said | None:
    """The day of a text that tells by its head what was said on one day: minutes, a communique, a press review.

    None for a wire report, whose dateline tells when it was sent, and where the head has no day or two.
    """
    text, written = page.document.text, prose(page)
    above = _above(page)
    head = " ".join(text[label.start : label.end][:_HEAD_LINE] for label in above)
    if not _OF_ONE_DAY.search(head) or _LONGER.search(head) or any(label.role == "dateline" for label in page.labels):
        return None
    days: dict[str, tuple[int, int]] = {}
    for label in above:
        _read(days, text[label.start : label.end][:_HEAD_LINE], label.start)
    first = text[written[0].start : written[0].end][:_FIRST] if written and not days else ""
    if _DATES_IT.search(first):
        _read(days, first, written[0].start)
    return _one(days)


def _above(page: Page) -> list[Label]:
    written = prose(page)
    first = written[0].start if written else len(page.document.text)
    return [label for label in page.labels if label.start < first][-_HEAD_LINES:]


def _read(days: dict[str, tuple[int, int]], line: str, start: int) -> None:
    for one in find(line, None):
        if DAY.match(one.value):
            days.setdefault(one.value[:10], (start + one.start, start + one.end))


def _one(days: dict[str, tuple[int, int]]) -> Said | None:
    if len(days) != 1:
        return None
    ((day, words),) = days.items()
    return Said(day, words, BY_HEAD)


def entries(page: Page) -> list[Frame]:
    """The entries of a diary or chronicle, each with the date that opens it and up to the next; else none."""
    found = list(_entries(page))
    stops = [start for start, _ in found[1:]] + [len(page.document.text)]
    if len({said.day for _, said in found}) < _ENTRIES:
        return []
    return [(start, stop, said) for (start, said), stop in zip(found, stops, strict=True)]


def _entries(page: Page) -> Iterator[tuple[int, Said]]:
    text = page.document.text
    for label in prose(page):
        opening = text[label.start : min(label.end, label.start + _OPENS)]
        for one in find(opening, None):
            before = _BEFORE_DATE.fullmatch(opening, 0, one.start)
            if before and DAY.match(one.value) and _ENTRY_END.match(opening, one.end):
                words = (label.start + one.start, label.start + one.end)
                yield label.start, Said(one.value[:10], words, BY_ENTRY)
            break
