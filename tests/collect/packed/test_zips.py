"""Members of ZIP archives, honest and hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.collect.packed import budget
from stemma.collect.packed.zips import Member, members
from stemma.records import Problem


def zipped(contents, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return file


def read(file):
    """What can be read, and why the rest cannot."""
    found, told = {}, []
    for each in members(file, "a.zip"):
        if isinstance(each, Problem):
            told.append(each.message)
            continue
        try:
            with each.open() as opened:
                found[each.name] = opened.read()
        except OSError as error:
            told.append(str(error))
        except (EOFError, budget.Bomb) as error:
            told.append(str(error))
    return found, told


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["a.txt", "b/c.txt", "d.html"]), st.binary(max_size=3_000)),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]),
)
def test_what_was_packed_comes_out(contents, method):
    assert read(zipped(contents, method)) == (contents, [])


def test_a_large_member_comes_out_piece_by_piece():
    whole = b"".join(b"%d words " % n for n in range(300_000))
    (member,) = members(zipped({"a.txt": whole}), "a.zip")
    assert isinstance(member, Member)
    with member.open() as opened:
        assert b"".join(iter(lambda: opened.read(100_000), b"")) == whole


def test_members_may_be_read_in_any_order():
    file = zipped({"a.txt": b"one" * 9_000, "b.txt": b"two" * 9_000})
    first, second = (each.open() for each in members(file, "a.zip") if isinstance(each, Member))
    assert (second.read(4), first.read(4), second.read(4), first.read(4)) == (b"twot", b"oneo", b"wotw", b"neon")


def test_other_packing_is_told():
    assert "method that is not read (14)" in read(zipped({"a.txt": b"words"}, zipfile.ZIP_LZMA))[1][0]


@pytest.mark.parametrize("flag", [0x1, 0x40, 0x2000])
def test_locked_members_are_told(flag):
    file = zipped({"a.txt": b"words"})
    whole = bytearray(file.getvalue())
    struct.pack_into("<H", whole, whole.find(b"PK\x01\x02") + 8, flag)
    assert "encrypted" in read(io.BytesIO(whole))[1][0]


@pytest.mark.parametrize(
    ("at", "value", "why"), [(16, 1, "checksum"), (20, 3, "too soon"), (24, 2, "longer"), (42, 9, "no member")]
)
def test_members_that_are_not_what_the_list_says(at, value, why):
    whole = bytearray(zipped({"a.txt": b"words " * 50, "b.txt": b"more"}).getvalue())
    struct.pack_into("<L", whole, whole.find(b"PK\x01\x02") + at, value)
    found, told = read(io.BytesIO(whole))
    assert found == {"b.txt": b"more"}
    assert why in told[0]


def overlapping(count):
    """A bomb of members that all stand at one place (D. Fifield, 2019)."""
    plain = zipped({"0.txt": b"a" * 5_000_000}).getvalue()
    at = plain.find(b"PK\x01\x02")
    entry = plain[at : plain.find(b"PK\x05\x06")]
    directory = b"".join(entry.replace(b"0.txt", b"%05d" % n) for n in range(count))
    return io.BytesIO(
        plain[:at] + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), at, 0)
    )


def test_a_bomb_of_members_at_one_place_ends_with_one_problem(monkeypatch):
    monkeypatch.setattr(budget, "ALWAYS", 12_000_000)
    monkeypatch.setattr(budget, "MOST_GROWTH", 10)
    found, told = read(overlapping(1_000))
    assert len(found) == 2
    assert len(told) == 2  # the member that was too much, and all that follow
    assert "not read" in told[1]
