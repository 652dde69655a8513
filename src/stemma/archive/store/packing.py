"""Records as compressed bytes, and back.

The records of a page are JSON Lines without their ids, which follow from what they say, compressed with the
page's text as dictionary: the words of every ``Evidence`` then cost three bytes. Single records are compressed
with a sample of their own kind.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from itertools import islice

import msgspec

from stemma.records import AnyRecord, decode, encode

_LEVEL = 6
_LINES = msgspec.json.Encoder()
_RECORDS = msgspec.json.Decoder(AnyRecord)
_WINDOW = 32_768  #: zlib looks no further back (RFC 1950)
#: An id as msgspec writes it; inside a text the quotation marks around it would have backslashes.
_ID = re.compile(rb'","id":"[a-z2-7]{17}"')
_NO_ID = b'","id":""'
_PAGE_SAMPLE = (
    b'{"record":"field","id":"","document":"d","run":"u","confidence":0.95,"name":"published","value":"2025-10-24",'
    b'"basis":"dateline","evidence":null}{"name":"language","value":"en","basis":"script"}{"name":"outlet","basis":"meta"}'
    b'{"record":"relay","id":"","document":"d","run":"u","confidence":1.0,"statement":"s","exemplar":"m","kind":"cited",'
    b'"hop":0,"evidence":{"document":"d"},"reason":""}'
    b'{"record":"time","id":"","document":"d","run":"u","confidence":1.0,"evidence":{"document":"d"},"type":"DATE",'
    b'"value":"2025-10-24","earliest":null,"latest":null,"anchor":null,"reason":""}'
    b'{"record":"statement","id":"","document":"d","run":"u","confidence":0.9,"source":[{"document":"d","start":1,'
    b'"end":2,"exact":""}],"cue":[{"document":"d"}],"content":[{"document":"d"}],"kind":"direct","polarity":"affirmed",'
    b'"within":null,"depth":0,"addressee":null,"occasion":null,"place":null,"said":null,"reason":"indirect"}'
    b'{"record":"reference","id":"","document":"d","run":"u","confidence":1.0,"anaphor":{"document":"d"},'
    b'"antecedent":"m","reason":"name in the source"}'
    b'{"record":"mention","id":"","document":"d","run":"u","confidence":0.9,"evidence":{"document":"d","start":1,'
    b'"end":2,"exact":""},"kind":"organization","person","place","outlet","role":null,"reason":""}'
    b'{"record":"label","id":"","document":"d","run":"u","confidence":1.0,"start":1,"end":2,"role":"furniture",'
    b'"role":"title","role":"body","reason":""}'
)

_SOME = 1_000  #: records encoded at a time
_PART = 2**20  #: bytes decoded at a time; the records of a page of 5 kB are 20 kB
#: What single records have in common, the most frequent last (RFC 1950: "most likely strings at the end").
_SAMPLE = (
    b'{"record":"run","id":"u","stage":"annotate","version":"1","options":[]}'
    b'{"record":"correction","id":"k","about":"d","field":"published","value":"","by":"","at":"20","reason":""}'
    b'{"record":"problem","id":"p","stage":"collect","about":"","message":"","run":"u"}'
    b'{"document":"d","run":"u","confidence":1.0,"record":"relay","id":"y","statement":null,"exemplar":"d",'
    b'"kind":"reused","hop":0,"evidence":null,"reason":""}'
    b'{"record":"judgement","id":"j","left":"m","right":"m","verdict":"different","unsure","same","score":1.0,'
    b'"reasons":["","the same words"],"by":"","run":"u"}'
    b'{"record":"snapshot","id":"c","url":"https://www.com/html","origin":".txt","fetched":"2025-10-24T00:00:00Z",'
    b'"media_type":"text/plain","text/html","digest":"sha256:","size":,"outlet":null,"published":null}'
    b'{"record":"variant","id":"v","left":{"document":"d","start":,"end":,"exact":""},"right":{"document":"d",'
    b'"start":,"end":,"exact":""},"edits":[{"kind":"punctuation","spelling","order","sentence","quotation","negation",'
    b'"name","number","words","left":[,],"right":[,]}],"similarity":1.0,"run":"u"}'
)


def pack_text(text: str) -> bytes:
    """The text, compressed."""
    return zlib.compress(text.encode(), _LEVEL)


def unpack_text(body: bytes) -> str:
    """The text again. Raises ``zlib.error`` for damaged bytes."""
    return zlib.decompress(body).decode()


def pack_records(records: Iterable[AnyRecord], text: str) -> bytes:
    """The records of one page, compressed against its text; some at a time, for a page may have a million."""
    press = zlib.compressobj(_LEVEL, zdict=_known(text))
    stream = iter(records)
    parts = []
    while some := list(islice(stream, _SOME)):
        parts.append(press.compress(_ID.sub(_NO_ID, _LINES.encode_lines(some))))
    return b"".join((*parts, press.flush()))


def unpack_records(body: bytes, text: str) -> Sequence[AnyRecord]:
    """The records again. Raises ``zlib.error``, ``msgspec.ValidationError`` or ``ValueError`` for damaged bytes."""
    press = zlib.decompressobj(zdict=_known(text))
    records: list[AnyRecord] = []
    rest, packed = b"", body
    while packed:
        whole, end, rest = (rest + press.decompress(packed, _PART)).rpartition(b"\n")
        records += _without_ids(whole + end)
        packed = press.unconsumed_tail
    if not press.eof:
        raise zlib.error("the bytes end too soon")
    return records + _without_ids(rest)


def _without_ids(lines: bytes) -> list[AnyRecord]:
    records = _RECORDS.decode_lines(lines)
    if lines.count(_NO_ID) != len(records):  # an id that is kept need not be the hash of what the record says
        raise ValueError("a record of the page keeps an id")
    return records


def pack_record(record: AnyRecord) -> bytes:
    """One record that lies by itself."""
    return _squeeze(encode(record), _SAMPLE)


def unpack_record(body: bytes) -> AnyRecord:
    """The record again. Raises ``zlib.error`` or ``msgspec.ValidationError`` for damaged bytes."""
    return decode(plain(body))


def _known(text: str) -> bytes:
    return (_PAGE_SAMPLE + text.encode())[-_WINDOW:]


def plain(body: bytes) -> bytes:
    """The JSON of one record that lies by itself. Raises ``zlib.error`` for damaged bytes."""
    return _expand(body, _SAMPLE)


def _squeeze(plain: bytes, known: bytes) -> bytes:
    press = zlib.compressobj(_LEVEL, zdict=known)
    return press.compress(plain) + press.flush()


def _expand(body: bytes, known: bytes) -> bytes:
    press = zlib.decompressobj(zdict=known)
    plain = press.decompress(body)
    if not press.eof:
        raise zlib.error("the bytes end too soon")
    return plain
