"""Citations as sentences: Stemma's own footnote, and the reference lists of Chicago and APA.

Chicago Manual of Style, 17th edition, 14.191 and 14.198 to 14.207 (newspapers, bibliography); APA, 7th edition, 10.1
(newspaper article without an author). Titles keep the letter case of the page. Both end with the capture.
"""

from __future__ import annotations

import re

from stemma.records import Snapshot
from stemma.show.citations.sources import Source
from stemma.show.lines import NO_OUTLET, NO_TITLE, long_date, named
from stemma.show.plain import one_line

_LONG = re.compile(r"(?:(?P<day>\d{1,2}) )?(?:(?P<month>[A-Z][a-z]+) )?(?P<year>\d{4})")
_TITLE = 500  #: characters of a title: longer than any headline
_STOPS = (".", "?", "!", "…")


def footnote(source: Source) -> str:
    """A sentence for a footnote; what is not known is said to be so."""
    title = f"“{_title(source)}”" if source.title else NO_TITLE
    page = [named(source.outlet or "") or NO_OUTLET, title, long_date(source.published), address(source.snapshot)]
    whose = f"{source.whose} " if source.whose else ""
    return f"{whose}{', '.join(page)}; {capture(source.snapshot)}{identified(source)}."


def chicago(source: Source) -> str:
    """The entry of a bibliography; whose words they are stands before it."""
    title = _title(source)
    quoted = f"“{title}{'' if title.endswith(_STOPS) else '.'}”" if title else f"{_upper(NO_TITLE)}."
    page = [named(source.outlet or "") or NO_OUTLET, _chicago_day(source.published)]
    return f"{_whose(source)}{quoted} {', '.join(page)}. {_located(source)}"


def apa(source: Source) -> str:
    """The entry of a list of references; whose words they are stands before it."""
    title = _title(source) or f"[{_upper(NO_TITLE)}]"
    stop = "" if title.endswith(_STOPS) else "."
    outlet = named(source.outlet or "") or f"[{_upper(NO_OUTLET)}]"
    return f"{_whose(source)}{title}{stop} ({_apa_day(source.published)}). {outlet}. {_located(source)}"


def _whose(source: Source) -> str:
    return f"{source.whose} " if source.whose else ""


def _located(source: Source) -> str:
    """The address, then the capture; a closing stop would be read as a part of the address."""
    where = one_line(source.snapshot.url or "")
    about = f"{_upper(capture(source.snapshot))}{identified(source)}."
    return f"{where} {about}" if where else f"File {one_line(source.snapshot.origin)}. {about}"


def _chicago_day(instant: str | None) -> str:
    """The day as "October 24, 2025"; "n.d." where it is not known."""
    day, month, year = _date(instant)
    if not year:
        return "n.d."
    return f"{month} {day}, {year}" if day else " ".join(filter(None, (month, year)))


def _apa_day(instant: str | None) -> str:
    """The day as "2025, October 24"; "n.d." where it is not known."""
    day, month, year = _date(instant)
    if not year:
        return "n.d."
    return ", ".join(filter(None, (year, " ".join(filter(None, (month, day))))))


def _date(instant: str | None) -> tuple[str, str, str]:
    found = _LONG.fullmatch(long_date(instant))
    return (found["day"] or "", found["month"] or "", found["year"]) if found else ("", "", "")


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _title(source: Source) -> str:
    return one_line(source.title or "")[:_TITLE]


def identified(source: Source) -> str:
    """The id that is cited, and who corrected or covered what of it."""
    if source.kind == "capture":
        return ""
    return "; ".join(["", f"{source.kind} {source.about}", *source.people])


def address(snapshot: Snapshot) -> str:
    """The original address; the file where there is none."""
    return f"<{one_line(snapshot.url)}>" if snapshot.url else f"address not known, file {one_line(snapshot.origin)}"


def capture(snapshot: Snapshot) -> str:
    """Which capture it was, of which time, with its SHA-256."""
    at = one_line(snapshot.fetched) if snapshot.fetched else "time not stated"
    return f"archived capture {snapshot.id} ({at}), {snapshot.digest}"
