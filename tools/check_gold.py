"""Prove that every string of the gold beside the example pages stands in its page: python tools/check_gold.py."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import lxml.etree
import lxml.html

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
KINDS = frozenset({"direct", "indirect", "mixed", "full-text", "transcript"})
_UNSEEN = ("script", "style", "head", "iframe", lxml.etree.Comment)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Pair(NamedTuple):
    """The gold of one page and the page itself."""

    name: str
    gold: dict[str, Any]
    payload: bytes
    html: bool
    url: str | None
    fetched: str | None


def pairs() -> Iterator[Pair]:
    """Every gold file with its page, in order of name."""
    for path in sorted((EXAMPLES / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        page = EXAMPLES / "pages" / gold["page"]
        if "line" in gold:
            row = json.loads(page.read_text(encoding="utf-8").splitlines()[gold["line"] - 1])
            yield Pair(path.stem, gold, row["html"].encode(), html=True, url=row["url"], fetched=row["fetched"])
        else:
            yield Pair(path.stem, gold, page.read_bytes(), html=page.suffix == ".html", url=None, fetched=None)


def visible_text(pair: Pair) -> str:
    """What a reader of the page sees, every run of blanks as one space."""
    text = pair.payload.decode()
    if pair.html:
        tree = lxml.html.document_fromstring(text)
        lxml.etree.strip_elements(tree, *_UNSEEN, with_tail=False)
        text = "".join(map(str, tree.itertext()))
    return squeeze(text)


def squeeze(text: str) -> str:
    """Every run of blanks as one space."""
    return " ".join(text.split())


def complaints(pair: Pair) -> Iterator[str]:
    """What is wrong with the gold of one page; nothing where all is well."""
    text, gold = visible_text(pair), pair.gold
    if gold["title"] and squeeze(gold["title"]) not in text:
        yield f"no such title: {gold['title']}"
    if gold["published"] and not _DAY.fullmatch(gold["published"]):
        yield f"no ISO day: {gold['published']}"
    for number, statement in enumerate(gold["statements"], start=1):
        for complaint in statement_complaints(statement, text):
            yield f"statement {number}: {complaint}"


def statement_complaints(statement: dict[str, Any], text: str) -> Iterator[str]:
    """Pieces that do not stand in the text or stand there twice, roles that do not, and values outside their sets."""
    for piece in statement["content"]:
        found = text.count(squeeze(piece))
        if found != 1:
            yield f"{found} times in the page: {piece}"
    for role in ("source", "cue"):
        if statement[role] and squeeze(statement[role]) not in text:
            yield f"no such {role}: {statement[role]}"
    if statement["kind"] not in KINDS:
        yield f"no such kind: {statement['kind']}"
    if statement["said"] and not _DAY.fullmatch(statement["said"]):
        yield f"no ISO day: {statement['said']}"


def unpaired() -> Iterator[str]:
    """Pages without gold."""
    known = {pair.gold["page"] for pair in pairs()}
    for page in sorted((EXAMPLES / "pages").iterdir()):
        if page.suffix != ".md" and page.name not in known:
            yield f"{page.name}: no gold"


def main() -> int:
    """Print every complaint; 1 if there is one."""
    found = [f"{pair.name}: {complaint}" for pair in pairs() for complaint in complaints(pair)]
    found.extend(unpaired())
    print("\n".join(found) or f"{sum(1 for _ in pairs())} pages, all gold stands in them")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
