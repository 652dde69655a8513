"""From sentences to a page: quotations that float, that run over paragraphs, and statements inside statements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stemma.annotate.statements.clauses import Draft, alike, drafts
from stemma.annotate.statements.foreign import Native, foreign, tongue
from stemma.annotate.statements.grammar.cues import lexicon
from stemma.annotate.statements.grammar.lines import Span, bounds, line, parts
from stemma.annotate.statements.quotes import Quote, pair
from stemma.annotate.statements.whole import full_texts, signed_quote, turns

#: Quotations inside quotations are read so many levels deep.
DEEPEST = 3
#: Statements stand inside others so many levels deep: no prose goes so far, and what is made to cost must not either.
DEEPEST_LEVEL = 12
#: A quotation of fewer characters is no floating statement: a title or a scare quote.
_FLOATING = 25
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_COLON_QUOTE = re.compile(r":\s*[\"“«„『「‘']")
_OPENERS = '“"«„「『‘'
_CLOSERS = '”"»」』’“'


def page_drafts(text: str, paragraphs: list[Span], roles: list[str], native: Native | None = None) -> list[Draft]:
    """The statements of all paragraphs by place; ``roles`` are those of the paragraphs' labels.

    ``native``: in which languages the page says that it is.
    """
    wholes = [*full_texts(text, paragraphs), *turns(text, paragraphs, roles)]
    within = {n: whole.draft for whole in wholes for n in range(whole.first, whole.stop)}
    reader = _Reader(text, native)
    for n, (start, end) in enumerate(paragraphs):
        whole = within.get(n)
        spoken = whole.content[0][0] if whole and whole.kind == "transcript" else start
        reader.read(max(start, spoken) if start <= spoken < end else start, end)
    return sorted([whole.draft for whole in wholes] + reader.found, key=lambda draft: draft.place)


class _Reader:
    """Reads paragraphs in order; knows who spoke last and which quotations still wait for their speaker."""

    def __init__(self, text: str, native: Native | None = None) -> None:
        self.text = text
        self.native = native
        self.found: list[Draft] = []
        self.speaking: Draft | None = None
        self.waiting: list[Span] = []
        self.inner: list[Draft] = []  #: what is said inside the waiting quotations

    def read(self, start: int, end: int) -> None:
        """One paragraph: its statements, or a quotation that floats."""
        name = tongue(self.text, start, end, self.native)
        signed = None if name else signed_quote(self.text, start, end)
        if signed:
            self._sign(signed)
            return
        here = foreign(self.text, start, end, name) if name else paragraph(self.text, start, end)
        quote = None if here else _floating(self.text, start, end)
        if quote:
            self._float(quote)
            return
        self._claim(here)
        self.waiting, self.inner = [], []
        self.speaking = _last_speaker(here, end)
        self.found += [draft for draft in here if draft.content]

    def _sign(self, draft: Draft) -> None:
        """A quotation with a name under it: it waits for nobody, and nobody goes on after it."""
        (start, stop), *_ = draft.content
        self.found += [draft, *paragraph(self.text, start + 1, stop - 1, 1)]
        self.speaking, self.waiting, self.inner = None, [], []

    def _float(self, quote: Span) -> None:
        """A paragraph that is only a quotation joins what was said last; it may still be claimed by the next one."""
        self.waiting.append(quote)
        inner = paragraph(self.text, quote[0] + 1, quote[1], 1)
        if self.speaking:
            if not self.speaking.content:
                self.found.append(self.speaking)
            self.speaking.content.append(quote)
            self.found += inner
        else:
            self.inner += inner

    def _claim(self, here: list[Draft]) -> None:
        """Waiting quotations go to a cue that says so ("This was stated by the minister") or that runs them on."""
        if not self.waiting or not here:
            return
        opened = next((draft for draft in here if draft.open), None)
        if opened or self._runs_on(here[0]):
            taker = opened or here[0]
            taker.content[:0] = self.waiting
            self.found += self.inner
            taker.open = False
            if self.speaking:
                self.speaking.content = [piece for piece in self.speaking.content if piece not in self.waiting]
                if not self.speaking.content:
                    self.found.remove(self.speaking)

    def _runs_on(self, draft: Draft) -> bool:
        """A quotation without closing mark goes on where the next paragraph opens with a mark again."""
        unclosed = self.text[self.waiting[-1][1] - 1] not in _CLOSERS
        return unclosed and bool(draft.content) and self.text[draft.content[0][0]] in _OPENERS


def _last_speaker(here: list[Draft], end: int) -> Draft | None:
    """The outermost statement of the paragraph's last speaking sentence, or the cue whose colon ends the paragraph."""
    ahead = [draft for draft in here if draft.ahead and end - draft.sentence[1] <= 1]
    said = ahead or [draft for draft in here if draft.content]
    if not said:
        return None
    last = max(draft.sentence for draft in said)
    return next(draft for draft in said if draft.sentence == last)


def _floating(text: str, start: int, end: int) -> Span | None:
    return _alone(text, (start, end), pair(text, start, end)) if text[start] in _OPENERS else None


