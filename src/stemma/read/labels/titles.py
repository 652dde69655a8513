"""The headline of a page: its span and the rule that found it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from itertools import pairwise
from typing import NamedTuple, TypeVar

from stemma.read.head import Head, metas_for, text_of
from stemma.read.labels.habits import match_habit
from stemma.read.labels.rules import Findings, words_of
from stemma.read.labels.tops.candidates import could_be_title
from stemma.read.layout import Line, Sheet, Zone
from stemma.text.words import fold

_REACH = 14  #: lines above the story among which its headline is sought
_STORY_LOOK = 4_000  #: characters of the story that a headline's words are sought in
_LEAST_SHARED = 0.3  #: share of a line's longer words that the story must hold, for a line to be its headline
_LEAST_PAIRS = 0.1  #: the same where pairs of letters are counted
_NEARLY = 0.65  #: of the largest share: an earlier line with so much is the headline, a later one a sub-headline
_ODD_MARKS = 12  #: characters by which two spellings of one headline may differ in length
_HEADLINE = int(Zone.HEADLINE)
_HEADINGS = frozenset(["h1", "h2", "h3"])
_UNSEEN = int(Zone.HIDDEN | Zone.NAV | Zone.FOOTER)  #: headings there are menus, breadcrumbs, names of panels
_TEASED = int(Zone.RELATED | Zone.ASIDE)
_LEAST_WORDS = 4  #: of a headline that follows a kicker
_WORD = re.compile(r"[^\W_]{2,}")
_EASTERN = re.compile(r"[\u3040-\u9fff\uac00-\ud7a3]+")
_INFLECTED, _STEM = re.compile(r"[\u0400-\u04ff]"), 4  #: letters of a word that stay when its ending changes
_SHORT = 2  #: letters of the words that say little
_FOREIGN = 0.04  #: share of characters beyond Latin-1 (curly quotation marks, dashes) that a western story may hold
#: For bytes of Latin-1: letters without case and accents, digits as they are, a blank for all else.
_WESTERN = bytes(
    ord(plain) if (sign := chr(code)).isalnum() and len(plain := fold(sign)) == 1 and plain < "\x80" else ord(" ")
    for code in range(256)
)
W = TypeVar("W", str, bytes)
_SITE_NAME = re.compile(r"\s*(?:[|–—·•»]|\s-|,\s)\s*")  #: what stands between a headline and the site's name
_ANY_WORD = re.compile(r"\w+")


class Title(NamedTuple):
    """A headline's span and why it is one."""

    start: int
    end: int
    reason: str
    confidence: float


def find_title(sheet: Sheet, found: Findings, head: Head | None) -> Title | None:
    """The headline; None where the page shows none."""
    if head is not None:
        return _title_of_html(sheet, head) or _title_above(sheet, found)
    return _title_above(sheet, found)


def _title_above(sheet: Sheet, found: Findings) -> Title | None:
    """Of the lines above the story the first that shares most words with it, or the one over a header line."""
    first = found.first % len(found.body) if found.body else 0
    above, may = range(max(0, first - _REACH), first), _Candidates(sheet, found)
    for number in reversed(above):
        if (number + 1 in found.headers or _is_byline(sheet, found, number + 1, first)) and may[number]:
            top, last = _wrapped(sheet, number, above, may)
            reason = "above the line that names day, source or author"
            return Title(sheet.lines[top].start, sheet.lines[last].end, reason, 0.9)
    shares = _shares(_story(sheet, found, first), [words_of(sheet, sheet.lines[n])[:_STORY_LOOK] for n in above])
    ranked = sorted(zip(shares, above, strict=True), reverse=True)
    most = next((share for share, number in ranked if may[number]), None)
    if most is None:
        return None
    share, number = next((s, n) for s, n in zip(shares, above, strict=True) if s >= _NEARLY * most and may[n])
    least = _LEAST_PAIRS if _EASTERN.search(words_of(sheet, sheet.lines[number])) else _LEAST_SHARED
    if share < least and any(may[later] for later in range(number + 1, first)):
        return None
    top, last = _wrapped(sheet, number, above, may)
    reason = "above the story, shares its words"
    return Title(sheet.lines[top].start, sheet.lines[last].end, reason, 0.5 + share / 3)


