"""Who is who over a few pages: {"doc","text"} -> {"doc","mentions": [[start, end, label], ...]}."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from bench.topics.names_page import page_of
from stemma.annotate import mentions, references, statements, times
from stemma.records import Judgement, Mention
from stemma.resolve import judge, keys
from stemma.text.words import fold


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Names labelled by component of judgements, pronouns and descriptions by the name that they refer to."""
    pages = [(row["doc"], page_of(row["text"], row["doc"])) for row in rows]
    named = {doc: mentions(page) for doc, page in pages}
    label = labels([one for found in named.values() for one in found])
    for doc, page in pages:
        spans = {(one.evidence.start, one.evidence.end): label[one.id] for one in named[doc]}
        found = references(page, named[doc], statements(page, named[doc], times(page)))
        spans |= {(one.anaphor.start, one.anaphor.end): label[one.antecedent] for one in found}
        yield {"doc": doc, "mentions": [[*span, entity] for span, entity in sorted(spans.items())]}


def labels(found: list[Mention]) -> dict[str, str]:
    """The component of every mention: equal forms of one kind, then forms that are judged the same."""
    forms = {one.id: f"{_group(one)}:{fold(one.evidence.exact)}" for one in found}
    first = {form: next(one for one in found if forms[one.id] == form) for form in sorted(set(forms.values()))}
    parent = {form: form for form in first}
    met = sorted((key, form) for form, one in first.items() for key in keys(one))
    for _, group in groupby(met, key=lambda pair: pair[0]):
        for judgement in judge([first[form] for _, form in group]):
            _join(parent, forms, judgement)
    return {one.id: _root(parent, forms[one.id]) for one in found}


def _group(one: Mention) -> str:
    return "body" if one.kind == "outlet" else "organization" if one.kind == "organization" else one.kind


def _join(parent: dict[str, str], forms: dict[str, str], judgement: Judgement) -> None:
    if judgement.verdict == "same":
        parent[_root(parent, forms[judgement.left])] = _root(parent, forms[judgement.right])


def _root(parent: dict[str, str], one: str) -> str:
    while parent[one] != one:
        one = parent[one]
    return one
