"""Passages as pages offer them for comparing, and what is told of a key before any words are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stemma import collate
from stemma.records import AnyRecord, Capture, Evidence, Page, Passage
from stemma.stage import Offer, Shelf

STAGE = "collate"
_FURTHER = 4  #: a formula has more than four documents for each outlet: a quarter as many outlets more may end it


def offer(_: Capture, page: Page, __: Sequence[AnyRecord | Offer]) -> Iterator[Offer]:
    """Each passage of the page, packed as its place, the marks beside its keys, and its outlet."""
    for passage in collate.passages(page):
        place = f"{passage.evidence.document} {passage.evidence.start} {passage.evidence.end}"
        packed = f"{place} {collate.pack(passage)} {passage.outlet or ''}"
        yield Offer(STAGE, packed, packed, tuple(collate.keys(passage)), wakes=not passage.outlet)


def rebuild(shelf: Shelf, packed: str) -> Passage:
    """Read the words at the place again."""
    document, start, end, _, outlet = packed.split(" ", 4)
    words = shelf.text(document)[int(start) : int(end)]
    return Passage(Evidence(document=document, start=int(start), end=int(end), exact=words), outlet or None)


def set_phrase(packed: Sequence[str]) -> int:
    """How many passages a key needs to be no formula or furniture any more; 0 where it is none. No words are read.

    Only passages of further outlets end one, and those of no known outlet, which wake their keys. A key of too many
    passages to be compared is one too: the news of a day travels less far.
    """
    places = [place.split(" ", 4) for place in packed]
    holders = [(place[0], place[4] or None) for place in places]
    if not collate.is_formula(holders):
        return 0
    more = len(holders) // _FURTHER
    while more and not (_stays(holders, 1) and _stays(holders, more)):
        more //= 2
    return len(holders) + more + 1


def _stays(holders: Sequence[tuple[str, str | None]], more: int) -> bool:
    """Whether the key is a formula even when so many further outlets have it."""
    return collate.is_formula([*holders, *((holders[0][0], f"\n{n}") for n in range(more))])


def telling(packed: Sequence[str], key: str) -> frozenset[str]:
    """Those passages that share more around a key than chance would let them with another one; no words are read."""
    told = sorted((_place_of(text), text) for text in packed)
    marks = [text.split(" ", 4)[3] for _, text in told]
    return frozenset(told[number][1] for pair in collate.met(key, marks) for number in pair)


def blank(packed: str) -> Passage:
    """A passage that gives nothing under the key at hand: its place and outlet count, its words are not read."""
    (document, start, end), outlet = _place_of(packed), packed.split(" ", 4)[4]
    return Passage(Evidence(document=document, start=start, end=end, exact=""), outlet or None)


def _place_of(packed: str) -> tuple[str, int, int]:
    document, start, end, _ = packed.split(" ", 3)
    return document, int(start), int(end)
