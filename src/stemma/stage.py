"""The two shapes of work. A stage is a named, versioned, pure function; no stage knows how many machines there are.

``Each`` turns one item into records; ``Group`` turns items that share a key into records, so that only
items that share a key ever meet. Functions are module-level and synchronous: no clock, no chance, no I/O.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar

from stemma.records import AnyRecord, Capture, Page, Run

Item = TypeVar("Item")

#: A key shared by more items than this yields a Problem instead of quadratic work.
FULLEST_KEY = 1_000
#: Versions of the built-in stages, raised with every change of what one gives. They stand here so that it can be told
#: whether an archive is behind without loading a room.
VERSION_OF = {
    "read": "5", "annotate": "7", "resolve": "5", "collate": "3", "versions": "2", "trace": "4", "repeats": "1",
}  # fmt: skip
EACH = ("read", "annotate")  #: those that see one page; the others compare
#: How statements are found: by rules and the network, or by the rules alone, which costs a quarter (docs/annotate.md).
Way = Literal["network", "rules"]


class Manner(NamedTuple):
    """How an archive has its pages annotated."""

    way: Way = "network"  #: how statements are found
    names: str = ""  #: the text of its list of names; empty: it has none

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """What the run of ``annotate`` notes beside its version: a digest of the list, and the way by rules."""
        listed = (("names", blake2b(self.names.encode(), digest_size=8).hexdigest()),) if self.names.strip() else ()
        return (*listed, ("statements", self.way)) if self.way != "network" else listed


USUAL = Manner()


class Offer(NamedTuple):
    """An item that a page offers to a Group stage, with the keys under which it meets others."""

    stage: str  #: name of the Group stage
    item: str  #: what makes the item one, within its stage
    packed: str  #: short text from which the item is rebuilt; of several for one item the smallest counts
    keys: tuple[str, ...]
    wakes: bool = False  #: whether it ends the rest of its keys (``Archive.settle``)


class Shelf(Protocol):
    """Where an item is rebuilt from: an archive, or the one page that offers it."""

    def text(self, document_id: str) -> str:
        """The text of a document."""

    def page(self, document_id: str) -> Page:
        """A document with its labels and fields."""


class Elsewhere(Protocol):
    """What pages and keys gave where they were worked on before; None where nobody did that, and it is done here."""

    def page(self, capture: Capture) -> list[AnyRecord | Offer] | None:
        """What ``page`` gives for a capture."""

    def key(self, stage: str, key: str, packed: Sequence[str]) -> Settled | None:
        """What a key with these packed items gives."""


class Portion(NamedTuple):
    """Some keys of a Group stage whose items changed, and who holds them: numbers that run parallel, sorted by key.

    Nothing is said of who holds a key that is too full.
    """

    stage: str
    names: Sequence[str]  #: of the keys
    full: frozenset[int]  #: numbers of keys with too many items
    holders: array[int]  #: the number of a key for each of its items
    items: array[int]  #: the row of the item


class Settled(NamedTuple):
    """What a key gave, and how many items it must have before it can give anything else (``Meeting.idle``)."""

    until: int
    found: Sequence[AnyRecord]


class Waiting(NamedTuple):
    """Captures to be read, how many they are, and how they are to be annotated."""

    captures: Iterable[Capture]
    total: int
    manner: Manner


@cache
def _run(stage: str, version: str, options: tuple[tuple[str, str], ...]) -> Run:
    """The one run of these: every page and every key asks for it, and its id is a hash."""
    return Run(stage=stage, version=version, options=options)


@dataclass(frozen=True, slots=True)
class Each(Generic[Item]):
    """``function(item) -> records`` (and offers to Group stages): read, annotate."""

    name: str
    version: str
    function: Callable[[Item], Iterable[AnyRecord | Offer]]
    options: tuple[tuple[str, str], ...] = field(default=())

    @property
    def run(self) -> Run:
        """The run that the records of this stage name."""
        return _run(self.name, self.version, self.options)


@dataclass(frozen=True, slots=True)
class Group(Generic[Item]):
    """``keys(item) -> strings`` and ``function(items, key) -> records``: resolve, collate.

    ``function`` gets the items that share one key, sorted, and that key. Two items may share several keys: a record
    that comes under more than one of them must be the same each time.
    """

    name: str
    version: str
    keys: Callable[[Item], Iterable[str]]
    function: Callable[[Sequence[Item], str], Iterable[AnyRecord]]
    options: tuple[tuple[str, str], ...] = field(default=())

    @property
    def run(self) -> Run:
        """The run that the records of this stage name."""
        return _run(self.name, self.version, self.options)


def built_in(name: str, manner: Manner = USUAL) -> Run:
    """The run of a built-in stage, told without loading its room."""
    return Run(stage=name, version=VERSION_OF[name], options=manner.options if name == "annotate" else ())


def way_of(runs: Iterable[Run]) -> Way:
    """How an archive with these runs has statements found: by rules alone where all its pages were read so."""
    ways = {dict(run.options).get("statements", "network") for run in runs if run.stage == "annotate"}
    return "rules" if ways == {"rules"} else "network"
