"""Exports: what is on screen, or everything, in the forms of other programs, each with a manifest.

from stemma.show.exports import Asked, Wish, exported

export = exported(archive, Asked(Query(words="lamps", limit=None)), "csv", Wish())
export.count, export.size           # known before: statements, and bytes roughly
for piece in export: ...            # bytes, streamed
export.manifest("lamps.csv")        # afterwards, with the hash of what was written
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args

from stemma.archive.captures.wacz import Packed
from stemma.archive.views import Utterance
from stemma.errors import BadValue
from stemma.show.exports.asking import Asked, Source, Wish
from stemma.show.exports.carried import carried, likenesses, speech_act
from stemma.show.exports.entities.lines import json_lines
from stemma.show.exports.entities.linked import linked
from stemma.show.exports.entities.money import money
from stemma.show.exports.entities.stix import stix
from stemma.show.exports.manifest import Hashed, Notice, Tally, beginning, ended, notices
from stemma.show.exports.rows import ArticleRow, Batch
from stemma.show.exports.tables.database import database, described
from stemma.show.exports.tables.parquet import parquet
from stemma.show.exports.tables.separated import separated
from stemma.show.exports.telling import Teller
from stemma.show.plain import ascii_json

__all__ = ["FORMS", "KINDS", "Asked", "Export", "Form", "Kind", "Notice", "Source", "Wish", "exported", "notices"]

Form = Literal[
    "records", "gold", "csv", "jsonl", "parquet", "jsonld", "ftm", "stix", "sqlite", "tei", "graphml", "hops", "svg",
    "likenesses", "wacz",
]  # fmt: skip
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a form is: its media type, the ending of its files, what it holds in a few words."""

    media: str
    ending: str
    holds: str
    of: Literal["statements", "utterances", "captures", "archive"] = "statements"


KINDS: dict[Form, Kind] = {
    "csv": Kind("text/csv; charset=utf-8", "csv", "statements for spreadsheets"),
    "jsonl": Kind("application/jsonl", "jsonl", "statements, an object a line; can be joined"),
    "parquet": Kind("application/vnd.apache.parquet", "parquet", "statements for pandas, DuckDB, Arrow"),
    "sqlite": Kind("application/vnd.sqlite3", "sqlite", "statements, pages, persons, hops for SQL and Datasette"),
    "jsonld": Kind("application/ld+json", "jsonld", "statements as schema.org and PROV-O"),
    "ftm": Kind("application/json+ftm", "ftm.json", "entities of FollowTheMoney (Aleph, OpenSanctions)"),
    "stix": Kind("application/stix+json;version=2.1", "stix.json", "a bundle of STIX 2.1"),
    "tei": Kind("application/tei+xml", "xml", "critical apparatus of utterances", "utterances"),
    "graphml": Kind("application/graphml+xml", "graphml", "who has it from whom, for Gephi, networkx", "utterances"),
    "hops": Kind("text/csv; charset=utf-8", "hops.csv", "who has it from whom, a hop a row", "utterances"),
    "svg": Kind("image/svg+xml", "svg", "the tree of one utterance", "utterances"),
    "likenesses": Kind(
        "text/csv; charset=utf-8", "likenesses.csv", "which statements resemble each other, a pair a row", "utterances"
    ),
    "wacz": Kind("application/wacz+zip", "wacz", "captures that replay in a browser", "captures"),
    "records": Kind("application/jsonl", "jsonl", "every record of the archive; can be joined", "archive"),
    "gold": Kind("application/jsonl", "jsonl", "what people set right or confirmed", "archive"),
}  # fmt: skip
_SAMPLE = 24  #: pages by which the size of a file is estimated
_PIECE = 1 << 18  #: bytes read at a time


def exported(archive: Source, asked: Asked, form: Form, wish: Wish = Wish()) -> Export:  # noqa: B008 (frozen)
    """An export: to be read once, piece by piece; nothing is read of the archive before.

    Raises ``BadValue`` where a form takes no query, ``NeedsExtra``, and what ``Asked.lines`` raises.
    """
    if KINDS[form].of == "archive" and not asked.is_everything:
        raise BadValue("format", form, "no query beside it: it is of the whole archive")
    return Export(archive, asked, form, wish)


