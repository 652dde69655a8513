"""An open file, whatever it is packed in: the pages in it."""

from __future__ import annotations

import re
import zlib
from io import BufferedReader

from stemma.collect.formats import ENDINGS, reader_of
from stemma.collect.packed.gzips import Trailing
from stemma.collect.packed.zips import Member, members
from stemma.collect.pages import HTML, PAGE_LIMIT, TEXT, capture, ending_of, problem
from stemma.collect.source import Found, Source
from stemma.records import Capture, Problem, Stated

#: What is taken from a folder or a ZIP unasked.
UNASKED = HTML | TEXT | ENDINGS | {".zip", ".wacz"}
_TAPE = frozenset({".tar", ".tgz"})
_READ_ERRORS = (OSError, EOFError, zlib.error)
_PART = 2**20  #: bytes of a page read at a time
_MOST_TOLD = 1_000  #: problems of one file of many pages; further ones are only counted
_PACKED = frozenset({".zip", ".wacz"})
_OF_WACZ = re.compile(r"archive/[^/]+\.warc(\.gz)?")  #: members that hold records (WACZ 1.1.1, 5.2.1)


def is_plain(name: str) -> bool:
    """Whether a file of that name is a page as it is, so that nothing parses it here."""
    ending = ending_of(name)
    return not name.lower().endswith(".gz") and ending not in _PACKED and reader_of(ending) is None


def opened(source: Source) -> Found:
    """The pages of an open file; one of nothing but bad entries gives no Problem for each of a million."""
    return _bounded(_opened(source), source.origin)


def _opened(source: Source) -> Found:
    ending = ending_of(source.origin)
    if ending in _TAPE:
        yield problem(source.origin, "tar archives are not read; unpack it and add the folder")
    elif ending in _PACKED and not source.packed:
        yield from _zipped(source, _OF_WACZ if ending == ".wacz" else None)
    else:
        yield from stream(source)


def _bounded(found: Found, name: str) -> Found:
    told = 0
    for each in found:
        told += isinstance(each, Problem)
        if told <= _MOST_TOLD or isinstance(each, Capture):
            yield each
    if told > _MOST_TOLD:
        yield problem(name, f"{told - _MOST_TOLD:,} more of its entries could not be read; mend it and add it again")


def _zipped(source: Source, only: re.Pattern[str] | None) -> Found:
    for member in members(source.file, source.origin):
        if isinstance(member, Problem):
            yield member
        elif only is None or only.fullmatch(member.name):
            yield from _member(member, source)


def _member(member: Member, source: Source) -> Found:
    ending = ending_of(member.name)
    origin = f"{source.origin}/{member.name}"
    if ending in _PACKED:
        yield problem(origin, "a ZIP inside a ZIP is not opened; unpack it and add it by itself")
    elif ending in UNASKED:
        try:
            with member.open() as file:
                yield from stream(Source(file, origin, source.stated, member.size, source.choice))
        except _READ_ERRORS as error:
            yield problem(origin, f"it cannot be unpacked ({error}); make the ZIP again")


def stream(source: Source) -> Found:
    """The pages of an open file, unzipped where it is a ``.gz``; what comes before damage is kept."""
    ending = ending_of(source.origin)
    try:
        if reader := reader_of(ending):
            yield from reader(source)
        else:
            yield from _page(source.plain(), source.origin, source.stated)
    except _READ_ERRORS as error:
        yield problem(source.origin, f"it is damaged or cut short ({error}); fetch it again")


def _page(file: BufferedReader, origin: str, stated: Stated) -> Found:
    """One page, and a Problem beside it where more follows than its packing says."""
    payload, trailing = _read(file)
    yield capture(payload, origin, stated)
    if trailing:
        yield problem(origin, f"{trailing}; they were passed over. Fetch it again if something is missing")


def _read(file: BufferedReader) -> tuple[bytes, Trailing | None]:
    """The bytes of a page, one more than it may have where it has too many; and what follows them.

    Read as they come (``read1``): what came before the end of the packed data must not be lost.
    """
    payload = bytearray()
    try:
        while len(payload) <= PAGE_LIMIT and (part := file.read1(min(_PART, PAGE_LIMIT + 1 - len(payload)))):
            payload += part
    except Trailing as trailing:
        return bytes(payload), trailing
    return bytes(payload), None
