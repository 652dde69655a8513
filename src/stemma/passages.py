"""Passages as pages offer them for comparing, and what is told of a key before any words are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from stemma import collate
from stemma.archive import Archive
from stemma.records import AnyRecord, Capture, Evidence, Page, Passage
from stemma.settling import IDLE, Sifted
from stemma.stage import Offer, Portion, Shelf

STAGE = "collate"
_AT_ONCE = 256  #: passages whose marks are unpacked together
_HELD = 1 << 13  #: passages kept with their words, about 6 kB each
_GONE = " 0 0 .00000 "  #: a passage of no words, in the place of one that a damaged archive lacks
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
    return _until([(place[0], place[4] or None) for place in places])


def _until(holders: Sequence[tuple[str, str | None]]) -> int:
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


def sift(archive: Archive, portion: Portion) -> Iterator[Sifted]:
    """The same of many keys: until when each rests, and what may give something under it; most words are not read."""
    rows = sorted(set(portion.items))
    held = collate.Held(np.array(portion.holders, np.int64), np.searchsorted(rows, np.array(portion.items, np.int64)))
    short: list[str] = []

    def offered() -> Iterator[list[tuple[collate.Offered, str]]]:
        for begin in range(0, len(rows), _AT_ONCE):
            some = rows[begin : begin + _AT_ONCE]
            texts = dict(archive.keys.packed(some))
            parts = [texts.get(row, _GONE).split(" ", 4) for row in some]
            short.extend(f"{document} {start} {end} - {outlet}" for document, start, end, _, outlet in parts)
            yield [(collate.Offered(part[0], int(part[1]), int(part[2]), part[4] or None), part[3]) for part in parts]

    @lru_cache(maxsize=_HELD)
    def words(number: int) -> Evidence:
        return rebuild(archive, short[number]).evidence

    keys = np.array([int(name, 16) for name in portion.names], np.uint64)
    found = collate.sift(keys, held, offered(), words)
    bounds = np.searchsorted(held.keys, np.arange(len(keys) + 1)).tolist()
    for number, (begin, end) in enumerate(pairwise(bounds)):
        if number in found.formulas or number in found.telling:
            packed = sorted({short[each] for each in held.passages[begin:end].tolist()})
            holders = [(place[0], place[4] or None) for place in (text.split(" ", 4) for text in packed)]
            until, telling = _until(holders), {short[each] for each in found.telling.get(number, ())}
            yield Sifted(until, packed, telling) if telling else Sifted(until)
        else:
            yield IDLE


def blank(packed: str) -> Passage:
    """A passage that gives nothing under the key at hand: its place and outlet count, its words are not read."""
    (document, start, end), outlet = _place_of(packed), packed.split(" ", 4)[4]
    return Passage(Evidence(document=document, start=start, end=end, exact=""), outlet or None)


def _place_of(packed: str) -> tuple[str, int, int]:
    document, start, end, _ = packed.split(" ", 3)
    return document, int(start), int(end)
