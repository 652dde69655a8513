"""A capture as WARC records.

``response`` and ``request`` where a server was asked, else ``resource``; ``revisit`` where another record holds the
same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import NamedTuple
from urllib.parse import quote, urlsplit
from uuid import UUID, uuid5

from stemma.archive.captures.heads import kept_head, sent_head
from stemma.archive.captures.warc import Record, digest_of
from stemma.records import Capture, Exchange, Snapshot, decode, encode

SNAPSHOT = "Stemma-Snapshot"  #: field that holds the whole snapshot, so that a segment can be read without the database
_NOWHERE = "https://unknown.invalid/"  #: for pages whose address nobody stated; RFC 2606 keeps the name free
_SAME_BYTES = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"  #: WARC/1.1, 6.7.2
_STANDARD = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_IDS = UUID("1baa78db-30c8-4a9b-a539-19bf6b71743d")  #: drawn once by chance; record ids are hashed under it
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?/[A-Za-z0-9/?&=._~,;:@!$'()*+-]*")
_ALLOWED = "%/:?#[]@!$&'()*+,;=~"  #: what RFC 3986 gives a meaning, and what is escaped already
_DECLARED = re.compile(rb"charset\s*=", re.IGNORECASE)
_DECLARED_WITHIN = 1_024  #: bytes in which HTML must declare its encoding (HTML Standard, 4.2.5.4)
_DELETE = "\x7f"  #: a control character that JSON does not escape; a field may hold none
_REVISIT, _HTTP = "revisit", "application/http;msgtype="


class Original(NamedTuple):
    """The record that holds the bytes which another capture brought again."""

    snapshot: str
    target: str
    date: str


def head_record(name: str, at: str) -> Record:
    """The ``warcinfo`` record that a segment begins with."""
    lines = (f"software: {program()}", "format: WARC File Format 1.1", f"conformsTo: {_STANDARD}", "")
    block = "\r\n".join(lines).encode()
    fields = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": record_id(name, "warcinfo"),
        "WARC-Date": date_of(None, at),
        "WARC-Filename": name,
        "WARC-Block-Digest": digest_of(block),
        "Content-Type": "application/warc-fields",
    }
    return Record(fields, block)


def capture_records(capture: Capture, at: str, original: Original | None = None) -> list[Record]:
    """The record of a capture and, where there was an exchange, that of the request.

    ``at`` is the time of adding, for captures of which no time was stated.
    """
    kept = _revisit(capture, at, original) if original else _whole(capture, at)
    return [kept, _request(capture, capture.exchange, at)] if capture.exchange and capture.exchange.request else [kept]


def _whole(capture: Capture, at: str) -> Record:
    fields = _fields(capture, "response" if capture.exchange else "resource", at)
    if capture.exchange is None:
        fields["WARC-Block-Digest"] = capture.snapshot.digest
        fields["Content-Type"] = content_type(capture)
        return _with_snapshot(fields, capture.snapshot, capture.payload)
    block = kept_head(capture.exchange.response) + capture.payload
    fields["WARC-Block-Digest"] = digest_of(block)
    fields["Content-Type"] = f"{_HTTP}response"
    return _with_snapshot(fields, capture.snapshot, block)


def _revisit(capture: Capture, at: str, original: Original) -> Record:
    """What says: here the same bytes came again, under this head."""
    block = kept_head(capture.exchange.response) if capture.exchange else b""
    fields = _fields(capture, _REVISIT, at) | {
        "WARC-Profile": _SAME_BYTES,
        "WARC-Refers-To": record_id(original.snapshot),
        "WARC-Refers-To-Target-URI": original.target,
        "WARC-Refers-To-Date": original.date,
        "WARC-Block-Digest": digest_of(block),
        "Content-Type": f"{_HTTP}response" if capture.exchange else content_type(capture),
    }
    return _with_snapshot(fields, capture.snapshot, block)


def _fields(capture: Capture, kind: str, at: str) -> dict[str, str]:
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": record_id(capture.snapshot.id),
        "WARC-Target-URI": target_of(capture.snapshot),
        "WARC-Date": date_of(capture.snapshot.fetched, at),
        "WARC-Payload-Digest": capture.snapshot.digest,
    }
    if capture.exchange and capture.exchange.address:
        fields["WARC-IP-Address"] = capture.exchange.address
    return fields


def _with_snapshot(fields: dict[str, str], snapshot: Snapshot, block: bytes) -> Record:
    told = encode(snapshot).decode()
    if not told.isascii():
        told = json.dumps(json.loads(told), separators=(",", ":"))
    fields[SNAPSHOT] = told.replace(_DELETE, "\\u007f")
    return Record(fields, block)


def _request(capture: Capture, exchange: Exchange, at: str) -> Record:
    fields = {
        "WARC-Type": "request",
        "WARC-Record-ID": record_id(capture.snapshot.id, "request"),
        "WARC-Concurrent-To": record_id(capture.snapshot.id),
        "WARC-Target-URI": target_of(capture.snapshot),
        "WARC-Date": date_of(capture.snapshot.fetched, at),
        "WARC-Block-Digest": digest_of(exchange.request),
        "Content-Type": f"{_HTTP}request",
    }
    return Record(fields, exchange.request)


def exchange_of(kept: Record, request: Sequence[Record], size: int) -> Exchange | None:
    """The exchange again, from the record of a capture of ``size`` bytes and, where it was kept, that of its request.

    None where no server was asked.
    """
    if not is_exchange(kept):
        return None
    head = kept.block if kept.is_revisit else kept.block[: len(kept.block) - size]
    return Exchange(request[0].block if request else b"", sent_head(head), kept.fields.get("WARC-IP-Address"))


def is_exchange(record: Record) -> bool:
    """Whether the record of a capture holds what a server answered."""
    return record.fields.get("Content-Type", "").startswith(_HTTP)


def snapshot_of(record: Record) -> Snapshot:
    """The snapshot that a record tells of. Raises ``KeyError`` or ``msgspec.MsgspecError`` where it tells of none."""
    snapshot = decode(record.fields[SNAPSHOT])
    if not isinstance(snapshot, Snapshot):
        raise KeyError(SNAPSHOT)
    return snapshot


def original_of(record: Record) -> Original:
    """What a revisit must say of the record that holds the bytes."""
    return Original(snapshot_of(record).id, record.fields["WARC-Target-URI"], record.fields["WARC-Date"])


def record_id(name: str, kind: str = "capture") -> str:
    """The id of a record, the same wherever that capture is written."""
    return f"<urn:uuid:{uuid5(_IDS, f'{name} {kind}')}>"


def target_of(snapshot: Snapshot) -> str:
    """The address as a URI without its fragment, which no server sees; one under ``unknown.invalid`` for none."""
    if snapshot.url is None:
        return f"{_NOWHERE}{snapshot.id}/{quote(snapshot.origin, errors='surrogatepass')}"
    return snapshot.url if _PLAIN_ADDRESS.fullmatch(snapshot.url) else _as_uri(snapshot.url)


def _as_uri(address: str) -> str:
    """As a browser writes it: host in lower case and ASCII, a path, everything else escaped."""
    try:
        parts = urlsplit(address)
        parts = parts._replace(netloc=_host(parts.netloc.lower()), path=parts.path or "/", fragment="")
        return quote(parts.geturl(), safe=_ALLOWED, errors="surrogatepass")
    except ValueError:  # brackets that hold no address
        return quote(address, safe=_ALLOWED, errors="surrogatepass")


def _host(name: str) -> str:
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return name


def date_of(fetched: str | None, at: str) -> str:
    """The stated time of capture, else ``at``, in UTC to the second; what was not stated of it counts as its first."""
    return _instant(fetched) or _instant(f"{fetched}-01-01"[:10]) or _instant(at) or at


def _instant(stated: str | None) -> str | None:
    try:
        moment = datetime.fromisoformat(stated or "")
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def content_type(capture: Capture) -> str:
    """The media type, with UTF-8 where the bytes are that and do not name an encoding themselves."""
    kind, payload = capture.snapshot.media_type, capture.payload
    declares = kind == "text/html" and _DECLARED.search(payload[:_DECLARED_WITHIN])
    return kind if declares or payload.isascii() or not _is_utf8(payload) else f"{kind};charset=utf-8"


def _is_utf8(payload: bytes) -> bool:
    try:
        payload.decode()
    except UnicodeDecodeError:
        return False
    return True


@cache
def program() -> str:
    """What writes the records: name and version."""
    return f"Stemma {version('stemma-archive')}"
