"""Articles, utterances and persons: the views that gather lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import islice

from stemma.archive.answers.find import newest_first
from stemma.archive.answers.lines import line_at, lines_at, lines_of, was_in
from stemma.archive.answers.lookup import line_by_prefix, record_of
from stemma.archive.answers.names import entity_of, name_of_entity, preferred_name, siblings
from stemma.archive.corrections.access import is_listed, stone_of, suppressed
from stemma.archive.corrections.desk.sealing import seal_of
from stemma.archive.corrections.keeping import waiting
from stemma.archive.corrections.log import words_about
from stemma.archive.corrections.standing import age, standing
from stemma.archive.pages.index import outlet_of, published_of
from stemma.archive.pages.leaf import load_leaf, load_reading, shown_snapshot
from stemma.archive.pages.reading import best_field, form_of, title_of
from stemma.archive.relations.entities import edges_of, entity_id
from stemma.archive.relations.witnesses import variants_among
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.archive.utterances.order import in_order
from stemma.archive.versions import versions_of
from stemma.archive.views import Article, Form, Line, Person, Stone, Utterance
from stemma.errors import NoSuchRecord
from stemma.records import Correction, Evidence, Judgement, Problem, Variant
from stemma.text.scripts import script_told

_ROLES_FROM = 60  #: documents that a person's roles are read from, the newest


def article_at(store: Store, row: int) -> Article:
    """One document with everything that was found in it."""
    leaf = load_leaf(store, row)
    snapshot = shown_snapshot(store, leaf.snapshot)
    published, basis = published_of(leaf, snapshot)
    language = best_field(leaf, "language")
    return Article(
        document=leaf.document,
        snapshot=snapshot,
        title=title_of(leaf),
        outlet=outlet_of(leaf, snapshot),
        published=published,
        published_basis=basis,
        language=(language.value or None) if language else None,
        labels=leaf.labels,
        fields=leaf.fields,
        mentions=tuple(sorted(leaf.mentions, key=lambda each: (each.evidence.start, each.id))),
        times=tuple(sorted(leaf.times, key=lambda each: (each.evidence.start, each.id))),
        lines=tuple(lines_of(store, leaf)),
        problems=(*problems_about(store, (leaf.document.id, snapshot.id)), *waiting(store, (leaf.snapshot,))),
        versions=tuple(versions_of(store, row)),
        corrections=tuple(word for _, word in leaf.laid),
        was=was_in(store, leaf, leaf.laid),
    )


def article_or_stone(store: Store, row: int) -> Article | Stone:
    """An article, or the stone of a page that was withdrawn."""
    document = load_reading(store, row).document
    word = seal_of(store, document)
    return stone_of(document.id, word) if word else article_at(store, row)


def problems_about(store: Store, ids: Iterable[str]) -> list[Problem]:
    """Problems with these records, in order of their ids."""
    rows = [row for each in ids for row in store.all("SELECT body FROM fact WHERE kind = 'p' AND about = ?", each)]
    found = (unpack_record(body) for (body,) in rows)
    return sorted((each for each in found if isinstance(each, Problem)), key=lambda each: each.id)


def utterance_by_id(store: Store, utterance_id: str) -> Utterance | Stone:
    """An utterance by the id that any of its witnesses mints, or the stone of a witness that was withdrawn.

    Raises ``NoSuchRecord`` and ``AmbiguousId``.
    """
    if utterance_id[:1] != "w":
        raise NoSuchRecord(utterance_id)
    witness = record_of(store, "s" + utterance_id[1:])
    if word := seal_of(store, witness):
        return stone_of(witness.id, word)
    return utterance_at(store, line_by_prefix(store, witness.id))


def utterance_at(store: Store, row: int) -> Utterance:
    """The utterance that a row of a statement belongs to."""
    rows = store.all("SELECT line FROM utterance WHERE first = (SELECT first FROM utterance WHERE line = ?)", row)
    lines = {line: line_at(store, line) for line in [line for (line,) in rows] or [row]}
    order, open_ = in_order(store, lines)
    others = _elsewhere(store, lines)
    return Utterance(
        id=utterance_name(lines, row),
        lines=tuple(lines[line] for line in order),
        variants=tuple(_variants(store, lines)),
        tied=tuple(lines[line].statement.id for line in order if line in open_),
        elsewhere=tuple(line_at(store, line) for line in in_order(store, others)[0]),
    )


def _elsewhere(store: Store, lines: Iterable[int]) -> set[int]:
    """Rows of statements of the same words on other pages that are not joined with these: their speakers differ."""
    own = {line: _document(store, line) for line in lines}
    twins = {other for line in own for (other,) in store.all("SELECT other FROM twin WHERE line = ?", line)}
    listed = f"SELECT 1 FROM line WHERE row = ? AND {is_listed(store, 'row')}"  # noqa: S608 (row numbers)
    return {
        other for other in twins.difference(own)
        if store.one(listed, other) and _document(store, other) not in own.values()
    }  # fmt: skip


def _document(store: Store, line: int) -> int:
    found = store.one("SELECT document FROM line WHERE row = ?", line)
    return int(found[0]) if found else 0


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


def person_by_id(store: Store, entity: str, limit: int | None) -> Person | Stone:
    """An entity by the id that any of its names minted, or its stone. Raises ``NoSuchRecord``, ``AmbiguousId``."""
    name = name_of_entity(store, entity)
    if word := suppressed(store).get(name):
        return stone_of(entity_of(store, name), word)
    used = f"row IN ({_marks(siblings(store, name))}) AND row NOT IN (SELECT name FROM hidden)"  # noqa: S608 (row numbers)
    if not store.one(f"SELECT 1 FROM name WHERE {used}"):  # noqa: S608 (row numbers)
        raise NoSuchRecord(entity)
    return person_at(store, name, limit)


def _marks(rows: Iterable[int]) -> str:
    return ",".join(map(str, rows))


def person_at(store: Store, name: int, limit: int | None) -> Person:
    """The entity of a name, with at most ``limit`` of its statements."""
    names = siblings(store, name)
    marks = ",".join(map(str, names))
    voiced = store.each(f"SELECT DISTINCT line FROM voice WHERE name IN ({marks}) ORDER BY line DESC")  # noqa: S608 (row numbers)
    newest = islice(newest_first(store, (line for (line,) in voiced)), limit)
    total = store.all(f"SELECT count(DISTINCT line) FROM voice WHERE name IN ({marks})")[0][0]  # noqa: S608 (row numbers)
    kind = store.all("SELECT kind FROM name WHERE row = ?", name)[0][0]
    return Person(
        id=entity_of(store, name),
        name=preferred_name(store, name),
        kind=kind,
        forms=tuple(_forms(store, names)),
        roles=tuple(_roles(store, names)),
        lines=tuple(lines_at(store, newest)),
        judgements=tuple(judgements := judgements_on(store, names)),
        statements=total,
        corrections=tuple(_words(store, names, judgements)),
    )


def _words(store: Store, names: Iterable[int], judgements: Iterable[Judgement]) -> list[Correction]:
    """What people said of an entity and of these judgements, and holds."""
    ids = {entity_id(*row) for name in names for row in store.all("SELECT kind, folded FROM name WHERE row = ?", name)}
    words = [word for each in ids | {each.id for each in judgements} for word in words_about(store, each)]
    return sorted(standing(words), key=age)


def _forms(store: Store, names: list[int]) -> list[Form]:
    """Spellings of an entity; short forms of others where pages say that they mean it."""
    marks = ",".join(map(str, names))
    rows = store.all(
        "SELECT form, outlet, language, sum(uses.count) FROM "  # noqa: S608 (row numbers)
        f"(SELECT name, document FROM uses WHERE name IN ({marks}) UNION "
        f"SELECT name, document FROM meant WHERE whole IN ({marks})) AS held JOIN uses USING (name, document) "
        "JOIN name ON name.row = held.name JOIN document ON document.row = held.document GROUP BY 1, 2, 3"
    )
    by_form: defaultdict[str, list[tuple[str | None, str | None, int]]] = defaultdict(list)
    for form, *use in rows:
        by_form[form].append((use[0], use[1], use[2]))
    return sorted((_form(form, uses) for form, uses in by_form.items()), key=lambda form: (-form.count, form.name))


def _form(name: str, uses: Iterable[tuple[str | None, str | None, int]]) -> Form:
    """One spelling, from how often pages of an outlet and a language have it."""
    outlets, languages = Counter[str | None](), set[str]()
    for outlet, language, count in uses:
        outlets[outlet] += count
        languages |= {language} if language else set()
    used = sorted(outlets.items(), key=lambda each: (-each[1], each[0] or ""))
    known = tuple(sorted(filter(None, outlets)))
    return Form(name, outlets.total(), known, script_told(name), tuple(sorted(languages)), tuple(used))


def _roles(store: Store, names: list[int]) -> list[tuple[str, str | None, str]]:
    """Roles as worded, with day and document, newest first; each wording once a document."""
    marks = ",".join(map(str, names))
    rows = store.all(
        f"SELECT row, published FROM document WHERE row IN (SELECT document FROM uses WHERE name IN ({marks})) "  # noqa: S608 (row numbers)
        "ORDER BY coalesce(published, '') DESC, id LIMIT ?",
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


def judgements_on(store: Store, names: Iterable[int]) -> list[Judgement]:
    """Judgements between these names and others that are not undone, in order of their ids."""
    found = {row: edge.judgement for name in names for row, edge in edges_of(store, name)}
    return sorted(found.values(), key=lambda each: each.id)
