"""Lines that an outlet repeats: what a page alone takes for its story, and the other pages of its outlet know better.

    pages ─► offers (a key for each line) ─► repeated lines ─► labels of the pages that have them ─► all other stages

A part of ``flow``, which says when. What is repeated is a function of the set of pages; what is labelled on a page is
one of the page and of that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from stemma import engine, portions
from stemma.archive import Archive
from stemma.archive.repeats import STAGE, Repeating
from stemma.collate import repeats
from stemma.records import AnyRecord, Capture, Page, with_run
from stemma.stage import VERSION_OF, Group, Offer, Shelf

REPEATS: Group[repeats.Place] = Group(STAGE, VERSION_OF[STAGE], repeats.keys, repeats.repeated)


def offer_lines(capture: Capture, page: Page, _: Sequence[AnyRecord | Offer]) -> Iterator[Offer]:
    """The page itself under each line that may be repeated; packed: what tells it from others, not its words."""
    if outlet := _outlet(capture, page):
        place = repeats.place(page, outlet, capture.snapshot.url)
        packed = f"{page.document.id} {place.address} {place.story}"
        if place.keys:
            yield Offer(STAGE, packed, packed, place.keys)


def _outlet(capture: Capture, page: Page) -> str | None:
    """The carrier as the page has it, else the host; None: unknown. What else is stated comes as a field by and by."""
    named = [field for field in page.fields if field.name == "outlet"]
    best = max(named, key=lambda field: field.confidence).value if named else None
    return best or urlsplit(capture.snapshot.url or "").hostname


def rebuild_place(_: Shelf, packed: str) -> repeats.Place:
    """The page as one of its lines sees it."""
    return _place(packed)


def _place(packed: str) -> repeats.Place:
    _, address, story = packed.split(" ")
    return repeats.Place(address, story)


def decide(key: str, packed: Iterable[str]) -> Sequence[AnyRecord]:
    """Whether a line is repeated; of a line in thousands of pages the first few are read."""
    places = (_place(each) for each in packed)
    return engine.guarded(REPEATS, key, REPEATS.function, places, key)


def labels(page: Page, known: Collection[str]) -> Sequence[AnyRecord]:
    """The labels that a page gets, by the keys of its repeated lines."""
    if not known:
        return []
    found = engine.guarded(REPEATS, page.document.id, repeats.furniture, page, known)
    return [with_run(each, REPEATS.run.id) for each in found]


RULES = Repeating(decide, labels)


def at_once(archive: Archive, page: Page | None, offers: Iterable[Offer]) -> Sequence[AnyRecord]:
    """The labels of a page that is about to be written, as far as its lines are known to be repeated."""
    known = archive.repeats.known(key for offer in offers if offer.stage == STAGE for key in offer.keys)
    return labels(page, known) if page else []


def settle(archive: Archive) -> None:
    """Settle the lines that pages began or ceased to have, so that later pages are labelled as they are written."""
    archive.repeats.settle(REPEATS.run, decide)


def mend(
    archive: Archive,
    standing: Callable[[Archive, str], list[Offer]],
    replace: Callable[[Archive, str, Sequence[Offer], Sequence[Offer]], None],
) -> None:
    """Settle the lines that pages began or ceased to have, then label anew the pages that this concerns.

    ``standing``: what a document offers to all stages; ``replace``: lets it offer something else.
    """
    settle(archive)
    for some in portions.batches(archive.repeats.concerned()):
        with archive.batch():
            for document in some:
                found = _labels_of(archive, document)
                if not archive.repeats.agrees(document, found):
                    before = standing(archive, document)
                    if archive.repeats.relabel(document, found):
                        replace(archive, document, standing(archive, document), before)


def _labels_of(archive: Archive, document: str) -> Sequence[AnyRecord]:
    """The labels of a document as it stands; none where it is not shown."""
    if not archive.is_shown(document):
        return []
    snapshot, page, _ = archive.leaf(document)
    return at_once(archive, page, offer_lines(Capture(snapshot, b""), page, ()))
