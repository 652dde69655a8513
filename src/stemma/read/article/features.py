"""What can be told of a line at a glance: the numbers that the line scorer weighs."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from stemma.read.layout import Sheet

Matrix = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]

PROSE_WORDS = 8  #: a line of so many words that ends like a sentence is prose (the C4 corpus rule asks for 5)
_WORD_STEPS = (2, 4, 7, 11, 17, 26, 41)  #: bounds of the classes of line length, in words
_QUARTERS = (0.25, 0.5, 0.75)
_WINDOW = 5  #: lines to each side whose prose counts as near
_EDGE = 3  #: lines from an end of the densest stretch that count as its edge
_DEAREST_LINE = 20  #: what a line that is no prose takes at most from a stretch, in words
_LOOK = 200  #: characters of a line that are looked at

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_END = re.compile(r"[.!?…。！？।؟۔][\"'”’“»」』)\]]*(?:\s*(?:-0-|\(END\)))?$")  # an agency's end mark may follow
_YEAR_OR_CLOCK = re.compile(r"(?:19|20)\d\d|\d[:.]\d\d")
_BARS = re.compile(r"[|\[\]{}<>®™_=»›·•]")
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?|©")
_BULLETS = frozenset("*•+->»·●▪|–—")
_QUOTES = frozenset('"“”„«»「」')
_WORD_CLASSES = ["legal", "join", "share", "more", "credit", "byline", "reply", "you", "advert", "month", "day", "site"]
_FLAGS = (
    [
        "ends",
        "cut",
        "colon",
        "long_open",
        "capital",
        "small",
        "digit",
        "bullet",
        "quote",
        "comma",
        "date",
        "address",
        "bars",
        "digits",
        "first_by",
    ]
    + [f"says_{name}" for name in _WORD_CLASSES]
    + [
        "twice",
        "twice_long",
        "gap_before",
        "gap_after",
        "home_indent",
        "in_run",
        "run_head",
        "run_tail",
        "just_before",
        "just_after",
        "before",
        "after",
    ]
)
_BIT = {name: 1 << number for number, name in enumerate(_FLAGS)}

NAMES: tuple[str, ...] = (
    *(f"words_{number}" for number in range(len(_WORD_STEPS) + 1)),
    *(f"lower_{number}" for number in range(len(_QUARTERS) + 1)),
    *(f"near_{number}" for number in range(len(_QUARTERS) + 1)),
    "prose_before", "prose_after",
    *_FLAGS,
)  # fmt: skip


@lru_cache(maxsize=1)
def _wordings() -> dict[str, int]:
    """Each furniture word and the flags of its classes."""
    table = tomllib.loads((files(__package__) / "wordings.toml").read_text("utf-8"))["words"]
    flags: dict[str, int] = {}
    for name in _WORD_CLASSES:
        for word in table[name].split():
            flags[word] = flags.get(word, 0) | _BIT[f"says_{name}"]
    return flags


def count_words(text: str) -> int:
    """Words of a line; two characters of a script without spaces count as one."""
    spaced = text.count(" ") + 1
    return spaced if text.isascii() else max(spaced, len(_WIDE.findall(text)) // 2)


def measure(sheet: Sheet) -> tuple[Matrix, list[int]]:
    """A row of ``NAMES`` for every line, and the lines' lengths in words; markup is not looked at."""
    texts = [sheet.text[line.start : line.end] for line in sheet.lines]
    seen = Counter(texts)
    known = {text: (count_words(text), _glance(text), _low_share(text)) for text in seen}  # menus repeat themselves
    sizes = [known[text][0] for text in texts]
    flags = [known[text][1] for text in texts]
    prose = []
    for number, (text, size) in enumerate(zip(texts, sizes, strict=True)):
        long = size >= PROSE_WORDS
        if seen[text] > 1:
            flags[number] |= _BIT["twice"] | (_BIT["twice_long"] if long else 0)
        prose.append(size if long and seen[text] == 1 and flags[number] & _BIT["ends"] else 0)
    _add_gaps(sheet, prose, flags)
    _add_run(sizes, prose, flags)
    groups = [_steps(sizes, _WORD_STEPS), _steps([known[text][2] for text in texts], _QUARTERS)]
    groups += [*_context(sizes, prose), _bits(flags, len(_FLAGS))]
    return np.concatenate(groups, axis=1, dtype=np.float32), sizes


def _steps(values: Sequence[float] | Numbers, steps: Sequence[float]) -> Matrix:
    """One-hot classes of values."""
    hot: Matrix = np.eye(len(steps) + 1, dtype=np.float32)[np.searchsorted(steps, values, side="right")]
    return hot


def _bits(values: Sequence[int], count: int) -> Matrix:
    """The lowest ``count`` bits of each value as zeros and ones."""
    spread = np.asarray(values, dtype=np.int64)[:, None] >> np.arange(count)
    return (spread & 1).astype(np.float32)


