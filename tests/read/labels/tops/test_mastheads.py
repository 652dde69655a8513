"""Lines at the top of a page that name whose page it is."""

from __future__ import annotations

import pytest

from stemma.read.labels.tops.mastheads import find_mastheads, is_day_line

_HEADLINE = "Islands ask harbour board for a second ferry"
_STORY = (
    "The council of the northern islands has asked the harbour board for a second ferry, its speaker said.\n\n"
    "The board will answer the letter in June, according to the secretary of the board, who has read it twice.\n"
)

NAMES = [
    "Northern Islands Review", "THE KARVIS COURIER", "Karvis Morning Gazette", "Velm News Agency",
    "Ministry of Ports of the Republic of Karvis", "MINISTRY OF PORTS AND FERRIES", "Velmar Foreign Ministry",
    "Embassy of the Republic of Karvis to the Kingdom of Velm", "The Harbour Commission of Karvis",
    "Office of the President of Karvis", "President of Karvis", "Известия", "Карвисский вестник", "卡尔维斯日报",
    "카르비스통신", "Xinhua",
    "카르비스 외무성", "Министерство иностранных дел Карвиса", "Правительство северных островов",
]  # fmt: skip

NO_NAMES = [
    "Ferries Sail Again", "World News", "LATEST NEWS", "Ministry of Ports Denies Report of Secret Tariff",
    "MINISTRY DENIES REPORT", "Minister says post is vacant", "Agency to publish tariff", "Press Briefing", "HOME",
    "Joint Statement of the Ministry of Ports", "Islands ask harbour board for a second ferry", "Karvis Morning",
    "“The lamp is out”: pilots write to council", "Statement by the Press Service", "Press release",
    "Правительство одобрило новый мост", "Совет островов просит второй паром",
]  # fmt: skip


def _tops(*lines: str) -> list[str]:
    return [lines[masthead.number][: masthead.end] for masthead in find_mastheads(lines, [0] * len(lines), len(lines))]


@pytest.mark.parametrize("name", NAMES)
def test_names(name):
    assert _tops(name, _HEADLINE) == [name]


@pytest.mark.parametrize("line", NO_NAMES)
def test_no_names(line):
    assert _tops(line, _HEADLINE) == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Karvis Port Authority, 3 May 2031", "Karvis Port Authority"),
        ("Karvis Public Radio | 3 May 2031", "Karvis Public Radio"),
        ("Sarva News Agency, Saturday 3 May 2031", "Sarva News Agency"),
        ("Karvis, 3 May 2031", None),
        ("Karvis, Velm, May 3, 2031", None),
        ("Statement of the Port Authority, 3 May 2031", None),
        ("The authority said so on Saturday, 3 May 2031", None),
    ],
)
def test_name_before_a_day(line, name):
    assert _tops(_HEADLINE, line) == ([name] if name else [])


@pytest.mark.parametrize(
    ("line", "tells"),
    [
        ("Saturday, 3 May 2031", True), ("Karvis, 3 May 2031", True), ("３ May ２０３１", True),
        ("All News 11:02 May 3, 2031", True), ("Osterhav, Velm, May 3, 2031", True), ("Press briefing, 3 May 2031", False),
        ("Ferries sail again after storm of 3 May 2031", False), ("May 3", False), ("Karvis", False),
    ],
)  # fmt: skip
def test_day_lines(line, tells):
    assert is_day_line(line) is tells


def test_name_in_capitals_needs_a_day_below():
    assert _tops("KARVIS MORNING", "Saturday 3 May 2031", _HEADLINE) == ["KARVIS MORNING"]
    assert _tops("KARVIS MORNING", _HEADLINE) == []
    assert _tops("KARVIS MORNING", "FERRIES SAIL AGAIN", "Saturday 3 May 2031") == []


def test_masthead_is_outlet_and_no_headline(read_page):
    reading = read_page(f"THE KARVIS COURIER\nPapers of six harbours\n\n3 May 2031\n\n{_HEADLINE}\n\n{_STORY}")
    assert reading.words("title") == [_HEADLINE]
    assert reading.fields("outlet") == [("The Karvis Courier", "masthead")]
    field = next(record for record in reading.records if getattr(record, "basis", "") == "masthead")
    assert field.evidence.exact == "THE KARVIS COURIER"
    assert field.confidence < 0.8
    assert reading.labels[0].reason == "masthead"


def test_a_line_without_a_headline_below_is_the_headline(read_page):
    reading = read_page(f"Ferries Reach Island Press\n\n{_STORY}")
    assert reading.words("title") == ["Ferries Reach Island Press"]
    assert reading.fields("outlet") == []


def test_name_in_a_line_with_its_day(read_page):
    reading = read_page(f"{_HEADLINE}\n\nKarvis Port Authority, 3 May 2031\n\n{_STORY}")
    assert reading.words("title") == [_HEADLINE]
    assert reading.fields("outlet") == [("Karvis Port Authority", "masthead")]
    assert reading.best("published") == "2031-05-03"


def test_most_of_a_body_before_its_parts(read_page):
    reading = read_page(f"Press Office\nMinistry of Ports of Karvis\n\n{_HEADLINE}\n\n{_STORY}")
    assert reading.best("outlet") == "Ministry of Ports of Karvis"
    assert reading.words("title") == [_HEADLINE]


def test_long_lines_are_quick():
    assert _tops("Ministry of " * 9_000, "of the " * 20_000, _HEADLINE) == []
