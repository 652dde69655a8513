"""Lines that outlets repeat: each is told where enough stories have it, and labelled where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stemma.archive.pages.reading import Leaf
from stemma.archive.relations import stale
from stemma.archive.relations.offers import key_number
from stemma.archive.repeats import STAGE, Repeating, Repeats, labels_on
from stemma.archive.store.packing import pack_record, unpack_record
from stemma.archive.store.store import Store
from stemma.records import Label, Repeat
from stemma.stage import Offer

_SHARED = (
    "SELECT key FROM member CROSS JOIN item ON item.row = member.item "
    "WHERE item.stage = (SELECT row FROM stage WHERE name = ?) GROUP BY key HAVING count(*) > 1"
)


class Lines:
    """The proof of repeated lines by the rules that told them."""

    def __init__(self, store: Store, rules: Repeating) -> None:
        self._store, self._rules, self._repeats = store, rules, Repeats(store)
        self._open = {key for (key,) in store.each("SELECT key FROM touched UNION SELECT key FROM waiting")}
        self._marked = {row for row, _ in stale.marked(store, stale.LABEL)}
        self._due = max((due for (due,) in store.all("SELECT due FROM stage WHERE name = ?", STAGE)), default=0)

    def wrong_labels(self, leaf: Leaf, offers: Iterable[Offer]) -> Iterator[str]:
        """The labels of a page: those that its repeated lines give, unless it waits to be asked."""
        keys = [key for offer in offers if offer.stage == STAGE for key in offer.keys]
        waits = leaf.row in self._marked or leaf.row <= self._due
        if waits or any(key_number(STAGE, key) in self._open for key in keys):
            return
        found = self._rules.labels(leaf.page, self._repeats.known(keys))
        wanted = {pack_record(each) for each in found if isinstance(each, Label)}
        if wanted != set(labels_on(self._store, leaf.row)):
            yield "its lines that the outlet repeats are not labelled as the other pages say"

    def wrong_lines(self) -> Iterator[str]:
        """Every line that two pages have, and every one that is said to be repeated."""
        told = {key_number(STAGE, f"{each.outlet}\n{each.line}") for each in self._told()}
        shared = {key for (key,) in self._store.each(_SHARED, (STAGE,))}
        for key in sorted((told | shared) - self._open):
            if bool(self._rules.decide("", self._repeats.packed(key))) != (key in told):
                yield f"whether the line of the key {key} is repeated is not told as the pages say"

    def _told(self) -> Iterator[Repeat]:
        for (body,) in self._store.each("SELECT body FROM fact WHERE kind = 'q'"):
            if isinstance(record := unpack_record(body), Repeat):
                yield record
