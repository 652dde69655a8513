"""The tree of an utterance as a picture: time from left to right, a lane for each outlet, in SVG.

What a page says is a solid line, what is inferred a dashed one; a witness is a full circle, somebody only named an
empty one. Undated witnesses stand in a column of their own. Every line takes the colour of the text around it, so the
picture can be read on light and dark ground; nothing in it runs, and every word of a page is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from lxml import etree

from stemma.archive.utterances.order import instant_of
from stemma.show.lines import NO_DATE, day
from stemma.show.plain import one_line, shortened
from stemma.show.transmission.sharing import Sharing, xml_safe
from stemma.show.transmission.tree import Edge, Node, Tree

SVG = "http://www.w3.org/2000/svg"
#: More nodes than these are drawn as the first of each outlet, with a count.
MOST_NODES = 60
#: Pixels: of the picture, its lanes, the columns beside the axis, and the room that a node with its sign takes.
WIDTH, NAMES, COLUMN, RIGHT = 960, 170, 130, 60
ROW, TOP, BOTTOM, RADIUS, ROOM = 42, 44, 62, 7, 64
_LETTERS = 22  #: of a lane's name
_MOST_TICKS = 6
_NAMED_TICK = 90  #: pixels that the name of a tick needs
_DAY = 86_400.0
_STEPS = (
    3_600.0,
    3 * 3_600.0,
    6 * 3_600.0,
    12 * 3_600.0,
    _DAY,
    2 * _DAY,
    7 * _DAY,
    14 * _DAY,
    30 * _DAY,
    90 * _DAY,
    365 * _DAY,
)
#: Colours of the picture where it stands alone: those of the reader.
_STYLE = "svg{color:#1d1c1a;background:#fbfaf6}@media(prefers-color-scheme:dark){svg{color:#e7e4dc;background:#15171a}}"


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a node stands."""

    node: Node
    x: float
    y: float
    more: int = 0  #: further witnesses of the outlet that it stands for


@dataclass(frozen=True, slots=True)
class _Lane:
    """An outlet's band of the picture."""

    name: str
    top: float
    height: float
    here: bool  #: whether the archive has a witness of it


def svg(tree: Tree, sharing: Sharing | None = None, *, alone: bool = True) -> bytes:
    """The picture. ``alone``: a file of its own, with colours; else a part of a page of the reader, with links."""
    tree, counts = _fewer(tree)
    scale = _Scale(tree)
    lanes, spots = _placed(tree, scale, counts)
    height = (lanes[-1].top + lanes[-1].height if lanes else TOP) + BOTTOM
    root = etree.fromstring(f'<svg xmlns="{SVG}"/>')
    root.attrib.update({
        "viewBox": f"0 0 {WIDTH} {height:g}", "role": "img" if alone else "group",  # an img must hold no links
        "class": "tree", "fill": "none", "stroke": "currentColor",
        "font-family": "system-ui, sans-serif", "font-size": "13", "aria-labelledby": f"t-{tree.utterance}",
    })  # fmt: skip
    _add(root, "title", f"Who has the utterance from whom: {len(tree.nodes)} nodes, {len(tree.edges)} hops").set(
        "id", f"t-{tree.utterance}"
    )
    if alone:
        root.attrib.update({"width": str(WIDTH), "height": f"{height:g}"})
        _add(root, "style", _STYLE)
    _ground(root, lanes, scale)
    for edge in tree.edges:
        _hop(root, edge, spots, tree, sharing or Sharing())
    for node in tree.nodes:  # in order of time, which is the order in which Tab walks them
        _node(root, spots[node.id], linked=not alone)
    _legend(root, height)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=alone, pretty_print=alone)


def _fewer(tree: Tree) -> tuple[Tree, dict[str, int]]:
    """A large tree drawn by the first node of each outlet; how many more each of them stands for."""
    if len(tree.nodes) <= MOST_NODES:
        return tree, {}
    first: dict[str, Node] = {}
    for node in tree.nodes:
        first.setdefault(node.name, node)
    stands = {node.id: first[node.name].id for node in tree.nodes}
    counts = {node.id: sum(each == node.id for each in stands.values()) - 1 for node in first.values()}
    edges = (replace(edge, taker=stands[edge.taker], giver=stands[edge.giver]) for edge in tree.edges)
    kept = {(edge.taker, edge.giver): edge for edge in edges if edge.taker != edge.giver}
    return replace(tree, nodes=tuple(first.values()), edges=tuple(kept.values())), counts


