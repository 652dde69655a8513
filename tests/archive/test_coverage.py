"""What is here of whom and when, what is missing, what went wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.archive import Archive
from stemma.archive.answers.coverage import cause_of, troubles
from stemma.archive.views import Coverage, Gap, Period, Query
from stemma.records import Capture, Correction, Judgement, Problem, Run, Snapshot
from stemma.text.periods import period_number
from tests.archive.conftest import RUNS, fill, make_page

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases

DAYS = ["2030-12-30", "2031-04-05", "2031-04-05T23:00:00Z", "2031-04-07", "2031-08", "2032", None, "soon"]


def page(number, published, outlet="Orvo Wire"):
    return make_page(
        [f"Title {number}", f"“Words {number} stay lit” Tam Orle said.", "“No” he said."], outlet, published
    )


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "a", create=True) as opened:
        fill(opened, [page(n, day) for n, day in enumerate(DAYS)])
        fill(opened, [page(90, "2031-01-01", "Dorn Post"), page(91, "2031-01-02", None)])
        yield opened


def of(archive, outlet, by="month") -> Coverage:
    (found,) = [each for each in archive.coverage(by) if each.outlet == outlet]
    return found


def test_months_days_and_gaps_of_an_outlet(archive):
    found = of(archive, "Orvo Wire")
    assert (found.pages, found.undated, found.vague, found.days) == (8, 2, 1, 3)
    assert (found.first, found.last) == ("2030-12-30", "2032")
    assert found.periods == (Period("2030-12", 1, 1), Period("2031-04", 3, 2), Period("2031-08", 1, 0))
    assert found.gaps == (Gap("2031-01", "2031-03", 3), Gap("2031-05", "2031-07", 3))


def test_by_day_and_by_year(archive):
    days = of(archive, "Orvo Wire", "day")
    assert [each.name for each in days.periods] == ["2030-12-30", "2031-04-05", "2031-04-07"]
    assert (days.gaps[1], days.vague) == (Gap("2031-04-06", "2031-04-06", 1), 2)
    years = of(archive, "Orvo Wire", "year")
    assert [(each.name, each.pages) for each in years.periods] == [("2030", 1), ("2031", 4), ("2032", 1)]
    assert years.gaps == ()


def test_most_pages_first_and_the_unknown_last(archive):
    assert [each.outlet for each in archive.coverage()] == ["Orvo Wire", "Dorn Post", None]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dates().map(str), min_size=1, max_size=12), st.sampled_from(["day", "month", "year"]))
def test_periods_and_gaps_fill_the_time_between(days, by):
    from stemma.archive.answers.coverage import _coverage, _Day

    found = _coverage("x", [_Day("x", day, 1, 0) for day in set(days)], by)
    assert sum(each.pages for each in found.periods) == len(set(days))
    first, last = (period_number(found.periods[n].name) for n in (0, -1))
    assert len(found.periods) + sum(gap.periods for gap in found.gaps) == last - first + 1
    inside = {number for gap in found.gaps for number in range(period_number(gap.first), period_number(gap.last) + 1)}
    assert inside.isdisjoint(period_number(each.name) for each in found.periods)


def test_counts(archive):
    counts = archive.stats()
    totals = archive.totals()
    assert (counts.pages, counts.documents) == (totals.pages, totals.documents) == (10, 10)
    assert (counts.statements, counts.outlets) == (totals.statements, totals.outlets)
    assert (counts.outletless, counts.undated) == (1, 1)
    assert counts.languages == ((None, 10),)
    assert counts.sizes.text == sum(len(archive.document(each).text) for each in documents(archive))
    assert counts.sizes.payload == sum(each.snapshot.size for each in map(archive.article, documents(archive)))
    assert counts.sizes.captures > 0
    assert counts.sizes.database > 0


def documents(archive):
    return sorted({line.statement.document for line in archive.find(Query(limit=None))})


def test_the_outlets_of_the_archive_are_counted_alike(archive):
    covered = {each.outlet: (each.pages, each.statements) for each in archive.coverage() if each.outlet}
    assert covered == {each.name: (each.documents, each.statements) for each in archive.outlets()}


def test_an_empty_archive(tmp_path):
    with Archive.open(tmp_path / "b", create=True) as opened:
        assert opened.coverage() == []
        assert (opened.stats().pages, opened.stats().languages, opened.stats().sizes.text) == (0, (), 0)


def told(stage, about, message):
    return Problem(stage=stage, about=about, message=message)


def test_problems_of_one_cause_are_one_kind():
    found = troubles(
        [
            told("collect", "a.txt", "a.txt: it is empty; fetch it again."),
            told("collect", "b: c.txt", "b: c.txt: it is empty; fetch it again."),
            told("collect", "x.jsonl, line 3", "x.jsonl, line 3: not a page in JSON (byte 9); a line is ..."),
            told("read", "c1", "https://orvo.example/1: this is a PDF file, not a page of text; save it"),
            told("read", "c2", "old/page.html: this is a PDF file, not a page of text; save it"),
            told("annotate", "d1", "the page has 5,100,000 characters of prose, and only the first ..."),
            told("annotate", "d2", "the page has 9,000,000 characters of prose, and only the first ..."),
        ]
    )
    assert [(each.stage, each.count, each.cause) for each in found] == [
        ("annotate", 2, "the page has N characters of prose, and only the first"),
        ("collect", 2, "it is empty"),
        ("read", 2, "this is a PDF file, not a page of text"),
        ("collect", 1, "not a page in JSON"),
    ]


def test_quoted_words_do_not_part_kinds():
    one, other = (told("x", "y", f"the stage {name!r} failed with KeyError: {name!r}") for name in ("read", "trace"))
    assert cause_of(one) == cause_of(other)


def test_runs_in_force_and_earlier(archive):
    later = Run(stage="read", version="2")
    archive.add_records([*(Run(stage=stage, version="1") for stage in ("read", "annotate")), later])
    capture = Capture(snapshot(archive), b"")
    uses = {(each.run.stage, each.run.version): (each.latest, each.pages) for each in archive.stats().runs}
    found = {("read", "1"): (False, 10), ("read", "2"): (True, 0), ("annotate", "1"): (True, 10)}
    assert found.items() <= uses.items()
    archive.add_page(capture.snapshot.id, [later.id, RUNS[1]], [])
    uses = {(each.run.stage, each.run.version): each.pages for each in archive.stats().runs}
    assert (uses["read", "1"], uses["read", "2"], uses["annotate", "1"]) == (9, 1, 10)
    assert archive.stats().documents == 9


def snapshot(archive) -> Snapshot:
    return archive.article(documents(archive)[0]).snapshot


def test_peoples_words_that_hold(archive):
    document = documents(archive)[0]
    said = Correction(about=document, field="outlet", value="Belt Press", by="A. Reader", at="2031-05-01T00:00:00Z")
    undone = Correction(about=said.id, field="undone", value="true", by="A. Reader", at="2031-05-02T00:00:00Z")
    left, right = sorted(each.id for each in archive.article(document).mentions[:1] * 2)
    judged = Judgement(left=left, right=right, verdict="same", score=1.0, by="A. Reader", at="2031-05-03T00:00:00Z")
    archive.add_records([said, judged])
    assert (archive.stats().words.corrections, archive.stats().words.judgements) == (1, 1)
    archive.add_records([undone])
    words = archive.stats().words
    assert (words.corrections, words.judgements, words.undone) == (0, 1, 1)


def test_what_all_outlets_cover_is_counted_the_quick_way_as_the_long_one(archive):
    from stemma.show.web.frame.coverage import span

    quick, long = archive.span(), span(archive.coverage())
    assert (quick.outlets, quick.first, quick.last, quick.gaps) == tuple(long)
