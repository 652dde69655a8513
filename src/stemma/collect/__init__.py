"""The room ``collect``: bring bytes in and keep them as they came.

``captures`` takes files, folders, globs, ``.zip``, ``.gz`` and JSON Lines of pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stemma.collect.files import entries, found_paths
from stemma.collect.stated import checked
from stemma.records import Capture, Problem, Stated

__all__ = ["captures"]


def captures(paths: Sequence[str], stated: Stated) -> Iterator[Capture | Problem]:
    """Every page under the paths, one after the other; a bad entry is a Problem and costs no other.

    Paths that do not exist, and stated facts that cannot be read, raise ``BadValue`` before anything is read.
    """
    found = found_paths(paths)
    facts = checked(stated, found)
    return (each for path in found for each in entries(path, facts))
