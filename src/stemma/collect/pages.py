"""One page: its bytes, what kind of page they are, or why they are none."""

from __future__ import annotations

import re
from hashlib import sha256

from stemma.records import Capture, MediaType, Problem, Snapshot, Stated

PAGE_LIMIT = 16 * 2**20  #: bytes of one page; Common Crawl cuts at 5 MiB, and longer ones are data, not pages
HTML = frozenset({".html", ".htm", ".xhtml", ".shtml"})
TEXT = frozenset({".txt", ".text", ".md"})
_LONGEST_NAME = 300  #: characters of a name in a message; file systems allow 255, ZIP 65,535
_LOOK = 4_096  #: bytes in which a page shows what it is
_TAG = re.compile(rb"<(?:!doctype|html|head|body|meta|title|article|div|p|h1|table|a|br)\b", re.IGNORECASE)
#: Nothing in it goes back: a page of comments would take as long as there are ways to part it into comments.
_OPENS = re.compile(
    rb"(?:(?><!--.*?-->)|(?><\?xml.*?\?>)|\s++)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")  #: byte order marks of UTF-16 and UTF-32, whose text holds NUL bytes
_UTF8 = b"\xef\xbb\xbf"
#: First bytes of frequent files that are no pages (IANA media types, file(1) magic).
_MAGIC = (
    (b"%PDF-", "a PDF file"), (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or office file"), (b"\x1f\x8b", "a gzip file"), (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"), (b"\xd0\xcf\x11\xe0", "an old office file"), (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"RIFF", "a sound or picture"), (b"OggS", "a sound"),
)  # fmt: skip
_MOST_CONTROLS = 0.02  #: share of control characters above which bytes are no text; text has hardly any
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1b\x0b")


def capture(
    payload: bytes, origin: str, stated: Stated, media_type: MediaType | None = None, about: str = ""
) -> Capture | Problem:
    """The bytes with their snapshot; a Problem ``about`` them, or their origin, where they are no page."""
    if reason := refusal(payload):
        return problem(about or origin, reason)
    snapshot = Snapshot(
        url=stated.url,
        origin=origin,
        fetched=stated.fetched,
        media_type=media_type or media_type_of(payload, origin),
        digest="sha256:" + sha256(payload).hexdigest(),
        size=len(payload),
        outlet=stated.outlet,
        published=stated.published,
    )
    return Capture(snapshot, payload)


def refusal(payload: bytes) -> str | None:
    """Why the bytes are no page, and what to do; None where they are one."""
    if len(payload) > PAGE_LIMIT:
        return f"it is larger than {PAGE_LIMIT // 2**20} MiB, which no page is; split it or add the page alone"
    if not payload.removeprefix(_UTF8).strip():
        return "it is empty; fetch the page again or leave the file out"
    if name := next((name for magic, name in _MAGIC if payload.startswith(magic)), None):
        return f"it is {name}, not HTML or plain text; convert it to text first"
    head = payload[:_LOOK]
    if not head.startswith(_WIDE) and _binary(head):
        return "it is binary, neither HTML nor plain text; convert it to text first"
    return None


def _binary(head: bytes) -> bool:
    """Whether bytes are no text; UTF-16 without a mark is, with a NUL at every second place of ASCII."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > _MOST_CONTROLS * len(head) and not _utf16(head)


def _utf16(head: bytes) -> bool:
    half = len(head) // 2
    return any(side.count(0) > half * 0.7 and other.count(0) == 0 for side, other in _halves(head))


def _halves(head: bytes) -> tuple[tuple[bytes, bytes], tuple[bytes, bytes]]:
    even, odd = head[::2], head[1::2]
    return (even, odd), (odd, even)


def media_type_of(payload: bytes, name: str) -> MediaType:
    """HTML where the bytes open so, whatever the name; where the name says HTML, at least one tag must bear it out."""
    head = payload[: _LOOK * 16].replace(b"\0", b"").removeprefix(_UTF8).lstrip(b"\xff\xfe")
    ending = ending_of(name)
    if _OPENS.match(head):
        return "text/html"
    return "text/html" if ending not in TEXT and _TAG.search(head) else "text/plain"


def ending_of(name: str) -> str:
    """The ending of a name in lower case, ".gz" left out: ".html" of "page.html.gz"."""
    stem = name.rsplit("/", 1)[-1].lower().removesuffix(".gz")
    dot = stem.rfind(".")
    return stem[dot:] if dot > 0 else ""


def problem(about: str, reason: str) -> Problem:
    """A Problem of this room."""
    name = printable(about)
    return Problem(stage="collect", about=name, message=f"{name}: {reason}.")


def printable(name: str) -> str:
    """A name of a file or member as it may stand in a message: on one line, nothing in it steers a screen."""
    cut = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    if cut.isprintable():
        return cut
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in cut)
