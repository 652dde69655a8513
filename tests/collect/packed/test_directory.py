"""The list of members of a ZIP, one entry at a time: what the standard library finds in it, and no more memory for more."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.collect.packed.directory import Damaged, entries

ENTRY = struct.Struct("<4s6H3L5H2L")


def zipped(names, *, comment=b"", before=b""):
    file = io.BytesIO()
    file.write(before)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, f"words of {name}")
        archive.comment = comment
    return file


def listed(file):
    return [(each.name, each.size, each.packed, each.checksum, each.method, each.offset) for each in entries(file)]


def by_library(file):
    with zipfile.ZipFile(file) as archive:
        return [
            (each.filename, each.file_size, each.compress_size, each.CRC, each.compress_type, each.header_offset)
            for each in archive.infolist()
        ]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\0\\"), min_size=1, max_size=20),
        unique=True,
        max_size=20,
    ),
    st.binary(max_size=50).filter(lambda comment: b"PK\x05\x06" not in comment),  # the library takes it for an end
    st.binary(max_size=200),
)
def test_the_library_finds_the_same(names, comment, before):
    file = zipped(names, comment=comment, before=before)
    assert listed(file) == by_library(file)


@pytest.mark.parametrize("comment", [b"PK\x05\x06", b"PK\x05\x06" * 9, b"PK\x05\x06" + bytes(40)])
def test_a_comment_that_looks_like_an_end(comment):
    file = zipped(["a.txt"], comment=comment)
    assert [each.name for each in entries(file)] == ["a.txt"]


def test_bytes_behind_the_end():
    file = zipped(["a.txt"])
    file.seek(0, 2)
    file.write(b"trailing")
    assert [each.name for each in entries(file)] == ["a.txt"]


def test_the_file_may_be_moved_between_two_entries():
    file = zipped([f"{n}.txt" for n in range(100)])
    assert [each.name for each in entries(file) if not file.seek(0)] == [f"{n}.txt" for n in range(100)]


def test_zip64(monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 10)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)
    file = zipped([f"{n}.txt" for n in range(5)])
    assert b"PK\x06\x06" in file.getvalue()
    assert listed(file) == by_library(file)


def entry(name: bytes, *, flags=0, extra=b"", offset=0):
    return (
        ENTRY.pack(b"PK\x01\x02", 0, 0, flags, 0, 0, 0, 0, 0, 0, len(name), len(extra), 0, 0, 0, 0, offset)
        + name
        + extra
    )


def ended(directory: bytes, count=1, length=None):
    size = len(directory) if length is None else length
    return io.BytesIO(directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size, 0, 0))


@pytest.mark.parametrize(
    ("raw", "flags", "name"),
    [
        (b"nul\0name.txt", 0, "nul"), ("имя.txt".encode(), 0x800, "имя.txt"), (b"\xff.txt", 0x800, "\\xff.txt"),
        (b"\x8d.txt", 0, "ì.txt"),
    ],
)  # fmt: skip
def test_names(raw, flags, name):
    assert next(entries(ended(entry(raw, flags=flags)))).name == name


def test_a_name_in_unicode_outranks_one_in_a_code_page():
    field = b"\x01" + zlib.crc32(b"?.txt").to_bytes(4, "little") + "имя.txt".encode()
    extra = struct.pack("<2H", 0x7075, len(field)) + field
    assert next(entries(ended(entry(b"?.txt", extra=extra)))).name == "имя.txt"
    assert next(entries(ended(entry(b"!.txt", extra=extra)))).name == "!.txt"  # of another name


@pytest.mark.parametrize(
    "file",
    [
        io.BytesIO(), io.BytesIO(b"nothing like it"), ended(b"x" * 50), ended(entry(b"a.txt")[:-2]), ended(b"", length=99),
        ended(entry(b"a.txt") + b"PK"), io.BytesIO(b"PK\x05\x06"),
        ended(ENTRY.pack(b"PK\x01\x02", 0, 0, 0, 0, 0, 0, 0, 0xFFFFFFFF, 0, 0, 0, 0, 0, 0, 0, 0)),
    ],
)  # fmt: skip
def test_damage_is_told(file):
    with pytest.raises(Damaged):
        list(entries(file))


def test_many_entries_take_no_more_memory():
    file = ended(entry(b"a.txt") * 10_000, count=7)  # the count is a lie, and nobody asks it
    tracemalloc.start()
    count = sum(1 for _ in entries(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 10_000
    assert peak < 4_000_000
