"""How keys of Group stages are settled: what the items give that share one, many keys at a time.

    touched keys ─► portions ─► what rests, what may give something ─► items rebuilt, compared ─► settled, some at once

A part of ``flow``, which says when. What a key gives is a function of its items alone; in what portions keys come, and
what is told of them before any item is rebuilt, changes nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, NamedTuple, TypeVar

from stemma import engine, portions
from stemma.archive import FOREVER, Archive
from stemma.records import AnyRecord, Capture, Page, Problem
from stemma.stage import FULLEST_KEY, Elsewhere, Group, Offer, Portion, Settled, Shelf

Item = TypeVar("Item")


class Sifted(NamedTuple):
    """What is known of a key before items are rebuilt."""

    until: int  #: as ``Meeting.idle`` tells it
    packed: Sequence[str] = ()  #: its items, sorted; none where they give nothing
    telling: Collection[str] = ()  #: those that may give something


IDLE = Sifted(0)  #: of a key that gives nothing now; one for all of them


@dataclass(frozen=True, slots=True)
class Meeting(Generic[Item]):
    """A Group stage, what a page offers to it, and how an item is rebuilt from what was packed."""

    stage: Group[Item]
    offer: Callable[[Capture, Page, Sequence[AnyRecord | Offer]], Iterable[Offer]]
    rebuild: Callable[[Shelf, str], Item]
    held: int = 0  #: items kept rebuilt, for stages whose items have many keys
    #: How many items a key with these packed ones must have before it can give anything; 0: it may do so now. What else
    #: may end its rest are items that wake their keys (``Offer.wakes``), and items that go.
    idle: Callable[[Sequence[str]], int] = lambda _: 0
    #: Both of these for many keys at once, of every key that is not too full in turn; None: key by key.
    sift: Callable[[Archive, Portion], Iterator[Sifted]] | None = None
    #: Which of the packed items may give something under a key, told without rebuilding them; the others are rebuilt by
    #: ``blank``: they count, and give nothing.
    telling: Callable[[Sequence[str], str], Collection[str]] = lambda packed, _: packed
    blank: Callable[[str], Item] | None = None
    #: Whether it is a Problem that a key has too many items to be compared.
    fullness: bool = True
    #: Documents that may offer an item of this name too; none where an item is of one page.
    offerers: Callable[[Archive, Offer], Iterable[str]] = lambda _, __: ()


def settle(archive: Archive, meeting: Meeting[Any], elsewhere: Elsewhere | None = None) -> None:
    """Settle all keys of a stage whose items changed; those that another process settles meanwhile are left to it."""
    held = replace(meeting, rebuild=portions.holding(meeting.rebuild, meeting.held))
    touched = archive.keys.portions(meeting.stage.name)
    while True:
        with archive.keys.standstill():
            if (portion := next(touched, None)) is None:
                return
            told = dict(known(archive, meeting, portion, elsewhere))
            sifted = dict(_sifted(archive, meeting, _without(portion, told)))
        _write(archive, held, told.items())
        _write(archive, held, ((name, Settled(one.until, [])) for name, one in sifted.items() if not one.packed))
        telling = sorted((min(one.telling), name) for name, one in sifted.items() if one.packed)
        _compare(archive, held, ((name, sifted[name]) for _, name in telling))


def known(
    archive: Archive, meeting: Meeting[Any], portion: Portion, elsewhere: Elsewhere | None
) -> Iterator[tuple[str, Settled]]:
    """Keys of which no items need be compared here: too full, or compared elsewhere."""
    name = meeting.stage.name
    for number in portion.full:
        key = portion.names[number]
        yield key, Settled(FOREVER, [_too_full(name, key)] if meeting.fullness else [])
    if elsewhere:
        for key, packed in _packed(archive, portion):
            if packed[1:] and (given := elsewhere.key(name, key, packed)):
                yield key, given


def _packed(archive: Archive, portion: Portion) -> Iterator[tuple[str, list[str]]]:
    """Each key that is not too full, with its packed items, sorted."""
    text_of = dict(archive.keys.packed(sorted(set(portion.items))))
    held: dict[int, set[str]] = {number: set() for number in range(len(portion.names)) if number not in portion.full}
    for number, row in zip(portion.holders, portion.items, strict=True):
        if row in text_of:
            held[number].add(text_of[row])
    return ((portion.names[number], sorted(packed)) for number, packed in held.items())


def _without(portion: Portion, known: Collection[str]) -> Portion:
    """The keys of a portion that are not known, none of them too full."""
    left = [number for number, name in enumerate(portion.names) if name not in known]
    if len(left) == len(portion.names):
        return portion
    number_of = {number: n for n, number in enumerate(left)}
    held = [(number_of[key], row) for key, row in zip(portion.holders, portion.items, strict=True) if key in number_of]
    names, none = [portion.names[number] for number in left], frozenset[int]()
    holders, items = (array("q", side) for side in (zip(*held, strict=True) if held else ((), ())))
    return Portion(portion.stage, names, none, holders, items)


def _sifted(archive: Archive, meeting: Meeting[Any], portion: Portion) -> Iterator[tuple[str, Sifted]]:
    """What is known of each key before items are rebuilt."""
    if meeting.sift:
        yield from zip(portion.names, meeting.sift(archive, portion), strict=True)
        return
    for key, packed in _packed(archive, portion):
        until = meeting.idle(packed)
        telling = meeting.telling(packed, key) if packed[1:] and not until else ()
        yield key, Sifted(until, packed, telling) if len(telling) > 1 else Sifted(until)


def _write(archive: Archive, meeting: Meeting[Any], known: Iterable[tuple[str, Settled]]) -> None:
    for some in portions.keys(known):
        with archive.batch():
            for key, (until, found) in some:
                archive.settle(meeting.stage.name, key, found, meeting.stage.run, until)


def _compare(archive: Archive, meeting: Meeting[Any], sifted: Iterable[tuple[str, Sifted]]) -> None:
    """Compare what may give something: keys of the same items one after the other, so that they are rebuilt once."""
    stage = meeting.stage
    for some in portions.keys(sifted):
        with archive.batch():
            for key, (until, packed, telling) in some:
                if archive.keys.waits(stage.name, key):
                    found = compared(archive, meeting, key, packed, telling)
                    archive.settle(stage.name, key, found, stage.run, until)


def compared(
    shelf: Archive, meeting: Meeting[Any], key: str, packed: Sequence[str], telling: Collection[str]
) -> Sequence[AnyRecord]:
    """What the items of one key give, of which only some may tell anything."""
    stage, blank = meeting.stage, meeting.blank
    items = [meeting.rebuild(shelf, text) if text in telling or not blank else blank(text) for text in packed]
    return engine.guarded(stage, key, stage.function, items, key)


def _too_full(stage: str, key: str) -> Problem:
    told = f"more than {FULLEST_KEY} items share this key; they were not compared under it, only under the others"
    return Problem(stage=stage, about=key, message=f"{told} that they have")
