"""Files that hold pages in a form of their own: web archives, sessions of a browser, mail, feeds, tables.

Each reader takes a ``Source`` and gives its pages and what went wrong; one bad entry never costs the others. Readers
are loaded when a file of theirs is met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from stemma.collect.source import Source
from stemma.records import Capture, Problem

Reader = Callable[[Source], Iterator[Capture | Problem]]
#: Ending of a file (".gz" behind it is undone): the module beside this one whose ``pages`` reads it.
_MODULES = {
    ".jsonl": "lines", ".ndjson": "lines", ".json": "lines",
    ".warc": "warc",
    ".har": "sessions",
    ".mhtml": "mail", ".mht": "mail", ".eml": "mail",
    ".rss": "feeds", ".atom": "feeds",
    ".csv": "tables", ".tsv": "tables", ".parquet": "tables",
}  # fmt: skip
ENDINGS = frozenset(_MODULES) - {".json"}  #: taken from folders unasked; a ``.json`` there is rarely a file of pages
MANY = frozenset(_MODULES) - {".mhtml", ".mht", ".eml"}  #: endings of files that hold several pages


def reader_of(ending: str) -> Reader | None:
    """What reads files of an ending; None where they are pages themselves."""
    if (module := _MODULES.get(ending)) is None:
        return None
    found: Reader = import_module(f"{__name__}.{module}").pages
    return found
