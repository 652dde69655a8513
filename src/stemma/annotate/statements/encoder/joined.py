"""What the rules and the network found, made one: the network judges what the rules propose."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from stemma.annotate.statements.clauses import Draft, alike
from stemma.annotate.statements.encoder.confidence import Signs, confidence, signs
from stemma.annotate.statements.encoder.drafts import Places, draft_of
from stemma.annotate.statements.encoder.pieces import Pieces
from stemma.annotate.statements.encoder.reading import CONTENT, CUE, SOURCE, Ints, Marked
from stemma.annotate.statements.grammar.lines import Span

#: A cue that hands on the words of another: its statement stands inside the one that it hangs on.
_CITES = re.compile(r"\b(?:citing|quoting|referring to|with reference to|invoking|as quoted)\b", re.IGNORECASE)
#: What a rule proposes is looked at from this probability of its anchor on; what the network finds from ``ANCHOR``.
SUPPORT = 0.02
#: "was quoted by the paper as saying": who is quoted is the source, whatever stands between.
_QUOTED_AS = re.compile(r"\b(?:quoted|cited)\b[^.;]{0,80}\bas (?:say|stat|tell|warn|add|claim|declar)ing\b")
#: A statement is kept from this confidence on: the best F1 on the development part of the corpus (docs/model-card.md).
KEPT = 0.52
KEPT_INSIDE = 0.62  #: where it stands inside what another one says
#: Where the network finds the spans of a rule no more than so many nats worse than its own, the rule has its way.
LENIENCE = 8.0
#: Rules whose statements the network does not judge: they read whole paragraphs and other tongues.
_TRUSTED = frozenset(
    [
        "turn",
        "full text",
        "articles",
        "signed quote",
        "colon quote",
        "foreign quote",
        "foreign inside",
        "foreign clause",
    ]
)


class Sheet(NamedTuple):
    """A page as the network reads it."""

    text: str
    found: Pieces
    places: Places


def anchor_of(text: str, found: Pieces, draft: Draft) -> int | None:
    """The piece that would be the anchor of a draft; None where that is in no stretch."""
    spans = draft.cue or draft.source
    if not spans or trusted(text, draft):
        return None
    last = int(np.searchsorted(found.starts, spans[-1][1])) - 1
    return last if last >= 0 and found.ends[last] > spans[-1][0] else None


def trusted(text: str, draft: Draft) -> bool:
    """Whether a draft of the rules stands by itself."""
    if draft.kind or draft.rule in _TRUSTED or draft.rule.startswith("citing"):
        return True
    return any(_QUOTED_AS.search(text, *span) for span in draft.cue)


class Judged(NamedTuple):
    """A draft that was kept, and what its confidence is reckoned from."""

    draft: Draft
    signs: Signs


def joined(sheet: Sheet, rules: Sequence[Draft], marked: Sequence[Marked]) -> list[Draft]:
    """The statements of a page from those of the rules and the marks of the network, by place of their cues."""
    kept = [draft for draft in rules if anchor_of(sheet.text, sheet.found, draft) is None]
    found = judged(sheet, rules, marked)
    for draft, what in found:
        draft.sure = confidence(what)
    kept += _once([draft for draft, _ in found if draft.sure is not None and draft.sure >= KEPT])
    kept = sorted(_without_doubtful(kept), key=lambda draft: draft.place)
    return [_over(sheet.text, kept, n) for n in range(len(kept))]


def judged(sheet: Sheet, rules: Sequence[Draft], marked: Sequence[Marked]) -> list[Judged]:
    """The drafts of the rules with the network's word on each, and what the network alone finds."""
    spoken = _Spoken([draft for draft in rules if trusted(sheet.text, draft)])
    kept, used = _proposed(sheet, [draft for draft in rules if not trusted(sheet.text, draft)], marked)
    for one in marked:
        if one.anchor not in used:
            draft = draft_of(*sheet[:2], one, sheet.places)
            if draft and not spoken.repeats(draft):
                kept.append(Judged(draft, signs(one, one.labels, _beginning(sheet, draft), rule=False, taken=False)))
    return kept


def _proposed(sheet: Sheet, rules: Sequence[Draft], marked: Sequence[Marked]) -> tuple[list[Judged], set[int]]:
    """What is left of the drafts of the rules, and the anchors that are spoken for."""
    anchors = [one.anchor for one in marked]
    kept: list[Judged] = []
    used: set[int] = set()
    for rule in rules:
        first, stop = _near(sheet.found, rule, anchors)
        best = max(marked[first:stop], key=lambda one: one.sure, default=None)
        if best is None or best.anchor in used:
            continue
        used.update(anchors[first:stop])
        if best.sure >= SUPPORT:
            kept.append(_settled(sheet, rule, best))
    return kept, used


