"""gzip and deflate, piece by piece."""

from __future__ import annotations

import gzip
import random
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.collect.web.guard.wire import NotObserved
from stemma.collect.web.settings import Limits
from stemma.collect.web.unpacking import coding_of, gather

LIMITS = Limits()
WORDS = b"The board said the lamps are lit. " * 4_000


def bare(body):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def pieces(body, size):
    return [body[at : at + size] for at in range(0, len(body), size)]


PACKED = {"gzip": gzip.compress, "deflate": zlib.compress, "bare": bare, "": bytes}


@pytest.mark.parametrize("form", PACKED)
@pytest.mark.parametrize("size", [1, 7, 4_096, 10**6])
def test_whatever_the_pieces(form, size):
    coding = "deflate" if form == "bare" else form
    assert gather(pieces(PACKED[form](WORDS[:60_000]), size), coding, LIMITS) == WORDS[:60_000]


@given(st.binary(max_size=5_000), st.sampled_from(sorted(PACKED)), st.integers(1, 300))
def test_what_was_packed_comes_back(body, form, size):
    coding = "deflate" if form == "bare" else form
    assert gather(pieces(PACKED[form](body), size), coding, LIMITS) == body


def test_a_long_match_at_the_very_end():
    """All of the input may be read while bytes still wait to be written."""
    for length in range(65_500, 65_600):
        assert len(gather([bare(b"a" * length)], "deflate", LIMITS)) == length


def test_several_members_and_what_follows_them():
    two = gzip.compress(b"one ") + gzip.compress(b"two")
    for size in (1, 5, 1_000):
        assert gather(pieces(two, size), "gzip", LIMITS) == b"one two"
    assert gather([two + b"\0" * 500, b"\0" * 500], "gzip", LIMITS) == b"one two"
    assert gather([zlib.compress(b"one") + b"junk", b"junk"], "deflate", LIMITS) == b"one"


def test_nothing():
    assert gather([], "gzip", LIMITS) == b""
    assert gather([b"", b""], "", LIMITS) == b""


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_cut_short_and_damaged(coding):
    packed = PACKED[coding](bytes(random.Random(1).randbytes(50_000)))
    with pytest.raises(NotObserved, match="cut short"):
        gather([packed[:-9]], coding, LIMITS)
    with pytest.raises(NotObserved, match="damaged"):
        gather([packed[:200], bytes(len(packed))], coding, LIMITS)
    with pytest.raises(NotObserved, match="damaged"):
        gather([b"<html>not packed at all"], coding, LIMITS)


def test_bombs_cost_no_more_than_a_page():
    bomb = gzip.compress(gzip.compress(b"\0" * 50_000_000))
    assert len(gather([bomb], "gzip", LIMITS)) < LIMITS.free  # what is packed twice is unpacked once
    with pytest.raises(NotObserved, match="200 times its size"):
        gather([gzip.compress(b"\0" * 10_000_000)], "gzip", LIMITS)
    flat = gzip.compress(b"\0" * 100_000_000)
    tracemalloc.start()
    with pytest.raises(NotObserved, match="larger than 16 MiB"):
        gather([flat], "gzip", LIMITS)
    assert tracemalloc.get_traced_memory()[1] < 40_000_000
    tracemalloc.stop()


def test_pages_repeat_themselves():
    assert len(gather([gzip.compress(WORDS[:1_000_000])], "gzip", LIMITS)) == len(WORDS)


def test_too_large():
    with pytest.raises(NotObserved, match="larger than 16 MiB"):
        gather((b"a" * 2**20 for _ in range(10**6)), "", LIMITS)


@pytest.mark.parametrize(
    ("values", "coding"),
    [([], ""), ([""], ""), (["identity"], ""), (["gzip"], "gzip"), (["X-GZIP"], "gzip"), ([" Deflate "], "deflate"),
     (["identity, gzip"], "gzip"), (["identity", "gzip"], "gzip")],
)  # fmt: skip
def test_coding_of(values, coding):
    assert coding_of(values) == coding


@pytest.mark.parametrize("values", [["br"], ["gzip, gzip"], ["gzip", "deflate"], ["gz ip"], ["*"]])
def test_other_codings(values):
    with pytest.raises(NotObserved, match="gzip and deflate were asked for"):
        coding_of(values)
