"""FollowTheMoney entities, one JSON line each: Article, Person, Organization, Mention, and a Note for a statement.

The schema of FollowTheMoney 3 (https://followthemoney.tech/explorer/); it knows no quotation, so a statement is a Note
on its speakers whose description attributes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stemma.show.citations.places import iri
from stemma.show.exports.entities import Seen, dump
from stemma.show.exports.rows import ArticleRow, Batch, StatementRow, VoiceRow

_SCHEMATA = {"person": "Person", "organization": "Organization", "outlet": "Organization"}
#: ISO 639-3, which FollowTheMoney wants, for the languages that pages are read in.
_LANGUAGES = {
    "ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "it": "ita", "ja": "jpn", "ko": "kor",
    "pt": "por", "ru": "rus", "zh": "zho",
}  # fmt: skip
Properties = dict[str, list[str]]


def money(batches: Iterable[Batch]) -> Iterator[bytes]:
    """The entities, each speaker and page before the first statement that names it."""
    seen = Seen()
    for batch in batches:
        lines = [_article(batch.article)] if seen.is_new(batch.article.id) else []
        lines += [_voice(voice) for voice in seen.voices(batch)]
        for said in batch.statements:
            lines += [*_mentions(said, seen), _note(said)]
        yield "".join(f"{line}\n" for line in lines).encode()


def _entity(record_id: str, schema: str, **properties: Iterable[str | None]) -> str:
    """An entity; properties without a value are left out."""
    told: Properties = {name: list(filter(None, values)) for name, values in properties.items()}
    return dump({"id": f"stemma-{record_id}", "schema": schema, "properties": {k: v for k, v in told.items() if v}})


def _article(row: ArticleRow) -> str:
    known = f"capture {row.capture}, sha256:{row.sha256}, {row.size} bytes, laid out by {row.layout}"
    basis = f"published: {row.published_basis}" if row.published_basis else None
    return _entity(
        row.id, "Article", title=[row.title], publisher=[row.outlet], publishedAt=[_day(row.published)],
        retrievedAt=[row.fetched], sourceUrl=[iri(row.url)], mimeType=[row.media_type], bodyText=[row.text],
        language=[_LANGUAGES.get((row.language or "").partition("-")[0])],
        notes=[known, basis, *(f"reserved: {each}" for each in row.reserved)],
    )  # fmt: skip


def _voice(row: VoiceRow) -> str:
    return _entity(row.entity or "", _SCHEMATA.get(row.kind or "", "LegalEntity"), name=[row.name])


def _mentions(said: StatementRow, seen: Seen) -> Iterator[str]:
    """One of each speaker in a page."""
    for voice in said.speakers:
        if voice.entity and seen.is_new(key := f"{voice.entity}-{said.article.id}"):
            schema = _SCHEMATA.get(voice.kind or "", "LegalEntity")
            document, resolved = f"stemma-{said.article.id}", f"stemma-{voice.entity}"
            yield _entity(
                key, "Mention", document=[document], name=[voice.name], resolved=[resolved], detectedSchema=[schema]
            )


def _note(said: StatementRow) -> str:
    told = [f"{name}: {value}" for name, value in _notes(said) if value]
    return _entity(
        said.id, "Note", name=[said.line[:120]], description=[said.line],
        entity=[f"stemma-{voice.entity}" for voice in said.speakers if voice.entity],
        proof=[f"stemma-{said.article.id}"], publisher=[said.article.outlet], sourceUrl=[iri(said.article.url)],
        retrievedAt=[said.article.fetched], notes=told,
    )  # fmt: skip


def _notes(said: StatementRow) -> Iterator[tuple[str, str | None]]:
    yield "kind", said.kind
    yield "polarity", said.polarity
    yield "said", said.said
    yield "confidence", f"{said.confidence:.2f}"
    yield "method", said.method
    yield "utterance", said.utterance
    yield "words sha256", said.words_sha256
    for hop in said.chain:
        yield "inferred from" if hop.inferred else "cites", hop.name
    for sentence in said.people:
        yield "people", sentence


def _day(instant: str | None) -> str | None:
    return instant[:10] if instant else None
