"""Which agency the text is from, by its own word: dateline, credit line, byline, closing credit, author in the head.

A page of a newspaper may carry an agency's item; the agency is then no outlet of the page. Credits for pictures are
not looked at.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from stemma.read.fields.outlets import bare
from stemma.read.fields.published import Finding
from stemma.read.head import Head, text_of
from stemma.read.labels import match_habit
from stemma.read.labels.rules import Findings, words_of
from stemma.read.layout import Sheet, Zone
from stemma.read.outlets import outlet_named

TRUST = {"dateline": 0.9, "credit": 0.85, "header": 0.85, "byline": 0.8, "end": 0.8, "json-ld": 0.7}
_UNKNOWN = 0.6  #: of that trust where no outlet of that name is known
_LONGEST = 100  #: characters of a credit line
_ABOVE, _BELOW = 6, 3  #: lines above and below the story among which its credit stands
_END_LOOK = 80  #: characters at the end of the story's last line
_OPENS = frozenset("(/[（［【=-—–―")  #: first characters of a credit without a word for it
_CAPITALS = re.compile(r"[^\W\d_a-z]{2,12}")  #: an unknown name in brackets must be written so ("SARVA", "사르바통신")
_OUTSIDE = int(Zone.FIGURE | Zone.NAV | Zone.FOOTER | Zone.ASIDE | Zone.RELATED | Zone.COMMENT)


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[re.Pattern[str], ...]]:
    table = tomllib.loads((files(__package__) / "credits.toml").read_text("utf-8"))
    named = {name: forms for name, forms in table.items() if isinstance(forms, list)}
    return {
        name: tuple(re.compile(form.replace("{name}", table["name"])) for form in forms)
        for name, forms in named.items()
    }


@lru_cache(maxsize=1)
def _never() -> frozenset[str]:
    table = tomllib.loads((files(__package__) / "credits.toml").read_text("utf-8"))
    return frozenset(table["never"].split())


def find_agency(sheet: Sheet, found: Findings, head: Head | None) -> list[Finding]:
    """All that credits the text to an agency, one finding a basis; names of known outlets as citations print them."""
    findings = [
        *_from_dateline(sheet, found), *_from_header(sheet, found), *_from_lines(sheet, found),
        *_from_end(sheet, found), *(_from_head(head) if head else ()),
    ]  # fmt: skip
    return list({finding.basis: finding for finding in reversed(findings)}.values())


def _finding(words: str, basis: str, span: tuple[int, int] | None, *, plain: bool) -> Finding | None:
    """The agency of that name; None: it is none. ``plain``: its place says that it is one, whatever it is called."""
    known = outlet_named(words)
    if known:
        return None if known.aggregator else Finding("agency", known.name, basis, TRUST[basis], span)
    if not plain and (not _CAPITALS.fullmatch(words) or words.casefold() in _never()):
        return None
    return Finding("agency", bare(words), basis, round(TRUST[basis] * (1 if plain else _UNKNOWN), 2), span)


def _from_dateline(sheet: Sheet, found: Findings) -> Iterator[Finding]:
    if found.dateline and (span := found.dateline[1].agency):
        finding = _finding(sheet.text[span[0] : span[1]], "dateline", span, plain=True)
        yield from [finding] if finding else []


def _from_header(sheet: Sheet, found: Findings) -> Iterator[Finding]:
    """The line between title and story that names day and source."""
    for number in found.headers:
        line = sheet.lines[number]
        match = match_habit("header", words_of(sheet, line))
        if match and (match.groupdict().get("outlet") or ":").rstrip()[-1] != ":":  # "Nick: ..." begins a turn
            span = (line.start + match.start("outlet"), line.start + match.end("outlet"))
            finding = _finding(match["outlet"], "header", span, plain=True)
            yield from [finding] if finding else []


def _from_lines(sheet: Sheet, found: Findings) -> Iterator[Finding]:
    """Short lines around the story; one right below a picture's caption is its maker's."""
    if not any(found.body):
        return
    first = found.first
    last = len(found.body) - 1 - found.body[::-1].index(True)
    top, bottom = max(0, first - _ABOVE), min(last + _BELOW + 1, len(sheet.lines))
    told = set(found.screen.lines("credit"))
    mastheads = {masthead.number for masthead in found.mastheads}
    for number in (*range(top, first + 1), *range(last, bottom)):
        line, beside = sheet.lines[number], number in {first - 1, last + 1}
        if not (beside or number in told or sheet.text[line.start] in _OPENS) or line.end - line.start > _LONGEST:
            continue
        if number in mastheads or number in found.headers or line.zone & _OUTSIDE:
            continue
        finding = _of_line(words_of(sheet, line), line.start, beside=beside)
        if finding and not _is_of_picture(sheet, number):
            yield finding


def _of_line(text: str, start: int, *, beside: bool) -> Finding | None:
    """The credit that a line is; a bare name counts only ``beside`` the story and of a known outlet."""
    for name, basis, plain in (("said", "credit", True), ("byline", "byline", False), ("line", "credit", False)):
        for form in _forms()[name]:
            match = form.match(text)
            if match is None:
                continue
            span = (start + match.start("agency"), start + match.end("agency"))
            if match.start("agency") == 0 and name == "line" and not (beside and outlet_named(match["agency"])):
                continue
            if finding := _finding(match["agency"], basis, span, plain=plain):
                return finding
    return None


def _is_of_picture(sheet: Sheet, number: int) -> bool:
    """Whether the line is a caption, or stands right below one."""
    lines = sheet.lines[max(0, number - 1) : number + 1]
    return any(line.zone & Zone.FIGURE or match_habit("caption", words_of(sheet, line)) for line in lines)


def _from_end(sheet: Sheet, found: Findings) -> Iterator[Finding]:
    """What closes the last line of the story."""
    if not any(found.body):
        return
    line = sheet.lines[len(found.body) - 1 - found.body[::-1].index(True)]
    start = max(line.start, line.end - _END_LOOK)
    for form in _forms()["end"]:
        for match in form.finditer(sheet.text[start : line.end]):
            span = (start + match.start("agency"), start + match.end("agency"))
            if finding := _finding(match["agency"], "end", span, plain=False):
                yield finding
                return


def _from_head(head: Head) -> Iterator[Finding]:
    """An author that is a known outlet."""
    for article in head.articles[:2]:
        known = outlet_named(text_of(article.get("author")))
        if known and not known.aggregator:
            yield Finding("agency", known.name, "json-ld", TRUST["json-ld"])
            return