def paragraph(text: str, start: int, end: int, level: int = 0) -> list[Draft]:
    """The statements of one paragraph by place; the inside of what is quoted is read too."""
    quotes = pair(text, start, end)
    found: list[Draft] = []
    before: Span | None = None
    for sentence, inside in _with_quotes(bounds(text, start, end, quotes), quotes):
        alone = _alone(text, sentence, inside)
        if alone and found:
            found[_outermost(found)].content.append(alone)
        here = [] if alone else _sentence_drafts(text, sentence, inside)
        if before and here and here[0].open:
            _take_before(here[0], before, found)
        before = alone
        found += [draft for draft in here if draft.content or level == 0]
    if level < DEEPEST and quotes:
        found += _inside(text, found, quotes, level)
    return sorted(found, key=lambda draft: draft.place)


def _with_quotes(spans: list[Span], quotes: list[Quote]) -> Iterator[tuple[Span, list[Quote]]]:
    at = 0
    for span in spans:
        first = at
        while at < len(quotes) and quotes[at].start < span[1]:
            at += 1
        yield span, quotes[first:at]


def _sentence_drafts(text: str, sentence: Span, quotes: list[Quote]) -> list[Draft]:
    if not _promises(text, *sentence):
        return []
    return [draft for part in parts(line(text, sentence, quotes)) for draft in drafts(part)]


def _promises(text: str, start: int, end: int) -> bool:
    """Whether a cue word or a quotation after a colon stands in the stretch: the cheap look before the dear one."""
    stretch = text[start:end]
    return not lexicon().triggers.isdisjoint(_WORD.findall(stretch.lower())) or bool(_COLON_QUOTE.search(stretch))


def _alone(text: str, sentence: Span, quotes: list[Quote]) -> Span | None:
    """The quotations of a sentence that holds nothing else, as one span."""
    if not quotes or quotes[-1].end - quotes[0].start < _FLOATING:
        return None
    at = sentence[0]
    for start, stop in [*((quote.start, quote.end) for quote in quotes), (sentence[1], sentence[1])]:
        if any(letter.isalnum() for letter in text[at:start]):
            return None
        at = max(at, stop)
    return quotes[0].start, quotes[-1].end


def _take_before(draft: Draft, quote: Span, found: list[Draft]) -> None:
    """A cue without content takes the quotation before it: "“...!” Kim said."."""
    draft.content.append(quote)
    draft.open = False
    for other in found[-1:]:
        if quote in other.content and len(other.content) > 1:
            other.content.remove(quote)


def _outermost(found: list[Draft]) -> int:
    """The first draft of the last sentence: it stands outside the others of that sentence."""
    at = len(found) - 1
    while at and found[at - 1].sentence == found[at].sentence:
        at -= 1
    return at


def _inside(text: str, found: list[Draft], quotes: list[Quote], level: int) -> list[Draft]:
    """Statements inside the quotations that are content of a statement."""
    said = sorted(piece for draft in found for piece in draft.content)
    inner: list[Draft] = []
    at, reach = 0, -1
    for quote in quotes:
        while at < len(said) and said[at][0] <= quote.start:
            reach = max(reach, said[at][1])
            at += 1
        if quote.end <= reach and _promises(text, quote.start, quote.end):
            inner += paragraph(text, quote.start + 1, quote.end - quote.closed, level + 1)
    return inner


def nest(found: list[Draft]) -> list[int | None]:
    """For each draft the index of the nearest one whose content its cue lies in; one sweep over the page."""
    pieces = sorted((start, -end, n) for n, draft in enumerate(found) for start, end in draft.content)
    parents: list[int | None] = [None] * len(found)
    around: list[tuple[int, int]] = []
    at = 0
    for n in sorted(range(len(found)), key=lambda k: found[k].place):
        place = found[n].place
        while at < len(pieces) and pieces[at][0] <= place:
            around = [piece for piece in around if piece[0] > pieces[at][0]]
            around.append((-pieces[at][1], pieces[at][2]))
            at += 1
        around = [piece for piece in around if piece[0] > place]
        parents[n] = next((k for _, k in reversed(around) if not _stands_in(parents, k, n)), None)
    for n, draft in enumerate(found):
        outer = _carrier(found, n) if draft.over and n else n
        if outer != n and not _stands_in(parents, outer, n):
            parents[n] = outer
    _flatten(parents)
    return parents


def _flatten(parents: list[int | None]) -> None:
    """Let what stands deeper than ``DEEPEST_LEVEL`` stand there, beside what it stood in."""
    depths: dict[int, int] = {}
    for n in range(len(parents)):
        inward: list[int] = []
        at: int | None = n
        while at is not None and at not in depths:
            inward.append(at)
            at = parents[at]
        for k in reversed(inward):
            outer = parents[k]
            if outer is not None and depths[outer] == DEEPEST_LEVEL:
                parents[k] = outer = parents[outer]
            depths[k] = 0 if outer is None else depths[outer] + 1


def _carrier(found: list[Draft], n: int) -> int:
    """The draft before ``n`` that it stands over: one with the same content, or else the nearest."""
    same = (k for k in range(n - 1, max(-1, n - 4), -1) if alike(found[k].content, found[n].content))
    return next(same, n - 1)


def _stands_in(parents: list[int | None], inner: int, outer: int) -> bool:
    """Whether ``inner`` is ``outer`` or lies in it."""
    at: int | None = inner
    while at is not None:
        if at == outer:
            return True
        at = parents[at]
    return False
