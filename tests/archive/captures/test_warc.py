"""Records as bytes, and back."""

from __future__ import annotations

import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from stemma.archive.captures.warc import Record, digest_of, pack, unpack, unpack_payload

VALUES = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1)
BLOCKS = st.binary() | st.just(b"\r\n\r\nContent-Length: 3\r\n\r\n")


def record(block: bytes = b"words", **fields: str) -> Record:
    return Record({"WARC-Type": "resource", **fields}, block)


@given(VALUES, BLOCKS)
def test_records_come_back(value, block):
    kept = record(block, **{"WARC-Target-URI": value})
    assert unpack(pack(kept)) == kept
    assert pack(kept) == pack(unpack(pack(kept)))


@given(BLOCKS, BLOCKS)
def test_payload_is_the_end_of_the_block(head, payload):
    assert unpack_payload(pack(record(head + payload)), len(payload)) == payload


@pytest.mark.parametrize("size", [6, 7, 5_000])
def test_payload_longer_than_the_block(size):
    with pytest.raises(ValueError, match="shorter"):
        unpack_payload(pack(record(b"words")), size)


def test_nothing_tells_when_it_was_packed():
    assert pack(record())[:10] == b"\x1f\x8b\x08\0\0\0\0\0\0\x03"


def test_another_program_reads_it():
    stream = io.BytesIO(pack(record(b"one", **{"WARC-Record-ID": "<urn:x:1>"})) + pack(record(b"two")))
    found = [(each.rec_type, each.content_stream().read(), each.length) for each in ArchiveIterator(stream)]
    assert found == [("resource", b"one", 3), ("resource", b"two", 3)]


@pytest.mark.parametrize("cut", [1, 9, 60, -1])
def test_a_record_that_is_cut(cut):
    member = pack(record(b"words " * 50))[:cut]
    for read in (unpack, lambda member: unpack_payload(member, 300)):
        with pytest.raises((zlib.error, ValueError)):
            read(member)


def test_every_flipped_byte_of_the_packed_record_is_found_or_harmless():
    whole = record(b"words " * 5)
    member = pack(whole)
    for at in range(len(member)):
        changed = bytearray(member)
        changed[at] ^= 4
        try:
            assert unpack(bytes(changed)) == whole
            assert at < 10  # flags of speed and origin of the gzip header change nothing
        except (zlib.error, ValueError):
            continue


@pytest.mark.parametrize(
    "plain",
    [
        b"WARC/1.0\r\nContent-Length: 1\r\n\r\nx\r\n\r\n",
        b"WARC/1.1\r\nContent-Length: 2\r\n\r\nx\r\n\r\n",
        b"WARC/1.1\r\n\r\nx\r\n\r\n",
        b"WARC/1.1\r\nContent-Length: 1\r\n\r\nx",
        b"",
    ],
)
def test_what_is_no_record(plain):
    press = zlib.compressobj(wbits=31)
    with pytest.raises(ValueError, match="record"):
        unpack(press.compress(plain) + press.flush())


def test_digest():
    assert digest_of(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
