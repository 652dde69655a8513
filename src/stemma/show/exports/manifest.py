"""What an export says of itself: what was asked and how it was understood, counts, versions, rights, hashes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from itertools import groupby
from typing import Any

from msgspec import json, structs, to_builtins

from stemma.archive.views import Query
from stemma.show.exports.asking import Asked, Source, Wish
from stemma.show.exports.entities import NOTICE
from stemma.show.exports.rows import Batch
from stemma.show.lines import NO_OUTLET, QUOTATION, counted, named
from stemma.show.plain import ascii_json, one_line

VERSION = "stemma-export/1"
_DEFAULTS = Query()
#: What counts are not: selection is a claim too.
_COUNTS = "Counts tell what was added to this archive, not what was said or published."


@dataclass(slots=True)
class Tally:
    """What passed: pages and statements, of which outlets, and the newest capture."""

    counts: Counter[str] = field(default_factory=Counter)
    outlets: Counter[str] = field(default_factory=Counter)
    reserving: Counter[str] = field(default_factory=Counter)  #: pages that reserve, by outlet
    newest: str | None = None

    def passing(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """The same batches, counted."""
        for batch in batches:
            page = batch.article
            outlet = page.outlet or NO_OUTLET
            self.outlets[outlet] += 1
            self.reserving[outlet] += bool(page.reserved)
            self.counts["pages"] += 1
            self.counts["statements"] += len(batch.statements)
            self.counts["pages that reserve their words"] += bool(page.reserved)
            self.newest = max(filter(None, (self.newest, page.fetched)), default=None)
            yield batch

    def lines(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The same lines of JSON, counted by the kind that each begins with."""
        for line in pieces:
            self.counts[line[:40].split(b'"', 4)[3].decode("ascii", "replace")] += 1
            yield line


@dataclass(frozen=True, slots=True)
class Notice:
    """Whose texts leave: told before whole texts are written."""

    outlet: str
    pages: int
    reserving: int

    @property
    def told(self) -> str:
        """The notice as a sentence."""
        kept = f" {counted(self.reserving, 'pages')} of it reserve what is done with them." if self.reserving else ""
        return (
            f"{one_line(self.outlet)}: {counted(self.pages, 'pages')}. No licence of its texts is known here; the "
            f"rights are the outlet's or its authors'.{kept}"
        )


def notices(archive: Source, asked: Asked) -> list[Notice]:
    """One for each outlet whose pages an export is of, the one with most pages first."""
    pages, reserving = Counter[str](), Counter[str]()
    for document, some in groupby(asked.lines(archive), key=lambda line: line.statement.document):
        outlet = named(next(some).outlet or "") or NO_OUTLET
        pages[outlet] += 1
        reserving[outlet] += bool(archive.leaving.sheet(document).reserved)
    return _notices(pages, reserving)


def _notices(pages: Counter[str], reserving: Counter[str]) -> list[Notice]:
    ranked = sorted(pages.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Notice(outlet, count, reserving[outlet]) for outlet, count in ranked]


def beginning(archive: Source, asked: Asked, form: str, wish: Wish) -> dict[str, Any]:
    """The part of a manifest that is known before anything is written: it can stand in the file itself."""
    meant = {} if asked.only else archive.leaving.understood(asked.query)
    runs = [structs.asdict(run) | {"options": dict(run.options)} for run in archive.runs()]
    return {
        "manifest": VERSION, "format": form, "notice": NOTICE, "program": f"Stemma {version('stemma-archive')}",
        "query": {"asked": question(asked), "understood": meant},
        "bodies": wish.bodies, "reserved": wish.reserved, "cut": None if wish.bodies else QUOTATION, "runs": runs,
    }  # fmt: skip


def question(asked: Asked) -> dict[str, Any]:
    """The query as it was asked: what narrows it, under the names of ``Query``."""
    if asked.only or asked.is_everything:
        return {"id": asked.only} if asked.only else {"everything": True}
    plain = to_builtins(asked.typed or asked.query)
    unlike = {name: value for name, value in plain.items() if value != getattr(_DEFAULTS, name)}
    return {name: value for name, value in unlike.items() if value is not None}


def ended(begun: dict[str, Any], tally: Tally, files: Iterable[dict[str, Any]]) -> bytes:
    """The whole manifest, as JSON in which no character steers a screen, keys in a fixed order."""
    rights = [{**to_builtins(each), "told": each.told} for each in _notices(tally.outlets, tally.reserving)]
    counts = {name: count for name, count in sorted(tally.counts.items()) if count}
    told = begun | {
        "counts": counts,
        "counts_mean": _COUNTS,
        "newest_capture": tally.newest,
        "rights": rights,
        "files": list(files),
    }
    return ascii_json(json.format(json.encode(told), indent=2).decode()).encode() + b"\n"


class Hashed:
    """Bytes on their way into a file: how many, and their SHA-256."""

    def __init__(self) -> None:
        self._hash, self.size = sha256(), 0

    def passing(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The same bytes, counted; empty pieces are left out."""
        for piece in pieces:
            if piece:
                self._hash.update(piece)
                self.size += len(piece)
                yield piece

    def told(self, name: str) -> dict[str, Any]:
        """What a manifest says of the file."""
        return {"name": name, "bytes": self.size, "sha256": self._hash.hexdigest()}
