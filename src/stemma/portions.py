"""How much is held at once: items in portions of one transaction, rebuilt items while they are small."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from stemma.records import Capture, Passage

Item = TypeVar("Item")
Holder = TypeVar("Holder")

BATCH = 64  #: pages in one transaction: a crash costs at most their reading, never their bytes
#: Keys settled in one transaction, a second's work: each transaction writes anew every block of the file that it
#: changed, and keys change blocks all over. Of 64 keys at a time the writing was a seventh of comparing.
KEYS = 1_024
LARGE = 8 * 2**20  #: bytes of pages after which a transaction ends: the records of a page take up to 40 times its size
LARGEST_HELD = 2**27  #: characters of the items of a stage that are kept rebuilt; seldom reached


def holding(rebuild: Callable[[Holder, str], Item], most: int) -> Callable[[Holder, str], Item]:
    """``rebuild`` with the last items kept: at most so many, fewer where they are large."""
    kept: OrderedDict[str, Item] = OrderedDict()
    held = 0

    def rebuilt(holder: Holder, packed: str) -> Item:
        nonlocal held
        if (item := kept.get(packed)) is not None:
            kept.move_to_end(packed)
            return item
        kept[packed] = item = rebuild(holder, packed)
        held += _size(item)
        while len(kept) > most or held > LARGEST_HELD:
            held -= _size(kept.popitem(last=False)[1])
        return item

    return rebuilt


def keys(items: Iterable[Item]) -> Iterator[list[Item]]:
    """As many keys at a time as are settled in one transaction."""
    stream = iter(items)
    while some := list(islice(stream, KEYS)):
        yield some


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Some items at a time, let go before the next ones are made: of large pages two batches would fill the memory."""
    stream = iter(items)
    while some := list(_few(stream)):
        yield some
        some.clear()


def _few(stream: Iterator[Item]) -> Iterator[Item]:
    """The next items: as many as one transaction takes, fewer where their pages are large."""
    size = 0
    for item in islice(stream, BATCH):
        yield item
        if (size := size + _size(item)) > LARGE:
            return


def _size(item: object) -> int:
    """Bytes of the page that is kept or was read, characters of a passage; nothing for what is small anyway."""
    match item:
        case Capture():
            return len(item.payload)
        case (Capture() as capture, _):
            return len(capture.payload)
        case Passage():
            return len(item.evidence.exact)
        case _:
            return 0
