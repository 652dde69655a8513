"""Page to text: one small, frozen way for each kind of page, so that labels may get better and no offset ever moves.

``text/1`` leaves the decoded input untouched. ``html/1`` writes every block of the HTML5 tree as a line; scripts,
styles, comments and attributes are left out, all else is kept, navigation and footers included. Any change to
what either writes is a new version.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from enum import IntFlag
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from stemma.read.taming import Tamed, tame

TEXT_LAYOUT = "text/1"
HTML_LAYOUT = "html/1"


class Zone(IntFlag):
    """Where in an HTML page a line stands, by the elements around it and what their class and id call them."""

    NAV = 1
    HEADER = 2
    FOOTER = 4
    ASIDE = 8
    ARTICLE = 16
    FIGURE = 32
    FORM = 64
    RELATED = 128  #: called related, promo, share, newsletter ...
    COMMENT = 256
    STORY = 512  #: called article body, story, entry content ...
    BYLINE = 1024
    STAMP = 2048  #: a time element, or called date or time
    HEADLINE = 4096  #: called headline or title
    LIST = 8192
    CELL = 16384
    HIDDEN = 32768


class Line(NamedTuple):
    """One line of the page without the blanks around it (code points, end exclusive)."""

    start: int
    end: int
    tag: str = ""  #: nearest block element; empty in plain text
    zone: int = 0  #: ``Zone`` flags; 0 in plain text
    linked: int = 0  #: characters inside links


class Sheet(NamedTuple):
    """A page laid out: its text, its non-blank lines in order and, for HTML, the parsed tree."""

    layout: str
    text: str
    lines: tuple[Line, ...]
    tree: LexborHTMLParser | None = None
    nodes: int = 0  #: nodes of the tree
    depth: int = 0  #: of the deepest node
    left: int = 0  #: characters of markup that were not read, for there were too many elements before them


_SKIPPED = frozenset({"script", "style", "template", "iframe", "noembed", "object", "-comment", "!doctype", "-doctype"})
_BLOCKS = frozenset((
    "html", "head", "body", "title", "address", "article", "aside", "blockquote", "button", "caption", "center", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "noscript",
    "ol", "optgroup", "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "td",
    "textarea", "tfoot", "th", "thead", "tr", "ul", "video", "audio",
))  # fmt: skip
_ZONES: dict[str, int] = {
    tag: int(zone)
    for zone, tags in (
        (Zone.NAV, ("nav", "menu")), (Zone.HEADER, ("header",)), (Zone.FOOTER, ("footer",)), (Zone.ASIDE, ("aside",)),
        (Zone.ARTICLE, ("article", "main")), (Zone.FIGURE, ("figure", "figcaption")), (Zone.STAMP, ("time",)),
        (Zone.FORM, ("form", "button", "select", "textarea")), (Zone.LIST, ("li",)), (Zone.CELL, ("td", "th")),
    )
    for tag in tags
}  # fmt: skip
#: Lines of a page that are listed, to be told apart; what follows stands in the text as well. The longest of 500 pages
#: that were measured had 9,000.
MOST_LINES = 50_000
#: Soft hyphens, zero-width blanks, joiners, byte order marks: they tell how to break a line, no more.
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF))
_LONG = 2**20  #: characters of a line, and of a portion of lines
_LONGEST_NAME = 300  #: characters of a class list that are looked at


def lay_out_text(text: str) -> Sheet:
    """The sheet of a plain text: the text itself and its non-blank lines, ``MOST_LINES`` of them at most.

    Lines end where ``str.splitlines`` breaks, so that their numbers agree.
    """
    lines, at = [], 0
    new = tuple.__new__  # three times as fast as a named tuple's own call, and a page has hundreds of lines
    for raw in _raw_lines(text):
        if words := raw.strip():
            start = at if raw[0] == words[0] else at + raw.index(words[0])
            lines.append(new(Line, (start, start + len(words), "", 0, 0)))
            if len(lines) == MOST_LINES:
                break
        at += len(raw)
    return Sheet(TEXT_LAYOUT, text, tuple(lines))


def _raw_lines(text: str) -> Iterator[str]:
    """The lines of ``str.splitlines`` with their ends, a portion at a time: millions of them would fill the memory."""
    at = 0
    while at < len(text):
        stop = text.find("\n", at + _LONG) + 1 or len(text)
        yield from text[at:stop].splitlines(keepends=True)
        at = stop


def lay_out_html(markup: str) -> Sheet:
    """The sheet of an HTML page: a line for every block or ``br``; blanks inside a line become one space.

    The walk keeps its own stack, and markup beyond all sense is made tame first: no text is lost but that of elements
    beyond those that memory should hold, and ``Sheet.left`` tells of it.
    """
    return lay_out_tamed(tame(markup))


def lay_out_tamed(tamed: Tamed) -> Sheet:
    """The same of markup that is safe to parse."""
    tree = LexborHTMLParser(tamed.markup)
    writer = _Writer()
    nodes, depth = _walk(tree, writer)
    writer.break_line()
    return Sheet(HTML_LAYOUT, "".join(writer.parts), tuple(writer.lines), tree, nodes, depth, tamed.left)


class _Place(NamedTuple):
    """What the elements around a node say of it."""

    tag: str = "body"
    zone: int = 0
    linked: bool = False
    kept: bool = False  #: line ends in the source are line ends of the page (``pre``)


class _Writer:
    """Collects the text of a page line by line."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.lines: list[Line] = []
        self.size = 0
        self._pieces: list[str] = []
        self._linked = 0
        self._place = _Place()

    def write(self, words: str, place: _Place) -> None:
        """Add words to the line; its first words decide where the line stands."""
        if words.isspace():
            if self._pieces:
                self._pieces.append(" ")
            return
        if not self._pieces:
            self._place = place
        self._pieces.append(words)
        if place.linked:
            self._linked += len(words.strip())

    def break_line(self) -> None:
        """End the line, if there is one."""
        if not self._pieces:
            return
        words = _join_words("".join(self._pieces))
        if not words.isascii():
            words = words.translate(_INVISIBLE).strip()
        if words:
            start, place = self.size, self._place
            if len(self.lines) < MOST_LINES:
                linked = min(self._linked, len(words))
                self.lines.append(Line(start, start + len(words), place.tag, int(place.zone), linked))
            self.parts += (words, "\n")
            self.size += len(words) + 1
        self._pieces, self._linked = [], 0


