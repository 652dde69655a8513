"""A leaf as a value: one document with all that was found in it, and what follows from that alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from stemma.records import (
    AnyRecord,
    Correction,
    Derived,
    Document,
    Evidence,
    Field,
    FieldName,
    Label,
    Mention,
    MentionKind,
    Page,
    Reference,
    Relay,
    Statement,
    Time,
)  # fmt: skip

Kind = TypeVar("Kind", bound=Derived)
#: The kinds of record that lie packed with their page.
OF_A_PAGE = (Label, Field, Mention, Reference, Time, Statement, Relay)
CORRECTED = "corrected by "  #: how the reason or basis begins of what a person set right


class Parted(Mention, frozen=True, kw_only=True, tag="mention"):
    """A mention of which a person says that it means somebody who is called otherwise than it is spelled."""

    bearer: str  #: the name that the person gave


class Speaker(NamedTuple):
    """Who speaks: a spelling and its kind, from a mention of the page unless a person named somebody it does not."""

    form: str
    kind: MentionKind
    role: str | None  #: as worded in the page
    reason: str
    confidence: float
    mention: str | None  #: id; None: the page does not mention this one


@dataclass(frozen=True, slots=True)
class Leaf:
    """One reading of one document; ``row`` is the document's.

    ``mentions`` are names, ``strangers`` the words for those whom the page does not name. The last three tell what
    people said of it, and are empty in a reading as it was derived.
    """

    row: int
    snapshot: int
    document: Document
    labels: tuple[Label, ...]
    fields: tuple[Field, ...]
    mentions: tuple[Mention, ...]
    references: tuple[Reference, ...]
    times: tuple[Time, ...]
    statements: tuple[Statement, ...]
    relays: tuple[Relay, ...]
    strangers: tuple[Mention, ...] = ()
    spoken: Mapping[str, tuple[Speaker, ...]] = field(
        default_factory=dict
    )  #: by statements whose speaker was set right
    laid: tuple[tuple[str, Correction], ...] = ()  #: the id of what stands corrected here, and the word; oldest first
    waiting: tuple[Correction, ...] = ()  #: words whose place this reading no longer has

    @property
    def page(self) -> Page:
        """What the rooms after ``read`` get of it."""
        return Page(self.document, self.labels, self.fields)

    @property
    def records(self) -> list[AnyRecord]:
        """All of it, the document first."""
        return [
            self.document, *self.labels, *self.fields, *self.mentions, *self.strangers, *self.references, *self.times,
            *self.statements, *self.relays,
        ]  # fmt: skip


def leaf_of(row: int, snapshot: int, document: Document, records: Sequence[AnyRecord]) -> Leaf:
    """The records of one page by kind; each kind keeps its order, labels stand in order of place."""

    def only(kind: type[Kind]) -> tuple[Kind, ...]:
        return tuple(record for record in records if type(record) is kind)

    labels = tuple(sorted(only(Label), key=lambda label: (label.start, label.end)))
    named = tuple(each for each in only(Mention) if each.named)
    strangers = tuple(each for each in only(Mention) if not each.named)
    return Leaf(
        row, snapshot, document, labels, only(Field), named, only(Reference), only(Time), only(Statement),
        only(Relay), strangers,
    )  # fmt: skip


def best_field(leaf: Leaf, name: FieldName) -> Field | None:
    """The field that counts: highest confidence, ties first."""
    return max((field for field in leaf.fields if field.name == name), key=lambda field: field.confidence, default=None)


def title_of(leaf: Leaf) -> str | None:
    """What a person says it is, else the first title label, else the best field; on one line, None where unknown."""
    field = best_field(leaf, "title")
    if field and field.basis.startswith(CORRECTED):
        return field.value or None
    worded = (leaf.document.text[label.start : label.end] for label in leaf.labels if label.role == "title")
    return " ".join(next(worded, field.value if field else "").split()) or None


def form_of(mention: Mention) -> str:
    """The spelling on one line; of a mention that a person parted from its namesakes the name given to it."""
    return mention.bearer if isinstance(mention, Parted) else " ".join(mention.evidence.exact.split())


def speakers_of(leaf: Leaf) -> list[list[Speaker]]:
    """For each statement who speaks: whom a person named, else whom the references mean; several: a joint source.

    Speakers without a name are left to ``described_of``.
    """
    meant = _meant(leaf, leaf.mentions)
    return [list(leaf.spoken.get(each.id, meant.get(_span(anaphor_of(each)), ()))) for each in leaf.statements]


def described_of(leaf: Leaf, n: int) -> list[Speaker]:
    """Who speaks in a statement without being named on the page: his description where it stands in full."""
    return _meant(leaf, leaf.strangers).get(_span(anaphor_of(leaf.statements[n])), [])


def rivals_of(leaf: Leaf, n: int) -> list[Speaker]:
    """Between whom it is left open who speaks in a statement, the likeliest first; nobody where it is not."""
    known = {mention.id: mention for mention in (*leaf.mentions, *leaf.strangers)}
    place = _span(anaphor_of(leaf.statements[n]))
    return [
        _speaker(reference, known[each])
        for reference in leaf.references
        if (reference.anaphor.start, reference.anaphor.end) == place
        for each in reference.rivals
        if each in known
    ]


def _meant(leaf: Leaf, among: Sequence[Mention]) -> dict[tuple[int, int], list[Speaker]]:
    mentions = {mention.id: mention for mention in among}
    meant: dict[tuple[int, int], list[Speaker]] = {}
    for reference in leaf.references:
        if mention := mentions.get(reference.antecedent):
            place = (reference.anaphor.start, reference.anaphor.end)
            meant.setdefault(place, []).append(_speaker(reference, mention))
    return meant


def _speaker(reference: Reference, mention: Mention) -> Speaker:
    reason, sure = reference.reason, reference.confidence
    if isinstance(mention, Parted):
        reason, sure = mention.reason, min(mention.confidence, sure)
    return Speaker(form_of(mention), mention.kind, mention.role, reason, sure, mention.id)


def anaphor_of(statement: Statement) -> Evidence | None:
    """Where a reference to the speaker hangs: the source, else the cue, else the content."""
    pieces = statement.source or statement.cue or statement.content
    return pieces[0] if pieces else None


def _span(piece: Evidence | None) -> tuple[int, int]:
    return (piece.start, piece.end) if piece else (-1, -1)


def said_words(leaf: Leaf, n: int) -> str:
    """The content of a statement, as indexed text is made from it."""
    return " ".join(piece.exact for piece in leaf.statements[n].content)


def around_words(leaf: Leaf, n: int) -> str:
    """Source, cue and the page's title."""
    statement = leaf.statements[n]
    return " ".join([piece.exact for piece in (*statement.source, *statement.cue)] + [title_of(leaf) or ""])
