"""Whom the sources of a marked page mean, by weights that a test may choose."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from marks import MarkedPage

from stemma.annotate.mentions import mentions
from stemma.annotate.references.choosing import Weigher, shipped
from stemma.annotate.references.speakers import people
from stemma.records import Mention, Reference, Statement, evidence


class Asked(NamedTuple):
    """A page with its names and one statement for each mark Q with the S and C of its number."""

    marked: MarkedPage
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]

    def references(self, weigh: Weigher = shipped) -> list[Reference]:
        """The references that hang at the sources, in order."""
        found = people(self.marked.page, self.mentions, self.statements, weigh).references
        at = [(one.source or one.cue or one.content)[0] for one in self.statements]
        return sorted((one for one in found if one.anaphor in at), key=lambda one: at.index(one.anaphor))

    def words(self, weigh: Weigher = shipped) -> list[str]:
        """The words that stand for who speaks, of each reference; rivals with a stroke between, nobody left out."""
        found = people(self.marked.page, self.mentions, self.statements, weigh)
        words = {one.id: one.evidence.exact for one in (*self.mentions, *found.described)}
        return ["/".join(words[each] for each in (one.rivals or (one.antecedent,))) for one in self.references(weigh)]


@pytest.fixture
def ask() -> Callable[[MarkedPage], Asked]:
    """Makes the names and statements of a marked page."""

    def asked(marked: MarkedPage) -> Asked:
        document = marked.page.document

        def pieces(mark: str) -> tuple[object, ...]:
            return tuple(evidence(document, *span) for span in marked.marks.get(mark, []))

        numbers = sorted(mark[1:] for mark in marked.marks if mark[0] == "Q")
        said = [
            Statement(
                document=document.id,
                source=pieces(f"S{number}"),
                cue=pieces(f"C{number}"),
                content=pieces(f"Q{number}"),
                kind="indirect",
            )
            for number in numbers
        ]
        return Asked(marked, tuple(mentions(marked.page)), tuple(said))

    return asked
