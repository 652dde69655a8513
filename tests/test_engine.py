"""The engine: a loop and a pool give the same; one bad item costs only itself."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from stemma import engine
from stemma.records import Problem, Run
from stemma.stage import Each, Group


def double(item: int) -> list[Run]:
    if item == 13:
        raise ValueError("unlucky")
    return [Run(stage="double", version=str(item * 2))]


def deadly(item: int) -> list[Run]:
    if item == 5:
        os._exit(7)
    return double(item)


def lazily(item: int) -> Iterator[Run]:
    yield Run(stage="lazy", version=str(item))
    raise KeyError(item)


def test_pool_gives_what_the_loop_gives() -> None:
    stage = Each("double", "1", double)
    looped = list(engine.each(stage, range(60)))
    assert [item for item, _ in looped] == list(range(60))
    assert list(engine.each(stage, range(60), workers=2)) == looped


def test_exception_becomes_a_problem_of_that_item() -> None:
    found = dict(engine.each(Each("double", "1", double), range(12, 15)))
    assert found[12] == double(12)
    assert found[14] == double(14)
    (problem,) = found[13]
    assert isinstance(problem, Problem)
    assert "ValueError: unlucky" in problem.message
    assert problem.run == Each("double", "1", double).run.id


def test_exception_of_a_lazy_stage_is_caught() -> None:
    ((_, found),) = engine.each(Each("lazy", "1", lazily), [1])
    assert [type(each) for each in found] == [Problem]


def test_death_of_a_process_costs_one_item() -> None:
    found = dict(engine.each(Each("deadly", "1", deadly), range(10), workers=2))
    assert [item for item, records in found.items() if isinstance(records[0], Problem)] == [5]
    assert "died" in found[5][0].message
    assert found[9] == double(9)


def test_items_that_cannot_travel_are_worked_on_here() -> None:
    items = [lambda: 1]
    ((_, found),) = engine.each(Each("name", "1", _name), items, workers=2)
    assert found == [Run(stage="name", version="<lambda>")]


def _name(item: object) -> list[Run]:
    return [Run(stage="name", version=item.__name__)]  # type: ignore[attr-defined]


def test_look_ahead_is_bounded() -> None:
    taken = []

    def items() -> Iterator[int]:
        for item in range(1_000):
            taken.append(item)
            yield item

    stream = engine.each(Each("double", "1", double), items(), workers=2)
    next(stream)
    assert len(taken) <= 2 * engine.AHEAD * engine.CHUNK
    stream.close()


@pytest.mark.parametrize(("item", "name"), [(Run(id="u1", stage="x", version="1"), "u1"), (3, "int")])
def test_names_of_items(item: object, name: str) -> None:
    assert engine.name_of(item) == name


def _together(items: list[int], key: str) -> Iterator[Run]:
    yield Run(stage=key, version=str(sum(items) // items[0]))


@pytest.mark.parametrize(("items", "kind"), [([2, 4], Run), ([0, 4], Problem)])
def test_exception_of_a_group_stage_becomes_a_problem_of_its_key(items: list[int], kind: type) -> None:
    group = Group("together", "1", lambda item: ["k"], _together)
    (found,) = engine.guarded(group, "k", group.function, items, "k")
    assert type(found) is kind
    assert not isinstance(found, Problem) or (found.about, found.run) == ("k", group.run.id)
