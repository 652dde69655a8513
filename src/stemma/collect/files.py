"""Files, folders, globs and packed files: from paths to pages."""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from stemma.collect.packed.opening import UNASKED, is_plain, opened
from stemma.collect.pages import ending_of, problem
from stemma.collect.source import Choice, Found, Source
from stemma.collect.walking import files_below, shown
from stemma.errors import BadValue
from stemma.records import Capture, Problem, Stated

if TYPE_CHECKING:
    from stemma.collect.apart.hand import Hand

_MOST_LOST = 10  #: times that reading one file is taken up behind what ended it
_ALL = Choice()
_OF_RECORDS = ".warc"  #: ending of files whose entries begin at bytes that are known


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


def entries(path: Path, stated: Stated, choice: Choice = _ALL, hand: Hand | None = None) -> Found:
    """The pages of one path. A file's own name is the origin: neither machine nor working folder shows in it.

    A path that is a link is followed, since somebody named it; links inside a folder only inside it. What must be
    parsed is read by ``hand``; None: here.
    """
    for found in files_below(path, UNASKED) if path.is_dir() else [path]:
        if isinstance(found, Problem):
            yield found
        else:
            yield from _file(found, stated, choice, hand)


def _file(path: Path, stated: Stated, choice: Choice, hand: Hand | None) -> Found:
    name = shown(path.name)
    try:
        if not path.is_file() and path.exists():
            yield problem(name, "it is neither a file nor a folder; give a file")
            return
        with path.open("rb") as file:
            source = Source(file, name, stated, os.fstat(file.fileno()).st_size, choice)
            yield from _apart(path, source, hand) if hand and not is_plain(name) and hand.is_ready() else opened(source)
            choice.gauge.passed(source.size)
    except MemoryError:
        yield problem(name, "there is not enough memory to read it; close other programs and add it again")
    except OSError as error:
        yield problem(
            name, f"it cannot be read ({error.strerror or error}); check that it is there and its permissions"
        )


def _apart(path: Path, source: Source, hand: Hand) -> Found:
    """The pages of a file that another process reads; where that is lost, what follows in a WARC file comes still."""
    from stemma.collect.apart.hand import Lost  # noqa: PLC0415 - rests on what Windows has not
    from stemma.collect.apart.work import Order, read_pages  # noqa: PLC0415 - the same

    choice, name = source.choice, source.origin
    marks = choice.marks if ending_of(name) == _OF_RECORDS else None
    begin = marks.start(source.file, name, source.size) if marks else 0
    order = Order(path, name, source.stated, choice.hosts, dict(choice.columns), begin)
    for _ in range(_MOST_LOST):
        at: int | None = None
        try:
            for message in hand.told(partial(read_pages, order)):
                choice.gauge.at(min(order.begin + message.done, source.size))
                if marks and message.place is not None and message.place != at:
                    marks.reached(message.place)
                at = message.place
                if isinstance(message.value, Capture | Problem):
                    yield message.value
        except Lost as lost:
            if order.is_careful or ending_of(name) != _OF_RECORDS:
                yield problem(name, _told(lost, at))
                if at is None:
                    return
            order = order.again(at)
        else:
            if marks:
                marks.ended()
            return
    yield problem(name, f"that happened {_MOST_LOST} times in it; what follows was not read")


def _told(lost: Exception, at: int | None) -> str:
    if at is None:
        return f"{lost}; leave it out, or split it"
    return f"{lost}, at the record at byte {at:,} or the one before; reading went on behind it"
