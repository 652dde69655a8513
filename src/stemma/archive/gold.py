"""What people set right or confirmed, as gold for the benches: one JSON line a statement, page or pair of names.

``bench`` names the form. "attribution": a statement with a window of its page, spans relative to the window, which
begins at ``start`` of the page; nothing is said of what else stands in the window. "extraction": what holds of a page.
"names": two names and whether they are one. ``confirmed``: the fields that a person vouches for; a correction to what
was found already is a confirmation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any

import msgspec

from stemma.archive.answers.lines import line_at
from stemma.archive.corrections.desk.sealing import shown_record
from stemma.archive.corrections.log import PERSON, is_undone
from stemma.archive.corrections.standing import age
from stemma.archive.corrections.values import spans_of, stretch_of
from stemma.archive.export import QUOTATION
from stemma.archive.pages.add import document_row
from stemma.archive.pages.leaf import load_leaf, shown_snapshot
from stemma.archive.pages.reading import Leaf, form_of
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.archive.views import Line
from stemma.errors import AmbiguousId, NoSuchRecord
from stemma.records import Evidence, Judgement, Mention

_OF_STATEMENT = frozenset({"speaker", "kind", "said", "content"})
_OF_PAGE = {"outlet": "outlet", "published": "date", "modified": "modified", "language": "language", "title": "title"}
_CORRECTED = (
    "SELECT document.row, reserved FROM document WHERE reading IS NOT NULL "
    "AND snapshot IN (SELECT right FROM fact WHERE kind = 'k') ORDER BY id"
)
_SHUT = "SELECT 1 FROM document WHERE row = ? AND reserved > 0"
Row = dict[str, Any]


def gold(store: Store, *, reserved: bool) -> Iterator[bytes]:
    """The rows, sorted by bench and id; of pages whose rights are reserved no words, unless ``reserved``."""
    rows = [*_of_pages(store, reserved=reserved), *_of_names(store, reserved=reserved)]
    for row in sorted(rows, key=lambda row: (row["bench"], row["id"])):
        yield msgspec.json.encode(row) + b"\n"


def _of_pages(store: Store, *, reserved: bool) -> Iterator[Row]:
    for document, bits in store.all(_CORRECTED):
        leaf, worded = load_leaf(store, document), reserved or not bits
        lines = [row for (row,) in store.all("SELECT row FROM line WHERE document = ? ORDER BY n", document)]
        for n, statement in enumerate(leaf.statements):
            if fields := _fields(leaf, statement.id, _OF_STATEMENT):
                yield _statement(leaf, line_at(store, lines[n]), fields, worded=worded)
        yield from _rejected(leaf)
        if row := _page(store, leaf):
            yield row


def _fields(leaf: Leaf, record_id: str, among: Iterable[str]) -> list[str]:
    return sorted({word.field for target, word in leaf.laid if target == record_id and word.field in among})


def _statement(leaf: Leaf, line: Line, fields: Sequence[str], *, worded: bool) -> Row:
    said = line.statement
    text, start = _window(leaf, [*said.source, *said.cue, *said.content], worded=worded)
    attribution = {
        name: [[piece.start - start, piece.end - start] for piece in getattr(said, name)]
        for name in ("source", "cue", "content")
    }
    told = {
        "speaker": "; ".join(who.name for who in line.speakers) or None,
        "kind": said.kind,
        "said": said.said,
        "carrier": line.outlet,
        "relay": [hop.name for hop in line.chain if hop.kind != "reused"],
    }
    return _row(leaf, line, text, start) | {"attributions": [attribution | told], "confirmed": fields}


def _row(leaf: Leaf, line: Line, text: str | None, start: int) -> Row:
    day = line.published[:10] if line.published else None
    return {
        "bench": "attribution", "id": line.statement.id, "document": leaf.document.id, "publisher": line.outlet,
        "date": day, "start": start, "text": text, "text_sha256": sha256(leaf.document.text.encode()).hexdigest(),
    }  # fmt: skip


def _window(leaf: Leaf, pieces: Sequence[Evidence], *, worded: bool) -> tuple[str | None, int]:
    """The labelled stretches that hold these pieces, else the pieces alone, of a quotation's length; and the beginning.

    None for a page whose words may not be given, and for what is longer than a quotation: offsets count from the
    beginning of the page then.
    """
    spans = [(piece.start, piece.end) for piece in pieces]
    around = [
        (label.start, label.end) for label in leaf.labels if any(label.start < b and a < label.end for a, b in spans)
    ]
    for some in (spans + around, spans):
        start, end = min(some)[0], max(end for _, end in some)
        if worded and end - start <= QUOTATION:
            return leaf.document.text[start:end], start
    return None, 0


def _rejected(leaf: Leaf) -> Iterator[Row]:
    """Statements of which a person says that nothing is said there."""
    known = {each.id for each in leaf.statements}
    for target, word in leaf.laid:
        if word.field == "content" and not spans_of(word.value) and target not in known:
            yield {
                "bench": "attribution", "id": word.about, "document": leaf.document.id, "attributions": [],
                "confirmed": ["content"],
            }  # fmt: skip


def _page(store: Store, leaf: Leaf) -> Row | None:
    """What a person vouches for of a page as a whole; None where that is nothing."""
    words = {word.field: word for target, word in leaf.laid if target == leaf.document.id}
    told = {name: words[field].value or None for field, name in _OF_PAGE.items() if field in words}
    stretches = [stretch_of(word.value) for _, word in leaf.laid if word.field == "label"]
    if not told and not stretches:
        return None
    url = shown_snapshot(store, leaf.snapshot).url
    fields = sorted({*told, *(["label"] if stretches else [])})
    return {"bench": "extraction", "id": leaf.document.id, "url": url, **told, "labels": stretches, "confirmed": fields}


def _of_names(store: Store, *, reserved: bool) -> Iterator[Row]:
    """Pairs of names that people judged and did not take back; of one pair the newest judgement."""
    newest: dict[tuple[int, int], Judgement] = {}
    rows = store.all(
        "SELECT left, right, body FROM fact WHERE about = ? AND kind = 'j' AND left > 0 AND right > 0", PERSON
    )
    for left, right, body in rows:
        record = unpack_record(body)
        if isinstance(record, Judgement) and not is_undone(store, record.id):
            pair = min(left, right), max(left, right)
            newest[pair] = max(newest.get(pair, record), record, key=age)
    for judgement in newest.values():
        names = [_name(store, side, reserved=reserved) for side in (judgement.left, judgement.right)]
        if judgement.verdict != "unsure" and all(names):
            one, other = (each for each in names if each)
            yield {
                "bench": "names", "id": judgement.id, "left": form_of(one), "right": form_of(other),
                "kind": one.kind, "same": judgement.verdict == "same", "src": "person", "confirmed": ["verdict"],
            }  # fmt: skip


def _name(store: Store, mention_id: str, *, reserved: bool) -> Mention | None:
    """A mention whose words may be given."""
    try:
        record = shown_record(store, mention_id)
    except (NoSuchRecord, AmbiguousId):
        return None
    if not isinstance(record, Mention):
        return None
    shut = store.one(_SHUT, document_row(store, record.document))
    return None if shut and not reserved else record
