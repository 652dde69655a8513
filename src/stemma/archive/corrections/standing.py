"""Which of people's words hold: a function of their set, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from stemma.records import Correction, Judgement

#: Fields of which several values hold at once; of all others the newest holds.
_SEVERAL = frozenset({"label", "redaction"})


def age(said: Correction | Judgement) -> tuple[int, str]:
    """The order of time; of equal moments the larger id is the newer."""
    return moment_of(said.at or ""), said.id


@lru_cache(4_096)
def moment_of(at: str) -> int:
    """Microseconds since 1970 of an ISO 8601 instant, in UTC unless it names a zone; 0 for what is none."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return 0
    return round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1_000_000)


def standing(corrections: Iterable[Correction]) -> list[Correction]:
    """Those that are not undone, oldest first; of one field of one record the newest alone. Undoings are left out."""
    known = {each.id: each for each in corrections}
    undone = undone_among(known.values())
    newest: dict[tuple[str, str, str], Correction] = {}
    for each in sorted(known.values(), key=age):
        if each.field != "undone" and each.id not in undone:
            newest[each.about, each.field, each.value if each.field in _SEVERAL else ""] = each
    return sorted(newest.values(), key=age)


def undone_among(corrections: Iterable[Correction]) -> set[str]:
    """Ids of corrections and judgements that an undoing takes back which is not taken back itself.

    An undoing of an undoing brings the first word back. No circle is possible: an id is a hash of what it is about.
    """
    undoings: dict[str, list[str]] = {}
    for each in corrections:
        if each.field == "undone":
            undoings.setdefault(each.about, []).append(each.id)
    undone: dict[str, bool] = {}
    for record_id in undoings:
        _decide(record_id, undoings, undone)
    return {record_id for record_id, gone in undone.items() if gone}


def _decide(record_id: str, undoings: dict[str, list[str]], undone: dict[str, bool]) -> None:
    """Write whether a record is undone, for it and all that is said about its undoings; without recursion."""
    path = [record_id]
    while path:
        last = path[-1]
        undone.setdefault(last, False)  # so that a made-up circle ends
        waiting = [each for each in undoings.get(last, ()) if each not in undone]
        if waiting:
            path += waiting
            continue
        undone[last] = any(not undone[each] for each in undoings.get(last, ()))
        path.pop()
