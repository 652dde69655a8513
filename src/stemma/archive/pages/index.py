"""The narrow tables over one page: ids, statement lines, full text, names and voices; written and taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from stemma.archive.corrections.access import is_open
from stemma.archive.faces import face_of
from stemma.archive.pages.aliases import BODIES, alias_rows
from stemma.archive.pages.days import day_number, next_row
from stemma.archive.pages.hidden import hide_unused, unhide
from stemma.archive.pages.leaf import laid_over, load_reading, remember, snapshot_at, state_of
from stemma.archive.pages.reading import Leaf, around_words, best_field, form_of, said_words, speakers_of
from stemma.archive.relations import stale
from stemma.archive.store.ids import key_of, mint, number
from stemma.archive.store.store import Row, Store
from stemma.archive.store.words import index_form
from stemma.archive.store.words.index import Searched
from stemma.records import RESERVATIONS, Mention, MentionKind, Snapshot
from stemma.text.words import fold

#: Statement kinds as numbers, in the order of ``records.StatementKind``.
KINDS = ("direct", "indirect", "mixed", "full-text", "transcript")
_ADDRESS_BYTES = 6
_KNOWN_NAMES = 50_000  #: spellings kept in memory, about 10 MB
_ID = "INSERT INTO ids (key, document, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_LINE = "INSERT INTO line (row, document, n, kind, said, voiced) VALUES (?, ?, ?, ?, ?, ?)"
_USE = (
    "INSERT INTO uses (name, document, count) VALUES (?, ?, ?) "
    "ON CONFLICT (name, document) DO UPDATE SET count = excluded.count"
)
_MEANT = "INSERT INTO meant (name, document, whole) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_VOICE = "INSERT INTO voice (name, line) VALUES (?, ?) ON CONFLICT DO NOTHING"
_COUNT = "UPDATE name SET count = count + ? WHERE row = ?"


def index_leaf(store: Store, leaf: Leaf, reading: int, snapshot: Snapshot) -> None:
    """Make a reading the current one of its document: a derived leaf, indexed as repeated lines and people have it.

    A withdrawn page gets ids alone: they lead to its stone.
    """
    store.outlets.pop(leaf.document.id, None)
    names = [_own_row(store, form_of(mention), mention.kind) for mention in leaf.mentions]
    _index_ids(store, leaf, names)
    state = state_of(store, leaf.row, reading)
    shown = laid_over(store, leaf, state)
    if is_open(shown):
        _index_shown(store, shown, reading, snapshot)
    if shown is not leaf:
        remember(store, state, shown)
        store.flush()
        hide_unused(store, names)


def _index_shown(store: Store, leaf: Leaf, reading: int, snapshot: Snapshot) -> None:
    published = published_of(leaf, snapshot)[0]
    store.run(
        "UPDATE document SET reading = ?, outlet = ?, published = ?, address = ?, relays = ?, language = ?, "
        "letters = ?, reserved = ?, statements = ? WHERE row = ?",
        reading, outlet_of(leaf, snapshot), published, address_of(leaf, snapshot), len(leaf.relays),
        *counted_of(leaf), leaf.row,
    )  # fmt: skip
    names = [_own_row(store, form_of(mention), mention.kind) for mention in leaf.mentions]
    others = {_own_row(store, who.form, who.kind) for some in leaf.spoken.values() for who in some}
    unhide(store, {*names, *others})
    _count_names(store, leaf.row, names, 1)
    first = next_row(store, day_number(published))
    store.many(_LINE, line_rows(leaf, first))
    rows = search_rows(leaf, range(first, first + len(leaf.statements)))
    store.words.put(rows)
    if face := face_text(store, leaf, rows):
        store.run("INSERT INTO face (document, body) VALUES (?, ?)", leaf.row, face)
    store.later(_VOICE, voice_rows(store, leaf, first))
    _mark_bodies(store, leaf, meant := alias_rows(leaf, names))
    store.later(_MEANT, meant)


def reindex(store: Store, snapshot: int) -> None:
    """Make the newest reading of a snapshot the current one again, as people have it by now."""
    newest = store.one("SELECT row, document FROM reading WHERE snapshot = ? ORDER BY row DESC LIMIT 1", snapshot)
    if newest and newest[1] is not None:
        index_leaf(store, load_reading(store, newest[1], newest[0]), newest[0], snapshot_at(store, snapshot))
        _mark_pairs(store, newest[1])


def unindex_leaf(store: Store, leaf: Leaf) -> None:
    """Take back what ``index_leaf`` wrote of what is shown; ids stay, since links never die."""
    store.flush()
    store.outlets.pop(leaf.document.id, None)
    lines = [row for (row,) in store.all("SELECT row FROM line WHERE document = ? ORDER BY n", leaf.row)]
    names = [name_row(store, mention) for mention in leaf.mentions]
    _count_names(store, leaf.row, names, -1)
    store.words.take(search_rows(leaf, lines))
    voices = [(name, lines[n]) for name, n in voice_rows(store, leaf, 0)]
    store.many("DELETE FROM voice WHERE name = ? AND line = ?", voices)
    _mark_bodies(store, leaf, meant := alias_rows(leaf, names))
    store.many("DELETE FROM meant WHERE name = ? AND document = ? AND whole = ?", meant)
    store.run("UPDATE document SET reading = NULL WHERE row = ?", leaf.row)
    _part(store, leaf.row, lines)
    store.run("DELETE FROM line WHERE document = ?", leaf.row)
    store.run("DELETE FROM face WHERE document = ?", leaf.row)
    hide_unused(store, {*names, *(name for name, _ in voices)})


def _mark_bodies(store: Store, leaf: Leaf, meant: Iterable[tuple[int, int, int]]) -> None:
    """Acronyms that a page defines may join names: theirs are looked at again."""
    if any(mention.kind in BODIES for mention in leaf.mentions):
        stale.mark(store, stale.NAME, [name for short, _, full in meant for name in (short, full)])


def _part(store: Store, document: int, lines: Iterable[int]) -> None:
    """Statements that go leave their utterances; the documents that shared words with this one are compared again."""
    for line in lines:
        stale.mark(store, stale.LINE, (row for (row,) in store.all("SELECT other FROM twin WHERE line = ?", line)))
        store.run("DELETE FROM twin WHERE other = ?1 AND line IN (SELECT other FROM twin WHERE line = ?1)", line)
        store.run("DELETE FROM twin WHERE line = ?", line)
        store.run("DELETE FROM utterance WHERE line = ?", line)
        store.run("DELETE FROM edited WHERE line = ?", line)
        stale.unmark(store, stale.LINE, (line,))
    _mark_pairs(store, document)


def _mark_pairs(store: Store, document: int) -> None:
    """Documents that share words with this one are compared with it again, statement by statement."""
    for left, right in store.all(
        "SELECT left, right FROM fact WHERE kind = 'v' AND (left = ?1 OR right = ?1)", document
    ):
        stale.mark_pair(store, left, right)


def outlet_of(leaf: Leaf, snapshot: Snapshot) -> str | None:
    """The carrier: the best field, else what was stated; None: unknown."""
    field = best_field(leaf, "outlet")
    return (field.value or None) if field else snapshot.outlet


def published_of(leaf: Leaf, snapshot: Snapshot) -> tuple[str | None, str | None]:
    """Publication day or instant and what it rests on."""
    if field := best_field(leaf, "published"):
        return field.value or None, field.basis
    return (snapshot.published, "stated") if snapshot.published else (None, None)


def counted_of(leaf: Leaf) -> tuple[str | None, int, int, int]:
    """What coverage counts: language, characters of the text, a bit for each of ``RESERVATIONS``, statements."""
    language = best_field(leaf, "language")
    reserved = {field.value for field in leaf.fields if field.name == "reservation"}
    bits = sum(1 << n for n, name in enumerate(RESERVATIONS) if name in reserved)
    return (language.value or None) if language else None, len(leaf.document.text), bits, len(leaf.statements)


def address_of(leaf: Leaf, snapshot: Snapshot) -> int | None:
    """Hash of the page's address; a file name is none, since unrelated pages share names."""
    field = best_field(leaf, "original_url")
    address = snapshot.url or (field.value if field else None)
    return number(_ADDRESS_BYTES, "address", address) if address else None


