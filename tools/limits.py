"""Checks the sizes that the house allows: functions (docstring excluded), files, folders and names.

python tools/limits.py [FOLDER ...]     exit status 1 where a limit is passed
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

MEDIAN, P99, LONGEST, FILE, FOLDER, PARAMETERS = 8, 50, 80, 500, 8, 5
BANNED = {"utils", "helpers", "manager", "handler", "processor", "service", "base", "common", "data", "info", "misc"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[tuple[str, int, int]]:
    """Name, lines without the docstring, and parameters of each function of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield f"{path}:{node.lineno} {node.name}", length(node), parameters(node)


def length(node: Function) -> int:
    """Lines from ``def`` to the end, without the docstring."""
    first = node.body[0]
    has_doc = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    doc = (first.end_lineno or 0) - first.lineno + 1 if has_doc else 0
    return (node.end_lineno or 0) - node.lineno + 1 - doc


def parameters(node: Function) -> int:
    """Positional and keyword parameters, ``self`` and ``cls`` left out."""
    names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return len([n for n in names if n not in ("self", "cls")])


def complaints(folders: list[Path]) -> Iterator[str]:
    """What passes a limit, a line each."""
    paths = sorted(p for folder in folders for p in folder.rglob("*.py"))
    found = [row for path in paths for row in functions(path)]
    sizes = sorted(lines for _, lines, _ in found)
    if statistics.median(sizes) > MEDIAN:
        yield f"median function has {statistics.median(sizes)} lines; at most {MEDIAN}"
    if sizes[int(0.99 * (len(sizes) - 1))] > P99:
        yield f"99th percentile of functions is {sizes[int(0.99 * (len(sizes) - 1))]} lines; at most {P99}"
    yield from (f"{name}: {lines} lines; at most {LONGEST}" for name, lines, _ in found if lines > LONGEST)
    yield from (
        f"{name}: {count} parameters; at most {PARAMETERS}"
        for name, _, count in found
        if count > PARAMETERS and "/cli.py:" not in name
    )
    yield from oversized(paths)


def oversized(paths: list[Path]) -> Iterator[str]:
    """Files that are too long or badly named, folders that are too full."""
    for path in paths:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > FILE:
            yield f"{path}: {lines} lines; at most {FILE}"
        if path.stem in BANNED:
            yield f"{path}: a name that says nothing"
    for folder, count in Counter(p.parent for p in paths).items():
        if count > FOLDER + (folder.name == "stemma") * 4:
            yield f"{folder}: {count} files; at most {FOLDER}"


def main(arguments: list[str]) -> int:
    """Print the complaints and a line of figures; 1 where there are complaints."""
    folders = [Path(a) for a in arguments] or [Path("src")]
    found = list(complaints(folders))
    sizes = sorted(n for f in folders for p in f.rglob("*.py") for _, n, _ in functions(p))
    print("\n".join(found))
    print(
        f"{len(sizes)} functions, median {statistics.median(sizes):g} lines, 99th percentile "
        f"{sizes[int(0.99 * (len(sizes) - 1))]}, longest {sizes[-1]}"
    )
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
