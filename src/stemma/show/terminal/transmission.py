"""An utterance on the terminal: its witnesses, the tree of who has it from whom, and every place where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from rich.tree import Tree as Branch

from stemma.archive.views import Line, Utterance
from stemma.show.lines import NO_OUTLET, QUOTATION, day, named, outlet, speaker
from stemma.show.occasion import Resembling
from stemma.show.occasion.likewords import Alike
from stemma.show.terminal.console import cell, heading
from stemma.show.terminal.people.marks import in_brief
from stemma.show.terminal.statements import statement_text, sure
from stemma.show.transmission import carried_by
from stemma.show.transmission.apparatus import Apparatus, Reading, Variation, apparatus, pieces
from stemma.show.transmission.tree import Edge, Node, Tree, tree
from stemma.show.wording import standing

_OMITTED = "not there"
_KINDS = 16  #: columns for the classes of difference
_MINUTE = len("2025-10-24T09:14")  #: characters of an instant shown in lists


def utterance(
    view: Utterance, base: str = "", resembling: Sequence[Resembling] = (), like: Sequence[Alike] = ()
) -> RenderableType:
    """One speech act: its earliest known witness in full, all witnesses, their tree, and the variants over a base.

    ``resembling``: statements that may be the same one in other words; ``like``: others in like words. Both stand
    apart, at the end.
    """
    earliest, drawn, found = view.lines[0], tree(view), apparatus(view, base)
    more = f" and {len(view.elsewhere)} of another speaker" if view.elsewhere else ""
    title = f"utterance {view.id}, {carried_by(view.lines)}{more}"
    note = Text(f"Above: {found.sigla[0]}, {standing(view)}. Undated witnesses stand last.", "label")
    return Group(
        Panel(statement_text(earliest), border_style="rule", padding=(1, 2), title=title),
        note.append_text(in_brief(earliest)),
        heading("Witnesses"),
        Padding(_witnesses(found), (0, 0, 0, 2)),
        heading("Who has it from whom"),
        Text("<- the page says so    <~ only the wording is alike", "label"),
        *(Padding(_branch(drawn, root), (0, 0, 0, 2)) for root in _roots(drawn)),
        *_variants(found),
        *_same_occasion(resembling),
        *_like_words(like),
    )


def _same_occasion(found: Sequence[Resembling]) -> Iterator[RenderableType]:
    """Statements of the same occasion, each above what it rests on."""
    if found:
        yield heading("On the same occasion, in other words")
        yield Text("resembles: no page says so, and no wording is known to be taken over", "label")
    for each in found:
        more = f"; so do {each.others} more of utterance {each.line.utterance}" if each.others else ""
        told = f"resembles {each.like}: {each.reason}, inferred{more}"
        yield from _told_below(each.line, told)


def _like_words(found: Sequence[Alike]) -> Iterator[RenderableType]:
    """Statements in like words, each above what it rests on."""
    if found:
        yield heading("In like words, whoever and whenever")
        yield Text("resembles: the words alone; nothing says that anybody took them from anybody", "label")
    for each in found:
        yield from _told_below(each.line, f"resembles: {each.reason}, inferred")


def _told_below(line: Line, told: str) -> Iterator[RenderableType]:
    yield Padding(statement_text(line, QUOTATION), (0, 0, 0, 2))
    yield Padding(Text().append(line.statement.id, "id").append(f"  {told}", "label"), (0, 0, 1, 4))


def _witnesses(found: Apparatus) -> Table:
    """A row for each witness: sign, day, outlet, whom it takes the words for where they disagree, id."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="hop", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=2, overflow="fold")
    table.add_column(ratio=2, overflow="fold")
    table.add_column(style="id", no_wrap=True)
    for sign, line in zip(found.sigla, found.lines, strict=True):
        table.add_row(sign, _when(line.published), _carrier(line), _as_told(found, sign, line), line.statement.id)
    return table


def _carrier(line: Line) -> Text:
    name = outlet(line)
    return Text(name, "unknown" if name == NO_OUTLET else "speaker").append_text(in_brief(line))


def _as_told(found: Apparatus, sign: str, line: Line) -> Text:
    """What a witness tells otherwise than the base: speaker, kind, and that it says it in other words."""
    base = found.lines[found.base]
    parts = [f"of {speaker(line)}"] if len(found.speakers) > 1 else []
    parts += [line.statement.kind] if line.statement.kind != base.statement.kind else []
    parts += ["in other words"] if sign in found.apart else []
    return cell(", ".join(parts), "label")


def _when(published: str | None) -> Text:
    told = cell(day(published) if not published else published[:_MINUTE].replace("T", " "))
    return told if published else Text(str(told), "unknown")


