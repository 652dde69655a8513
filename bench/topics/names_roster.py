"""Clusters of names: {"name"} -> one cluster label a line."""

from __future__ import annotations

from pathlib import Path

from bench.topics.names_pairs import rows_of
from stemma.records import Evidence, Mention
from stemma.resolve import judge, keys


def run(source: Path, output: Path) -> None:
    """Names that judgements of "same" join have one label."""
    names = [row["name"] for row in rows_of(source)]
    label = clusters(sorted(set(names)))
    output.write_text("".join(f"{label[name]}\n" for name in names), encoding="utf-8")


def clusters(names: list[str]) -> dict[str, str]:
    """The label of each name: the first name of its component."""
    mentions = [_mention(name) for name in names]
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        for key in keys(mention):
            groups.setdefault(key, []).append(mention)
    parent = {mention.id: mention.id for mention in mentions}
    for key, group in groups.items():
        for judgement in judge(group, key):
            if judgement.verdict == "same":
                parent[_root(parent, judgement.left)] = _root(parent, judgement.right)
    return {mention.evidence.exact: _root(parent, mention.id) for mention in mentions}


def _root(parent: dict[str, str], one: str) -> str:
    while parent[one] != one:
        one = parent[one]
    return one


def _mention(name: str) -> Mention:
    document = f"d{name}"
    return Mention(
        document=document, evidence=Evidence(document=document, start=0, end=len(name), exact=name), kind="person"
    )
