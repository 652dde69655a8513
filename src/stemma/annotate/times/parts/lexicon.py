"""The vocabulary of time expressions: which kinds of part a word is, and what it is worth."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

#: The code of a word that no time expression is made of.
OTHER = "."
#: Codes are letters of Unicode's private use area, so that the parts of a text are a string of them.
_FIRST_CODE = 0xE000
#: Kinds that the scanner gives to digits and marks; see ``tokens``.
SCANNED = (
    "LOW", "MID", "HIGH", "YEAR", "NUM", "DECIMAL", "FRACTION", "ORD", "DECADE", "SHORTDECADE", "SHORTYEAR",
    "CLOCK", "NUMERIC", "MONEY", "PERCENT", "COMMA", "HYPHEN", "DASH", "OPEN", "CLOSE", "SLASH", "POSS",
)  # fmt: skip
#: Names that stand for any of several kinds.
CLASSES = {
    "UNIT": ("UNIT", "SECOND", "QUARTER"),
    "ANYUNIT": ("UNIT", "UNITS", "SECOND", "QUARTER"),
    "NTH": ("ORDINAL", "SECOND", "ORD"),
    "ORDINAL": ("ORDINAL", "SECOND"),
    "DAYNUM": ("LOW", "MID", "HIGH", "ORD"),
    "HOURNUM": ("LOW", "MID"),
    "COUNT": ("LOW", "MID", "HIGH", "NUM", "DECIMAL"),
    "LINE": ("HYPHEN", "DASH"),
}
#: Marks and the kinds they are of; a hyphen with a blank beside it counts as a dash.
MARKS = {
    ",": "COMMA", "-": "HYPHEN", "‐": "HYPHEN", "‑": "HYPHEN", "–": "DASH", "—": "DASH", "(": "OPEN", ")": "CLOSE",
    "/": "SLASH", "$": "MONEY", "£": "MONEY", "€": "MONEY", "¥": "MONEY", "#": "MONEY", "%": "PERCENT",
    "'s": "POSS", "’s": "POSS",
}  # fmt: skip


class Entry(NamedTuple):
    """A word's code and worth."""

    code: str
    value: int | str


class Lexicon(NamedTuple):
    """The vocabulary as the scanner and the grammar need it."""

    entries: dict[str, Entry]  #: by the word in lower case
    forms: dict[str, Entry]  #: by the word as it may be written: lower case, Capital, CAPITALS; and marks
    kinds: dict[str, tuple[str, ...]]  #: the codes of a kind, a class of kinds or a plain word
    stopped: frozenset[str]  #: words, as written, that take their full stop with them
    hyphen: str  #: code of a hyphen between two words
    dash: str  #: code of a dash


@cache
def table() -> dict[str, Any]:
    """The whole of ``words.toml``."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def lexicon() -> Lexicon:
    """The vocabulary; a kind has one code for all its words but those that the grammar also names as they are."""
    tables = table()
    named: dict[str, dict[str, int | str]] = {name: words for name, words in tables.items() if name.isupper()}
    alone = _words_alone(named, tables["plain"])
    codes = {name: chr(_FIRST_CODE + number) for number, name in enumerate([*SCANNED, *named, *alone])}
    kinds: dict[str, tuple[str, ...]] = {name: (codes[name],) for name in (*SCANNED, *alone)}
    entries = {word: Entry(codes[word], word) for word in alone}
    for name, words in named.items():
        kinds[name] = (codes[name], *(codes[word] for word in words if word in alone))
        entries.update({word: Entry(codes[word if word in alone else name], value) for word, value in words.items()})
    for name, members in CLASSES.items():
        kinds[name] = tuple(dict.fromkeys(code for member in members for code in _codes(kinds, member, name)))
    forms = _forms(entries, frozenset(tables["capital"]))
    forms |= {mark: Entry(codes[name], mark) for mark, name in MARKS.items()}
    stopped = frozenset(form for word in tables["stopped"] for form in (word, word.capitalize(), word.upper()))
    return Lexicon(entries, forms, kinds, stopped, codes["HYPHEN"], codes["DASH"])


def _forms(entries: dict[str, Entry], capital: frozenset[str]) -> dict[str, Entry]:
    """Every way to write a word; those of ``capital`` not in small letters."""
    return {
        form: entry for word, entry in entries.items() for form in (word, word.capitalize(), word.upper())
        if form != word or word not in capital
    }  # fmt: skip


def _codes(kinds: dict[str, tuple[str, ...]], member: str, name: str) -> tuple[str, ...]:
    """Codes of a kind within a class; a class may widen the kind whose name it takes."""
    return kinds[member] if member != name or member in kinds else ()


def _words_alone(named: dict[str, dict[str, int | str]], plain: list[str]) -> dict[str, None]:
    """Words with a code of their own: plain ones and those of two kinds."""
    counted: dict[str, int] = {}
    for words in named.values():
        for word in words:
            counted[word] = counted.get(word, 0) + 1
    return dict.fromkeys([*plain, *(word for word, count in counted.items() if count > 1)])
