"""Statements on the terminal: the list, one statement, one utterance with its chain and its witnesses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from stemma.archive.views import Line, Utterance, Who
from stemma.records import Evidence
from stemma.show.chain import Step, drawn, is_unknown, likenesses, steps
from stemma.show.citations import cite
from stemma.show.lines import (
    NO_DATE,
    NO_OUTLET,
    NO_SPEAKER,
    NO_TITLE,
    ON_PAGE,
    QUOTATION,
    day,
    either,
    is_withheld,
    outlet,
    parts,
    said_of,
    said_on,
    speaker,
)  # fmt: skip
from stemma.show.occasion.likewords import Echo
from stemma.show.people.marks import derived, is_of_person, marks_of
from stemma.show.terminal.console import cell, facts, heading
from stemma.show.terminal.people.marks import beside, covered, in_brief, sign
from stemma.show.wording import Comparison, Piece, apart, compare, condense

_UNKNOWN = frozenset({NO_DATE, NO_OUTLET, NO_SPEAKER})
#: Marks of ``wdiff``: no difference is told by colour alone.
_MARKS = {"kept": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}


def statement_text(line: Line, limit: int | None = None) -> Text:
    """The statement line with its parts told apart by style."""
    shown = parts(line, limit)
    text = Text().append(shown.speaker, "unknown" if is_unknown(shown.speaker) else "speaker")
    text.append_text(sign(line, "speaker")).append(" (")
    last = len(shown.provenance) - 1
    for place, part in enumerate(shown.provenance):
        text.append(", " if place else "").append(part, "unknown" if part in _UNKNOWN else "hop")
        text.append_text(sign(line, "published") if place == last else _outlet_sign(line, part))
    text.append(") ").append(shown.verb, "verb").append(f"{shown.manner}: ").append(shown.body(), "words")
    return text.append_text(sign(line, "kind", "content", "said"))


def _outlet_sign(line: Line, part: str) -> Text:
    return sign(line, "outlet") if part in {f"carried by {outlet(line)}", NO_OUTLET} else Text()


def listing(lines: Iterable[Line], *, titled: bool = True) -> Iterator[RenderableType]:
    """One block a statement: the line, and under it its id, the page's title and how many carry it."""
    for line in lines:
        yield Padding(statement_text(line, QUOTATION), (0, 0, 0, 2))
        yield Padding(_under(line, titled=titled), (0, 0, 1, 4))


def _under(line: Line, *, titled: bool) -> Text:
    text = Text().append(line.statement.id, "id")
    if titled:
        text.append("  ").append_text(cell(line.title or NO_TITLE, "label"))
    if line.witnesses > 1:
        text.append(f"  {line.witnesses} witnesses", "hop")
    text.append(f"  {said_on(line)}", "label")
    return text.append_text(in_brief(line, titled=titled))


def statement(
    line: Line,
    utterance: Utterance | None,
    method: str | None,
    touching: Sequence[str] = (),
    echoing: Sequence[Echo] = (),
) -> RenderableType:
    """Everything about one statement.

    ``utterance``: the speech act it belongs to; ``method``: what found it; ``touching``: captures with other words;
    ``echoing``: what else of its page has its words.
    """
    blocks: list[RenderableType] = [_panel(line), _facts(line, method, touching), heading("Chain"), chain(line)]
    others, same_page = apart(line, compare(utterance, line)) if utterance else ((), ())
    if utterance and others:
        blocks += [heading(f"Also carried by  ({utterance.id})"), *comparisons(others)]
    if same_page:
        blocks += [heading("Other captures and places of this page"), *comparisons(same_page)]
    return Group(*blocks, *_echoes(echoing), heading("Cite"), cell(cite(line)))


def _echoes(found: Sequence[Echo]) -> Iterator[RenderableType]:
    """What else of the page has the statement's words, each above where it stands and who says it there."""
    if found:
        yield heading("In like words on the same page")
    for each in found:
        whose = f"said by {speaker(each.line)}" if each.line else "no statement"
        differs = f"; differs in {', '.join(each.kinds)}" if each.kinds else "; the same words"
        worded = Text("").join(marked(piece) for piece in condense(each.pieces)) if each.pieces else cell(each.exact)
        yield Padding(worded, (0, 0, 0, 2))
        yield Padding(cell(f"{each.part}, {whose}{differs}; shares {each.words} telling words", "label"), (0, 0, 1, 4))


def _panel(line: Line) -> Panel:
    return Panel(statement_text(line), border_style="rule", padding=(1, 2), title=f"statement {line.statement.id}")


def _facts(line: Line, method: str | None, touching: Sequence[str]) -> Table:
    said, hidden = line.statement, is_withheld(line)
    rows: list[tuple[str, Text | str | None]] = [
        ("kind", beside(_kind(line, method), marks_of(line, "kind"))),
        ("span", beside(Text("as above"), found) if (found := marks_of(line, "content")) else None),
        *_speakers(line),
        ("source", Text(ON_PAGE, "unknown") if hidden else _worded(said.source)),
        ("cue", None if hidden else _worded(said.cue)),
        ("addressee", _worded((said.addressee,))),
        ("occasion", _worded((said.occasion,))),
        ("place", _worded((said.place,))),
        ("said on", beside(_said(line), marks_of(line, "said"))),
        ("within", said.within),
        ("page", beside(_page(line), marks_of(line, "title", "outlet", "published"))),
        *covered(line),
        ("versions", f"{'; '.join(touching)}: stemma show {line.statement.document}" if touching else None),
        ("address", line.snapshot.url or f"not known; file {line.snapshot.origin}"),
        ("capture", f"{line.snapshot.id}, {line.snapshot.fetched or 'time not stated'}"),
        ("digest", line.snapshot.digest),
    ]
    return facts(rows)


