"""Time expressions of pages and texts. All pages are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from growth import TWICE, calls
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.annotate.times import find, find_beside_cards, published_day, times
from stemma.records import Field, Label, Page

DAY = "2024-06-20"  # a Thursday


def values(text: str, day: str | None = DAY, mode: str = "news") -> list[str]:
    return [found.value for found in find(text, day, mode)]


def typed(text: str, day: str | None = DAY, mode: str = "news") -> list[tuple[str, str, str]]:
    return [(text[found.start : found.end], found.type, found.value) for found in find(text, day, mode)]


def with_day(page: Page, *days: tuple[str, float]) -> Page:
    fields = [
        Field(document=page.document.id, name="published", value=day, basis="stamp", confidence=sure)
        for day, sure in days
    ]
    return page._replace(fields=tuple(fields))


def test_a_page_gives_records_with_evidence_anchor_and_reason(marked):
    """
    KARVIS, June 19. /SARVA/. The accord was signed on [T1 Wednesday] and holds for [T2 three years], Minister Orlo said.
    """
    page = with_day(marked.page, ("2024-06-19", 0.5), (DAY, 0.9))
    found = times(page)
    assert [(t.evidence.exact, t.value) for t in found] == [
        ("June 19", "2024-06-19"), ("Wednesday", "2024-06-19"), ("three years", "P3Y")
    ]  # fmt: skip
    assert [(t.evidence.start, t.evidence.end) for t in found[1:]] == marked.marks["T1"] + marked.marks["T2"]
    assert found[1].anchor == DAY
    assert found[1].reason == "nearest past weekday"
    assert (found[1].earliest, found[1].latest) == ("2024-06-19", "2024-06-19")
    assert all(0 < t.confidence <= 1 for t in found)


def test_nothing_is_found_in_furniture(make_page):
    page = make_page("The fleet left on Monday.\nMore from Sarva: Tuesday, March 3, 2020")
    first, second = page.labels
    furniture = Label(document=page.document.id, start=second.start, end=second.end, role="furniture")
    assert [t.evidence.exact for t in times(page._replace(labels=(first, furniture)))] == ["Monday"]


def test_of_two_equally_sure_days_the_first_counts(make_page):
    page = make_page("x")
    assert published_day(with_day(page, ("2024-01-02", 0.9), ("2024-05-06", 0.9))) == "2024-01-02"
    assert published_day(with_day(page, ("2024-01-02", 0.4), ("2024-05-06T08:00:00Z", 0.9))) == "2024-05-06T08:00:00Z"
    assert published_day(page) is None


def test_a_full_date_in_the_dateline_is_the_day_of_the_page(make_page):
    page = make_page("KARVIS, June 20, 2024 (Sarva) --\nThe talks began yesterday.")
    line, body = page.labels
    labels = (Label(document=page.document.id, start=line.start, end=line.end, role="dateline"), body)
    assert [t.value for t in times(page._replace(labels=labels))] == ["2024-06-20", "2024-06-19"]


def test_without_a_day_nothing_is_guessed(make_page):
    page = make_page("The ministers met on Saturday, and again on May 3, and will meet next week.")
    found = times(page)
    assert [t.value for t in found] == ["XXXX-WXX-6", "XXXX-05-03", "XXXX-WXX"]
    assert {(t.earliest, t.latest, t.anchor) for t in found} == {(None, None, None)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on June 19, 2024, the treaty", "2024-06-19"),
        ("on 19 June 2024", "2024-06-19"),
        ("on the 19th of June 2024", "2024-06-19"),
        ("Wednesday, 19 June 2024", "2024-06-19"),
        ("Sept. 5, 2023", "2023-09-05"),
        ("2024-06-19", "2024-06-19"),
        ("(2024.06.19.)", "2024-06-19"),
        ("(Juche113.6.20.)", "2024-06-20"),
        ("in Juche 113 (2024)", "2024"),
        ("29/04/2025", "2025-04-29"),
        ("04/29/2025", "2025-04-29"),
        ("20/06/2024", "2024-06-20"),
        ("in August 1963", "1963-08"),
        ("the 1980s", "198"),
        ("the '80s", "198"),
        ("in the 19th century", "18"),
        ("in 241 BC", "BC0241"),
        ("AD 79", "0079"),
        ("the spring of 1998", "1998-SP"),
        ("the third quarter of 2023", "2023-Q3"),
        ("the second half of 2023", "2023-H2"),
        ("fiscal 2023", "2023"),
        ("on Christmas Eve 2023", "2023-12-24"),
        ("Thanksgiving 2023", "2023-11-23"),
        ("Easter 2024", "2024-03-31"),
        ("nineteen eighty-two", "1982"),
        ("the first ten days of June 2023", "2023-06"),
        ("the first half of the 1990s", "199"),
        ("Q3 2023", "2023-Q3"),
        ("20 июня 2024 года", "2024-06-20"),
        ("2024년 6월 20일", "2024-06-20"),
        ("2024年6月20日", "2024-06-20"),
        ("Feb. 13 to 16", "2024-02-13/2024-02-16"),
    ],
)
def test_dates_that_name_their_day(text, value):
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met on Monday.", "2024-06-17"),
        ("They will meet on Monday.", "2024-06-24"),
        ("The vote is to be held on Monday.", "2024-06-24"),
        ("They met last Thursday.", "2024-06-13"),
        ("They meet next Thursday.", "2024-06-27"),
        ("It opened today.", "2024-06-20"),
        ("It opened yesterday.", "2024-06-19"),
        ("It opens the day after tomorrow.", "2024-06-22"),
        ("It opened three days ago.", "2024-06-17"),
        ("It opened two weeks ago.", "2024-W23"),
        ("It opened two years ago.", "2022"),
        ("It opened decades ago.", "PAST_REF"),
        ("It opened last week.", "2024-W24"),
        ("It opened last month.", "2024-05"),
        ("It opens next year.", "2025"),
        ("It opened last spring.", "2024-SP"),
        ("It opened in October.", "2023-10"),
        ("It is expected to open in October.", "2024-10"),
        ("It opened on Nov. 9.", "2023-11-09"),
        ("It must open by July 5.", "2024-07-05"),
        ("It opened in April last year.", "2023-04"),
        ("It is now open.", "PRESENT_REF"),
        ("It opened recently.", "PAST_REF"),
        ("a plan for the future.", "FUTURE_REF"),
    ],
)
def test_relative_dates_count_from_the_day(text, value):
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("for three days", "P3D"),
        ("a two-year plan", "P2Y"),
        ("more than a decade", "P10Y"),
        ("the next three hundred years", "P300Y"),
        ("a century-old feud", "P100Y"),
        ("for decades", "PXDE"),
        ("several months", "PXM"),
        ("half an hour", "PT30M"),
        ("two and a half years", "P2Y6M"),
        ("a few weeks", "PXW"),
        ("twenty-one days", "P21D"),
        ("90 minutes", "PT90M"),
    ],
)
def test_durations(text, value):
    assert [(found.type, found.value) for found in find(text, DAY)] == [("DURATION", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("every Tuesday", "XXXX-WXX-2"),
        ("every two weeks", "P2W"),
        ("They meet annually.", "P1Y"),
        ("every day", "P1D"),
        ("It makes 40 barrels a day.", "P1D"),
        ("on Sundays", "XXXX-WXX-7"),
    ],
)
def test_sets(text, value):
    assert [(found.type, found.value) for found in find(text, DAY)] == [("SET", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("at 8 a.m. GMT Tuesday", "2024-06-18T08:00"),
        ("on Tuesday at 7:30 p.m.", "2024-06-18T19:30"),
        ("Monday morning", "2024-06-17TMO"),
        ("this evening", "2024-06-20TEV"),
        ("last night", "2024-06-19TNI"),
        ("tonight", "2024-06-20TNI"),
        ("at 19:30 GMT", "2024-06-20T19:30"),
        ("at six o'clock", "2024-06-20T06:00"),
        ("2130 GMT", "2024-06-20T21:30"),
        ("noon Sunday", "2024-06-16T12:00"),
    ],
)
def test_times_of_day(text, value):
    assert [(found.type, found.value) for found in find(text, DAY)] == [("TIME", value)]


@pytest.mark.parametrize(
    "text",
    [
        "The 47-year-old minister", "She is 47 years old", "It cost $1999 in all", "Some 1942 people came",
        "It rose 1980 percent", "You may go", "They march on", "a second hand", "a spring in her step",
        "Rule 12", "the score was 3-2",
    ],
)  # fmt: skip
def test_what_is_no_time(text):
    assert values(text) == []


def test_a_date_in_either_order_keeps_both_readings():
    [found] = find("Filed 02/03/2025 in Karvis", None)
    assert found.value == "2025-XX-XX"
    assert (found.earliest, found.latest) == ("2025-02-03", "2025-03-02")
    assert found.confidence < 0.5


def test_another_date_of_the_text_decides_the_order():
    assert values("Filed 02/03/2025, heard 25/03/2025", None) == ["2025-03-02", "2025-03-25"]
    assert values("Filed 02/03/2025, heard 03/25/2025", None) == ["2025-02-03", "2025-03-25"]


def test_that_day_is_the_last_day_spoken_of():
    text = 'The dam was opened on June 19. It "holds well", he said; a road opened that day as well.'
    assert values(text) == ["2024-06-19", "2024-06-19"]


def test_the_end_of_a_month_is_bounded_to_its_last_days():
    [found] = find("It began at the end of April.", DAY)
    assert (found.value, found.earliest, found.latest) == ("2024-04", "2024-04-21", "2024-04-30")


def test_a_history_leans_on_the_last_date():
    text = "The war began on 3 March 1741. By April the fort had fallen. On 9 May the siege ended. Two days later they left."
    assert values(text, DAY, "narrative") == ["1741-03-03", "1741-04", "1741-05-09", "1741-05-11"]


def test_a_history_runs_on_into_the_next_year():
    assert values("It began in December 1741. In January snow fell.", None, "narrative") == ["1741-12", "1742-01"]


def test_a_year_far_from_the_story_is_an_aside():
    text = "On 3 March 1741 they met. A film of 1968 shows it. On 9 May they parted."
    assert values(text, None, "narrative") == ["1741-03-03", "1968", "1741-05-09"]


def test_the_lines_of_a_card_count_from_its_own_day():
    text = "The talks ended on Monday.\nBridge opens\nMay 13, 2025\nA bridge opened on Monday."
    card = [(27, len(text))]
    found = find_beside_cards(text, card, DAY)
    assert [f.value for f in found] == ["2024-06-17", "2025-05-13", "2025-05-12"]


def test_years_share_their_era():
    assert values("the war of 264-241 BC") == ["BC0264", "BC0241"]


def test_found_words_are_whole():
    assert typed("It fell sharply in the third quarter, Sarva said on Friday, Oct. 27.", "2023-10-30") == [
        ("the third quarter", "DATE", "2023-Q3"), ("Friday, Oct. 27", "DATE", "2023-10-27")
    ]  # fmt: skip


WORDS = ["the", "a", "next", "last", "two", "19", "2024", "May", "Monday", "week", "days", "ago", "later", "of", "end",
         "early", "9 a.m.", "-", "'s", ",", "every", "hundred", "quarter", "third", "year", "09/08/2021", "Easter",
         "Juche", "night", "century", "BC", "seven", "half", "and", "0001-01-01", "9999", "12:61", "before"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.sampled_from([None, "2024-02-29", "0001-01-01", "9999-12-31"]),
       st.sampled_from(["news", "narrative"]))  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_any_row_of_time_words_gives_ordered_disjoint_spans(text, day, mode):
    found = find(text, day, mode)
    assert all(left.end <= right.start for left, right in pairwise(found))
    for each in found:
        assert 0 <= each.start < each.end <= len(text)
        assert each.value
        assert (each.earliest is None) == (each.latest is None)
        assert each.earliest is None or each.earliest <= each.latest


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_is_survived(text):
    for found in find(text, DAY):
        assert text[found.start : found.end].strip()


@pytest.mark.parametrize("piece", ["May ", "in the year ", "2024-", "January 1, ", '"', "one hundred and ", "9", "a."])
def test_the_work_grows_with_the_text(piece):
    text = piece * (4_000 // len(piece))
    assert calls(find, text * 2, DAY) < TWICE * calls(find, text, DAY) + 100


def test_the_table_of_the_docs():
    text = "KARVIS, June 20. /SARVA/. The accord was signed on Wednesday and holds for three years."
    assert typed(text) == [
        ("June 20", "DATE", "2024-06-20"), ("Wednesday", "DATE", "2024-06-19"), ("three years", "DURATION", "P3Y")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The tram museum: Tue 9:30 am - 5 pm, Sat 10 am - 4 pm.",
            ["2024-06-18", "T09:30", "T17:00", "2024-06-15", "T10:00", "T16:00"],
        ),
        ("The ferry sailed at 8:15 a.m. on Monday.", ["2024-06-17T08:15"]),
        ("The dam broke at 10:20 p.m. (2020 GMT) Tuesday.", ["2024-06-18T22:20"]),
        ("The rainy season usually begins in October and ends in April.", ["XXXX-10", "XXXX-04"]),
        ("The bridge was closed in October.", ["2023-10"]),
        ("The council sat from November to March.", ["2023-11", "2024-03"]),
        ("He will tour from September to November.", ["2024-09", "2024-11"]),
        ("She won two medals at the 2014 Winter Games.", ["2014"]),
        ("The strike of the winter of 2014 was long.", ["2014-WI"]),
        ("The fair took place this weekend in Velm.", ["2024-W24-WE"]),
        ("The fair will take place this weekend.", ["2024-W25-WE"]),
        ("The abbot Ulf died on 30 September 420.", ["0420-09-30"]),
        ("They sent 30 September 420 letters each.", ["2023-09-30"]),
        ("Orlo was born on May 3, 1990, and opened a forge in 2010. That year he wed.", ["1990-05-03", "2010", "2010"]),
        ("Orlo was born on May 3, 1990. In 2010 he wed; two years later he left.", ["1990-05-03", "2010", "2012"]),
    ],
)
def test_what_comes_again_what_is_named_and_what_was_told_last(text, expected):
    assert values(text) == expected
