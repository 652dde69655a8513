"""Who has it from whom, and what that rests on."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from stemma.archive.views import Line, Utterance
from stemma.records import Statement
from stemma.show.transmission import carried_by, carriers
from stemma.show.transmission.tree import Tree, tree


def told(drawn: Tree) -> dict[tuple[str, str], str]:
    def name(node_id: str) -> str:
        node = drawn.node(node_id)
        return node.siglum or node.name

    return {(name(edge.taker), name(edge.giver)): edge.tie for edge in drawn.edges}


def test_citations_and_likeness_are_kept_apart(bond: Utterance) -> None:
    assert told(tree(bond)) == {
        ("D1", "S1"): "cites", ("O1", "D1"): "cites", ("X1", "NAK"): "cites", ("X1", "S1"): "reuses", ("V1", "D1"): "reuses",
    }  # fmt: skip


def test_a_name_without_a_witness_is_a_node_of_its_own(bond: Utterance) -> None:
    (named,) = [node for node in tree(bond).nodes if node.siglum is None]
    assert (named.name, named.published, named.document) == ("NAK", None, None)
    assert named in tree(bond).roots


def test_what_a_page_says_of_another_page_is_told_once_and_by_itself(bond: Utterance) -> None:
    """The Herald says that the Post has it from SARVA; the Post says so too."""
    (edge,) = [each for each in tree(bond).edges if told(tree(bond))[("D1", "S1")] and each.proof == "SARVA reported"]
    assert edge.told_by == ""
    silent = replace(bond.lines[1], chain=())
    other = tree(replace(bond, lines=(bond.lines[0], silent, *bond.lines[2:])))
    (edge,) = [each for each in other.edges if each.told_by]
    assert (other.node(edge.taker).siglum, other.node(edge.giver).siglum, other.node(edge.told_by).siglum) == (
        "D1",
        "S1",
        "O1",
    )


def test_a_later_witness_is_no_source(bond: Utterance) -> None:
    late = replace(bond.lines[0], published="2025-11-03")
    drawn = tree(replace(bond, lines=(*bond.lines[1:2], late), elsewhere=()))
    assert told(drawn) == {("D1", "SARVA"): "cites"}


def test_likeness_to_the_named_source_is_not_told_twice(bond: Utterance) -> None:
    agency, post = bond.lines[:2]
    like = replace(post.chain[0], kind="reused", document=agency.statement.document, evidence=None)
    drawn = tree(replace(bond, lines=(agency, replace(post, chain=(*post.chain, like))), elsewhere=()))
    assert told(drawn) == {("D1", "S1"): "cites"}


def test_slight_likeness_says_nothing(bond: Utterance) -> None:
    agency, post = bond.lines[:2]
    for confidence, tie in ((0.05, None), (0.3, "resembles"), (0.7, "reuses")):
        like = replace(post.chain[0], kind="reused", document=agency.statement.document, confidence=confidence)
        drawn = tree(replace(bond, lines=(agency, replace(post, chain=(like,))), elsewhere=()))
        assert told(drawn).get(("D1", "S1")) == tie


def test_the_carrier_and_the_speaker_are_no_sources(bond: Utterance) -> None:
    agency, post = bond.lines[:2]
    hop = post.chain[0]
    chain = tuple(replace(hop, name=name) for name in ("Dorn Post", "Orlen Vash", "name withheld"))
    assert tree(replace(bond, lines=(agency, replace(post, chain=chain)), elsewhere=())).edges == ()


def test_two_captures_of_one_page_are_one_witness_of_the_tree(bond: Utterance) -> None:
    post = bond.lines[1]
    again = replace(post, statement=replace_id(post.statement, "sagain"), chain=())
    drawn = tree(replace(bond, lines=(*bond.lines[:2], again, *bond.lines[2:])))
    assert [node.siglum for node in drawn.nodes if node.version_of] == ["D2"]
    assert [node.siglum for node in drawn.versions(post.statement.id)] == ["D2"]
    assert told(drawn) == told(tree(bond))
    assert "sagain" not in {node.id for node in drawn.roots}


def test_what_a_later_capture_says_its_page_says(bond: Utterance) -> None:
    """The first capture names nobody, the second names SARVA."""
    post = bond.lines[1]
    first = replace(post, chain=())
    again = replace(post, statement=replace_id(post.statement, "sagain"))
    drawn = tree(replace(bond, lines=(bond.lines[0], first, again)))
    (edge,) = [each for each in drawn.edges if each.tie == "cites"]
    assert (edge.taker, drawn.node(edge.giver).siglum) == (post.statement.id, "S1")


def replace_id(statement: Statement, name: str) -> Statement:
    return structs.replace(statement, id=name)


def test_readings_that_two_share_against_all_call_for_a_lost_exemplar(bond: Utterance) -> None:
    agency = bond.lines[0]
    words = "“The maritime fellowship has passed its severest trial, and 300 engineers of Karvis have shown it to us”"
    told = {
        "first": words,
        "second": words,
        "left": words.replace("severest", "most rigorous")
        .replace("maritime", "naval")
        .replace("300", "250")
        .replace("shown it", "told it"),
        "right": words.replace("severest", "most rigorous").replace("maritime", "naval").replace("Karvis", "Velm"),
    }
    lines = [_told_by(agency, name, words, day) for day, (name, words) in enumerate(told.items(), 20)]
    drawn = tree(replace(bond, lines=tuple(lines), elsewhere=()))
    (lost,) = [node for node in drawn.nodes if node.is_lost]
    children = {edge.taker for edge in drawn.edges if edge.giver == lost.id}
    assert children == {"sleft", "sright"}
    assert all(edge.tie == "resembles" and "share 2 readings" in edge.reason for edge in drawn.edges)
    assert "rigorous" not in str(drawn.edges), "reasons hold no words of pages, some of which reserve them"
    cited = replace(lines[3], chain=bond.lines[1].chain)
    assert not any(node.is_lost for node in tree(replace(bond, lines=(*lines[:3], cited), elsewhere=())).nodes)


def _told_by(line: Line, name: str, words: str, day: int) -> Line:
    piece = structs.replace(line.statement.content[0], exact=words, document=f"d{name}")
    said = structs.replace(line.statement, id=f"s{name}", document=f"d{name}", content=(piece,))
    snapshot = structs.replace(line.snapshot, url=f"https://{name}.example/1")
    return replace(line, statement=said, snapshot=snapshot, outlet=name, published=f"2025-10-{day}", chain=())


def test_captures_of_one_address_are_counted_once(bond: Utterance) -> None:
    again = replace(bond.lines[0], statement=replace_id(bond.lines[0].statement, "sagain"))
    assert carriers((*bond.lines, again)) == carriers(bond.lines)
    assert carried_by((bond.lines[0], again)) == "1 witness in 2 captures or places"
    assert carried_by(bond.lines[:1]) == "1 witness"
