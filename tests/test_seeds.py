"""The five founding pages, real input that lies outside this repository: what must come out of them."""

from __future__ import annotations

import json
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Article, Query

FILES = (
    "000_628688574aaed0b7.txt",
    "001_1c6e84177c8fb1fa.txt",
    "002_b6272c481f1f2f00.txt",
    "003_8898b0f300d53e6a.txt",
    "004_1ce6c00f2e810b48.txt",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    seeds = Path(__file__).resolve().parents[2] / "shared" / "seeds"
    if not seeds.is_dir():
        pytest.skip("needs the founding pages in ../shared/seeds, which are not here")
    path = tmp_path_factory.mktemp("seeds") / "seeds.stemma"
    flow.add(path, [str(seeds)])
    with Archive.open(path) as opened:
        yield opened


def article(archive: Archive, name: str) -> Article:
    rows = [json.loads(line) for line in archive.export()]
    snapshot = next(row["id"] for row in rows if row["record"] == "snapshot" and row["origin"] == name)
    return archive.article(
        next(row["id"] for row in rows if row["record"] == "document" and row["snapshot"] == snapshot)
    )


@pytest.mark.parametrize("name", FILES)
def test_title_day_outlet_and_body_lines(archive: Archive, shared: Path, name: str) -> None:
    gold = json.loads((shared / "bench" / "extraction" / "seeds_gold.json").read_text(encoding="utf-8"))
    wanted = next(row for row in gold["seeds"] if row["id"] == name)
    found = article(archive, name)
    assert (found.title, (found.published or "")[:10] or None, found.outlet) == (
        wanted["title"], wanted["date"], wanted["outlet"],
    )  # fmt: skip
    text = found.document.text
    body = {text.count("\n", 0, each.start) for each in found.labels if each.role in ("body", "dateline", "turn")}
    assert sorted(body) == wanted["lines"]


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_found_in_furniture(archive: Archive, name: str) -> None:
    found = article(archive, name)
    furniture = [(each.start, each.end) for each in found.labels if each.role == "furniture"]
    pieces = [piece for line in found.lines for piece in (*line.statement.content, *line.statement.source)]
    for each in (*pieces, *(m.evidence for m in found.mentions), *(t.evidence for t in found.times)):
        assert not [span for span in furniture if span[0] < each.end and each.start < span[1]], each


def test_the_chain_of_the_cited_leader(archive: Archive) -> None:
    lines = [line for line in article(archive, FILES[2]).lines if "rigorous" in line.statement.content[0].exact]
    assert [(line.outlet, [hop.name for hop in line.chain], [who.name for who in line.speakers]) for line in lines] == [
        ("TASS", ["Korean Central News Agency"], ["Kim Jong Un"])
    ]


def test_a_full_text_is_one_statement_of_its_issuer(archive: Archive) -> None:
    lines = [line for line in article(archive, FILES[1]).lines if line.statement.kind == "full-text"]
    assert [line.speakers[0].name for line in lines] == ["Vladimir Vladimirovich Putin"]
    assert (lines[0].outlet, lines[0].statement.said) == ("KCNA", "2025-04-28")
    assert sum(len(piece.exact) for piece in lines[0].statement.content) > 1_800


def test_statements_reach_the_bar(archive: Archive, shared: Path) -> None:
    scorer = runpy.run_path(str(shared / "bench" / "attribution" / "score.py"))
    gold = scorer["read"](str(shared / "bench" / "attribution" / "seeds.gold.jsonl"))
    from bench.topics.attribution import predict

    found = list(predict([{"id": row["id"], "text": row["text"]} for row in gold]))
    assert scorer["score"](gold, found, 0)["triple"]["f1"] >= 84


def test_any_form_of_a_name_finds_the_person(archive: Archive) -> None:
    counts = {archive.count(Query(speaker=name)) for name in ("Vladimir Putin", "Vladimir Vladimirovich Putin")}
    assert len(counts) == 1
    assert counts != {0}


def test_the_archive_is_clean(archive: Archive) -> None:
    assert list(archive.check()) == []
