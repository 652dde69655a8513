"""What an HTML page says of itself in its head: meta elements, JSON-LD, canonical address, language, time elements."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser

_ARTICLE_TYPES = re.compile(
    r"Article|NewsArticle|BlogPosting|Report|LiveBlog|SocialMediaPosting|Recipe|Review", re.IGNORECASE
)
_PAGE_TYPES = re.compile(r"WebPage|ItemPage|VideoObject|CreativeWork", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*$")
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart")
_LONGEST_BLOCK = 2_000_000  #: characters of one JSON-LD block
#: An escape of half a character beyond the first 65,536, as cutting leaves it; whole pairs stay.
_HALF = re.compile(r"(\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2})|\\u[dD][89a-fA-F][\da-fA-F]{2}")
_MOST_BLOCKS = 40
_MOST_NODES = 3_000  #: of a JSON-LD graph that are looked at


class Head(NamedTuple):
    """Facts that a page's markup states; empty where it says nothing."""

    metas: dict[str, str]  #: content by small-lettered name, property or itemprop; the first of a name counts
    articles: tuple[dict[str, Any], ...]  #: JSON-LD objects: articles first, then pages
    canonical: str = ""
    language: str = ""
    times: tuple[tuple[str, bool], ...] = ()  #: ``datetime`` of time elements, and whether marked as publication


def read_head(tree: LexborHTMLParser) -> Head:
    """The head of a parsed page."""
    root = tree.css_first("html")
    link = tree.css_first('link[rel="canonical"]')
    return Head(
        _metas(tree),
        tuple(_articles(tree)),
        (link.attributes.get("href") or "").strip() if link else "",
        (root.attributes.get("lang") or "").strip() if root else "",
        tuple(_times(tree)),
    )


def text_of(value: object) -> str:
    """The words of a JSON-LD value, which may be a string, an object with a name, or a list of either."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value"))
    if isinstance(value, list) and value:
        return text_of(value[0])
    return ""


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        content = (attributes.get("content") or "").strip()
        for kind in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := attributes.get(kind)):
                metas.setdefault(name.strip().lower(), content)
    for node in tree.css("[itemprop][datetime]"):
        attributes = node.attributes
        metas.setdefault((attributes.get("itemprop") or "").strip().lower(), (attributes.get("datetime") or "").strip())
    return metas


def _times(tree: LexborHTMLParser) -> Iterator[tuple[str, bool]]:
    for node in tree.css("time[datetime]")[:50]:
        attributes = node.attributes
        marks = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}".lower()
        published = "pubdate" in attributes or "publish" in marks or "entry-date" in marks
        if value := (attributes.get("datetime") or "").strip():
            yield value, published and "updated" not in marks.replace("published updated", "")


def _articles(tree: LexborHTMLParser) -> list[dict[str, Any]]:
    articles, pages = [], []
    for node in tree.css('script[type="application/ld+json"]')[:_MOST_BLOCKS]:
        for thing in _things(_parse(node.text(deep=True))):
            kind = thing.get("@type")
            name = " ".join(map(str, kind)) if isinstance(kind, list) else str(kind)
            if _ARTICLE_TYPES.search(name):
                articles.append(thing)
            elif _PAGE_TYPES.search(name):
                pages.append(thing)
    return articles + pages


def _parse(block: str) -> object:
    block = _HALF.sub(lambda match: match[1] or "\\ufffd", _COMMENT.sub("", block[:_LONGEST_BLOCK].strip()))
    try:
        return json.loads(block, strict=False)
    except (ValueError, RecursionError):
        return _salvage(block)


def _salvage(block: str) -> dict[str, str]:
    """A broken block still tells its plain strings."""
    found = dict(re.findall(r'"(datePublished|dateModified|headline|@type)"\s*:\s*"([^"\\]{1,300})"', block))
    return found if "@type" in found else {}


def _things(graph: object) -> Iterator[dict[str, Any]]:
    """The objects of a graph, outer ones first, without recursion."""
    waiting: list[object] = [graph]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        thing = waiting.pop(0)
        if isinstance(thing, dict):
            yield thing
            waiting += [thing[name] for name in _INNER if name in thing]
        elif isinstance(thing, list):
            waiting += thing


@lru_cache(maxsize=1)
def _known_metas() -> dict[str, list[str]]:
    names: dict[str, list[str]] = tomllib.loads((files(__package__) / "markup.toml").read_text("utf-8"))["metas"]
    return names


def metas_for(head: Head, purpose: str) -> Iterator[str]:
    """What the page's meta elements for a purpose ("title" ...; see ``markup.toml``) hold, the surest first."""
    return (head.metas[name] for name in _known_metas()[purpose] if name in head.metas)
