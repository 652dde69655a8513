"""The database in Datasette itself, in this process."""

from __future__ import annotations

import asyncio
import json
import warnings
from pathlib import Path

import pytest

from stemma.archive import Archive
from stemma.archive.views import Query
from stemma.show.exports import Asked, Wish, exported
from tests.show.conftest import HOSTILE

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
TABLES = {"articles", "persons", "statements", "speakers", "hops", "variants", "about", "columns"}


@pytest.fixture
def served(held: Archive, tmp_path: Path):
    """Asks Datasette for addresses of the exported archive."""
    app = pytest.importorskip("datasette.app")
    export = exported(held, Asked(Query(limit=None)), "sqlite", Wish(title="lamps"))
    (tmp_path / "lamps.sqlite").write_bytes(b"".join(export))
    told = json.loads(export.manifest("lamps.sqlite"))

    def ask(*addresses: str) -> list:
        async def answers() -> list:
            datasette = app.Datasette([str(tmp_path / "lamps.sqlite")], metadata=told)
            await datasette.invoke_startup()
            return [await datasette.client.get(address) for address in addresses]

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return asyncio.run(answers())

    return ask


def test_every_table_is_shown_with_its_meaning(served) -> None:
    index, *tables = served("/lamps.json", *(f"/lamps/{name}.json?_shape=objects" for name in sorted(TABLES)))
    shown = {table["name"]: table for table in index.json()["tables"] if not table["hidden"]}
    assert set(shown) == TABLES
    assert all(table.status_code == 200 for table in tables)
    (page,) = served("/lamps/statements")
    assert "What pages report that somebody said" in page.text
    assert "who is reported to have said it" in page.text


def test_keys_lead_on_and_words_are_found(served, held: Archive) -> None:
    line = next(line for line in held.find(Query(words="fellowship")) if line.outlet == "SARVA")
    found, page, row = served(
        "/lamps/statements.json?_search=fellowship&_shape=objects", "/lamps/statements",
        f"/lamps/statements/{line.statement.id}",
    )  # fmt: skip
    said = {each["id"] for each in found.json()["rows"]}
    assert said == {
        each.statement.id for each in held.find(Query(limit=None)) if "fellowship" in each.statement.content[0].exact
    }
    assert f"/lamps/articles/{line.statement.document}" in page.text
    assert "from statement in speakers" in row.text


def test_hostile_words_are_text_in_it(served) -> None:
    (page,) = served("/lamps/articles")
    assert "<script>alert(1)" not in page.text
    assert HOSTILE not in page.text
    assert "alert(1)" in page.text


def test_facts_answer_in_sql(served) -> None:
    sql = "select count(*) as n from hops join statements on statements.id = hops.statement where inferred = 0"
    timeline = "select day, basis, line from timeline"
    counted, dated = served(f"/lamps.json?sql={sql}&_shape=array", f"/lamps.json?sql={timeline}&_shape=array")
    assert counted.json()[0]["n"] >= 1
    days = [row["day"] for row in dated.json()]
    assert days == sorted(days)
    assert len(days) >= 5
