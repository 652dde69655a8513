"""Which lines of a page are the article: a line scorer, with markup and an extraction library as witnesses."""

from __future__ import annotations

from typing import NamedTuple

from stemma.read.article.kept import kept_shares
from stemma.read.article.scorer import CHANGE, CHANGE_MARKED, choose, look_at, score
from stemma.read.article.signs import Signs
from stemma.read.layout import Sheet

__all__ = ["Choice", "choose_lines"]


class Choice(NamedTuple):
    """For each line whether it is article, and the log-odds of that."""

    chosen: list[bool]
    scores: list[float]
    signs: Signs | None = None  #: what was seen of the page on the way; None: it was not looked at closely


def choose_lines(sheet: Sheet, markup: str = "") -> Choice:
    """The article's lines as the line scorer sees them; ``markup`` is the HTML that the sheet was laid out from."""
    kept = kept_shares(sheet, markup) if sheet.tree is not None else []
    signs = look_at(sheet)
    scores = score(sheet, kept, signs)
    return Choice(choose(scores, CHANGE if sheet.tree is None else CHANGE_MARKED), scores, signs)
