"""Utterances in forms, and captures: read by lxml, networkx and warcio."""

from __future__ import annotations

import csv
import io
import zipfile

import networkx as nx
from hypothesis import given, settings
from lxml import etree
from warcio.archiveiterator import ArchiveIterator

from stemma.archive import Archive
from stemma.archive.views import Query, Utterance
from stemma.show.occasion.pairs import COLUMNS
from stemma.show.transmission.forms import rendered
from stemma.show.transmission.sharing import Sharing
from tests.show.exports.conftest import add, export_of
from tests.show.exports.lone import TEXTS, lone


def utterance(held):
    return next(line.utterance for line in held.find(Query(limit=None)) if line.witnesses > 1)


def test_a_query_gives_every_utterance_of_several_witnesses_once(made, held) -> None:
    root = etree.fromstring(made("tei", words="fellowship"))
    divisions = root.findall(".//{*}div[@type='utterance']")
    assert [each.get("{http://www.w3.org/XML/1998/namespace}id") for each in divisions] == [utterance(held)]
    assert len(root.findall(".//{*}witness")) == 2


def test_one_utterance_is_what_the_reader_gives_too(made, held) -> None:
    view = held.utterance(utterance(held))
    for form, ours in (("tei", "tei"), ("graphml", "graphml"), ("hops", "csv"), ("svg", "svg")):
        assert made(form, only=view.id) == rendered(ours, [(view, Sharing())])


def test_pieces_are_one_document(held, made) -> None:
    """Every statement by itself: several utterances in one file, each pointer with an end."""
    graph = nx.read_graphml(io.BytesIO(made("graphml")))
    assert graph.number_of_edges() >= 1
    rows = list(csv.DictReader(io.StringIO(made("hops").decode())))
    assert {row["utterance"] for row in rows} == {utterance(held)}
    root = etree.fromstring(made("tei"))
    ids = {element.get("{http://www.w3.org/XML/1998/namespace}id") for element in root.iter()}
    assert {ref.removeprefix("#") for each in root.iter("{*}rdg", "{*}lem") for ref in each.get("wit").split()} <= ids


def test_a_page_that_reserves_its_words_has_gaps(held) -> None:
    line = next(line for line in held.find(Query(words="seventh", limit=None)))
    root = etree.fromstring(b"".join(export_of(held, "tei", only=line.statement.id)))
    assert root.find(".//{*}gap[@reason='rights-reserved']") is not None
    assert "seventh" not in "".join(root.itertext())


def test_captures_of_a_query_are_read_by_warcio(made) -> None:
    with zipfile.ZipFile(io.BytesIO(made("wacz", words="fellowship"))) as package:
        (name,) = [each for each in package.namelist() if each.startswith("archive/")]
        records = list(ArchiveIterator(io.BytesIO(package.read(name))))
    addresses = {record.rec_headers.get_header("WARC-Target-URI") for record in records} - {None}
    assert addresses == {"https://sarva.example/1", "https://orin.example/z"}


@settings(max_examples=50)
@given(TEXTS, TEXTS)
def test_whatever_a_page_holds_is_one_document(text: str, name: str) -> None:
    (line,) = lone(text, name).find(Query())
    view = Utterance("w2345672345672345", (line,), ())
    root = etree.fromstring(rendered("tei", [(view, Sharing())]))
    assert len(root.findall(".//{*}witness")) == 1
    graph = nx.read_graphml(io.BytesIO(rendered("graphml", [(view, Sharing())])))
    assert graph.number_of_nodes() >= 1
    picture = etree.fromstring(rendered("svg", [(view, Sharing())]))
    assert not picture.findall(".//{*}script")
    for form in ("tei", "graphml", "csv", "svg"):
        assert not {"\x1b", "\x9b", "\u202e", "\x00"} & set(rendered(form, [(view, Sharing())]).decode())


def test_what_resembles_is_a_pair_a_row_without_any_words(tmp_path) -> None:
    says = (
        "The harbour of Velm will be opened to all pilots in the spring, as the treaty has it",
        "In spring, by treaty, the pilots will find the harbour opened",
    )
    pages = [
        {
            "outlet": outlet, "url": f"https://{outlet.lower()}.example/1", "published": day,
            "text": f'News\nVELM. "{said}," {who} said.\n',
        }
        for said, who, outlet, day in zip(
            says, ("Orlen Vash", "Tamsin Roe"), ("SARVA", "VELTA"), ("2025-10-24", "2026-03-01"), strict=True
        )
    ]  # fmt: skip
    add(tmp_path / "own.stemma", pages)
    with Archive.open(tmp_path / "own.stemma") as archive:
        told = b"".join(export_of(archive, "likenesses")).decode()
        one = next(line for line in archive.find(Query(limit=None)) if line.outlet == "SARVA")
        only = b"".join(export_of(archive, "likenesses", only=one.statement.id)).decode()
    rows = list(csv.DictReader(io.StringIO(told)))
    assert tuple(rows[0]) == COLUMNS
    assert {(row["outlet"], row["other_outlet"]) for row in rows} == {("SARVA", "VELTA"), ("VELTA", "SARVA")}
    assert {(row["certainty"], row["basis"]) for row in rows} == {("resembles", "like words")}
    assert [row["other_outlet"] for row in csv.DictReader(io.StringIO(only))] == ["VELTA"]
    assert "pilots" not in told
