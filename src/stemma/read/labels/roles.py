"""From lines to labels: every stretch of a page gets the part that it plays."""

from __future__ import annotations

from math import exp
from typing import NamedTuple

from stemma.read.article import Choice
from stemma.read.labels.forms import answers_unnamed, is_aside, is_transcript, opens_turn
from stemma.read.labels.habits import match_habit
from stemma.read.labels.rules import Findings, words_of
from stemma.read.labels.titles import Title
from stemma.read.layout import Line, Sheet, Zone
from stemma.records import Role

_SCORED = "line scorer"
_RULED = 0.95  #: confidence in what a rule decided
_BYLINE, _FIGURE = int(Zone.BYLINE), int(Zone.FIGURE)
_AROUND_FIGURE = int(Zone.FIGURE | Zone.NAV | Zone.FOOTER | Zone.ASIDE)  #: pictures in menus have no captions
_ABOVE, _BELOW = 12, 2  #: lines from the story's start, and below a line of it, where bylines and captions stand
_LONGEST_CAPTION = 320  #: characters


class Stretch(NamedTuple):
    """A labelled stretch of the page."""

    start: int
    end: int
    role: Role
    reason: str
    confidence: float


def assign_roles(sheet: Sheet, choice: Choice, found: Findings, title: Title | None) -> list[Stretch]:
    """Stretches in order of place; together they hold every non-blank character, none twice."""
    turns = _Turns(sheet, found)
    first = next((number for number, chosen in enumerate(found.body) if chosen), len(found.body))
    stretches: list[Stretch] = []
    for number, line in enumerate(sheet.lines):
        role, reason = _role(sheet, number, line, found, first)
        if role == "body":
            role, reason = turns.name(words_of(sheet, line))
        whole = Stretch(line.start, line.end, role, reason or _SCORED, _sureness(choice, number, reason))
        inner = _inner(found, title, number, line)
        for stretch in _split(sheet.text, whole, inner) if inner else (whole,):
            _append(stretches, stretch)
    return stretches


class _Turns:
    """Tells line by line of a transcript whose turn it is; a page that is none has only body."""

    def __init__(self, sheet: Sheet, found: Findings) -> None:
        lines = [words_of(sheet, line) for line, chosen in zip(sheet.lines, found.body, strict=True) if chosen]
        opening = [text for text in lines if opens_turn(text)]
        self._transcript = is_transcript(opening, len(lines))
        self._unnamed = answers_unnamed(opening)
        self._reason = ""

    def name(self, text: str) -> tuple[Role, str]:
        """The role of the story's next line, and why."""
        if not self._transcript:
            return "body", ""
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
    last = stretches[-1] if stretches and stretch.role in {"furniture", "title"} else None
    if last and (last.role, last.reason) == (stretch.role, stretch.reason):
        sureness = min(last.confidence, stretch.confidence)
        stretches[-1] = Stretch(last.start, stretch.end, last.role, last.reason, sureness)
    else:
        stretches.append(stretch)


def _role(sheet: Sheet, number: int, line: Line, found: Findings, first: int) -> tuple[Role, str]:
    """The part that a line plays as a whole, and the rule that says so ("": the line scorer)."""
    words = words_of(sheet, line)
    if found.body[number]:
        return "body", ""
    below = number > 0 and any(found.body[max(0, number - _BELOW) : number])
    if abs(number - first) < _ABOVE or below or line.zone & _BYLINE:
        if match_habit("byline", words):
            return "byline", "names the author"
        if len(words) <= _LONGEST_CAPTION and match_habit("caption", words):
            return "caption", "names a picture or its maker"
    if line.tag == "figcaption" or line.zone & _AROUND_FIGURE == _FIGURE:
        return "caption", "stands with a figure"
    return "furniture", found.reasons.get(number, "")


def _sureness(choice: Choice, number: int, reason: str) -> float:
    """What a rule decided is sure; else the scorer's odds, as the probability of the role that it chose."""
    if reason:
        return _RULED
    return round(1 / (1 + exp(-min(30.0, abs(choice.scores[number])))), 3)


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
    """The line's stretch with the inner ones cut out; blanks at the cuts belong to none."""
    pieces, at = [], whole.start
    for part in (*inner, whole._replace(start=whole.end)):
        stretch = _trimmed(text, whole._replace(start=at, end=part.start))
        pieces += [stretch] if stretch.start < stretch.end else []
        stretch = _trimmed(text, part)
        pieces += [stretch] if stretch.start < stretch.end and part.start < whole.end else []
        at = part.end
    return pieces


def _trimmed(text: str, stretch: Stretch) -> Stretch:
    words = text[stretch.start : stretch.end]
    start = stretch.start + len(words) - len(words.lstrip())
    return stretch._replace(start=start, end=max(start, stretch.start + len(words.rstrip())))
