"""Files, folders, globs and packed files: from paths to pages."""

from __future__ import annotations

import glob
import os
import re
import zlib
from collections.abc import Sequence
from io import BufferedReader
from pathlib import Path

from stemma.collect.formats import ENDINGS, reader_of
from stemma.collect.packed.gzips import Trailing
from stemma.collect.packed.zips import Member, members
from stemma.collect.pages import HTML, PAGE_LIMIT, TEXT, capture, ending_of, problem
from stemma.collect.source import Choice, Found, Source
from stemma.collect.walking import files_below, shown
from stemma.errors import BadValue
from stemma.records import Capture, Problem, Stated

#: What is taken from a folder or a ZIP unasked.
UNASKED = HTML | TEXT | ENDINGS | {".zip", ".wacz"}
_TAPE = frozenset({".tar", ".tgz"})
_READ_ERRORS = (OSError, EOFError, zlib.error)
_PART = 2**20  #: bytes of a page read at a time
_MOST_TOLD = 1_000  #: problems of one file of many pages; further ones are only counted
_PACKED = frozenset({".zip", ".wacz"})
_ALL = Choice()
_OF_WACZ = re.compile(r"archive/[^/]+\.warc(\.gz)?")  #: members that hold records (WACZ 1.1.1, 5.2.1)


def found_paths(paths: Sequence[str]) -> list[Path]:
    """The paths, globs replaced by what they match in order. Raises ``BadValue`` for what does not exist."""
    return [found for path in paths for found in _found(path)]


def _found(path: str) -> list[Path]:
    if os.path.lexists(path):
        return [Path(path)]
    matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
    if not matches:
        raise BadValue("path", path, "a file, a folder or a pattern that fits some file")
    if "**" in path:  # which follows links, also those that lead in a circle
        matches = list({os.path.realpath(match): match for match in reversed(matches)}.values())[::-1]
    return [Path(match) for match in matches]


def entries(path: Path, stated: Stated, choice: Choice = _ALL) -> Found:
    """The pages of one path. A file's own name is the origin: neither machine nor working folder shows in it.

    A path that is a link is followed, since somebody named it; links inside a folder only inside it.
    """
    if not path.is_dir():
        yield from _file(path, stated, choice)
        return
    for found in files_below(path, UNASKED):
        if isinstance(found, Problem):
            yield found
        else:
            yield from _file(found, stated, choice)


def _file(path: Path, stated: Stated, choice: Choice) -> Found:
    name = shown(path.name)
    try:
        if not path.is_file() and path.exists():
            yield problem(name, "it is neither a file nor a folder; give a file")
            return
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            yield from _bounded(_opened(Source(file, name, stated, size, choice)), name)
    except MemoryError:
        yield problem(name, "there is not enough memory to read it; close other programs and add it again")
    except OSError as error:
        yield problem(
            name, f"it cannot be read ({error.strerror or error}); check that it is there and its permissions"
        )


def _opened(source: Source) -> Found:
    ending = ending_of(source.origin)
    if ending in _TAPE:
        yield problem(source.origin, "tar archives are not read; unpack it and add the folder")
    elif ending in _PACKED and not source.packed:
        yield from _zipped(source, _OF_WACZ if ending == ".wacz" else None)
    else:
        yield from stream(source)


def _bounded(found: Found, name: str) -> Found:
    """The same, but a file of nothing but bad entries gives no Problem for each of a million."""
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
