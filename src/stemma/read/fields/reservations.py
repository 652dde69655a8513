"""What a page, its server or its site reserves: that no copy be shown, that it be not mined.

Whose documents decide: the robots rules of robotstxt.org (1996), Google, Bing and Yandex; TDMRep (W3C community report
of 2024-05-10). Facts are recorded as they are made, whatever the reader then does with the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stemma.read.fields.published import Finding
from stemma.read.head import Head
from stemma.read.layout import Sheet
from stemma.read.served import Served

#: "nocache" is Bing's older word. "none" means "noindex, nofollow" in all four documents, and nothing of copies;
#: "noindex" and "unavailable_after" are about lists of results, not about copies.
_NO_COPY = frozenset({"noarchive", "nocache"})
#: Whom a rule is for: everybody, or us by our name. A rule for another robot by its name is not ours.
_OURS = frozenset({"robots", "*", "stemma"})
_VALUED = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_ROBOT = re.compile(r"[a-z*][\w.\-]*")
_BETWEEN = re.compile(r"[\s,;]+")
_RESERVED = {"1": True, "0": False}  #: other values count as unset (TDMRep, 4.1)


def find_reservations(sheet: Sheet, head: Head | None, served: Served) -> list[Finding]:
    """What is reserved, each with where it says so: "meta", "header", or "file" (the site's ``tdmrep.json``)."""
    found = [Finding("reservation", "noarchive", basis, 1.0) for basis in _no_copy(sheet, served)]
    return [*found, *_no_mining(head, served)]


def _no_copy(sheet: Sheet, served: Served) -> Iterator[str]:
    if any(_NO_COPY & rules for rules in _metas(sheet)):
        yield "meta"
    if any(_NO_COPY & set(_for_us(value)) for value in served.values("x-robots-tag")):
        yield "header"


def _metas(sheet: Sheet) -> Iterator[set[str]]:
    """The rules of each meta element that is for us; where several contradict each other, the strictest counts."""
    for node in sheet.tree.css("meta[content]") if sheet.tree is not None else ():
        content = (node.attributes.get("content") or "").lower()
        if (node.attributes.get("name") or "").strip().lower() in _OURS:
            yield set(_BETWEEN.split(content))
        elif (node.attributes.get("http-equiv") or "").strip().lower() == "x-robots-tag":
            yield set(_for_us(content))


def _for_us(value: str) -> Iterator[str]:
    """The rules of one ``X-Robots-Tag``; a robot's name and a colon begin the rules that are for it alone."""
    ours = True
    for part in value.lower().split(","):
        robot, colon, rules = part.strip().partition(":")
        if colon and _ROBOT.fullmatch(robot) and robot not in _VALUED:
            ours, part = robot in _OURS, rules  # noqa: PLW2901 - the name was no rule
        if ours:
            yield from _BETWEEN.split(part)


def _no_mining(head: Head | None, served: Served) -> list[Finding]:
    """The nearest word counts: the page's own, else its server's, else that of its site's file."""
    said = (
        ("meta", [head.metas.get("tdm-reservation", "")] if head else []),
        ("header", served.values("tdm-reservation")),
        ("file", served.values("x-archive-tdm-reservation")),
    )
    for basis, values in said:
        if (words := next((value for value in values if value in _RESERVED), None)) is not None:
            return [Finding("reservation", "tdm", basis, 1.0)] if _RESERVED[words] else []
    return []
