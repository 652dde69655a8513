"""The notation of patterns: rows of kinds of parts, compiled to regular expressions over codes.

CAPITALS name kinds and classes (``words.toml``, ``lexicon.CLASSES``), small letters a word itself, ``@name`` one
of ``PHRASES``; ``( ) | ?`` mean what they mean in regular expressions and ``,`` is a comma. A kind is a group of
the match under its own name (``MONTH2`` is a second month); kinds within a phrase are not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .lexicon import lexicon

_NAME = re.compile(r"@?[^\W\d_][^\W\d_'’]*(?:['’][a-z]+)?\d?|[()|?,]")
_WHOLE_NUMBER = "( TENS HYPHEN? CARDINAL | TENS | CARDINAL )"
_NUMBER = f"( COUNT FRACTION | COUNT HUNDRED? | {_WHOLE_NUMBER} HUNDRED? ( and? {_WHOLE_NUMBER} )? )"
#: Phrases that many patterns share. Amounts: "three", "one hundred", "2 1/2", "a few", "a couple of".
PHRASES = {
    "exact": _NUMBER,
    "amount": (
        f"( {_NUMBER} | ( a | the )? FEW DOZEN of? | ( a | the )? FEW HUNDRED? of? | a? DOZEN of?"
        "| ( a | the )? HUNDRED | a | an ) ( and a half )?"
    ),
    "whose": "( the | its | his | her | their | our | my )",
    "cal": "( fiscal | financial | calendar )",
    "sort": "( trading | business | working | school | straight | consecutive | more | full | additional | further )",
}


class Piece(NamedTuple):
    """A stretch of a pattern: its regular expression, the codes it may begin with, whether it may be empty."""

    expression: str
    first: frozenset[str]
    empty: bool


_NOTHING = Piece("", frozenset(), empty=True)


def compile_pattern(pattern: str) -> Piece:
    """The pattern over codes. Raises ``KeyError`` for a name that the vocabulary does not know."""
    return _either(_NAME.findall(pattern)[::-1], set())


def _either(names: list[str], seen: set[str] | None) -> Piece:
    """Alternatives up to a closing bracket or the end; ``names`` is a stack; ``seen`` None: no groups within."""
    choices = [_row(names, seen)]
    while names and names[-1] == "|":
        names.pop()
        choices.append(_row(names, seen))
    if len(choices) == 1:
        return choices[0]
    expression = "(?:" + "|".join(choice.expression for choice in choices) + ")"
    first = frozenset().union(*(choice.first for choice in choices))
    return Piece(expression, first, any(choice.empty for choice in choices))


def _row(names: list[str], seen: set[str] | None) -> Piece:
    row = _NOTHING
    while names and names[-1] not in "|)":
        piece = _atom(names, seen)
        if names and names[-1] == "?":
            names.pop()
            piece = Piece(f"(?:{piece.expression})?", piece.first, empty=True)
        first = row.first | piece.first if row.empty else row.first
        row = Piece(row.expression + piece.expression, first, row.empty and piece.empty)
    return row


def _atom(names: list[str], seen: set[str] | None) -> Piece:
    name = names.pop()
    if name == "(":
        piece = _either(names, seen)
        names.pop()
        return Piece(f"(?:{piece.expression})", piece.first, piece.empty)
    if name.startswith("@"):
        piece = _either(_NAME.findall(PHRASES[name[1:]])[::-1], None)
        return piece._replace(expression=_grouped(name[1:], piece.expression, seen))
    codes = _codes(name)
    expression = codes[0] if len(codes) == 1 else "[" + "".join(codes) + "]"
    return Piece(_grouped(name, expression, seen) if name.isupper() else expression, frozenset(codes), empty=False)


def _grouped(name: str, expression: str, seen: set[str] | None) -> str:
    """A group under that name the first time it stands in a pattern."""
    if seen is None or name in seen:
        return f"(?:{expression})"
    seen.add(name)
    return f"(?P<{name}>{expression})"


def _codes(name: str) -> list[str]:
    kind = "COMMA" if name == "," else name.rstrip("0123456789")
    return list(lexicon().kinds[kind])
