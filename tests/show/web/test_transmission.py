"""The page of an utterance, and its files."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from stemma.archive.views import Utterance
from tests.show.conftest import HOSTILE, Invented
from tests.show.transmission.conftest import Few
from tests.show.transmission.conftest import bond as bond  # noqa: PLC0414 - the fixture
from tests.show.web.conftest import ask, seen


@pytest.fixture
def reader(archive: Invented, bond: Utterance) -> Invented:
    """The invented archive, which answers with the bond to every utterance."""
    archive.utterance = lambda wanted: replace(bond, id=wanted)
    archive.article = Few(bond).article
    return archive


def test_the_page_shows_tree_variants_and_witnesses(reader: Invented) -> None:
    page = ask(reader, "/w/wbond").text
    text = seen(page)
    assert "One utterance, 5 witnesses, 1 more of another speaker" in text
    assert "The speaker differs: Orlen Vash (S1 D1 O1 S2 X1); Tamsin Roe (V1)" in text
    assert "severest S1 O1 X1" in text
    assert "most rigorous D1 V1" in text
    assert "on the page SARVA reported" in text
    assert "inferred similar wording; order not known" in text
    assert page.count("<svg") == 1
    assert "<style" not in page
    assert page.count("<script") == 1
    assert HOSTILE not in page


def test_the_base_can_be_switched(reader: Invented) -> None:
    page = ask(reader, "/w/wbond?base=V1").text
    assert '<strong aria-current="true">V1</strong>' in page
    assert "250 V1" in seen(page)
    assert "300 S1 D1 O1 X1" in seen(page)
    assert ask(reader, "/w/wbond?base=%3Cscript%3E").status == 400


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("xml", "application/tei+xml"),
        ("svg", "image/svg+xml"),
        ("csv", "text/csv"),
        ("graphml", "application/graphml+xml"),
    ],
)
def test_files(reader: Invented, suffix: str, kind: str) -> None:
    answer = ask(reader, f"/w/wbond.{suffix}")
    assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, kind)
    assert answer.headers["content-disposition"] == f'attachment; filename="wbond.{suffix}"'
    if suffix != "csv":
        ET.fromstring(answer.text)


def test_as_json(reader: Invented) -> None:
    told = json.loads(ask(reader, "/w/wbond.json").text)
    assert (told["view"], len(told["apparatus"]["variations"])) == ("utterance", 4)


def test_every_place_that_a_link_leads_to_is_there(reader: Invented) -> None:
    page = ask(reader, "/w/wbond").text
    inner = {part.split('"')[0] for part in page.split('href="#')[1:]}
    assert inner
    assert {each for each in inner if f'id="{each}"' not in page} == set()


def test_an_id_that_joined_another_leads_on_with_its_ending(archive: Invented, bond: Utterance) -> None:
    archive.utterance = lambda _: replace(bond, id="wother")
    answer = ask(archive, "/w/wbond.svg")
    assert (answer.status, answer.headers["location"]) == (301, "/w/wother.svg")
