"""What the archive answers: frozen views, computed from records and never stored as facts."""

from __future__ import annotations

from dataclasses import dataclass

from stemma.records import (
    Document,
    Evidence,
    Field,
    Judgement,
    Label,
    Mention,
    Problem,
    RelayKind,
    Snapshot,
    Statement,
    StatementKind,
    Time,
    Variant,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Who:
    """A speaker as the archive knows him: ``entity`` is the id of the Person view, ``None`` where no name was found."""

    name: str  #: preferred form; the words of the source where no mention was found ("an official")
    entity: str | None = None
    role: str | None = None  #: as worded in this document
    reason: str = ""  #: how the source came to mean this one ("name in the source", "pronoun: last speaker")
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop of the chain from carrier to speaker, nearest to the carrier first."""

    name: str
    kind: RelayKind
    relay: str  #: id of the Relay
    evidence: Evidence | None
    document: str | None = None  #: where the exemplar is a document of this archive
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """A statement with all that must stand beside it wherever it is printed."""

    statement: Statement
    speakers: tuple[Who, ...]  #: empty: speaker not identified
    chain: tuple[Hop, ...]  #: empty: the carrier names nobody between itself and the speaker
    snapshot: Snapshot
    title: str | None
    outlet: str | None  #: the carrier; None: unknown
    published: str | None  #: ISO day or instant; None: unknown
    published_basis: str | None
    utterance: str | None  #: id of the Utterance view
    witnesses: int = 1  #: statements of that utterance, this one included


@dataclass(frozen=True, slots=True)
class Article:
    """One document with everything that was found in it, in order of place."""

    document: Document
    snapshot: Snapshot
    title: str | None
    outlet: str | None
    published: str | None
    published_basis: str | None
    language: str | None
    labels: tuple[Label, ...]
    fields: tuple[Field, ...]
    mentions: tuple[Mention, ...]
    times: tuple[Time, ...]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    versions: tuple[str, ...]  #: ids of the documents of the same address, by stated capture time where there is one


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of a name, how often and where it is used."""

    name: str
    count: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """An entity (person, organisation, outlet, place or work) as a view over judgements."""

    id: str
    name: str  #: preferred form: the most frequent full one
    kind: str
    forms: tuple[Form, ...]
    roles: tuple[tuple[str, str | None, str], ...]  #: role as worded, day of the document, document id
    lines: tuple[Line, ...]  #: statements by this one, newest first, as many as were asked for
    judgements: tuple[Judgement, ...]
    statements: int = 0  #: how many there are in all


@dataclass(frozen=True, slots=True)
class Utterance:
    """One speech act as its witnesses carry it, earliest first; undated witnesses last."""

    id: str
    lines: tuple[Line, ...]
    variants: tuple[Variant, ...]  #: between contents of these statements
    tied: tuple[str, ...] = ()  #: ids of statements that share their day with a neighbour, the order not known


@dataclass(frozen=True, slots=True)
class Query:
    """A search over statements; every field narrows it. ``words`` is read by rules told in ``BadQuery``."""

    words: str = ""  #: words (all must occur), "a phrase", -word; in content, source, cue or title
    speaker: str | None = None  #: any form of a name
    outlet: str | None = None
    since: str | None = None  #: ISO day, inclusive, on the publication day
    until: str | None = None
    kind: StatementKind | None = None
    limit: int | None = 25
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Outlet:
    """A carrier, how many of its pages are here and of which days."""

    name: str
    documents: int
    statements: int
    first: str | None  #: earliest stated publication; None: all undated
    last: str | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of an archive."""

    pages: int
    documents: int
    statements: int
    speakers: int
    relays: int
    variants: int
    utterances: int
    problems: int
    outlets: int


@dataclass(frozen=True, slots=True)
class Unresolved:
    """What could not be told, as ids and words for the dossier and the review desk."""

    speakers: tuple[Line, ...]  #: statements whose speaker is not identified
    undated: tuple[Article, ...]
    outletless: tuple[Article, ...]
    unsure: tuple[tuple[Judgement, str, str], ...]  #: judgement and the two names