def line_rows(leaf: Leaf, first: int) -> list[Row]:
    """Rows of the statements, numbered from ``first``."""
    return [
        (first + n, leaf.row, n, KINDS.index(statement.kind), day_number(statement.said) or None, bool(who))
        for n, (statement, who) in enumerate(zip(leaf.statements, speakers_of(leaf), strict=True))
    ]


def search_rows(leaf: Leaf, lines: Iterable[int]) -> list[Searched]:
    """Row and indexed text of the statements."""
    around = {n: index_form(around_words(leaf, n)) for n in range(len(leaf.statements))}
    return [(row, index_form(said_words(leaf, n)), around[n]) for n, row in enumerate(lines)]


def face_text(store: Store, leaf: Leaf, searched: Iterable[Row]) -> str:
    """What the statements show beside their words, by their rows in the full-text index; empty where there are none.

    Raises ``KeyError`` for a name never indexed.
    """
    named = {(form_of(each), each.kind) for each in leaf.mentions}
    named |= {(who.form, who.kind) for some in leaf.spoken.values() for who in some}
    rows = {key: spelling_row(store, *key) for key in named}
    return face_of(leaf, rows, [(said, around) for _, said, around in searched])


def voice_rows(store: Store, leaf: Leaf, first: int) -> list[tuple[int, int]]:
    """Who speaks in which line, lines being numbered from ``first``. Raises ``KeyError`` for a name never indexed."""
    return [
        (spelling_row(store, who.form, who.kind), first + n) for n, some in enumerate(speakers_of(leaf)) for who in some
    ]


