"""What is stated of a page by the person who adds it, or by a line of JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from stemma.collect import formats
from stemma.errors import BadValue
from stemma.records import Stated

_DAY = re.compile(
    r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T[0-2]\d:[0-5]\d(:[0-6]\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?"
)
_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_WANTED_DAY = "an ISO 8601 day or instant such as 2025-10-24 or 2025-10-24T09:14:00Z"
_WANTED_ADDRESS = "an address that begins with http:// or https://"
MANY = formats.MANY | {".zip", ".wacz"}  #: endings of files that hold several pages


class Fact(NamedTuple):
    """A stated value that cannot be read, and what was wanted."""

    name: str
    value: str
    wanted: str


def checked(stated: Stated, paths: Sequence[Path], *, web: bool = False) -> Stated:
    """The same facts; ``web``: some pages are fetched, which gives them address and capture time.

    Raises ``BadValue`` for one that cannot be read, an address for more than one page, or what fetching finds out.
    """
    for fact in unreadable(stated):
        raise BadValue(fact.name, fact.value, fact.wanted)
    for name, value in (("url", stated.url), ("fetched", stated.fetched)):
        if web and value:
            raise BadValue(name, value, "only beside files: a page that is fetched now has its own address and time")
    several = len(paths) != 1 or paths[0].is_dir() or MANY & set(paths[0].suffixes)
    if stated.url and several:
        raise BadValue("url", stated.url, "one file beside it, since an address belongs to one page")
    return stated


def unreadable(stated: Stated) -> list[Fact]:
    """The facts that cannot be read."""
    found = [
        Fact(name, value, _WANTED_DAY)
        for name, value in (("fetched", stated.fetched), ("published", stated.published))
        if value is not None and not _is_instant(value)
    ]
    if stated.url is not None and not _ADDRESS.fullmatch(stated.url):
        found.append(Fact("url", stated.url, _WANTED_ADDRESS))
    return found


def _is_instant(value: str) -> bool:
    """Whether the value is written as a year, month, day or instant, and the calendar has its day."""
    if not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat((value[:10] + "-01-01")[:10])
    except ValueError:
        return False
    return True


def without(stated: Stated, facts: Sequence[Fact]) -> Stated:
    """The facts that can be read."""
    return stated._replace(**dict.fromkeys((fact.name for fact in facts), None))
