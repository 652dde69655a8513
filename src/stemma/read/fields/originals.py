"""Where a page says that it comes from: its canonical address, and a link to the original that it copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from stemma.read.fields.published import Finding
from stemma.read.head import Head
from stemma.read.layout import Sheet
from stemma.records import Snapshot

_CANONICAL = 0.9
_LINKED = 0.8  #: confidence in a link that is called the original
_MOST_LINKS = 2_000  #: of a page that are looked at
_LONGEST_CALL = 60  #: characters of a link's words
_LONGEST_ADDRESS = 2_000
_CALLED = re.compile(
    r"(?:read|view|see|show|go to|open)?\s*(?:the\s+)?original(?:\s+(?:article|version|source|story|text|page))?\W*$"
    r"|(?:source link|link to (?:the )?(?:source|original))\W*$"
    r"|(?:читать )?(?:оригинал|первоисточник)\W*$|원문\s*(?:보기|링크)?\W*$|(?:阅读)?原文(?:链接)?\W*$|元の記事\W*$"
    r"|(?:zum )?originalartikel\W*$|article original\W*$"
    r"|(?:ver |leer )?(?:artículo|nota) original\W*$|المصدر الأصلي\W*$",
    re.IGNORECASE,
)
#: One of these stands in each such call. Looked for one by one, for a pattern of them all takes fifty times as long.
_ANY_CALL = (
    "riginal", "RIGINAL", "ource link", "OURCE LINK", "ink to", "INK TO", "ригинал", "РИГИНАЛ", "ервоисточник",
    "ЕРВОИСТОЧНИК", "원문", "原文", "元の記事", "المصدر",
)  # fmt: skip
#: The same in a dump, where the address stands in the words.
_WRITTEN = re.compile(
    r"(?:read (?:the )?original|original(?: article| version| source)?|source link|оригинал|原文(?:链接)?|원문)"
    r"(?: (?:at|on|here))?\s*[:：]?\s+(?P<address>https?://[^\s<>\"'()]{4,2000})",
    re.IGNORECASE,
)


def find_originals(snapshot: Snapshot, sheet: Sheet, head: Head | None) -> list[Finding]:
    """The address that the page names as its own, where it is another, and that of the original that it shows."""
    found = list(_from_links(snapshot, sheet) if sheet.tree is not None else _from_lines(sheet))
    if head is None or not head.canonical:
        return found
    address = urljoin(snapshot.url or "", head.canonical)
    if _is_web(address) and address != snapshot.url:
        found.append(Finding("original_url", address, "meta", _CANONICAL))
    return found


def _from_links(snapshot: Snapshot, sheet: Sheet) -> Iterator[Finding]:
    """The first link to another host that is called the original."""
    if sheet.tree is None or not any(call in sheet.text for call in _ANY_CALL):
        return
    own = urlsplit(snapshot.url or "").hostname
    for node in sheet.tree.css("a[href]")[:_MOST_LINKS]:
        address = (node.attributes.get("href") or "").strip()
        if not address.startswith(("http://", "https://")) or len(address) > _LONGEST_ADDRESS:
            continue
        words = node.text(deep=True)[: 2 * _LONGEST_CALL].strip()
        if (
            len(words) <= _LONGEST_CALL
            and _CALLED.match(words)
            and _is_web(address)
            and urlsplit(address).hostname != own
        ):
            yield Finding("original_url", address, "link", _LINKED)
            return


def _from_lines(sheet: Sheet) -> Iterator[Finding]:
    """The address behind the word for the original."""
    at = sheet.text.find("://")
    while at >= 0:
        start = sheet.text.rfind("\n", 0, at) + 1
        stop = sheet.text.find("\n", at)
        line = sheet.text[max(start, at - _LONGEST_CALL) : stop if stop >= 0 else len(sheet.text)].lstrip()
        if match := _WRITTEN.match(line[: _LONGEST_ADDRESS + _LONGEST_CALL]):
            place = sheet.text.index(match["address"], max(start, at - _LONGEST_CALL))
            address = match["address"].rstrip(".,;")
            yield Finding("original_url", address, "link", _LINKED, (place, place + len(address)))
            return
        at = sheet.text.find("://", stop) if stop >= 0 else -1


def _is_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme in {"http", "https"}
    except ValueError:  # a broken address is none
        return False
