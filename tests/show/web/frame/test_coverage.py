"""The line of the header."""

from __future__ import annotations

from datetime import date

from stemma.archive import Archive
from stemma.archive.views import Coverage, Gap
from stemma.show.web.frame import Frame
from stemma.show.web.frame.coverage import Covered, Span, span


def covers(outlet, first, last, gaps=0):
    gap = Gap("2031-01", "2031-02", 2)
    return Coverage(outlet, "month", 1, 1, 0, 0, 1, first, last, (), (gap,) * gaps)


def test_outlets_days_and_gaps_are_counted_together():
    found = span([covers("Orvo Wire", "1997-01-02", "2031-05-01", 2), covers("Belt Press", None, None, 1)])
    assert found.told == "2 outlets, 1997-01-02 to 2031-05-01, 3 gaps"


def test_what_is_not_known_is_said():
    today = date.today().isoformat()
    assert span([]).told == "no outlet known"
    assert Span(1, None, None, 0).told == "1 outlet, no date known"
    assert Span(1, today, today, 0).told == "1 outlet, today"
    assert Span(1, "2020-01-01", today, 1).told == "1 outlet, 2020-01-01 to today, 1 gap"


def test_pages_without_outlet_are_no_outlet():
    assert span([covers(None, "2031-01-01", "2031-02-01", 4)]).told == "no outlet known"


def test_it_is_counted_once_until_the_archive_changes(monkeypatch):
    class Counting:
        asked, changes, now = 0, 0, 100.0

        def coverage(self):
            self.asked += 1
            return [covers("Orvo Wire", "2031-01-01", "2031-01-02")]

        def revision(self):
            return self.changes

    archive, covered = Counting(), Covered()
    monkeypatch.setattr("stemma.show.web.frame.coverage.time.monotonic", lambda: archive.now)
    for _ in range(3):
        covered.of(archive)
        archive.now += 11
    assert archive.asked == 1
    archive.changes, archive.now = 1, archive.now - 10
    covered.of(archive)
    assert archive.asked == 1  # changed, but counted a moment ago
    archive.now += 11
    covered.of(archive)
    assert archive.asked == 2


def test_frame_tells_of_its_archive(tmp_path):
    with Archive.open(tmp_path, create=True) as archive:
        assert Frame(archive).coverage().told == "no outlet known"
