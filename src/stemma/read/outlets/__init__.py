"""Outlets as data: names, aliases, hosts and habits of agencies and newspapers, in the TOML files beside this one.

A file holds ``source``, ``licence`` and a table ``[[outlet]]`` an outlet: ``name`` (as citations print it), ``full``,
``aliases`` (as headers, datelines and bylines print it), ``hosts``, ``language``, ``end_marks``, ``aggregator`` (true
where it shows the pages of others) and ``day_first`` (how it writes days with slashes).
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from stemma.text.words import fold


class Outlet(NamedTuple):
    """What is known of an outlet before any page of it is read."""

    name: str
    full: str = ""
    aliases: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    end_marks: tuple[str, ...] = ()
    aggregator: bool = False
    day_first: bool = True


@lru_cache(maxsize=1)
def outlets() -> tuple[Outlet, ...]:
    """Every known outlet, in order of file and place."""
    found = []
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            found += [_outlet(entry) for entry in tomllib.loads(file.read_text("utf-8"))["outlet"]]
    return tuple(found)


def _outlet(entry: dict[str, object]) -> Outlet:
    known = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    return Outlet(**{name: known[name] for name in Outlet._fields if name in known})  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Outlet]:
    named: dict[str, Outlet] = {}
    for outlet in outlets():
        for name in filter(None, (outlet.name, outlet.full, *outlet.aliases)):  # many have no full name
            named.setdefault(fold(name), outlet)
    return named


@lru_cache(maxsize=1)
def _by_host() -> dict[str, Outlet]:
    return {host: outlet for outlet in outlets() for host in outlet.hosts}


def outlet_named(name: str) -> Outlet | None:
    """The outlet of that name or alias, in any case and width; None: not known."""
    known = _by_name()
    return known.get(fold(name)) or known.get(fold(name.strip(" .,;:|-–—()[]")))


def outlet_of_host(host: str) -> Outlet | None:
    """The outlet whose site a host is, or belongs to ("en.karvis.example" -> "karvis.example"); None: not known."""
    parts = host.lower().removeprefix("www.").split(".")
    known = _by_host()
    return next((known[name] for at in range(len(parts) - 1) if (name := ".".join(parts[at:])) in known), None)


@lru_cache(maxsize=1)
def end_marks() -> tuple[str, ...]:
    """Marks that end an item, the longest first."""
    marks = {mark for outlet in outlets() for mark in outlet.end_marks}
    return tuple(sorted(marks, key=lambda mark: (-len(mark), mark)))
