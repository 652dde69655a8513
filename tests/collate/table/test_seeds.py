"""Founding pages whose wording changes within a page or between outlets; they lie outside this repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from stemma.collate.table import changes


def _echo(shared: Path, name: str) -> list[str]:
    """The stretches of an item of the gold, in its order."""
    gold: dict[str, Any] = json.loads((shared / "bench" / "lineage" / "seeds_gold.json").read_text(encoding="utf-8"))
    item = next(each for each in gold["items"] if each["id"] == name)
    pages = [(shared / "seeds" / span["file"]).read_bytes().decode() for span in item["spans"]]
    return [page[span["start"] : span["end"]] for page, span in zip(pages, item["spans"], strict=True)]


def _words(one: str, other: str) -> list[tuple[str, str, str]]:
    """Differences but those of marks, with the words of both sides."""
    found = [edit for edit in changes(one, other) if edit.kind not in {"punctuation", "quotation"}]
    return [(edit.kind, one[slice(*edit.left)].strip(), other[slice(*edit.right)].strip()) for edit in found]


def test_an_adjective_that_is_lost_between_quotation_lead_and_headline(shared: Path) -> None:
    source, shortened, headline = _echo(shared, "echo-003-invincible")
    assert _words(source, shortened) == [("words", "military", "")]
    assert ("words", "military", "") in _words(source, headline)


def test_an_adverb_that_is_lost(shared: Path) -> None:
    source, indirect = _echo(shared, "echo-003-support")
    lost = [mine for kind, mine, theirs in _words(source, indirect) if kind == "words" and not theirs]
    assert any("unwaveringly" in mine for mine in lost)


def test_another_rendering_of_one_superlative(shared: Path) -> None:
    (quotation,) = _echo(shared, "relay-002-quote1")
    other = quotation.replace("most rigorous", "severest")
    assert other != quotation
    assert _words(other, quotation) == [("words", "severest", "most rigorous")]


def test_sub_units_and_a_salute(shared: Path) -> None:
    """What the headline has as a unit stands beside another noun: one word for one."""
    headline, _ = _echo(shared, "echo-001-title")
    other = headline.replace("Sub-units", "Salute")
    assert other != headline
    assert [(mine, theirs) for _, mine, theirs in _words(headline, other)] == [("Sub-units", "Salute")]


def test_a_name_written_out_is_told_as_a_name(shared: Path) -> None:
    found = _words(*_echo(shared, "echo-001-title"))
    assert {"name"} <= {kind for kind, _, _ in found}
