"""STIX 2.1 (OASIS, 2021): a report for each page, identities, and notes that observe what pages report as said.

Ids are deterministic: name-based UUIDs (RFC 4122, version 5), those of cyber observables as STIX 2.1, 2.9, has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID, uuid5

from msgspec import json

from stemma.show.citations.places import iri
from stemma.show.exports.entities import NOTICE, Seen, dump, stamp
from stemma.show.exports.rows import ArticleRow, Batch, StatementRow, VoiceRow
from stemma.show.lines import NO_TITLE

OBSERVABLES = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")  #: the namespace of STIX 2.1, 2.9
OURS = uuid5(UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8"), "urn:stemma:stix")  #: within that of URLs (RFC 4122, C)
NEVER = "1970-01-01T00:00:00.000Z"  #: where STIX wants a time and the input states none
_CLASSES = {"person": "individual", "organization": "organization", "outlet": "organization"}
Thing = dict[str, Any]


def stix(batches: Iterable[Batch]) -> Iterator[bytes]:
    """One bundle, an object a line; statements of a page that do not follow each other give a report each time.

    Notes have no author among identities: ``authors`` are those who analysed; the speakers are what a note is on.
    """
    yield f'{{"type":"bundle","id":"bundle--{uuid5(OURS, "bundle")}","objects":[\n'.encode()
    seen, first = Seen(), True
    for batch in batches:
        things = [*_observed(batch.article, seen), *_outlet(batch.article, seen), *map(_voice, seen.voices(batch))]
        notes = [_note(said, report_id(batch)) for said in batch.statements]
        report = _report(batch, notes)
        lines = [dump(thing) for thing in (*things, *notes, *([report] if report else []))]
        yield (("" if first else ",\n") + ",\n".join(lines)).encode() if lines else b""
        first = first and not lines
    yield b"\n]}\n"


def _id(kind: str, name: str) -> str:
    return f"{kind}--{uuid5(OURS, f'{kind}:{name}')}"


def _made(kind: str, name: str, at: str) -> Thing:
    return {"type": kind, "spec_version": "2.1", "id": _id(kind, name), "created": at, "modified": at}


def _at(row: ArticleRow) -> str:
    return stamp(row.fetched) or stamp(row.published) or NEVER


def _reference(record_id: str, row: ArticleRow) -> Thing:
    """Where it is kept, and where it came from, with the hash of the bytes."""
    link = iri(row.url)
    found = {"source_name": "stemma", "external_id": record_id, "description": f"archived capture {row.capture}"}
    return found | ({"url": link, "hashes": {"SHA-256": row.sha256}} if link else {})


def _address(row: ArticleRow) -> Thing | None:
    """The address as a cyber observable; its id follows from its value alone."""
    if not (link := iri(row.url)):
        return None
    name = '{"value":' + _canonical(link) + "}"
    return {"type": "url", "spec_version": "2.1", "id": f"url--{uuid5(OBSERVABLES, name)}", "value": link}


def _canonical(text: str) -> str:
    """A string as RFC 8785 writes it."""
    return json.encode(text).decode()


def _artifact(row: ArticleRow) -> Thing:
    """The bytes of the capture, without them: their hash, and the address that they came from."""
    hashes = {"SHA-256": row.sha256}
    name = f'{{"hashes":{{"SHA-256":"{row.sha256}"}}}}'
    artifact = {"type": "artifact", "spec_version": "2.1", "id": f"artifact--{uuid5(OBSERVABLES, name)}"}
    return artifact | {"mime_type": row.media_type, "url": iri(row.url), "hashes": hashes}


def _observed(row: ArticleRow, seen: Seen) -> Iterator[Thing]:
    """The page as it was observed: its address, its bytes, and the observation."""
    if not (address := _address(row)) or not seen.is_new(row.capture):
        return
    artifact = _artifact(row)
    if seen.is_new(address["id"]):
        yield address
    if seen.is_new(artifact["id"]):
        yield artifact
    if at := stamp(row.fetched):
        known = {"first_observed": at, "last_observed": at, "number_observed": 1}
        refs = {"object_refs": [address["id"], artifact["id"]]}
        yield (
            _made("observed-data", row.capture, at)
            | known
            | refs
            | {"external_references": [_reference(row.capture, row)]}
        )


def _outlet(row: ArticleRow, seen: Seen) -> Iterator[Thing]:
    if row.outlet:
        name = f"outlet:{row.outlet}"
        if seen.is_new(name):
            yield _made("identity", name, NEVER) | {"name": row.outlet, "identity_class": "organization"}


def _voice(row: VoiceRow) -> Thing:
    kind = _CLASSES.get(row.kind or "", "unknown")
    about = {"name": row.name, "identity_class": kind}
    reference = {"source_name": "stemma", "external_id": row.entity}
    return _made("identity", row.entity or "", NEVER) | about | {"external_references": [reference]}


def _note(said: StatementRow, report: str) -> Thing:
    """A statement as it was observed in a page; its content attributes it."""
    on = [_id("identity", voice.entity) for voice in said.speakers if voice.entity] + _around(said.article)
    return {
        **_made("note", said.id, _at(said.article)), "abstract": said.line[:120], "content": said.line,
        "object_refs": list(dict.fromkeys(on)) or [report],
        "confidence": round(100 * said.confidence),
        "labels": ["observed-statement", said.kind, said.polarity],
        "external_references": [_reference(said.id, said.article), *_chain(said)],
    }  # fmt: skip


def _around(row: ArticleRow) -> list[str]:
    """The carrier and the observation of its page, as far as they are known."""
    outlet = [_id("identity", f"outlet:{row.outlet}")] if row.outlet else []
    return outlet + ([_id("observed-data", row.capture)] if stamp(row.fetched) and iri(row.url) else [])


def report_id(batch: Batch) -> str:
    """The id of the report of a page, and of the first statement of this run of them."""
    first = batch.statements[0].id if batch.statements else ""
    return _id("report", f"{batch.article.id}:{first}")


def _chain(said: StatementRow) -> Iterator[Thing]:
    """Who stands between; what is inferred says so."""
    for hop in said.chain:
        how = "inferred from likeness of wording, or from an earlier citation" if hop.inferred else "cited by the page"
        yield {"source_name": hop.name, "description": how, "external_id": hop.relay}


def _report(batch: Batch, notes: list[Thing]) -> Thing | None:
    """The page; none without statements, for a report has content."""
    row = batch.article
    if not notes:
        return None
    stood_in = "the time of the capture stands in its place" if stamp(row.fetched) else "1970 stands in its place"
    basis = f"Day of publication: {row.published_basis if stamp(row.published) else f'not known, {stood_in}'}"
    return {
        **_made("report", "", _at(row)), "id": report_id(batch), "name": row.title or NO_TITLE,
        "description": f"{NOTICE} {basis}.", "published": stamp(row.published) or _at(row),
        "report_types": ["observed-data"], "object_refs": [*_around(row), *(note["id"] for note in notes)],
        "external_references": [_reference(row.id, row)],
    }  # fmt: skip
