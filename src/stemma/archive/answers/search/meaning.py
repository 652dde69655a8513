"""What the terms of a query mean in this archive: names in every form, outlets, values, each as a condition in SQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stemma.archive.answers.names import name_of_entity, names_like, siblings
from stemma.archive.answers.search.language import Field, Term, parse
from stemma.archive.corrections.access import suppressed
from stemma.archive.faces import ADDRESSED, CITED, PLACE, WORDED, number, worded
from stemma.archive.pages.days import WITHIN
from stemma.archive.pages.index import KINDS
from stemma.archive.store.store import Store
from stemma.archive.versions import EDITED
from stemma.errors import AmbiguousId, BadQuery, NoSuchRecord
from stemma.text.words import fold

UNKNOWN = "unknown"  #: the value of a field that is not known
NOTHING = "FALSE"
DATES = ("said", "published", UNKNOWN)  #: what the day of a statement rests on
STATES = ("edited", "shared", "confirmed")
_ENTITY = re.compile(r"e[a-z2-7]{6,16}")
_PARTS = {"via": CITED, "to": ADDRESSED, "place": PLACE}
_SHARED = "EXISTS (SELECT 1 FROM utterance WHERE utterance.line = line.row)"
_MOST_SOUGHT = 24  #: tokens that are looked for in a face by SQL before it is read token by token
_FORMS = 12  #: forms of a name that are told
Values = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term and what fits it, as a condition on rows of ``line``; of words the condition is an FTS5 expression."""

    term: Term
    sql: str = ""
    values: Values = ()
    names: tuple[int, ...] = ()  #: rows of the names that a name may mean, other forms included
    known: bool = True  #: whether this archive has such a name or value at all


def meanings(store: Store, text: str) -> list[Meaning]:
    """What the terms of a query mean. Raises ``BadQuery`` with the place of the character."""
    terms = parse(text)
    driven = any(not term.field and not term.minus for term in terms)
    return [_meaning(store, text, term, driven=driven) if term.field else Meaning(term) for term in terms]


def _meaning(store: Store, text: str, term: Term, *, driven: bool) -> Meaning:
    assert term.field
    if term.field in _ONE_OF:
        if (value := fold(term.value)) not in _ONE_OF[term.field]:
            wanted = ", ".join(_ONE_OF[term.field])
            raise BadQuery(text, f"{term.field}: is one of {wanted}", _value_at(text, term))
        return Meaning(term, _plain(term.field, value, driven=driven))
    return _FOUND[term.field](store, term, driven and not term.minus)


def _value_at(text: str, term: Term) -> int:
    """Where the value of a field begins."""
    return min(text.index(":", term.start) + 1, len(text) - 1)


_ONE_OF: dict[Field, Sequence[str]] = {"kind": KINDS, "date": DATES, "is": STATES}


def _plain(field: Field, value: str, *, driven: bool) -> str:
    """A condition that needs no names."""
    if field == "kind":
        return f"line.kind = {KINDS.index(value)}"
    if field == "date":
        dated = f"line.said IS NULL AND line.row {{}} {1 << WITHIN}"
        return {"said": "line.said IS NOT NULL", "published": dated.format(">=")}.get(value, dated.format("<"))
    if value == "confirmed":
        return _shown([WORDED], driven=driven)
    return EDITED if value == "edited" else _SHARED


def said_by(store: Store, name: str) -> tuple[str, tuple[int, ...]]:
    """The condition that somebody speaks, by any form of the name, and rows of all its forms."""
    if fold(name) == UNKNOWN:
        return "line.voiced = 0", ()
    if not (rows := name_rows(store, name)):
        return NOTHING, ()
    marks = ",".join(map(str, rows))
    return f"line.row IN (SELECT line FROM voice WHERE name IN ({marks}))", rows  # noqa: S608 (row numbers)


def name_rows(store: Store, name: str) -> tuple[int, ...]:
    """Rows of all names of the entities that a form, or an entity's id, may mean; of nobody who is suppressed."""
    found: list[int] = []
    if _ENTITY.fullmatch(name):
        try:
            found = [name_of_entity(store, name)]
        except (NoSuchRecord, AmbiguousId):
            found = []
    found = found or names_like(store, name)
    rows = {each for row in found for each in siblings(store, row)}
    return tuple(sorted(rows - suppressed(store).keys()))


