"""What waits for a person, found without reading the whole archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stemma.archive import Archive
from stemma.archive.catalogue import queues
from stemma.archive.catalogue.queues import DOUBT, Queue
from stemma.archive.views import Line, Query
from stemma.desk import Desk
from stemma.records import Correction, CorrectionField, Label

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases


@pytest.fixture
def archive(sample: Path) -> Iterator[Archive]:
    with Archive.open(sample) as found:
        yield found


def walk(archive: Archive, queue: Queue) -> list[str]:
    """All that a queue gives, as a person would go through it."""
    found, on = list[str](), None
    for _ in range(1_000):
        seek = archive.catalogue.seek(queue, on, found)
        if seek.about:
            found.append(seek.about)
        if (on := seek.on) is None:
            return found
    raise AssertionError("it does not end")


def test_speakers_in_doubt_are_those_below_the_bound(archive: Archive) -> None:
    doubted = {
        line.statement.id
        for line in archive.find(Query(limit=None))
        if any(who.entity and who.confidence < DOUBT for who in line.speakers)
    }
    assert set(walk(archive, "doubted")) == doubted != set()


def test_speakers_not_identified_are_those_of_whom_nothing_is_told(archive: Archive) -> None:
    unnamed = {line.statement.id for line in archive.find(Query(limit=None)) if not line.speakers}
    assert set(walk(archive, "unnamed")) == unnamed != set()


def test_dates_and_parts(archive: Archive) -> None:
    assert walk(archive, "dates") == [each.document.id for each in archive.unresolved(25).undated]
    for about in walk(archive, "furniture"):
        label = archive.record(about)
        assert isinstance(label, Label)
        assert label.confidence < DOUBT


def test_what_a_person_looked_at_waits_no_more_until_it_is_taken_back(archive: Archive, sample: Path) -> None:
    desk = Desk(sample)
    fields: dict[Queue, tuple[CorrectionField, str]] = {
        "doubted": ("speaker", "Inga Morozan"), "unnamed": ("speaker", ""), "dates": ("published", "2025-10-30"),
        "furniture": ("role", "body"),
    }  # fmt: skip
    for n, (queue, (field, value)) in enumerate(fields.items()):
        before = walk(archive, queue)
        said = Correction(
            about=before[0], field=field, value=value, by="Dana Wirt", at=f"2025-11-21T09:0{n}:00Z", reason="seen"
        )
        kept = desk.correct([said])[0]
        assert walk(archive, queue) == before[1:], queue
        desk.undo([kept.id], said)
        assert set(walk(archive, queue)) == set(before), queue


def test_one_step_reads_a_bounded_number_of_pages(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    every = {queue: walk(archive, queue) for queue in ("doubted", "unnamed", "furniture")}
    monkeypatch.setattr(queues, "_PAGES", 2)
    for queue, found in every.items():
        assert archive.catalogue.seek(queue).looked <= 2
        if queue == "furniture":  # the others walk a day again, which is longer than two of these pages
            assert walk(archive, queue) == found


def test_who_speaks_is_told_newest_first(archive: Archive) -> None:
    lines = [archive.line(about) for about in walk(archive, "unnamed")]
    days = [(line.published or "")[:10] for line in lines if isinstance(line, Line)]
    assert days == sorted(days, reverse=True)
