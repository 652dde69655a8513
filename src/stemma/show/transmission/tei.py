"""Utterances as a critical apparatus: TEI P5, parallel segmentation (Guidelines, chapter 12), with the tree's hops."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version

from lxml import etree

from stemma.archive.views import Line
from stemma.show.lines import NO_DATE, NO_OUTLET, counted, outlet, speaker
from stemma.show.plain import one_line
from stemma.show.transmission.apparatus import Apparatus, Reading, Variation, cut
from stemma.show.transmission.sharing import Sharing, xml_safe
from stemma.show.transmission.tree import Edge, Tree

TEI = "http://www.tei-c.org/ns/1.0"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
#: Dates that TEI takes as they are (W3C XML Schema: date, dateTime, gYearMonth, gYear).
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?)?)?")
#: From these confidences on a hop is told as sure, and as likely.
_CERTAINTY = ((0.75, "high"), (0.4, "medium"), (0.0, "low"))
_STATEMENT = (
    "Each text is what a page reports that somebody said, as it was read by machine from an archived capture; none of "
    "it is stated as fact. The base is no judgement on which wording is right. Relations named cites are told by the "
    "page; all others are inferred from likeness of wording."
)
Made = tuple[Tree, Apparatus, Sharing]


def tei(utterances: Iterable[Made]) -> bytes:
    """A TEI document of these utterances, each with its own witnesses.

    Ids of witnesses are those of the utterance and their siglum. Words beyond the limit, and those of pages that
    reserve them, are gaps.
    """
    found = list(utterances)
    return b"".join(tei_pieces(len(found), lambda: found))


def tei_pieces(count: int, utterances: Callable[[], Iterable[Made]]) -> Iterator[bytes]:
    """The same in pieces; the utterances are asked for twice: for the sources in the header, and for the text."""
    root = etree.fromstring(f'<TEI xmlns="{TEI}"/>')
    _describe(_add(root, "teiHeader"), count)
    _add(_add(root, "text"), "body").append(etree.ProcessingInstruction("utterances"))
    before, between, after = split(root, "sources", "utterances")
    yield before
    for tree, apparatus, sharing in utterances():
        source = _alone("sourceDesc")
        _sources(source, tree, apparatus, sharing)
        yield inner(source)
    yield between
    for tree, apparatus, sharing in utterances():
        body = _alone("body")
        _utterance(body, tree, apparatus, sharing)
        yield inner(body)
    yield after


def _alone(tag: str) -> etree._Element:
    return etree.fromstring(f'<{tag} xmlns="{TEI}"/>')


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{TEI}}}{tag}", {key: xml_safe(value) for key, value in attributes.items()})
    element.text = None if text is None else xml_safe(text)
    return element


def _describe(header: etree._Element, count: int) -> None:
    about = _add(header, "fileDesc")
    _add(_add(about, "titleStmt"), "title", f"Witnesses of {counted(count, 'utterances')}")
    _add(
        _add(about, "publicationStmt"), "p", "Exported from a local archive; the rights in the words are their owners'."
    )
    _add(about, "sourceDesc").append(etree.ProcessingInstruction("sources"))
    encoding = _add(header, "encodingDesc")
    _add(_add(encoding, "projectDesc"), "p", _STATEMENT)
    _add(encoding, "variantEncoding", method="parallel-segmentation", location="internal")
    program = _add(_add(encoding, "appInfo"), "application", ident="stemma", version=_version())
    _add(program, "label", "Stemma")


def _version() -> str:
    """The program's version, as far as TEI takes it."""
    found = re.match(r"\d+(\.\d+)*", version("stemma-archive"))
    return found.group() if found else "0"


def _sources(source: etree._Element, tree: Tree, apparatus: Apparatus, sharing: Sharing) -> None:
    """The witnesses of an utterance, who is only named, and the hops between them."""
    witnesses = _add(source, "listWit")
    _add(witnesses, "head", f"Witnesses of {tree.utterance}")
    for sign, line in zip(apparatus.sigla, apparatus.lines, strict=True):
        _witness(witnesses, f"{tree.utterance}-{sign}", sign, line)
    ids = {node.id: f"{tree.utterance}-{node.siglum}" for node in tree.nodes if node.siglum}
    named = [node for node in tree.nodes if not node.siglum]
    if named:
        listed = _add(source, "listOrg")
        for number, node in enumerate(named, 1):
            ids[node.id] = f"{tree.utterance}-named{number}"
            _add(_identified(listed, "org", ids[node.id]), "orgName", node.name)
    if tree.edges:
        relations = _add(source, "listRelation")
        for edge in tree.edges:
            _relation(relations, edge, ids, _why(tree, edge, sharing))


def _identified(parent: etree._Element, tag: str, name: str) -> etree._Element:
    element = _add(parent, tag)
    element.set(_XML_ID, name)
    return element