def _join_words(text: str) -> str:
    """The words with one space between them; of a long line some at a time, for a million words take 60 MB apart."""
    if len(text) <= _LONG:
        return " ".join(text.split())
    joined: list[str] = []
    is_parted = False
    for at in range(0, len(text), _LONG):
        part = text[at : at + _LONG]
        if words := " ".join(part.split()):
            joined += (" ", words) if joined and (is_parted or part[0].isspace()) else (words,)
            is_parted = part[-1].isspace()
        else:
            is_parted = True
    return "".join(joined)


def _walk(tree: LexborHTMLParser, writer: _Writer) -> tuple[int, int]:
    """Write every node in document order; returns how many there were and the depth of the deepest."""
    node = tree.root
    place, places, nodes, depth = _Place(), [], 0, 0
    while node is not None:
        nodes += 1
        child = None
        tag = node.tag or ""
        if tag == "-text":
            _write_text(writer, node, place)
        elif tag not in _SKIPPED:
            inner = _enter(writer, node, tag, place)
            child = node.first_child
            if child is not None:
                places.append((node, place))
                place = inner
                depth = max(depth, len(places))
            elif tag in _BLOCKS:
                writer.break_line()
        if child is not None:
            node = child
            continue
        following = node.next
        while following is None and places:
            node, place = places.pop()
            if node.tag in _BLOCKS:
                writer.break_line()
            following = node.next
        node = following
    return nodes, depth


def _write_text(writer: _Writer, node: LexborNode, place: _Place) -> None:
    words = node.text_content or ""
    if not place.kept:
        writer.write(words, place)
        return
    for number, words_of_line in enumerate(words.splitlines()):
        if number:
            writer.break_line()
        writer.write(words_of_line, place)


def _enter(writer: _Writer, node: LexborNode, tag: str, place: _Place) -> _Place:
    """What is known inside ``node``; a block or a line break ends the line before it."""
    if tag == "br":
        writer.break_line()
        return place
    zone = place.zone | _ZONES.get(tag, 0)
    if tag in _BLOCKS:
        writer.break_line()
        if tag == "body":  # its classes name the kind of page, not of the part
            return place
        return _Place(tag, zone | _named(node), place.linked, place.kept or tag == "pre")
    if tag == "a":
        return _Place(place.tag, place.zone, True, place.kept)
    if tag in {"span", "time"} and (zone := zone | _named(node)) != place.zone:
        return _Place(place.tag, zone, place.linked, place.kept)
    return place


def _named(node: LexborNode) -> int:
    attributes = node.attributes
    if not attributes:
        return 0
    name = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('itemprop') or ''}"
    zone = _zone_of_name(name[:_LONGEST_NAME]) if len(name) > 2 else 0
    return zone | int(Zone.HIDDEN) if "hidden" in attributes else zone


@lru_cache(maxsize=1)
def _named_zones() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """What class and id tell of an element, from ``markup.toml``."""
    table = tomllib.loads((files(__package__) / "markup.toml").read_text("utf-8"))["zones"]
    return tuple((int(Zone[name]), re.compile(pattern, re.IGNORECASE)) for name, pattern in table.items())


@lru_cache(maxsize=16_384)
def _zone_of_name(name: str) -> int:
    zone = 0
    for flag, pattern in _named_zones():
        if pattern.search(name):
            zone |= flag
    return zone
