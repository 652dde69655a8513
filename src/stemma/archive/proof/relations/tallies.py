"""What the archive counts as it changes, counted anew."""

from __future__ import annotations

from collections.abc import Iterator

from stemma.archive.store.store import Store

#: Each count that is kept, with the question that counts the same from the rows themselves.
_COUNTED = {
    "tally": (
        "SELECT what, count FROM tally WHERE count <> 0",
        (
            "SELECT * FROM (SELECT 'c', count(*) AS found FROM snapshot "
            "UNION ALL SELECT kind, count(*) FROM fact GROUP BY kind UNION ALL SELECT 'e', count(*) FROM spoken "
            "UNION ALL SELECT 'w', count(*) FROM utterance WHERE line <> first) AS counted WHERE found > 0"
        ),
    ),
    "shelf": (
        "SELECT outlet, language, documents, statements, relays FROM shelf",
        (
            "SELECT coalesce(outlet, ''), coalesce(language, ''), count(*), sum(statements), sum(relays) FROM document "
            "WHERE reading IS NOT NULL GROUP BY 1, 2"
        ),
    ),
    "spoken": (
        "SELECT entity, lines FROM spoken",
        "SELECT coalesce(entity, row), count(*) FROM voice JOIN name ON name.row = voice.name GROUP BY 1",
    ),
}


def wrong_tallies(store: Store) -> Iterator[str]:
    """Counts that are not those of the rows; of each table the first that is wrong, and the first that is missing."""
    for table, (kept, counted) in _COUNTED.items():
        for one, other in ((kept, counted), (counted, kept)):
            for row in store.all(f"SELECT * FROM ({one}) AS one EXCEPT SELECT * FROM ({other}) AS other LIMIT 1"):  # noqa: S608 (constants)
                yield f"{row} is not what is counted in the rows (table {table})"