class _Scale:
    """Places on the axis of time; a mere day stands at its noon."""

    def __init__(self, tree: Tree) -> None:
        self._known = {node.id: when for node in tree.nodes if (when := _moment(node.published)) is not None}
        self.undated = len(self._known) < len(tree.nodes)
        times = self._known.values()
        self.first, self.last = (min(times), max(times)) if times else (0.0, 0.0)
        self.left = NAMES + (COLUMN if self.undated else 0) + 40
        self.right = WIDTH - RIGHT

    @property
    def dated(self) -> bool:
        """Whether any node has a place on the axis."""
        return bool(self._known)

    def of(self, node: Node) -> float:
        """Where a node stands; undated ones in the middle of their column."""
        when = self._known.get(node.id)
        return NAMES + COLUMN / 2 if when is None else self.at(when)

    def at(self, when: float) -> float:
        """Where a moment stands."""
        span = self.last - self.first
        share = (when - self.first) / span if span else 0.5
        return self.left + share * (self.right - self.left)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """A few moments of the axis with their names; where all is of one moment, that one."""
        span = self.last - self.first
        step = next((each for each in _STEPS if span / each <= _MOST_TICKS), span / _MOST_TICKS or _DAY)
        when = self.first if not span else -(-self.first // step) * step
        if self.at(when) - self.left > _NAMED_TICK:
            yield self.left, f"{datetime.fromtimestamp(self.first, UTC):%Y-%m-%d}"
        while when <= self.last:
            moment = datetime.fromtimestamp(when, UTC)
            yield self.at(when), f"{moment:%m-%d %H:%M}" if step < _DAY and span else f"{moment:%Y-%m-%d}"
            when += step


def _moment(published: str | None) -> float | None:
    """Seconds since 1970 of an instant, of a day its noon, of a month or year its first noon; None: not known."""
    if not published:
        return None
    if (instant := instant_of(published)) is not None:
        return instant
    whole = (published + "-01-01")[:10] if len(published) <= len("2025-10") else published[:10]
    return instant_of(f"{whole}T12:00:00")


def _placed(tree: Tree, scale: _Scale, counts: dict[str, int]) -> tuple[list[_Lane], dict[str, _Spot]]:
    """Lanes from top to bottom by their first node, and the spot of each node; nodes too near are put in rows."""
    lanes: list[_Lane] = []
    spots: dict[str, _Spot] = {}
    top = float(TOP)
    for name in dict.fromkeys(node.name for node in tree.nodes):
        own = [node for node in tree.nodes if node.name == name]
        rows: list[float] = []
        for node in sorted(own, key=scale.of):
            x = scale.of(node)
            row = next((place for place, taken in enumerate(rows) if x - taken >= ROOM), len(rows))
            rows[row : row + 1] = [x]
            spots[node.id] = _Spot(node, x, top + ROW * (row + 0.6), counts.get(node.id, 0))
        lanes.append(_Lane(name, top, ROW * len(rows), any(node.siglum for node in own)))
        top += lanes[-1].height
    return lanes, spots


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: object) -> etree._Element:
    named = {key.replace("_", "-"): xml_safe(str(value)) for key, value in attributes.items()}
    element = etree.SubElement(parent, f"{{{SVG}}}{tag}", named)
    element.text = None if text is None else xml_safe(text)
    return element


def _words(parent: etree._Element, x: float, y: float, text: str, **more: object) -> etree._Element:
    return _add(parent, "text", text, x=f"{x:g}", y=f"{y:g}", fill="currentColor", stroke="none", **more)


def _ground(root: etree._Element, lanes: Sequence[_Lane], scale: _Scale) -> None:
    """Lanes with their names, the axis with its days, the column of what has none."""
    bottom = lanes[-1].top + lanes[-1].height if lanes else TOP
    for place, lane in enumerate(lanes):
        if place % 2 == 0:
            band = {"x": 0, "y": f"{lane.top:g}", "width": WIDTH, "height": f"{lane.height:g}"}
            _add(root, "rect", None, **band, fill="currentColor", fill_opacity="0.05", stroke="none")
        name = _words(root, 12, lane.top + lane.height / 2 + 4, shortened(lane.name, _LETTERS))
        if not lane.here:
            name.set("font-style", "italic")
        if len(lane.name) > _LETTERS:
            _add(name, "title", lane.name)
    if scale.undated:
        _words(root, NAMES + COLUMN / 2, TOP - 14, NO_DATE, text_anchor="middle", font_style="italic")
        _line(root, NAMES + COLUMN, bottom)
    for x, name_ in scale.ticks() if scale.dated else ():
        _words(root, x, TOP - 14, name_, text_anchor="middle", font_size="12")
        _line(root, x, bottom)


