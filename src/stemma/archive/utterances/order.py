"""Which witness of an utterance came first: by day, by instant where it is known, the cited before the citing.

The order follows from the pages alone. What decides between neighbours of one day may be nothing but their titles:
then their order is not known, and is said not to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby, pairwise
from typing import NamedTuple

from stemma.archive.pages.aliases import forms_of
from stemma.archive.pages.days import WITHIN
from stemma.archive.pages.leaf import Leaf, load_leaf, title_of
from stemma.archive.store.store import Store
from stemma.records import Statement
from stemma.text.words import fold


class Witnessing(NamedTuple):
    """A statement as far as its place in time goes; ``line`` is its row, ``day`` None where the page has none."""

    line: int
    day: int | None
    instant: float | None
    outlet: str | None
    cites: frozenset[str]
    title: str
    place: tuple[str, int, str]  #: document, first character, id of the statement


def in_order(store: Store, lines: Iterable[int]) -> tuple[list[int], set[int]]:
    """The rows of statements, earliest first, undated last; and those whose order to a neighbour is open."""
    found = sorted((_witnessing(store, line) for line in lines), key=lambda each: each.place)
    days = groupby(sorted(found, key=_day), key=_day)
    ordered = [each for _, some in days for each in _of_a_day(list(some))]
    open_ = {each.line for pair in pairwise(ordered) if _undecided(*pair) for each in pair}
    return [each.line for each in ordered], open_


def _day(each: Witnessing) -> tuple[bool, int]:
    return each.day is None, each.day or 0


def _of_a_day(some: Sequence[Witnessing]) -> list[Witnessing]:
    """By instant where all have one; else the cited before the citing; then by instant, title and place."""
    timed = all(each.instant is not None for each in some)
    depths = _depths(some)

    def key(each: Witnessing) -> tuple[float, int, float, str, tuple[str, int, str]]:
        instant = each.instant or 0.0
        return instant if timed else 0.0, depths[each.line], instant, each.title, each.place

    return sorted(some, key=key)


def _depths(some: Sequence[Witnessing]) -> dict[int, int]:
    """How many hops of citing lie between each and one that cites none of the others; circles end after one round."""
    cited = {each.line: [one.line for one in some if _cites(each, one)] if each.cites else [] for each in some}
    depths = dict.fromkeys(cited, 0)
    for _ in some:
        deeper = {line: max((depths[other] + 1 for other in others), default=0) for line, others in cited.items()}
        if deeper == depths:
            break
        depths = deeper
    return depths


def _cites(each: Witnessing, other: Witnessing) -> bool:
    return other.outlet in each.cites and each.outlet not in other.cites


def _undecided(one: Witnessing, other: Witnessing) -> bool:
    """Whether nothing tells which of two of one day came first; statements of one page stand in its order."""
    timed = one.instant is not None and other.instant is not None and one.instant != other.instant
    decided = timed or _cites(other, one) or one.place[0] == other.place[0]
    return one.day is not None and one.day == other.day and not decided


def _witnessing(store: Store, line: int) -> Witnessing:
    document, n, published, outlet = store.all(
        "SELECT document, n, published, outlet FROM line JOIN document ON document.row = document WHERE line.row = ?",
        line,
    )[0]
    leaf = load_leaf(store, document)
    statement = leaf.statements[n]
    return Witnessing(
        line, line >> WITHIN or None, instant_of(published), outlet and fold(outlet), _cited(leaf, statement),
        title_of(leaf) or "", (leaf.document.id, statement.content[0].start, statement.id),
    )  # fmt: skip


def instant_of(published: str | None) -> float | None:
    """Seconds since 1970 of an ISO instant, in UTC unless it names a zone; None for a mere day and what is no time."""
    if not published or "T" not in published:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _cited(leaf: Leaf, statement: Statement) -> frozenset[str]:
    """Whom the page names as where it has the statement from, else where it has everything from; every form, folded."""
    own = [relay.exemplar for relay in leaf.relays if relay.statement == statement.id]
    exemplars = own or [relay.exemplar for relay in leaf.relays if relay.statement is None]
    return frozenset(fold(form) for exemplar in exemplars for form in forms_of(leaf, exemplar))