def _spoken(store: Store, term: Term, driven: bool) -> Meaning:  # noqa: ARG001 (one signature for all fields)
    sql, rows = said_by(store, term.value)
    return Meaning(term, sql, names=rows, known=sql != NOTHING)


def _beside(store: Store, term: Term, driven: bool) -> Meaning:
    """Who is cited or addressed, or where: by name, or by the words of the page."""
    assert term.field
    part, rows = _PARTS[term.field], name_rows(store, term.value)
    tokens = [f"{part}{number(row)}" for row in rows]
    if part != CITED and (plain := worded(term.value)):
        tokens.append(f"{part}={plain}")
    sql = _shown(tokens, driven=driven) if tokens else NOTHING
    return Meaning(term, sql, names=rows, known=bool(tokens))


def _shown(tokens: Sequence[str], *, driven: bool) -> str:
    """The condition that a statement's face has one of some tokens: letters, digits, "=" and "_" only."""
    sought = [f"instr(body, '{token.partition('=')[2].split('_')[0] or token}') > 0" for token in tokens]
    maybe = " OR ".join(sought) if len(sought) <= _MOST_SOUGHT else "TRUE"
    one = f"(SELECT body FROM face WHERE face.document = line.document AND ({maybe}))"  # noqa: S608 (tokens of stemma.archive.faces)
    shows = f"stemma_shows({one}, line.n, '{' '.join(tokens)}')"
    if driven:
        return shows
    return f"(line.document IN (SELECT document FROM face WHERE {maybe}) AND {shows})"  # noqa: S608 (same)


def outlets_like(store: Store, outlet: str) -> list[str]:
    """Outlets of this name, whatever its case and accents."""
    wanted = fold(outlet)
    rows = store.all("SELECT DISTINCT outlet FROM shelf WHERE outlet <> '' ORDER BY outlet")
    return [name for (name,) in rows if fold(name) == wanted]


def carried(store: Store, outlet: str, *, driven: bool) -> tuple[str, Values]:
    """The condition that an outlet carries it, and its values."""
    outlets = outlets_like(store, outlet)
    return _of_page("outlet", outlets, outlet, driven=driven)


def _of_page(column: str, found: Sequence[str], asked: str, *, driven: bool) -> tuple[str, Values]:
    if not found and fold(asked) != UNKNOWN:
        return NOTHING, ()
    test = f"{column} IN ({','.join('?' * len(found))})" if found else f"{column} IS NULL"
    if driven:
        return f"EXISTS (SELECT 1 FROM document WHERE row = line.document AND {test})", tuple(found)  # noqa: S608 (two columns)
    return f"line.document IN (SELECT row FROM document WHERE reading IS NOT NULL AND {test})", tuple(found)  # noqa: S608 (same)


def _from_outlet(store: Store, term: Term, driven: bool) -> Meaning:
    sql, values = carried(store, term.value, driven=driven)
    return Meaning(term, sql, values, known=sql != NOTHING)


def _in_language(store: Store, term: Term, driven: bool) -> Meaning:
    wanted = fold(term.value)
    rows = store.all("SELECT DISTINCT language FROM shelf WHERE language <> '' ORDER BY language")
    found = [name for (name,) in rows if fold(name) == wanted]
    sql, values = _of_page("language", found, term.value, driven=driven)
    return Meaning(term, sql, values, known=sql != NOTHING)


_FOUND: dict[Field, Callable[[Store, Term, bool], Meaning]] = {
    "said": _spoken, "via": _beside, "to": _beside, "place": _beside, "outlet": _from_outlet, "language": _in_language,
}  # fmt: skip


def forms(store: Store, rows: Sequence[int], *, but: str = "") -> list[str]:
    """The most used forms of some names, each folded form once, without the one that was asked for."""
    found = store.all(
        f"SELECT form FROM name WHERE row IN ({','.join(map(str, rows))}) ORDER BY count DESC, form"  # noqa: S608 (numbers)
    )
    once = {fold(form): form for (form,) in reversed(found)}
    kept = [form for (form,) in found if once.get(fold(form)) == form and fold(form) != fold(but)]
    return kept[:_FORMS]
