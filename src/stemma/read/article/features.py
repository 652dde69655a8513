"""What can be told of a line at a glance: the numbers that the line scorer weighs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log1p

import numpy as np
import numpy.typing as npt

from stemma.read.article.signs import CLASSES, Codes, Counts, Kind, Signs, Truths, read_signs
from stemma.read.layout import Sheet

Matrix = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]

PROSE_WORDS = 8  #: a line of so many words that ends like a sentence is prose (the C4 corpus rule asks for 5)
_WORD_STEPS = np.array((2.0, 3, 4, 6, 8, 11, 17, 26, 41, 70))  #: bounds of the classes of line length, in words
_QUARTERS = np.array((0.25, 0.5, 0.75))
_SENTENCES = np.array((1.0, 2, 3))  #: bounds of the classes of sentences in a line
_WINDOW = 5  #: lines to each side whose prose counts as near
_EDGE = 3  #: lines from an end of the densest stretch that count as its edge
_DEAREST_LINE = 20  #: what a line that is no prose takes at most from a stretch, in words
_LONG_OPEN = 90  #: characters of a line without an end from which on it was cut off, or is a paragraph without one
_ALIKE = 8  #: lines to each side among which lines of the same shape are counted
_NEAR = 6  #: lines within which a line that comes again is a card printed twice

#: What a line's first character tells, and what any of them does.
_FIRST = {"capital": Kind.HIGH, "small": Kind.LOW, "digit": Kind.DIGIT, "bullet": Kind.BULLET, "quoted": Kind.QUOTE}
_HELD = {"quote": Kind.QUOTE, "comma": Kind.COMMA, "sign": Kind.SIGN, "bars": Kind.BAR}
_SPOTS = ("in_run", "run_head", "run_tail", "just_before", "just_after", "before", "after")
_REST = (
    "ends", "cut", "colon", "date", "digits", "shouts", "long_open", "first_by", "uncased",
    "twice", "twice_near", "twice_long", "gap_before", "gap_after", "home_indent", "deeper",
    "size", "prose_before", "prose_after", "furniture", "small_words",
    "alike", "alike_1", "alike_2", "alike_3", "alike_4",
    "page_lines", "page_prose", "page_run", "page_uncased",
)  # fmt: skip
_STEPS = {"words": _WORD_STEPS, "lower": _QUARTERS, "near": _QUARTERS, "sentences": _SENTENCES}
NAMES: tuple[str, ...] = (
    *(f"{name}_{number}" for name, steps in _STEPS.items() for number in range(len(steps) + 1)),
    *(f"says_{name}" for name in CLASSES),
    *_FIRST, *_HELD, *_SPOTS, *_REST,
)  # fmt: skip

_STEP_ROWS = np.cumsum([0, *(len(steps) + 1 for steps in _STEPS.values())])[:-1, None]
_CLASS_ROWS, _FIRST_ROWS, _HELD_ROWS, _SPOT_ROWS = (
    slice(NAMES.index(first), NAMES.index(last) + 1)
    for first, last in ((f"says_{CLASSES[0]}", f"says_{CLASSES[-1]}"), ("capital", "quoted"), ("quote", "bars"),
                        (_SPOTS[0], _SPOTS[-1]))
)  # fmt: skip
_FIRST_KINDS, _HELD_KINDS = (np.array([*map(int, each.values())], np.uint16)[:, None] for each in (_FIRST, _HELD))
_CLOSE, _END, _COLON, _BLANK, _CLOCK, _LOW, _DIGIT, _STOPS = (
    np.uint16(kind) for kind in (Kind.CLOSE, Kind.END, Kind.COLON, Kind.BLANK, Kind.CLOCK, Kind.LOW, Kind.DIGIT,
                                 Kind.BLANK | Kind.CLOSE)
)  # fmt: skip
_CLASS_BITS = np.arange(len(CLASSES))[:, None]
_SHAPE_WORDS = sum(1 << CLASSES.index(name) for name in ("reply", "byline", "day"))  #: they belong to a line's shape
_SIGN = list(_HELD).index("sign")
#: Places of the lines beside a line: those before it, then those after it, the nearest first.
_BESIDE = np.array([*range(_ALIKE - 1, -1, -1), *range(_ALIKE + 1, 2 * _ALIKE + 1)])[:, None]
_LONG_CLASS = int(_WORD_STEPS.searchsorted(17, side="right"))  #: of lines so long the shape says nothing


def count_words(text: str) -> int:
    """Words of a line; two characters of a script without spaces count as one."""
    spaced = text.count(" ") + 1
    if text.isascii():
        return spaced
    wide = sum(
        [("\u3040" <= c <= "\u30ff") or ("\u3400" <= c <= "\u9fff") or ("\uf900" <= c <= "\ufaff") for c in text]
    )
    return max(spaced, wide // 2)


def measure(sheet: Sheet, signs: Signs | None = None) -> tuple[Matrix, list[int]]:
    """A row of ``NAMES`` for every line, and the lines' lengths in words; markup is not looked at."""
    signs = signs or read_signs(sheet.text, sheet.lines)
    counts, word_starts = signs.counts(), _word_starts(signs)
    spaced = signs.tally(word_starts)
    sizes = np.maximum(spaced, counts[Kind.WIDE] // 2)
    rows = np.zeros((len(NAMES), len(sizes)), dtype=np.float32)
    first = (signs.kinds[signs.bounds[::2]] & _FIRST_KINDS) != 0
    held = (signs.held & _HELD_KINDS) != 0
    flags = _line_flags(signs, counts)
    prose = _mark_repeats(signs.texts, sizes, flags)
    flags |= _gaps(signs, prose)
    run = best_run(np.where(prose > 0, prose, -np.minimum(_DEAREST_LINE, 2 * sizes)).tolist())
    told, size_class = signs.tell(), _WORD_STEPS.searchsorted(sizes, side="right")
    numbers = _say(signs) | _context(sizes, prose)
    shape = np.stack((*first[:-1], flags["ends"], flags["colon"], flags["date"], held[_SIGN]))
    shown = flags | numbers | _alike(shape, told, size_class) | _page(sizes, prose, run, flags["uncased"])
    steps = (
        size_class, _QUARTERS.searchsorted(_low_shares(signs, counts, word_starts, spaced), side="right"),
        _QUARTERS.searchsorted(numbers["near"], side="right"), _SENTENCES.searchsorted(_sentences(signs), side="right"),
    )  # fmt: skip
    rows[np.stack(steps) + _STEP_ROWS, np.arange(len(sizes))] = 1
    rows[_CLASS_ROWS] = told >> _CLASS_BITS & 1
    rows[_FIRST_ROWS], rows[_HELD_ROWS], rows[_SPOT_ROWS] = first, held, _spots(*run, len(sizes))
    for number, name in enumerate(_REST, len(NAMES) - len(_REST)):
        rows[number] = shown[name]
    return rows.T, sizes.tolist()


def _word_starts(signs: Signs) -> Counts:
    """Where words begin: characters behind a blank."""
    blank = (signs.kinds & _BLANK) != 0
    starts = np.empty_like(blank)
    starts[0] = not blank[0]
    np.less(blank[1:], blank[:-1], out=starts[1:])
    return np.flatnonzero(starts)


def _mark_repeats(texts: list[str], sizes: Counts, flags: dict[str, Truths]) -> Counts:
    """Say of each line whether it stands twice on the page; returns the words of each line that is prose, else 0."""
    seen = Counter(texts)
    twice, long = np.array(list(map(seen.__getitem__, texts))) > 1, sizes >= PROSE_WORDS
    flags |= {"twice": twice, "twice_long": twice & long, "twice_near": _twice_near(texts, twice)}
    return np.where(long & ~twice & flags["ends"], sizes, 0)


def _line_flags(signs: Signs, counts: dict[Kind, Counts]) -> dict[str, Truths]:
    """What a line shows by itself."""
    kinds, starts, ends = signs.kinds, signs.bounds[::2], signs.bounds[1::2]
    last = kinds[ends - 1]
    end, second = last, kinds[np.maximum(ends - 2, starts)]
    third = kinds[np.maximum(ends - 3, starts)]
    closed = (end & _CLOSE) != 0
    end = np.where(closed, second, end)
    end = np.where(closed & ((second & _CLOSE) != 0), third, end)
    is_end = (end & _END) != 0
    high, low = counts[Kind.HIGH], counts[Kind.LOW]
    lengths = ends - starts
    codes = signs.codes
    cut = is_end & ((codes[ends - 1] == ord("…")) | ((last & second & _END) != 0))
    return {
        "ends": is_end, "cut": cut, "colon": (last & _COLON) != 0,
        "digits": counts[Kind.DIGIT] * 5 > lengths,
        "date": _has_date(signs), "shouts": (high > 3) & (high > 4 * low),
        "long_open": (lengths > _LONG_OPEN) & ~is_end, "uncased": counts[Kind.UNCASED] * 2 > counts[Kind.LETTER],
        "first_by": _starts_with_by(codes, starts, lengths),
    }  # fmt: skip


def _has_date(signs: Signs) -> Truths:
    """A year of two centuries, or a clock time."""
    codes, kinds, digit = signs.codes, signs.kinds, _DIGIT
    at = signs.places(Kind.DIGIT)
    at = at[at < len(codes) - 4]
    at = at[(kinds[at + 2] & kinds[at + 3] & digit) != 0]
    one, two = codes[at], codes[at + 1]
    year = ((one == ord("1")) & (two == ord("9"))) | ((one == ord("2")) & (two == ord("0")))
    return signs.tally(at[year | ((kinds[at + 1] & _CLOCK) != 0)]) > 0


def _starts_with_by(codes: Codes, starts: Counts, lengths: Counts) -> Truths:
    found: Truths = (lengths > 3) & ((codes[starts] | 0x20) == ord("b"))
    at = np.flatnonzero(found)
    second, third = (codes[starts[at] + by] | np.uint32(0x20) for by in (1, 2))
    found[at] = (second == ord("y")) & (third == 0x20)
    return found


def _low_shares(signs: Signs, counts: dict[Kind, Counts], starts_word: Counts, spaced: Counts) -> Numbers:
    """Share of the words that begin with a small letter; lines without any capital or small letter count as half."""
    low = signs.tally(starts_word[(signs.kinds[starts_word] & _LOW) != 0])
    return np.where(counts[Kind.LOW] + counts[Kind.HIGH] > 0, low / spaced, 0.5)


def _sentences(signs: Signs) -> Counts:
    """Ends of sentences with a blank behind them."""
    ends = signs.places(Kind.END)
    return signs.tally(ends[(signs.kinds[ends + 1] & _STOPS) != 0])


def _twice_near(texts: list[str], twice: Truths) -> Truths:
    last: dict[str, int] = {}
    near = np.zeros(len(texts), dtype=bool)
    for number in np.flatnonzero(twice).tolist():
        before = last.get(texts[number])
        if before is not None and number - before <= _NEAR:
            near[number] = near[before] = True
        last[texts[number]] = number
    return near


def _gaps(signs: Signs, prose: Counts) -> dict[str, Truths]:
    """Blank lines around each line, and whether it is indented as most prose of the page is."""
    starts, breaks = signs.bounds[::2], np.flatnonzero(signs.codes == ord("\n"))
    behind = np.zeros(len(starts), dtype=np.int64)  # the end of the line before
    behind[1:] = signs.bounds[1:-1:2]
    before = np.searchsorted(breaks, starts)
    parted = before - np.searchsorted(breaks, behind) > 1
    parted[0] = False
    own = np.where(before > 0, breaks[before - 1] + 1, 0) if len(breaks) else behind
    shallow = np.minimum(starts - np.maximum(own, behind), 200)
    mass = np.bincount(shallow, weights=prose)
    home = int(mass.argmax())
    after = np.zeros(len(starts), dtype=bool)
    after[:-1] = parted[1:]
    return {"gap_before": parted, "gap_after": after, "home_indent": shallow == home, "deeper": shallow > home}


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


def _spots(first: int, stop: int, count: int) -> Truths:
    """Where each line stands towards the densest stretch of prose; a row for each of ``_SPOTS``."""
    low = np.array((first, first, max(first, stop - _EDGE), first - _EDGE, stop, 0, stop))[:, None]
    high = np.array((stop, min(stop, first + _EDGE), stop, first, stop + _EDGE, first, count))[:, None]
    at = np.arange(count)
    spots: Truths = (at >= low) & (at < high)
    return spots


def _say(signs: Signs) -> dict[str, Numbers]:
    """The share of each line's words that are furniture's, or small."""
    total = np.maximum(1, signs.stops - signs.firsts)
    seldom, small = signs.count_words()
    return {"furniture": seldom / total, "small_words": small / total}


def _context(sizes: Counts, prose: Counts) -> dict[str, Numbers]:
    """How much of what stands around each line is prose, and how much of the page's prose lies before and after."""
    sums, whole = np.concatenate(([0], np.cumsum(prose))), np.concatenate(([0], np.cumsum(sizes)))
    at = np.arange(len(sizes))
    low, high = np.maximum(0, at - _WINDOW), np.minimum(len(sizes), at + _WINDOW + 1)
    near = (sums[high] - sums[low]) / np.maximum(1, whole[high] - whole[low])
    total = max(1, int(sums[-1]))
    return {
        "near": near, "size": np.log1p(sizes) / 4,
        "prose_before": sums[:-1] / total, "prose_after": (sums[-1] - sums[1:]) / total,
    }  # fmt: skip


def _alike(flags: Truths, told: Counts, size_class: Counts) -> dict[str, Numbers]:
    """Lines of the same shape around each line: threads, lists and cards repeat their form."""
    shape = size_class << 32 | (told & _SHAPE_WORDS) << 8 | np.packbits(flags, axis=0)[0]
    count = len(shape)
    beyond = np.full(_ALIKE, -2)
    long = np.concatenate((beyond, shape, beyond))
    same = (long[np.arange(count) + _BESIDE] == shape) & (size_class < _LONG_CLASS)
    each = (same[:_ALIKE].astype(np.float32) + same[_ALIKE:]) / 2
    return {"alike": each.sum(axis=0) / _ALIKE, **{f"alike_{by}": each[by - 1] for by in range(1, 5)}}


def _page(sizes: Counts, prose: Counts, run: tuple[int, int], uncased: Truths) -> dict[str, float]:
    """What kind of page it is, said to every line."""
    count, total = len(sizes), max(1, int(prose.sum()))
    return {
        "page_lines": log1p(count) / 6, "page_prose": total / max(1, int(sizes.sum())),
        "page_run": int(prose[run[0] : run[1]].sum()) / total,
        "page_uncased": np.count_nonzero(uncased) / count,
    }  # fmt: skip