def _near(found: Pieces, rule: Draft, anchors: list[int]) -> Span:
    """Which of the anchors, from first to stop, lie in the cue of a draft (or in its source where it has none)."""
    spans = rule.cue or rule.source
    first, stop = np.searchsorted(found.starts, (spans[0][0], spans[-1][1]))
    return bisect_right(anchors, int(first) - 1), bisect_right(anchors, int(stop) - 1)


def _settled(sheet: Sheet, rule: Draft, one: Marked) -> Judged:
    """The rule's draft, or the network's with what the rule knows besides."""
    own = draft_of(*sheet[:2], one, sheet.places)
    labels = _labels(sheet.found, rule, one)
    if own is None or one.cost(labels) <= LENIENCE:
        return Judged(rule, signs(one, labels, _beginning(sheet, rule), rule=True, taken=True))
    own.addressee = rule.addressee
    own.source = _sourced(sheet.text, own, rule)
    own.over = rule.over
    if own.polarity == "affirmed":
        own.polarity = rule.polarity
    own.content = _completed(own, rule)
    return Judged(own, signs(one, one.labels, _beginning(sheet, own), rule=True, taken=False))


def _sourced(text: str, own: Draft, rule: Draft) -> list[Span]:
    """The network's source; the rule's where there is none, or where "of" before it shows that it began too early."""
    if not own.source:
        return rule.source
    (start, end), *_ = own.source
    early = rule.source and start < rule.source[0][0] and rule.source[0][1] == end
    return rule.source if early and text[max(0, start - 4) : start] == " of " else own.source


def _completed(own: Draft, rule: Draft) -> list[Span]:
    """The network's content with what the rule adds in other sentences, and from the beginning of its own on."""
    outside = [s for s in rule.content if s[1] <= rule.sentence[0] or s[0] >= rule.sentence[1]]
    content = [*own.content, *(s for s in outside if not any(a < s[1] and s[0] < b for a, b in own.content))]
    (start, stop), *rest = sorted(content)
    first = rule.content[0]
    if first[0] < start and first[1] == stop and stop <= own.place and first[0] - rule.sentence[0] <= 1:
        start = first[0]
    return [(start, stop), *rest]


def _beginning(sheet: Sheet, draft: Draft) -> str:
    start, end = draft.content[0]
    return sheet.text[start : min(end, start + 10)]


def _labels(found: Pieces, rule: Draft, one: Marked) -> Ints:
    """The draft of a rule as the roles of the pieces of a window."""
    labels = np.zeros(len(one.logs), np.int64)
    for role, spans in ((CONTENT, rule.content), (SOURCE, rule.source), (CUE, rule.cue)):
        for span in spans:
            first, stop = np.clip(np.searchsorted(found.starts, span) - one.first, 0, len(labels))
            labels[first:stop] = role
    return labels


def _without_doubtful(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without those inside the content of another one that are not sure enough for that."""
    pieces = sorted(piece for draft in drafts for piece in draft.content)
    starts = [start for start, _ in pieces]
    reach = list(accumulate((end for _, end in pieces), max))

    def inside(place: int) -> bool:
        n = bisect_right(starts, place)
        return n > 0 and reach[n - 1] > place

    return [d for d in drafts if d.sure is None or d.sure >= KEPT_INSIDE or not inside(d.place)]


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without those whose cue is that of a surer one, in part or as a whole."""
    taken: list[Span] = []
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda each: -(each.sure or 0.0)):
        if not _meets(taken, draft.cue):
            kept.append(draft)
            for span in draft.cue:
                insort(taken, span)
    return kept


class _Spoken:
    """The words that announce the wholes of a page: no other statement is made of them."""

    def __init__(self, wholes: Sequence[Draft]) -> None:
        self.cues = sorted(span for whole in wholes for span in whole.cue)
        self.sources = sorted(span for whole in wholes for span in whole.source)

    def repeats(self, draft: Draft) -> bool:
        """Whether a statement says again what a turn or full text is, or takes its announcement for what is said."""
        announced = _meets(self.cues, [*draft.cue, *draft.content])
        return announced or (not draft.cue and _meets(self.sources, draft.source))


def _meets(taken: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Whether one of the spans touches one of those taken (in order, apart from each other)."""
    for span in spans:
        n = bisect_right(taken, span)
        if any(a < span[1] and span[0] < b for a, b in taken[max(0, n - 1) : n + 1]):
            return True
    return False


def _over(text: str, found: Sequence[Draft], n: int) -> Draft:
    """Mark a citing statement whose content another one has too, and whose cue stands in none."""
    draft = found[n]
    if any(_CITES.search(text, *span) for span in draft.cue):
        for other in reversed(found[max(0, n - 3) : n]):
            if (draft.over and _shared(draft, other)) or alike(draft.content, other.content):
                draft.over, draft.content = True, list(other.content)
                break
    return draft


def _shared(draft: Draft, other: Draft) -> bool:
    """Whether two contents end alike in one sentence."""
    return draft.sentence == other.sentence and draft.content[-1][1] == other.content[-1][1]
