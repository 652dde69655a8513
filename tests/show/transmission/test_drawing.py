"""The tree as a picture, read back by an XML parser that knows nothing of how it was made."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from stemma.archive.views import Utterance
from stemma.show.transmission.drawing import MOST_NODES, SVG, WIDTH, svg
from stemma.show.transmission.sharing import Sharing
from stemma.show.transmission.tree import tree
from tests.show.conftest import HOSTILE

NS = {"svg": SVG}


def drawn(view: Utterance, **how: object) -> ET.Element:
    return ET.fromstring(svg(tree(view), **how))


def groups(root: ET.Element, name: str) -> list[ET.Element]:
    return [each for each in root.iter(f"{{{SVG}}}g") if each.get("class") == name]


def places(root: ET.Element) -> dict[str, tuple[float, float]]:
    found = {}
    for group in groups(root, "witness"):
        circle = group.find("svg:circle", NS)
        found[group.findtext("svg:text", "", NS)] = (float(circle.get("cx")), float(circle.get("cy")))
    return found


def test_citations_are_solid_and_likeness_is_dashed(bond: Utterance) -> None:
    root = drawn(bond)
    assert [len(groups(root, name)) for name in ("cites", "inferred", "witness", "named")] == [3, 2, 6, 1]
    assert all(group.find("svg:path", NS).get("stroke-dasharray") for group in groups(root, "inferred"))
    assert not any(group.find("svg:path", NS).get("stroke-dasharray") for group in groups(root, "cites"))
    titles = [group.findtext("svg:title", "", NS) for group in groups(root, "inferred")]
    assert all("inferred" in title and "% sure" in title for title in titles)


def test_time_goes_to_the_right_and_undated_stand_aside(bond: Utterance) -> None:
    found = places(drawn(bond))
    assert found["S1"][0] < found["D1"][0] < found["V1"][0] < found["O1"][0] <= WIDTH
    assert found["X1"][0] < found["S1"][0]
    assert len({y for _, y in found.values()}) == len(found)


def test_nodes_of_one_outlet_and_day_do_not_lie_on_each_other(bond: Utterance) -> None:
    same = tuple(replace(line, outlet="SARVA", published="2025-10-24", chain=()) for line in bond.lines)
    assert len(set(places(drawn(replace(bond, lines=same, elsewhere=()))).values())) == len(same)


@pytest.mark.parametrize(
    "days",
    [(None, None), ("2025", "2025"), ("2025-10", "2031-01-02"), ("2025-10-24T06:00:00Z", "2025-10-24T06:00:01Z")],
)
def test_any_dates_stay_within_the_picture(bond: Utterance, days: tuple[str | None, str | None]) -> None:
    lines = tuple(replace(line, published=day) for line, day in zip(bond.lines, days, strict=False))
    root = drawn(replace(bond, lines=lines, elsewhere=()))
    height = float(root.get("viewBox").split()[3])
    assert all(0 < x < WIDTH and 0 < y < height for x, y in places(root).values())


def test_nothing_of_a_page_runs_or_leaves_the_text(bond: Utterance) -> None:
    for alone in (True, False):
        made = svg(tree(bond), alone=alone)
        root = ET.fromstring(made)
        names = {each.tag.removeprefix(f"{{{SVG}}}") for each in root.iter()}
        assert names <= {"svg", "title", "style", "g", "path", "rect", "text", "circle", "a"}
        attributes = {key for each in root.iter() for key in each.attrib}
        assert not [key for key in attributes if key.startswith("on")]
        assert {each.get("href")[:3] for each in root.iter(f"{{{SVG}}}a")} == (set() if alone else {"/s/"})
        assert b"<script" not in made
        assert b"javascript:" not in made
    assert HOSTILE.split("\x1b")[0] in "".join(root.itertext())


def test_alone_it_has_colours_for_light_and_dark_within_a_page_none_of_its_own(bond: Utterance) -> None:
    assert "prefers-color-scheme:dark" in "".join(drawn(bond).itertext())
    within = svg(tree(bond), alone=False)
    assert b"<style" not in within
    assert b" style=" not in within
    assert b"#" not in within.replace(b"&#", b"")


def test_a_large_tree_is_drawn_by_the_first_of_each_outlet(bond: Utterance) -> None:
    line = bond.lines[0]
    many = tuple(
        replace(line, statement=replace_id(line, n), outlet=f"Paper {n % 7}", chain=()) for n in range(MOST_NODES + 10)
    )
    root = drawn(replace(bond, lines=many, elsewhere=()))
    assert len(groups(root, "witness")) == 7
    assert any("+9" in (group.findtext("svg:text", "", NS)) for group in groups(root, "witness"))


def replace_id(line: object, number: int) -> object:
    from msgspec import structs

    return structs.replace(line.statement, id=f"s{number}")


def test_reserved_words_are_not_in_it(bond: Utterance) -> None:
    assert "SARVA reported" in "".join(drawn(bond).itertext())
    held = Sharing(reserved=frozenset({bond.lines[1].statement.document}))
    assert "SARVA reported" not in "".join(drawn(bond, sharing=held).itertext())
