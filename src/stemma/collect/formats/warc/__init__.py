"""WARC files (ISO 28500:2017): the pages of web archives and crawls, with what went over the wire.

Readers of WARC end silently where a file is cut, and for good where a record is damaged. Here each record is checked
against its own length and digest, what is wrong is told, and reading goes on at the next record.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from stemma.collect.formats.entry import Entry, named, taken
from stemma.collect.formats.warc.answers import Refused, parted, unpacked
from stemma.collect.formats.warc.blocks import Block, blocks
from stemma.collect.pages import media_type_of, problem
from stemma.collect.source import Found, Source
from stemma.records import Exchange, Problem, Stated


class Pair(NamedTuple):
    """A record of a page and the head of the request that it answers; empty where none lies beside it."""

    page: Block
    request: bytes = b""


def pages(source: Source) -> Found:
    """The pages of a WARC file in order: answers of status 200 and resources that are HTML or text.

    All else in it (pictures, scripts, redirects, ``robots.txt`` records, revisits) is passed over. Only pages of the
    chosen servers are taken. ``url`` and ``fetched`` are the record's own.
    """
    for each in paired(blocks(source)):
        if isinstance(each, Problem):
            yield each
        else:
            yield from _page(each, source)


def paired(found: Iterator[Block | Problem]) -> Iterator[Pair | Problem]:
    """Records of pages with the request that stands right before or behind them, of the same address."""
    before: Block | None = None  # a request
    waiting: Block | None = None  # a page
    for each in found:
        if isinstance(each, Block) and each.kind == "request":
            if waiting and waiting.url == each.url:
                yield Pair(waiting, each.content)
                waiting = None
            else:
                before = each
            continue
        if waiting:
            yield Pair(waiting)
            waiting = None
        if isinstance(each, Problem):
            yield each
        elif before and before.url == each.url:
            yield Pair(each, before.content)
            before = None
        else:
            waiting = each
    if waiting:
        yield Pair(waiting)


def _page(pair: Pair, source: Source) -> Found:
    block = pair.page
    about = f"{source.origin}, {block.url}" if block.url else source.origin
    try:
        entry = _entry(pair, source.origin)
    except Refused as reason:
        yield problem(about, str(reason))
        return
    yield from taken(entry, source.stated, about)
    if block.cut:
        yield problem(about, f"whoever fetched it cut it off ({block.cut}); fetch the page again if its end matters")


def _entry(pair: Pair, origin: str) -> Entry:
    """The page of a record. Raises ``Refused``."""
    block = pair.page
    own = Stated(block.url if is_web(block.url) else None, block.date, None, None)
    if block.kind == "resource":
        return Entry(block.content, origin, own, media_type_of(block.content, named(block.calls)))
    head, body = parted(block.content)
    page = unpacked(head, body)
    kind = media_type_of(page, named(head.media_type))
    return Entry(page, origin, own, kind, Exchange(pair.request, head.sent, block.address))


def is_web(url: str | None) -> bool:
    """Whether a record's address is one of the web; crawlers give ``urn:``, ``dns:`` and ``file:`` to others."""
    return url is not None and url.lower().startswith(("http://", "https://"))
