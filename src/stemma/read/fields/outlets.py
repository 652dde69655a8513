"""Whose page it is: by the user's word, the line that names the source, the address, the site's name, the dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from stemma.read.fields.published import Finding
from stemma.read.head import Head, metas_for, text_of
from stemma.read.labels.habits import match_habit
from stemma.read.labels.rules import Findings, words_of
from stemma.read.labels.tops.mastheads import names
from stemma.read.layout import Sheet
from stemma.read.outlets import Outlet, outlet_named, outlet_of_host
from stemma.records import Snapshot
from stemma.text.words import fold

TRUST = {
    "stated": 1.0, "header": 0.95, "url": 0.92, "meta": 0.9, "json-ld": 0.88, "dateline": 0.85, "stamp": 0.8,
    "masthead": 0.7,
}  # fmt: skip
_CREDIT = 0.6  #: confidence in a dateline's agency where a masthead names another: the page carries its item
_LEAST_INITIALS = 2
_STRANGER = 0.4  #: confidence in a host that no outlet file knows
_SHOWS_OTHERS = 0.3  #: confidence in the name of a site that shows the pages of others
_EDITION = re.compile(r"\s*\((?:[A-Z][a-z]{1,2}|[A-Z]{2}|English|Korean|Russian|Chinese|Japanese|Spanish|Arabic)\)$")
_DOMAIN = re.compile(r"^([A-Z]{2,8})(?:\.(?:com|co|org|net))?\.[a-z]{2,12}$")
_LONGEST_NAME = 60  #: characters of a site's name; longer ones are slogans


def find_outlet(snapshot: Snapshot, sheet: Sheet, found: Findings, head: Head | None) -> list[Finding]:
    """All that says whose page it is; names of known outlets as citations print them, others as they stand."""
    return _agree([
        *_stated(snapshot), *_from_header(sheet, found), *_from_url(snapshot.url), *(_from_head(head) if head else ()),
        *_from_dateline(sheet, found), *_from_stamps(sheet, found), *_from_mastheads(sheet, found),
    ])  # fmt: skip


def _agree(findings: list[Finding]) -> list[Finding]:
    """One value for one outlet, that of the surest finding; an agency that a masthead contradicts is but credited."""
    ranked = sorted(findings, key=lambda finding: -finding.confidence)
    named = [f._replace(value=next(o.value for o in ranked if _same(o.value, f.value))) for f in findings]
    masthead = next((f for f in named if f.basis == "masthead" and f.confidence >= TRUST["masthead"]), None)
    return [
        f._replace(confidence=_CREDIT) if masthead and f.basis == "dateline" and f.value != masthead.value else f
        for f in named
    ]


def _same(left: str, right: str) -> bool:
    """Whether two names are one but for case and "The", or one is the initials of the other ("HPR")."""
    plain, other = (fold(name).removeprefix("the ") for name in (left, right))
    return plain == other or _initials(left, right) or _initials(right, left)


def _initials(short: str, long: str) -> bool:
    letters = "".join(word[0] for word in long.split() if word[0].isupper())
    return len(short) >= _LEAST_INITIALS and short.isupper() and short in {letters, letters.removeprefix("T")}


def _stated(snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.outlet:
        known = outlet_named(snapshot.outlet)
        yield Finding("outlet", known.name if known else snapshot.outlet, "stated", TRUST["stated"])


def _named(words: str, basis: str, span: tuple[int, int] | None = None) -> Finding:
    known = outlet_named(words)
    sureness = _SHOWS_OTHERS if known and known.aggregator else TRUST[basis]
    return Finding("outlet", known.name if known else bare(words), basis, sureness, span)


def bare(words: str) -> str:
    """A name without the edition and the domain that aggregators add: "VNA.vx (En)" is VNA."""
    return _DOMAIN.sub(r"\1", _EDITION.sub("", words.strip()))


def _unshouted(words: str) -> str:
    """A masthead in capitals as it would stand in a sentence: "THE KARVIS MORNING" is The Karvis Morning."""
    if not words.isupper() or " " not in words:
        return words
    small = names().small - {"the"}
    parts = [word.lower() if fold(word) in small else word.capitalize() for word in words.split()]
    return " ".join([parts[0].capitalize(), *("the" if part == "The" else part for part in parts[1:])])


def _from_header(sheet: Sheet, found: Findings) -> Iterator[Finding]:
    for number in found.headers:
        line = sheet.lines[number]
        match = match_habit("header", words_of(sheet, line))
        if match and match.groupdict().get("outlet"):
            yield _named(
                match["outlet"], "header", (line.start + match.start("outlet"), line.start + match.end("outlet"))
            )
            return


def _from_url(url: str | None) -> Iterator[Finding]:
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    if "." in host:
        yield _of_host(host, "url", None)


def _of_host(host: str, basis: str, span: tuple[int, int] | None) -> Finding:
    known: Outlet | None = outlet_of_host(host)
    if known is None:
        return Finding("outlet", host, basis, _STRANGER, span)
    return Finding("outlet", known.name, basis, _SHOWS_OTHERS if known.aggregator else TRUST[basis], span)


def _from_head(head: Head) -> Iterator[Finding]:
    publishers = (text_of(article.get("publisher")) for article in head.articles)
    if name := next((name for name in publishers if 0 < len(name) <= _LONGEST_NAME), None):
        yield _named(name, "json-ld")
    site = next(metas_for(head, "site"), "")
    if site and len(site) <= _LONGEST_NAME and "©" not in site:
        yield _named(site, "meta")


def _from_dateline(sheet: Sheet, found: Findings) -> Iterator[Finding]:
    if found.dateline and (span := found.dateline[1].agency):
        yield _named(sheet.text[span[0] : span[1]], "dateline", span)


def _from_mastheads(sheet: Sheet, found: Findings) -> Iterator[Finding]:
    """The line at the top that names whose page this is; the first counts."""
    for masthead in found.mastheads[:1]:
        span = (masthead.start, masthead.end)
        named = _named(_unshouted(" ".join(sheet.text[span[0] : span[1]].split())), "masthead", span)
        yield named._replace(confidence=min(named.confidence, masthead.confidence))
    for number in found.feet[:1]:
        line = sheet.lines[number]
        if match := match_habit("feed", words_of(sheet, line)):
            span = (line.start + match.start("outlet"), line.start + match.end("outlet"))
            yield _named(match["outlet"], "stamp", span)


def _from_stamps(sheet: Sheet, found: Findings) -> Iterator[Finding]:
    for number in found.stamps:
        line = sheet.lines[number]
        match = match_habit("stamp", words_of(sheet, line))
        if match and match.groupdict().get("host"):
            span = (line.start + match.start("host"), line.start + match.end("host"))
            yield _of_host(match["host"].removeprefix("www."), "stamp", span)
            return