def _story(sheet: Sheet, found: Findings, first: int) -> str:
    """The story's beginning, without the menus that stand in it and below it."""
    lines, size = [], 0
    for line, chosen in zip(sheet.lines[first:], found.body[first:], strict=True):
        if chosen:
            lines.append(sheet.text[line.start : min(line.end, line.start + _STORY_LOOK)])
            size += line.end - line.start
            if size >= _STORY_LOOK:
                break
    return ("\n".join(lines) or sheet.text[sheet.lines[first].start :][:_STORY_LOOK])[:_STORY_LOOK]


class _Candidates(dict[int, bool]):
    """Whether each line could be the headline; looked at when first asked, for few lines ever are."""

    def __init__(self, sheet: Sheet, found: Findings) -> None:
        super().__init__()
        self._page = sheet, found

    def __missing__(self, number: int) -> bool:
        sheet, found = self._page
        self[number] = could = could_be_title(sheet, number, found)
        return could


def _wrapped(sheet: Sheet, number: int, above: range, may: _Candidates) -> tuple[int, int]:
    """First and last line of a headline over several lines: a line that begins small goes on with the one above."""
    top = last = number
    while top - 1 in above and sheet.text[sheet.lines[top].start].islower() and may[top - 1]:
        top -= 1
    while last + 1 in above and sheet.text[sheet.lines[last + 1].start].islower() and may[last + 1]:
        last += 1
    return top, last


def _is_byline(sheet: Sheet, found: Findings, number: int, first: int) -> bool:
    """Whether a line above the story is a byline."""
    if number >= first or not found.screen.may("byline", number):
        return False
    return match_habit("byline", words_of(sheet, sheet.lines[number])) is not None


def _shares(story: str, lines: Sequence[str]) -> list[float]:
    """Share of each line's longer words that the story holds; lines of one or two words count little."""
    plain = story.encode("latin-1", "replace")
    western = plain.count(b"?") - story.count("?") <= _FOREIGN * len(story)
    if western:
        told: set[bytes] = set(plain.translate(_WESTERN).split())
        return [_share({word for word in _western_words(line) if len(word) > _SHORT}, told) for line in lines]
    words = _longer_words(story)
    return [_share(_longer_words(line), words) for line in lines]


def _share(own: set[W], told: set[W]) -> float:
    return len(own & told) / max(4, len(own))


def _western_words(line: str) -> list[bytes]:
    """The words of a western line, as bytes (Latin-1) without case and accents; other letters part them."""
    return line.encode("latin-1", "replace").translate(_WESTERN).split()


def _longer_words(text: str) -> set[str]:
    """Words of three letters and more, Cyrillic ones without endings; of eastern scripts all pairs of letters."""
    words = set(_WORD.findall(text.lower()))
    longer = {word for word in words if len(word) > _SHORT and word.isascii()}
    for word in [fold(word) for word in words if not word.isascii()]:
        if runs := _EASTERN.findall(word):
            longer.update(pair for run in runs for pair in map("".join, pairwise(run)))
        elif len(word) > _SHORT:
            longer.add(word[:_STEM] if _INFLECTED.match(word) else word)
    return longer


def _title_of_html(sheet: Sheet, head: Head) -> Title | None:
    """The headline that shows: a visible heading that the metadata names, or ends with it; then what does not show."""
    names = named_titles(head)
    shown = [line for line in sheet.lines if not line.zone & _UNSEEN and line.tag != "title"]
    headings = [line for line in shown if _is_heading(line)]
    return (
        _heading_named(sheet, headings, names)
        or _part_of_heading(sheet, [line for line in headings if line.tag in {"h1", "h2"}], names)
        or _plain_line(sheet, shown, [*names, *map(_without_kicker, names)])
        or _unseen_title(sheet, names)
        or _first_heading(sheet, shown)
        or _first_heading(sheet, sheet.lines)
    )


def _is_heading(line: Line) -> bool:
    """A heading of the page itself, not of a teaser."""
    return (line.tag in _HEADINGS or bool(line.zone & _HEADLINE)) and not line.zone & _TEASED