def _index_ids(store: Store, leaf: Leaf, names: list[int]) -> None:
    at = {mention.id: name for mention, name in zip(leaf.mentions, names, strict=True)}
    store.later(_ID, [(key_of(record.id), leaf.row, at.get(record.id, 0)) for record in leaf.records[1:]])


def _count_names(store: Store, document: int, names: list[int], sign: int) -> None:
    counts = Counter(names)
    store.many(_COUNT, [(sign * count, name) for name, count in counts.items()])
    if sign > 0:
        store.later(_USE, [(name, document, count) for name, count in counts.items()])
    else:
        store.many("DELETE FROM uses WHERE name = ? AND document = ?", [(name, document) for name in counts])


def name_row(store: Store, mention: Mention) -> int:
    """The row of a mention's spelling and kind. Raises ``KeyError`` for one that was never indexed."""
    return spelling_row(store, form_of(mention), mention.kind)


def spelling_row(store: Store, form: str, kind: MentionKind) -> int:
    """The row of a spelling of a kind. Raises ``KeyError`` for one that was never indexed."""
    if row := store.names.get((form, kind)):
        return row
    found = store.one("SELECT row FROM name WHERE form = ? AND kind = ?", form, kind)
    if not found:
        raise KeyError((form, kind))
    if len(store.names) > _KNOWN_NAMES:
        store.names.clear()
    store.names[form, kind] = row = int(found[0])
    return row


def _own_row(store: Store, form: str, kind: MentionKind) -> int:
    """The same, made at its first use."""
    try:
        return spelling_row(store, form, kind)
    except KeyError:
        return _new_name(store, form, kind)


def _new_name(store: Store, form: str, kind: str) -> int:
    folded = fold(form)
    row = store.insert("INSERT INTO name (form, kind, folded) VALUES (?, ?, ?)", form, kind, folded)
    store.words.put_name(row, index_form(form))
    store.run(_ID, key_of(mint("e", kind, folded)), 0, row)
    stale.mark(store, stale.NAME, (row,))
    return row
