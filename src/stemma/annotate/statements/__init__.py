"""Statements: who said what, as the rules of this folder find it in the prose of one page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from stemma.annotate.statements.answers import answered
from stemma.annotate.statements.chains import nest, page_drafts
from stemma.annotate.statements.circumstances import Landmarks, circumstances, landmarks
from stemma.annotate.statements.circumstances.days import Bounds, Days, bounds_of, carried_day, days_of, told_day
from stemma.annotate.statements.circumstances.modes import mode_of
from stemma.annotate.statements.clauses import Draft
from stemma.annotate.statements.encoder import network, reviewed
from stemma.annotate.statements.encoder.weights import Network
from stemma.annotate.statements.foreign import native, tongue
from stemma.annotate.statements.grammar.cues import confidence, cue_places
from stemma.annotate.statements.grammar.lines import Span
from stemma.annotate.statements.quotes import pair
from stemma.records import Document, Evidence, Mention, Page, Role, Statement, StatementKind, Time, evidence, prose

#: Labels that the network reads; the rules read no headlines.
_READ: tuple[Role, ...] = ("title", "body", "turn")
#: Stands right before a source or cue that is only supposed.
_SUPPOSES = re.compile(r"\b(?:if|unless|should|in case|suppose|supposing|lest)\s+$", re.IGNORECASE)
_NEAR = 12  #: characters before it that are looked at
#: Characters that the network reads of a page, about three seconds' worth; what lies beyond is the rules' alone.
MOST_HEARD = 100_000
#: Reporting words that it reads: twice as many as so much dense prose has.
MOST_CUES_HEARD = 3_000


def statements(
    page: Page, mentions: Sequence[Mention], times: Sequence[Time], *, by_rules: bool = False
) -> tuple[Statement, ...]:
    """Everything that the page says somebody said, in order of place, outer statements before the inner ones.

    ``by_rules``: as the rules alone find it, which costs a quarter and finds less.
    """
    return records_of(page, _drafts(page, None if by_rules else network()), mentions, times)


def records_of(
    page: Page, found: list[Draft], mentions: Sequence[Mention], times: Sequence[Time]
) -> tuple[Statement, ...]:
    """The statements of drafts, with all that their clauses tell beside them."""
    marks = landmarks(mentions, times)
    return tuple(_records(page.document, found, marks, days_of(page, found, marks.times)))


def _drafts(page: Page, net: Network | None) -> list[Draft]:
    """What the rules find, judged and completed by the network where there is one."""
    text, labels, known = page.document.text, prose(page), native(page)
    paragraphs = [(label.start, label.end) for label in labels]
    rules = page_drafts(text, paragraphs, [label.role for label in labels], known)
    if net is None:
        return rules
    english = (
        (label.start, label.end) for label in prose(page, _READ) if not tongue(text, label.start, label.end, known)
    )
    return reviewed(text, list(_first(text, english)), rules, net)


def _first(text: str, stretches: Iterable[Span]) -> Iterator[Span]:
    """Stretches until a limit is reached; of the one that reaches it the beginning."""
    room, left = MOST_HEARD, MOST_CUES_HEARD
    for start, end in stretches:
        stop = min(end, start + room)
        places = list(islice(cue_places(text, start, stop), left + 1))
        if len(places) > left:
            stop = places[left]
        if stop > start:
            yield start, stop
        if stop < end:
            return
        room -= end - start
        left -= len(places)


def _records(document: Document, found: list[Draft], marks: Landmarks, days: Days) -> list[Statement]:
    """Records of the drafts, each outer one before the inner ones that name it."""
    parents = nest(found)
    made: dict[int, Statement] = {}
    for n in range(len(found)):
        chain = [n]
        while (parent := parents[chain[-1]]) is not None and parent not in made:
            chain.append(parent)
        for k in reversed(chain):
            outer = parents[k]
            made[k] = _record(document, found[k], made[outer] if outer is not None else None, marks, days)
    unique = {statement.id: statement for _, statement in sorted(made.items(), reverse=True)}
    ordered = sorted(unique.values(), key=lambda s: (s.content[0].start, s.depth, s.content[-1].end))
    return answered(document.text, ordered)


def _record(document: Document, draft: Draft, outer: Statement | None, marks: Landmarks, days: Days) -> Statement:
    def pieces(spans: list[Span]) -> tuple[Evidence, ...]:
        return tuple(evidence(document, start, end) for start, end in spans)

    known = circumstances(document.text, draft, marks)
    said = told_day(known.said, outer) or (days.dateline.told(known.said) if outer is None else None)
    said = said or carried_day(document.text, draft, outer, days)
    bounds = Bounds() if said else bounds_of(known.said, outer)
    words = said.words if said else bounds.words
    return Statement(
        document=document.id,
        source=pieces(draft.source),
        cue=pieces(draft.cue),
        content=pieces(sorted(draft.content)),
        kind=draft.kind or _kind(document.text, draft.content),
        polarity="hypothetical" if _supposed(document.text, draft) else mode_of(document.text, draft),
        within=outer.id if outer else None,
        depth=outer.depth + 1 if outer else 0,
        addressee=evidence(document, *known.addressee) if known.addressee else None,
        occasion=evidence(document, *known.occasion) if known.occasion else None,
        place=known.place,
        said=said.day if said and said.day[0].isdigit() else None,
        said_words=evidence(document, *words) if words else None,
        said_basis=said.basis if said else bounds.basis,
        earliest=bounds.earliest,
        latest=bounds.latest,
        confidence=confidence(draft.rule) if draft.sure is None else round(draft.sure, 3),
        reason=draft.rule,
    )


def _supposed(text: str, draft: Draft) -> bool:
    """Whether an affirmed cue stands under an "if": "if she says", "should they insist"."""
    if draft.polarity != "affirmed" or not draft.cue:
        return False
    first = min(start for start, _ in (*draft.source, *draft.cue))
    return bool(_SUPPOSES.search(text, max(0, draft.sentence[0], first - _NEAR), first))


def _kind(text: str, content: list[Span]) -> StatementKind:
    total = quoted = 0
    for start, end in content:
        total += end - start
        quoted += sum(q.end - q.start for q in pair(text, start, end))
    return "direct" if quoted >= 0.9 * total else "mixed" if quoted else "indirect"
