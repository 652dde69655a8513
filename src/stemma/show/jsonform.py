"""Views as JSON: what a view holds, its statement lines in words, and the name of its kind in ``"view"``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import msgspec

from stemma.archive.views import Article, Coverage, Held, Line, Moment, Person, Stats, Stone, Totals, Utterance
from stemma.show import View
from stemma.show.lines import said_of, tell
from stemma.show.plain import ascii_json


def json_line(view: View | Stats | Coverage | Held | Moment) -> str:
    """One line of JSON without its line end; characters that steer a screen are escaped in it."""
    return ascii_json(msgspec.json.encode(json_form(view)).decode("utf-8", "replace"))


def json_form(view: View | Stats | Coverage | Held | Moment) -> dict[str, Any]:
    """The view as objects, arrays and strings; a record is itself, with its kind in ``"record"``."""
    match view:
        case Line():
            return _line(view)
        case Article() | Person() | Utterance():
            plain = msgspec.to_builtins(view)
            return {"view": type(view).__name__.lower(), **plain, "lines": [_line(line) for line in view.lines]}
        case Moment():
            bounds = {"earliest": view.earliest, "latest": view.day}
            return {"view": "moment", "day": view.day, "basis": view.basis, **bounds, "statement": _line(view.line)}
        case Held():
            return {"view": "held", "held": view.held, "document": view.document, "item": json_form(view.item)}
        case Totals() | Stats() | Coverage() | Stone():
            return {"view": type(view).__name__.lower(), **msgspec.to_builtins(view)}
        case _:
            built: dict[str, Any] = msgspec.to_builtins(view)
            return built


def _line(line: Line) -> dict[str, Any]:
    built = msgspec.to_builtins(line)
    return {"view": "statement", "id": line.statement.id, "line": tell(line), "when": asdict(said_of(line)), **built}
