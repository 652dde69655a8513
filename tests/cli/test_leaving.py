"""Utterances as files, and what is shown of versions, on pages that were added."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from stemma import flow

SAID = '"The maritime fellowship of both towns has passed its severest trial, and 300 engineers have shown its worth,"'
OTHER = SAID.replace("severest", "most rigorous").replace(" maritime", "")
PAGES = [
    {
        "outlet": "SARVA", "url": "https://sarva.example/1", "published": "2025-10-24T06:00:00+00:00",
        "text": f"Fellowship hailed at the harbour\nKARVIS, October 24. /SARVA/. {SAID} Minister Orlen Vash said at the harbour on Friday.\n",
    },
    {
        "outlet": "Orin Herald", "url": "https://orin.example/z", "published": "2025-10-27",
        "text": f"Far shore\nMARESH, October 27. /Orin Herald/. {SAID.replace('severest', 'hardest')} Minister Orlen Vash was"
        " quoted by SARVA as saying.\n",
    },
    {
        "outlet": "VELTA", "url": "https://velta.example/a", "published": "2025-10-25",
        "text": f"Mayor speaks\nOSTRIN, October 25. /VELTA/. {OTHER} Mayor Tamsin Roe said on Friday.\n",
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of three pages, one of which gives the words to somebody else."""
    folder = tmp_path_factory.mktemp("leaving")
    (folder / "pages.jsonl").write_text("\n".join(map(json.dumps, PAGES)), encoding="utf-8")
    flow.add(folder / "kept.stemma", [str(folder / "pages.jsonl")])
    return folder / "kept.stemma"


@pytest.fixture
def ask(command, kept: Path):
    """A verb on that archive."""
    return lambda verb, *arguments: command(verb, *arguments, "--archive", kept)


@pytest.fixture
def utterance(ask) -> str:
    found = [row for row in ask("find", "fellowship", "--json").rows if row["witnesses"] > 1]
    return found[0]["utterance"]


def test_show_tells_the_same_words_of_another_speaker(ask, utterance: str) -> None:
    (told,) = ask("show", utterance, "--json").rows
    assert [name for name, _ in told["apparatus"]["speakers"]] == ["Orlen Vash", "Tamsin Roe"]
    readings = {reading["words"] for place in told["apparatus"]["variations"] for reading in place["readings"]}
    assert {"severest", "hardest", "most rigorous", "maritime", ""} <= readings
    text = ask("show", utterance, "--text", "--base", "V1")
    assert (text.status, "Variants over V1" in text.out) == (0, True)
    assert ask("show", utterance, "--text", "--base", "Q9").status == 2


def test_tei_of_an_id(ask, utterance: str) -> None:
    root = etree.fromstring(ask("export", "--format", "tei", utterance).out.encode())
    assert len(root.findall(".//{*}witness")) == 3
    assert {lem.text for lem in root.findall(".//{*}lem")} >= {"severest", "maritime"}
    assert root.find(".//{*}p[@n='S1']") is not None
    other = etree.fromstring(ask("export", "--format", "tei", utterance, "--base", "O1").out.encode())
    assert other.find(".//{*}p[@n='O1']") is not None


def test_the_tree_of_a_query(ask, utterance: str, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(ask("export", "--format", "hops", "fellowship").out)))
    assert {row["utterance"] for row in rows} == {utterance}
    assert ask("export", "--format", "svg", "fellowship", "-o", tmp_path / "tree.svg").status == 0
    assert b"<svg" in (tmp_path / "tree.svg").read_bytes()
    assert "graphml" in ask("export", "--format", "graphml", "fellowship").out


def test_misuse_is_told(ask, utterance: str) -> None:
    for arguments in (
        ("export", utterance), ("export", "--format", "gold", "--base", "S1"), ("export", "--format", "svg", "nosuchword"),
        ("export", "--format", "tei", utterance, "--base", "Q9"),
        ("export", "--format", "tei", "words that nobody said"),
    ):  # fmt: skip
        done = ask(*arguments)
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith("stemma: ")


def test_nothing_was_edited(ask) -> None:
    done = ask("find", "--edited", "--json")
    assert (done.status, done.out) == (0, "")
