"""An utterance on the terminal, looked at as text."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from stemma.archive.views import Utterance
from stemma.errors import BadValue
from stemma.show.jsonform import json_line
from stemma.show.terminal import draw
from tests.show.conftest import Invented
from tests.show.terminal.test_views import printed, squeezed
from tests.show.transmission.conftest import bond as bond  # noqa: PLC0414 - the fixture


def test_witnesses_tree_and_variants(bond: Utterance, archive: Invented) -> None:
    text = squeezed(printed(draw(bond, archive)))
    for told in (
        "utterance wbond, 5 witnesses and 1 of another speaker",
        "S1 2025-10-24 06:00 SARVA",
        "X1 date not known outlet not known",
        '└── <- D1 2025-10-24 09:30 Dorn Post cites: "SARVA reported"',
        '<- O1 2025-10-27 Orin Herald cites: "the Dorn Post wrote"',
        "<~ V1 2025-10-25 VELTA reuses: similar wording, published later, inferred (90 % sure)",
        "NAK named as the source; not in this archive",
        "also reuses S1",
        "the speaker differs: Orlen Vash (S1 D1 O1 S2 X1); Tamsin Roe (V1)",
        "[1 maritime] fellowship has [2] passed its [3 severest] trial, and [4 300] engineers",
        "3 words severest S1 O1 X1 ] most rigorous D1 V1",
        "2 negation not there S1 D1 X1 V1 ] not O1",
        "In other words, not laid beside it: S2",
    ):
        assert told in text, told


def test_another_base(bond: Utterance, archive: Invented) -> None:
    text = squeezed(printed(draw(bond, archive, "V1")))
    assert "Variants over V1 the speaker differs" in text
    assert "number 250 V1 ] 300 S1 D1 O1 X1" in text
    with pytest.raises(BadValue):
        draw(bond, archive, "Q1")


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_screen(bond: Utterance, archive: Invented, width: int) -> None:
    rows = printed(draw(bond, archive), width=width).splitlines()
    assert max(map(len, rows)) <= min(width, 110)
    assert "\x1b" not in "".join(rows)


def test_a_circle_of_hops_is_drawn_once(bond: Utterance, archive: Invented) -> None:
    agency, post = bond.lines[:2]
    back = replace(post.chain[0], name="Dorn Post", evidence=None)
    around = replace(
        bond, lines=(replace(agency, published=None, chain=(back,)), replace(post, published=None)), elsewhere=()
    )
    text = squeezed(printed(draw(around, archive)))
    assert text.count("Dorn Post cites") + text.count("SARVA cites") == 1


def test_a_single_witness_has_no_variants(bond: Utterance, archive: Invented) -> None:
    text = squeezed(printed(draw(replace(bond, lines=bond.lines[:1], elsewhere=()), archive)))
    assert "1 witness " in text
    assert "Variants" not in text


def test_as_json_it_is_one_line_with_tree_and_apparatus(bond: Utterance) -> None:
    line = json_line(bond)
    assert "\n" not in line
    told = json.loads(line)
    assert [len(told["tree"][name]) for name in ("nodes", "edges")] == [7, 5]
    assert told["apparatus"]["sigla"] == ["S1", "D1", "O1", "S2", "X1", "V1"]
    assert told["apparatus"]["variations"][2]["readings"][1]["words"] == "most rigorous"
    assert len(told["elsewhere"]) == 1
