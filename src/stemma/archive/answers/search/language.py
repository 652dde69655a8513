"""The query language: text into terms, each with its place; whatever cannot be read is told with the character.

    lamps shore           all of the words occur, in content, source, cue or title
    "far shore"           the words follow each other; typographic quotation marks do as well
    harb*                 words that begin so
    lamps near/5 shore    both occur, with at most five words between them, in any order
    said:"Kim Vael"       a field: ``FIELDS``; its value stands right behind the colon
    -lamps  -outlet:X     without

In scripts without spaces every character counts as a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from stemma.archive.store.words import phrase
from stemma.archive.store.words.fts5 import written
from stemma.archive.store.words.wanted import Near, Phrase
from stemma.errors import BadQuery

Field = Literal["said", "via", "outlet", "to", "place", "language", "kind", "date", "is"]
FIELDS: dict[str, Field] = {
    "said": "said", "speaker": "said", "by": "said", "via": "via", "cites": "via", "outlet": "outlet", "to": "to",
    "place": "place", "language": "language", "lang": "language", "kind": "kind", "date": "date", "is": "is",
}  # fmt: skip
_SHOWN = ("said", "via", "outlet", "to", "place", "language", "kind", "date", "is")
MOST_TERMS = 64  #: of one query: FTS5 takes trees of 256 nodes at most (sqlite.org/limits, SQLITE_FTS5_MAX_EXPR_DEPTH)
FARTHEST = 100  #: words between two that are near each other
_CLOSING = {'"': '"', "“": "”"}
_FIELD = re.compile(r"([A-Za-z]+):")
_NEAR = re.compile(r"near/(\S*)", re.IGNORECASE)
_WORD = re.compile(r'[^\s"“]+')
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a query: words that follow each other, words near each other, or the value of a field."""

    start: int  #: place in the query, in characters
    end: int
    value: str  #: as typed, without quotation marks; of a near one the whole
    minus: bool = False
    field: Field | None = None
    begins: bool = False  #: the last word may go on
    phrase: bool = False  #: it stood in quotation marks
    near: tuple[Term, ...] = ()  #: those that are near each other
    distance: int = 0

    @property
    def wanted(self) -> Phrase | Near | None:
        """What is looked for; None for a field, and where it holds no word."""
        if self.near:
            return Near(tuple(some for each in self.near if isinstance(some := each.wanted, Phrase)), self.distance)
        return None if self.field else phrase(self.value, begins=self.begins)

    @property
    def expression(self) -> str:
        """It as an FTS5 expression; empty for a field."""
        return written(self.wanted) if self.wanted else ""


@dataclass(frozen=True, slots=True)
class _Distance:
    """``near/5`` between two terms."""

    start: int
    end: int
    words: int


def parse(text: str) -> tuple[Term, ...]:
    """The terms of a query, in order; none for a blank one. Raises ``BadQuery`` with the place of the character."""
    found: list[Term] = []
    waiting: _Distance | None = None
    for token in _tokens(text):
        if isinstance(token, _Distance):
            if waiting or not found:
                raise BadQuery(text, "near/ stands between two words or phrases", token.start)
            waiting = token
        elif waiting:
            found.append(_near(text, found.pop(), waiting, token))
            waiting = None
        else:
            found.append(token)
    if waiting:
        raise BadQuery(text, "near/ stands between two words or phrases; the second is missing", waiting.start)
    return _sound(text, found)


def _sound(text: str, found: list[Term]) -> tuple[Term, ...]:
    """Terms that say something; marks that hold no word are passed over, unless there is nothing else."""
    telling = [term for term in found if term.field or term.wanted]
    if found and not telling:
        raise BadQuery(text, "give at least one word to find", found[0].start)
    if len(telling) > MOST_TERMS:
        raise BadQuery(text, f"at most {MOST_TERMS} words and phrases", telling[MOST_TERMS].start)
    return tuple(telling)


