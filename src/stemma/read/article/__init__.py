"""Which lines of a page are the article: a line scorer, with markup and an extraction library as witnesses."""

from __future__ import annotations

from typing import NamedTuple

from stemma.read.article.kept import kept_shares
from stemma.read.article.scorer import CHANGE, CHANGE_MARKED, choose, score
from stemma.read.layout import Sheet

__all__ = ["Choice", "choose_lines"]


class Choice(NamedTuple):
    """For each line whether it is article, and the log-odds of that."""

    chosen: list[bool]
    scores: list[float]


def choose_lines(sheet: Sheet, markup: str = "") -> Choice:
    """The article's lines as the line scorer sees them; ``markup`` is the HTML that the sheet was laid out from."""
    kept = kept_shares(sheet, markup) if sheet.tree is not None else []
    scores = score(sheet, kept)
    return Choice(choose(scores, CHANGE if sheet.tree is None else CHANGE_MARKED), scores)
