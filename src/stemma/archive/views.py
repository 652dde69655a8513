"""What the archive answers: frozen views, computed from records and never stored as facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stemma.records import (
    Correction,
    Document,
    Evidence,
    Field,
    Judgement,
    Label,
    Mention,
    Problem,
    RelayKind,
    Run,
    Snapshot,
    Statement,
    StatementKind,
    Time,
    Variant,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stone:
    """What stands in place of something that a person withdrew: a page, a statement, somebody."""

    id: str
    kind: str  #: page | statement | person | another record of a withdrawn page, by its kind
    when: str  #: ISO 8601 instant
    by: str
    ground: str
    correction: Correction  #: the word itself; to undo it, name its id


@dataclass(frozen=True, slots=True)
class Was:
    """What was derived where a person's word holds now, as far as it may be shown."""

    correction: str  #: id of the word
    value: str  #: in the form of the word's value; of a content the words themselves; "": nothing was derived
    basis: str  #: how it was told: a rule, the basis of a field
    confidence: float


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that the archive holds on somebody, and what it is to that person."""

    held: str  #: mention | statement by | statement naming | judgement | correction | page | withdrawn page
    document: str | None  #: id of the page that it stands in; None for what is of no page
    item: Mention | Line | Judgement | Correction | Snapshot


@dataclass(frozen=True, slots=True)
class Who:
    """A speaker as the archive knows him: ``entity`` is the id of the Person view, ``None`` where no name was found."""

    name: str  #: preferred form; the words of the source where no mention was found ("an official")
    entity: str | None = None
    role: str | None = None  #: as worded in this document
    #: How the source came to mean this one ("name in the source", "pronoun: last speaker", "corrected by NAME: why").
    reason: str = ""
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
    witnesses: int = 1  #: pages that carry that utterance, this one included; captures of one address are one
    corrections: tuple[Correction, ...] = ()  #: people's words that bear on what is shown here, oldest first
    was: tuple[Was, ...] = ()  #: what these words stand in place of
    rivals: tuple[Who, ...] = ()  #: between whom the page leaves it open who speaks, the likeliest first


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
    #: Ids of the documents of the same address, or item where there is none, by stated capture time where there is one.
    versions: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()  #: people's words on the page and on what was found in it, oldest first
    was: tuple[Was, ...] = ()  #: what these words stand in place of


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of a name, how often and where it is used."""

    name: str
    count: int
    outlets: tuple[str, ...]
    script: str = ""  #: of its letters, by Unicode; "" where it was not asked for
    languages: tuple[str, ...] = ()  #: of the pages that use it, as far as they are known
    #: Each outlet that uses it and how often, the most frequent first; None: pages whose outlet is not known.
    uses: tuple[tuple[str | None, int], ...] = ()


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
    corrections: tuple[Correction, ...] = ()  #: people's words on this one and on these judgements, oldest first


@dataclass(frozen=True, slots=True)
class Utterance:
    """One speech act as its witnesses carry it, earliest first; undated witnesses last."""

    id: str
    lines: tuple[Line, ...]
    variants: tuple[Variant, ...]  #: between contents of these statements
    tied: tuple[str, ...] = ()  #: ids of statements that share their day with a neighbour, the order not known
    elsewhere: tuple[
        Line, ...
    ] = ()  #: statements of the same words that pages take for another speaker's, earliest first


