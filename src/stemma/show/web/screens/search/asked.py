"""A search as its address states it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypeVar
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from stemma.archive.views import DayOf, Query
from stemma.errors import BadValue
from stemma.records import StatementKind

PAGE = 25  #: statements a page
KINDS: tuple[StatementKind, ...] = ("direct", "indirect", "mixed", "full-text", "transcript")
DAYS: tuple[DayOf, ...] = ("either", "said", "published")
Choice = TypeVar("Choice", bound=str)
_LAST_PAGE = 1_000_000  #: keeps the offset within what SQLite counts


class Asked(NamedTuple):
    """A search as the address states it."""

    query: Query
    page: int

    def address(self, page: int) -> str:
        """The address of another page of the same search."""
        asked = self.query
        named = {
            "q": asked.words, "speaker": asked.speaker, "outlet": asked.outlet, "from": asked.since, "to": asked.until,
            "day": asked.day if asked.day != "either" else None, "kind": asked.kind,
            "edited": "1" if asked.edited else None, "page": page if page > 1 else None,
        }  # fmt: skip
        return "/search?" + urlencode({name: value for name, value in named.items() if value})


def asked(params: QueryParams) -> Asked:
    """The search that an address states. Raises ``BadValue`` for a kind, day or page that is none."""
    page = params.get("page") or "1"
    if not (page.isascii() and page.isdecimal() and 1 <= int(page[:8]) <= _LAST_PAGE):
        raise BadValue("page", page, "a number from 1")
    query = Query(
        words=params.get("q", "").strip(), speaker=params.get("speaker", "").strip() or None,
        outlet=params.get("outlet", "").strip() or None, since=_day(params, "from"), until=_day(params, "to"),
        kind=_one_of(params, "kind", KINDS), day=_one_of(params, "day", DAYS) or "either",
        edited=params.get("edited") == "1",
        limit=PAGE, offset=(int(page) - 1) * PAGE,
    )  # fmt: skip
    if query.since and query.until and query.since > query.until:
        raise BadValue("from", query.since, f"a day no later than {query.until}")
    return Asked(query, int(page))


def _one_of(params: QueryParams, name: str, choices: Sequence[Choice]) -> Choice | None:
    value = params.get(name) or None
    if value is None or value in choices:
        return next((choice for choice in choices if choice == value), None)
    raise BadValue(name, value, f"one of {', '.join(choices)}")


def _day(params: QueryParams, name: str) -> str | None:
    value = params.get(name, "").strip() or None
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise BadValue(name, value, "a day like 2025-10-24") from None
