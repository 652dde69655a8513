"""The rail beside a list: facets, each value with a way to keep and a way to leave out; and the bars above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from stemma.archive.answers.search.language import Term, parse, stating, without
from stemma.archive.views import Bar, Days, Facets, FacetValue, Understood
from stemma.show.queries import explained
from stemma.show.web.screens.search.asked import Asked
from stemma.text.words import fold

TITLES = {
    "outlet": "Outlet", "via": "Agency cited", "said": "Speaker", "to": "Addressed to", "place": "Place",
    "language": "Language", "kind": "Kind", "date": "Day known from", "is": "State",
}  # fmt: skip
_SHOWN = {
    "date": {"said": "the page’s words", "published": "publication only", "unknown": "not known"},
    "is": {
        "edited": "differs between captures", "shared": "carried by several pages", "confirmed": "touched by a person",
    },
}  # fmt: skip
_HEIGHT, _WIDTH, _GAP = 100, 1000, 0.15  #: of the picture of bars, in its own units; the gap is a share of a bar
_UNITS = {"day": 10, "month": 7, "quarter": 7, "year": 4, "decade": 4}  #: characters that name a period


class Choice(NamedTuple):
    """One value of a facet."""

    shown: str
    number: int
    kept: bool
    keep: str  #: address with it, or without what keeps it
    leave: str  #: address that leaves it out


class Rail(NamedTuple):
    """One facet."""

    field: str
    title: str
    choices: tuple[Choice, ...]
    more: int


class Chip(NamedTuple):
    """One part of what is asked, in words, and the address without it."""

    told: str
    known: bool
    address: str


class Column(NamedTuple):
    """One bar of the picture of days."""

    bar: Bar
    name: str
    address: str
    x: float
    width: float
    height: float


def rails(asked: Asked, facets: Facets) -> list[Rail]:
    """The facets with their links."""
    terms = parse(asked.query.words)
    return [
        Rail(
            facet.field, TITLES[facet.field],
            tuple(_choice(asked, terms, facet.field, value) for value in facet.values),
            facet.more,
        )
        for facet in facets.facets
    ]  # fmt: skip


def _choice(asked: Asked, terms: Sequence[Term], field: str, one: FacetValue) -> Choice:
    words, value = asked.query.words, one.value
    held = next(
        (each for each in terms if each.field == field and not each.minus and fold(each.value) == fold(value)), None
    )
    keep = without(words, held) if held else f"{words} {stating(field, value)}".strip()
    bare = without(words, held) if held else words
    leave = f"{bare} {stating(field, value, minus=True)}".strip()
    name = _SHOWN.get(field, {}).get(one.shown, one.shown)
    return Choice(name, one.count, held is not None, asked.address(q=keep), asked.address(q=leave))


def chips(asked: Asked, terms: Sequence[Understood]) -> list[Chip]:
    """All that is asked, each part with the address without it."""
    query, parsed = asked.query, parse(asked.query.words)
    found = [
        Chip(told, term.known, asked.address(q=without(query.words, each)))
        for told, term, each in zip(explained(terms), terms, parsed, strict=True)
    ]
    for name, told in (
        ("speaker", f"said by {query.speaker}"), ("outlet", f"carried by {query.outlet}"),
        ("kind", f"of the kind {query.kind}"),
        ("edited", "worded otherwise in another capture"),
        ("from", f"from {query.since}"), ("to", f"up to {query.until}"),
    ):  # fmt: skip
        if name in asked.state:
            gone: dict[str, str | None] = {name: None}
            found.append(Chip(told, True, asked.address(**gone)))
    return found


def columns(asked: Asked, days: Days) -> list[Column]:
    """The bars of the picture, each with the address of its period."""
    highest = max((bar.count for bar in days.bars), default=0) or 1
    width = _WIDTH / max(1, len(days.bars))
    return [
        Column(
            bar, named(bar, days.unit), asked.address(day="published", **{"from": bar.first, "to": bar.last}),
            round(n * width, 2), round(width * (1 - _GAP), 2), round(_HEIGHT * bar.count / highest, 2),
        )
        for n, bar in enumerate(days.bars)
    ]  # fmt: skip


def named(bar: Bar, unit: str) -> str:
    """A period by its name: "2025-10-24", "2025-10", "2025-10 to 2025-12", "2025"."""
    name = bar.first[: _UNITS[unit]]
    return f"{name} to {bar.last[: _UNITS[unit]]}" if unit in {"quarter", "decade"} else name
