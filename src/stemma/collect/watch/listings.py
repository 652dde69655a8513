"""What a feed or sitemap lists: addresses of pages and of further sitemaps."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from stemma.collect.formats.feeds import read_feed
from stemma.collect.pages import PAGE_LIMIT
from stemma.collect.web.guard.addresses import Address, Unfit, follow

if TYPE_CHECKING:
    from stemma.collect.apart.hand import Hand

_GZIP_MARK, _GZIP_WINDOW = b"\x1f\x8b", 31  #: RFC 1952, 2.3.1; ``wbits`` of zlib.decompressobj
MOST = 50_000  #: entries of one file that are looked at; a sitemap may have no more (sitemaps.org, protocol 0.9)
_FEEDS = (b"<rss", b"<feed", b"<rdf:RDF")


class Listed(NamedTuple):
    """What one file lists, in its order, each once."""

    pages: list[str]
    sitemaps: list[str]
    trouble: str = ""  #: what could not be read of it; empty: nothing


def listed(kind: str, body: bytes, at: Address, hand: Hand | None) -> Listed:
    """What a feed or sitemap lists, as ``hand`` reads it (None: read here); nothing where that is lost."""
    job = partial(_read, kind, body, at)
    if hand is None or not hand.is_ready():
        return next(job(None))
    from stemma.collect.apart.hand import Lost  # noqa: PLC0415 - rests on what Windows has not

    try:
        return next(each.value for each in [*hand.told(job)] if isinstance(each.value, Listed))
    except Lost as lost:
        return Listed([], [], str(lost))


def _read(kind: str, body: bytes, at: Address, _: object) -> Iterator[Listed]:
    yield sitemap(body, at) if kind == "sitemap" else feed(body, at)


def feed(body: bytes, at: Address) -> Listed:
    """The pages that an Atom or RSS feed links to; ``at`` is where it stands."""
    found = read_feed(body)
    links = [str(entry.get("link") or "") for entry in found.entries[:MOST]]
    if not found.entries and not any(mark in body[:4096] for mark in _FEEDS):
        return Listed([], [], "it is no Atom or RSS feed")
    trouble = f"it cannot be read whole ({found.get('bozo_exception')})" if found.bozo and not found.entries else ""
    return _listed(links, [], at, trouble or _too_many(len(found.entries)))


def sitemap(body: bytes, at: Address) -> Listed:
    """The pages of a sitemap, those of which it says that they changed last first; or the sitemaps of an index."""
    try:
        rows, trouble = _rows(_unzipped(body))
    except (etree.LxmlError, zlib.error) as error:
        return Listed([], [], f"it cannot be read ({error})")
    rows.sort(key=lambda row: row[2], reverse=True)
    pages = [place for kind, place, _ in rows if kind == "url"]
    return _listed(pages, [place for kind, place, _ in rows if kind == "sitemap"], at, trouble or _too_many(len(rows)))


def _rows(body: bytes) -> tuple[list[tuple[str, str, str]], str]:
    """Kind, address and day of change of each entry; and what is wrong behind them."""
    rows: list[tuple[str, str, str]] = []
    # The library's limits on depth and entities stand; entities and other files are not looked at.
    parser = etree.iterparse(
        BytesIO(body), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    for _, element in parser:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name in {"url", "sitemap"} and len(rows) <= MOST:
            said = {etree.QName(child).localname: child.text or "" for child in element.iter(etree.Element)}
            rows.append((name, said.get("loc", "").strip(), said.get("publication_date") or said.get("lastmod", "")))
        if name in {"url", "sitemap"}:
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return rows, "" if rows else "it lists nothing"


def _unzipped(body: bytes) -> bytes:
    """The file, unzipped where it is gzip; no more than a page of it."""
    return zlib.decompressobj(_GZIP_WINDOW).decompress(body, PAGE_LIMIT) if body.startswith(_GZIP_MARK) else body


def _listed(pages: list[str], sitemaps: list[str], at: Address, trouble: str) -> Listed:
    return Listed(_fit(pages[:MOST], at), _fit(sitemaps[:MOST], at), trouble)


def _fit(links: list[str], at: Address) -> list[str]:
    """The addresses that may be asked, each once; what is none is passed over."""
    found: dict[str, None] = {}
    for link in filter(None, links):
        try:
            found[str(follow(at, link.strip()))] = None
        except Unfit:
            continue
    return list(found)


def _too_many(count: int) -> str:
    return f"it lists more than {MOST:,} pages; the others were passed over" if count > MOST else ""