@dataclass
class Export:
    """One export on its way out; ``packed`` is told of a WACZ once it was read."""

    archive: Source
    asked: Asked
    form: Form
    wish: Wish
    packed: Packed | None = None
    _tally: Tally = field(default_factory=Tally)
    _hashed: Hashed = field(default_factory=Hashed)

    @property
    def kind(self) -> Kind:
        """Media type and ending."""
        return KINDS[self.form]

    @property
    def count(self) -> int:
        """How many statements it is of."""
        return self.asked.count(self.archive)

    @property
    def size(self) -> int | None:
        """Roughly how many bytes it will have, by what some pages give; None where that tells nothing."""
        if self.kind.of != "statements":
            return None
        some = list(islice(Teller(self.archive, self.wish).batches(self.asked), _SAMPLE))
        few = sum(len(batch.statements) for batch in some)
        empty, found = (sum(map(len, self._of_batches(iter(each)))) for each in ([], some))
        return empty + (found - empty) * self.count // few if few else found

    def __iter__(self) -> Iterator[bytes]:
        """The bytes, in pieces."""
        return self._hashed.passing(self._pieces())

    def _pieces(self) -> Iterator[bytes]:
        match self.form:
            case "records":
                yield from self._tally.lines(self.archive.export(bodies=self.wish.bodies, reserved=self.wish.reserved))
                self._tally.newest = self.archive.leaving.newest()
            case "gold":
                yield from self._tally.lines(self.archive.gold(reserved=self.wish.reserved))
            case "wacz":
                yield from self._captures()
            case "tei" | "graphml" | "svg":
                yield from carried(self.archive, self.asked, self.form, self.wish)
            case "hops":
                yield from carried(self.archive, self.asked, "csv", self.wish)
            case "likenesses":
                yield from likenesses(self.archive, self.asked)
            case _:
                teller = Teller(self.archive, self.wish)
                yield from self._of_batches(self._tally.passing(teller.batches(self.asked)))

    def _of_batches(self, batches: Iterator[Batch]) -> Iterator[bytes]:
        match self.form:
            case "csv":
                return separated(batches)
            case "jsonl":
                return json_lines(batches)
            case "jsonld":
                return linked(batches)
            case "ftm":
                return money(batches)
            case "stix":
                return stix(batches)
            case "parquet":
                return parquet(batches, _plain(self._begun()).encode())
            case _:
                about = {
                    name: value if isinstance(value, str) else _plain(value) for name, value in self._begun().items()
                }
                return database(batches, about, _Beside(self.archive, self.wish), self.wish.limit)

    def _captures(self) -> Iterator[bytes]:
        """The WACZ, which is made beside, in a temporary folder."""
        only = None if self.asked.is_everything else {line.snapshot.id for line in self.asked.lines(self.archive)}
        with TemporaryDirectory() as folder:
            path = Path(folder) / "export.wacz"
            self.packed = self.archive.leaving.write_wacz(path, only, reserved=self.wish.reserved)
            self._tally.counts.update({f"captures {name}": count for name, count in self.packed._asdict().items()})
            with path.open("rb") as file, closing(file):
                while piece := file.read(_PIECE):
                    yield piece

    def _begun(self) -> dict[str, Any]:
        return beginning(self.archive, self.asked, self.form, self.wish)

    def manifest(self, name: str) -> bytes:
        """What it says of itself, after the last piece; ``name``: of the file. Of SQLite Datasette's metadata too."""
        told = self._begun()
        told |= described(self.wish.title, {"notice": told["notice"]}) if self.form == "sqlite" else {}
        return ended(told, self._tally, [self._hashed.told(name)])


def _plain(value: object) -> str:
    from msgspec import json  # noqa: PLC0415 - one line

    return ascii_json(json.encode(value).decode())


class _Beside:
    """What stands beside statements in a database."""

    def __init__(self, archive: Source, wish: Wish) -> None:
        self._archive, self._wish, self._teller = archive, wish, Teller(archive, wish)

    def utterance(self, utterance_id: str) -> Utterance | None:
        return speech_act(self._archive, utterance_id)

    def article(self, document_id: str) -> ArticleRow:
        return self._teller.article(document_id)

    def is_worded(self, document_id: str) -> bool:
        return self._wish.reserved or not self._archive.leaving.sheet(document_id).reserved
