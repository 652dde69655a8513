from __future__ import annotations

import json
import random
import shutil
from array import array
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from stemma import flow, settling
from stemma.archive import FOREVER, Archive
from stemma.archive.relations import offers
from stemma.archive.views import Query
from stemma.errors import BadValue
from stemma.records import AnyRecord, Page, Problem, Stated, Time, evidence
from stemma.stage import Each, Group, Portion

PAGES = sorted(
    str(path) for path in (Path(__file__).parents[1] / "examples" / "pages").iterdir() if path.suffix != ".md"
)


def exported(path: Path) -> bytes:
    with Archive.open(path) as archive:
        return b"".join(archive.export(bodies=True))


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of all example pages, made in one go."""
    path = tmp_path_factory.mktemp("flow") / "all.stemma"
    flow.add(path, PAGES)
    return path


def test_a_second_add_changes_nothing(added: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.stemma"
    shutil.copytree(added, again)
    totals = flow.add(again, PAGES)
    assert totals.pages >= 20
    assert exported(again) == exported(added)


def test_order_and_company_do_not_matter(added: Path, tmp_path: Path) -> None:
    shuffled = random.Random(7).sample(PAGES, len(PAGES))
    for page in shuffled:
        flow.add(tmp_path / "one.stemma", [page])
    assert exported(tmp_path / "one.stemma") == exported(added)


def test_two_processes_give_what_one_gives(added: Path, tmp_path: Path) -> None:
    flow.add(tmp_path / "two.stemma", PAGES, workers=2)
    assert exported(tmp_path / "two.stemma") == exported(added)


def test_an_add_that_was_stopped_goes_on_where_it_was(
    added: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "stopped.stemma"
    for step in ("derive", "meet", "trace"):
        with monkeypatch.context() as patch:
            patch.setattr(flow, step, stop)
            with pytest.raises(KeyboardInterrupt):
                flow.add(path, PAGES)
    flow.add(path, [])
    assert exported(path) == exported(added)


def stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_archive_is_clean(added: Path) -> None:
    with Archive.open(added) as archive:
        assert list(archive.check()) == []


def test_every_derived_record_names_a_run_that_is_kept(added: Path) -> None:
    rows = [json.loads(line) for line in exported(added).splitlines()]
    runs = {row["id"] for row in rows if row["record"] == "run"}
    derived = [row for row in rows if "run" in row]
    assert derived
    assert {row["run"] for row in derived} <= runs


def test_bad_pages_never_cost_the_others(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "noise.html").write_bytes(bytes(random.Random(3).randbytes(5_000)))
    (tmp_path / "good.txt").write_text(
        'VELM, May 3 (NAK) -- "The quay will open," Minister Oren Tavel said on Friday.\n'
    )
    totals = flow.add(tmp_path / "a.stemma", [str(tmp_path / name) for name in ("empty.txt", "good.txt", "noise.html")])
    assert totals.problems == 2
    assert totals.statements == 1


def test_a_stage_that_fails_costs_only_its_own_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "annotators", lambda: (flow.ANNOTATE, Each("annotate:broken", "1", broken)))
    (tmp_path / "good.txt").write_text(
        'VELM, May 3 (NAK) -- "The quay will open," Minister Oren Tavel said on Friday.\n'
    )
    totals = flow.add(tmp_path / "a.stemma", [str(tmp_path / "good.txt")])
    assert (totals.statements, totals.problems) == (1, 1)


def broken(_: Page) -> list[AnyRecord]:
    message = "no such thing"
    raise ZeroDivisionError(message)


def test_a_tree_that_cannot_be_drawn_costs_nothing_else(
    added: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "TRACE", Each("trace", "1", broken))
    totals = flow.add(tmp_path / "a.stemma", PAGES)
    with Archive.open(added) as archive:
        assert totals.statements == archive.totals().statements
    assert totals.problems > 0


def test_an_annotator_may_be_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "plugins", lambda room: [("fairs", fairs)] if room == "annotate" else [])
    flow.annotators.cache_clear()
    try:
        (tmp_path / "page.txt").write_text(
            "VELM, May 3 (NAK) -- The spring fair opened at the old customs house today.\n"
        )
        flow.add(tmp_path / "a.stemma", [str(tmp_path / "page.txt")])
    finally:
        flow.annotators.cache_clear()
    assert b"annotate:fairs" in exported(tmp_path / "a.stemma")
    assert b"spring fair" in exported(tmp_path / "a.stemma")


def fairs(page: Page) -> Sequence[Time]:
    start = page.document.text.index("spring fair")
    found = evidence(page.document, start, start + 11)
    return [Time(document=page.document.id, evidence=found, type="DATE", value="XXXX-SP")]


@pytest.mark.parametrize("order", list(permutations(["Velm Courier", "Dorn Post", None])))
def test_of_several_stated_outlets_the_first_in_order_counts(order: Sequence[str | None], tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("The quay opened.\n" * 3)
    path, pages = tmp_path / "a.stemma", [str(tmp_path / "page.txt")]
    for outlet in order:
        flow.add(path, pages, Stated(outlet=outlet))
    with Archive.open(path) as archive:
        (problem,) = archive.problems()
        assert "Velm Courier" in problem.message
        assert [each.name for each in archive.outlets()] == ["Dorn Post"]
        assert list(flow.check(archive)) == []
    flow.add(tmp_path / "b.stemma", pages, Stated(outlet="Dorn Post"))
    flow.add(tmp_path / "b.stemma", pages, Stated(outlet="Velm Courier"))
    assert exported(path) == exported(tmp_path / "b.stemma")


def test_an_overfull_key_is_told_and_not_compared(tmp_path: Path) -> None:
    group: Group[str] = Group("resolve", "1", lambda item: ["k"], lambda items, key: pytest.fail("compared"))
    meeting = settling.Meeting(group, lambda capture, page, found: [], lambda archive, packed: packed)
    with Archive.open(tmp_path / "a.stemma", create=True) as archive:
        portion = Portion("resolve", ["k"], frozenset([0]), array("q"), array("q"))
        ((key, (until, found)),) = settling.known(archive, meeting, portion, None)
    assert (key, until) == ("k", FOREVER)
    assert [type(record) for record in found] == [Problem]


def test_a_key_that_goes_over_full_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of one surname, and pages of one sentence, more than a key may hold."""
    fullest = 11
    monkeypatch.setattr(settling, "FULLEST_KEY", fullest)
    monkeypatch.setattr(offers, "FULLEST_KEY", fullest)
    said = '"The quay will open before the first snow falls on the long harbour wall," Ada Orle said.'
    names = ["Arvo", "Bela", "Corin", "Dagny", "Edvin", "Fenna", "Gero", "Hilde", "Ivo", "Jorun", "Kaya", "Lem", "Mira"]
    rows = [
        {
            "url": f"https://a.example/{name}",
            "outlet": f"The {name} Post",
            "text": f"VELM, May 3 (NAK) -- {said}\nMinister {name} Tavelzon agreed.\n",
        }
        for name in names
    ]
    whole = filled(tmp_path / "whole", [rows])
    for way in ([rows[::-1][:fullest], rows[:2]], [[row] for row in rows], [rows[5:], rows[:5]]):
        path = tmp_path / f"later{len(way)}{len(way[0])}"
        assert exported(filled(path, way)) == exported(whole)
    with Archive.open(whole) as archive:
        assert any("share this key" in problem.message for problem in archive.problems())


