"""Markup nested beyond all sense made shallow before it is parsed: HTML5 parsing takes quadratic time in depth."""

from __future__ import annotations

import re

DEEPEST = 512  #: elements; newsroom pages nest about 30 deep, the deepest of 500 measured ones 60
_FEW_TAGS = 5_000  #: a page with fewer cannot nest deep enough to cost a second
#: Elements that hold nothing, or that the next one of their kind closes: they do not nest.
_FLAT = frozenset((
    "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "optgroup", "dt", "dd", "a", "br", "img", "meta",
    "link", "input", "hr", "area", "col", "embed", "source", "track", "wbr", "base", "param", "html", "head", "body",
    "script", "style",
))  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])[^<>]*>")


def make_shallow(markup: str) -> str:
    """The same markup without the tags that stand deeper than ``DEEPEST``; no text is lost."""
    if markup.count("<") <= _FEW_TAGS:
        return markup
    kept, at, depth = [], 0, 0
    for match in _TAG.finditer(markup):
        closes, name = match.groups()
        if name.lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if closes else depth + 1
        if depth + bool(closes) > DEEPEST:
            kept.append(markup[at : match.start()])
            at = match.end()
    return "".join((*kept, markup[at:])) if kept else markup
