"""Each form as another program reads it: what was written is what is read, whatever a page holds."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stemma.archive.views import Query
from stemma.show.exports.entities.lines import json_lines
from stemma.show.exports.entities.linked import linked
from stemma.show.exports.entities.money import money
from stemma.show.exports.entities.stix import stix
from stemma.show.exports.rows import StatementRow
from stemma.show.exports.tables import COLUMNS, cells
from stemma.show.exports.tables.database import database
from stemma.show.exports.tables.parquet import parquet
from stemma.show.exports.tables.separated import separated
from tests.show.exports.lone import TEXTS, batch_of, said_of

FORMULAE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Readers are slow to start; what they are fed is varied in each example.
few = settings(max_examples=25)


def undone(cell: str) -> str:
    """A cell without the apostrophe that was put before it."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULAE) else cell


@given(TEXTS, TEXTS)
def test_csv(text: str, name: str) -> None:
    batch = batch_of(text, name)
    written = b"".join(separated([batch])).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(written, newline=""), strict=True)
    assert head == [column.name for column in COLUMNS]
    assert not [cell for cell in row if cell.startswith(FORMULAE)]
    assert [undone(cell) for cell in row] == ["" if each is None else str(each) for each in cells(said_of(batch))]


def test_csv_in_duckdb(made, held) -> None:
    duckdb = pytest.importorskip("duckdb")
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(made("csv"))
        file.flush()
        found = duckdb.sql(f"SELECT id, outlet, witnesses FROM read_csv('{file.name}') ORDER BY id").fetchall()
    assert len(found) == held.count(Query())
    assert {outlet for _, outlet, _ in found} >= {"SARVA", "VELTA"}


@given(TEXTS, TEXTS)
def test_json_lines(text: str, name: str) -> None:
    batch = batch_of(text, name)
    (line,) = b"".join(json_lines([batch])).splitlines()
    row = json.loads(line)
    assert row.pop("view") == "statement"
    assert msgspec.convert(row, StatementRow) == said_of(batch)


@few
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_parquet(pages: list[tuple[str, str]]) -> None:
    duckdb = pytest.importorskip("duckdb")
    batches = [batch_of(*page) for page in pages]
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        file.write(b"".join(parquet(batches, b"{}")))
        file.flush()
        found = duckdb.sql(f"SELECT * FROM read_parquet('{file.name}')")
        assert found.columns == [column.name for column in COLUMNS]
        assert [list(row) for row in found.fetchall()] == [cells(said_of(batch)) for batch in batches]