def filled(path: Path, portions: Sequence[Sequence[object]]) -> Path:
    for some in portions:
        (path.parent / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in some))
        flow.add(path, [str(path.parent / "rows.jsonl")])
    return path


def test_captures_are_compared_in_order_of_time(tmp_path: Path) -> None:
    said = ["The quay opened on Monday.", "Forty barges came.", "The mayor thanked the crews of all barges."]
    bodies = [" ".join(said), " ".join(said[:2]), said[0]]
    rows = [
        {
            "url": "https://a.example/1",
            "fetched": f"2025-10-0{day}T07:00:00Z",
            "text": f"VELM, October 1 (NAK) -- {body}\n",
        }
        for day, body in enumerate(bodies, 1)
    ]
    (tmp_path / "pages.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in reversed(rows)))
    flow.add(tmp_path / "a.stemma", [str(tmp_path / "pages.jsonl")])
    with Archive.open(tmp_path / "a.stemma") as archive:
        documents = {row["id"] for row in map(json.loads, archive.export()) if row["record"] == "document"}
        lost = [edit for found in archive.variants_of(documents) for edit in found.edits if edit.kind == "sentence"]
    assert len(documents) == 3
    assert len(lost) == 2


def test_progress_counts_to_the_total(tmp_path: Path) -> None:
    seen: list[tuple[int, int | None, int]] = []
    flow.add(tmp_path / "a.stemma", [p for p in PAGES if p.endswith(".txt")][:3], progress=lambda *c: seen.append(c))
    assert seen == [(0, None, 0), (3, 3, 0)]


def test_a_path_that_does_not_exist_leaves_no_archive(tmp_path: Path) -> None:
    with pytest.raises(BadValue):
        flow.add(tmp_path / "a.stemma", [str(tmp_path / "nowhere")])
    assert not (tmp_path / "a.stemma").exists()


def test_the_leader_is_found_under_each_spelling(added: Path) -> None:
    with Archive.open(added) as archive:
        person = next(p for p in archive.persons("Om Thae Rim") if p.kind == "person")
        counts = {archive.count(Query(speaker=form.name)) for form in person.forms if " " in form.name}
    assert len(counts) == 1
