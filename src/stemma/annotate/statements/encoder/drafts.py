"""From marked pieces to drafts of statements: whole words, marks where they belong, one source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from stemma.annotate.statements.clauses import Draft
from stemma.annotate.statements.encoder.pieces import Pieces
from stemma.annotate.statements.encoder.reading import CONTENT, CUE, SAYS, SOURCE, Marked, Run
from stemma.annotate.statements.grammar.cues import lexicon, words
from stemma.annotate.statements.grammar.lines import Span
from stemma.annotate.statements.quotes import Quote
from stemma.records import Polarity

#: The rule that drafts of the network name as their reason.
RULE = "encoder"
#: Two pieces of one role with no more than this between them, none of it a word, are one.
_GAP = 4
#: A content whose edge lies so near to that of a quotation takes it for its own.
_NEAR = 3
_WORD = re.compile(r"\w")
_LEADING = " \t\n\r\u00a0,;:.)—–-"
_TRAILING = " \t\n\r\u00a0,;:—–-("
_MODALS = frozenset(["may", "might", "would", "could", "can", "should", "if"])
#: Opens a sentence and says whose wording it follows; what comes behind the next comma is the source.
_CARRIER = re.compile(
    r"\bin\s+(?:the\s+|its\s+)?(?:\w+\s+)?(?:text|version|report|account|translation|wording)\s+(?:of|by)\s[^,.;:“”]*$",
    re.IGNORECASE,
)
_FAR = 80  #: characters before a source in which that is looked for
_TOKEN = re.compile(r"[\w’']+")


class Places:
    """The quotations and sentences of a page, for looking up by place."""

    def __init__(self, quotes: Sequence[Quote], sentences: Sequence[Span]) -> None:
        self.quotes = quotes
        self.sentences = sentences
        self._quote_starts = [quote.start for quote in quotes]
        self._sentence_starts = [start for start, _ in sentences]

    def quote(self, place: int) -> Quote | None:
        """The quotation that begins at or last before a place."""
        n = bisect_right(self._quote_starts, place)
        return self.quotes[n - 1] if n else None

    def quote_after(self, place: int) -> Quote | None:
        """The first quotation that begins after a place."""
        n = bisect_right(self._quote_starts, place)
        return self.quotes[n] if n < len(self.quotes) else None

    def sentence(self, place: int) -> Span:
        """The sentence around a place."""
        n = bisect_right(self._sentence_starts, place)
        return self.sentences[max(0, n - 1)]


def draft_of(text: str, found: Pieces, one: Marked, places: Places) -> Draft | None:
    """The statement of an anchor; None where it has no content, or neither cue nor source."""
    cue = _spans(text, found, [run for run in one.runs if run.role == CUE])
    source = _source(text, found, one)
    content = _contents(text, found, one, places)
    if not content or not (cue or source) or (one.kind == SAYS and not cue):
        return None
    return Draft(
        source=source,
        cue=cue if one.kind == SAYS else [],
        content=content,
        rule=RULE if one.kind == SAYS else f"{RULE} without cue",
        sentence=places.sentence((cue or source)[0][0]),
        polarity=polarity(text, cue),
        sure=one.sure,
    )


def _spans(text: str, found: Pieces, runs: Sequence[Run]) -> list[Span]:
    """Runs as characters: whole words, neighbours joined, no blanks or commas at the edges."""
    spans: list[Span] = []
    for run in runs:
        start, end = _whole(text, int(found.starts[run.first]), int(found.ends[run.stop - 1]))
        if spans and start - spans[-1][1] <= _GAP and not _WORD.search(text, spans[-1][1], start):
            start = spans.pop()[0]
        spans.append((start, end))
    return [span for span in (_trimmed(text, *span) for span in spans) if _WORD.search(text, *span)]


def _whole(text: str, start: int, end: int) -> Span:
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _LEADING:
        start += 1
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return start, end


def _source(text: str, found: Pieces, one: Marked) -> list[Span]:
    """The most probable run; a source is never in pieces."""
    runs = [run for run in one.runs if run.role == SOURCE]
    if not runs:
        return []
    best = max(runs, key=lambda run: (run.sure * (1 if run.stop - run.first > 1 else 2), -run.first))
    spans = [(behind_carrier(text, *span), span[1]) for span in _spans(text, found, [best])]
    return [
        (start, end - 1 if text[end - 1] == "." and text[end - 2 : end - 1].islower() else end) for start, end in spans
    ]


def behind_carrier(text: str, start: int, end: int) -> int:
    """Where the source begins behind whose text it is read in: "In the English text of the X Agency, | Y said"."""
    if _CARRIER.search(text, max(0, start - _FAR), start) and (comma := text.find(", ", start, end)) >= 0:
        return comma + 2
    return start


def _contents(text: str, found: Pieces, one: Marked, places: Places) -> list[Span]:
    """The pieces of the content; a quotation that the cue stands outside of is said as a whole."""
    anchor = int(found.starts[one.anchor])
    pieces: list[Span] = []
    for start, end in _spans(text, found, [run for run in one.runs if run.role == CONTENT]):
        first, last = _fitted(start, end, places, anchor)
        if pieces and first < pieces[-1][1]:
            first, last = pieces[-1][0], max(last, pieces.pop()[1])
        pieces.append((first, last))
    return [_marked(text, *piece) for piece in pieces]


def _fitted(start: int, end: int, places: Places, anchor: int) -> Span:
    """The span drawn to the edges of quotations that it lies in, or near."""
    before, after = places.quote(start), places.quote_after(start)
    if before and _holds(before, start, anchor):
        start = before.start
    elif after and after.start - start <= _NEAR and after.start < end:
        start = after.start
    last = places.quote(end - 1)
    if last and last.end > start and (abs(last.end - end) <= _NEAR or _holds(last, end, anchor)):
        end = last.end
    return start, end


def _holds(quote: Quote, place: int, anchor: int) -> bool:
    """Whether a quotation goes around a place, and not around the anchor."""
    return quote.closed and quote.start <= place < quote.end and not quote.start <= anchor < quote.end


def _marked(text: str, start: int, end: int) -> Span:
    """The span without a final stop; one of a quotation stays."""
    if text[end - 1] == "." and text[end - 3 : end] != "...":
        end -= 1
    return start, end


def polarity(text: str, cue: Sequence[Span]) -> Polarity:
    """Whether the cue denies that something was said, or leaves it open."""
    said = [word for span in cue for word in _TOKEN.findall(text[span[0] : span[1]].lower().replace("’", "'"))]
    if any(word in words("negations") or word.endswith("n't") for word in said) or any(map(_denies, said)):
        return "negated"
    return "hypothetical" if any(word in _MODALS for word in said) else "affirmed"


def _denies(word: str) -> bool:
    form = lexicon().forms.get(word)
    return form is not None and all(verb.stance == "denial" for verb in form.verbs)
