"""What the tracing of a transmission needs: documents joined by shared wording, and what it gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stemma.archive.pages.add import document_row
from stemma.archive.pages.index import outlet_of, published_of
from stemma.archive.pages.leaf import Leaf, form_of, load_leaf, snapshot_at, state_of
from stemma.archive.relations import stale
from stemma.archive.relations.facts import filled, give, withdraw
from stemma.archive.relations.graph import closure
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.records import Problem, Relay, Snapshot, Variant, Witness, prose
from stemma.text.words import WORD

TRACE = "trace"  #: the stage that draws trees
#: Documents that variants join; superseded ones join nothing.
_NEIGHBOURS = (
    "SELECT fact.right FROM fact JOIN document ON document.row = fact.right "
    "WHERE kind = 'v' AND fact.left = ?1 AND reading IS NOT NULL "
    "UNION SELECT fact.left FROM fact JOIN document ON document.row = fact.left "
    "WHERE kind = 'v' AND fact.right = ?1 AND reading IS NOT NULL"
)


def variants_among(store: Store, rows: set[int]) -> Iterator[Variant]:
    """Variants between two of these documents, in order of their places."""
    found = [
        record
        for row in sorted(rows)
        for body, left, right in store.all("SELECT body, left, right FROM fact WHERE kind = 'v' AND left = ?", row)
        if right in rows and isinstance(record := filled(store, unpack_record(body), left, right), Variant)
    ]
    yield from sorted(found, key=_place)


def _place(variant: Variant) -> tuple[str, int, str, int, str]:
    return variant.left.document, variant.left.start, variant.right.document, variant.right.start, variant.id


def component(store: Store, row: int) -> set[int]:
    """Rows of the documents that are connected with this one by variants, this one included."""
    return set(closure([row], lambda each: [found for (found,) in store.all(_NEIGHBOURS, each)]))


def components(store: Store, rows: Iterable[int]) -> Iterator[set[int]]:
    """The components that hold these documents, each once."""
    seen: set[int] = set()
    for row in sorted(rows):
        if row not in seen:
            found = component(store, row)
            seen |= found
            yield found


def untraced(store: Store) -> Iterator[set[int]]:
    """Components whose variants changed since they were traced."""
    rows = dict(stale.marked(store, stale.TRACE))
    store.marks |= {(-stale.TRACE, row): mark for row, mark in rows.items()}  # negative: no row of a stage
    live = {row for row in rows if store.one("SELECT 1 FROM document WHERE row = ? AND reading IS NOT NULL", row)}
    with store.writing():
        for row in set(rows) - live:
            _forget(store, row)
    yield from components(store, live)


def put_traces(store: Store, documents: Iterable[str], found: Iterable[Relay | Problem]) -> None:
    """These relays, or the problem that stood in their way, replace all that were traced of these documents before.

    Nothing is done where another process changed or traced them since ``untraced`` gave them here.
    """
    rows = [row for each in documents if (row := document_row(store, each)) is not None]
    seen = [(row, mark) for row in rows if (mark := store.marks.pop((-stale.TRACE, row), None)) is not None]
    now = dict(stale.marks_of(store, stale.TRACE, [row for row, _ in seen]))
    if any(now.get(row) != mark for row, mark in seen):
        return
    for row in rows:
        _forget(store, row)
    for record in sorted(found, key=lambda each: each.id):
        give(store, record)


def _forget(store: Store, document: int) -> None:
    traced = store.all("SELECT row FROM fact WHERE kind = 'y' AND left = ?", document)
    told = store.all("SELECT row, body FROM fact WHERE kind = 'p' AND about = ?", id_at(store, document))
    failed = [(row,) for row, body in told if getattr(unpack_record(body), "stage", "") == TRACE]
    for (row,) in traced + failed:
        withdraw(store, row)
    stale.unmark(store, stale.TRACE, (document,))


def retrace(store: Store) -> None:
    """Let every tree be drawn again."""
    both = "SELECT left AS row FROM fact WHERE kind = 'v' UNION SELECT right FROM fact WHERE kind = 'v'"
    rows = [row for (row,) in store.all(f"SELECT row FROM ({both}) AS sides WHERE row IS NOT NULL ORDER BY row")]  # noqa: S608 (constant)
    new = "INSERT INTO stale (kind, row, other) VALUES (?, ?, ?)"
    store.many(new, [(stale.TRACE, row, stale.new_mark()) for row in rows])


def naming(store: Store, kind: str, form: str) -> list[str]:
    """Ids of the current documents that hold a name in any spelling of this folded form."""
    store.flush()
    rows = store.all(
        "SELECT DISTINCT document.id FROM name JOIN uses ON uses.name = name.row "
        "JOIN document ON document.row = uses.document WHERE folded = ? AND kind = ? ORDER BY document.id",
        form,
        kind,
    )
    return [record_id for (record_id,) in rows]


def outlet_at(store: Store, row: int) -> str | None:
    """The outlet of a document by its row; None: unknown."""
    found = store.one("SELECT outlet FROM document WHERE row = ?", row)
    return found[0] if found else None


def id_at(store: Store, row: int) -> str:
    """The id of a document by its row. Raises ``KeyError`` for an unknown one."""
    found = store.one("SELECT id FROM document WHERE row = ?", row)
    if not found:
        raise KeyError(row)
    return str(found[0])


def witness_of(store: Store, row: int) -> Witness:
    """One document as the tracing sees it."""
    state = state_of(store, row)
    if (witness := store.witnesses.recall(state)) is None:
        leaf = load_leaf(store, row)
        witness = _witness(leaf, snapshot_at(store, leaf.snapshot))
        store.witnesses.remember(state, witness)
    assert isinstance(witness, Witness)
    return witness


def _witness(leaf: Leaf, snapshot: Snapshot) -> Witness:
    text = leaf.document.text
    size = sum(1 for label in prose(leaf.page) for _ in WORD.finditer(text, label.start, label.end))
    published = published_of(leaf, snapshot)[0]
    return Witness(
        leaf.document.id, outlet_of(leaf, snapshot), published, tuple(_cited(leaf)), size, snapshot.url or ""
    )


def _cited(leaf: Leaf) -> list[str]:
    """Names of the outlets and persons whom the page names as where it has words from, each once."""
    mentions = {mention.id: form_of(mention) for mention in leaf.mentions}
    return list(dict.fromkeys(mentions[relay.exemplar] for relay in leaf.relays if relay.exemplar in mentions))
