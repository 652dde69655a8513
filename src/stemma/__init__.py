"""Stemma: an archive of who said what, with the evidence for it.

The package itself is the programming interface: ``stemma.add`` brings pages in, ``stemma.open`` opens an
archive, whose methods answer with the views of ``stemma.archive.views``; ``stemma.tell`` prints a statement
with all that must stand beside it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from stemma.archive import Archive
    from stemma.archive.views import Query
    from stemma.flow import add
    from stemma.records import Stated
    from stemma.show.lines import tell

__version__ = "0.1.0"
__all__ = ["Archive", "Query", "Stated", "add", "open", "tell"]

#: Where each public name lives; loaded at first use, so that ``import stemma`` costs nothing.
_HOMES = {
    "Archive": "stemma.archive",
    "Query": "stemma.archive.views",
    "Stated": "stemma.records",
    "add": "stemma.flow",
    "tell": "stemma.show.lines",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 (the hook of PEP 562 serves names of every type)
    """Load a public name from its home."""
    if name not in _HOMES:
        raise AttributeError(f"module 'stemma' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def open(path: str | Path) -> Archive:  # noqa: A001 (the verb that people expect: stemma.open)
    """The archive at ``path``, to be closed or used in a ``with`` block. Raises ``NoArchive``, ``NewerArchive``."""
    archive: type[Archive] = import_module("stemma.archive").Archive
    return archive.open(path)
