"""Repeated lines and people's words laid over a derived reading.

A pure function of the reading, the set of repeated lines and the set of words: no order of adding changes it, and with
no line repeated and every word undone it gives back the derived reading itself. Ids count by place in the derived
reading, so they stay. Where people said what stands there, no line is furniture because it is repeated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import msgspec

from stemma.archive.corrections.access import withdrawal
from stemma.archive.corrections.overlay.covering import BLOCK, Span, cover
from stemma.archive.corrections.overlay.places import Origin, moved, place_of
from stemma.archive.corrections.overlay.relabelling import furniture, relabelled
from stemma.archive.corrections.overlay.removing import without
from stemma.archive.corrections.overlay.repeating import mended
from stemma.archive.corrections.overlay.restating import parted, restated, told
from stemma.archive.corrections.standing import standing
from stemma.archive.corrections.values import Stretch, check_value, places_in, stretch_of
from stemma.archive.pages.reading import Leaf
from stemma.errors import BadValue
from stemma.records import Correction, Field, FieldName, Label, Statement

#: The words that an export of derived records follows: they take away, and set nothing right.
COVERING = frozenset({"access", "redaction", "address"})
_FIELDS: tuple[FieldName, ...] = ("outlet", "published", "modified", "language", "title")


class Laid(NamedTuple):
    """A word, the id of what it is about in this reading, and the spans that it names or covers there."""

    target: str
    word: Correction
    spans: list[Span]


def overlaid(
    leaf: Leaf,
    words: Iterable[Correction],
    origins: Mapping[str, Origin],
    repeats: Sequence[Label] = (),
    only: Collection[str] | None = None,
) -> Leaf:
    """The leaf with the words that hold laid over it; with ``only`` those of these fields alone.

    ``repeats``: labels of the lines that the outlet repeats.
    ``origins``: of words about what is not in this leaf. A page that was withdrawn has neither text nor records. So it
    is where a redaction cannot be placed: nobody knows then what must be covered.
    """
    holding = standing(words)
    if not repeats and not any(only is None or each.field in only for each in holding):
        return leaf
    if word := withdrawal(holding):
        return _blank(leaf, [Laid(leaf.document.id, word, [])], [])
    found = [(each, _placed(leaf, each, origins)) for each in holding]
    laid = [place for _, place in found if place]
    waiting = [word for word, place in found if place is None]
    if any(each.field in COVERING for each in waiting):
        return _blank(leaf, laid, waiting)
    wanted = [each for each in laid if only is None or each.word.field in only]
    shown = mended(leaf, repeats, _spoken(leaf, laid) if repeats else (), trim=only is None)
    changed = cover(_changed(shown, wanted), _covers(leaf, laid))
    return replace(changed, laid=tuple((each.target, each.word) for each in wanted), waiting=tuple(waiting))


def _spoken(leaf: Leaf, laid: Iterable[Laid]) -> list[Span]:
    """Spans of which people said what they are: of a line that it is story or furniture, of words who speaks them."""
    lines = {each.id: [(each.start, each.end)] for each in leaf.labels}
    said = {each.id: [(piece.start, piece.end) for piece in each.content] for each in leaf.statements}
    return [
        span
        for target, word, spans in laid
        if word.field not in COVERING
        for span in (*spans, *lines.get(target, ()), *said.get(target, ()))
    ]


def _blank(leaf: Leaf, laid: Iterable[Laid], waiting: Iterable[Correction]) -> Leaf:
    document = msgspec.structs.replace(leaf.document, text=BLOCK * len(leaf.document.text))
    words = tuple((each.target, each.word) for each in laid)
    return Leaf(leaf.row, leaf.snapshot, document, (), (), (), (), (), (), (), laid=words, waiting=tuple(waiting))


def _placed(leaf: Leaf, word: Correction, origins: Mapping[str, Origin]) -> Laid | None:
    """A word in its place; None where it fits nothing here or cannot be read."""
    origin = origins.get(word.about)
    old = origin.text if origin else leaf.document.text
    try:
        check_value(word, len(old))
    except BadValue:
        return None
    target = place_of(leaf, word.about, origins)
    spans = moved(places_in(word) or _content(leaf, word, origin), old, leaf.document.text)
    if spans is None or (target is None and word.field != "access"):
        return None
    return Laid(target or leaf.document.id, word, spans)


def _content(leaf: Leaf, word: Correction, origin: Origin | None) -> list[Span]:
    """What a statement says that is withdrawn: its text is covered whether or not the statement is still found."""
    if word.field != "access":
        return []
    found = [origin.record] if origin else [each for each in leaf.statements if each.id == word.about]
    return [(piece.start, piece.end) for each in found if isinstance(each, Statement) for piece in each.content]


def _covers(leaf: Leaf, laid: Iterable[Laid]) -> list[Span]:
    """Spans to cover: redactions, and of withdrawn statements the content as derived and as people set it."""
    gone = {each.target for each in laid if each.word.field == "access"}
    own = [(piece.start, piece.end) for each in leaf.statements if each.id in gone for piece in each.content]
    return own + [
        span
        for each in laid
        if each.word.field in COVERING or (each.word.field == "content" and each.target in gone)
        for span in each.spans
    ]


def _changed(leaf: Leaf, laid: Iterable[Laid]) -> Leaf:
    newest: dict[tuple[str, str], Laid] = {(each.target, each.word.field): each for each in laid}
    changed = parted(_with_fields(_with_labels(leaf, laid), newest), [(each.target, each.word) for each in laid])
    changed = restated(
        changed,
        {key: each.word for key, each in newest.items()},
        {each.word.id: each.spans for each in newest.values()},
    )
    return without(changed, {target for target, field in newest if field == "access"})


def _with_labels(leaf: Leaf, laid: Iterable[Laid]) -> Leaf:
    """Roles and stretches in the order in which they were said; what stands in new furniture goes."""
    places = {label.id: Stretch(label.start, label.end, label.role) for label in leaf.labels}
    stretches: list[Stretch] = []
    changed = leaf
    for target, word, spans in laid:
        new: list[Stretch] = []
        if word.field == "label":
            new = [Stretch(*span, stretch_of(word.value).role) for span in spans]
        elif word.field == "role" and (old := places.get(target)):
            new = [stretch_of(f"{old.start}-{old.end} {word.value}")]
        for stretch in new:
            changed = replace(changed, labels=relabelled(changed, stretch, told(word)))
        stretches += new
    return furniture(changed, stretches) if stretches else leaf


def _with_fields(leaf: Leaf, newest: Mapping[tuple[str, str], Laid]) -> Leaf:
    """One field stands in place of all of its name; an empty value says that it is unknown."""
    for name in _FIELDS:
        if laid := newest.get((leaf.document.id, name)):
            field = Field(document=leaf.document.id, name=name, value=laid.word.value, basis=told(laid.word))
            leaf = replace(leaf, fields=(*(each for each in leaf.fields if each.name != name), field))
    if (leaf.document.id, "address") in newest:
        leaf = replace(leaf, fields=tuple(each for each in leaf.fields if each.name != "original_url"))
    return leaf
