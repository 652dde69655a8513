"""Said-clauses of one sentence: for each reporting word the pieces of its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stemma.annotate.statements.grammar.cues import words
from stemma.annotate.statements.grammar.follow import Head, Tokens
from stemma.annotate.statements.grammar.heads import heads, main_subject
from stemma.annotate.statements.grammar.lines import QUOTED, Line, Span
from stemma.annotate.statements.grammar.phrases import verbal
from stemma.records import Polarity, StatementKind


@dataclass(slots=True)
class Draft:
    """A statement in the making, in characters; ``content`` grows while the page is read."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    rule: str
    sentence: Span
    polarity: Polarity = "affirmed"
    addressee: Span | None = None
    over: bool = False  #: stands one level inside the draft before it, over the same content
    open: bool = False  #: its content lies in the sentence or paragraph before
    ahead: bool = False  #: its content lies in the paragraph after
    kind: StatementKind | None = None  #: None: to be told from the quotation marks
    sure: float | None = None  #: how probable it is; None: as often as its rule is right

    @property
    def place(self) -> int:
        """Where its cue, or else its content, begins."""
        return (self.cue or self.content)[0][0]


#: Share of two contents that must be common for them to be the same one.
_SAME = 0.8


def alike(ours: Sequence[Span], theirs: Sequence[Span]) -> bool:
    """Whether two contents are the same but for some words at their edges."""
    common = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in ours for b in theirs)
    return common >= _SAME * max(sum(b - a for a, b in ours), sum(b - a for a, b in theirs))


#: How many later cues are looked at for the end of a content.
_NEAR_HEADS = 12
#: Tokens looked at for a semicolon, or for a verb of the matrix sentence.
_FAR = 200
#: Tokens between "According to" and the comma after its source.
_INTRODUCTION = 40
_SHORT_NAME = 8  #: tokens of "NAME:" before a quotation
_PAUSES = frozenset([",", "—", "–", "--", ":"])
_LEADING = _PAUSES | {";", ".", ")"}
_TRAILING = _PAUSES | {";", ".", "!", "?", "(", "and", "but"}
#: Words after a trailing cue that begin something else than the rest of the content.
_NEW_MATTER = frozenset(["and", "but", "who", "which", "while", "as", "according", "a", "in", "on", "after", "when"])


def drafts(line: Line) -> list[Draft]:
    """The statements of one sentence, by place of their cues."""
    found = heads(line)
    out: list[Draft] = []
    for n, head in enumerate(found):
        pieces = _pieces(line, head, found, n)
        if pieces or ((head.place in ("after", "stated") or head.kind == "colon") and _lacks_content(head)):
            out.append(_draft(line, head, found, n, pieces))
    return out or _colon(line)


def _lacks_content(head: Head) -> bool:
    """Whether what was said must stand in the sentence before, or in the paragraph after a colon."""
    return head.left == 0 or head.place == "stated" or head.kind == "colon"


def _draft(line: Line, head: Head, found: list[Head], n: int, pieces: list[Tokens]) -> Draft:
    subject = head.subject or _later_subject(line, head, found, n)
    polarity: Polarity = "negated" if head.negated else "hypothetical" if head.uncertain else "affirmed"
    return Draft(
        source=[line.span(*subject)] if subject else [],
        cue=[line.span(head.first, head.last)],
        content=[line.span(*piece) for piece in pieces],
        rule=f"{head.place} {head.kind}",
        sentence=(line.start, line.end),
        polarity=polarity,
        addressee=line.span(*head.addressee) if head.addressee else None,
        over=head.place == "citing",
        open=not pieces and head.kind != "colon",
        ahead=not pieces and head.kind == "colon",
    )


def _later_subject(line: Line, head: Head, found: list[Head], n: int) -> Tokens | None:
    """The subject of the cue that follows: "Noting that ..., Kim said"."""
    if head.place != "participle":
        return None
    for later in found[n + 1 : n + 1 + _NEAR_HEADS]:
        if later.subject and later.place in ("before", "after") and line.low[later.subject[0] - 1] == ",":
            return later.subject
    return None


