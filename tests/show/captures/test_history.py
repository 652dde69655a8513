"""A page over time."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from stemma.archive.views import Article
from stemma.records import Statement, evidence
from stemma.show.captures.history import bars, by_day, entries, holding, presence
from tests.show.captures.test_laying import page


def captures(*told: tuple[str | None, str, str]) -> list[Article]:
    """Pages of these times, titles and texts."""
    found = []
    for at, title, text in told:
        each = page(text, title=title, fetched=at or "")
        found.append(replace(each, snapshot=structs.replace(each.snapshot, id="", fetched=at)))
    return found


PAGES = captures(
    ("2025-11-03T09:10:00Z", "Lock", "The lock opens. We counted the bolts twice."),
    ("2025-11-03T11:00:00Z", "Lock", "The lock  opens.\nWe counted the bolts twice."),
    ("2025-12-01T06:00:00Z", "Lock", "The lock opens late. We counted the bolts twice."),
    ("2026-01-02T06:00:00Z", "Locks", "The lock opens late."),
)


def test_states_by_what_changed() -> None:
    assert [each.state for each in entries(PAGES)] == ["first", "unchanged", "text changed", "title changed"]
    assert [each.number for each in entries(PAGES)] == [1, 2, 3, 4]


def test_what_a_watch_could_not_observe_is_a_gap_between_captures() -> None:
    observed = [
        ("2025-11-03T09:10:00Z", "new"), ("2025-11-10T00:00:00Z", "the server said 503"),
        ("2025-11-11T00:00:00Z", "redirected to another page"), ("2025-11-12T00:00:00Z", "same"),
    ]  # fmt: skip
    found = entries(PAGES, observed)
    assert [each.state for each in found][2:4] == ["not reachable", "redirected"]
    assert next((each.number, each.told) for each in found if not each.number) == (0, "the server said 503")
    assert bars(found) == [("2025-11", 2, 2), ("2025-12", 1, 0), ("2026-01", 1, 0)]


def test_days_lie_in_months_and_what_states_no_time_comes_last() -> None:
    found = list(by_day(entries([*PAGES, *captures((None, "Locks", "x"))])))
    assert [(year, month) for year, month, _ in found] == [("2025", "11"), ("2025", "12"), ("2026", "01"), ("", "")]
    assert [(day, len(own)) for day, own in found[0][2]] == [("2025-11-03", 2)]
    assert found[-1][2][0][0] == "time not stated"


def test_bars_of_months_without_captures_are_there() -> None:
    assert bars(entries([PAGES[0], PAGES[3]])) == [("2025-11", 1, 0), ("2025-12", 0, 0), ("2026-01", 1, 0)]
    assert bars([]) == []


def test_a_phrase_is_found_however_its_blanks_are_set() -> None:
    assert holding(PAGES, "counted the  bolts") == [1, 2, 3]
    assert holding(PAGES, "") == []


def test_where_the_words_of_a_statement_stand() -> None:
    document = PAGES[0].document
    start = document.text.index("We counted")
    said = Statement(document=document.id, content=(evidence(document, start, start + 27),), kind="direct")
    found = presence(PAGES, said)
    assert found
    assert (found.present, found.absent, found.gone) == ((1, 2, 3), (4,), True)
    assert found.told == "present in captures 1–3, absent in 4"
    assert presence(PAGES[:1], said) is None
    kept = presence([PAGES[3], PAGES[0]], said)
    assert kept
    assert not kept.gone
    assert kept.told == "present in capture 2, absent in 1"
