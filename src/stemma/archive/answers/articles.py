"""Articles, utterances and persons: the views that gather lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec.json import decode

from stemma.archive.answers.lines import line_at, lines_at, lines_of
from stemma.archive.answers.lookup import line_by_prefix
from stemma.archive.answers.names import entity_of, name_of_entity, preferred_name, siblings
from stemma.archive.pages.index import form_of, outlet_of, published_of
from stemma.archive.pages.leaf import best_field, load_leaf, snapshot_at, title_of
from stemma.archive.relations.entities import edges_of
from stemma.archive.relations.witnesses import variants_among
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.archive.utterances.order import in_order
from stemma.archive.views import Article, Form, Line, Person, Utterance
from stemma.errors import NoSuchRecord
from stemma.records import Evidence, Judgement, Problem, Variant

_ROLES_FROM = 60  #: documents that a person's roles are read from, the newest


def article_at(store: Store, row: int) -> Article:
    """One document with everything that was found in it."""
    leaf = load_leaf(store, row)
    snapshot = snapshot_at(store, leaf.snapshot)
    published, basis = published_of(leaf, snapshot)
    language = best_field(leaf, "language")
    return Article(
        document=leaf.document,
        snapshot=snapshot,
        title=title_of(leaf),
        outlet=outlet_of(leaf, snapshot),
        published=published,
        published_basis=basis,
        language=language.value if language else None,
        labels=leaf.labels,
        fields=leaf.fields,
        mentions=tuple(sorted(leaf.mentions, key=lambda each: (each.evidence.start, each.id))),
        times=tuple(sorted(leaf.times, key=lambda each: (each.evidence.start, each.id))),
        lines=tuple(lines_of(store, leaf)),
        problems=tuple(problems_about(store, (leaf.document.id, snapshot.id))),
        versions=tuple(_versions(store, row)),
    )


def problems_about(store: Store, ids: Iterable[str]) -> list[Problem]:
    """Problems with these records, in order of their ids."""
    rows = [row for each in ids for row in store.all("SELECT body FROM fact WHERE kind = 'p' AND about = ?", each)]
    found = (unpack_record(body) for (body,) in rows)
    return sorted((each for each in found if isinstance(each, Problem)), key=lambda each: each.id)


def _versions(store: Store, row: int) -> list[str]:
    rows = store.all(
        "SELECT id, snapshot FROM document WHERE reading IS NOT NULL "
        "AND address = (SELECT address FROM document WHERE row = ?)",
        row,
    )
    fetched = {record_id: snapshot_at(store, snapshot).fetched for record_id, snapshot in rows}
    return sorted(fetched, key=lambda each: (fetched[each] is None, fetched[each] or "", each))


def utterance_by_id(store: Store, utterance_id: str) -> Utterance:
    """An utterance by the id that any of its witnesses mints. Raises ``NoSuchRecord`` and ``AmbiguousId``."""
    if utterance_id[:1] != "w":
        raise NoSuchRecord(utterance_id)
    return utterance_at(store, line_by_prefix(store, "s" + utterance_id[1:]))


def utterance_at(store: Store, row: int) -> Utterance:
    """The utterance that a row of a statement belongs to."""
    rows = store.all("SELECT line FROM utterance WHERE first = (SELECT first FROM utterance WHERE line = ?)", row)
    lines = {line: line_at(store, line) for line in [line for (line,) in rows] or [row]}
    order, open_ = in_order(store, lines)
    return Utterance(
        id=utterance_name(lines, row),
        lines=tuple(lines[line] for line in order),
        variants=tuple(_variants(store, lines)),
        tied=tuple(lines[line].statement.id for line in order if line in open_),
    )


def utterance_name(lines: dict[int, Line], row: int) -> str:
    """The id that all its witnesses carry."""
    return lines[row].utterance or ""


def _variants(store: Store, lines: dict[int, Line]) -> list[Variant]:
    """Variants that lie in the contents of these statements on both sides."""
    documents = {store.all("SELECT document FROM line WHERE row = ?", line)[0][0] for line in lines}
    contents: dict[str, list[Evidence]] = defaultdict(list)
    for line in lines.values():
        contents[line.statement.document] += line.statement.content
    return [
        variant
        for variant in variants_among(store, documents)
        if all(
            any(piece.start < side.end and side.start < piece.end for piece in contents[side.document])
            for side in (variant.left, variant.right)
        )
    ]


def person_by_id(store: Store, entity: str, limit: int | None) -> Person:
    """An entity by the id that any of its names minted. Raises ``NoSuchRecord``."""
    return person_at(store, name_of_entity(store, entity), limit)


def person_at(store: Store, name: int, limit: int | None) -> Person:
    """The entity of a name, with at most ``limit`` of its statements."""
    names = siblings(store, name)
    marks = ",".join(map(str, names))
    voiced = store.all(
        f"SELECT DISTINCT line FROM voice WHERE name IN ({marks}) ORDER BY line DESC LIMIT ?",  # noqa: S608 (row numbers)
        -1 if limit is None else limit,
    )
    total = store.all(f"SELECT count(DISTINCT line) FROM voice WHERE name IN ({marks})")[0][0]  # noqa: S608 (row numbers)
    kind = store.all("SELECT kind FROM name WHERE row = ?", name)[0][0]
    return Person(
        id=entity_of(store, name),
        name=preferred_name(store, name),
        kind=kind,
        forms=tuple(_forms(store, names)),
        roles=tuple(_roles(store, names)),
        lines=tuple(lines_at(store, [line for (line,) in voiced])),
        judgements=tuple(_judgements(store, names)),
        statements=total,
    )


def _forms(store: Store, names: list[int]) -> list[Form]:
    """Spellings of an entity; short forms of others where pages say that they mean it."""
    marks = ",".join(map(str, names))
    rows = store.all(
        "SELECT form, sum(uses.count), json_group_array(DISTINCT outlet) FROM "  # noqa: S608 (row numbers)
        f"(SELECT name, document FROM uses WHERE name IN ({marks}) UNION "
        f"SELECT name, document FROM meant WHERE whole IN ({marks})) AS held JOIN uses USING (name, document) "
        "JOIN name ON name.row = held.name JOIN document ON document.row = held.document GROUP BY form"
    )
    forms = [Form(form, count, tuple(sorted(filter(None, decode(outlets))))) for form, count, outlets in rows]
    return sorted(forms, key=lambda form: (-form.count, form.name))


def _roles(store: Store, names: list[int]) -> list[tuple[str, str | None, str]]:
    """Roles as worded, with day and document, newest first; each wording once a document."""
    marks = ",".join(map(str, names))
    rows = store.all(
        f"SELECT DISTINCT document.row, published FROM uses JOIN document ON document.row = document "  # noqa: S608 (row numbers)
        f"WHERE name IN ({marks}) ORDER BY coalesce(published, '') DESC, document.id LIMIT ?",
        _ROLES_FROM,
    )
    forms = {form for (form,) in store.all(f"SELECT form FROM name WHERE row IN ({marks})")}  # noqa: S608 (row numbers)
    return [
        (role, published[:10] if published else None, leaf.document.id)
        for row, published in rows
        for leaf in [load_leaf(store, row)]
        for role in Counter(each.role for each in leaf.mentions if each.role and form_of(each) in forms)
        if role
    ]


def _judgements(store: Store, names: list[int]) -> list[Judgement]:
    found = {row: edge.judgement for name in names for row, edge in edges_of(store, name)}
    return sorted(found.values(), key=lambda each: each.id)
