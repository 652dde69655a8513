"""When a page was published and changed: every basis gives a Field of its own, the surest first in confidence.

Order of trust: what the user states, JSON-LD, meta elements, marked time elements, a line between title and story,
the dateline (its year filled in from the others), the source stamp, the address. A copyright line is no basis.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from htmldate import find_date

from stemma.read.days import Day, fill_year, find_days, read_stamp
from stemma.read.head import Head, metas_for, text_of
from stemma.read.labels import Labelled
from stemma.read.labels.habits import match_habit
from stemma.read.labels.rules import Findings, words_of
from stemma.read.labels.tops.mastheads import is_day_line
from stemma.read.layout import Line, Sheet, Zone
from stemma.records import FieldName, Snapshot

TRUST = {
    "stated": 1.0, "json-ld": 0.97, "meta": 0.96, "time": 0.9, "header": 0.93, "dateline": 0.88,
    "stamp": 0.85, "url": 0.8, "title": 0.7, "layout": 0.6,
}  # fmt: skip
_URL_DAY = re.compile(
    r"(?:^|[/\-_=])(?P<year>(?:19|20)\d\d)[/\-_.]?(?P<month>[01]\d)[/\-_.]?(?P<day>[0-3]\d)(?:[/\-_.T?&]|\d{0,6}(?:\D|$))"
)
_URL_DAY_LAST = re.compile(
    r"[/\-_=](?P<day>[0-3]\d)(?P<mark>[\-_.]?)(?P<month>[01]\d)(?P=mark)(?P<year>(?:19|20)\d\d)(?:[/\-_.?&]|$)"
)
_OF_ITSELF = frozenset(["json-ld", "meta"])  #: bases that readers do not see
_OUTVOTED = 0.5  #: confidence in such a basis where two others agree on another day
_UNIVERSAL = re.compile(r"\d{4}-\d\d-\d\dT(\d\d):\d\d.*?(?:Z|[+-]00:?00)")
_DAY_HOURS, _MOST_EAST, _MOST_WEST = 24, 14, 12  #: hours by which clocks are ahead of universal time, and behind
_MONTHS = 12
_EITHER_WAY = 0.2  #: taken off where day and month could be the other way round
_NEAR_STORY = 8  #: lines above the story among which a bare date may stand
_LONGEST_DATE_LINE = 160  #: characters
_CLOSING_LOOK = 300  #: characters of a line below the story that are looked at
_BARE, _CLOSING = 0.75, 0.65  #: confidence in a bare date line above the story, and in a sentence below it
_PUBLISHED = re.compile(
    r"\b(?:published|posted|veröffentlicht|publiziert|publié|publicado|publicada|pubblicato|gepubliceerd|опубликован\w*)\b|송고|입력|등록",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights|все права", re.IGNORECASE)
_CHANGED = re.compile(r"updat|modif|aktualis|обновл|修正|更新|수정|actuali", re.IGNORECASE)
_WORDS = re.compile(r"\w")
_OWNER = re.compile(r"(?:©|&copy;|&#169;|\bcopyright\b|\(c\)\s)[^<]{0,200}", re.IGNORECASE)  #: in markup
_ARCHIVED = re.compile(r"^https?://(?:web\.archive\.org/web|archive\.(?:today|is|ph|org))/\d{4,14}[a-z_]*/")
_SLOW_MARKUP = 2_000_000  #: characters; htmldate hangs on pages of tens of megabytes


class Finding(NamedTuple):
    """A value for a field, its basis, and its span where it stands in the text."""

    name: FieldName
    value: str
    basis: str
    confidence: float
    span: tuple[int, int] | None = None


def find_published(snapshot: Snapshot, labelled: Labelled, head: Head | None, markup: str) -> list[Finding]:
    """All that says when the page was published or changed."""
    sheet, stretches, found = labelled
    title = next(((s.start, s.end) for s in stretches if s.role == "title"), None)
    dates = [
        *_stated(snapshot),
        *(_from_head(head) if head else ()),
        *_from_lines(sheet, found),
        *_from_url(snapshot.url),
    ]
    if not any(date.name == "modified" for date in dates):
        dates += _from_changes(sheet, found)
    stated = any(date.name == "published" and date.basis != "url" for date in dates)
    if not stated:
        dates += _from_near_lines(sheet, found) or _from_closing_lines(sheet, found)
    elif head:
        dates = _settle(dates, _from_near_lines(sheet, found))
    if not dates:
        dates += _from_title(sheet, title) if title else ()
    if markup and not any(date.name == "published" for date in dates):
        dates += _from_library(markup)
    return dates + list(_from_dateline(snapshot, found, dates))


def _settle(dates: list[Finding], near: list[Finding]) -> list[Finding]:
    """The dates with what the page shows above its story; what a page only says of itself may be outvoted.

    Metadata in universal time name the day before or after where the outlet's own clock, by the day that it shows, was
    past midnight. A lone basis loses to two others that agree on a day farther away, unless the page changed on it.
    """
    shown = {date.value[:10] for date in (*near, *dates) if date.basis in {"header", "url"}}
    changed = {date.value[:10] for date in dates if date.name == "modified"}
    dates = [*dates, *(date for date in near if date.value[:10] not in changed)]
    votes: dict[str, set[str]] = {}
    for date in dates:
        if date.name == "published":
            votes.setdefault(date.value[:10], set()).add(date.basis)
    settled = []
    for date in dates:
        others = [len(bases) for day, bases in votes.items() if day not in changed and _apart(date.value, day) > 1]
        outvoted = len(votes.get(date.value[:10], ())) == 1 and max(others, default=0) > 1
        elsewhere = any(_is_day_elsewhere(date.value, day) for day in shown)
        lost = date.name == "published" and date.basis in _OF_ITSELF and (outvoted or elsewhere)
        settled.append(date._replace(confidence=_OUTVOTED) if lost else date)
    return settled


def _is_day_elsewhere(stamp: str, day: str) -> bool:
    """Whether the instant, given in universal time, fell on that other day somewhere on Earth (UTC-12 to UTC+14)."""
    match = _UNIVERSAL.fullmatch(stamp)
    if not match or day == stamp[:10]:
        return False
    hour, away = int(match[1]), _apart(stamp, day)
    return away == 1 and (hour >= _DAY_HOURS - _MOST_EAST if day > stamp else hour < _MOST_WEST)


def _apart(stamp: str, day: str) -> int:
    """Days between."""
    return abs((dt.date.fromisoformat(day[:10]) - dt.date.fromisoformat(stamp[:10])).days)


def _stated(snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.published:
        yield Finding("published", snapshot.published, "stated", TRUST["stated"])


def _from_head(head: Head) -> Iterator[Finding]:
    """JSON-LD, meta elements and time elements, each the first that holds a date."""
    pairs: tuple[tuple[FieldName, str], ...] = (("published", "datePublished"), ("modified", "dateModified"))
    for name, key in pairs:
        stamps = (read_stamp(text_of(article.get(key))) for article in head.articles)
        if value := next((stamp for stamp in stamps if stamp), None):
            yield Finding(name, value, "json-ld", TRUST["json-ld"])
        stamps = (read_stamp(value) for value in metas_for(head, name))
        if value := next((stamp for stamp in stamps if stamp), None):
            yield Finding(name, value, "meta", TRUST["meta"])
    yield from _from_times(head)


def _from_times(head: Head) -> Iterator[Finding]:
    """A time element marked as the publication's, or any where all of the page name one day."""
    times = [(stamp, marked) for value, marked in head.times if (stamp := read_stamp(value))]
    published = next((stamp for stamp, marked in times if marked), None)
    if published:
        yield Finding("published", published, "time", TRUST["time"])
    elif len({stamp[:10] for stamp, _ in times}) == 1:
        yield Finding("published", times[0][0], "time", TRUST["layout"])


