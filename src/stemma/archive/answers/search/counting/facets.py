"""Facets: of the newest hits, how many each outlet carries, each speaker says, and so on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from stemma.archive.answers.names import entity_of, preferred_name, siblings
from stemma.archive.answers.search.counting.ranking import asked
from stemma.archive.answers.search.counting.sample import Seen, newest_rows, seen
from stemma.archive.answers.search.meaning import DATES, UNKNOWN, name_rows
from stemma.archive.corrections.access import suppressed
from stemma.archive.faces import ADDRESSED, CITED, PLACE, SPEAKS, WORDED
from stemma.archive.pages.days import WITHIN
from stemma.archive.pages.index import KINDS
from stemma.archive.store.store import Store
from stemma.archive.views import Facet, Facets, FacetValue, Query

_SHOWN = 12  #: values of a facet that are told, the most frequent
#: Facets of those who stand in some part of a statement, by that part of its face.
_PARTS = {"via": CITED, "said": SPEAKS, "to": ADDRESSED, "place": PLACE}
#: Facets in the order in which they are shown.
_FIELDS = ("outlet", "via", "said", "to", "place", "language", "kind", "date", "is")
_ENTITIES = "SELECT name.row, coalesce(entity, name.row) FROM json_each(?) JOIN name ON name.row = value"
_FORMS = "SELECT name.row, form FROM json_each(?) JOIN name ON name.row = value"


def facets(store: Store, query: Query) -> Facets:
    """Facets over the newest hits of a query. Raises ``BadQuery``."""
    known = store.counts.recall(key := ("facets", store.revision(), asked(query)))
    if known is None:
        known = _counted(store, query)
        store.counts.remember(key, known)
    assert isinstance(known, Facets)
    return known


def _counted(store: Store, query: Query) -> Facets:
    found = seen(store, newest_rows(store, query))
    tokens = _by_part(Counter(each.tokens for each in found))
    plain: dict[str, Counter[str]] = {
        "outlet": _named(each.outlet for each in found),
        "language": _named(each.language for each in found),
        "kind": Counter(KINDS[kind] for kind in (each.kind for each in found)),
        "date": Counter(_basis(each) for each in found),
        "is": _states(found, tokens),
    }
    counted = [
        _of_names(store, field, tokens.get(part, Counter()))
        if (part := _PARTS.get(field))
        else _plain(field, plain[field])
        for field in _FIELDS
    ]
    return Facets(counted=len(found), facets=tuple(facet for facet in counted if facet.values))


def _named(values: Iterable[str | None]) -> Counter[str]:
    counts = Counter(values)
    return Counter({value or UNKNOWN: count for value, count in counts.items()})


def _basis(each: Seen) -> str:
    """What the day of a statement rests on."""
    return DATES[0] if each.said else DATES[1] if each.row >> WITHIN else DATES[2]


def _states(found: Sequence[Seen], tokens: dict[str, Counter[str]]) -> Counter[str]:
    counts = Counter(
        edited=sum(each.edited for each in found),
        shared=sum(each.shared for each in found),
        confirmed=sum(tokens.get(WORDED, Counter()).values()),
    )
    return +counts


def _by_part(counts: Counter[str]) -> dict[str, Counter[str]]:
    """Tokens of faces by their part, without the letter."""
    found: dict[str, Counter[str]] = {}
    for tokens, count in counts.items():
        for token in tokens.split(" "):
            found.setdefault(token[0], Counter())[token[1:]] += count
    return found


def _plain(field: str, counts: Counter[str]) -> Facet:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    values = tuple(FacetValue(value, value, count) for value, count in ordered[:_SHOWN])
    return Facet(field, values, len(ordered) - len(values))


def _of_names(store: Store, field: str, counts: Counter[str]) -> Facet:
    """Entities by their preferred names, and whom or what pages do not name by the words."""
    rows = {int(token, 36): count for token, count in counts.items() if not token.startswith("=")}
    hidden = suppressed(store)
    entities: Counter[int] = Counter()
    for row, entity in store.all(_ENTITIES, _json(rows)):
        if row not in hidden:
            entities[entity] += rows[row]
    forms: dict[int, str] = dict(store.all(_FORMS, _json(entities)))
    words = {token[1:].replace("_", " "): count for token, count in counts.items() if token.startswith("=")}
    ordered = sorted(
        [*((-count, forms[row], row) for row, count in entities.items()), *((-n, word, 0) for word, n in words.items())]
    )
    values = tuple(_value(store, row, word, -count) for count, word, row in ordered[:_SHOWN])
    return Facet(field, values, len(ordered) - len(values))


def _json(rows: Iterable[int]) -> str:
    return msgspec.json.encode(list(rows)).decode()


def _value(store: Store, row: int, word: str, count: int) -> FacetValue:
    """Somebody by a name that means nobody else here, else by an id."""
    if not row:
        return FacetValue(word, word, count)
    name = preferred_name(store, row)
    alone = name_rows(store, name) == tuple(siblings(store, row))
    return FacetValue(name if alone else entity_of(store, row), name, count)
