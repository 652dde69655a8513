"""Signs have one name in the code and in the weights."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from typing import get_args

from stemma.annotate.references.choosing.offers import Way
from stemma.annotate.references.choosing.weights import weights

#: What stands in a sign where the code has these; anything else may stand for the others.
_FILLED = {"known.manner": "(?:bare|full|owned) (?:again|fresh)", "name": "(?:spoke|speaks) .+"}


def forms() -> Iterator[str]:
    """The signs that the code tells, each as a regular expression."""
    tree = ast.parse(inspect.getsource(importlib.import_module("stemma.annotate.references.choosing.signs")))
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and function.name != "_class":
            for node in ast.walk(function):
                if isinstance(node, ast.Tuple) and len(node.elts) == 2 and not _is_word(node.elts[1]):
                    yield from _worded(node.elts[0])
    yield from map(re.escape, get_args(Way))


def _is_word(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _worded(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_worded(node.body), *_worded(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            re.escape(str(part.value))
            if isinstance(part, ast.Constant)
            else _FILLED.get(ast.unparse(part.value), ".*?")
            for part in node.values
            if isinstance(part, ast.Constant | ast.FormattedValue)
        )


def test_every_weight_is_of_a_sign_that_the_code_tells():
    known = [re.compile(form) for form in set(forms())]
    named = {name for table in weights().values() for name in table}
    assert [name for name in sorted(named) if not any(form.fullmatch(name) for form in known)] == []


def test_every_sign_that_the_code_tells_has_a_weight():
    named = {name for table in weights().values() for name in table}
    assert {form for form in forms() if not any(re.fullmatch(form, name) for name in named)} == set()


def test_a_sign_is_told_where_it_holds(marked, ask):
    """
    Mayor Anton Holt met Maren Lind. [S1 Anton Holt] [C1 said] [Q1 that it rained]. [S2 He] [C2 added] [Q2 that it snowed].
    """
    found = {}

    def note(source, offered, told):
        for one, some in zip(offered, told, strict=True):
            found["".join(figure.fullest.evidence.exact for figure in one.figures)] = dict(some)
        return [0.0 for _ in offered]

    ask(marked).references(note)
    assert {"ruled", "spoke 0 before", "spoke last, 0 paragraphs back", "named", "kind person"} <= set(
        found["Anton Holt"]
    )
    assert "ruled nobody" not in found[""]
    assert not {"ruled", "spoke 0 before"} & set(found.get("Maren Lind", {}))