def _from_lines(sheet: Sheet, found: Findings) -> Iterator[Finding]:
    """The prefix, the header lines and the stamps that the rules found."""
    if found.prefix:
        first = next(find_days(sheet.text, *found.prefix))
        yield Finding("published", first.value, "header", TRUST["header"], (first.start, first.end))
    habits = chain(
        (("modified", number) for number in found.headers),
        (("header", number) for number in found.headers),
        (("stamp", number) for number in found.stamps),
    )
    for habit, number in habits:
        if day := _day_of_habit(habit, sheet, number):
            name: FieldName = "modified" if habit == "modified" else "published"
            basis = "stamp" if habit == "stamp" else "header"
            doubt = 0.0 if day.sure else _EITHER_WAY
            yield Finding(name, day.value, basis, TRUST[basis] - doubt, (day.start, day.end))


def _day_of_habit(habit: str, sheet: Sheet, number: int) -> Day | None:
    """The full day that a header line or stamp names; one that names its source too writes the day first."""
    line = sheet.lines[number]
    match = match_habit(habit, words_of(sheet, line))
    if not match or not match.groupdict().get("day"):
        return None
    days = find_days(sheet.text, line.start + match.start("day"), line.start + match.end("day"))
    day = next((day for day in days if not day.value.startswith("--")), None)
    return day._replace(sure=True) if day and match.groupdict().get("outlet") else day


def _from_changes(sheet: Sheet, found: Findings) -> list[Finding]:
    """The day of a change that stands behind the day of publication, in one line above the story."""
    first = found.first % len(found.body) if found.body else 0
    for number in range(first - 1, max(-1, first - 1 - _NEAR_STORY), -1):
        line = sheet.lines[number]
        words = words_of(sheet, line)[:_LONGEST_DATE_LINE]
        changed = _CHANGED.search(words)
        if changed is None or _COPYRIGHT.search(words) or not any(find_days(words[: changed.start()])):
            continue
        start = line.start + changed.end()
        for day in find_days(words[changed.end() :]):
            if not day.value.startswith("--"):
                span = (start + day.start, start + day.end)
                return [Finding("modified", day.value, "header", _BARE - (0.0 if day.sure else _EITHER_WAY), span)]
    return []


