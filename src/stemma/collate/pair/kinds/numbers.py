"""The numbers in a stretch of text, whichever way they are written: "3" and "three", "10,000" and "ten thousand"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from stemma.collate.pair.kinds.knowledge import table
from stemma.collate.pair.sketch import lexicon

_PIECE = re.compile(r"\d+(?:[,\u00a0\u202f ]\d{3}(?!\d))*(?:\.\d+)?(st|nd|rd|th)?\b|\d+|[^\W\d]+", re.IGNORECASE)
_GROUPING = re.compile(r"[,\s]")
_HUNDRED = 100


def values(text: str) -> list[str]:
    """The numbers in order, each as its value; an ordinal ends in ".", a word of no certain value stands for itself."""
    found: list[str] = []
    running: list[Decimal] = []
    for word, value in _pieces(text):
        if value is not None:
            running.append(value)
        elif word not in _JOINING or not running:
            found += [*_sum(running), *([word] if word in _unsure() or word.endswith(".") else [])]
            running = []
    return [*found, *_sum(running)]


_JOINING = frozenset({"and", "point"})


def _pieces(text: str) -> Iterator[tuple[str, Decimal | None]]:
    """Words of the text folded, those that are cardinal numbers with their value."""
    for match in _PIECE.finditer(text):
        word = match.group().lower()
        if word[0].isdecimal():
            plain = _GROUPING.sub("", word.removesuffix(match.group(1).lower()) if match.group(1) else word)
            yield (f"{Decimal(plain)}.", None) if match.group(1) else (word, Decimal(plain))
        elif word in table("ordinals"):
            yield f"{table('ordinals')[word]}.", None
        else:
            value = table("numbers").get(word, table("powers").get(word))
            yield word, None if value is None else Decimal(value)


@cache
def _unsure() -> frozenset[str]:
    return lexicon("number") - table("numbers").keys() - table("powers").keys() - table("ordinals").keys()


def _sum(row: list[Decimal]) -> list[str]:
    """Neighbouring numbers read as one where a power of ten follows or smaller ones complete it, else one by one."""
    found: list[Decimal] = []
    whole = part = None
    for value in row:
        if value in _powers():
            part = (part or Decimal(1)) * value
            if value > _HUNDRED:
                whole, part = (whole or Decimal(0)) + part, None
        elif part is not None and not _completes(part, value):
            found.append((whole or Decimal(0)) + part)
            whole, part = None, value
        else:
            part = (part or Decimal(0)) + value
    if whole is not None or part is not None:
        found.append((whole or Decimal(0)) + (part or Decimal(0)))
    return [str(value.normalize() + 0) for value in found]


@cache
def _powers() -> frozenset[Decimal]:
    return frozenset(Decimal(value) for value in table("powers").values())


def _completes(part: Decimal, value: Decimal) -> bool:
    """Whether a number goes on in the next one: "twenty" in "five", "two hundred" in "six"."""
    ten = Decimal(10)
    return (part % _HUNDRED == 0 and value < _HUNDRED) or (part % ten == 0 and part % _HUNDRED > ten and value < ten)
