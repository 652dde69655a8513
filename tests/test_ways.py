"""How statements are found is a choice that the archive remembers: by rules and the network, or by the rules alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemma import collect, flow
from stemma.archive import Archive
from stemma.cli import main
from stemma.records import Run, Stated, Statement, decode
from stemma.stage import Manner, Way, built_in, way_of

PAGE = 'VELM, May {} (NAK) -- "The quay will open," Minister Oren Tavel said Friday.\n'
BY_BOTH, BY_RULES = built_in("annotate").id, built_in("annotate", Manner("rules")).id


@pytest.fixture
def pages(tmp_path: Path) -> list[str]:
    paths = [tmp_path / f"{n}.txt" for n in (3, 4)]
    for path in paths:
        path.write_text(PAGE.format(path.stem))
    return [str(path) for path in paths]


def take(archive: Path, pages: list[str], way: Way | None = None) -> set[str]:
    """Add pages this way; the runs that the archive's statements then stand under."""
    flow.take(archive, collect.captures(pages, Stated()), way=way)
    return runs_of(archive)


def runs_of(archive: Path) -> set[str]:
    with Archive.open(archive) as opened:
        lines = b"".join(opened.export(bodies=True)).splitlines()
    return {found.run for found in map(decode, lines) if isinstance(found, Statement)}


def test_rules_alone_are_noted_in_the_run(pages: list[str], tmp_path: Path) -> None:
    assert take(tmp_path / "a", pages, "rules") == {BY_RULES}
    assert take(tmp_path / "b", pages) == {BY_BOTH}


def test_an_archive_goes_on_as_it_began(pages: list[str], tmp_path: Path) -> None:
    take(tmp_path / "a", pages[:1], "rules")
    assert take(tmp_path / "a", pages[1:]) == {BY_RULES}


def test_where_pages_differ_both_go_on(pages: list[str], tmp_path: Path) -> None:
    take(tmp_path / "a", pages[:1], "rules")
    assert take(tmp_path / "a", pages[1:], "network") == {BY_RULES, BY_BOTH}
    with Archive.open(tmp_path / "a") as archive:
        assert way_of(archive.runs()) == "network"
        assert archive.renewal.is_behind(*flow.runs_in_force())


@pytest.mark.parametrize(("way", "run"), [("rules", BY_RULES), (None, BY_BOTH)])
def test_upgrade_brings_all_pages_to_one_way(way: Way | None, run: str, pages: list[str], tmp_path: Path) -> None:
    take(tmp_path / "a", pages[:1], "rules")
    take(tmp_path / "a", pages[1:], "network")
    flow.upgrade(tmp_path / "a", way=way)
    assert runs_of(tmp_path / "a") == {run}
    with Archive.open(tmp_path / "a") as archive:
        assert way_of(archive.runs()) == (way or "network")
        assert not archive.renewal.is_behind(*flow.runs_in_force(Manner(way or "network")))
        assert list(flow.check(archive)) == []


def test_there_and_back_gives_what_a_fresh_archive_gives(pages: list[str], tmp_path: Path) -> None:
    take(tmp_path / "a", pages)
    fresh = exported(tmp_path / "a")
    flow.upgrade(tmp_path / "a", way="rules")
    assert exported(tmp_path / "a") != fresh
    flow.upgrade(tmp_path / "a", way="network")
    assert exported(tmp_path / "a") == fresh


def exported(path: Path) -> bytes:
    with Archive.open(path) as archive:
        return b"".join(archive.export(bodies=True))


def command(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_the_flag(pages: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "a")
    assert command("add", "--statements", "rules", "--archive", path, *pages) == 0
    assert "stemma upgrade" not in capsys.readouterr().err
    assert runs_of(tmp_path / "a") == {BY_RULES}
    assert command("upgrade", "--statements", "network", "--archive", path) == 0
    assert runs_of(tmp_path / "a") == {BY_BOTH}


def test_way_of_runs() -> None:
    both, rules = built_in("annotate"), built_in("annotate", Manner("rules"))
    assert [way_of(runs) for runs in ([], [both], [rules], [rules, both])] == ["network", "network", "rules", "network"]
    assert way_of([rules, Run(stage="read", version="1")]) == "rules"
