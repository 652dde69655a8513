"""MHTML pages saved by a browser (RFC 2557) and e-mail newsletters (RFC 5322): what stands in them as HTML or text."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from stemma.collect.formats.entry import Entry, named, taken, whole
from stemma.collect.pages import PAGE_LIMIT, ending_of, media_type_of, problem
from stemma.collect.source import Found, Source
from stemma.records import Stated

_LARGEST = 4 * PAGE_LIMIT  #: bytes of a file; pictures lie beside the page in it, and base 64 makes them longer
_MOST_PARTS = 10_000
_LONGEST_HEAD = 2_000  #: characters of a header that are read; the library takes their square to decode it
_HTML, _TEXT = "text/html", "text/plain"
_UTF8 = frozenset({"utf-8", "ascii"})


def pages(source: Source) -> Found:
    """The one page of a file.

    A saved page has the address and the time of saving that the browser wrote; a letter the sender's name as outlet
    and the day of its date as published. Text in another charset than UTF-8 is kept as UTF-8 behind a byte order mark,
    since the charset stands outside the page.
    """
    try:
        message = message_from_bytes(whole(source, _LARGEST), policy=policy.compat32)
        part = _page_of(message)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        yield problem(source.origin, f"it cannot be read as a letter or saved page ({error})")
        return
    if part is None:
        yield problem(source.origin, "there is neither HTML nor text in it")
        return
    letter = ending_of(source.origin) == ".eml"
    own = _of_letter(message) if letter else _of_saved(message, part)
    payload = _payload(part)
    entry = Entry(payload, source.origin, own, media_type_of(payload, named(part.get_content_type())))
    yield from taken(entry, source.stated, source.origin)


def _page_of(message: Message) -> Message | None:
    """The first part that is HTML, else the first that is text; attachments are none."""
    texts = [part for part in _parts(message) if part.get_content_disposition() != "attachment"]
    html = (part for part in texts if part.get_content_type() in {_HTML, "application/xhtml+xml"})
    plain = (part for part in texts if part.get_content_type() == _TEXT)
    return next(html, None) or next(plain, None)


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            return
        if not part.is_multipart():
            yield part


def _payload(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    held = content if isinstance(content, bytes) else b""
    try:
        charset = codecs.lookup(part.get_content_charset() or "utf-8").name
        if charset in _UTF8:
            return held
        return held.decode(charset).encode("utf-8-sig")
    except (LookupError, UnicodeError):  # what it says is not so; the page is left to whoever reads it
        return held


def _of_saved(message: Message, part: Message) -> Stated:
    address = _line(message, "Snapshot-Content-Location") or _line(part, "Content-Location")
    web = address if address.lower().startswith(("http://", "https://")) else None
    return Stated(web, _instant(message), None, None)


def _of_letter(message: Message) -> Stated:
    name, address = parseaddr(_line(message, "From"))
    instant = _instant(message)
    return Stated(None, None, instant[:10] if instant else None, name.strip() or address or None)


def _instant(message: Message) -> str | None:
    """The date of a letter in UTC; its day is that of the sender, so one that names a zone is not moved to ours."""
    try:
        date = parsedate_to_datetime(_line(message, "Date"))
    except (TypeError, ValueError):
        return None
    if date.tzinfo is None:
        return date.replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return date.isoformat(timespec="seconds").replace("+00:00", "Z")


def _line(message: Message, name: str) -> str:
    """A header in one line of text; empty where it is missing or cannot be read."""
    value = message.get(name)
    if value is None:
        return ""
    value = str(value)[:_LONGEST_HEAD]
    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except (LookupError, UnicodeError, ValueError):
        return " ".join(str(value).split())
