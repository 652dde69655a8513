"""Carrier <- agency <- speaker."""

from __future__ import annotations

from dataclasses import replace

from stemma.archive.views import Hop, Line
from stemma.show.chain import drawn, likenesses, names, steps
from stemma.show.lines import provenance, same_body


def test_each_hop_has_its_proof(lines: dict[str, Line]) -> None:
    cited, said = steps(lines["post"])
    assert names(lines["post"]) == ("Dorn Post", "SARVA", "Kim Vael")
    assert (cited.proof, cited.inferred) == ("the SARVA agency reported", False)
    assert (said.kind, said.proof) == ("said", "Kim Vael … said")


def test_shared_wording_is_inferred_and_says_so(lines: dict[str, Line]) -> None:
    reused, said = steps(lines["sheet"])
    assert (reused.inferred, reused.proof) == (True, None)
    assert reused.deed == "this page has words like those of Dorn Post"
    assert said.deed == "speaker not identified"


def test_the_speaker_stands_once_at_the_end(lines: dict[str, Line]) -> None:
    hop = Hop(name="KIM VAEL", kind="cited", relay="y", evidence=None)
    line = replace(lines["post"], chain=(*lines["post"].chain, hop))
    assert names(line) == ("Dorn Post", "SARVA", "KIM VAEL")


def test_an_outlet_that_cites_itself_is_no_hop(lines: dict[str, Line]) -> None:
    hop = Hop(name="Dorn Post", kind="cited", relay="y", evidence=None)
    assert names(replace(lines["post"], chain=(hop,))) == ("Dorn Post", "Kim Vael")


def test_an_outlet_that_speaks_itself(lines: dict[str, Line]) -> None:
    speaker = replace(lines["post"].speakers[0], name="Dorn Post")
    assert names(replace(lines["post"], chain=(), speakers=(speaker,))) == ("Dorn Post",)


def test_shared_wording_beside_a_citation_is_a_way_of_its_own(lines: dict[str, Line]) -> None:
    reused = Hop(name="Lake Herald", kind="reused", relay="y", evidence=None, document="dherald")
    line = replace(lines["post"], chain=(*lines["post"].chain, reused))
    (beside,) = likenesses(line)
    assert names(line) == ("Dorn Post", "SARVA", "Kim Vael")
    assert (beside.taker, beside.giver, beside.inferred, beside.document) == (
        "Dorn Post",
        "Lake Herald",
        True,
        "dherald",
    )
    assert provenance(line) == ("quoted by SARVA", "carried by Dorn Post", "2025-10-24")
    assert likenesses(lines["sheet"]) == ()


def test_an_inferred_hop_has_its_own_arrow(lines: dict[str, Line]) -> None:
    assert [arrow for arrow, _ in drawn(lines["post"])] == ["", "<-", "<-"]
    assert [arrow for arrow, _ in drawn(lines["sheet"])] == ["", "<~", "<-"]


def test_a_slight_likeness_is_not_told_and_few_are(lines: dict[str, Line]) -> None:
    slight = Hop(name="Lake Herald", kind="reused", relay="y", evidence=None, document="dherald", confidence=0.02)
    alike = [replace(slight, name=f"Herald {n}", confidence=0.2 + n / 100) for n in range(9)]
    line = replace(lines["post"], chain=(*lines["post"].chain, slight, *alike))
    assert [step.giver for step in likenesses(line)] == ["Herald 8", "Herald 7", "Herald 6"]


def test_a_short_and_a_long_name_of_one_body(lines: dict[str, Line]) -> None:
    assert same_body("SCNA", "Sonbaek Central News Agency")
    assert same_body("Ministry of Lamps and Gates", "MLG")
    assert not same_body("VELTA", "Sonbaek Central News Agency")
    assert not same_body("Ann", "ann north")
    hop = Hop(name="Dorn Post Agency", kind="cited", relay="y", evidence=None)
    line = replace(lines["post"], outlet="DPA", chain=(hop,))
    assert names(line) == ("DPA", "Kim Vael")
    assert provenance(line) == ("carried by DPA", "2025-10-24")
