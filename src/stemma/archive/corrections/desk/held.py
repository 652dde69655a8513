"""All that the archive holds on somebody, shown or not: what a person may ask for who is named in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stemma.archive.answers.articles import judgements_on, person_at
from stemma.archive.answers.lines import line_at
from stemma.archive.answers.names import entity_of, name_of_entity, siblings
from stemma.archive.corrections.access import withdrawn
from stemma.archive.corrections.log import words_about, words_on
from stemma.archive.corrections.standing import age
from stemma.archive.pages.index import spelling_row
from stemma.archive.pages.leaf import load_leaf, load_reading, shown_snapshot
from stemma.archive.pages.reading import Leaf, form_of, speakers_of
from stemma.archive.relations.entities import entity_id
from stemma.archive.store.store import Store
from stemma.archive.views import Held, Person
from stemma.errors import AmbiguousId, NoSuchRecord
from stemma.records import Correction, Mention
from stemma.text.words import fold


def entity_named(store: Store, wanted: str) -> int:
    """Row of a name by the id of its entity or the exact name, of a suppressed person too.

    Raises ``NoSuchRecord`` and ``AmbiguousId``.
    """
    try:
        return name_of_entity(store, wanted)
    except NoSuchRecord:
        pass
    rows = [row for (row,) in store.all("SELECT row FROM name WHERE folded = ? ORDER BY row", fold(wanted))]
    entities = sorted({entity_of(store, row) for row in rows})
    if len(entities) > 1:
        raise AmbiguousId(wanted, entities)
    if not rows:
        raise NoSuchRecord(wanted)
    return int(rows[0])


def held_on(store: Store, wanted: str) -> Iterator[Person | Held]:
    """The person, then each thing held: mentions and statements page by page, judgements, words, pages.

    Of withdrawn pages the capture alone. Raises ``NoSuchRecord`` and ``AmbiguousId``.
    """
    name = entity_named(store, wanted)
    names = siblings(store, name)
    yield person_at(store, name, 0)
    documents = _documents(store, names)
    for document in documents:
        yield from _in_page(store, document, set(names))
    judgements = judgements_on(store, names)
    yield from (Held("judgement", None, each) for each in judgements)
    yield from (Held("correction", None, each) for each in _words(store, names, documents, [j.id for j in judgements]))
    yield from _pages(store, documents)


def _documents(store: Store, names: Iterable[int]) -> list[int]:
    """Rows of all documents that any reading of them named this one in, or a person did, by id; withdrawn ones too."""
    marks = ",".join(map(str, names))
    rows = store.all(
        f"SELECT DISTINCT row, id FROM document WHERE row IN (SELECT document FROM ids WHERE document > 0 "  # noqa: S608 (row numbers)
        f"AND at IN ({marks})) OR row IN (SELECT document FROM line WHERE row IN "
        f"(SELECT line FROM voice WHERE name IN ({marks}))) ORDER BY id"
    )
    return [row for row, _ in rows]


def _in_page(store: Store, document: int, names: set[int]) -> Iterator[Held]:
    leaf = load_leaf(store, document)
    here = [each for each in leaf.mentions if spelling_row(store, form_of(each), each.kind) in names]
    yield from (Held("mention", leaf.document.id, each) for each in here)
    rows = [row for (row,) in store.all("SELECT row FROM line WHERE document = ? ORDER BY n", document)]
    speakers = speakers_of(leaf)
    for n, row in enumerate(rows):
        by = any(spelling_row(store, who.form, who.kind) in names for who in speakers[n])
        if by or _names(leaf, n, here):
            yield Held("statement by" if by else "statement naming", leaf.document.id, line_at(store, row))


def _names(leaf: Leaf, n: int, mentions: Iterable[Mention]) -> bool:
    """Whether one of these mentions stands in what is said."""
    return any(
        piece.start <= each.evidence.start and each.evidence.end <= piece.end
        for piece in leaf.statements[n].content
        for each in mentions
    )


def _words(store: Store, names: Iterable[int], documents: Iterable[int], others: Iterable[str]) -> list[Correction]:
    """What people said of this one, of these judgements and of the pages, undone or not, oldest first."""
    spelled = [store.all("SELECT kind, folded FROM name WHERE row = ?", name)[0] for name in names]
    found = [word for each in [*(entity_id(*row) for row in spelled), *others] for word in words_about(store, each)]
    pages = {load_reading(store, document).snapshot for document in documents}
    found += [word for page in pages for word in words_on(store, page)]
    return sorted({each.id: each for each in found}.values(), key=age)


def _pages(store: Store, documents: Iterable[int]) -> Iterator[Held]:
    for document in documents:
        leaf = load_reading(store, document)
        what = "withdrawn page" if withdrawn(store, leaf.snapshot) else "page"
        yield Held(what, leaf.document.id, shown_snapshot(store, leaf.snapshot))
