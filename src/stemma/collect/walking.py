"""A folder gone through in order of names, however deep or full it is; a link leads nowhere outside of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from stemma.collect.pages import ending_of, problem
from stemma.records import Problem

_BROKEN = "it is a link that leads nowhere or in a circle; mend it or take it away"
_FOLDER_OUTSIDE = (
    "it is a link to a folder elsewhere, and links of a folder are followed only inside it; add it by name"
)
_FILE_OUTSIDE = "it is a link to a file elsewhere, and links of a folder are followed only inside it; add it by name"


def files_below(folder: Path, endings: Iterable[str]) -> Iterator[Path | Problem]:
    """Files with these endings below a folder; hidden ones are passed over, what cannot be listed is a Problem.

    A link to a file inside the folder is read under its own name, one to a folder inside is passed over, since that
    folder is gone through anyway. Of all names only those of the folders on the way are in memory.
    """
    root, wanted = os.path.realpath(folder), frozenset(endings)
    on_the_way = [iter([str(folder)])]
    while on_the_way:
        if (path := next(on_the_way[-1], None)) is None:
            on_the_way.pop()
        elif len(on_the_way) > 1 and os.path.islink(path):  # noqa: PTH114 - Path objects take 40 MB for 100,000 files
            yield from _followed(path, root, wanted)
        elif os.path.isdir(path):  # noqa: PTH112 - as above
            try:
                on_the_way.append(iter(_listed(path, wanted)))
            except OSError as error:
                yield problem(shown(os.path.basename(path)), f"the folder cannot be read ({error.strerror}); check it")  # noqa: PTH119
        else:
            yield Path(path)


def _listed(path: str, wanted: frozenset[str]) -> list[str]:
    """Folders, links to folders and files with an ending that is wanted, by name."""
    with os.scandir(path) as inside:
        names = [
            each.path
            for each in inside
            if not each.name.startswith(".") and (ending_of(each.name) in wanted or _may_hold(each))
        ]
    return sorted(names)


def _may_hold(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder or leads to one."""
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


def _followed(path: str, root: str, wanted: frozenset[str]) -> Iterator[Path | Problem]:
    name = shown(os.path.basename(path))  # noqa: PTH119 - as above
    try:
        target = os.path.realpath(path, strict=True)
    except OSError:
        yield problem(name, _BROKEN)
        return
    inside = os.path.commonpath([root, target]) == root
    if os.path.isdir(target):  # noqa: PTH112 - as above
        if not inside:
            yield problem(name, _FOLDER_OUTSIDE)
    elif ending_of(name) in wanted:
        yield Path(path) if inside else problem(name, _FILE_OUTSIDE)


def shown(name: str) -> str:
    """A file name as text; bytes of it that are no UTF-8 are written as escapes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
