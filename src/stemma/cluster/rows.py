"""Captures, and what pages gave, as flat rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import Any

import msgspec

from stemma import flow
from stemma.records import AnyRecord, Capture, Exchange, Page, Problem, Snapshot, decode, encode
from stemma.stage import Offer

Row = dict[str, Any]
_STATED = ("id", "url", "origin", "fetched", "media_type", "digest", "size", "outlet", "published")
CAPTURE = (*_STATED, "payload", "request", "response", "address", "problem")
#: What several captures of one snapshot may differ in; the smallest counts, as in an archive.
DIFFERING = ("origin", "media_type", "outlet", "published")
_ITEM_BYTES = 16
SEPARATOR = "\0"  #: between the packed text of an item and its body: the text that is smallest is smallest with it


@cache
def schema_of_captures() -> Any:  # noqa: ANN401 - pyarrow's
    """Columns of captures: those of a Snapshot, its bytes, what went over the wire; or a ``problem`` instead."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    kinds = {"size": pa.int64(), "payload": pa.large_binary(), "request": pa.binary(), "response": pa.binary()}
    return pa.schema([(name, kinds.get(name, pa.string())) for name in CAPTURE])


@cache
def type_of_pages() -> Any:  # noqa: ANN401 - pyarrow's
    """What a page gave: its records as JSON lines, null where they cannot travel, and its offers."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    return pa.struct([("stated", pa.binary()), ("records", pa.large_binary()), ("offers", type_of_offers())])


@cache
def type_of_offers() -> Any:  # noqa: ANN401 - pyarrow's
    """Offers of a page. ``item``: hash of what makes it one; ``name``: that itself where it is not what was packed.

    ``body``: the item as JSON, so that nothing else is needed where it meets others; null where it cannot travel.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra

    text = pa.string()
    names = [("stage", text), ("item", text), ("name", text), ("packed", text), ("body", text)]
    return pa.list_(pa.struct([*names, ("wakes", pa.bool_()), ("keys", pa.list_(text))]))


def capture_row(found: Capture | Problem) -> Row:
    """A capture, or the problem of one that could not be had."""
    empty = dict.fromkeys(CAPTURE)
    if isinstance(found, Problem):
        return {**empty, "id": found.id, "problem": encode(found).decode()}
    stated = msgspec.structs.asdict(found.snapshot)
    wire = found.exchange or Exchange(b"", b"")
    sent = {"request": wire.request, "response": wire.response, "address": wire.address} if found.exchange else {}
    return {**empty, **stated, "payload": found.payload, **sent}


def capture_of(row: Mapping[str, Any]) -> Capture | Problem:
    """The capture again."""
    if row.get("problem"):
        told = decode(row["problem"])
        assert isinstance(told, Problem)
        return told
    snapshot = Snapshot(**{name: row[name] for name in _STATED})
    sent = row.get("request"), row.get("response")
    wire = None if sent[1] is None else Exchange(sent[0] or b"", sent[1], row.get("address"))
    return Capture(snapshot, row["payload"], wire)


def page_row(capture: Capture, found: Sequence[AnyRecord | Offer]) -> Row:
    """What a page gave; without records where these cannot travel: then it is worked on again where it is loaded."""
    records = [each for each in found if not isinstance(each, Offer)]
    stated = encode(capture.snapshot)
    try:
        lines = lines_of(records)
        offers = offer_rows((each for each in found if isinstance(each, Offer)), flow.page_of(records))
    except (ValueError, TypeError, msgspec.MsgspecError):  # half a character, a plug-in's own type
        return {"stated": stated, "records": None, "offers": []}
    return {"stated": stated, "records": lines, "offers": offers}


def lines_of(records: Iterable[AnyRecord]) -> bytes:
    """Records as JSON lines. Raises ``ValueError`` for text that is none."""
    return b"\n".join(map(encode, records))


def records_of(lines: bytes) -> list[AnyRecord]:
    """The records again."""
    return [decode(line) for line in lines.split(b"\n") if line]


class OnePage:
    """The one page of which items are rebuilt."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def text(self, document_id: str) -> str:
        """Its text."""
        return self.page(document_id).document.text

    def page(self, document_id: str) -> Page:
        """Itself. Raises ``LookupError`` for any other."""
        if document_id != self._page.document.id:
            raise LookupError(document_id)
        return self._page


def offer_rows(offers: Iterable[Offer], page: Page | None) -> list[Row]:
    """Offers of a page, each with its item."""
    shelf = OnePage(page) if page else None
    rebuild = {meeting.stage.name: meeting.rebuild for meeting in flow.meetings()}
    return [
        {
            "stage": each.stage,
            "item": item_of(each.stage, each.item),
            "name": None if each.item == each.packed else _checked(each.item),
            "packed": _checked(each.packed),
            "body": msgspec.json.encode(rebuild[each.stage](shelf, each.packed)).decode() if shelf else None,
            "wakes": each.wakes,
            "keys": [_checked(key) for key in each.keys],
        }
        for each in offers
    ]


def _checked(text: str) -> str:
    """The text. Raises ``ValueError`` for one that is no Unicode, which no other program takes."""
    text.encode()
    return text


def item_of(stage: str, item: str) -> str:
    """The hash of an item's name."""
    return blake2b(f"{stage}\0{item}".encode(), digest_size=_ITEM_BYTES).hexdigest()


def offers_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[Offer]:
    """The offers again."""
    for row in rows:
        name = row["packed"] if row["name"] is None else row["name"]
        yield Offer(row["stage"], name, row["packed"], tuple(row["keys"]), row["wakes"])


def digest_of(packed: Sequence[str]) -> str:
    """What stands for the items of a key, in order."""
    return blake2b(SEPARATOR.join(packed).encode(), digest_size=_ITEM_BYTES).hexdigest()