def _pieces(line: Line, head: Head, found: list[Head], n: int) -> list[Tokens]:
    match head.place:
        case "after":
            return _before_cue(line, found, n)
        case "as" | "according":
            return _around(line, found, n)
        case "citing":
            return _shared(line, found, n)
        case "stated":
            return []
        case _:
            return _after_cue(line, found, n)


def _after_cue(line: Line, found: list[Head], n: int) -> list[Tokens]:
    begin = found[n].begin
    begin += begin < len(line) and line.low[begin] in _PAUSES
    return _tidy(line, begin, _stop(line, begin, found, n))


def _stop(line: Line, begin: int, found: list[Head], n: int) -> int:
    """Token after the content that begins at ``begin``: before a sister cue, or at the end of the sentence."""
    head = found[n]
    initial = head.place == "participle" and head.verb == 0
    for later in found[n + 1 : n + 1 + _NEAR_HEADS]:
        if later.cut is not None and later.cut > begin and (_sister(later) or _ends_object(line, head, later)):
            return later.cut
        first = later.subject[0] if later.subject else later.first
        closes = later.place in ("after", "according") or (initial and later.place == "before")
        if closes and first > begin and line.low[first - 1] == ",":
            return first - 1
    if initial:
        return _first_clause(line, begin)
    return _relative_end(line, begin) if head.place == "embedded" else _own_end(line, begin)


def _first_clause(line: Line, begin: int) -> int:
    """End of the content of an initial participle whose main clause has no cue: its last comma before a subject."""
    for k in range(begin + 2, min(len(line), begin + 60)):
        if line.low[k] == "," and (subject := main_subject(line, k)) and subject[0] > k:
            return k
    return len(line)


def _relative_end(line: Line, begin: int) -> int:
    """Where the matrix sentence goes on after a relative clause: ", who said the talks had failed, | left"."""
    for k in range(begin + 1, min(len(line) - 1, begin + 60)):
        if line.low[k] == "," and (verbal(line, k + 1) or line.low[k + 1].endswith("ed")):
            return k
    return len(line)


def _sister(later: Head) -> bool:
    """Whether a later cue with a cut stands beside the earlier one rather than inside its content."""
    if later.place == "coordinated":
        return later.kind != "to" and not later.entry.takes.isdisjoint(["quote", "bare", "object"])
    if later.place == "before":
        return later.kind in ("that", "quote", "colon", "bare")
    return later.place in ("participle", "citing")


def _ends_object(line: Line, head: Head, later: Head) -> bool:
    """Whether "and vowed to stay" follows a mere object: "called the pier a promise | and vowed to stay"."""
    plain = head.kind == "bare" and "bare" not in head.entry.takes
    return plain and later.place == "coordinated" and not any(verbal(line, k) for k in range(head.begin, later.first))


def _own_end(line: Line, begin: int) -> int:
    """Where the matrix sentence goes on after the content: ", but did not say more"."""
    for k in range(begin + 2, min(len(line) - 2, begin + _FAR)):
        if line.low[k] == "," and line.low[k + 1] in ("but", "and") and _bare_verb(line.low[k + 2]):
            return k
        if line.low[k] == "," and line.low[k + 1] in ("but", "and") and _own_matter(line, k):
            return k
    return len(line)


def _own_matter(line: Line, comma: int) -> bool:
    """Whether the writer goes on: with ", but" and a subject, or with ", and" and a name after the closing mark."""
    subject = comma + 2
    if line.low[comma + 1] == "but":
        return line.low[subject] not in _GOES_ON
    return line.low[comma - 1] == QUOTED and line.raw[subject][0].isupper()


#: After ", but" these continue the content more often than the story.
_GOES_ON = frozenset(["that", "not", "only", "also", "rather", "with", "for", "to", "in", QUOTED])


