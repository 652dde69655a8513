"""People and organisations as lists, and what stands around one of them; each question bounded, on narrow tables."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby

from stemma.archive.answers.articles import person_by_id
from stemma.archive.answers.find import newest_first
from stemma.archive.answers.lines import line_at, lines_at
from stemma.archive.answers.names import entities_like, entity_of, name_of_entity, preferred_name, siblings
from stemma.archive.catalogue.views import Activity, Around, Carriers, Letter, Listed, Listing, Role
from stemma.archive.corrections.access import is_listed, suppressed
from stemma.archive.pages.add import document_row
from stemma.archive.pages.days import WITHIN
from stemma.archive.pages.index import name_row
from stemma.archive.pages.leaf import load_leaf
from stemma.archive.store.store import Store
from stemma.archive.store.words import phrase
from stemma.archive.store.words.wanted import Either, Said
from stemma.archive.views import Person
from stemma.errors import BadValue
from stemma.records import MentionKind
from stemma.text.periods import DAY, MONTH, YEAR, period_name, period_number
from stemma.text.words import WORD

PAGE = 25  #: rows of a part of the list
SPEAKING: tuple[MentionKind, ...] = ("person", "organization", "outlet")  #: kinds that are listed unasked
COUNTED = 20_000  #: statements that are counted, the newest
_FORMS = 4  #: other forms of somebody in a list
_AROUND = 8  #: statements around somebody
_PAGES = 60  #: pages looked at for those to whom something is said, the newest
_BARS = 60  #: most bars of a timeline before its periods get longer


def listing(store: Store, after: str = "", kinds: Sequence[str] = SPEAKING) -> Listing:
    """Who speaks, the most quoted first. ``after``: the key of a part. Raises ``BadValue`` for a key that is none."""
    lines, row = _key(after)
    marks, hidden = ",".join("?" * len(kinds)), _but(store, "spoken.entity")
    source = f"FROM spoken JOIN name ON name.row = spoken.entity WHERE kind IN ({marks}) AND {hidden}"
    total = store.all(f"SELECT count(*) {source}", *kinds)[0][0]
    found = store.all(
        f"SELECT spoken.entity, lines {source} AND (lines < ? OR (lines = ? AND spoken.entity > ?)) "
        "ORDER BY lines DESC, spoken.entity LIMIT ?",
        *kinds, lines, lines, row, PAGE + 1,
    )  # fmt: skip
    return _listing(store, found, total)


def under(store: Store, letter: Letter, after: str = "", kinds: Sequence[str] = SPEAKING) -> Listing:
    """The same of those of whom some form begins with a letter."""
    lines, row = _key(after)
    marks = ",".join("?" * len(kinds))
    source = (
        "FROM (SELECT DISTINCT coalesce(entity, row) AS entity FROM name WHERE folded >= ? AND folded < ? "  # noqa: S608 (marks, row numbers)
        f"AND kind IN ({marks}) AND row NOT IN (SELECT name FROM hidden)) AS those LEFT JOIN spoken USING (entity) "
        f"WHERE {_but(store, 'those.entity')}"
    )
    values = (letter.first, letter.end, *kinds)
    total = store.all(f"SELECT count(*) {source}", *values)[0][0]
    found = store.all(
        f"SELECT entity, coalesce(lines, 0) AS said {source} "
        "AND (coalesce(lines, 0) < ? OR (coalesce(lines, 0) = ? AND entity > ?)) "
        "ORDER BY said DESC, entity LIMIT ?",
        *values, lines, lines, row, PAGE + 1,
    )  # fmt: skip
    return _listing(store, found, total)


def called(store: Store, name: str, after: str = "") -> Listing:
    """The same of those whom a form of a name may mean, of every kind."""
    lines, row = _key(after)
    found = [(each, _lines(store, each)) for each in entities_like(store, name)]
    ordered = sorted(found, key=lambda each: (-each[1], each[0]))
    rest = [each for each in ordered if (-each[1], each[0]) > (-lines, row)]
    return _listing(store, rest[: PAGE + 1], len(found))


def _lines(store: Store, entity: int) -> int:
    found = store.one("SELECT lines FROM spoken WHERE entity = ?", entity)
    return int(found[0]) if found else 0


def _key(after: str) -> tuple[int, int]:
    """Statements and row of the last one shown. Raises ``BadValue``."""
    if not after:
        return 1 << 62, 0
    lines, _, row = after.partition("-")
    if not (lines.isascii() and lines.isdecimal() and row.isascii() and row.isdecimal() and len(after) < 40):
        raise BadValue("after", after, "the key of a part of the list, as its links have it")
    return int(lines[:18]), int(row[:18])


def _but(store: Store, column: str) -> str:
    """Condition in SQL: not somebody who is not listed."""
    hidden = ",".join(map(str, sorted(suppressed(store))))
    return f"{column} NOT IN ({hidden})" if hidden else "TRUE"


def _listing(store: Store, found: Sequence[tuple[int, int]], total: int) -> Listing:
    shown = found[:PAGE]
    after = f"{shown[-1][1]}-{shown[-1][0]}" if len(found) > PAGE else ""
    return Listing(tuple(_listed(store, *each) for each in shown), total, after)


def _listed(store: Store, row: int, lines: int) -> Listed:
    name = preferred_name(store, row)
    marks = ",".join(map(str, siblings(store, row)))
    forms = store.all(
        f"SELECT form, sum(count) AS n FROM name WHERE row IN ({marks}) AND form <> ? AND count > 0 "  # noqa: S608 (row numbers)
        "GROUP BY form ORDER BY n DESC, form LIMIT ?", name, _FORMS,
    )  # fmt: skip
    kind = store.all("SELECT kind FROM name WHERE row = ?", row)[0][0]
    return Listed(entity_of(store, row), name, kind, tuple(form for form, _ in forms), lines)


@cache
def alphabet() -> tuple[Letter, ...]:
    """The letters of letters.toml, in its order."""
    table = tomllib.loads(files(__package__).joinpath("letters.toml").read_text("utf-8"))
    return tuple(
        Letter(name, script["name"], first, end) for script in table["script"] for name, first, end in script["letters"]
    )


def letters(store: Store, kinds: Sequence[str] = SPEAKING) -> list[Letter]:
    """Those letters under which there is a name."""
    marks = ",".join("?" * len(kinds))
    sql = f"SELECT 1 FROM name WHERE folded >= ? AND folded < ? AND kind IN ({marks}) AND count > 0 LIMIT 1"  # noqa: S608 (marks)
    return [each for each in alphabet() if store.one(sql, each.first, each.end, *kinds)]


def roles(store: Store, person: Person) -> list[Role]:
    """Roles as worded over time, the newest first, with day, outlet and page."""
    places: dict[str, list[tuple[str | None, str | None, str]]] = {}
    for role, on, document in person.roles:
        row = document_row(store, document)
        outlet = store.one("SELECT outlet FROM document WHERE row = ?", row)
        places.setdefault(" ".join(role.split()), []).append((on, outlet[0] if outlet else None, document))
    return [Role(wording, tuple(found)) for wording, found in places.items()]


def activity(store: Store, entity: str) -> Activity:
    """Statements by an entity over time, by day, month or year, whichever gives no more bars than can be read."""
    sql = f"SELECT line FROM voice WHERE name IN ({_marks(store, entity)})"  # noqa: S608 (row numbers)
    rows = Counter(line >> WITHIN for line in {line for (line,) in store.db.execute(sql)})  # SQLite is slower
    undated = rows.pop(0, 0)
    days = [(date.fromordinal(day).isoformat(), rows[day]) for day in sorted(rows)]
    if not days:
        return Activity((), "day", undated)
    by, size = _period(days[0][0], days[-1][0])
    first, last = (period_number(day[:size]) for day in (days[0][0], days[-1][0]))
    counts = {name: sum(n for _, n in some) for name, some in groupby(days, key=lambda each: each[0][:size])}
    names = [period_name(number, size) for number in range(max(first, last - _BARS * 4), last + 1)]
    return Activity(tuple((name, counts.get(name, 0)) for name in names), by, undated)


def _period(first: str, last: str) -> tuple[str, int]:
    """The shortest period of which there are not too many between two days, and how long its name is."""
    for by, size in (("day", DAY), ("month", MONTH)):
        if period_number(last[:size]) - period_number(first[:size]) < _BARS:
            return by, size
    return "year", YEAR


def carriers(store: Store, entity: str) -> Carriers:
    """Which outlets carry the newest statements by an entity."""
    rows = store.all(
        "SELECT outlet, count(*) FROM (SELECT DISTINCT line FROM voice "  # noqa: S608 (row numbers)
        f"WHERE name IN ({_marks(store, entity)}) ORDER BY line DESC LIMIT {COUNTED}) AS newest "
        "JOIN line ON line.row = newest.line JOIN document ON document.row = line.document GROUP BY 1"
    )
    found = sorted(((outlet, count) for outlet, count in rows), key=lambda each: (-each[1], each[0] or ""))
    return Carriers(tuple(found), sum(count for _, count in found))


def about(store: Store, person: Person) -> Around:
    """The newest statements in whose words somebody is named by a full form, whoever speaks."""
    forms = tuple(term for form in _telling(person) if (term := phrase(form)))
    if not forms:
        return Around((), 0, exact=True)
    test, values = store.words.holds("search", Said(Either(forms)))
    source = f"FROM search WHERE {test} AND {is_listed(store, 'search.rowid')}"
    counted = store.all(f"SELECT count(*) FROM (SELECT 1 {source} LIMIT {COUNTED + 1}) AS found", *values)[0][0]  # noqa: S608 (row numbers)
    rows = store.db.execute(f"SELECT search.rowid {source} ORDER BY search.rowid DESC LIMIT {_AROUND}", values)
    lines = lines_at(store, newest_first(store, (row for (row,) in rows)))
    return Around(tuple(lines), min(counted, COUNTED), exact=counted <= COUNTED)


def _telling(person: Person) -> list[str]:
    """Forms that mean nobody else: of several words, or all where none has; a few of the most used."""
    full = [form.name for form in person.forms if len(WORD.findall(form.name)) > 1 or form.script in {"Han", "Hangul"}]
    return (full or [form.name for form in person.forms])[:8]


def addressed(store: Store, entity: str) -> Around:
    """Statements that pages say were made to an entity, on the newest pages that name it."""
    names = set(siblings(store, name_of_entity(store, entity)))
    marks = ",".join(map(str, sorted(names)))
    pages = store.all(
        f"SELECT DISTINCT document FROM uses WHERE name IN ({marks}) ORDER BY document DESC LIMIT ?",  # noqa: S608 (row numbers)
        _PAGES + 1,
    )
    rows = [row for (document,) in pages[:_PAGES] for row in _said_to(store, document, names)]
    lines = sorted((line_at(store, row) for row in rows), key=lambda line: line.published or "", reverse=True)
    return Around(tuple(lines[:_AROUND]), len(rows), exact=len(pages) <= _PAGES)


def _said_to(store: Store, document: int, names: set[int]) -> Iterable[int]:
    """Rows of the statements of a page that are addressed to one of these names."""
    leaf = load_leaf(store, document)
    places = [each.evidence for each in leaf.mentions if name_row(store, each) in names]
    for n, statement in enumerate(leaf.statements):
        to = statement.addressee
        if to and any(to.start <= place.start and place.end <= to.end for place in places):
            row = store.one("SELECT row FROM line WHERE document = ? AND n = ?", document, n)
            yield from [int(row[0])] if row else []


def whole(store: Store, entity: str) -> Person:
    """Somebody with no statement. Raises ``NoSuchRecord`` for one who is not listed too."""
    found = person_by_id(store, entity, 0)
    if not isinstance(found, Person):
        raise BadValue("person", entity, "somebody who is listed")
    return found


def _marks(store: Store, entity: str) -> str:
    return ",".join(map(str, siblings(store, name_of_entity(store, entity))))
