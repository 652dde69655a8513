"""A small archive with all that a search can be narrowed by, and what each statement of it shows, told one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from stemma import flow
from stemma.archive import Archive

_PAGES = {
    "orvo": (
        "VELM, April 3. /Orvo Wire/. “The harbour will open before the first snow,” Minister Tamsin Orle told reporters in Velm.\n"
        "“We kept our word about the pier,” she said. According to the Belt Press, envoy Milo Vance said that the tariff stays."
    ),
    "belt": (
        "DORN, April 4. /Belt Press/. “The harbour will open before the first snow,” Minister Tamsin Orle said, the Orvo Wire reported.\n"
        "Envoy Milo Vance warned that the bridge near the harbour would not open."
    ),
    "dune": (
        "KARVIS, May 1. /Dune Daily/. “The tariff goes on Monday,” envoy Milo Vance said.\n"
        "“Nobody asked us about the snow,” an official said."
    ),
}  # fmt: skip


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def built(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("searched")
    place = str(folder / "archive")
    if request.param == "postgresql":
        place = request.getfixturevalue("postgres").address(folder / "archive")
    paths = []
    for name, text in _PAGES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        paths.append(str(folder / f"{name}.txt"))
    flow.add(place, paths)
    return place


@pytest.fixture
def archive(either) -> Archive:
    """The five pages, on each of the databases."""
    return either


@pytest.fixture
def searched(built) -> Iterator[Archive]:
    with Archive.open(built) as archive:
        yield archive


@pytest.fixture
def many(kit, new_place) -> Iterator[Archive]:
    """Thirty pages of ninety statements on five days, two instants a day; nothing is compared."""
    pages = [
        kit.make_page(
            [f"Title {n}", *(f"“Words of number {n} and {m} about the harbour,” Speaker Orle said." for m in range(3))],
            ["Orvo Wire", "Belt Press", None][n % 3],
            [None, f"2031-04-0{1 + n % 4}", f"2031-04-0{1 + n % 4}T09:00:00Z"][n % 3],
        )
        for n in range(30)
    ]
    with Archive.open(new_place("many"), create=True) as archive:
        kit.fill(archive, [replace(page, offers=[]) for page in pages], 30)
        yield archive
