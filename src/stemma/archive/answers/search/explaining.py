"""How a query was understood, and where nothing fits, what would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from stemma.archive.answers.find import count
from stemma.archive.answers.names import entities_like, preferred_name
from stemma.archive.answers.search.language import Term, stating, without
from stemma.archive.answers.search.meaning import Meaning, forms, meanings
from stemma.archive.store.store import Store
from stemma.archive.views import Query, Understood, WayOut
from stemma.text.words import fold

_OFFERED = 4  #: names offered in place of one that nobody bears
_SHORTEST = 3  #: letters of a word of a name that is tried alone


def understood(store: Store, query: Query) -> tuple[Understood, ...]:
    """The terms of a query's words as they were understood. Raises ``BadQuery``."""
    return tuple(_understood(store, query.words, each) for each in meanings(store, query.words))


def _understood(store: Store, text: str, found: Meaning) -> Understood:
    term = found.term
    named = preferred_name(store, found.names[0]) if found.names and _is_id(term) else term.value
    return Understood(
        text=text[term.start : term.end], start=term.start, end=term.end, minus=term.minus, field=term.field,
        value=named, forms=tuple(forms(store, found.names, but=named)) if found.names else (),
        known=found.known, phrase=term.phrase, begins=term.begins,
        near=tuple(each.value for each in term.near), distance=term.distance,
    )  # fmt: skip


def _is_id(term: Term) -> bool:
    """Whether a name is stated by the id of an entity."""
    return term.value.isascii() and term.value[:1] == "e" and any(each.isdigit() for each in term.value)


def ways_out(store: Store, query: Query) -> tuple[WayOut, ...]:
    """Of a query that nothing fits: each term with what it finds alone, and other questions that find something."""
    found = [*_alone(store, query), *_wider(store, query), *_named(store, query)]
    return tuple(each for each in found if each.hits or each.why == "alone")


def _alone(store: Store, query: Query) -> Iterator[WayOut]:
    terms = meanings(store, query.words)
    for found in terms:
        text = query.words[found.term.start : found.term.end]
        if not found.term.minus:
            yield WayOut("alone", text, count(store, Query(words=text, within=query.within)))
        if len(terms) > 1:
            rest = without(query.words, found.term)
            yield WayOut("without", rest, count(store, replace(query, words=rest)))


def _wider(store: Store, query: Query) -> Iterator[WayOut]:
    """The same question without its days, or without what else narrows it."""
    if query.since or query.until:
        yield WayOut("any day", query.words, count(store, replace(query, since=None, until=None)))
    if query.speaker or query.outlet or query.kind or query.edited:
        wider = replace(query, speaker=None, outlet=None, kind=None, edited=False)
        yield WayOut("any speaker, outlet and kind", query.words, count(store, wider))


def _named(store: Store, query: Query) -> Iterator[WayOut]:
    """Names that share a word with one that nobody bears, and words that are a name here."""
    for found in meanings(store, query.words):
        term = found.term
        if term.minus or term.near or (term.field and (term.field != "said" or found.known)):
            continue
        tried = [term.value] if not term.field else [each for each in term.value.split() if len(each) >= _SHORTEST]
        entities = {row: None for word in tried for row in entities_like(store, word)}
        for row in list(entities)[:_OFFERED]:
            name = preferred_name(store, row)
            if fold(name) != fold(term.value) or not term.field:
                text = _replaced(query.words, term, stating("said", name))
                yield WayOut("name", text, count(store, replace(query, words=text)))


def _replaced(text: str, term: Term, by: str) -> str:
    return f"{text[: term.start]}{by}{text[term.end :]}"