#: Days of a statement: when its page was published, when the page says that it was said, or one of the two.
DayOf = Literal["either", "said", "published"]
DayBasis = Literal["said", "published"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A statement in its place in time.

    The day is that on which it was said where the page tells it; else that of publication, the latest that it can be.
    """

    day: str  #: ISO day; of a page that is dated by month or year its first day
    basis: DayBasis
    line: Line

    @property
    def earliest(self) -> str | None:
        """The first day on which it can have been said; None: not known."""
        return self.day if self.basis == "said" else None


@dataclass(frozen=True, slots=True)
class Query:
    """A search over statements; every field narrows it."""

    words: str = ""  #: in the language of ``stemma.archive.answers.search.language``
    speaker: str | None = None  #: any form of a name
    outlet: str | None = None
    since: str | None = None  #: ISO day, inclusive
    until: str | None = None
    day: DayOf = "either"  #: which day of a statement lies between them
    kind: StatementKind | None = None
    edited: bool = False  #: only statements that another capture of their page words otherwise or lacks
    limit: int | None = 25
    offset: int = 0
    within: frozenset[str] | None = None  #: ids of the documents that it is asked of; None: of all
    after: str | None = None  #: the cursor of a hit: what stands behind it
    ranked: bool = False  #: the best of the newest 20,000 hits first, by BM25; else the newest first


@dataclass(frozen=True, slots=True)
class Found:
    """A statement that fits a query."""

    line: Line
    after: str  #: the cursor of the place behind it, for ``Query.after``


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """A page with its statements that fit a query."""

    article: Article
    lines: tuple[Line, ...]
    after: str  #: the cursor of the place behind it, for ``Query.after``


@dataclass(frozen=True, slots=True)
class Understood:
    """One term of a query as it was understood."""

    text: str  #: as typed
    start: int  #: its place in the query, in characters
    end: int
    minus: bool
    field: str | None  #: None: words
    value: str  #: what is asked for; of an entity's id its name
    forms: tuple[str, ...]  #: further forms of a name that are looked for with it, the most used first
    known: bool  #: False: nothing in this archive is called so
    phrase: bool
    begins: bool  #: the last word may go on
    near: tuple[str, ...]  #: of words near each other each of them
    distance: int


@dataclass(frozen=True, slots=True)
class WayOut:
    """Another question, where nothing fits the one that was asked."""

    why: str  #: alone (one term of it) | without (a term) | any day | any speaker, outlet and kind | name
    words: str
    hits: int


@dataclass(frozen=True, slots=True)
class FacetValue:
    """How many of the counted hits have one value."""

    value: str  #: as it stands in a query behind its field
    shown: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The most frequent values of one field, and how many further ones there are."""

    field: str
    values: tuple[FacetValue, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Facets over the newest hits."""

    counted: int  #: how many hits were looked at: all, or the newest 20,000
    facets: tuple[Facet, ...]


Unit = Literal["day", "month", "quarter", "year", "decade"]


@dataclass(frozen=True, slots=True)
class Bar:
    """Hits of one period of publication, both days included."""

    first: str
    last: str
    count: int


@dataclass(frozen=True, slots=True)
class Days:
    """All hits by day of publication."""

    unit: Unit
    bars: tuple[Bar, ...]  #: without a gap, from the first to the last period that has a hit
    undated: int
    total: int


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
class Period:
    """What one outlet published in one day, month or year, as far as it is in this archive."""

    name: str  #: "2025-10-24", "2025-10" or "2025"
    pages: int
    days: int  #: days of it that have a page; 0 where the pages tell no day


@dataclass(frozen=True, slots=True)
class Gap:
    """Periods in a row of which no page of the outlet is in this archive: never that nothing was published then."""

    first: str
    last: str
    periods: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which pages of one outlet are in this archive, by day of publication."""

    outlet: str | None  #: None: pages whose outlet is not known
    by: str  #: day, month or year: what a period is
    pages: int
    statements: int
    undated: int  #: pages without a day of publication
    vague: int  #: pages dated more coarsely than a period is long ("2025" among months); they stand in none
    days: int  #: days that have a page
    first: str | None  #: earliest and latest publication, day or coarser; None: all undated
    last: str | None
    periods: tuple[Period, ...]  #: those that have a page, in order
    gaps: tuple[Gap, ...]  #: those between the first and the last that have none, in order


@dataclass(frozen=True, slots=True)
class Span:
    """What an archive covers, in one line."""

    outlets: int
    first: str | None  #: earliest and latest stated publication, ISO day or coarser; None: all undated
    last: str | None
    gaps: int  #: stretches of months between an outlet's first and last of which no page of it is here


@dataclass(frozen=True, slots=True)
class Trouble:
    """Problems of one kind."""

    stage: str
    cause: str  #: what their messages have in common
    count: int
    example: str  #: id of one of them


@dataclass(frozen=True, slots=True)
class Use:
    """A run and what it is to this archive."""

    run: Run
    latest: bool  #: no later run of its stage was made
    pages: int  #: pages whose newest reading rests on it; 0 for stages that work on several pages


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much there is of what."""

    payload: int  #: bytes of the pages as they came
    captures: int  #: bytes on disk
    database: int  #: bytes on disk
    text: int  #: characters


@dataclass(frozen=True, slots=True)
class Words:
    """How many words of people hold in the archive, and how many were taken back."""

    corrections: int  #: fields set right
    judgements: int
    withdrawals: int
    redactions: int
    undone: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What an archive holds and lacks, counted."""

    pages: int  #: captures kept
    documents: int  #: those of them that are shown: with text, and not withdrawn
    statements: int
    outlets: int
    outletless: int  #: documents whose outlet is not known
    undated: int  #: documents without a day of publication
    languages: tuple[tuple[str | None, int], ...]  #: most frequent first; None: not known
    reservations: tuple[tuple[str, int], ...]  #: documents by what they reserve; those of none are left out
    troubles: tuple[Trouble, ...]  #: most frequent first
    runs: tuple[Use, ...]
    sizes: Sizes
    words: Words


@dataclass(frozen=True, slots=True)
class Unresolved:
    """What could not be told, as ids and words for the dossier and the review desk."""

    speakers: tuple[Line, ...]  #: statements whose speaker is not identified
    undated: tuple[Article, ...]
    outletless: tuple[Article, ...]
    unsure: tuple[tuple[Judgement, str, str], ...]  #: judgement and the two names
