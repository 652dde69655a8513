"""Pages as they offer themselves to meet other captures of their address, or of their item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

from stemma import collate
from stemma.records import AnyRecord, Capture, Page, prose
from stemma.stage import Offer, Shelf
from stemma.text.words import fold

STAGE = "versions"
_SHOWN = 4  #: bytes of the digest by which another labelling of a page is seen


def offer(capture: Capture, page: Page, _: Sequence[AnyRecord | Offer]) -> Iterator[Offer]:
    """The page itself, to meet other captures of its address or else of its item, in order of capture."""
    if keys := [capture.snapshot.url] if capture.snapshot.url else item_of(page):
        shown = [f"{each.start}-{each.end}" for each in prose(page, collate.COMPARED)]
        digest = blake2b(" ".join(shown).encode(), digest_size=_SHOWN).hexdigest()
        packed = f"{capture.snapshot.fetched or ''} {page.document.id} {digest}"
        yield Offer(STAGE, page.document.id, packed, tuple(keys))


def item_of(page: Page) -> list[str]:
    """Outlet, day and title together, by which two captures are of one item; empty where one of them is unknown."""
    known = {each.name: each.value for each in sorted(page.fields, key=lambda each: each.confidence)}
    labelled = (page.document.text[each.start : each.end] for each in page.labels if each.role == "title")
    title = next(labelled, known.get("title"))
    parts = (known.get("outlet"), (known.get("published") or "")[:10], title)
    return [fold(" | ".join(str(part) for part in parts))] if all(parts) else []


def rebuild(shelf: Shelf, packed: str) -> Page:
    """The page as it stands."""
    return shelf.page(packed.split(" ")[1])