def _said(line: Line) -> str:
    """The day or its bounds, and what they rest on."""
    told = said_on(line) if line.statement.said else f"not known; {said_on(line)}"
    basis = said_of(line).basis
    return f"{told.removeprefix('said ')}; {basis}" if basis and not marks_of(line, "said") else told


def _kind(line: Line, method: str | None) -> str:
    """The kind, and how sure a program was of the statement; nothing of that where a person says the kind."""
    said, was = line.statement, derived(line)
    told = f"{said.kind}, {said.polarity}"
    if marks_of(line, "kind"):
        return told
    return f"{told}, {sure(was.confidence if was else said.confidence)} by machine ({method or 'method not kept'})"


def _speakers(line: Line) -> list[tuple[str, Text | None]]:
    """A row for each speaker, people's words below the last."""
    rows = [described(who) for who in line.speakers or (Who(name=NO_SPEAKER),)]
    if line.rivals and not line.speakers:
        rows[-1].append(f"; {either(line)}, {line.rivals[0].reason}")
    return [("speaker", row) for row in rows[:-1]] + [("speaker", beside(rows[-1], marks_of(line, "speaker")))]


def sure(confidence: float) -> str:
    """A confidence in words: "97 % sure"."""
    return f"{confidence:.0%} sure".replace("%", " %")


def described(who: Who) -> Text:
    """A speaker with role, id and how he was told."""
    text = cell(who.name, "unknown" if is_unknown(who.name) else "speaker")
    for part in (who.role, "" if is_of_person(who.reason) else who.reason):
        text.append(f", {cell(part)}" if part else "")
    return text.append(f"  {who.entity}", "id") if who.entity else text


def _worded(pieces: Sequence[Evidence | None]) -> Text | None:
    words = [cell(piece.exact) for piece in pieces if piece]
    return Text(" … ").join(Text('"').append_text(word).append('"') for word in words) if words else None


def _page(line: Line) -> Text:
    of_machine = line.published_basis and not is_of_person(line.published_basis)
    basis = f" (date from: {cell(line.published_basis)})" if of_machine else ""
    dated = cell(line.published or NO_DATE)
    return (
        cell(line.title or NO_TITLE).append(f", {outlet(line)}, {dated}{basis}  ").append(line.statement.document, "id")
    )


def chain(line: Line) -> RenderableType:
    """Carrier <- agency <- speaker on one line, then each hop with the words that prove it."""
    whole = Text()
    for arrow, name in drawn(line):
        whole.append(f" {arrow} " if arrow else "", "label").append(name, "unknown" if is_unknown(name) else "speaker")
    return Padding(
        Group(whole, *(Padding(_step(step), (0, 0, 0, 2)) for step in (*steps(line), *likenesses(line)))), (0, 0, 0, 2)
    )


def _step(step: Step) -> Text:
    text = Text().append("~ " if step.inferred else "- ", "hop")
    text.append(step.deed).append(f': "{step.proof}"' if step.proof else "", "quote")
    if step.by:
        return text
    inferred = ", inferred" if step.inferred else ""
    return text.append(f"  ({sure(step.confidence)}{inferred})", "label")


def comparisons(compared: Iterable[Comparison]) -> Iterator[RenderableType]:
    """Other witnesses with their wording beside the one looked at: ``[-words only here-]`` ``{+words only there+}``."""
    for comparison in compared:
        yield Padding(_witness(comparison), (0, 0, 0, 2))
        yield Padding(differences_of(comparison), (0, 0, 1, 4))


def _witness(comparison: Comparison) -> Text:
    line = comparison.line
    text = Text().append(f"{day(line.published)}  ", "label").append(outlet(line), "speaker")
    text.append(f"  {line.statement.id}", "id")
    return text.append(f"  {', '.join(comparison.kinds)}", "hop").append_text(in_brief(line))


def differences_of(comparison: Comparison) -> Text:
    """The words of both witnesses with what differs marked, or why there is nothing to mark."""
    if not comparison.compared:
        return Text().append("in other words: ", "label").append(parts(comparison.line, QUOTATION).body())
    if not comparison.kinds:
        return Text("the same words", "label")
    return Text("").join(marked(piece) for piece in condense(comparison.pieces))


def marked(piece: Piece) -> Text:
    """A stretch of a comparison; marks and style both tell what it is."""
    before, after = _MARKS[piece.state]
    blank_before, blank_after = piece.text[:1].isspace() * " ", piece.text[-1:].isspace() * " "
    style = "" if piece.state == "kept" else piece.state
    return Text(blank_before).append_text(Text(f"{before}{cell(piece.text)}{after}", style)).append(blank_after)
