"""From lines to labels: every stretch of a page gets the part that it plays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from math import exp
from operator import itemgetter
from typing import NamedTuple

from stemma.read.article import Choice
from stemma.read.labels.forms import answers_unnamed, is_aside, is_transcript, least_turns, opens_turn
from stemma.read.labels.habits import match_habit
from stemma.read.labels.rules import Findings, words_of
from stemma.read.labels.titles import Title
from stemma.read.layout import Line, Sheet, Zone
from stemma.records import Role

_SCORED = "line scorer"
_RULED = 0.95  #: confidence in what a rule decided
_BYLINE, _FIGURE = int(Zone.BYLINE), int(Zone.FIGURE)
_MARKED = _BYLINE | _FIGURE
_AROUND_FIGURE = int(Zone.FIGURE | Zone.NAV | Zone.FOOTER | Zone.ASIDE)  #: pictures in menus have no captions
_ABOVE, _BELOW = 12, 2  #: lines from the story's start, and below a line of it, where bylines and captions stand
_MOST_ODDS = 30.0  #: beyond them a probability is 1 to all digits
_LONGEST_CAPTION = 320  #: characters


_START = itemgetter(0)
_JOINED = frozenset(["furniture", "title"])


class Stretch(NamedTuple):
    """A labelled stretch of the page."""

    start: int
    end: int
    role: Role
    reason: str
    confidence: float


def assign_roles(sheet: Sheet, choice: Choice, found: Findings, title: Title | None) -> list[Stretch]:
    """Stretches in order of place; together they hold every non-blank character, none twice."""
    turns, first = _Turns(sheet, found), found.first
    odds, cut = list(map(abs, choice.scores)), _cut_lines(sheet, found, title)
    stretches: list[Stretch] = []
    after = 0
    for number in (*_looked_at(sheet, found, cut), len(sheet.lines)):
        for stretch in _plain_furniture(sheet, found, range(after, number), odds):
            _append(stretches, stretch)
        after = number + 1
        if number == len(sheet.lines):
            break
        line = sheet.lines[number]
        role, reason = _role(sheet, number, line, found, first)
        if role == "body" and turns.is_transcript:
            role, reason = turns.name(words_of(sheet, line))
        whole = Stretch(line.start, line.end, role, reason or _SCORED, _RULED if reason else _sureness(odds[number]))
        parts = _split(sheet.text, whole, _inner(found, title, number, line)) if number in cut else (whole,)
        for stretch in parts:
            _append(stretches, stretch)
    return stretches


def _looked_at(sheet: Sheet, found: Findings, cut: set[int]) -> list[int]:
    """The lines that may be more than furniture: the story, lines with words of a credit, lines in a marked element."""
    numbers = {number for number, chosen in enumerate(found.body) if chosen}
    numbers.update(cut, found.screen.lines("byline", "caption"))
    if sheet.tree is not None:
        numbers.update(n for n, line in enumerate(sheet.lines) if line.zone & _MARKED or line.tag == "figcaption")
    return sorted(number for number in numbers if number < len(sheet.lines))


def _plain_furniture(sheet: Sheet, found: Findings, numbers: range, odds: list[float]) -> Iterator[Stretch]:
    """Stretches of lines that are furniture for the same reason."""
    if not numbers:
        return
    if not found.reasons:
        sure = _sureness(min(odds[numbers.start : numbers.stop]))
        yield Stretch(sheet.lines[numbers[0]].start, sheet.lines[numbers[-1]].end, "furniture", _SCORED, sure)
        return
    reasons = [found.reasons.get(number, "") for number in numbers]
    changes = [place for place, (left, right) in enumerate(pairwise(reasons), 1) if left != right]
    for first, stop in pairwise((0, *changes, len(reasons))):
        reason, run = reasons[first], numbers[first:stop]
        sure = _RULED if reason else _sureness(min(odds[run.start : run.stop]))
        yield Stretch(sheet.lines[run[0]].start, sheet.lines[run[-1]].end, "furniture", reason or _SCORED, sure)


def _cut_lines(sheet: Sheet, found: Findings, title: Title | None) -> set[int]:
    """The lines of which a part may play another role than the line."""
    cut = {0}
    if title:
        first = bisect_right(sheet.lines, title.start, key=_START) - 1
        cut.update(range(max(0, first), bisect_right(sheet.lines, title.end, key=_START)))
    if found.dateline:
        cut.add(found.dateline[0])
    if found.end_mark:
        cut.add(bisect_right(sheet.lines, found.end_mark[0], key=_START) - 1)
    return cut


class _Turns:
    """Tells line by line of a transcript whose turn it is."""

    def __init__(self, sheet: Sheet, found: Findings) -> None:
        may = found.screen.lines("turn") if found.screen.bits else range(len(found.body))
        story = sum(found.body)
        texts = [words_of(sheet, sheet.lines[n]) for n in may if found.body[n]]
        opening = list(filter(opens_turn, texts)) if len(texts) >= least_turns(story) else []
        self.is_transcript = is_transcript(opening, story)
        self._unnamed = answers_unnamed(opening)
        self._reason = ""

    def name(self, text: str) -> tuple[Role, str]:
        """The role of the next line of a transcript's story, and why."""
        if opens_turn(text):
            self._reason = "answers the turn above" if self._unnamed else "goes on with the turn above"
            return "turn", "opens with its speaker"
        if is_aside(text):
            return "furniture", "stage direction"
        return ("turn", self._reason) if self._reason else ("body", "")


