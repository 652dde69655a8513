"""Names in Cyrillic, Hangul, Han and Arabic letters: those of the gazetteer, and persons beside a word of a role.

Other languages are not analysed; these names are what can be told without. Listed are states (babel), large cities
(GeoNames), bodies and roles (``knowledge/foreign.toml``) and office holders (``knowledge/holders.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from stemma.annotate.mentions.foreign import arabic, cyrillic, eastern
from stemma.annotate.mentions.foreign.listed import Name

__all__ = ["Name", "foreign_names"]

_OTHER = re.compile(r"[\u0400-\u052f\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_Finder = Callable[[str, int, int], Iterator[Name]]
_FINDERS: tuple[tuple[re.Pattern[str], _Finder], ...] = (
    (re.compile(r"[\u0400-\u052f]"), cyrillic.names),
    (re.compile(r"[\uac00-\ud7a3]"), eastern.hangul_names),
    (re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"), eastern.han_names),
    (re.compile(r"[\u0600-\u06ff]"), arabic.names),
)


def foreign_names(text: str, spans: Iterable[tuple[int, int]]) -> list[Name]:
    """The names of stretches of a text in these scripts, in order, none overlapping another."""
    found = [
        name
        for start, end in spans
        if _OTHER.search(text, start, end)
        for script, names in _FINDERS
        if script.search(text, start, end)
        for name in names(text, start, end)
    ]
    return _apart([*found, *_again(text, found)])


def _again(text: str, found: list[Name]) -> Iterator[Name]:
    """Other places of the persons that stood beside a role once."""
    for words in dict.fromkeys(text[one.start : one.end] for one in found if one.kind == "person"):
        at = text.find(words)
        while at >= 0:
            yield Name(at, at + len(words), "person", "as in the text")
            at = text.find(words, at + len(words))


def _apart(found: list[Name]) -> list[Name]:
    kept: list[Name] = []
    for one in sorted(found, key=lambda one: (one.start, one.start - one.end, one.role is None)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
