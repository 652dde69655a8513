"""A paragraph as tokens and sentences; a quotation is one token, so that nothing inside it ends a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemma.annotate.statements.quotes import Quote
from stemma.text.sentences import sentences

Span = tuple[int, int]

#: The token that stands for a whole quotation.
QUOTED = "“”"
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*\w*|(?:[A-Z]\.){2,}|\w+(?:[’'\-.&]\w+)*|--+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Line:
    """Tokens of one sentence: their places, their words as written (``raw``) and in lower case (``low``)."""

    text: str
    start: int
    end: int
    spans: list[Span]
    raw: list[str]
    low: list[str]
    quotes: dict[int, Quote]  #: the quotation behind each QUOTED token

    def __len__(self) -> int:
        return len(self.low)

    def span(self, first: int, stop: int) -> Span:
        """Characters from token ``first`` to the token before ``stop``."""
        return self.spans[first][0], self.spans[stop - 1][1]


def bounds(text: str, start: int, end: int, quotes: list[Quote]) -> list[Span]:
    """Sentences of the paragraph; ends that lie inside a quotation are passed over."""
    joined: list[Span] = []
    at = 0
    for first, stop in sentences(text, start, end):
        while at < len(quotes) and quotes[at].end <= first:
            at += 1
        inside = at < len(quotes) and quotes[at].start < first
        if joined and (inside or _runs_on(text, joined[-1], first)):
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((first, stop))
    return joined


def _runs_on(text: str, before: Span, start: int) -> bool:
    """A sentence of one paragraph never begins with a small letter."""
    return text[start].islower() and "\n" not in text[before[1] : start]


#: No sentence is longer, in tokens (a quotation is one): what is longer is no prose, and is read in parts.
_LONGEST = 300


def parts(whole: Line) -> Iterator[Line]:
    """The sentence, or stretches of it where it is too long to be one."""
    if len(whole) <= _LONGEST:
        yield whole
        return
    for first in range(0, len(whole), _LONGEST):
        stop = min(first + _LONGEST, len(whole))
        start, end = whole.span(first, stop)
        quotes = {n - first: whole.quotes[n] for n in range(first, stop) if n in whole.quotes}
        yield Line(
            whole.text, start, end, whole.spans[first:stop], whole.raw[first:stop], whole.low[first:stop], quotes
        )


def line(text: str, sentence: Span, quotes: Sequence[Quote]) -> Line:
    """Tokens of one sentence; ``quotes`` are those that lie in it, in order."""
    spans: list[Span] = []
    found: dict[int, Quote] = {}
    at = sentence[0]
    for quote in quotes:
        spans += [m.span() for m in _TOKEN.finditer(text, at, max(at, quote.start))]
        found[len(spans)] = quote
        spans.append((quote.start, quote.end))
        at = quote.end
    spans += [m.span() for m in _TOKEN.finditer(text, at, max(at, sentence[1]))]
    raw = [QUOTED if n in found else text[a:b] for n, (a, b) in enumerate(spans)]
    low = [word.lower() for word in raw]
    if "’" in text[sentence[0] : sentence[1]]:
        low = [word.replace("’", "'") for word in low]
    return Line(text, sentence[0], sentence[1], spans, raw, low, found)
