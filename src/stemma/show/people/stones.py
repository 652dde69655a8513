"""A stone in words: what was withdrawn, when, by whom, on what ground, and nothing of what it said."""

from __future__ import annotations

from stemma.archive.views import Stone
from stemma.show.lines import long_date, named
from stemma.show.people.marks import undo
from stemma.show.plain import one_line

_OF_PAGE = frozenset({"c", "d"})
_MEANINGS = {
    "page": "Its text and what was found in it are in no view, list, search or export. The captured bytes are sealed.",
    "statement": "Its words are covered in the page, and in no list, search or export. The captured bytes are sealed.",
    "person": "No list, search or timeline has this one. Pages that name this one keep their text.",
    "covered": "It stands in words of a page that are covered: in no view, list, search or export.",
}
GROUND = (
    "The ground is told in the words of whoever gave it. That something was withdrawn says nothing of what it said."
)


def headline(stone: Stone) -> str:
    """What happened, in a sentence without a full stop."""
    if stone.correction.field == "redaction":
        return "What stood here is covered"
    if stone.kind == "person":
        return "This one was withdrawn from lists and search"
    whole = stone.kind != "page" and stone.correction.about[:1] in _OF_PAGE
    return f"This {stone.kind} was withdrawn{' with its page' if whole else ''}"


def meaning(stone: Stone) -> str:
    """What that means for a reader."""
    if stone.correction.field == "redaction":
        return _MEANINGS["covered"]
    if stone.kind != "person" and stone.correction.about[:1] in _OF_PAGE:
        return _MEANINGS["page"]
    return _MEANINGS.get(stone.kind, _MEANINGS["statement"])


def account(stone: Stone) -> tuple[tuple[str, str], ...]:
    """What, when, by whom and on what ground, a name and a value each."""
    day, clock = long_date(stone.when), one_line(stone.when)
    return (
        ("what", f"{stone.kind} {stone.id}"),
        ("when", f"{day} ({clock})" if day != clock else day),
        ("by", named(stone.by)),
        ("ground", one_line(stone.ground)),
        ("word", stone.correction.id),
    )


def way_back(stone: Stone) -> str:
    """The command that opens it again."""
    word = stone.correction
    return undo(word) if word.field == "redaction" else f"stemma withdraw {word.about} --undo --why WHY"
