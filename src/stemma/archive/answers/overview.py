"""The archive as a whole: timeline, what could not be told, problems, counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from heapq import merge
from itertools import islice

from stemma.archive.answers.articles import article_at, utterance_at
from stemma.archive.answers.find import within_days
from stemma.archive.answers.lines import line_at
from stemma.archive.answers.names import is_resolved
from stemma.archive.answers.search.selecting import bounds, without_days
from stemma.archive.corrections.access import is_listed, suppressed
from stemma.archive.corrections.keeping import waiting
from stemma.archive.pages.days import WITHIN
from stemma.archive.relations.entities import is_decided
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.archive.views import Article, DayBasis, Line, Moment, Outlet, Query, Totals, Unresolved, Utterance
from stemma.records import Judgement, Problem, Run

_Dated = tuple[int, int, DayBasis]  #: day as a number, row of the statement, what the day rests on
_ALL = 2**62  #: more than there are
_FIRST_ONLY = "NOT EXISTS (SELECT 1 FROM utterance WHERE utterance.line = line.row AND first <> line.row)"


def utterances(store: Store, limit: int | None) -> Iterator[Utterance]:
    """Utterances of two witnesses or more, the most carried first, then the newest."""
    for first in _most_carried(store, limit):
        view = utterance_at(store, first)
        if view.lines[0].witnesses > 1:
            yield view


def carried(store: Store, limit: int) -> list[Line]:
    """The earliest witness of each of the most carried utterances; costs less than their other witnesses do.

    None of those that captures of one page alone carry.
    """
    lines = (line_at(store, first) for first in _most_carried(store, limit))
    return [line for line in lines if line.witnesses > 1]


def _most_carried(store: Store, limit: int | None) -> list[int]:
    """Rows of the first witnesses of utterances of two or more, the most carried first, then the newest."""
    known = store.counts.recall(key := ("carried", store.revision(), limit))
    if known is None:
        known = _carried(store, limit)
        store.counts.remember(key, known)
    rows: list[int] = known
    return rows


def _carried(store: Store, limit: int | None) -> list[int]:
    rows = store.all(
        "SELECT first FROM utterance JOIN line ON line.row = first JOIN document ON document.row = line.document "  # noqa: S608 (row numbers)
        f"WHERE {is_listed(store, 'first')} "
        f"GROUP BY first ORDER BY count(*) DESC, first >> {WITHIN} DESC, min(document.id), min(n) LIMIT ?",
        _ALL if limit is None else limit,
    )
    return [first for (first,) in rows]


def timeline(store: Store, query: Query) -> list[Moment]:
    """The newest dated statements that fit, in order of time; an utterance once, by its earliest witness among them.

    Its days are those of the moments: the day said where it is known, else that of publication. Raises ``BadQuery``.
    """
    found: Iterable[_Dated] = merge(*_moments(store, query), reverse=True)
    if _is_narrow(query):
        found = sorted(_earliest(store, found), reverse=True)
    some = within_days(store, found)
    newest = islice(some, query.offset, None if query.limit is None else query.offset + query.limit)
    moments = [Moment(date.fromordinal(day).isoformat(), basis, line_at(store, row)) for day, row, basis in newest]
    return sorted(moments, key=_time)


def _time(one: Moment) -> tuple[str, str, str, int, str]:
    """The order of time; within a day by instant of publication where it is known, then page by page."""
    statement = one.line.statement
    return one.day, one.line.published or "", statement.document, statement.content[0].start, statement.id


def undated(store: Store, query: Query) -> int:
    """How many statements fit of which no day is known; those stand in no timeline. Raises ``BadQuery``."""
    whole = without_days(store, query)
    part = whole.also("line.row < ? AND said IS NULL", 1 << WITHIN)
    found = store.one(f"SELECT count(*) {part.source}", *part.values)
    assert found
    return int(found[0])


def _moments(store: Store, query: Query) -> Iterator[Iterator[_Dated]]:
    """The statements that fit, newest first, for each basis of a day."""
    whole, (first, end) = without_days(store, query), bounds(query)
    once = "TRUE" if _is_narrow(query) else _FIRST_ONLY
    if query.day != "published":
        days = "said >= ? AND said < ? ORDER BY said DESC, line.row DESC"
        sql = f"SELECT said, line.row {whole.source} AND {once} AND {days}"
        yield ((day, row, "said") for day, row in store.each(sql, (*whole.values, first, end)))
    if query.day != "said":
        unsaid = "said IS NULL" if query.day == "either" else "TRUE"
        sql = (
            f"SELECT {whole.row} >> {WITHIN}, {whole.row} {whole.source} AND {once} AND {unsaid} "
            f"AND {whole.row} >= ? AND {whole.row} < ? ORDER BY {whole.row} DESC"
        )
        values = (*whole.values, first << WITHIN, end << WITHIN)
        yield ((day, row, "published") for day, row in store.each(sql, values))


def _earliest(store: Store, found: Iterable[_Dated]) -> Iterable[_Dated]:
    """Of each utterance the earliest of these witnesses, which come newest first."""
    kept: dict[int, _Dated] = {}
    for one in found:
        utterance = store.one("SELECT first FROM utterance WHERE line = ?", one[1])
        kept[utterance[0] if utterance else one[1]] = one
    return kept.values()


def _is_narrow(query: Query) -> bool:
    """Whether the earliest witness of an utterance may be left out by what is asked, and another one not."""
    return bool(query.words or query.speaker or query.outlet or query.kind)


def unresolved(store: Store, limit: int) -> Unresolved:
    """The first of what could not be told, newest pages first."""
    return Unresolved(
        speakers=tuple(islice(_speakerless(store), limit)),
        undated=tuple(_lacking(store, "published", limit)),
        outletless=tuple(_lacking(store, "outlet", limit)),
        unsure=tuple(islice(_unsure(store), limit)),
    )


def _speakerless(store: Store) -> Iterator[Line]:
    for (row,) in store.each("SELECT row FROM line WHERE voiced = 0 ORDER BY row DESC"):
        yield line_at(store, row)


def _lacking(store: Store, column: str, limit: int) -> Iterator[Article]:
    rows = store.all(
        f"SELECT row FROM document WHERE reading IS NOT NULL AND {column} IS NULL ORDER BY id LIMIT ?",  # noqa: S608 (two callers above)
        limit,
    )
    for (row,) in rows:
        yield article_at(store, row)


def _unsure(store: Store) -> Iterator[tuple[Judgement, str, str]]:
    """Judgements that leave it open, with the two names.

    A pair that a person decided is none, nor one that is joined by other ways, nor one of which one form is
    resolved in every page that holds it.
    """
    rows = store.all(
        "SELECT fact.body, one.form, other.form, one.row, other.row FROM fact JOIN name AS one ON one.row = left "
        "JOIN name AS other ON other.row = right WHERE fact.kind = 'j' AND binds = 0 "
        "AND coalesce(one.entity, one.row) <> coalesce(other.entity, other.row) "
        "AND NOT EXISTS (SELECT 1 FROM hidden WHERE name IN (left, right))"
    )
    found = [(record, *row) for body, *row in rows if isinstance(record := unpack_record(body), Judgement)]
    unsure = sorted(
        (each for each in found if each[0].verdict == "unsure"), key=lambda each: (-each[0].score, each[0].id)
    )
    hidden = suppressed(store)
    for judgement, one, other, *pair in unsure:
        if (
            hidden.keys().isdisjoint(pair)
            and not is_decided(store, *pair)
            and not any(is_resolved(store, row) for row in pair)
        ):
            yield judgement, one, other


def problems(store: Store) -> list[Problem]:
    """All problems, in order of their ids."""
    rows = store.all("SELECT body FROM fact WHERE kind = 'p'")
    found = [record for (body,) in rows if isinstance(record := unpack_record(body), Problem)]
    return sorted([*found, *waiting(store)], key=lambda each: each.id)


def runs(store: Store) -> list[Run]:
    """All runs, in order of their ids."""
    found = (unpack_record(body) for (body,) in store.all("SELECT body FROM fact WHERE kind = 'u'"))
    return sorted((each for each in found if isinstance(each, Run)), key=lambda each: each.id)


def outlets(store: Store) -> tuple[Outlet, ...]:
    """Carriers, the one with most pages first."""
    known = store.counts.recall(key := ("outlets", store.revision()))
    if known is None:
        known = _outlets(store)
        store.counts.remember(key, known)
    found: tuple[Outlet, ...] = known
    return found


def _outlets(store: Store) -> tuple[Outlet, ...]:
    rows = store.all(
        "SELECT outlet, count(*), sum(statements), min(published), max(published) FROM document "
        "WHERE reading IS NOT NULL AND outlet IS NOT NULL GROUP BY outlet ORDER BY count(*) DESC, outlet"
    )
    return tuple(Outlet(*row) for row in rows)


def totals(store: Store) -> Totals:
    """Counts of what is current, which the archive keeps as it changes."""
    tally: dict[str, int] = dict(store.all("SELECT what, count FROM tally"))
    shelf = store.all("SELECT outlet, documents, statements, relays FROM shelf")
    documents, statements, relays = (sum(row[n] for row in shelf) for n in (1, 2, 3))
    return Totals(
        pages=tally.get("c", 0),
        documents=documents,
        statements=statements,
        speakers=tally.get("e", 0),
        relays=relays + tally.get("y", 0),
        variants=tally.get("v", 0),
        utterances=statements - tally.get("w", 0),
        problems=tally.get("p", 0),
        outlets=len({row[0] for row in shelf} - {""}),
    )
