"""Selection is a claim too: which pages of whom are here and of which months, what is missing, what went wrong.

All but problems and runs is counted in SQL over narrow tables. A gap is a statement about this archive alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from stemma.archive.corrections.log import people
from stemma.archive.corrections.standing import standing, undone_among
from stemma.archive.store.databases.sqlite import bytes_of
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import CAPTURES, Row, Store
from stemma.archive.views import Coverage, Gap, Period, Sizes, Span, Stats, Trouble, Use, Words
from stemma.records import RESERVATIONS, AnyRecord, Correction, Judgement, Problem, Run
from stemma.text.periods import DAY, MONTH, YEAR, period_name, period_number

By = Literal["day", "month", "year"]
_SIZES: dict[By, int] = {"day": DAY, "month": MONTH, "year": YEAR}
#: Fields of corrections that are more than a field set right.
_KINDS = {"access": "withdrawal", "redaction": "redaction"}
_LONGEST_CAUSE = 90  #: characters
_NUMBER, _QUOTED = re.compile(r"\d[\d,.]*"), re.compile(r"'[^']*'|\"[^\"]*\"")
#: Where a message goes on from what happened to its details and to the way out.
_DETAILS = re.compile(r" \(|; |, which |\. ")


class _Day(NamedTuple):
    """Pages of one outlet and one day of publication, or of what stands in its place."""

    outlet: str | None
    published: str | None  #: ISO day or coarser; None: not known
    pages: int
    statements: int


def coverage(store: Store, by: By) -> list[Coverage]:
    """What is here of each outlet, the one with most pages first; pages without outlet last."""
    rows = store.all(
        "SELECT outlet, substr(published, 1, 10), count(*), sum(statements) FROM document "
        "WHERE reading IS NOT NULL GROUP BY 1, 2"
    )
    found: defaultdict[str | None, list[_Day]] = defaultdict(list)
    for day in (_Day(*row) for row in rows):
        found[day.outlet].append(day)
    covered = [_coverage(outlet, days, by) for outlet, days in found.items()]
    return sorted(covered, key=lambda each: (each.outlet is None, -each.pages, each.outlet or ""))


def span(store: Store) -> Span:
    """What all outlets cover together."""
    rows = store.all(
        "SELECT outlet, substr(published, 1, 7), min(substr(published, 1, 10)), max(substr(published, 1, 10)) "
        "FROM document WHERE reading IS NOT NULL GROUP BY 1, 2"
    )
    months: defaultdict[str, list[str]] = defaultdict(list)
    days: list[str] = []
    for outlet, month, first, last in rows:
        dated = [day for day in (first, last) if _is_dated(_Day(outlet, day, 1, 0))]
        days += dated
        if outlet is not None:
            months[outlet] += [month] if dated and len(month) == MONTH else []
    return Span(
        outlets=len(months), first=min(days, default=None), last=max(days, default=None),
        gaps=sum(1 for names in months.values() for _ in _gaps(sorted(names))),
    )  # fmt: skip


def _coverage(outlet: str | None, days: Sequence[_Day], by: By) -> Coverage:
    dated = [day for day in days if _is_dated(day)]
    fine = [day for day in dated if len(day.published or "") >= _SIZES[by]]
    names = sorted(day.published or "" for day in dated)
    periods = _periods(fine, _SIZES[by])
    return Coverage(
        outlet=outlet,
        by=by,
        pages=_pages(days),
        statements=sum(day.statements for day in days),
        undated=_pages(days) - _pages(dated),
        vague=_pages(dated) - _pages(fine),
        days=sum(len(name) == DAY for name in names),
        first=names[0] if names else None,
        last=names[-1] if names else None,
        periods=periods,
        gaps=tuple(_gaps([period.name for period in periods])),
    )


def _pages(days: Iterable[_Day]) -> int:
    return sum(day.pages for day in days)


def _is_dated(day: _Day) -> bool:
    """Whether the day is one of the calendar: what somebody stated is kept as it is, whatever it is."""
    try:
        period_number(day.published or "")
    except ValueError:
        return False
    return True


def _periods(days: Sequence[_Day], size: int) -> tuple[Period, ...]:
    pages: Counter[str] = Counter()
    full: Counter[str] = Counter()
    for day in days:
        name = (day.published or "")[:size]
        pages[name] += day.pages
        full[name] += len(day.published or "") == DAY
    return tuple(Period(name, pages[name], full[name]) for name in sorted(pages))


def _gaps(names: Sequence[str]) -> Iterator[Gap]:
    numbers = [period_number(name) for name in names]
    for left, right in pairwise(numbers):
        if right - left > 1:
            first, last = (period_name(number, len(names[0])) for number in (left + 1, right - 1))
            yield Gap(first, last, right - left - 1)


def stats(store: Store) -> Stats:
    """What the archive holds and lacks."""
    captures = _one(store, "SELECT count(*), coalesce(sum(size), 0) FROM snapshot")
    documents, letters, statements, outlets, outletless, undated = _one(
        store,
        "SELECT count(*), coalesce(sum(letters), 0), coalesce(sum(statements), 0), count(DISTINCT outlet), "
        "count(*) - count(outlet), count(*) - count(published) FROM document WHERE reading IS NOT NULL",
    )
    return Stats(
        pages=captures[0],
        documents=documents,
        statements=statements,
        outlets=outlets,
        outletless=outletless,
        undated=undated,
        languages=languages(store),
        reservations=tuple(_reservations(store)),
        troubles=troubles(_facts(store, Problem)),
        runs=tuple(_uses(store)),
        sizes=Sizes(captures[1], _size(store.folder / CAPTURES), store.db.size(store.folder), letters),
        words=words(store),
    )


def _one(store: Store, sql: str) -> Row:
    row = store.one(sql)
    assert row
    return row


def languages(store: Store) -> tuple[tuple[str | None, int], ...]:
    """Pages of each language, the most frequent first; None: not known."""
    rows = store.all("SELECT language, sum(documents) FROM shelf GROUP BY language")
    return tuple(sorted(((name or None, count) for name, count in rows), key=lambda row: (-row[1], row[0] or "")))


def _reservations(store: Store) -> Iterator[tuple[str, int]]:
    rows = store.all(
        "SELECT reserved, count(*) FROM document WHERE reading IS NOT NULL AND reserved > 0 GROUP BY reserved"
    )
    for bit, name in enumerate(RESERVATIONS):
        if count := sum(count for reserved, count in rows if reserved >> bit & 1):
            yield name, count


def _facts(store: Store, kind: type[AnyRecord]) -> Iterator[AnyRecord]:
    """Facts of a kind in order of their adding."""
    return (
        unpack_record(body) for (body,) in store.all("SELECT body FROM fact WHERE kind = ? ORDER BY row", kind.letter)
    )


def troubles(problems: Iterable[AnyRecord]) -> tuple[Trouble, ...]:
    """Problems by stage and cause, the most frequent kind first; the example is the smallest id."""
    kinds: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for problem in problems:
        assert isinstance(problem, Problem)
        kinds[problem.stage, cause_of(problem)].append(problem.id)
    found = (Trouble(stage, cause, len(ids), min(ids)) for (stage, cause), ids in kinds.items())
    return tuple(sorted(found, key=lambda each: (-each.count, each.stage, each.cause)))


def cause_of(problem: Problem) -> str:
    """What happened, without the thing it happened to, numbers, quoted words, details and the way out."""
    message = problem.message.removeprefix(f"{problem.about}: ")
    if problem.stage == "read" and message == problem.message:  # its message begins with the page's address
        message = message.partition(": ")[2] or message
    message = _QUOTED.sub("'…'", _DETAILS.split(message, maxsplit=1)[0])
    return _NUMBER.sub("N", message).rstrip(". ")[:_LONGEST_CAUSE]


def _uses(store: Store) -> Iterator[Use]:
    """Runs by stage in order of their making."""
    runs = [run for run in _facts(store, Run) if isinstance(run, Run)]
    latest = {run.stage: run.id for run in runs}
    sets = [(set(ids.split()), count) for ids, count in store.all("SELECT ids, current FROM runs")]
    for run in sorted(runs, key=lambda run: run.stage):
        yield Use(run, latest[run.stage] == run.id, sum(count for ids, count in sets if run.id in ids))


def words(store: Store) -> Words:
    """What people said of records and still holds, counted."""
    said = people(store)
    corrections = [each for each in said if isinstance(each, Correction)]
    undone = undone_among(corrections)
    kinds = Counter(_KINDS.get(each.field, "correction") for each in standing(corrections))
    return Words(
        corrections=kinds["correction"],
        judgements=sum(isinstance(each, Judgement) and each.id not in undone for each in said),
        withdrawals=kinds["withdrawal"],
        redactions=kinds["redaction"],
        undone=len(undone),
    )


def _size(folder: Path) -> int:
    return sum(map(bytes_of, list(folder.rglob("*"))))
