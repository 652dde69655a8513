"""Two who may be one: a judgement between mentions, however a person names them."""

from __future__ import annotations

from collections.abc import Iterator

from stemma.archive.answers.lines import WITHHELD
from stemma.archive.answers.lookup import record_of
from stemma.archive.answers.names import entity_of, name_of_entity
from stemma.archive.corrections.access import suppressed
from stemma.archive.pages.add import document_row
from stemma.archive.pages.index import name_row
from stemma.archive.pages.leaf import load_leaf
from stemma.archive.pages.reading import Parted
from stemma.archive.relations.facts import fact_row
from stemma.archive.store.store import Store
from stemma.errors import AmbiguousId, BadValue, NoSuchRecord
from stemma.records import Correction, Judgement, Mention, Verdict
from stemma.text.words import fold

_PAGES = 8  #: looked at for a mention; the first has one
_PARTED = 'stemma correct MENTION means "A NAME OF YOUR OWN"'
_SIDE = f"two that are written differently; two of one spelling are told apart a page at a time: {_PARTED}"


def judged(store: Store, left: str, right: str, verdict: Verdict, word: Correction) -> Judgement:
    """A person's judgement, with who, when and why of ``word``; each side an id of a mention or entity, or a name.

    Raises ``NoSuchRecord``, ``AmbiguousId`` for a name of several, ``BadValue`` where both sides are one spelling.
    """
    one, other = (_unparted(store, mention_of(store, side), side) for side in (left, right))
    if name_row(store, one) == name_row(store, other):
        raise BadValue("judge", f"{left} {right}", _SIDE)
    first, second = sorted((one.id, other.id))
    return Judgement(
        left=first, right=second, verdict=verdict, score=1.0, reasons=(word.reason,), by=word.by, at=word.at
    )


def _unparted(store: Store, mention: Mention, wanted: str) -> Mention:
    """The mention, unless a person parted it: a judgement is on what is spelled so, whomever one page means."""
    row = document_row(store, mention.document)
    shown = load_leaf(store, row).mentions if row is not None else ()
    if any(isinstance(each, Parted) and each.id == mention.id for each in shown):
        raise BadValue("judge", wanted, f"a spelling; whom that page means is said with: {_PARTED}")
    return mention


def mention_of(store: Store, wanted: str) -> Mention:
    """The mention that stands for a side: itself, or the first in the first page of the most used spelling."""
    try:
        if wanted[:1] == Mention.letter and isinstance(record := record_of(store, wanted), Mention):
            return record
        if wanted[:1] == "e":
            return first_of(store, name_of_entity(store, wanted), wanted)
    except NoSuchRecord:
        pass  # a name may look like an id
    return first_of(store, _name(store, wanted), wanted)


def sides_of(store: Store, judgement_id: str) -> tuple[str, str]:
    """How the two of a judgement are written, by its whole id; ``WITHHELD`` for one that is not to be told."""
    row = fact_row(store, judgement_id)
    ends = store.one("SELECT left, right FROM fact WHERE row = ?", row) or (None, None)
    return _told(store, ends[0]), _told(store, ends[1])


def _told(store: Store, name: int | None) -> str:
    found = store.one("SELECT form FROM name WHERE row = ? AND row NOT IN (SELECT name FROM hidden)", name)
    return found[0] if found and name not in suppressed(store) else WITHHELD


def _name(store: Store, wanted: str) -> int:
    rows = store.all(
        "SELECT row FROM name WHERE folded = ? AND count > 0 ORDER BY count DESC, form, kind", fold(wanted)
    )
    entities = sorted({entity_of(store, row) for (row,) in rows})
    if len(entities) > 1:
        raise AmbiguousId(wanted, entities)
    if not rows:
        raise NoSuchRecord(wanted)
    return int(rows[0][0])


def first_of(store: Store, name: int, wanted: str) -> Mention:
    """The first mention of a spelling, in the first page that holds it. Raises ``NoSuchRecord(wanted)``."""
    found = next(_mentions(store, name), None)
    if found is None:
        raise NoSuchRecord(wanted)
    return found


def _mentions(store: Store, name: int) -> Iterator[Mention]:
    """Mentions of a spelling, by id of their page, then by place."""
    rows = store.all(
        "SELECT document FROM uses JOIN document ON document.row = document WHERE name = ? "
        "ORDER BY document.id LIMIT ?",
        name,
        _PAGES,
    )
    for (document,) in rows:
        found = [each for each in load_leaf(store, document).mentions if name_row(store, each) == name]
        yield from sorted(found, key=lambda each: (each.evidence.start, each.id))
