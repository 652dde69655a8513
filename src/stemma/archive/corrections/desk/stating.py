"""A person's word made ready to be kept: ids whole, names in their normal form, the value proved."""

from __future__ import annotations

import re

import msgspec

from stemma.archive.answers import lookup
from stemma.archive.answers.names import entity_of, name_of_entity
from stemma.archive.corrections.values import Named, check_value, check_word, names_of
from stemma.archive.pages.add import document_row
from stemma.archive.pages.leaf import load_leaf
from stemma.archive.pages.reading import Leaf, form_of
from stemma.archive.relations.facts import mention_name
from stemma.archive.store.store import Store
from stemma.errors import BadValue, NoSuchRecord
from stemma.records import Correction, Derived, Document, Mention
from stemma.text.words import fold

_ID = re.compile(r"[em][a-z2-7]{5,16}")  #: of a mention or entity, whole or shortened; no name is written so
_WANTED = 'a name, an id of a mention or entity, several joined by ";", or "" for unknown'


def worded(store: Store, correction: Correction) -> Correction:
    """The word as it is kept.

    Raises ``NoSuchRecord`` and ``AmbiguousId`` for what it is about, ``BadValue`` for a field or value that is wrong.
    """
    check_word(correction)
    about = _whole(store, correction.about)
    leaf = _leaf_of(store, about)
    value = " ".join(correction.value.split()) if correction.field != "content" else correction.value.strip()
    ready = Correction(
        about=about, field=correction.field, value=value, by=correction.by, at=correction.at, reason=correction.reason
    )
    check_value(ready, len(leaf.document.text) if leaf else 0)
    if ready.field == "means" and _ID.fullmatch(ready.value) and (found := _by_id(store, ready.value)):
        return msgspec.structs.replace(ready, id="", value=found[0])
    if ready.field != "speaker":
        return ready
    names = [_normal(store, leaf, named) for named in names_of(ready.value)]
    return msgspec.structs.replace(ready, id="", value="; ".join(names))


def _whole(store: Store, prefix: str) -> str:
    if prefix[:1] == "e":
        return entity_of(store, name_of_entity(store, prefix))
    return lookup.record_of(store, prefix).id


def _leaf_of(store: Store, about: str) -> Leaf | None:
    """The page that a record stands in, as it is now, else as the reading has it that found the record."""
    if about[:1] not in {"s", "d", "l", "m"}:
        return None
    record = lookup.record_of(store, about)
    document = record.id if isinstance(record, Document) else record.document if isinstance(record, Derived) else ""
    row = document_row(store, document)
    return load_leaf(store, row) if row is not None else None


def _normal(store: Store, leaf: Leaf | None, named: Named) -> str:
    """A name with its kind, unless that is a person; ids give way to what they name."""
    if _ID.fullmatch(named.name) and (found := _by_id(store, named.name)):
        return _written(*found)
    here = {each.kind for each in (leaf.mentions if leaf else ()) if fold(form_of(each)) == fold(named.name)}
    kinds = here or {
        kind for (kind,) in store.all("SELECT kind FROM name WHERE folded = ? AND count > 0", fold(named.name))
    }
    if not fold(named.name):
        raise BadValue("speaker", named.name, _WANTED)
    return _written(named.name, named.kind or (min(kinds) if len(kinds) == 1 else "person"))


def _by_id(store: Store, prefix: str) -> tuple[str, str] | None:
    """Spelling and kind of a mention or entity; None where the word is no id of one, but a name."""
    try:
        if prefix[0] == "e":
            row: int | None = name_of_entity(store, prefix)
        else:
            record = lookup.record_of(store, prefix)
            row = mention_name(store, record.id) if isinstance(record, Mention) else None
    except NoSuchRecord:
        return None
    found = store.one("SELECT form, kind FROM name WHERE row = ?", row)
    return (found[0], found[1]) if found else None


def _written(name: str, kind: str) -> str:
    return name if kind == "person" else f"{name} ({kind})"
