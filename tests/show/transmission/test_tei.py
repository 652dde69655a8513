"""The critical apparatus as TEI: valid by the consortium's schema, and every witness can be read off it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from stemma.archive.views import Utterance
from stemma.show.transmission import wording_of
from stemma.show.transmission.apparatus import apparatus
from stemma.show.transmission.sharing import Sharing
from stemma.show.transmission.tei import TEI, tei
from stemma.show.transmission.tree import tree

ID = "{http://www.w3.org/XML/1998/namespace}id"
NS = {"t": TEI}
ALL = Sharing(limit=None)


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    """TEI P5 4.3.0, cut down to the elements that the export writes."""
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("tei.rng")))


def made(view: Utterance, base: str = "", sharing: Sharing = ALL) -> bytes:
    return tei([(tree(view), apparatus(view, base), sharing)])


@pytest.mark.parametrize("sharing", [ALL, Sharing(limit=40), Sharing()])
@pytest.mark.parametrize("base", ["", "V1", "X1"])
def test_it_is_valid(bond: Utterance, schema: etree.RelaxNG, base: str, sharing: Sharing) -> None:
    schema.assertValid(etree.fromstring(made(bond, base, sharing)))


def test_several_alone_and_none_are_valid(bond: Utterance, schema: etree.RelaxNG) -> None:
    alone = replace(bond, id="wone", lines=bond.lines[:1], elsewhere=())
    several = tei((tree(view), apparatus(view), ALL) for view in (bond, alone))
    schema.assertValid(etree.fromstring(several))


def test_the_schema_refuses_what_is_wrong(bond: Utterance, schema: etree.RelaxNG) -> None:
    for old, new in ((b"lem", b"lemma"), (b'cert="high"', b'cert="quite sure"'), (b"listWit", b"list")):
        assert not schema.validate(etree.fromstring(made(bond).replace(old, new)))


def _read(paragraph: ET.Element, witness: str) -> str:
    """The text of a witness: the common words, and of each place the reading that names it."""
    parts = [paragraph.text or ""]
    for app in paragraph:
        own = (reading for reading in app if f"#{witness}" in reading.get("wit", "").split())
        parts.extend(reading.text or "" for reading in own)
        parts.append(app.tail or "")
    return "".join(parts)


@pytest.mark.parametrize("base", ["S1", "D1", "V1"])
def test_every_witness_can_be_read_off(bond: Utterance, base: str) -> None:
    root = ET.fromstring(made(bond, base))
    paragraph = root.find(".//t:body//t:p", NS)
    found = apparatus(bond, base)
    for sign, line in zip(found.sigla, found.lines, strict=True):
        if sign not in found.apart:
            assert _read(paragraph, f"wbond-{sign}").split() == wording_of(line).split()


def test_witnesses_and_hops_are_listed_and_every_pointer_has_an_end(bond: Utterance) -> None:
    root = ET.fromstring(made(bond))
    ids = [each.get(ID) for each in root.iter() if each.get(ID)]
    assert len(ids) == len(set(ids))
    pointers = [each.get(name, "") for each in root.iter() for name in ("wit", "active", "passive")]
    assert {pointer for some in pointers for pointer in some.split()} <= {f"#{each}" for each in ids}
    relations = [(each.get("name"), each.get("type")) for each in root.iter(f"{{{TEI}}}relation")]
    assert relations.count(("cites", "explicit")) == 3
    assert relations.count(("reuses", "inferred")) == 2


def test_a_cut_text_says_how_much_is_left_out(bond: Utterance) -> None:
    root = ET.fromstring(made(bond, sharing=Sharing(limit=40)))
    gap = root.find(".//t:body//t:gap", NS)
    assert (gap.get("reason"), gap.get("unit")) == ("cut", "chars")
    assert "engineers" not in "".join(root.find(".//t:body", NS).itertext())


def test_words_of_pages_that_reserve_them_are_gaps(bond: Utterance) -> None:
    reserved = frozenset({bond.elsewhere[0].statement.document})
    body = ET.fromstring(made(bond, sharing=Sharing(None, reserved))).find(".//t:body", NS)
    assert "250" not in "".join(body.itertext())
    assert "most rigorous" in "".join(body.itertext())
    whole = ET.fromstring(made(bond, "V1", Sharing(None, reserved))).find(".//t:body", NS)
    assert not "".join(whole.itertext()).strip().startswith("The")
