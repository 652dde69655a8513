"""What PostgreSQL wants said otherwise than SQLite: placeholders, a few reserved words, what only plans are steered by.

House rule: keywords stand in capitals, names in small letters. So ``left`` is a column and ``LEFT`` is not, and no
statement need be parsed. Statements themselves are of the subset that both understand; docs/archive.md has its rules.
"""

from __future__ import annotations

import re
from functools import lru_cache

_KEPT = 4_096  #: statements whose translation is remembered; some hold row numbers
_TOKEN = re.compile(
    r"""(?P<text>'(?:[^']|'')*'|"[^"]*")|\?(?P<number>\d*)|\b(?P<name>left|right|offset)\b"""
    r"""|\b(?P<fence>CROSS\ JOIN\b|NOT\ INDEXED\b|IN\ \(\))"""
)
#: By which SQLite's plans are steered; PostgreSQL weighs by itself. Then a list without rows.
_FENCES = {"CROSS JOIN": "JOIN", "NOT INDEXED": "", "IN ()": "IN (SELECT 0 WHERE FALSE)"}
#: PostgreSQL holds no NUL in a text. U+0001 begins an escape, so that texts keep their order by code point.
_ESCAPES = {"\0": "\1\1", "\1": "\1\2"}
_ESCAPED = re.compile("[\0\1]")
_UNESCAPED = re.compile("\1[\1\2]")
_MEANT = {escape: letter for letter, escape in _ESCAPES.items()}


@lru_cache(maxsize=_KEPT)
def spoken(sql: str) -> str:
    """A statement in PostgreSQL's words."""
    last = 0

    def word(match: re.Match[str]) -> str:
        nonlocal last
        if match["text"]:
            return match[0]
        if match["name"]:
            return f'"{match[0]}"'
        if match["fence"]:
            return _FENCES[match[0]]
        number = int(match["number"] or last + 1)
        last = max(last, number)
        return f"${number}"

    return _TOKEN.sub(word, sql)


def written(text: str) -> str:
    """A text as PostgreSQL can hold it."""
    if "\0" in text or "\1" in text:
        return _ESCAPED.sub(lambda match: _ESCAPES[match[0]], text)
    return text


def read(text: str) -> str:
    """The text again."""
    return _UNESCAPED.sub(lambda match: _MEANT[match[0]], text) if "\1" in text else text
