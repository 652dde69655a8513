"""The small network that marks cues, sources and contents; trained by ``python -m training.spans``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stemma.annotate.statements.clauses import Draft
from stemma.annotate.statements.encoder.drafts import Places
from stemma.annotate.statements.encoder.joined import Sheet, anchor_of, joined
from stemma.annotate.statements.encoder.pieces import cut, units, windows
from stemma.annotate.statements.encoder.reading import Marked, read
from stemma.annotate.statements.encoder.weights import Network, network
from stemma.annotate.statements.grammar.lines import Span, bounds
from stemma.annotate.statements.quotes import pair

__all__ = ["heard", "network", "reviewed"]


def reviewed(text: str, stretches: Sequence[Span], rules: Sequence[Draft], net: Network) -> list[Draft]:
    """The statements of a page: those of the rules, judged by the network, and those that it alone finds.

    ``stretches`` are what the network shall read: paragraphs in English, the headline first.
    """
    sheet, marked = heard(text, stretches, rules, net)
    return joined(sheet, rules, marked)


def heard(text: str, stretches: Sequence[Span], rules: Sequence[Draft], net: Network) -> tuple[Sheet, list[Marked]]:
    """The stretches in pieces, and what the network finds in them, the anchors of the rules' drafts included."""
    parts = [pair(text, start, end) for start, end in stretches]
    quotes = [quote for part in parts for quote in part]
    sentences = [
        span for (start, end), part in zip(stretches, parts, strict=True) for span in bounds(text, start, end, part)
    ]
    found = cut(net.words, text, stretches, quotes)
    sheet = Sheet(text, found, Places(quotes, sentences))
    also = np.unique([anchor for draft in rules if (anchor := anchor_of(text, found, draft)) is not None]).astype(
        np.int64
    )
    return sheet, read(net, found, list(windows(units(found, text, sentences, stretches), len(found.ids))), also)
