"""Files, folders, globs and gzip: from paths to pages."""

from __future__ import annotations

import glob
import gzip
import os
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, cast

from stemma.collect import lines
from stemma.collect.pages import HTML, PAGE_LIMIT, TEXT, capture, ending_of, problem
from stemma.collect.zips import Member, members
from stemma.errors import BadValue
from stemma.records import Capture, Problem, Stated

LINES = frozenset({".jsonl", ".ndjson", ".json"})
#: What is taken from a folder or a ZIP unasked; a ``.json`` there is rarely a file of pages.
UNASKED = HTML | TEXT | LINES - {".json"} | {".zip"}
_TAPE = frozenset({".tar", ".tgz"})
_READ_ERRORS = (OSError, EOFError, zlib.error)
Found = Iterator[Capture | Problem]


def found_paths(paths: Sequence[str]) -> list[Path]:
    """The paths, globs replaced by what they match in order. Raises ``BadValue`` for what does not exist."""
    return [found for path in paths for found in _found(path)]


def _found(path: str) -> list[Path]:
    if os.path.lexists(path):
        return [Path(path)]
    matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
    if not matches:
        raise BadValue("path", path, "a file, a folder or a pattern that fits some file")
    return [Path(match) for match in matches]


def entries(path: Path, stated: Stated) -> Found:
    """The pages of one path. A file's own name is the origin: neither machine nor working folder shows in it."""
    if not path.is_dir():
        yield from _file(path, stated)
        return
    for found in _files(path):
        if isinstance(found, Problem):
            yield found
        else:
            yield from _file(found, stated)


def _files(folder: Path) -> Iterator[Path | Problem]:
    """Pages below a folder in order of their paths; hidden ones and files of other kinds are passed over."""
    try:
        inside = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        yield problem(shown(folder.name), f"the folder cannot be read ({error.strerror}); check its permissions")
        return
    for path in inside:
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():  # a link may lead in a circle
            yield from _files(path)
        elif ending_of(path.name) in UNASKED:
            yield path


def _file(path: Path, stated: Stated) -> Found:
    name = shown(path.name)
    try:
        if not path.is_file() and path.exists():
            yield problem(name, "it is neither a file nor a folder; give a file")
            return
        with path.open("rb") as file:
            yield from _opened(file, name, stated)
    except OSError as error:
        yield problem(
            name, f"it cannot be read ({error.strerror or error}); check that it is there and its permissions"
        )


def _opened(file: IO[bytes], name: str, stated: Stated) -> Found:
    ending = ending_of(name)
    if ending in _TAPE:
        yield problem(name, "tar archives are not read; unpack it and add the folder")
    elif ending == ".zip" and not name.lower().endswith(".gz"):
        for member in members(file, name):
            yield from [member] if isinstance(member, Problem) else _member(member, name, stated)
    else:
        yield from stream(file, name, stated)


def _member(member: Member, archive: str, stated: Stated) -> Found:
    ending = ending_of(member.name)
    origin = f"{archive}/{member.name}"
    if ending == ".zip":
        yield problem(origin, "a ZIP inside a ZIP is not opened; unpack it and add it by itself")
    elif ending in UNASKED:
        try:
            with member.open() as file:
                yield from stream(file, origin, stated)
        except Exception as error:  # noqa: BLE001 (zipfile raises errors of many types for damaged and locked members)
            yield problem(origin, f"it cannot be unpacked ({error}); make the ZIP again")


def stream(file: IO[bytes], origin: str, stated: Stated) -> Found:
    """The pages of an open file, unzipped where it is a ``.gz``; what comes before damage is kept."""
    plain = cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if origin.lower().endswith(".gz") else file
    try:
        if ending_of(origin) in LINES:
            yield from lines.pages(plain, origin, stated)
        else:
            yield capture(plain.read(PAGE_LIMIT + 1), origin, stated)
    except _READ_ERRORS as error:
        yield problem(origin, f"it is damaged or cut short ({error}); fetch it again")


def shown(name: str) -> str:
    """A file name as text; bytes of it that are no UTF-8 are written as escapes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
