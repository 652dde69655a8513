"""A search as its address states it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple, TypeVar, get_args
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from stemma.archive.views import DayOf, Query
from stemma.errors import BadValue
from stemma.records import StatementKind

PAGE = 25  #: rows a page
KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
DAYS: tuple[DayOf, ...] = get_args(DayOf)
Tab = Literal["statements", "articles", "utterances", "edits"]
TABS: tuple[Tab, ...] = get_args(Tab)
Order = Literal["newest", "best"]
ORDERS: tuple[Order, ...] = get_args(Order)
Choice = TypeVar("Choice", bound=str)


class Asked(NamedTuple):
    """A search as the address states it."""

    query: Query
    tab: Tab
    facets: bool = False  #: facets are asked for, whatever they cost

    @property
    def is_blank(self) -> bool:
        """Whether nothing is asked at all: the first page of the reader."""
        return replace(self.query, limit=None) == Query(limit=None) and self.tab == TABS[0]

    @property
    def state(self) -> dict[str, str]:
        """What stands in the address, by name; the place in the list left out."""
        asked = self.query
        named = {
            "q": asked.words, "speaker": asked.speaker, "outlet": asked.outlet, "from": asked.since, "to": asked.until,
            "day": asked.day if asked.day != "either" else None, "kind": asked.kind,
            "edited": "1" if asked.edited and self.tab != "edits" else None,
            "tab": self.tab if self.tab != TABS[0] else None, "sort": "best" if asked.ranked else None,
        }  # fmt: skip
        return {name: value for name, value in named.items() if value}

    def address(self, path: str = "/search", /, **changes: str | None) -> str:
        """The address of this search with something changed; a value of ``None`` is left out."""
        found = {name: value for name, value in (self.state | changes).items() if value}
        return f"{path}?{urlencode(found)}" if found else path


def asked(params: QueryParams) -> Asked:
    """The search that an address states. Raises ``BadValue`` for a kind, day, tab or order that is none."""
    tab = _one_of(params, "tab", TABS) or TABS[0]
    query = Query(
        words=params.get("q", "").strip(), speaker=params.get("speaker", "").strip() or None,
        outlet=params.get("outlet", "").strip() or None, since=_day(params, "from"), until=_day(params, "to"),
        kind=_one_of(params, "kind", KINDS), day=_one_of(params, "day", DAYS) or "either",
        edited=params.get("edited") == "1" or tab == "edits", limit=None,
        ranked=_one_of(params, "sort", ORDERS) == "best" and tab in {"statements", "edits"},
        after=params.get("after") or None,
    )  # fmt: skip
    if query.since and query.until and query.since > query.until:
        raise BadValue("from", query.since, f"a day no later than {query.until}")
    return Asked(query, tab, params.get("facets") == "1")


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
