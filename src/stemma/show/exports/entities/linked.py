"""JSON-LD 1.1 in the words of schema.org (Quotation, Claim), PROV-O, and Stemma's own for what these lack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from stemma.show.citations.places import iri
from stemma.show.exports.entities import NOTICE, VERBATIM, Seen, dump, is_said, urn
from stemma.show.exports.rows import ArticleRow, Batch, HopRow, StatementRow, VoiceRow

CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "stemma": "urn:stemma:vocabulary:",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "author": {"@type": "@id"}, "about": {"@type": "@id"}, "isPartOf": {"@type": "@id"}, "archivedAt": {"@type": "@id"},
    "appearance": {"@type": "@id"}, "url": {"@type": "@id"}, "encoding": {"@type": "@id"},
    "prov:wasQuotedFrom": {"@type": "@id"}, "prov:wasDerivedFrom": {"@type": "@id"},
    "prov:wasAttributedTo": {"@type": "@id"}, "prov:wasGeneratedBy": {"@type": "@id"},
    "stemma:chain": {"@container": "@list"}, "stemma:pieces": {"@container": "@list"},
}  # fmt: skip
_TYPES = {"person": "Person", "place": "Place", "work": "CreativeWork"}


def linked(batches: Iterable[Batch]) -> Iterator[bytes]:
    """One document with a graph; a node a line.

    A statement that is plainly reported is a Quotation (the speaker's words) or a Claim (the outlet's wording) by its
    speakers; any other is a CreativeWork *about* them, since nobody is reported to have said it. ``name`` attributes.
    """
    yield f'{{"@context":{dump(CONTEXT)},"@graph":[\n'.encode()
    yield dump({"@id": urn("export"), "@type": ["Dataset", "prov:Collection"], "description": NOTICE}).encode()
    seen = Seen()
    for batch in batches:
        nodes = [*_of_page(batch.article, seen), *_methods(batch, seen), *map(_voice, seen.voices(batch))]
        nodes += map(_statement, batch.statements)
        yield "".join(f",\n{dump(node)}" for node in nodes).encode()
    yield b"\n]}\n"


def _of_page(row: ArticleRow, seen: Seen) -> Iterator[dict[str, Any]]:
    if seen.is_new(row.id):
        yield _article(row)
    if seen.is_new(row.capture):
        yield _capture(row)


def _known(**values: object) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", (), [])}


def _article(row: ArticleRow) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": row.outlet} if row.outlet else None
    told = _known(
        headline=row.title, publisher=publisher, datePublished=row.published, inLanguage=row.language,
        articleBody=row.text,
    )  # fmt: skip
    own = {
        "stemma:layout": row.layout, "stemma:characters": row.characters, "stemma:textSha256": row.text_sha256,
        **({"stemma:publishedBasis": row.published_basis} if row.published_basis else {}),
        **({"stemma:reserves": list(row.reserved)} if row.reserved else {}),
    }  # fmt: skip
    return {
        "@id": urn(row.id), "@type": ["NewsArticle", "prov:Entity"], "archivedAt": urn(row.capture),
        "prov:wasDerivedFrom": urn(row.capture), **_address(row), **told, **own,
    }  # fmt: skip


def _address(row: ArticleRow) -> dict[str, Any]:
    """A web address as a link; any other as the text that it is."""
    if found := iri(row.url):
        return {"url": found}
    return {"stemma:address": row.url} if row.url else {}


def _capture(row: ArticleRow) -> dict[str, Any]:
    told = _known(encodingFormat=row.media_type, sha256=row.sha256, contentSize=f"{row.size} B")
    at = {"prov:generatedAtTime": {"@type": "xsd:dateTime", "@value": row.fetched}} if row.fetched else {}
    return {"@id": urn(row.capture), "@type": ["MediaObject", "prov:Entity"], **told, **at}


def _methods(batch: Batch, seen: Seen) -> Iterator[dict[str, Any]]:
    for said in batch.statements:
        if said.method and seen.is_new(method_id(said.method)):
            name = {"@id": method_id(said.method), "@type": "prov:Activity", "name": said.method}
            yield name | {"prov:wasAssociatedWith": {"@type": "prov:SoftwareAgent", "name": "Stemma"}}


def method_id(method: str) -> str:
    """An identifier of a stage in a version."""
    return urn("method:" + "".join(each if each.isalnum() and each.isascii() else "-" for each in method))


def _voice(row: VoiceRow) -> dict[str, Any]:
    kind = _TYPES.get(row.kind or "", "Organization")
    return {"@id": urn(row.entity or ""), "@type": [kind, "prov:Agent"], "name": row.name}


def _statement(said: StatementRow) -> dict[str, Any]:
    plain = is_said(said)
    kind = ("Quotation" if said.kind in VERBATIM else "Claim") if plain else "CreativeWork"
    speakers = [urn(voice.entity) for voice in said.speakers if voice.entity]
    voices = {"author" if plain else "about": speakers, "prov:wasAttributedTo": speakers if plain else []}
    article = urn(said.article.id)
    made = {"prov:wasGeneratedBy": method_id(said.method)} if said.method else {}
    appearance = {"appearance": article} if kind == "Claim" else {}
    return {
        "@id": urn(said.id), "@type": [kind, "prov:Entity"], "name": said.line, "text": said.words,
        "isPartOf": article, "prov:wasQuotedFrom": article, **appearance, **made, **_known(**voices),
        **_known(inLanguage=said.article.language), **_own(said),
    }  # fmt: skip


def _own(said: StatementRow) -> dict[str, Any]:
    """What neither vocabulary has a word for."""
    told = _known(
        kind=said.kind, polarity=said.polarity, confidence=said.confidence, said=said.said, earliest=said.earliest,
        latest=said.latest, saidWords=said.said_words, utterance=urn(said.utterance) if said.utterance else None,
        witnesses=said.witnesses, wordsSha256=said.words_sha256, fragment=said.fragment, people=list(said.people),
        speakers=[voice.name for voice in said.speakers], perhaps=[voice.name for voice in said.perhaps],
        chain=[_hop(hop) for hop in said.chain],
        pieces=[
            _known(**{"stemma:part": piece.part, "stemma:exact": piece.exact, "stemma:sha256": piece.sha256})
            | {"stemma:start": piece.start, "stemma:end": piece.end}
            for piece in said.pieces
        ],
    )  # fmt: skip
    return {f"stemma:{name}": value for name, value in told.items()}


def _hop(hop: HopRow) -> dict[str, Any]:
    told = _known(name=hop.name) | {"stemma:kind": hop.kind, "stemma:inferred": hop.inferred}
    proof = {"stemma:proof": hop.proof} if hop.proof else {}
    source = {"prov:wasDerivedFrom": urn(hop.document)} if hop.document else {}
    return told | {"stemma:confidence": hop.confidence} | proof | source
