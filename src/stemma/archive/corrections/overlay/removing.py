"""Statements taken out of a leaf, so that no other record names them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import msgspec

from stemma.archive.pages.reading import Leaf


def without(leaf: Leaf, gone: Collection[str]) -> Leaf:
    """The leaf without these statements; what was quoted in one of them is quoted in what that one was quoted in."""
    if not gone:
        return leaf
    within = {each.id: each.within for each in leaf.statements}

    def outer(statement_id: str | None) -> str | None:
        while statement_id is not None and statement_id in gone:
            statement_id = within.get(statement_id)
        return statement_id

    kept = [each for each in leaf.statements if each.id not in gone]
    return replace(
        leaf,
        statements=tuple(msgspec.structs.replace(each, within=outer(each.within)) for each in kept),
        relays=tuple(each for each in leaf.relays if each.statement not in gone),
        spoken={key: who for key, who in leaf.spoken.items() if key not in gone},
    )