def _roots(drawn: Tree) -> list[Node]:
    """The nodes that branches begin with: roots, then the earliest of each circle that none leads to."""
    roots = list(drawn.roots)
    reached = {each for root in roots for each in _below(drawn, root.id, frozenset())}
    for node in drawn.nodes:
        if node.id not in reached and not node.version_of:
            roots.append(node)
            reached |= set(_below(drawn, node.id, frozenset()))
    return roots


def _below(drawn: Tree, node: str, above: frozenset[str]) -> Iterator[str]:
    yield node
    for edge in _from(drawn, node, above):
        yield from _below(drawn, edge.taker, above | {node})


def _from(drawn: Tree, node: str, above: frozenset[str]) -> list[Edge]:
    """The hops by which others have it from a node, each taker under its surest giver alone."""
    found = [edge for edge in drawn.edges if edge.giver == node and edge.taker not in above]
    order = {each.id: place for place, each in enumerate(drawn.nodes)}
    return sorted((edge for edge in found if drawn.givers(edge.taker)[0] == edge), key=lambda edge: order[edge.taker])


def _branch(drawn: Tree, root: Node) -> Branch:
    branch = Branch(_told(root, drawn), guide_style="rule")
    _grow(branch, drawn, root.id, frozenset())
    return branch


def _grow(branch: Branch, drawn: Tree, node: str, above: frozenset[str]) -> None:
    for edge in _from(drawn, node, above):
        text = Text("<~ " if edge.inferred else "<- ", "hop").append_text(_told(drawn.node(edge.taker), drawn))
        text.append_text(_why(edge, drawn))
        for other in drawn.givers(edge.taker)[1:]:
            giver = drawn.node(other.giver)
            text.append(f"\n   also {other.tie} {giver.siglum or giver.name}", "label").append_text(_why(other, drawn))
        _grow(branch.add(text), drawn, edge.taker, above | {node})


def _told(node: Node, drawn: Tree) -> Text:
    text = Text()
    if node.siglum:
        text.append(f"{node.siglum}  ", "hop").append_text(_when(node.published)).append("  ")
    text.append(named(node.name), "unknown" if node.name == NO_OUTLET else "speaker")
    if node.is_lost:
        return text.append("  supposed: not in this archive, and named by nobody", "label")
    if not node.siglum:
        return text.append("  named as the source; not in this archive", "label")
    others = " ".join(each.siglum or "" for each in drawn.versions(node.id))
    return text.append(f"  with {others}, captured at the same address", "label") if others else text


def _why(edge: Edge, drawn: Tree) -> Text:
    """What a hop rests on."""
    text = Text(f"  {edge.tie}: ", "label")
    if edge.inferred:
        return text.append(f"{edge.reason}, inferred ({sure(edge.confidence)})", "label")
    text.append(f'"{edge.proof}"' if edge.proof else "as the page says", "quote")
    teller = drawn.node(edge.told_by).siglum if edge.told_by else None
    return text.append(f", as {teller} tells" if teller else "", "label")


def _variants(found: Apparatus) -> Iterator[RenderableType]:
    """The base with its places numbered, then what each witness reads there."""
    if len(found.lines) < 2:
        return
    base = found.sigla[found.base]
    yield heading(f"Variants over {base}")
    if len(found.speakers) > 1:
        told = "; ".join(f"{name} ({' '.join(signs)})" for name, signs in found.speakers)
        yield Text("the speaker differs: ", "hop").append(told)
    yield Padding(_numbered(found), (0, 0, 1, 2))
    if not found.variations:
        yield Text(f"All {'other ' if found.apart else ''}witnesses have the same words.", "label")
    yield Padding(_readings(found), (0, 0, 0, 2))
    if found.apart:
        yield Text(f"In other words, not laid beside it: {' '.join(found.apart)}", "label")


def _numbered(found: Apparatus) -> Text:
    """The text of the base, every place where a witness differs in brackets under its number."""
    text = Text()
    for words, variation in pieces(found):
        if variation is None:
            text.append(words)
            continue
        text.append(f"[{variation.number}", "hop").append(f" {words}" if words else "", "number").append("]", "hop")
    return text


def _readings(found: Apparatus) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="hop", justify="right", no_wrap=True)
    table.add_column(style="label", max_width=_KINDS)
    table.add_column(ratio=1, overflow="fold")
    for variation in found.variations:
        table.add_row(str(variation.number), ", ".join(variation.kinds), _row(variation))
    return table


def _row(variation: Variation) -> Text:
    """The base's words, a bracket, then the other readings, each with its witnesses: as apparatuses are printed."""
    base, *others = variation.readings
    text = _reading(base).append(" ]")
    for place, reading in enumerate(others):
        text.append("; " if place else " ").append_text(_reading(reading))
    return text


def _reading(reading: Reading) -> Text:
    words = Text(reading.words, "added" if reading.kinds else "") if reading.words else Text(_OMITTED, "label")
    return Text().append_text(words).append(f" {' '.join(reading.sigla)}", "hop")