def _low_share(text: str) -> float:
    """Share of the words that begin with a small letter; scripts without case count as half."""
    words = text[:_LOOK].split()
    low = sum([word[0].islower() for word in words])
    return low / len(words) if low or text.isascii() or text[:_LOOK].lower() != text[:_LOOK] else 0.5


def _glance(text: str) -> int:
    """The flags that a line shows by itself."""
    head, tail, first = text[:_LOOK], text[-8:], text[0]
    flags = _end_flags(tail) | _start_flags(first)
    known = _wordings()
    low = head.lower()
    for token in known.keys() & _TOKEN.findall(low):
        flags |= known[token]
    if low.startswith("by "):
        flags |= _BIT["first_by"]
    if not _QUOTES.isdisjoint(head):
        flags |= _BIT["quote"]
    if "," in head:
        flags |= _BIT["comma"]
    if "http" in low or "www." in low or "@" in head or ".com" in low or "#" in head:
        flags |= _BIT["address"]
    if _BARS.search(head):
        flags |= _BIT["bars"]
    return flags | _digit_flags(head) | (_BIT["long_open"] if len(text) > 90 and not flags & _BIT["ends"] else 0)


def _end_flags(tail: str) -> int:
    if _END.search(tail):
        return _BIT["ends"] | (_BIT["cut"] if "..." in tail or "…" in tail else 0)
    return _BIT["colon"] if tail[-1] in ":：" else 0


def _start_flags(first: str) -> int:
    if first.isupper():
        return _BIT["capital"]
    if first.islower():
        return _BIT["small"]
    if first.isdigit():
        return _BIT["digit"]
    return _BIT["bullet"] if first in _BULLETS else 0


def _digit_flags(head: str) -> int:
    digits = sum(map(head.count, "0123456789"))
    if not digits:
        return 0
    return (_BIT["date"] if _YEAR_OR_CLOCK.search(head) else 0) | (_BIT["digits"] if digits * 5 > len(head) else 0)


def _add_gaps(sheet: Sheet, prose: list[int], flags: list[int]) -> None:
    """Blank lines around each line, and whether it is indented as most prose of the page is."""
    text, lines = sheet.text, sheet.lines
    indents = []
    previous = 0
    for number, line in enumerate(lines):
        between = text[previous : line.start]
        indents.append(len(between) - 1 - between.rfind("\n"))
        if number and between.count("\n") > 1:
            flags[number] |= _BIT["gap_before"]
            flags[number - 1] |= _BIT["gap_after"]
        previous = line.end
    mass: Counter[int] = Counter()
    for indent, size in zip(indents, prose, strict=True):
        mass[indent] += size
    home = max(mass, key=lambda indent: (mass[indent], -indent), default=0)
    for number, indent in enumerate(indents):
        if indent == home:
            flags[number] |= _BIT["home_indent"]


def best_run(gains: Sequence[float]) -> tuple[int, int]:
    """The stretch with the largest sum (Kadane's scan): its first line and the one after its last."""
    best, span, total, start = 0.0, (0, 0), 0.0, 0
    for number, gain in enumerate(gains):
        if total <= 0:
            total, start = 0.0, number
        total += gain
        if total > best:
            best, span = total, (start, number + 1)
    return span


def _add_run(sizes: list[int], prose: list[int], flags: list[int]) -> None:
    """Where each line stands towards the densest stretch of prose."""
    gains = [mass or -min(_DEAREST_LINE, 2 * size) for size, mass in zip(sizes, prose, strict=True)]
    first, stop = best_run(gains)
    spots = {
        "in_run": (first, stop),
        "run_head": (first, min(stop, first + _EDGE)), "run_tail": (max(first, stop - _EDGE), stop),
        "just_before": (first - _EDGE, first), "just_after": (stop, stop + _EDGE),
        "before": (0, first), "after": (stop, len(sizes)),
    }  # fmt: skip
    for spot, (low, high) in spots.items():
        for number in range(max(0, low), min(high, len(sizes))):
            flags[number] |= _BIT[spot]


def _context(sizes: list[int], prose: list[int]) -> list[Matrix]:
    """How much of what stands around each line is prose, and how much of the page's prose lies before and after."""
    sums, whole = np.concatenate(([0], np.cumsum(prose))), np.concatenate(([0], np.cumsum(sizes)))
    at = np.arange(len(sizes))
    low, high = np.maximum(0, at - _WINDOW), np.minimum(len(sizes), at + _WINDOW + 1)
    near = (sums[high] - sums[low]) / np.maximum(1, whole[high] - whole[low])
    total = max(1, int(sums[-1]))
    sides = np.stack([sums[:-1] / total, (sums[-1] - sums[1:]) / total], axis=1).astype(np.float32)
    return [_steps(near, _QUARTERS), sides]
