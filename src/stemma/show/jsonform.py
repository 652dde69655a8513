"""Views as JSON: what a view holds, its statement lines in words, and the name of its kind in ``"view"``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import msgspec

from stemma.archive.views import Article, Coverage, Held, Line, Moment, Person, Stats, Stone, Totals, Utterance
from stemma.show import View
from stemma.show.lines import said_of, tell
from stemma.show.occasion import Resembling
from stemma.show.occasion.likewords import Alike, Echo
from stemma.show.plain import ascii_json
from stemma.show.transmission.apparatus import Apparatus, apparatus
from stemma.show.transmission.tree import tree
from stemma.show.versions import Version


def json_article(article: Article, compared: Sequence[Version]) -> dict[str, Any]:
    """A page and, where it was captured more than once, how each version differs from the one before it."""
    return json_form(article) | ({"compared": [_version(each) for each in compared]} if compared else {})


def json_statement(line: Line, found: Sequence[Echo]) -> dict[str, Any]:
    """A statement with what else of its page has its words (``"echoes"``), where there is any."""
    rows = [
        {**msgspec.to_builtins(each), "pieces": [piece._asdict() for piece in each.pieces], "line": _said(each.line)}
        for each in found
    ]
    return json_form(line) | ({"echoes": rows} if rows else {})


def _said(line: Line | None) -> dict[str, Any] | None:
    return _line(line) if line else None


def json_utterance(view: Utterance, alike: Sequence[Resembling], like: Sequence[Alike] = ()) -> dict[str, Any]:
    """An utterance with the statements that may be the same one in other words (``"resembling"``), where there are.

    And with others in like words (``"in_like_words"``).
    """
    found: dict[str, Sequence[Resembling | Alike]] = {"resembling": alike, "in_like_words": like}
    rows = {
        name: [{**msgspec.to_builtins(each), "line": _line(each.line)} for each in some]
        for name, some in found.items()
        if some
    }
    return json_form(view) | rows


def _version(version: Version) -> dict[str, Any]:
    page = version.article
    return {
        "number": version.number, "document": page.document.id, "fetched": page.snapshot.fetched,
        "against": version.against, "furniture": version.furniture,
        "changes": [
            {
                "part": change.part,
                "pieces": [piece._asdict() for piece in change.pieces],
                "statements": [{"version": number, "id": line.statement.id} for number, line in change.lines],
            }
            for change in version.changes
        ],
    }  # fmt: skip


def json_text(form: dict[str, Any]) -> str:
    """One line of JSON without its line end; characters that steer a screen are escaped in it."""
    return ascii_json(msgspec.json.encode(form).decode("utf-8", "replace"))


def json_line(view: View | Stats | Coverage | Held | Moment) -> str:
    """One line of JSON without its line end; characters that steer a screen are escaped in it."""
    return json_text(json_form(view))


def json_form(view: View | Stats | Coverage | Held | Moment) -> dict[str, Any]:
    """The view as objects, arrays and strings; a record is itself, with its kind in ``"record"``."""
    match view:
        case Line():
            return _line(view)
        case Utterance():
            plain = msgspec.to_builtins(view)
            made = {"tree": msgspec.to_builtins(tree(view)), "apparatus": _apparatus(apparatus(view))}
            return {"view": "utterance", **plain, "lines": [_line(line) for line in view.lines], **made}
        case Article() | Person():
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


def _apparatus(found: Apparatus) -> dict[str, Any]:
    """The apparatus without the lines, which stand beside it."""
    return {name: value for name, value in msgspec.to_builtins(found).items() if name != "lines"}