@few
@given(TEXTS, TEXTS)
def test_sqlite(text: str, name: str) -> None:
    batch = batch_of(text, name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sqlite"
        path.write_bytes(b"".join(database([batch], {"notice": "x"}, None, 300)))
        db = sqlite3.connect(path)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        said, page = said_of(batch), batch.article
        assert db.execute("SELECT line, words, article FROM statements").fetchone() == (
            said.line,
            said.words or None,
            page.id,
        )
        assert db.execute("SELECT title, outlet, url FROM articles").fetchone() == (page.title, page.outlet, page.url)
        assert db.execute("SELECT name, role FROM speakers").fetchone() == (
            said.speakers[0].name,
            said.speakers[0].role,
        )
        db.close()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # the reader's own
@few
@given(TEXTS, TEXTS, st.sampled_from(["affirmed", "negated", "question"]))
def test_json_ld(text: str, name: str, polarity: str) -> None:
    rdflib = pytest.importorskip("rdflib")
    batch = batch_of(text, name, polarity)
    graph = rdflib.Graph().parse(data=b"".join(linked([batch])), format="json-ld")
    schema, prov = rdflib.Namespace("https://schema.org/"), rdflib.Namespace("http://www.w3.org/ns/prov#")
    said = said_of(batch)
    node = rdflib.URIRef(f"urn:stemma:{said.id}")
    assert str(graph.value(node, schema.name)) == said.line
    assert str(graph.value(node, schema.text)) == said.words
    person = rdflib.URIRef("urn:stemma:e2345672345672345")
    is_said = polarity == "affirmed"
    assert ((node, rdflib.RDF.type, schema.Quotation) in graph) == is_said
    assert ((node, schema.author, person) in graph) == is_said
    assert ((node, prov.wasAttributedTo, person) in graph) == is_said
    assert ((node, schema.about, person) in graph) == (not is_said)
    article = graph.value(node, prov.wasQuotedFrom)
    capture = graph.value(article, schema.archivedAt)
    assert str(graph.value(capture, schema.sha256)) == batch.article.sha256


#: Properties of FollowTheMoney 3.8 that we write, by schema (https://followthemoney.tech/explorer/).
PROPERTIES = {
    "Article": {"title", "publisher", "publishedAt", "retrievedAt", "sourceUrl", "mimeType", "bodyText", "language", "notes"},
    "Person": {"name"}, "Organization": {"name"}, "LegalEntity": {"name"},
    "Mention": {"document", "name", "resolved", "detectedSchema"},
    "Note": {"name", "description", "entity", "proof", "publisher", "sourceUrl", "retrievedAt", "notes"},
}  # fmt: skip


def test_entities_lead_to_each_other(made) -> None:
    """Also where the reader is not installed."""
    entities = [json.loads(line) for line in made("ftm").splitlines()]
    ids = {each["id"] for each in entities}
    assert len(ids) == len(entities)
    for each in entities:
        assert set(each["properties"]) <= PROPERTIES[each["schema"]]
        assert all(isinstance(value, str) and value for values in each["properties"].values() for value in values)
        for name in ("document", "resolved", "entity", "proof"):
            assert set(each["properties"].get(name, [])) <= ids


@few
@example(text="x", name="\ufeff")  # a name of nothing that can be shown
@given(TEXTS, TEXTS)
def test_follow_the_money(text: str, name: str) -> None:
    ftm = pytest.importorskip("followthemoney")
    batch = batch_of(text, name)
    entities = [json.loads(line) for line in b"".join(money([batch])).splitlines()]
    assert [each["schema"] for each in entities] == ["Article", "Person", "Mention", "Note"]
    for each in entities:
        schema = ftm.model.get(each["schema"])
        bad = {
            name: error
            for name, prop in schema.properties.items()
            if (error := prop.validate(each["properties"].get(name, [])))
        }
        assert bad == {}
        told = ftm.model.get_proxy(each, cleaned=False)
        for prop, values in each["properties"].items():
            if prop != "sourceUrl":
                assert len(told.get(prop)) == len(set(values)), prop
    note = entities[-1]["properties"]
    assert note["description"] == [said_of(batch).line]
    assert note["proof"] == [entities[0]["id"]]
    assert note["entity"] == [entities[1]["id"]]


@few
@given(TEXTS, TEXTS)
def test_stix(text: str, name: str) -> None:
    stix2 = pytest.importorskip("stix2")
    batch = batch_of(text, name)
    bundle = stix2.parse(b"".join(stix([batch])).decode(), allow_custom=False)
    kinds = [thing["type"] for thing in bundle.objects]
    assert {"identity", "note", "report", "url", "artifact", "observed-data"} == set(kinds)
    note = next(thing for thing in bundle.objects if thing["type"] == "note")
    assert note.content == said_of(batch).line
    ids = {thing["id"] for thing in bundle.objects}
    refs = {ref for thing in bundle.objects for ref in thing.get("object_refs", ())}
    assert refs <= ids
    address = next(thing for thing in bundle.objects if thing["type"] == "url")
    assert stix2.URL(value=address.value).id == address.id  # as the standard has the ids of observables
    artifact = next(thing for thing in bundle.objects if thing["type"] == "artifact")
    assert stix2.Artifact(url=artifact.url, hashes=dict(artifact.hashes)).id.startswith("artifact--")
