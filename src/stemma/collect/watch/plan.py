"""What is watched: a TOML file with a ``[[source]]`` for each feed, sitemap, page or list of addresses."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from stemma.collect.web.guard.addresses import Unfit, read_address
from stemma.errors import BadValue

Kind = Literal["feed", "sitemap", "page", "list"]
_KINDS: tuple[Kind, ...] = ("feed", "sitemap", "page", "list")
_FIELDS = {*_KINDS, "every", "again", "outlet", "most"}
_SPAN = re.compile(r"(\d{1,6})\s*(s|m|h|d)")
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_EVERY = {"feed": "15m", "sitemap": "1h", "page": "1h", "list": "1d"}
#: When a page is asked for again after it was first seen: most edits come in the first day.
_AGAIN = ("1h", "6h", "1d", "3d", "14d")
_LEAST = 60.0  #: seconds between two requests for one thing; no edit of the news is lost by it
_MOST = 500  #: new pages that one reading of a listing may bring
_MOST_ADDRESSES = 100_000  #: of a list


@dataclass(frozen=True, slots=True)
class Watched:
    """One source and how it is asked."""

    kind: Kind
    address: str  #: of the feed, sitemap or page; the file of a list
    every: float  #: seconds between two requests
    again: tuple[float, ...]  #: seconds after its first capture at which a page that it lists is asked for again
    outlet: str | None = None  #: stated of its pages
    most: int = _MOST  #: new pages that one reading of it may bring; the others come with the next
    pages: tuple[str, ...] = ()  #: of a list


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is watched."""

    sources: tuple[Watched, ...]
    contact: str | None = None  #: told to servers

    def source(self, address: str) -> Watched | None:
        """The source of an address; None where it is watched no more."""
        return next((each for each in self.sources if each.address == address), None)


def read_plan(path: str | Path) -> Plan:
    """The plan of a file. Raises ``BadValue`` that names what is wrong and where."""
    try:
        table = tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        raise BadValue("file", str(path), f"a TOML file of sources ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeError) as error:
        raise BadValue("file", str(path), f"a TOML file of sources ({error})") from None
    rows = table.get("source")
    if not isinstance(rows, list) or not rows:
        raise BadValue("file", str(path), "at least one [[source]] with feed, sitemap, page or list")
    sources = tuple(_watched(row, number, Path(path).parent) for number, row in enumerate(rows, 1))
    twice = sorted({each.address for each in sources if sum(each.address == other.address for other in sources) > 1})
    if twice:
        raise BadValue("source", twice[0], "each address in one [[source]]")
    return Plan(sources, table.get("contact"))


def _watched(row: Any, number: int, folder: Path) -> Watched:  # noqa: ANN401 - whatever TOML holds
    place = f"source {number}"
    if not isinstance(row, dict):
        raise BadValue(place, str(row)[:80], "a table: [[source]]")
    if unknown := sorted(set(row) - _FIELDS):
        raise BadValue(place, unknown[0], f"one of {', '.join(sorted(_FIELDS))}")
    kinds = [kind for kind in _KINDS if kind in row]
    if len(kinds) != 1:
        raise BadValue(place, ", ".join(kinds) or "nothing", "one of feed, sitemap, page and list")
    kind = kinds[0]
    pages = _listed(folder / str(row[kind])) if kind == "list" else ()
    address = str(row[kind]) if kind == "list" else _address(place, row[kind])
    again = row.get("again", _AGAIN)
    if not isinstance(again, list | tuple):
        raise BadValue(f"{place}, again", str(again)[:80], 'a list of spans, such as ["1h", "1d"]')
    most = row.get("most", _MOST)
    if type(most) is not int or most < 1:
        raise BadValue(f"{place}, most", str(most)[:80], "a number of pages")
    return Watched(
        kind, address, _span(f"{place}, every", row.get("every", _EVERY[kind])),
        tuple(sorted(_span(f"{place}, again", each) for each in again)), row.get("outlet"), most, pages,
    )  # fmt: skip


def _address(place: str, text: Any) -> str:  # noqa: ANN401 - whatever TOML holds
    try:
        return str(read_address(str(text)))
    except Unfit as error:
        raise BadValue(place, str(text)[:200], str(error)) from None


def _span(place: str, text: Any) -> float:  # noqa: ANN401 - whatever TOML holds
    """Seconds of a span like ``15m``, at least a minute. Raises ``BadValue``."""
    if not (found := _SPAN.fullmatch(str(text))):
        raise BadValue(place, str(text)[:80], "a span of time such as 15m, 6h or 3d")
    return max(_LEAST, int(found[1]) * _SECONDS[found[2]])


def _listed(path: Path) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_address(f"{path.name}, line {number}", text) for number, text in read_list(path)))


def read_list(path: Path) -> list[tuple[int, str]]:
    """The addresses of a file, one a line, with their numbers; empty lines and those that begin with # are passed over.

    Raises ``BadValue`` where there is no such file, or it has too many.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeError) as error:
        raise BadValue("list", str(path), f"a file of addresses, one a line ({error})") from None
    if len(lines) > _MOST_ADDRESSES:
        raise BadValue("list", str(path), f"at most {_MOST_ADDRESSES:,} lines")
    found = ((number, line.strip()) for number, line in enumerate(lines, 1))
    return [(number, text) for number, text in found if text and not text.startswith("#")]
