"""What pages have on offer for Group stages, and where it waits to meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np

from stemma.archive.proof.sums import Sums, batches
from stemma.archive.relations.offers import HASH_BYTES, key_number
from stemma.archive.store.ids import number
from stemma.archive.store.store import Remembered, Store
from stemma.stage import Offer

_SELF = "\1"  #: stands for the id of the document in packed items (see schema.sql)
_KNOWN = 16_384  #: items that several pages offer, kept in memory
_NAMED = (
    "SELECT packed, id, stage FROM named JOIN item ON item.row = named.item "
    "JOIN document ON document.row = item.document WHERE hash = ? AND named > 0"
)
_OF_DOCUMENT = "SELECT row, stage, packed, named FROM item WHERE document = ?"
#: Pairs of keys and items, and those that have not met yet.
_MEMBERS = "SELECT key, item FROM member"
_WAITING = (
    "SELECT DISTINCT key, item FROM waiting WHERE NOT EXISTS "
    "(SELECT 1 FROM member WHERE member.key = waiting.key AND member.item = waiting.item)"
)


class OnOffer:
    """What the pages proved so far offer."""

    def __init__(self, store: Store) -> None:
        self._stages: dict[str, tuple[int, int]] = {
            name: (row, due) for name, row, due in store.all("SELECT name, row, due FROM stage")
        }
        documents, items = (
            store.all(f"SELECT coalesce(max(row), 0) FROM {table}")[0][0]  # noqa: S608 (two names)
            for table in ("document", "item")
        )
        self._sums = Sums(documents)
        self._home = np.zeros(items + 1, np.int64)  #: document of each item
        self._named = Remembered(_KNOWN)

    def wrong_items(self, store: Store, document: int, document_id: str, offers: Iterable[Offer]) -> Iterator[str]:
        """The items of a document: those that its page offers, and no others."""
        found = {(stage, packed): (row, bool(named)) for row, stage, packed, named in store.all(_OF_DOCUMENT, document)}
        for offer in offers:
            stage, due = self._stages.get(offer.stage, (0, 0))
            if document <= due:
                continue
            place = stage, offer.packed.replace(document_id, _SELF)
            here = found.pop(place, None)
            if here:
                self._want(document, here[0], offer)
            as_named = here is not None and here[1] == (offer.item != offer.packed)
            if not as_named and not self._is_elsewhere(store, offer):
                yield f"its item {offer.item[:40]!r} of the stage {offer.stage!r} is not on offer as its records say"
        due_stages = {row for row, due in self._stages.values() if document <= due}
        for stage, packed in found:
            if stage not in due_stages:
                yield f"it has the item {packed[:40]!r} on offer, which its records do not offer"

    def _want(self, document: int, item: int, offer: Offer) -> None:
        self._sums.want([(document, key_number(offer.stage, key), item) for key in set(offer.keys)])
        self._home[item] = document

    def _is_elsewhere(self, store: Store, offer: Offer) -> bool:
        """Whether a text of another page counts for an item that several may offer: one that is smaller."""
        if offer.item == offer.packed:
            return False
        name = number(HASH_BYTES, offer.stage, offer.item)
        if (packed := self._named.recall(name)) is None:
            found = store.one(_NAMED, name)
            packed = found[0].replace(_SELF, found[1]) if found else ""
            self._named.remember(name, packed)
        return "" < str(packed) < offer.packed

    def wrong_members(self, store: Store) -> Iterator[str]:
        """Documents whose items do not stand under the keys that the pages offer them under."""
        for some in batches(chain.from_iterable(map(store.each, (_MEMBERS, _WAITING)))):
            rows = np.array(some, np.int64)
            items = np.where((rows[:, 1] > 0) & (rows[:, 1] < len(self._home)), rows[:, 1], 0)
            self._sums.take(np.column_stack((self._home[items], rows)))
        for document in self._sums.wrong():
            found = store.one("SELECT id FROM document WHERE row = ?", document)
            whose = found[0] if found else "no page"
            yield f"items of {whose} do not stand under the keys that its records offer (tables member and waiting)"
