"""Draws stacks that a sampling profiler folded ("a;b;c 12" a line, as py-spy's raw form) as a small SVG.

    python tools/flame.py FOLDED OUT.svg [--least SHARE]

Width is CPU time; what is narrower than SHARE of all (0.004) is left to what stands below it. Frames outside the
package are merged into the last one of the package above them, so that the picture tells what of ours calls for
the time.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

_WIDTH, _ROW, _LETTER = 960, 15, 5.6  #: units of the picture; a letter of the smallest size
_FRAME = re.compile(r"^(?P<name>\S+) \((?P<file>.*?)(?::\d+)?\)$")
_COLOURS = {
    "read": "#8ecae6", "annotate": "#ffb703", "resolve": "#90be6d", "collate": "#f28482", "archive": "#cdb4db",
    "engine": "#e5e5e5", "collect": "#b8c0ff", "text": "#ffe5a0",
}  # fmt: skip
_OTHER = "#d9d9d9"


class Frame:
    """A function under those that called it."""

    def __init__(self, name: str, room: str) -> None:
        self.name, self.room, self.count = name, room, 0
        self.below: dict[str, Frame] = {}


def stacks(lines: Iterator[str]) -> Iterator[tuple[list[tuple[str, str]], int]]:
    """Frames of the package from the outermost, with the room of each, and how often."""
    for line in lines:
        stack, _, count = line.rstrip("\n").rpartition(" ")
        found = [own for each in stack.split(";") if (own := _own(each))]
        if found and count.isdigit():
            yield found, int(count)


def _own(frame: str) -> tuple[str, str] | None:
    told = _FRAME.match(frame)
    if not told or "stemma/" not in told["file"]:
        return None
    parts = told["file"].rpartition("stemma/")[2].removesuffix(".py").split("/")
    return f"{parts[-1] if parts[-1] != '__init__' else parts[0]}.{told['name']}", parts[0]


def tree(found: Iterator[tuple[list[tuple[str, str]], int]]) -> Frame:
    """All stacks as one tree."""
    root = Frame("all", "")
    for stack, count in found:
        at = root
        at.count += count
        for name, room in stack:
            at = at.below.setdefault(name, Frame(name, room))
            at.count += count
    return root


def drawn(root: Frame, least: float) -> str:
    """The picture; the widest of each row first."""
    boxes: list[str] = []
    depth = _laid(root, (0.0, 0), (root.count, least), boxes)
    height = (depth + 1) * _ROW + 4
    style = "text{font:9px sans-serif;pointer-events:none}rect{stroke:#fff;stroke-width:.5}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img"><style>{style}</style>'
    return head + "".join(boxes) + "</svg>\n"


def _laid(frame: Frame, place: tuple[float, int], scale: tuple[int, float], boxes: list[str]) -> int:
    left, row = place
    total, least = scale
    share = frame.count / total
    width = share * _WIDTH
    room = int(width / _LETTER)
    label = f'<text x="{left + 2:.1f}" y="{row * _ROW + 11}">{escape(frame.name[:room])}</text>' if room > 3 else ""
    colour = _COLOURS.get(frame.room, _OTHER)
    boxes.append(
        f'<g><title>{escape(frame.name)} {share:.1%}</title><rect x="{left:.1f}" y="{row * _ROW}" '
        f'width="{width:.1f}" height="{_ROW}" fill="{colour}"/>{label}</g>'
    )
    deepest, at = row, left
    for each in sorted(frame.below.values(), key=lambda one: (-one.count, one.name)):
        if each.count >= least * total:
            deepest = max(deepest, _laid(each, (at, row + 1), scale, boxes))
            at += each.count / total * _WIDTH
    return deepest


def main() -> int:
    """Write the picture."""
    parser = argparse.ArgumentParser(prog="python tools/flame.py", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folded", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--least", type=float, default=0.004)
    chosen = parser.parse_args()
    with chosen.folded.open(encoding="utf-8") as file:
        root = tree(stacks(file))
    chosen.output.write_text(drawn(root, chosen.least), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
