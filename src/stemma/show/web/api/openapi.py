"""The description of the endpoints, OpenAPI 3.1, in the vocabulary of the records (JSON Schema 2020-12)."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import msgspec

from stemma.archive.views import Article, Line, Outlet, Person, Stats, Stone, Utterance
from stemma.records import Correction, Judgement, Problem, Snapshot
from stemma.show.web.api.endpoints import ENDPOINTS, MOST, PREFIX, Endpoint, Parameter

Schema = dict[str, Any]
_AT = "#/components/schemas/"
_TEXT: Schema = {"type": "string"}
_OPEN: Schema = {"type": ["string", "null"]}
_ABOUT = "Who is reported to have said what, who carried it, and from whom. Read-only. Nothing here is stated as fact."
_VIEWS = (Line, Article, Person, Utterance, Outlet, Stats, Stone, Snapshot, Problem, Correction, Judgement)
#: What the form of a view adds to the view: its kind, and what is told in words.
_MADE: dict[str, Schema] = {
    "Line": {"view": {"const": "statement"}, "id": _TEXT, "line": _TEXT, "when": {"type": "object"}},
    "Article": {"view": {"const": "article"}},
    "Person": {"view": {"const": "person"}},
    "Utterance": {"view": {"const": "utterance"}, "tree": {"type": "object"}, "apparatus": {"type": "object"}},
    "Stats": {"view": {"const": "stats"}},
    "Stone": {"view": {"const": "stone"}},
}  # fmt: skip
#: Forms that lists alone have.
_BRIEF: dict[str, Schema] = {
    "Brief": {
        "id": _TEXT, "title": _OPEN, "outlet": _OPEN, "published": _OPEN, "published_basis": _OPEN, "language": _OPEN,
        "statements": {"type": "integer"}, "snapshot": {"$ref": f"{_AT}Snapshot"},
        "versions": {"type": "array", "items": _TEXT},
    },
    "Carried": {
        "id": _TEXT, "witnesses": {"type": "integer"},
        "lines": {
            "type": "array",
            "items": {"type": "object", "properties": {"id": _TEXT, "outlet": _OPEN, "line": _TEXT}},
        },
    },
    "Word": {
        "id": _TEXT, "about": _OPEN, "says": _TEXT, "by": _TEXT, "at": _OPEN, "reason": _TEXT,
        "holds": {"type": "boolean"}, "state": _TEXT,
    },
    "Trouble": {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT},
}  # fmt: skip
_WITH_STONES = frozenset({"Brief", "Snapshot"})  #: items in whose place a stone may stand


def description() -> Schema:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Stemma", "version": version("stemma-archive"),
            "description": _ABOUT,
        },
        "servers": [{"url": "/"}],
        "paths": {PREFIX + each.path: {"get": _operation(each)} for each in ENDPOINTS},
        "components": {"schemas": _schemas()},
    }  # fmt: skip


def _operation(endpoint: Endpoint) -> Schema:
    path = [{
        "name": "id", "in": "path", "required": True, "description": "An id, or a beginning of it that is unique.",
        "schema": {"type": "string", "pattern": f"^{endpoint.letter}[a-z2-7]*$"},
    }]  # fmt: skip
    failures = {400: "what was asked cannot be read"}
    if endpoint.letter:
        failures |= {404: "nothing has this id, or several have", 410: 'it was withdrawn; "stone" says by whom and why'}
    return {
        "operationId": endpoint.path.replace("/{id}", "_one"), "summary": endpoint.told,
        "parameters": [*(path if endpoint.letter else ()), *map(_parameter, endpoint.parameters)],
        "responses": {
            "200": {
                "description": "found", "headers": {"ETag": {"schema": _TEXT}},
                "content": {"application/json": {"schema": _answer(endpoint)}},
            },
            "304": {"description": "as If-None-Match says, nothing changed"},
            **{str(status): _failure(told) for status, told in failures.items()},
        },
    }  # fmt: skip


def _failure(told: str) -> Schema:
    return {"description": told, "content": {"application/problem+json": {"schema": {"$ref": f"{_AT}Trouble"}}}}


def _answer(endpoint: Endpoint) -> Schema:
    item: Schema = {"$ref": f"{_AT}{endpoint.view}"}
    if not endpoint.is_list:
        return item
    shown = {"anyOf": [item, {"$ref": f"{_AT}Stone"}]} if endpoint.view in _WITH_STONES else item
    paged = {"next": _OPEN} if any(each.name == "after" for each in endpoint.parameters) else {}
    total = {"total": {"type": "integer"}} if endpoint.path == "statements" else {}
    properties = {"items": {"type": "array", "items": shown}, **paged, **total}
    return {"type": "object", "properties": properties, "required": [*properties]}


def _parameter(found: Parameter) -> Schema:
    kinds: dict[str, Schema] = {
        "string": {"type": "string", "pattern": f"^{found.pattern}$"},
        "integer": {"type": "integer", "minimum": 1, "maximum": MOST},
        "date": {"type": "string", "format": "date"},
    }
    schema: Schema = {"type": "string", "enum": [*found.choices]} if found.choices else kinds[found.type]
    return {"name": found.name, "in": "query", "required": found.needed, "description": found.told, "schema": schema}


def _schemas() -> Schema:
    _, found = msgspec.json.schema_components(_VIEWS, ref_template=_AT + "{name}")
    for name, made in _MADE.items():
        found[name]["properties"] |= made
        found[name]["required"] = [*found[name].get("required", ()), *made]
    own = {name: {"type": "object", "properties": each, "required": [*each]} for name, each in _BRIEF.items()}
    return {**found, **own}