def _line(root: etree._Element, x: float, bottom: float) -> None:
    _add(root, "path", None, d=f"M{x:g},{TOP - 6}V{bottom:g}", stroke_opacity="0.2")


def _hop(root: etree._Element, edge: Edge, spots: dict[str, _Spot], tree: Tree, sharing: Sharing) -> None:
    """A line from giver to taker with its head at the taker."""
    giver, taker = spots[edge.giver], spots[edge.taker]
    group = _add(root, "g", None, **{"class": "inferred" if edge.inferred else "cites"})
    _add(group, "title", _told(edge, tree, sharing))
    apart = taker.x - giver.x
    leaves = -1 if apart < -4 * RADIUS else 1  # on which side of the giver the line begins
    side = -1 if apart > 4 * RADIUS else 1  # and of the taker it ends; of near ones it goes round on the right
    start, end = giver.x + leaves * (RADIUS + 1), taker.x + side * (RADIUS + 8)
    bend = max(40.0, abs(end - start) / 2)
    controls = f"{start + leaves * bend:g},{giver.y:g} {end + side * bend:g},{taker.y:g}"
    line = _add(group, "path", None, d=f"M{start:g},{giver.y:g}C{controls} {end:g},{taker.y:g}", stroke_width="1.6")
    if edge.inferred:
        line.set("stroke-dasharray", "5 4")
    tip, back = taker.x + side * (RADIUS + 2), end + side * 1
    _add(
        group, "path", None, fill="currentColor", stroke="none",
        d=f"M{tip:g},{taker.y:g}L{back:g},{taker.y - 4:g}V{taker.y + 4:g}Z",
    )  # fmt: skip


def _told(edge: Edge, tree: Tree, sharing: Sharing) -> str:
    """A hop in words."""
    taker, giver = tree.node(edge.taker), tree.node(edge.giver)
    told = f"{_sign(taker)} {edge.tie} {_sign(giver)}"
    if edge.inferred:
        return f"{told}: {edge.reason}, inferred, {edge.confidence * 100:.0f} % sure"
    shut = tree.node(edge.told_by or edge.taker).document in sharing.reserved
    return told if shut or not edge.proof else f"{told}: “{shortened(edge.proof, sharing.limit)}”"


def _sign(node: Node) -> str:
    return f"{node.siglum} ({node.name})" if node.siglum else node.name


def _node(root: etree._Element, spot: _Spot, *, linked: bool) -> None:
    node = spot.node
    parent = root
    if linked and node.siglum:
        parent = _add(root, "a", None, href=f"/s/{node.id}")
    group = _add(parent, "g", None, **{"class": "witness" if node.siglum else "named"})
    when = day(node.published) if node.siglum else "named as the source; not in this archive"
    _add(group, "title", f"{_sign(node)}, {one_line(node.published or when)}")
    circle = _add(group, "circle", None, cx=f"{spot.x:g}", cy=f"{spot.y:g}", r=RADIUS, stroke_width="1.6")
    circle.set("fill", "currentColor" if node.siglum else "none")
    if not node.siglum:
        circle.set("stroke-dasharray", "3 2")
    more = f" +{spot.more}" if spot.more else ""
    _words(group, spot.x, spot.y - RADIUS - 4, (node.siglum or "") + more, text_anchor="middle", font_weight="600")


def _legend(root: etree._Element, height: float) -> None:
    y = height - 22
    _add(root, "path", None, d=f"M12,{y:g}h34", stroke_width="1.6")
    _words(root, 54, y + 4, "cites: the page says so")
    _add(root, "path", None, d=f"M232,{y:g}h34", stroke_width="1.6", stroke_dasharray="5 4")
    _words(root, 274, y + 4, "similar wording: inferred")
    _add(root, "circle", None, cx="472", cy=f"{y:g}", r=RADIUS, fill="currentColor")
    _words(root, 486, y + 4, "witness in this archive")
    _add(root, "circle", None, cx="672", cy=f"{y:g}", r=RADIUS, stroke_width="1.6", stroke_dasharray="3 2")
    _words(root, 686, y + 4, "only named as the source")