def _witness(parent: etree._Element, name: str, sign: str, line: Line) -> None:
    """A witness as one would cite it."""
    element = _identified(parent, "witness", name)
    element.set("n", sign)
    if (carrier := outlet(line)) != NO_OUTLET:
        _add(element, "orgName", carrier).tail = ", "
    else:
        element.text = f"{NO_OUTLET}, "
    if line.title:
        _add(element, "title", one_line(line.title)).tail = ", "
    date = _add(element, "date", line.published or NO_DATE)
    if line.published and _DATE.fullmatch(line.published):
        date.set("when", line.published)
    date.tail = ", as the words of "
    _add(element, "rs", speaker(line), type="speaker").tail = ", "
    if line.snapshot.url:
        _add(element, "ref", one_line(line.snapshot.url)).tail = ", "
    _add(element, "idno", line.statement.id, type="statement").tail = " "
    _add(element, "idno", line.snapshot.id, type="capture").tail = " "
    _add(element, "idno", line.snapshot.digest.removeprefix("sha256:"), type="sha256")


def _why(tree: Tree, edge: Edge, sharing: Sharing) -> str:
    teller = tree.node(edge.told_by or edge.taker)
    if edge.inferred:
        return edge.reason
    return "" if teller.document in sharing.reserved else edge.proof


def _relation(parent: etree._Element, edge: Edge, ids: dict[str, str], why: str) -> None:
    certainty = next(word for least, word in _CERTAINTY if edge.confidence >= least)
    element = _add(parent, "relation", name=edge.tie, active=f"#{ids[edge.taker]}", passive=f"#{ids[edge.giver]}")
    element.set("cert", certainty)
    element.set("type", "inferred" if edge.inferred else "explicit")
    if why:
        _add(element, "desc", why)


def _utterance(body: etree._Element, tree: Tree, found: Apparatus, sharing: Sharing) -> None:
    division = _identified(body, "div", tree.utterance)
    division.set("type", "utterance")
    paragraph = _add(division, "p")
    paragraph.set("n", found.sigla[found.base])
    shut = {
        sign for sign, line in zip(found.sigla, found.lines, strict=True) if line.statement.document in sharing.reserved
    }
    if found.sigla[found.base] in shut:
        _add(paragraph, "gap", reason="rights-reserved")
        return
    text, variations, left_out = cut(found, sharing.limit or len(found.text))
    _segments(paragraph, text, variations, (tree.utterance, shut))
    if left_out:
        _add(paragraph, "gap", reason="cut", unit="chars", quantity=str(left_out))
    if found.apart:
        note = f"In other words, and not laid beside the base: {' '.join(found.apart)}"
        _add(division, "note", note)


def _segments(paragraph: etree._Element, text: str, variations: Sequence[Variation], of: tuple[str, set[str]]) -> None:
    """What all witnesses have, and the places where they differ between it."""
    paragraph.text = xml_safe(text[: variations[0].start] if variations else text)
    for place, variation in enumerate(variations):
        words = text[variation.start : variation.end]
        _pad(paragraph, words[: len(words) - len(words.lstrip())])
        app = _add(paragraph, "app", n=str(variation.number), type="-".join(variation.kinds))
        for number, reading in enumerate(variation.readings):
            _reading(app, "rdg" if number else "lem", reading, of)
        end = variations[place + 1].start if place + 1 < len(variations) else len(text)
        app.tail = xml_safe(words[len(words.rstrip()) :] + text[variation.end : end])


def _pad(paragraph: etree._Element, blank: str) -> None:
    """Put a blank behind what stands last."""
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + blank
    else:
        paragraph.text = (paragraph.text or "") + blank


def _reading(app: etree._Element, tag: str, reading: Reading, of: tuple[str, set[str]]) -> None:
    utterance, shut = of
    element = _add(app, tag, wit=" ".join(f"#{utterance}-{sign}" for sign in reading.sigla))
    if reading.kinds:
        element.set("type", "-".join(reading.kinds))
    if shut.issuperset(reading.sigla):
        _add(element, "gap", reason="rights-reserved")
    else:
        element.text = xml_safe(reading.words) or None


def split(root: etree._Element, *gaps: str) -> list[bytes]:
    """A document as bytes of UTF-8, taken apart at its processing instructions of these names, in their order."""
    rest = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    found = []
    for gap in gaps:
        before, _, rest = rest.partition(f"<?{gap} ?>".encode())
        found.append(before)
    return [*found, rest]


def inner(parent: etree._Element) -> bytes:
    """What stands in an element, a line each child, without the declaration of the namespace that it stands in."""
    declared = f' xmlns="{etree.QName(parent).namespace}"'.encode()
    lines = (etree.tostring(child, encoding="UTF-8", xml_declaration=False, with_tail=False) for child in parent)
    return b"".join(line.replace(declared, b"", 1) + b"\n" for line in lines)