def _near(text: str, left: Term, distance: _Distance, right: Term) -> Term:
    """Two neighbours as one term; a chain of them has one distance."""
    if right.minus:
        raise BadQuery(text, "a minus cannot stand behind near/; put it before the first word", right.start)
    for side in (left, right):
        if side.field or not side.wanted:
            raise BadQuery(text, "near/ stands between two words or phrases", side.start)
    if left.near and left.distance != distance.words:
        raise BadQuery(text, f"words in a chain have one distance, here near/{left.distance}", distance.start)
    sides = left.near or (left,)
    value = text[left.start + left.minus : right.end]
    return Term(left.start, right.end, value, minus=left.minus, near=(*sides, right), distance=distance.words)


def _tokens(text: str) -> Iterator[Term | _Distance]:
    at = 0
    while at < len(text):
        if blank := _BLANK.match(text, at):
            at = blank.end()
            continue
        token = _distance(text, at) or _term(text, at)
        yield token
        at = token.end


def _distance(text: str, at: int) -> _Distance | None:
    if not (match := _NEAR.match(text, at)):
        return None
    number = match[1]
    if not (number.isascii() and number.isdecimal() and 1 <= int(number[:4]) <= FARTHEST):
        raise BadQuery(
            text, f"write near/ with a number from 1 to {FARTHEST}, like near/5", _inside(text, match.start(1))
        )
    return _Distance(at, match.end(), int(number))


def _term(text: str, at: int) -> Term:
    minus = text[at] == "-" and text[at + 1 : at + 2].strip() != ""
    start = at + minus
    if (match := _FIELD.match(text, start)) and _is_field(text, match):
        return _field(text, at, match, minus=minus)
    if text[start] in _CLOSING:
        return _phrase(text, at, start, minus=minus)
    word = _WORD.match(text, start)
    assert word
    value = word.group()
    begins = value.endswith("*")
    return Term(at, word.end(), value.rstrip("*") if begins else value, minus=minus, begins=begins)


def _is_field(text: str, match: re.Match[str]) -> bool:
    """Whether letters and a colon begin a field. Raises ``BadQuery`` for one that there is not."""
    if match[1].lower() in FIELDS:
        return True
    behind = text[match.end() : match.end() + 1]
    if behind == '"' or behind.isalpha():
        wanted = ", ".join(f"{name}:" for name in _SHOWN)
        why = f'there is no field "{match[1]}:" (there are {wanted}); for the words themselves use quotation marks'
        raise BadQuery(text, why, match.start())
    return False  # an address, a time of day, a word before a colon


def _field(text: str, at: int, match: re.Match[str], *, minus: bool) -> Term:
    field, start = FIELDS[match[1].lower()], match.end()
    if text[start : start + 1] in _CLOSING:
        phrase = _phrase(text, at, start, minus=minus)
        return Term(at, phrase.end, phrase.value, minus=minus, field=field, phrase=True)
    if not (word := _WORD.match(text, start)):
        raise BadQuery(text, f"write what {field}: asks for right behind the colon", _inside(text, start))
    return Term(at, word.end(), word.group(), minus=minus, field=field)


def _phrase(text: str, at: int, start: int, *, minus: bool) -> Term:
    end = text.find(_CLOSING[text[start]], start + 1)
    if end < 0:
        raise BadQuery(text, "a quotation mark is open; close the phrase", start)
    value, begins = text[start + 1 : end], text[end + 1 : end + 2] == "*"
    if not value.strip():
        raise BadQuery(text, "nothing stands between the quotation marks", start)
    return Term(at, end + 1 + begins, value, minus=minus, begins=begins, phrase=True)


def _inside(text: str, at: int) -> int:
    """A place that is a character of the text."""
    return min(at, len(text) - 1)


def quoted(value: str) -> str:
    """A value as it stands in a query: in quotation marks unless it is one plain word."""
    bare = value.replace('"', " ")
    return bare if re.fullmatch(r"[\w.'’-]+", bare) else f'"{" ".join(bare.split())}"'


def stating(field: str, value: str, *, minus: bool = False) -> str:
    """A term of a field as it stands in a query."""
    return f"{'-' if minus else ''}{field}:{quoted(value)}"


def without(text: str, term: Term) -> str:
    """The query without one of its terms."""
    return " ".join((text[: term.start] + " " + text[term.end :]).split())
