from __future__ import annotations

from stemma.stage import Each, Group


def test_a_run_is_the_stage_its_version_and_its_options() -> None:
    one = Each("read", "1", lambda capture: [], (("labeller", "own"),))
    assert (one.run.stage, one.run.version, one.run.options) == ("read", "1", (("labeller", "own"),))
    assert one.run.id == Each("read", "1", lambda capture: [capture], (("labeller", "own"),)).run.id
    assert one.run.id != Each("read", "2", lambda capture: [], (("labeller", "own"),)).run.id


def test_a_group_has_a_run_too() -> None:
    assert Group("resolve", "1", lambda item: [], lambda items, key: []).run.stage == "resolve"
