"""What is kept of each outlet beside its coverage, counted over narrow tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from stemma.archive.catalogue.views import Holding
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.records import RESERVATIONS, Repeat

_LINES = 2_000  #: repeated lines that are counted


def holdings(store: Store) -> dict[str | None, Holding]:
    """Each outlet with languages, statements, what its pages reserve, and how many lines it repeats."""
    languages: defaultdict[str | None, Counter[str | None]] = defaultdict(Counter)
    statements, reserved = Counter[str | None](), defaultdict[str | None, Counter[str]](Counter)
    for outlet, language, documents, said in store.all("SELECT outlet, language, documents, statements FROM shelf"):
        languages[outlet or None][language or None] += documents
        statements[outlet or None] += said
    for outlet, bits, pages in store.all(
        "SELECT outlet, reserved, count(*) FROM document WHERE reading IS NOT NULL AND reserved > 0 GROUP BY 1, 2"
    ):
        reserved[outlet].update({name: pages for n, name in enumerate(RESERVATIONS) if bits >> n & 1})
    repeated = Counter(each.outlet for each in _repeats(store))
    return {
        outlet: Holding(
            outlet, tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0] or ""))), statements[outlet],
            tuple(sorted(reserved[outlet].items())), repeated[outlet or ""],
        )
        for outlet, counts in languages.items()
    }  # fmt: skip


def _repeats(store: Store) -> Iterator[Repeat]:
    rows = store.all("SELECT body FROM fact WHERE kind = 'q' LIMIT ?", _LINES)
    return (record for (body,) in rows if isinstance(record := unpack_record(body), Repeat))