def _bare_verb(word: str) -> bool:
    """A verb that has lost its subject to the clause before; "is" may as well belong to the content."""
    return (word in words("verbal") and word not in ("is", "are")) or word in words("negations")


def _before_cue(line: Line, found: list[Head], n: int) -> list[Tokens]:
    """What stands before "she said", and what goes on after it."""
    first = found[n].left
    start = _restart(line, first)
    pieces = _tidy(line, start, first)
    return pieces + _rest(line, found, n, quoted=QUOTED in line.low[start:first]) if pieces else []


def _restart(line: Line, first: int) -> int:
    """The sentence's start, or the semicolon before."""
    for k in range(first - 2, max(-1, first - _FAR), -1):
        if line.low[k] == ";":
            return k + 1
    return 0


def _rest(line: Line, found: list[Head], n: int, *, quoted: bool) -> list[Tokens]:
    """The second piece of a content that its cue interrupts."""
    at = max(found[n].begin, found[n].right)
    stop = _stop(line, at, found, n)
    if quoted:
        again = (k for k in range(at, stop) if line.low[k] == QUOTED and line.low[k - 1] in _PAUSES)
        first = next(again, None)
        return [] if first is None else _tidy(line, first, stop)
    if at + 2 >= stop or line.low[at] != "," or line.low[at + 1] in _NEW_MATTER or line.low[at + 1].endswith("ing"):
        return []
    taken = any(later.first == at + 1 for later in found[n + 1 : n + 3])
    return [] if taken else _tidy(line, at + 1, stop)


def _around(line: Line, found: list[Head], n: int) -> list[Tokens]:
    """What stands after "As she noted," or "According to her,", or around them."""
    head = found[n]
    first = head.left - (head.place == "as")
    if first <= 1 or (first <= 3 and line.low[first - 1] in (",", "but", "and")):
        return _after_introduction(line, found, n)
    pieces = _tidy(line, _restart(line, first), first)
    return pieces + _rest(line, found, n, quoted=False) if pieces else []


def _after_introduction(line: Line, found: list[Head], n: int) -> list[Tokens]:
    after = found[n].right
    ends = (k for k in range(after, min(len(line), after + _INTRODUCTION)) if line.low[k] in (",", QUOTED, ":"))
    comma = next(ends, None)
    if comma is None:
        return []
    begin = comma + (line.low[comma] != QUOTED)
    return _tidy(line, begin, _stop(line, begin, found, n))


def _shared(line: Line, found: list[Head], n: int) -> list[Tokens]:
    """The content that an agency and the one it cites share."""
    head = found[n]
    if head.kind == "that":
        return _tidy(line, head.begin, _stop(line, head.begin, found, n))
    first = n - 1
    while first > 0 and found[first].place == "citing":
        first -= 1
    return _pieces(line, found[first], found, first) if n and found[first].place != "citing" else []


def _tidy(line: Line, start: int, stop: int) -> list[Tokens]:
    """The stretch without commas, stops and connectives at its edges; nothing if no word is left."""
    while start < stop and line.low[start] in _LEADING:
        start += 1
    while stop > start and line.low[stop - 1] in _TRAILING:
        stop -= 1
    spoken = any(line.raw[k][0].isalnum() or line.low[k] == QUOTED for k in range(start, stop))
    return [(start, stop)] if spoken else []


def _colon(line: Line) -> list[Draft]:
    """A sentence without a reporting verb whose colon opens a quotation: its subject speaks."""
    for k in range(max(1, len(line) - 3), len(line) - 1):
        if line.low[k] == ":" and line.low[k + 1] == QUOTED:
            named = (0, k) if k <= _SHORT_NAME and not any(verbal(line, j) for j in range(k)) else None
            subject = main_subject(line, k) or named
            content = [line.span(k + 1, k + 2)]
            if subject:
                return [Draft([line.span(*subject)], [], content, "colon quote", (line.start, line.end))]
    return []
