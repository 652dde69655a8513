"""Lines: a statement with its speakers, its chain and its carrier."""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable, Iterator
from functools import cache
from importlib.resources import files

from stemma.archive.answers.names import entity_of, preferred_name
from stemma.archive.corrections.access import suppressed
from stemma.archive.corrections.desk.before import before
from stemma.archive.corrections.overlay.covering import BLOCK
from stemma.archive.pages.index import name_row, outlet_of, published_of, spelling_row
from stemma.archive.pages.leaf import load_leaf, shown_snapshot
from stemma.archive.pages.reading import Leaf, Speaker, described_of, form_of, rivals_of, speakers_of, title_of
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.archive.utterances.joining import variants_between
from stemma.archive.views import Hop, Line, Was, Who
from stemma.records import Correction, Mention, Relay, Statement
from stemma.text.words import fold

WITHHELD = "name withheld"  #: stands for somebody who is suppressed
#: Words on a page that bear on each of its statements.
_OF_PAGE = frozenset({"outlet", "published", "title"})


def lines_at(store: Store, rows: Iterable[int]) -> list[Line]:
    """Lines of these rows of statements, in the same order."""
    return [line_at(store, row) for row in rows]


def line_at(store: Store, row: int) -> Line:
    """The line of one row of a statement. Raises ``KeyError`` for an unknown row."""
    found = store.one("SELECT document, n FROM line WHERE row = ?", row)
    if not found:
        raise KeyError(row)
    leaf = load_leaf(store, found[0])
    return _line(store, leaf, found[1], row)


def lines_of(store: Store, leaf: Leaf) -> list[Line]:
    """All lines of the current reading of a document, in order of place."""
    rows = store.all("SELECT n, row FROM line WHERE document = ?", leaf.row)
    lines = [_line(store, leaf, n, row) for n, row in rows]
    return sorted(lines, key=lambda line: (line.statement.content[0].start, line.statement.depth, line.statement.id))


def _line(store: Store, leaf: Leaf, n: int, row: int) -> Line:
    statement, snapshot = leaf.statements[n], shown_snapshot(store, leaf.snapshot)
    published, basis = published_of(leaf, snapshot)
    utterance, witnesses = utterance_of(store, row, statement)
    words = tuple(_words(leaf, statement))
    return Line(
        statement=statement,
        speakers=speakers_in(store, leaf, n),
        rivals=_rivals(store, leaf, n),
        chain=tuple(_chain(store, leaf, statement)),
        snapshot=snapshot,
        title=title_of(leaf),
        outlet=outlet_of(leaf, snapshot),
        published=published,
        published_basis=basis,
        utterance=utterance,
        witnesses=witnesses,
        corrections=tuple(word for _, word in words),
        was=was_in(store, leaf, words),
    )


def was_in(store: Store, leaf: Leaf, words: Iterable[tuple[str, Correction]]) -> tuple[Was, ...]:
    """What was derived where these words of a page hold."""
    return before(store, leaf.row, words, lambda derived, n: speakers_in(store, derived, n))


def _words(leaf: Leaf, statement: Statement) -> Iterator[tuple[str, Correction]]:
    """People's words on a statement, on who speaks, on what is told of its page beside it, on what is covered in it."""
    voices = {who.form for who in speakers_of(leaf)[leaf.statements.index(statement)]}
    covered = any(BLOCK in piece.exact for piece in (*statement.source, *statement.cue, *statement.content))
    for target, word in leaf.laid:
        own = target == statement.id or (target == leaf.document.id and word.field in _OF_PAGE)
        own = own or (word.field == "means" and word.value in voices)
        if own or (covered and word.field == "redaction"):
            yield target, word


def utterance_of(store: Store, row: int, statement: Statement) -> tuple[str, int]:
    """Id of the utterance of a statement, minted from its earliest witness, and how many witnesses it has.

    Captures of one address are one, and so is a page that has the words twice.
    """
    found = store.one("SELECT first FROM utterance WHERE line = ?", row)
    if not found:
        return utterance_id(statement), 1
    count = store.one(
        "SELECT count(DISTINCT coalesce(document.address, -document.row)) FROM utterance "
        "JOIN line ON line.row = utterance.line JOIN document ON document.row = line.document WHERE first = ?",
        found[0],
    )
    first = store.one("SELECT document, n FROM line WHERE row = ?", found[0])
    assert count
    assert first
    return utterance_id(load_leaf(store, first[0]).statements[first[1]]), int(count[0])


