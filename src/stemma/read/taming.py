"""Markup that would cost the parser far more than its size, made tame before it is parsed; no text is lost.

HTML5 parsing multiplies open formatting elements into every paragraph, and lexbor takes quadratic time in the depth of
nested blocks, in the attributes of one tag and in the options of one list. Real pages come nowhere near these limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

DEEPEST = 512  #: elements; newsroom pages nest about 30 deep, the deepest of 500 measured ones 60
MOST_ELEMENTS = 500_000  #: each costs up to 600 bytes with its words; the largest of 500 measured pages had 30,000
MOST_ATTRIBUTES = 1_000  #: of one tag
MOST_OPTIONS = 1_000  #: of one list
_CLONES = 2_000_000  #: open formatting elements times tags; each may stand again in every paragraph
_FEW_TAGS = 5_000  #: a page with fewer cannot nest deep enough to cost a second
_BLANK = "\t\n\f\r "
#: An attribute as the HTML tokenizer takes it (HTML Standard, 13.2.5.32 to 39), so that no quotation mark or sign can
#: hide tags from the count; nothing in it goes back.
_ATTRIBUTE = (
    rf"""(?>=?[^{_BLANK}/>=][^{_BLANK}/>=]*+|=)"""
    rf"""(?:[{_BLANK}]*+=[{_BLANK}]*+(?>"[^"]*+"|'[^']*+'|[^{_BLANK}>"'][^{_BLANK}>]*+|))?+"""
)
_TAG = re.compile(
    rf"<!--(?:-?>|.*?(?:--!?>|\Z))|<(/?)([a-zA-Z][^{_BLANK}/>]*+)((?:[{_BLANK}/]++|{_ATTRIBUTE})*+)>?", re.DOTALL
)
_CROWDED = re.compile(rf"<[a-zA-Z][^{_BLANK}/>]*+(?:[{_BLANK}/]*+{_ATTRIBUTE}){{{MOST_ATTRIBUTES}}}")
_KEPT_ATTRIBUTES = re.compile(rf"(?:[{_BLANK}/]*+{_ATTRIBUTE}){{{MOST_ATTRIBUTES}}}")
#: Elements that hold nothing, or that the next one of their kind closes: they do not nest.
_FLAT = frozenset((
    "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "optgroup", "dt", "dd", "a", "br", "img", "meta",
    "link", "input", "hr", "area", "col", "embed", "source", "track", "wbr", "base", "param", "html", "head", "body",
    "script", "style",
))  # fmt: skip
#: Elements that the parser opens again in every paragraph until they are closed (HTML Standard, 13.2.4.3).
_FORMATTING = frozenset(["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"])
_MAKING = re.compile(r"<(?!/)|</(?:p|br)", re.IGNORECASE)  #: what makes an element: end tags of these two as well


class Tamed(NamedTuple):
    """Markup that is safe to parse."""

    markup: str
    left: int = 0  #: characters behind it that are left out, for there were too many elements before them


def tame(markup: str) -> Tamed:
    """The same markup without the tags and attributes that stand beyond the limits."""
    markup, left = _cut(markup)
    tags = markup.count("<")
    if tags <= _FEW_TAGS and not (len(markup) > 2 * MOST_ATTRIBUTES and _CROWDED.search(markup)):
        return Tamed(markup, left)
    kept: list[str] = []
    at = 0
    for start, end, instead in _Limits(tags).cuts(markup):
        kept += (markup[at:start], instead)
        at = end
    return Tamed("".join((*kept, markup[at:])) if kept else markup, left)


def _cut(markup: str) -> tuple[str, int]:
    """The part of the markup whose elements memory should hold, and how many characters follow it."""
    if markup.count("<") > MOST_ELEMENTS:
        for match in islice(_MAKING.finditer(markup), MOST_ELEMENTS, MOST_ELEMENTS + 1):
            return markup[: match.start()], len(markup) - match.start()
    return markup, 0


class _Limits:
    """Goes through the tags of a page and counts what is open."""

    def __init__(self, tags: int) -> None:
        self._depth = self._formats = self._options = 0
        self._most_formats = max(1, _CLONES // max(1, tags))

    def cuts(self, markup: str) -> Iterator[tuple[int, int, str]]:
        """Start and end of each stretch to be replaced, and by what."""
        for match in _TAG.finditer(markup):
            closes, name, attributes = match.groups()
            if name is None:  # a comment
                continue
            name = name.lower()
            if name in _FORMATTING:
                beyond = self._format(bool(closes))
            else:
                beyond = name not in _FLAT and self._nest(bool(closes))
            if beyond:
                yield (*match.span(), "")
            elif name in {"select", "option"} and self._is_full(name, bool(closes)):
                yield match.start(), match.start(), "</select>"
            elif len(attributes) > 2 * MOST_ATTRIBUTES and (first := _KEPT_ATTRIBUTES.match(attributes)):
                yield match.start(3) + first.end(), match.end(3), ""

    def _nest(self, closes: bool) -> bool:
        """Whether the tag stands too deep."""
        self._depth = max(0, self._depth - 1) if closes else self._depth + 1
        return self._depth + closes > DEEPEST

    def _format(self, closes: bool) -> bool:
        """The same of formatting, which nests and multiplies."""
        self._formats = max(0, self._formats - 1) if closes else self._formats + 1
        return self._formats + closes > min(DEEPEST, self._most_formats)

    def _is_full(self, name: str, closes: bool) -> bool:
        """Whether the list of options must end before this one: those after it are lines all the same."""
        if name == "select":
            self._options = 0
            return False
        self._options += not closes
        return not closes and self._options == MOST_OPTIONS + 1
