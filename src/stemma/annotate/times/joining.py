"""Neighbours that make one expression: "9 a.m." and "Monday", "the third quarter" and "of last year"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from .grammar import Reading
from .parts.lexicon import lexicon
from .parts.notation import compile_pattern
from .reckoning import read_day

_YEARLESS_TAIL = re.compile(r"(?:\d{4}|XXXX)(-(?:Q[1-4]|H[12]|SP|SU|FA|WI|\d\d(?:-\d\d)?))$")
_YEAR = re.compile(r"\d{4}$")
#: Kinds of reading that are a time of some day.
_CLOCKS = frozenset({"clock", "daypart", "part"})
#: The longest row of modifying words, in parts.
_REACH = 6


class Placed(NamedTuple):
    """A reading and the parts it spans, from ``left`` up to ``right``."""

    left: int
    right: int
    reading: Reading


class _Modifier(NamedTuple):
    pattern: re.Pattern[str]
    types: frozenset[str]


@cache
def _modifiers() -> tuple[_Modifier, ...]:
    dates, spans = frozenset({"DATE"}), frozenset({"DURATION"})
    both = dates | spans
    rows = (
        ("( the ( very )? )? ( early | mid | late ) HYPHEN? ( in | on )? ( the )?", both | {"TIME"}),
        ("( the ( very )? )? PART of", dates),
        ("the ( latter | later | early | good | better | RECENT ) part of", dates),
        ("the? ( NTH | LAST | latter ) half of", dates),
        ("SHIFT ( in | on ) ( the )?", dates | {"TIME"}),
        ("sometime", dates),
        ("( more | less ) than", both),
        ("( nearly | almost | at least | at most | over | approximately | roughly | around | up to | under )", spans),
        ("( nearly | almost | over )", frozenset({"ago"})),
    )
    return tuple(_Modifier(re.compile(compile_pattern(pattern).expression + r"\Z"), types) for pattern, types in rows)


def modified(placed: Placed, codes: str, values: list[int | str], floor: int) -> Placed:
    """The reading with the modifying words in front of it, none of them before the part ``floor``."""
    reading = placed.reading
    kind = "ago" if reading.reason.startswith("counted from") else reading.type
    for modifier in _modifiers():
        if not modifier.types & {kind, reading.type} or (reading.value.endswith("_REF") and reading.type == "DATE"):
            continue
        match = modifier.pattern.search(codes, max(floor, placed.left - _REACH), placed.left)
        if match and not (codes[match.start()] == _code("over") and codes[placed.left] in _definite()):
            mod = next(
                (str(v) for v in values[match.start() : match.end()] if v in ("START", "MID", "END")), reading.mod
            )
            return Placed(match.start(), placed.right, reading._replace(mod=mod))
    return placed


@cache
def _gaps() -> dict[str, re.Pattern[str]]:
    patterns = {
        "clock day": "( , | on | of | on the | of the | in | at )?",
        "day clock": "( , | at | POSS | in the | , at | around | about | by | just ( before | after ) )?",
        "part year": "( , | of | in | of the | POSS )?",
        "year part": "POSS",
    }
    return {name: re.compile(compile_pattern(pattern).expression) for name, pattern in patterns.items()}


def _gap(name: str, codes: str, left: Placed, right: Placed) -> bool:
    return _gaps()[name].fullmatch(codes, left.right, right.left) is not None


def joined(left: Placed, right: Placed, codes: str) -> Placed | None:
    """One expression made of two, None where they stand for themselves."""
    if right.left - left.right > 3:
        return None
    first, second = left.reading, right.reading
    if first.kind in _CLOCKS and _is_day(second) and _gap("clock day", codes, left, right):
        return Placed(left.left, right.right, _timed(second, first))
    if second.kind in _CLOCKS and _is_day(first) and _gap("day clock", codes, left, right):
        return Placed(left.left, right.right, _timed(first, second))
    if second.kind == "part" and first.kind == "clock" and _gap("day clock", codes, left, right):
        return Placed(left.left, right.right, first)
    if first.value == second.value and read_day(first.value) and codes[left.right : right.left] == _code("COMMA"):
        return Placed(left.left, right.right, second)
    if _YEAR.match(second.value) and _YEARLESS_TAIL.match(first.value) and _gap("part year", codes, left, right):
        return _in_year(left, right, second, first) if second.kind != "year" or "explicit" not in first.reason else None
    if _YEAR.match(first.value) and _YEARLESS_TAIL.match(second.value) and _gap("year part", codes, left, right):
        return _in_year(left, right, first, second)
    return None


def _is_day(reading: Reading) -> bool:
    return reading.kind not in _CLOCKS and reading.type in ("DATE", "TIME") and (
        (read_day(reading.value) is not None and "T" not in reading.value) or reading.value.startswith("XXXX-WXX-")
        or bool(re.match(r"XXXX-..-..$", reading.value))
    )  # fmt: skip


def _timed(day: Reading, clock: Reading) -> Reading:
    value = f"{day.value}T{clock.value.rpartition('T')[2]}"
    return day._replace(type="TIME", value=value, reason=f"{day.reason}; {clock.reason}", kind="timed")


def _in_year(left: Placed, right: Placed, year: Reading, part: Reading) -> Placed | None:
    tail = _YEARLESS_TAIL.match(part.value)
    if tail is None or year.type != "DATE" or part.type != "DATE" or "explicit" in part.reason:
        return None
    reading = part._replace(value=year.value + tail[1], reason=f"{part.reason} of the year named", anchor=year.anchor)
    return Placed(left.left, right.right, reading._replace(confidence=max(part.confidence, year.confidence)))


def _code(name: str) -> str:
    return lexicon().kinds[name][0]


@cache
def _definite() -> frozenset[str]:
    """Beginnings of spans that "over" stands in front of as a preposition: "over the past year"."""
    kinds = lexicon().kinds
    return frozenset(code for name in ("the", "past", "LAST", "NEXT", "FEW", "these", "those") for code in kinds[name])
