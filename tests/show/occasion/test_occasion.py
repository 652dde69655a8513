"""Statements of one occasion in other words, found among what an archive answers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from stemma.archive.views import Line, Query, Utterance, Who
from stemma.show.jsonform import json_text, json_utterance
from stemma.show.occasion import resembling
from stemma.show.terminal.transmission import utterance
from tests.show.conftest import Draft
from tests.show.terminal.test_views import printed, squeezed

VASH = Who(name="Orlen Vash", entity="evash", reason="name in the source")
NAMESAKE = Who(name="Orlen Vash", entity="eother", reason="name in the source")
NOBODY = Who(name="an official")
AGENCY = "the old bridge over the Marn would be closed to lorries from the first day of November"
PAPER = "no lorries could cross: the bridge, he announced, was to be closed in November"
PRICES = "prices in Velm had risen twice since the harvest, and he told farmers to be patient"


def _line(text: str, outlet: str, published: str | None, who: Who = VASH) -> Line:
    draft = Draft(f"{text} ({outlet})", outlet=outlet, published=published)
    return draft.line(draft.statement(text, kind="indirect"), (who,), utterance="wbridge")


@dataclass
class Days:
    """An archive that knows a few statements, and asks for days."""

    lines: list[Line]

    def find(self, query: Query) -> Iterable[Line]:
        asked = [each for each in self.lines if any(who.name == query.speaker for who in each.speakers)]
        return [each for each in asked if query.since <= (each.published or "") <= query.until]


def _view(line: Line) -> Utterance:
    return Utterance(id="wbridge", lines=(line,), variants=())


def _found(line: Line, *others: Line) -> Any:
    return resembling(Days([line, *others]), _view(line))  # type: ignore[arg-type]


def test_the_same_speech_in_the_words_of_another_outlet_is_found_and_told_apart():
    own, other = _line(AGENCY, "SARVA", "2025-10-24"), _line(PAPER, "Dorn Post", "2025-10-26")
    (found,) = _found(own, other, _line(PRICES, "VELTA", "2025-10-24"))
    assert (found.line, found.like, found.basis) == (other, own.statement.id, "same occasion")
    text = squeezed(printed(utterance(_view(own), "", [found])))
    assert "On the same occasion, in other words" in text
    assert "same speaker; published within two days" in text


@pytest.mark.parametrize(
    "other",
    [_line(PAPER, "Dorn Post", "2025-11-24"), _line(PAPER, "Dorn Post", "2025-10-24", NAMESAKE)],
    ids=["a month later", "a namesake"],
)
def test_other_days_and_namesakes_are_not(other: Line):
    assert _found(_line(AGENCY, "SARVA", "2025-10-24"), other) == ()


def test_nothing_is_found_where_no_speaker_or_no_day_is_known():
    other = _line(PAPER, "Dorn Post", "2025-10-24")
    assert _found(_line(AGENCY, "SARVA", None), other) == ()
    assert _found(_line(AGENCY, "SARVA", "2025-10-24", NOBODY), other) == ()


def test_as_json_it_stands_beside_the_witnesses():
    own, other = _line(AGENCY, "SARVA", "2025-10-24"), _line(PAPER, "Dorn Post", "2025-10-26")
    form = json.loads(json_text(json_utterance(_view(own), _found(own, other))))
    assert [each["line"]["id"] for each in form["resembling"]] == [other.statement.id]
    assert form["resembling"][0]["basis"] == "same occasion"
    assert "resembling" not in json_utterance(_view(own), ())
