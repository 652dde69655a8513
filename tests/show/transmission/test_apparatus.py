"""All witnesses word by word over any base."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stemma.archive.views import Utterance
from stemma.errors import BadValue
from stemma.show.transmission import sigla
from stemma.show.transmission.apparatus import Apparatus, apparatus, cut, pieces


def rows(found: Apparatus) -> list[tuple[tuple[str, ...], list[tuple[str, str]]]]:
    return [
        (place.kinds, [(reading.words, " ".join(reading.sigla)) for reading in place.readings])
        for place in found.variations
    ]


def test_places_with_the_readings_of_every_witness(bond: Utterance) -> None:
    found = apparatus(bond)
    assert found.text == "The maritime fellowship has passed its severest trial, and 300 engineers have shown it"
    assert rows(found) == [
        (("words",), [("maritime", "S1 D1 O1 X1"), ("", "V1")]),
        (("negation",), [("", "S1 D1 X1 V1"), ("not", "O1")]),
        (("words",), [("severest", "S1 O1 X1"), ("most rigorous", "D1 V1")]),
        (("number",), [("300", "S1 D1 O1 X1"), ("250", "V1")]),
    ]


def test_the_base_can_be_any_witness(bond: Utterance) -> None:
    assert rows(apparatus(bond, "v1"))[0] == (("words",), [("", "V1"), ("maritime", "S1 D1 O1 X1")])
    by_id = apparatus(bond, bond.lines[1].statement.id[:9])
    assert by_id.sigla[by_id.base] == "D1"
    with pytest.raises(BadValue, match="S1, D1"):
        apparatus(bond, "Q7")


def test_other_words_and_another_speaker_are_told(bond: Utterance) -> None:
    found = apparatus(bond)
    assert found.apart == (found.sigla[3],)
    assert found.speakers == (
        ("Orlen Vash", tuple(sign for sign in found.sigla if sign != "V1")),
        ("Tamsin Roe", ("V1",)),
    )


def test_sigla_count_outlets_of_one_letter(bond: Utterance) -> None:
    same = [
        replace(line, outlet=name) for line, name in zip(bond.lines, ("TASS", "TAZ", "中央社", None, "--"), strict=True)
    ]
    assert sigla(same) == ("T1", "T2", "Z1", "X1", "X2")


def test_a_single_witness_has_no_places(bond: Utterance) -> None:
    found = apparatus(replace(bond, lines=bond.lines[:1], elsewhere=()))
    assert (found.variations, found.apart) == ((), ())


def test_pieces_are_the_text_of_the_base(bond: Utterance) -> None:
    for base in ("S1", "D1", "V1"):
        found = apparatus(bond, base)
        shown = "".join(words for words, _ in pieces(found))
        assert shown.split() == found.text.split()
        assert [place.number for _, place in pieces(found) if place] == [place.number for place in found.variations]


def test_a_cut_text_keeps_whole_places(bond: Utterance) -> None:
    found = apparatus(bond)
    text, places, left_out = cut(found, 40)
    assert len(text) <= 40
    assert len(text) + left_out == len(found.text)
    assert [place.number for place in places] == [1, 2]
    assert cut(found, 400) == (found.text, found.variations, 0)
