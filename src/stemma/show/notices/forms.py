"""A message of a watch in its forms: text, JSON lines, JSON of a webhook, an Atom feed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from lxml import etree

from stemma.show.jsonform import json_text
from stemma.show.lines import QUOTATION, counted, parts, tell
from stemma.show.notices import Item
from stemma.show.plain import one_line
from stemma.show.transmission.sharing import xml_safe

_ATOM = "http://www.w3.org/2005/Atom"  #: RFC 4287
_SIGNS = {"new": "new", "wording": "wording differs between captures"}
_KEPT = "(words left out: the page reserves them)"


class Message(NamedTuple):
    """What goes out at once."""

    watch: str  #: name
    key: str  #: the same for every try: what comes twice is known by it
    at: str  #: ISO 8601 instant
    items: tuple[Item, ...]


def told(item: Item) -> str:
    """One line: who is reported to have said what, who carried it, when; no more than a quotation of it."""
    if item.reserved:
        shown = parts(item.line)
        return one_line(f"{_head(item)} ({', '.join(shown.provenance)}) {shown.verb} {_KEPT}")
    return one_line(tell(item.line, QUOTATION))


def _head(item: Item) -> str:
    return " and ".join(who.name for who in item.line.speakers) or "speaker not identified"


def subject(message: Message) -> str:
    """How a message is called: the watch and how many, none of their words."""
    return one_line(f"Stemma watch “{message.watch}”: {counted(len(message.items), 'statements')}")


def text(message: Message) -> str:
    """For people: a line each, and where it stands."""
    rows = [f"{subject(message)}, {message.at}", ""]
    for item in message.items:
        rows += [f"[{_SIGNS[item.sign]}] {told(item)}", f"  {_where(item)}", ""]
    return "\n".join(
        [*rows, "Each line says who is reported to have said it and who carried it; none is stated as fact.", ""]
    )


def _where(item: Item) -> str:
    snapshot = item.line.snapshot
    return one_line(f"statement {item.line.statement.id}, capture {snapshot.id}, {snapshot.url or 'address not known'}")


def form(message: Message, item: Item) -> dict[str, Any]:
    """One finding for programs."""
    line, snapshot = item.line, item.line.snapshot
    return {
        "watch": message.watch, "message": message.key, "at": message.at, "change": _SIGNS[item.sign],
        "statement": line.statement.id, "line": told(item), "outlet": line.outlet, "published": line.published,
        "url": snapshot.url, "capture": snapshot.id, "digest": snapshot.digest,
    }  # fmt: skip


def json_lines(message: Message) -> str:
    """A line of JSON for each finding."""
    return "".join(f"{json_text(form(message, item))}\n" for item in message.items)


def payload(message: Message) -> bytes:
    """The body of a webhook."""
    found = [form(message, item) for item in message.items]
    return json_text({"watch": message.watch, "message": message.key, "at": message.at, "items": found}).encode()


def atom(name: str, address: str, messages: Sequence[Message]) -> bytes:
    """A feed (RFC 4287), the newest first; ``address``: where it is, which is its id too."""
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]  # None is how lxml spells "without prefix"
    _put(feed, "title", f"Stemma watch: {name}")
    _put(feed, "id", address)
    _put(feed, "updated", max((each.at for each in messages), default="1970-01-01T00:00:00Z"))
    _put(etree.SubElement(feed, f"{{{_ATOM}}}author"), "name", "Stemma")
    etree.SubElement(feed, f"{{{_ATOM}}}link", rel="self", href=address)
    for message in messages:
        for item in message.items:
            _entry(feed, message, item)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8"))


def _entry(feed: etree._Element, message: Message, item: Item) -> None:
    entry = etree.SubElement(feed, f"{{{_ATOM}}}entry")
    _put(entry, "title", told(item))
    _put(entry, "id", f"urn:stemma:{item.line.statement.id}:{item.sign}")
    _put(entry, "updated", message.at)
    etree.SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=f"/s/{item.line.statement.id}")
    _put(entry, "summary", f"{_SIGNS[item.sign]}: {told(item)}\n{_where(item)}")


def _put(parent: etree._Element, name: str, words: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = xml_safe(words)