def utterance_id(statement: Statement) -> str:
    """The id that a statement mints for an utterance; any witness's leads to it."""
    return "w" + statement.id[1:]


def speakers_in(store: Store, leaf: Leaf, n: int) -> tuple[Who, ...]:
    """Who speaks in a statement of a page; nobody where that is not told."""
    statement, hidden = leaf.statements[n], suppressed(store)
    if found := speakers_of(leaf)[n]:
        return tuple(_who(store, each, hidden) for each in found)
    if statement.id in leaf.spoken:
        return ()
    if described := described_of(leaf, n):
        return tuple(Who(name=each.form, reason=each.reason, confidence=each.confidence) for each in described)
    words = " ".join(" ".join(piece.exact for piece in statement.source).split())
    if not words or fold(words) in pronouns() or rivals_of(leaf, n):
        return ()
    return (Who(name=words, reason="as the source words it", confidence=statement.confidence),)


def _rivals(store: Store, leaf: Leaf, n: int) -> tuple[Who, ...]:
    """Who may speak, where the page leaves it open."""
    if leaf.statements[n].id in leaf.spoken:
        return ()
    hidden, names = suppressed(store), {mention.id for mention in leaf.mentions}
    return tuple(
        _who(store, each, hidden) if each.mention in names else Who(name=each.form, reason=each.reason)
        for each in rivals_of(leaf, n)
    )


def _who(store: Store, speaker: Speaker, hidden: Container[int]) -> Who:
    name = spelling_row(store, speaker.form, speaker.kind)
    if name in hidden:
        return Who(name=WITHHELD, reason="a person asked not to be listed")
    return Who(
        name=preferred_name(store, name),
        entity=entity_of(store, name),
        role=speaker.role,
        reason=speaker.reason,
        confidence=speaker.confidence,
    )


def _called(store: Store, name: int) -> str:
    return WITHHELD if name in suppressed(store) else preferred_name(store, name)


def _carrier(store: Store, mention: Mention) -> str:
    """The name of a carrier; one without a name is called as the page words it."""
    return _called(store, name_row(store, mention)) if mention.named else form_of(mention)


@cache
def pronouns() -> frozenset[str]:
    """Sources that name nobody, folded."""
    table: dict[str, list[str]] = tomllib.loads(
        files("stemma.archive.answers").joinpath("pronouns.toml").read_text("utf-8")
    )
    return frozenset(fold(word) for words in table.values() for word in words)


def _chain(store: Store, leaf: Leaf, statement: Statement) -> list[Hop]:
    """What the page says of this statement, else of the whole page; then documents of similar wording."""
    own = [relay for relay in leaf.relays if relay.statement == statement.id]
    of_page = [relay for relay in leaf.relays if relay.statement is None]
    told = sorted(own or of_page, key=lambda relay: relay.hop)
    names = {mention.id: mention for mention in (*leaf.mentions, *leaf.strangers)}
    hops = [
        Hop(
            _carrier(store, names[each.exemplar]),
            each.kind,
            each.id,
            each.evidence,
            None,
            each.confidence,
        )
        for each in told
        if each.exemplar in names
    ]
    return hops + _reused(store, leaf, statement)


#: Traced relays of a document to others that are shown.
_REUSED = (
    "SELECT body, right FROM fact JOIN document ON document.row = right "
    "WHERE kind = 'y' AND left = ? AND reading IS NOT NULL"
)


def _reused(store: Store, leaf: Leaf, statement: Statement) -> list[Hop]:
    """Documents that this one has wording from, where the wording is this statement's."""
    rows = store.all(_REUSED, leaf.row)
    relays = [(record, right) for body, right in rows if isinstance(record := unpack_record(body), Relay)]
    return [
        Hop(carrier_name(store, right), relay.kind, relay.id, None, relay.exemplar, relay.confidence)
        for relay, right in sorted(relays, key=lambda pair: (pair[0].hop, pair[0].id))
        if relay.statement == statement.id or (relay.statement is None and _shares(store, leaf.row, right, statement))
    ]


def _shares(store: Store, document: int, other: int, statement: Statement) -> bool:
    sides = [variant.left for variant in variants_between(store, document, other)]
    return any(piece.start < side.end and side.start < piece.end for side in sides for piece in statement.content)


def carrier_name(store: Store, document: int) -> str:
    """The outlet of a document, else its title, else where its bytes were found."""
    leaf = load_leaf(store, document)
    snapshot = shown_snapshot(store, leaf.snapshot)
    return outlet_of(leaf, snapshot) or title_of(leaf) or snapshot.origin