def _append(stretches: list[Stretch], stretch: Stretch) -> None:
    """Neighbouring lines of furniture with one reason, and of one headline, become one stretch.

    It is as sure as its least sure line.
    """
    if stretches and stretch.role in _JOINED:
        last = stretches[-1]
        if last.role == stretch.role and last.reason == stretch.reason:
            sureness = min(last.confidence, stretch.confidence)
            stretches[-1] = Stretch(last.start, stretch.end, last.role, last.reason, sureness)
            return
    stretches.append(stretch)


def _role(sheet: Sheet, number: int, line: Line, found: Findings, first: int) -> tuple[Role, str]:
    """The part that a line plays as a whole, and the rule that says so ("": the line scorer)."""
    if found.body[number]:
        return "body", ""
    if found.screen.bits[number] and (_is_near(found, number, first) or line.zone & _BYLINE):
        words = words_of(sheet, line)
        if found.screen.may("byline", number) and match_habit("byline", words):
            return "byline", "names the author"
        if found.screen.may("caption", number) and len(words) <= _LONGEST_CAPTION and match_habit("caption", words):
            return "caption", "names a picture or its maker"
    if line.tag == "figcaption" or line.zone & _AROUND_FIGURE == _FIGURE:
        return "caption", "stands with a figure"
    return "furniture", found.reasons.get(number, "")


def _is_near(found: Findings, number: int, first: int) -> bool:
    """Whether the line stands around the story's start, or right below a line of it."""
    return abs(number - first) < _ABOVE or any(found.body[max(0, number - _BELOW) : number])


def _sureness(odds: float) -> float:
    """How sure the scorer is of what it chose for a line: its odds as a probability."""
    return round(1 / (1 + exp(-min(_MOST_ODDS, odds))), 3)


def _inner(found: Findings, title: Title | None, number: int, line: Line) -> list[Stretch]:
    """The parts of a line that play another role than the line: prefix, headline, dateline, end mark."""
    inner: list[Stretch] = []
    if found.prefix and number == 0:
        inner.append(Stretch(*found.prefix, "furniture", "date glued before the first paragraph", _RULED))
    if title and title.start < line.end and line.start < title.end:
        start, end = max(line.start, title.start), min(line.end, title.end)
        inner.append(Stretch(start, end, "title", title.reason, round(title.confidence, 3)))
    if found.dateline and found.dateline[0] == number:
        dateline = found.dateline[1]
        inner.append(Stretch(dateline.start, dateline.end, "dateline", "place, day or agency before the story", _RULED))
    if found.end_mark and line.start <= found.end_mark[0] < line.end:
        inner.append(Stretch(*found.end_mark, "furniture", "end mark", _RULED))
    return inner


def _split(text: str, whole: Stretch, inner: list[Stretch]) -> list[Stretch]:
    """The line's stretch with the inner ones cut out; blanks at the cuts belong to none.

    Where two inner ones claim the same characters (a headline and the date glued to it) the first has them.
    """
    pieces, at = [], whole.start
    for part in (*inner, whole._replace(start=whole.end)):
        begin = max(at, part.start)
        stretch = _trimmed(text, whole._replace(start=at, end=begin))
        pieces += [stretch] if stretch.start < stretch.end else []
        stretch = _trimmed(text, part._replace(start=begin, end=max(begin, part.end)))
        pieces += [stretch] if stretch.start < stretch.end and begin < whole.end else []
        at = max(at, part.end)
    return pieces


def _trimmed(text: str, stretch: Stretch) -> Stretch:
    words = text[stretch.start : stretch.end]
    start = stretch.start + len(words) - len(words.lstrip())
    return stretch._replace(start=start, end=max(start, stretch.start + len(words.rstrip())))
