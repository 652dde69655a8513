"""Gzip: several members, padding, what follows, what is missing."""

from __future__ import annotations

import gzip
import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.collect.packed import budget
from stemma.collect.packed.gzips import Trailing, unzipped


def plain(packed: bytes) -> bytes:
    return unzipped(io.BytesIO(packed), len(packed)).read()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.binary(max_size=2_000), min_size=1, max_size=5), st.integers(0, 20_000))
def test_members_in_a_row_are_one_file(parts, zeros):
    packed = bytes(zeros).join(map(gzip.compress, parts)) + bytes(zeros)
    assert plain(packed) == b"".join(parts)


@pytest.mark.parametrize("tail", [b"x", b"\0\0trailing", b"\x1e\x8b" * 9_000])
def test_what_comes_before_other_bytes_is_kept(tail):
    packed = gzip.compress(b"words") + tail
    file = unzipped(io.BytesIO(packed), len(packed))
    assert file.read1() == b"words"
    with pytest.raises(Trailing):
        file.read1()


@pytest.mark.parametrize(
    ("packed", "error"), [(b"", EOFError), (b"words", zlib.error), (gzip.compress(b"words", mtime=0)[:-3], EOFError)]
)
def test_damage_is_told(packed, error):
    with pytest.raises(error):
        plain(packed)


def test_a_flipped_byte_is_found():
    packed = bytearray(gzip.compress(b"words " * 100))
    packed[-5] ^= 1  # of the checksum
    with pytest.raises(zlib.error):
        plain(bytes(packed))


def test_a_bomb_ends_early(monkeypatch):
    monkeypatch.setattr(budget, "ALWAYS", 100_000)
    packed = gzip.compress(bytes(5_000_000))
    with pytest.raises(budget.Bomb, match="bombs"):
        plain(packed)
    assert len(plain(gzip.compress(bytes(100_000)))) == 100_000
