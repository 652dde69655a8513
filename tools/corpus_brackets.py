"""The inline notation of the attribution corpus: ``[S1 She] [C1 said] [Q1 that it rained]``.

``Q`` is content, ``C`` cue, ``S`` source; a number joins the roles of one attribution; a role in pieces repeats the
number; brackets nest and never cross. Square brackets occur for nothing else. docs/attribution-guidelines.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

Piece = tuple[int, int]
_TAG = re.compile(r"\[([QCS])([1-9]\d*) |\]")
_OPENING = {
    "“": "”",
    "„": "“”„",
    "«": "»”",
    "‹": "›",
    "「": "」",
    "《": "》",
    '"': '"“”„',
    "‘": "’",
    "'": "'",
    "»": "«",
}
_CONTEXT = 30
"""Characters shown around a place that is wrong."""


class Broken(ValueError):
    """Brackets that cannot be read."""


class Attribution(NamedTuple):
    """One attribution: its number, the pieces of each role in order, and in how many contents its own stands."""

    number: int
    content: tuple[Piece, ...]
    cue: tuple[Piece, ...]
    source: tuple[Piece, ...]
    level: int

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All pieces of all roles."""
        return self.content + self.cue + self.source


class Page:
    """A document without its brackets, and its attributions in the order of their numbers."""

    def __init__(self, text: str, attributions: tuple[Attribution, ...]) -> None:
        """Take the text and what was found in it."""
        self.text = text
        self.attributions = attributions

    @cached_property
    def quoted(self) -> bytes:
        """1 for each character inside quotation marks, marks too; an unclosed mark holds to its paragraph's end."""
        return quoted(self.text)


def within(piece: Piece, pieces: tuple[Piece, ...]) -> bool:
    """Whether one piece lies inside one of the others."""
    return any(start <= piece[0] and piece[1] <= end for start, end in pieces)


def unbracketed(raw: str) -> str:
    """The text without its brackets."""
    return _TAG.sub("", raw)


def parse(raw: str) -> Page:
    """Read a bracketed document; Broken tells what is wrong and where."""
    stack: list[tuple[str, int, int]] = []
    found: dict[int, dict[str, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    levels: dict[int, int] = {}
    removed = 0
    for tag in _TAG.finditer(raw):
        here = tag.start() - removed
        removed += len(tag.group())
        if tag.group(1):
            stack.append((tag.group(1), int(tag.group(2)), here))
            levels.setdefault(stack[-1][1], 0)
            if tag.group(1) == "Q":
                levels[stack[-1][1]] = sum(role == "Q" for role, _, _ in stack) - 1
        else:
            close(raw, tag, stack, found, here)
    if stack:
        raise Broken(f"{stack[-1][0]}{stack[-1][1]} is never closed")
    text = unbracketed(raw)
    if "[" in text or "]" in text:
        raise Broken("a square bracket that belongs to no role")
    return Page(text, tuple(whole(n, found[n], text, levels[n]) for n in sorted(found)))


def close(
    raw: str,
    tag: re.Match[str],
    stack: list[tuple[str, int, int]],
    found: dict[int, dict[str, list[Piece]]],
    end: int,
) -> None:
    """Close the innermost open bracket."""
    if not stack:
        raise Broken(f"a bracket closes that never opened: {raw[max(0, tag.start() - _CONTEXT) : tag.end()]!r}")
    role, number, start = stack.pop()
    if any((role, number) == (other, same) for other, same, _ in stack):
        raise Broken(f"{role}{number} inside itself")
    if start == end:
        raise Broken(f"{role}{number} is empty")
    found[number][role].append((start, end))


def whole(number: int, roles: dict[str, list[Piece]], text: str, level: int) -> Attribution:
    """One attribution from its roles; Broken where a role is missing or has blanks at an edge."""
    if not roles.get("Q"):
        raise Broken(f"{number} has no content")
    if not roles.get("C") and not roles.get("S"):
        raise Broken(f"{number} has neither cue nor source")
    for start, end in (piece for pieces in roles.values() for piece in pieces):
        if text[start:end] != text[start:end].strip():
            raise Broken(f"{number}: blank at the edge of {text[start:end][:_CONTEXT]!r}")
    content, cue, source = (tuple(sorted(roles.get(role, ()))) for role in "QCS")
    return Attribution(number, content, cue, source, level)


def quoted(text: str) -> bytes:
    """The mask of :attr:`Page.quoted`."""
    mask, closing = bytearray(len(text)), ""
    for place, sign in enumerate(text):
        if text.startswith("\n\n", place):
            closing = ""
        elif closing:
            mask[place] = 1
            closing = "" if sign in closing and ends(text, place) else closing
        elif sign in _OPENING and begins(text, place):
            mask[place], closing = 1, _OPENING[sign]
    return bytes(mask)


def begins(text: str, place: int) -> bool:
    """Whether a mark can open a quotation here: nothing of a word before it."""
    return not text[max(0, place - 1) : place].isalnum()


def ends(text: str, place: int) -> bool:
    """Whether a mark can close a quotation here: no apostrophe inside a word."""
    return not (text[place] in "’'" and text[place + 1 : place + 2].isalnum())