def _from_near_lines(sheet: Sheet, found: Findings) -> list[Finding]:
    """A line between the top and the story that is little more than a full date.

    The nearest to the story counts; one that says nothing else counts before one with a few words beside its date.
    """
    first = next((number for number, chosen in enumerate(found.body) if chosen), 0)
    near: list[Finding] = []
    for number in range(first - 1, max(-1, first - 1 - _NEAR_STORY), -1):
        line = sheet.lines[number]
        words = words_of(sheet, line)
        if number in found.headers or len(words) > _LONGEST_DATE_LINE or _COPYRIGHT.search(words):
            continue
        if changed := _CHANGED.search(words):
            words = words[: changed.start()]
        days = [day for day in find_days(words) if not day.value.startswith("--")]
        if len(days) == 1 and (
            len(words) <= 3 * (days[0].end - days[0].start) + 20 or line.zone & (Zone.STAMP | Zone.BYLINE)
        ):
            if is_day_line(words):
                return [_near(line, days[0], _BARE)]
            near.append(_near(line, days[0], _BARE))
    return near[:1]


def _from_closing_lines(sheet: Sheet, found: Findings) -> list[Finding]:
    """A line below the story that says in a sentence when the page was published: "Posted by the editors on ..."."""
    last = max((number for number, chosen in enumerate(found.body) if chosen), default=len(found.body))
    for number in range(last, min(last + _NEAR_STORY, len(sheet.lines))):
        line = sheet.lines[number]
        words = words_of(sheet, line)[:_CLOSING_LOOK]
        if _PUBLISHED.search(words) and not _COPYRIGHT.search(words):
            days = [day for day in find_days(words) if not day.value.startswith("--")]
            if len(days) == 1:
                return [_near(line, days[0], _CLOSING)]
    return []


def _near(line: Line, day: Day, trust: float) -> Finding:
    span = (line.start + day.start, line.start + day.end)
    return Finding("published", day.value, "header", trust - (0.0 if day.sure else _EITHER_WAY), span)


def _from_title(sheet: Sheet, title: tuple[int, int]) -> Iterator[Finding]:
    """The day that a headline ends with: "Briefing by the spokeswoman, Karvis, 3 May 2031"."""
    days = [day for day in find_days(sheet.text, *title) if not day.value.startswith("--")]
    if len(days) == 1 and not _WORDS.search(sheet.text, days[0].end, title[1]):
        doubt = 0.0 if days[0].sure else _EITHER_WAY
        yield Finding("published", days[0].value, "title", TRUST["title"] - doubt, (days[0].start, days[0].end))


def _from_url(url: str | None) -> Iterator[Finding]:
    """The day in the address; where it begins with the day, a month may be meant as well."""
    address = _ARCHIVED.sub("", url or "")  # the day of an archive's copy is the day of the copy
    for form, doubt in ((_URL_DAY, 0.0), (_URL_DAY_LAST, _EITHER_WAY)):
        for match in form.finditer(address):
            year, month, day = (match[part] for part in ("year", "month", "day"))
            if value := read_stamp(f"{year}-{month}-{day}"):
                yield Finding("published", value, "url", TRUST["url"] - (doubt if int(day) <= _MONTHS else 0))
                return


def _from_library(markup: str) -> Iterator[Finding]:
    """What htmldate finds, where nothing plainer is there."""
    if len(markup) > _SLOW_MARKUP:
        return
    try:
        value = find_date(_OWNER.sub("", markup), extensive_search=False, original_date=True, outputformat="%Y-%m-%d")
    except Exception:  # noqa: BLE001 - whatever a page does to the library, it only leaves the date unknown
        return
    if value and not value.endswith("-01-01"):
        yield Finding("published", value, "layout", TRUST["layout"])


def _from_dateline(snapshot: Snapshot, found: Findings, dates: list[Finding]) -> Iterator[Finding]:
    """The dateline's day; without a year, the year nearest to the surest other date, or the last before the capture."""
    day = found.dateline[1].day if found.dateline else None
    if day is None:
        return
    span = (day.start, day.end)
    if not day.value.startswith("--"):
        yield Finding("published", day.value, "dateline", TRUST["dateline"], span)
        return
    others = sorted((date for date in dates if date.name == "published"), key=lambda date: -date.confidence)
    if others and (value := fill_year(day.value, others[0].value)):
        yield Finding("published", value, "dateline", min(TRUST["dateline"], others[0].confidence), span)
    elif snapshot.fetched and (value := fill_year(day.value, snapshot.fetched, latest=True)):
        yield Finding("published", value, "dateline", TRUST["layout"], span)
