"""Ways to read an utterance, and its filters."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest
from msgspec import structs

from stemma.archive.views import Line, Utterance
from stemma.records import Document, Statement, evidence
from stemma.show.transmission.apparatus import apparatus
from stemma.show.web.screens.utterance.choosing import Choice, facts, narrowed
from stemma.show.web.screens.utterance.reading import heat, pair, table_rows
from stemma.show.wording import compare
from tests.show.conftest import Invented
from tests.show.occasion.test_likewords import echoing
from tests.show.transmission.conftest import Few
from tests.show.transmission.conftest import bond as bond  # noqa: PLC0414 - the fixture
from tests.show.web.conftest import ask, seen

MOST = 150_000  #: bytes of a page of 60 witnesses, compressed


@pytest.fixture
def reader(archive: Invented, bond: Utterance) -> Invented:
    archive.utterance = lambda wanted: replace(bond, id=wanted)
    archive.article = Few(bond).article
    return archive


def test_heat_counts_witnesses_that_differ(bond: Utterance) -> None:
    found = apparatus(bond)
    rows = heat(found)
    assert "".join(words for row in rows for words, _ in row.words).split() == found.text.split()
    signs = {sign for place in found.variations for reading in place.readings[1:] for sign in reading.sigla}
    assert max(row.differing for row in rows) <= len(signs)
    assert {row.others for row in rows} == {len(found.sigla) - 1 - len(found.apart)}
    assert all(0 <= row.step <= 4 for row in rows)
    assert sum(row.differing for row in heat(found, wording=True)) <= sum(row.differing for row in rows)


def test_two_witnesses_in_rows_lose_no_word(bond: Utterance) -> None:
    for beside in compare(bond, bond.lines[0]):
        rows = pair(beside)
        assert [piece for row in rows for piece in row.left if piece.state == "removed"] == [
            piece for piece in beside.pieces if piece.state == "removed"
        ]
        told = "".join(piece.text for row in rows for piece in row.right)
        assert told == "".join(piece.text for piece in beside.pieces if piece.state != "removed")
        assert sum(row.edits for row in rows) <= sum(bool(piece.kind) for piece in beside.pieces)


def test_the_table_has_a_row_for_every_witness_but_the_base(bond: Utterance) -> None:
    found = apparatus(bond)
    rows = table_rows(found, found.variations)
    assert {row.siglum for row in rows} == set(found.sigla) - {found.sigla[found.base]} - set(found.apart)
    assert all(len(row.readings) == len(found.variations) for row in rows)


def test_filters(bond: Utterance) -> None:
    assert narrowed(bond, Choice()) is bond
    outlet = bond.lines[1].outlet or ""
    only = narrowed(bond, Choice(outlet=outlet))
    assert {line.outlet for line in (*only.lines, *only.elsewhere)} == {outlet}
    assert narrowed(bond, Choice(outlet="nobody")).lines == ()
    assert all((line.published or "")[:4] >= "2025" for line in narrowed(bond, Choice(since="2025")).lines)
    alike = narrowed(bond, Choice(overlap=90))
    assert 1 <= len(alike.lines) <= len(bond.lines)


def test_facts_name_size_span_and_overlap(bond: Utterance) -> None:
    told = dict(facts(bond.lines).told)
    assert set(told) == {"size", "lexical overlap", "time span", "outlets", "languages"}
    assert "lexical overlap" not in dict(facts(bond.lines[:1]).told)


@pytest.mark.parametrize("reading", ["variants", "pair", "table", "each"])
def test_every_reading_is_an_address(reader: Invented, reading: str) -> None:
    answer = ask(reader, f"/w/wbond?read={reading}&base=D1&wording=1")
    assert answer.status == 200
    assert "Variants over D1" in seen(answer.text)


def test_what_is_asked_wrongly_is_told(reader: Invented) -> None:
    for wrong in ("read=upside", "overlap=200", "from=soon", "overlap=x"):
        assert ask(reader, f"/w/wbond?{wrong}").status == 400, wrong
    none = ask(reader, "/w/wbond?outlet=nobody")
    assert (none.status, "No witness fits" in none.text) == (200, True)


def test_a_page_of_sixty_witnesses_is_small(archive: Invented, lines: dict[str, Line]) -> None:
    words = "The lamps on the far shore are lit, and whoever left may come home by them before the winter. " * 12
    many = tuple(_copy(lines["post"], words.replace("winter", f"winter of {n}", n % 7 + 1), n) for n in range(62))
    archive.utterance = lambda wanted: Utterance(id=wanted, lines=many, variants=())
    answer = ask(archive, "/w/wmany")
    assert answer.status == 200
    assert len(gzip.compress(answer.text.encode())) <= MOST
    assert "only the first of each outlet is drawn" in seen(answer.text)


def _copy(line: Line, words: str, number: int) -> Line:
    document = Document(snapshot=line.snapshot.id, layout="test/1", text=f"{number} “{words}”")
    start = document.text.index("“")
    said = Statement(
        document=document.id, content=(evidence(document, start, len(document.text)),), kind="direct", run=""
    )
    snapshot = structs.replace(line.snapshot, id="", url=f"https://paper{number}.example/lamps")
    day = f"2025-10-{1 + number // 3:02}T{number % 24:02}:00:00Z"
    return replace(line, statement=said, snapshot=snapshot, outlet=f"Paper {number % 40}", published=day, chain=())


def test_like_words_are_looked_for_when_they_are_asked_for(reader: Invented) -> None:
    assert "Look for statements in like words" in seen(ask(reader, "/w/wbond").text)
    answer = ask(reader, "/w/wbond?like=1")
    assert answer.status == 200
    assert "Look for" not in seen(answer.text)
    assert "None found." in answer.text or "Resembles: the words alone." in answer.text


def test_what_has_its_words_on_its_page_stands_beside_a_statement(archive: Invented) -> None:
    page, own, _ = echoing()
    archive.line, archive.article = lambda _: own, lambda _: page
    told = seen(ask(archive, f"/s/{own.statement.id}").text)
    assert "In like words on the same page" in told
    assert "body, said by Orlen Vash differs in words; shares 2 telling words" in told
    assert "title, no statement" in told