def _heading_named(sheet: Sheet, headings: Sequence[Line], names: Sequence[str]) -> Title | None:
    """The heading, one of the first rank before others, that says what the metadata names."""
    forms = [form for name in names for form in _without_site(name)]
    for lines in ([line for line in headings if line.tag == "h1"], headings):
        if line := _line_saying(sheet, lines, forms):
            return _unglued(sheet, line, names) or Title(line.start, line.end, "as the page's metadata names it", 0.95)
    return None


def _unglued(sheet: Sheet, line: Line, names: Sequence[str]) -> Title | None:
    """Where the layout glued a kicker to the headline ("Karvis Ferries sail"), the line with the colon between them."""
    if ":" in words_of(sheet, line):
        return None
    told = [name for name in names if ":" in name and _plain(name) == _plain(words_of(sheet, line))]
    whole = (other for other in sheet.lines if told and words_of(sheet, other) in told)
    other = next(whole, None)
    return other and Title(other.start, other.end, "as the page's metadata names it, its kicker parted", 0.9)


def _without_site(name: str) -> list[str]:
    """The name, and what is left where the site's name is cut off its end."""
    return [name, *(name[: part.start()] for part in reversed(list(_SITE_NAME.finditer(name))) if part.start())]


def _without_kicker(name: str) -> str:
    """What stands behind the first colon, where it is a headline of its own; else nothing."""
    behind = name.partition(": ")[2]
    return behind if len(behind.split()) >= _LEAST_WORDS else ""


def _plain_line(sheet: Sheet, lines: Sequence[Line], names: Sequence[str]) -> Title | None:
    line = _line_saying(sheet, lines, [name for name in names if name])
    return line and (_unglued(sheet, line, names) or Title(line.start, line.end, "a line that the metadata names", 0.9))


def _unseen_title(sheet: Sheet, names: Sequence[str]) -> Title | None:
    """What the metadata names among headings that do not show and the page's title."""
    forms = [form for name in names for form in _without_site(name)]
    hidden = [line for line in sheet.lines if line.tag in {"h1", "h2"}]
    if line := _line_saying(sheet, hidden, forms) or _line_saying(sheet, sheet.lines, names):
        return Title(line.start, line.end, "as the page's metadata names it", 0.85)
    return _part_of_heading(sheet, [line for line in sheet.lines if line.tag in {"h1", "title"}], names)


def _part_of_heading(sheet: Sheet, lines: Sequence[Line], names: Sequence[str]) -> Title | None:
    """A kicker before the headline, or the site's name behind it, is no part of it."""
    for name in names:
        for line in lines:
            if (at := _find_part(words_of(sheet, line), name)) is not None:
                start = line.start + at
                return Title(start, start + len(name), "part of a heading, as the metadata names it", 0.9)
    return None


def _first_heading(sheet: Sheet, lines: Sequence[Line]) -> Title | None:
    line = next((line for line in lines if line.tag == "h1" and " " in words_of(sheet, line)), None)
    return line and Title(line.start, line.end, "first heading of the first rank", 0.7)


def _line_saying(sheet: Sheet, lines: Sequence[Line], names: Sequence[str]) -> Line | None:
    """The first line that says one of the names, but for marks and case."""
    for name in names:
        wanted = _plain(name)
        for line in lines:
            near = abs(line.end - line.start - len(name)) <= _ODD_MARKS
            if near and _plain(words_of(sheet, line)) == wanted:
                return line
    return None


def _find_part(heading: str, name: str) -> int | None:
    """Where the name stands in the heading as a part of its own: from its start or to its end."""
    at = heading.find(name)
    whole = at >= 0 and (at + len(name) == len(heading) or _SITE_NAME.match(heading, at + len(name)))
    return at if whole else None


def named_titles(head: Head) -> list[str]:
    """The page's titles as its metadata gives them: the article's own headline, then what it is shared under."""
    headlines = (unescape(text_of(article.get("headline"))) for article in head.articles[:2])
    names = [next(filter(None, headlines), ""), *list(metas_for(head, "title"))[:1]]
    return [" ".join(name.split()) for name in names if name]


def _plain(text: str) -> str:
    return " ".join(_ANY_WORD.findall(fold(text)))
