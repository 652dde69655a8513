"""The critical apparatus as TEI: built as the guidelines have it, and every witness can be read off it."""

from __future__ import annotations

from dataclasses import replace
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


#: What the TEI guidelines (P5, 4.3.0) let stand in each element that the export writes, and which attributes it must have.
INSIDE: dict[str, set[str]] = {
    "TEI": {"teiHeader", "text"}, "teiHeader": {"fileDesc", "encodingDesc"}, "text": {"body"}, "body": {"div"},
    "fileDesc": {"titleStmt", "publicationStmt", "sourceDesc"}, "titleStmt": {"title"}, "publicationStmt": {"p"},
    "sourceDesc": {"listOrg", "listRelation", "listWit", "p"}, "encodingDesc": {"appInfo", "projectDesc", "variantEncoding"},
    "appInfo": {"application"}, "application": {"label"}, "projectDesc": {"p"}, "listOrg": {"org"}, "org": {"orgName"},
    "listRelation": {"relation"}, "relation": {"desc"}, "listWit": {"head", "witness"},
    "witness": {"date", "idno", "orgName", "persName", "ref", "rs", "title", "note"}, "div": {"note", "p", "head"},
    "p": {"app", "gap"}, "lem": {"gap"}, "rdg": {"gap"}, "app": {"lem", "rdg"},
}  # fmt: skip
NEEDED = {
    "application": {"ident", "version"}, "variantEncoding": {"location", "method"}, "relation": {"name", "active", "passive"},
    "witness": {"id"}, "lem": {"wit"}, "rdg": {"wit"},
}  # fmt: skip
ORDER = ("titleStmt", "publicationStmt", "sourceDesc")  #: of a file's description; none may be missing
CERTAINTY = {"high", "medium", "low", "unknown"}  #: values of ``cert`` (teidata.certainty)
ROOT = "{http://www.tei-c.org/ns/1.0}TEI"


def complaints(document: bytes) -> list[str]:
    """What the guidelines would not allow, as far as the tables above know them."""
    root = etree.fromstring(document)
    found = [] if root.tag == ROOT else ["the root is no TEI element"]
    known = {element.get("{http://www.w3.org/XML/1998/namespace}id") for element in root.iter(etree.Element)}
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        inner = [etree.QName(child).localname for child in element.iterchildren(etree.Element)]
        found += [f"{child} in {name}" for child in inner if child not in INSIDE.get(name, set())]
        attributes = {etree.QName(each).localname for each in element.attrib}
        found += [f"{name} without {each}" for each in NEEDED.get(name, set()) - attributes]
        found += [f"cert {element.get('cert')!r}"] if element.get("cert", "high") not in CERTAINTY else []
        pointers = " ".join(element.get(each, "") for each in ("wit", "active", "passive")).split()
        found += [f"{each} leads nowhere" for each in pointers if each.startswith("#") and each[1:] not in known]
        if name == "fileDesc" and tuple(inner) != ORDER:
            found.append(f"{inner} in fileDesc")
    return found


def made(view: Utterance, base: str = "", sharing: Sharing = ALL) -> bytes:
    return tei([(tree(view), apparatus(view, base), sharing)])


@pytest.mark.parametrize("sharing", [ALL, Sharing(limit=40), Sharing()])
@pytest.mark.parametrize("base", ["", "V1", "X1"])
def test_it_is_built_as_the_guidelines_have_it(bond: Utterance, base: str, sharing: Sharing) -> None:
    assert complaints(made(bond, base, sharing)) == []


def test_several_alone_and_none(bond: Utterance) -> None:
    alone = replace(bond, id="wone", lines=bond.lines[:1], elsewhere=())
    assert complaints(tei((tree(view), apparatus(view), ALL) for view in (bond, alone))) == []


def test_what_is_wrong_is_seen(bond: Utterance) -> None:
    for old, new in (
        (b"lem", b"lemma"),
        (b'cert="high"', b'cert="quite sure"'),
        (b"listWit", b"list"),
        (b"wit=", b"by="),
    ):
        assert complaints(made(bond).replace(old, new))


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
