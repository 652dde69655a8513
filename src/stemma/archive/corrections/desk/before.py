"""What was derived where a person's word holds now, without what people withdrew or covered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from stemma.archive.corrections.overlay.laying import COVERING
from stemma.archive.corrections.values import stretch_of
from stemma.archive.pages.index import outlet_of, published_of
from stemma.archive.pages.leaf import load_covered, snapshot_at, state_of
from stemma.archive.pages.reading import Leaf, best_field, form_of, title_of
from stemma.archive.store.store import Store
from stemma.archive.views import Was, Who
from stemma.records import Correction, Field, FieldName, Label, Statement

#: Who speaks in the statement of a leaf that stands at a place.
Speakers = Callable[[Leaf, int], Sequence[Who]]


def before(store: Store, row: int, laid: Iterable[tuple[str, Correction]], speakers: Speakers) -> tuple[Was, ...]:
    """For each of these words on the current page of a document, by target: what it stands in place of.

    Nothing for words that take away, and where what was derived is taken away itself.
    """
    setting = [(target, word) for target, word in laid if word.field not in COVERING]
    if not setting:
        return ()
    derived = _derived(store, row)
    return tuple(was for target, word in setting if (was := _was(store, derived, (target, word), speakers)))


def _derived(store: Store, row: int) -> Leaf:
    """The derived page, remembered: each of its statements asks for it."""
    state = ("derived", *state_of(store, row))
    if (leaf := store.readings.recall(state)) is None:
        leaf = load_covered(store, row)
        store.readings.remember(state, leaf)
    assert isinstance(leaf, Leaf)
    return leaf


def _was(store: Store, leaf: Leaf, laid: tuple[str, Correction], speakers: Speakers) -> Was | None:
    target, word = laid
    match word.field:
        case "speaker" | "kind" | "said" | "content":
            n = next((n for n, each in enumerate(leaf.statements) if each.id == target), None)
            return None if n is None else _of_statement(leaf, n, word, speakers)
        case "means":
            mention = next((each for each in leaf.mentions if each.id == target), None)
            return Was(word.id, form_of(mention), mention.reason, mention.confidence) if mention else None
        case "label" | "role":
            return _of_labels(leaf, target, word)
        case "outlet" | "published" | "modified" | "language" | "title":
            return _of_page(store, leaf, word.field, word)
        case _:
            return None


def _of_statement(leaf: Leaf, n: int, word: Correction, speakers: Speakers) -> Was:
    statement = leaf.statements[n]
    if word.field == "speaker":
        who = speakers(leaf, n)
        reasons = dict.fromkeys(each.reason for each in who if each.reason)
        sure = min((each.confidence for each in who), default=statement.confidence)
        return Was(word.id, "; ".join(each.name for each in who), "; ".join(reasons), sure)
    return Was(word.id, _value(statement, word), statement.reason, statement.confidence)


def _value(statement: Statement, word: Correction) -> str:
    if word.field == "content":
        return " … ".join(piece.exact for piece in statement.content)
    return statement.kind if word.field == "kind" else statement.said or ""


def _of_labels(leaf: Leaf, target: str, word: Correction) -> Was | None:
    """The roles of the stretch; ``None`` where the word was said of another layout of the page."""
    if word.field == "role":
        found = [each for each in leaf.labels if each.id == target]
    elif word.about == leaf.document.id:
        found = _within(leaf, word)
    else:
        return None
    reasons = dict.fromkeys(each.reason for each in found if each.reason)
    sure = min((each.confidence for each in found), default=1.0)
    return Was(word.id, "; ".join(dict.fromkeys(each.role for each in found)), "; ".join(reasons), sure)


def _within(leaf: Leaf, word: Correction) -> list[Label]:
    stretch = stretch_of(word.value)
    return [each for each in leaf.labels if each.start < stretch.end and stretch.start < each.end]


def _of_page(store: Store, leaf: Leaf, name: FieldName, word: Correction) -> Was:
    snapshot, field = snapshot_at(store, leaf.snapshot), best_field(leaf, name)
    basis, sure = (field.basis, field.confidence) if field else ("", 1.0)
    match name:
        case "outlet":
            return Was(word.id, outlet_of(leaf, snapshot) or "", basis or _stated(snapshot.outlet), sure)
        case "published":
            value, rests_on = published_of(leaf, snapshot)
            return Was(word.id, value or "", rests_on or "", sure)
        case "title":
            return Was(word.id, title_of(leaf) or "", basis, sure)
        case _:
            return Was(word.id, _worded(field), basis, sure)


def _stated(value: str | None) -> str:
    return "stated" if value else ""


def _worded(field: Field | None) -> str:
    return field.value if field else ""
