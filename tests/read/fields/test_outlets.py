"""Whose page it is."""

from __future__ import annotations

import pytest

from stemma.read.fields.outlets import bare

_STORY = "The board of the harbour met on Friday and agreed on the tariff of the ferries for the coming year."


def test_unknown_agency_in_slashes(read_page):
    assert read_page(f"KARVIS, October 24. /SARVA/. {_STORY}").fields("outlet") == [("SARVA", "dateline")]


def test_unknown_agency_in_brackets(read_page):
    assert read_page(f"Velm, May 3 (NAK) -- {_STORY}").fields("outlet") == [("NAK", "dateline")]


def test_stated_outranks_all(read_page):
    reading = read_page(f"Velm, May 3 (NAK) -- {_STORY}", outlet="Karvis Morning", url="https://tass.com/a/1")
    assert reading.fields("outlet")[0] == ("Karvis Morning", "stated")
    fields = [record for record in reading.records if getattr(record, "basis", "") == "stated"]
    assert [field.confidence for field in fields] == [1.0]


def test_known_host(read_page):
    assert read_page(_STORY, url="https://en.kcna.kp/x").best("outlet") == "KCNA"


def test_host_that_shows_others_yields_to_the_dateline(read_page):
    reading = read_page(f"Velm, May 3 (NAK) -- {_STORY}", url="https://kcnawatch.org/newstream/1/x/")
    assert [value for value, _ in reading.fields("outlet")] == ["NAK", "KCNA Watch"]


def test_unknown_host_is_better_than_nothing(read_page):
    assert read_page(_STORY, url="https://www.karvis-morning.example/x").best("outlet") == "karvis-morning.example"


def test_site_name_of_html(read_page):
    page = f'<meta property="og:site_name" content="Karvis Morning"><p>{_STORY}</p><p>{_STORY[:-1]} and the next.</p>'
    assert read_page(page, "text/html").fields("outlet") == [("Karvis Morning", "meta")]


def test_canonical_address(read_page):
    page = f'<link rel="canonical" href="/ferries"><p>{_STORY}</p>'
    assert (
        read_page(page, "text/html", url="https://m.morning.example/ferries?amp=1").best("original_url")
        == "https://m.morning.example/ferries"
    )


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("VNA.vx (En)", "VNA"), ("SARVA.co.vx (Kr)", "SARVA"), ("NAK (EN)", "NAK"), ("Sarva (English)", "Sarva"),
        ("Karvis Morning", "Karvis Morning"), ("Velm.example", "Velm.example"),
    ],
)  # fmt: skip
def test_edition_and_domain_are_taken_off(printed, name):
    assert bare(printed) == name


def test_header_and_dateline_agree(read_page):
    page = f"Board Meets\nDate: 03/05/2031 | Source: NAK.example (En) | Read\nVelm, May 3 (NAK) -- {_STORY}"
    assert read_page(page).fields("outlet") == [("NAK", "header"), ("NAK", "dateline")]


def test_name_and_initials_of_one_outlet_agree(read_page):
    page = f"Tariff agreed\n\nKarvis Public Radio, 3 May 2031\n\nKARVIS, May 3 (KPR) — {_STORY}"
    assert read_page(page).fields("outlet") == [("KPR", "dateline"), ("KPR", "masthead")]


def test_masthead_outranks_the_agency_that_it_credits(read_page):
    page = f"THE ISLAND COURIER\n3 May 2031\n\nHarbour board agrees on tariff of the ferries\n\nKARVIS, May 3 (SARVA) — {_STORY}"
    reading = read_page(page)
    assert reading.fields("outlet") == [("The Island Courier", "masthead"), ("SARVA", "dateline")]


def test_known_outlet_has_one_name_everywhere(read_page):
    page = f"Russian News Agency TASS\n3 May 2031\n\nHarbour board agrees on tariff\n\nKARVIS, May 3. /TASS/. {_STORY}"
    assert {value for value, _ in read_page(page).fields("outlet")} == {"TASS"}
