"""The day on which words were said, where their own clause names none: the day of the event or page they belong to.

A day is carried only as far as the page's words carry it. The day on which a report was published is never
taken for the day on which somebody spoke, with one exception of the wire's own usage: where the lead of a
first-hand report, without a day of its own, has somebody speak at a live occasion ("said at the summit"),
the day of the dateline is the day of the occasion.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from stemma.annotate.statements.circumstances.dated import BY_ENTRY, document_day, entries, head_day
from stemma.annotate.statements.circumstances.occasions import DAY, NO_YEAR, Dateline, Said
from stemma.annotate.statements.clauses import Draft
from stemma.annotate.statements.grammar.cues import lexicon, words
from stemma.annotate.statements.grammar.lines import Span
from stemma.annotate.statements.whole import ARTICLES
from stemma.records import Page, Statement, Time, prose
from stemma.text.sentences import sentences

#: A sentence in which somebody begins to speak: what is told after it was said there.
_SPEAKS = re.compile(
    r"\b(?:made|delivered|gave)\s(?:[\w’'-]+\s){0,4}?(?:speech|address|toast|remarks|statement)\b"
    r"|\b(?:had|held)\s(?:[\w’'-]+\s){0,4}?(?:talks?|meeting|conversation|consultations|conference|briefing)\b"
    r"|\b(?:rally|meeting|session|banquet|reception|conference|talks|consultations)\s(?:\w+\s){0,4}?"
    r"(?:was held|were held|took place|opened)\b|\bgave\s(?:[\w-]+\s){0,3}?guidance\b|\binspected\b"
    r"|\bsent\s(?:a|the|his|her)\s(?:\w+\s){0,2}?(?:message|letter|telegram)\b"
    r"|\bpaid\s(?:a|an|his|her|their)\s(?:\w+\s){0,2}(?:call|visit)\b|\bmet\s(?:with\s)?(?:and\s|[A-Z]|the\s)"
)
_LIVE = (
    r"summit|conference|briefing|meeting|session|forum|ceremony|rally|hearing|congress|assembly|talks|reception"
    r"|signing|parade|service|sitting|banquet|opening|inauguration|funeral|debate"
)
_AT_AN_OCCASION = re.compile(rf"\b(?:at|during|in)\s(?:[\w’'-]+\s){{1,6}}?(?:{_LIVE})\b", re.IGNORECASE)
_SAME_OCCASION = re.compile(rf"\b(?:the|this|that|same)\s(?:[\w’'-]+\s){{0,2}}?({_LIVE})\b", re.IGNORECASE)
#: So many characters before a clause that names "the ceremony" may tell on which day it was held.
_LOOK_BACK = 700
#: Characters of a lead and its dateline.
_LEAD = 1_500
_PARTIES = re.compile(
    r"(?:.*\s)?(?:sides?|parties|leaders|states|countries|governments|ministers|we|i|they)$", re.IGNORECASE
)
_SELF = re.compile(r"(?:we|i)$", re.IGNORECASE)
#: Stretches of an event that may begin before one that holds a statement and still reach over it.
_NEAR = 4


class Days(NamedTuple):
    """Stretches of the page that tell of one event, with its day, and the day of the page as a whole text."""

    starts: list[int]
    frames: list[tuple[int, int, Said]]  #: first and last offset, the day
    whole: Said | None
    day: Said | None  #: the day of a text that tells only of what was said on one day
    dated: list[tuple[int, str]]  #: days that the story names, outside of what is said
    dated_starts: list[int]
    ends: dict[int, int]  #: of each date its end by its start
    dateline: Dateline


#: How a day was told.
_BY_EVENT = "the day of the event that the words were said at"
_BY_DATELINE = "the dateline of a report on a live occasion"
_BY_OCCASION = "the day named with the occasion"
_BY_SPEECH = "the day of the text that it stands in"


def days_of(page: Page, found: Sequence[Draft], times: Sequence[Time]) -> Days:
    """What the page tells of days; ``times`` in order of place."""
    dated = _story_days(page, found, times)
    at = [start for start, _ in dated]
    ends = {time.evidence.start: time.evidence.end for time in times}
    line = Dateline(page, times)
    frames = sorted([*entries(page), *_visit_frame(page, line, dated), *_frames(page, found, dated, ends)])
    whole = head_day(page) if any(draft.kind for draft in found) else None
    return Days([start for start, _, _ in frames], frames, whole, document_day(page), dated, at, ends, line)


def _visit_frame(page: Page, line: Dateline, dated: list[tuple[int, str]]) -> list[Frame]:
    """The stretch of a report that tells of one occasion, from its first sentence to where it names another day."""
    if line.day is None or not line.visit:
        return []
    size = len(page.document.text)
    return [(line.start, _Story(dated, size, dated).until(line.start, line.day.day), line.day)]


def _story_days(page: Page, found: Sequence[Draft], times: Sequence[Time]) -> list[tuple[int, str]]:
    """Calendar days that stand neither in what is said nor in the head of the page."""
    said = sorted(piece for draft in found for piece in draft.content)
    heads = [(label.start, label.end) for label in page.labels if label.role in ("title", "dateline", "byline")]
    heads += [(f.evidence.start, f.evidence.end) for f in page.fields if f.name == "published" and f.evidence]
    days = [(t.evidence.start, t.value[:10]) for t in times if t.type in ("DATE", "TIME") and DAY.match(t.value)]
    return _outside(_outside(days, sorted(heads)), said)


def _outside(days: list[tuple[int, str]], spans: list[Span]) -> list[tuple[int, str]]:
    kept, at, reach = [], 0, -1
    for start, day in days:
        while at < len(spans) and spans[at][0] <= start:
            reach = max(reach, spans[at][1])
            at += 1
        if start >= reach:
            kept.append((start, day))
    return kept


Frame = tuple[int, int, Said]


def _frames(page: Page, found: Sequence[Draft], dated: list[tuple[int, str]], stops: dict[int, int]) -> list[Frame]:
    text = page.document.text
    said = sorted(piece for draft in found for piece in draft.content)
    clauses = sorted(gap for draft in found if not draft.kind for gap in clause_of(draft))
    story = _Story(dated, len(text), _outside(dated, clauses))
    frames = [frame] if (frame := _lead_frame(page, found, story)) else []
    for label in prose(page):
        ends = sentences(text, label.start, label.end)
        start, end = label.start, label.start
        for match in _SPEAKS.finditer(text, label.start, label.end):
            while end <= match.start():
                start, end = next(ends, (label.start, label.end))
            if not _within(said, match.start()) and (told := story.event_day(start, end)):
                place, day = told
                words = (place, stops.get(place, place))
                frames.append((end, story.until(end, day), Said(day, words, _BY_EVENT)))
    return frames


def _within(spans: list[Span], place: int) -> bool:
    """Whether one of the nearest spans before the place reaches over it."""
    at = bisect_right(spans, (place, place))
    return any(stop > place for _, stop in spans[max(0, at - 3) : at])


class _Story:
    """The days that a story names, in order; each question costs the same however many there are."""

    def __init__(self, dated: list[tuple[int, str]], end: int, told: list[tuple[int, str]]) -> None:
        self.dated, self._end = dated, end
        self._told = told  # days that the story tells outside of reporting clauses: when others spoke dates no event
        self._changes = [end] * (len(dated) + 1)  # for each, the place where the story comes to another day
        for number in range(len(dated) - 2, -1, -1):
            (_, day), (place, other) = dated[number : number + 2]
            self._changes[number] = self._changes[number + 1] if day == other else place

    def event_day(self, start: int, end: int) -> tuple[int, str] | None:
        """The one day of the sentence, else the one day that the story has named so far, and where it is named."""
        first, last = bisect_left(self.dated, (start, "")), bisect_left(self.dated, (end, ""))
        if first < last:
            return self.dated[first] if self._changes[first] > self.dated[last - 1][0] else None
        before = self._told[: bisect_left(self._told, (start, ""))]
        return before[0] if len({day for _, day in before}) == 1 else None

    def until(self, start: int, day: str) -> int:
        """Where the story comes to another day."""
        at = bisect_left(self.dated, (start, ""))
        if at == len(self.dated):
            return self._end
        return self._changes[at] if self.dated[at][1] == day else self.dated[at][0]


def _lead_frame(page: Page, found: Sequence[Draft], story: _Story) -> Frame | None:
    """The stretch of a first-hand report of a live occasion, and the day of its dateline."""
    text = page.document.text
    days = [f for f in page.fields if f.name == "published" and f.basis == "dateline" and f.evidence]
    lead = min(found, key=lambda draft: draft.place, default=None)
    if not days or not days[0].evidence or lead is None or lead.kind or any(d.over for d in found):
        return None
    start, end = lead.sentence
    begin = max(start, days[0].evidence.end)
    if start > days[0].evidence.end + _LEAD or (story.dated and story.dated[0][0] < end):
        return None
    gaps = clause_of(lead)
    if not any(_AT_AN_OCCASION.search(text, max(begin, a), b) for a, b in gaps):
        return None
    day, words = days[0].value[:10], (days[0].evidence.start, days[0].evidence.end)
    return begin, story.until(end, day), Said(day, words, _BY_DATELINE)


def clause_of(draft: Draft) -> list[Span]:
    """The reporting clause: the sentence without the content, where the cue or source stands."""
    start, end = draft.sentence
    gaps: list[Span] = []
    at = start
    for first, stop in sorted(draft.content):
        if first > at:
            gaps.append((at, min(first, end)))
        at = max(at, stop)
    gaps.append((at, end))
    anchors = [*draft.cue, *draft.source]
    return [gap for gap in gaps if gap[0] < gap[1] and (draft.kind or any(gap[0] <= a[0] < gap[1] for a in anchors))]


def told_day(time: Time | None, outer: Statement | None) -> Said | None:
    """The day of a date in the reporting clause itself; None where it tells no calendar day.

    "Yesterday" in a speech of another day than the page's is not counted from the page's day.
    """
    if time is None or not DAY.match(time.value):
        return None
    if _is_foreign(time, outer):
        return None
    words = (time.evidence.start, time.evidence.end)
    return Said(
        time.value[:10], words, f"the date in its clause: {time.reason}" if time.reason else "the date in its clause"
    )


def _is_foreign(time: Time, outer: Statement | None) -> bool:
    """Whether it was counted from another day than that of the text around it."""
    return outer is not None and bool(outer.said) and bool(time.anchor) and (time.anchor or "")[:10] != outer.said


class Bounds(NamedTuple):
    """Between which days words were said that no day is told of, by which words."""

    earliest: str | None = None
    latest: str | None = None
    words: Span | None = None
    basis: str = ""


def bounds_of(time: Time | None, outer: Statement | None) -> Bounds:
    """What the time in the clause, else the day of the text around it, tells of the day."""
    if time is not None and (time.earliest or time.latest) and not _is_foreign(time, outer):
        words = (time.evidence.start, time.evidence.end)
        return Bounds(
            time.earliest, time.latest, words, f"bounded by the time in its clause: {time.reason}".rstrip(": ")
        )
    if outer is not None and outer.said:
        told = _of_outer(outer)
        return Bounds(None, outer.said, told.words if told else None, "no later than the text that it stands in")
    return Bounds()


def carried_day(text: str, draft: Draft, outer: Statement | None, days: Days) -> Said | None:
    """The day of a statement whose own clause names none; ``outer`` is the statement around it."""
    if draft.kind == "transcript" or draft.rule == ARTICLES:
        return days.whole
    if draft.over:
        return None
    if outer is not None:
        return _of_outer(outer) if outer.kind in ("full-text", "transcript") and _performs(text, draft, outer) else None
    at = bisect_right(days.starts, draft.place)
    inside = [day for start, stop, day in days.frames[max(0, at - _NEAR) : at] if start <= draft.place < stop]
    if inside and inside[-1].basis != BY_ENTRY and _is_present(text, draft):
        inside = []
    told = _occasion_day(text, draft, days) or (inside[-1] if inside else None)
    return told or (None if _is_earlier(text, draft) else days.day)


def _is_present(text: str, draft: Draft) -> bool:
    """Whether the cue tells of what somebody says at present, and not at a past event: "an expert believes"."""
    verb = text[slice(*draft.cue[-1])].split()[:1] if draft.cue else []
    form = lexicon().forms.get(verb[0].lower()) if verb else None
    return form is not None and set(form.shapes) == {"s"}


def _is_earlier(text: str, draft: Draft) -> bool:
    """Whether the cue tells of what was said before: "had said"."""
    return bool(draft.cue) and text[slice(*draft.cue[0])].lower().startswith("had ")


def _of_outer(outer: Statement) -> Said | None:
    words = (outer.said_words.start, outer.said_words.end) if outer.said_words else None
    told = outer.said or (NO_YEAR if words and not (outer.earliest or outer.latest) else "")
    return Said(told, words, _BY_SPEECH) if told else None


def _performs(text: str, draft: Draft, outer: Statement) -> bool:
    """Whether the text around it makes the statement: "The two sides declare ..." of a joint one, else "We ask ..."."""
    if not draft.cue or not draft.source:
        return False
    source = text[slice(*draft.source[0])]
    words = text[slice(*draft.cue[-1])].lower().split()
    form = lexicon().forms.get(words[0]) if words else None
    present = form is not None and bool({"b", "s"} & set(form.shapes))
    if _SELF.match(source):
        return present or (bool(words) and words[0] in _NOW)
    return present and bool((outer.reason == ARTICLES and _PARTIES.match(source)) or _issues(source, outer))


#: Auxiliaries by which somebody says, while he speaks, what he says: "I will say", "we would ask", "I am asking".
_NOW = frozenset(["am", "are", "will", "would", "shall", "should", "do", "can", "must", "wish", "’d", "'d", "’m", "'m"])
_BODY = re.compile(r"[Tt]he\s(?:\w+\s){0,2}?(\w+)")


def _issues(source: str, outer: Statement) -> bool:
    """Whether the source is the body whose text it stands in: "The Ministry" in a statement of the Ministry."""
    named = _BODY.fullmatch(source)
    issuer = outer.source[0].exact if outer.source else ""
    return named is not None and outer.kind == "full-text" and re.search(rf"\b{named[1]}\b", issuer) is not None


def _occasion_day(text: str, draft: Draft, days: Days) -> Said | None:
    """The day that was named with the occasion: "On May 2 a ceremony was held. ... said at the ceremony"."""
    for start, stop in clause_of(draft):
        for match in _SAME_OCCASION.finditer(text, start, min(stop, start + _LOOK_BACK)):
            name = match.group(1).lower()
            if name in words("occasions") and (day := _named_with(text, name, start, days)):
                return day
    return None


def _named_with(text: str, name: str, before: int, days: Days) -> Said | None:
    """The one day in the nearest earlier sentence that names the occasion."""
    floor = max(0, before - _LOOK_BACK)
    place = floor + text[floor:before].lower().rfind(name)
    if place < floor:
        return None
    start = max(text.rfind(". ", floor, place), text.rfind("\n", floor, place), floor)
    stop = text.find(". ", place, before)
    first, last = bisect_left(days.dated_starts, start), bisect_left(days.dated_starts, stop if stop > 0 else before)
    named = {day: place for place, day in days.dated[first:last]}
    if len(named) != 1:
        return None
    ((day, at),) = named.items()
    return Said(day, (at, days.ends.get(at, at)), _BY_OCCASION)
