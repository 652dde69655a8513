"""Atom and RSS files that carry whole articles; what only links to them is for ``stemma watch``."""

from __future__ import annotations

import time
from html import escape
from typing import Any

import feedparser

from stemma.collect.formats.entry import Entry, taken, whole
from stemma.collect.pages import PAGE_LIMIT, problem
from stemma.collect.source import Found, Source
from stemma.records import Stated

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body><article><h1>{title}</h1>
{content}
</article></body></html>
"""


def pages(source: Source) -> Found:
    """A page for each entry that has its text in the feed, in order; one Problem for those that have none.

    The page is built of what the entry says: its title, day, author, and its content as it stands.
    """
    feed = read_feed(whole(source, PAGE_LIMIT))
    if not feed.entries:
        yield problem(source.origin, "there is no entry of an Atom or RSS feed in it; fetch it again")
        return
    without = 0
    for number, entry in enumerate(feed.entries, 1):
        if not source.choice.takes(entry.get("link")):
            continue
        if not (content := _content(entry)):
            without += 1
            continue
        yield from taken(_entry(entry, content, source.origin), source.stated, f"{source.origin}, entry {number}")
    if without:
        yield problem(source.origin, f"{without:,} of its entries have no text, only links; stemma watch fetches those")


def read_feed(held: bytes) -> feedparser.FeedParserDict:
    """The feed, as far as it can be read: markup and addresses as they stand."""
    return feedparser.parse(held, sanitize_html=False, resolve_relative_uris=False)


def _content(entry: Any) -> str:  # noqa: ANN401 - the library's entries are dictionaries of anything
    """The longest text of an entry, as HTML; empty where it has none but a summary."""
    texts = [
        escape(each.value) if each.get("type") == "text/plain" else each.value for each in entry.get("content", ())
    ]
    return max(texts, key=len, default="")


def _entry(entry: Any, content: str, origin: str) -> Entry:  # noqa: ANN401 - as above
    published = instant_of(entry.get("published_parsed"))
    link = entry.get("link")
    head = f'<link rel="canonical" href="{escape(link)}">' if link else ""
    if author := entry.get("author"):
        head += f'<meta name="author" content="{escape(author)}">'
    if published:
        head += f'<meta property="article:published_time" content="{published}">'
    page = _PAGE.format(
        language=escape(entry.get("title_detail", {}).get("language") or ""),
        title=escape(entry.get("title", "")), head=head, content=content,
    )  # fmt: skip
    return Entry(page.encode("utf-8", "replace"), origin, Stated(link, None, published, None), "text/html")


def instant_of(parts: time.struct_time | None) -> str | None:
    """An instant in UTC, as ISO 8601 has it; None where there is none."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", parts) if parts and parts.tm_year > 0 else None
