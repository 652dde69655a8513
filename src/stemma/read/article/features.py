"""What can be told of a line at a glance: the numbers that the line scorer weighs."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from stemma.read.article.signs import Codes, Counts, Kind, Signs, Truths, read_signs
from stemma.read.layout import Line, Sheet

Matrix = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]

PROSE_WORDS = 8  #: a line of so many words that ends like a sentence is prose (the C4 corpus rule asks for 5)
_WORD_STEPS = (2, 3, 4, 6, 8, 11, 17, 26, 41, 70)  #: bounds of the classes of line length, in words
_QUARTERS = (0.25, 0.5, 0.75)
_SENTENCES = (1, 2, 3)  #: bounds of the classes of sentences in a line
_WINDOW = 5  #: lines to each side whose prose counts as near
_EDGE = 3  #: lines from an end of the densest stretch that count as its edge
_DEAREST_LINE = 20  #: what a line that is no prose takes at most from a stretch, in words
_LONG_OPEN = 90  #: characters of a line without an end from which on it was cut off, or is a paragraph without one
_ALIKE = 8  #: lines to each side among which lines of the same shape are counted
_NEAR = 6  #: lines within which a line that comes again is a card printed twice

_CLASSES = (
    "legal", "join", "share", "more", "credit", "byline", "reply", "you", "advert", "month", "day", "site", "person",
    "address", "talk",
)  # fmt: skip
_PLAIN = frozenset(["you", "month", "day", "person", "talk", "address"])  #: classes that stories use as much
_FLAGS = (
    "ends", "cut", "colon", "capital", "small", "digit", "bullet", "quote", "quoted", "comma", "date", "sign", "bars",
    "digits",
    "shouts", "long_open", "first_by", "uncased",
    "twice", "twice_near", "twice_long", "gap_before", "gap_after", "home_indent", "deeper",
    "in_run", "run_head", "run_tail", "just_before", "just_after", "before", "after",
)  # fmt: skip
_NUMBERS = (
    "size", "prose_before", "prose_after", "furniture", "small_words",
    "alike", "alike_1", "alike_2", "alike_3", "alike_4",
    "page_lines", "page_prose", "page_run", "page_uncased",
)  # fmt: skip
NAMES: tuple[str, ...] = (
    *(f"words_{number}" for number in range(len(_WORD_STEPS) + 1)),
    *(f"lower_{number}" for number in range(len(_QUARTERS) + 1)),
    *(f"near_{number}" for number in range(len(_QUARTERS) + 1)),
    *(f"sentences_{number}" for number in range(len(_SENTENCES) + 1)),
    *(f"says_{name}" for name in _CLASSES),
    *_FLAGS,
    *_NUMBERS,
)


@lru_cache(maxsize=1)
def _wordings() -> dict[str, int]:
    """Each word's classes as bits, then a bit for words that stories seldom use and one for small words."""
    table = tomllib.loads((files(__package__) / "wordings.toml").read_text("utf-8"))["words"]
    bits: dict[str, int] = {}
    for number, name in enumerate(_CLASSES):
        for word in table[name].split():
            bits[word] = bits.get(word, 0) | 1 << number | (0 if name in _PLAIN else 1 << len(_CLASSES))
    small = tomllib.loads((files("stemma.read.fields") / "languages.toml").read_text("utf-8"))["words"]
    for words in small.values():
        for word in words.split():
            bits[word] = bits.get(word, 0) | 2 << len(_CLASSES)
    return bits


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
    flags = _line_flags(signs, counts)
    prose = _mark_repeats([sheet.text[line.start : line.end] for line in sheet.lines], sizes, flags)
    flags |= _gaps(sheet, prose)
    run = best_run(np.where(prose > 0, prose, -np.minimum(_DEAREST_LINE, 2 * sizes)).tolist())
    flags |= _spots(*run, len(sizes))
    says, numbers = _say(signs, len(sizes))
    numbers |= _context(sizes, prose) | _alike(flags, sizes, says) | _page(sizes, prose, run, flags["uncased"])
    groups = [
        _steps(sizes, _WORD_STEPS), _steps(_low_shares(signs, counts, word_starts, spaced), _QUARTERS),
        _steps(numbers.pop("near"), _QUARTERS), _steps(_sentences(signs), _SENTENCES),
        says,
        np.stack([flags[name] for name in _FLAGS], axis=1),
        np.stack([numbers[name] for name in _NUMBERS], axis=1),
    ]  # fmt: skip
    return np.concatenate(groups, axis=1, dtype=np.float32), sizes.tolist()


def _word_starts(signs: Signs) -> Truths:
    """Where words begin: characters behind a blank."""
    blank = signs.has(Kind.BLANK)
    starts: Truths = ~blank
    starts[1:] &= blank[:-1]
    return starts


def _mark_repeats(texts: list[str], sizes: Counts, flags: dict[str, Truths]) -> Counts:
    """Say of each line whether it stands twice on the page; returns the words of each line that is prose, else 0."""
    seen = Counter(texts)
    twice, long = np.array([seen[text] > 1 for text in texts]), sizes >= PROSE_WORDS
    flags |= {"twice": twice, "twice_long": twice & long, "twice_near": _twice_near(texts, twice)}
    return np.where(long & ~twice & flags["ends"], sizes, 0)


def _steps(values: npt.ArrayLike, steps: Sequence[float]) -> Matrix:
    """One-hot classes of values."""
    hot: Matrix = np.eye(len(steps) + 1, dtype=np.float32)[np.searchsorted(steps, values, side="right")]
    return hot


def _line_flags(signs: Signs, counts: dict[Kind, Counts]) -> dict[str, Truths]:
    """What a line shows by itself."""
    kinds, starts, ends = signs.kinds, signs.starts, signs.ends
    first, last = kinds[starts], kinds[ends - 1]
    end, second = last, kinds[np.maximum(ends - 2, starts)]
    third = kinds[np.maximum(ends - 3, starts)]
    closed = (end & int(Kind.CLOSE)) != 0
    end = np.where(closed, second, end)
    end = np.where(closed & ((second & int(Kind.CLOSE)) != 0), third, end)
    is_end = (end & int(Kind.END)) != 0
    digit = signs.has(Kind.DIGIT)
    high, low = counts[Kind.HIGH], counts[Kind.LOW]
    lengths = ends - starts
    codes = signs.codes
    cut = is_end & ((codes[ends - 1] == ord("…")) | ((last & second & int(Kind.END)) != 0))
    return {
        "ends": is_end, "cut": cut, "colon": (last & int(Kind.COLON)) != 0,
        "capital": (first & int(Kind.HIGH)) != 0, "small": (first & int(Kind.LOW)) != 0,
        "digit": (first & int(Kind.DIGIT)) != 0, "bullet": (first & int(Kind.BULLET)) != 0,
        "quote": signs.holds(signs.has(Kind.QUOTE)), "quoted": (first & int(Kind.QUOTE)) != 0,
        "comma": signs.holds(signs.has(Kind.COMMA)), "sign": signs.holds(signs.has(Kind.SIGN)),
        "bars": signs.holds(signs.has(Kind.BAR)), "digits": counts[Kind.DIGIT] * 5 > lengths,
        "date": _has_date(signs, digit), "shouts": (high > 3) & (high > 4 * low),
        "long_open": (lengths > _LONG_OPEN) & ~is_end, "uncased": counts[Kind.UNCASED] * 2 > counts[Kind.LETTER],
        "first_by": _starts_with_by(codes, starts, lengths),
    }  # fmt: skip


def _has_date(signs: Signs, digit: Truths) -> Truths:
    """A year of two centuries, or a clock time."""
    codes = signs.codes
    found = np.zeros(len(codes), dtype=bool)
    if len(codes) > 3:
        pair = digit[2:-1] & digit[3:]
        year = ((codes[:-3] == ord("1")) & (codes[1:-2] == ord("9"))) | (
            (codes[:-3] == ord("2")) & (codes[1:-2] == ord("0"))
        )
        clock = digit[:-3] & ((signs.kinds[1:-3] & int(Kind.CLOCK)) != 0)
        found[:-3] = pair & (year | clock)
    return signs.holds(found)


def _starts_with_by(codes: Codes, starts: Counts, lengths: Counts) -> Truths:
    second, third = (codes[np.minimum(starts + by, len(codes) - 1)] | np.uint32(0x20) for by in (1, 2))
    found: Truths = (lengths > 3) & ((codes[starts] | 0x20) == ord("b")) & (second == ord("y")) & (third == 0x20)
    return found


def _low_shares(signs: Signs, counts: dict[Kind, Counts], starts_word: Truths, spaced: Counts) -> Numbers:
    """Share of the words that begin with a small letter; lines without any capital or small letter count as half."""
    low = signs.tally(starts_word & signs.has(Kind.LOW))
    return np.where(counts[Kind.LOW] + counts[Kind.HIGH] > 0, low / spaced, 0.5)


def _sentences(signs: Signs) -> Counts:
    """Ends of sentences with a blank behind them."""
    after = signs.has(Kind.BLANK | Kind.CLOSE).copy()
    after[:-1] = after[1:]
    return signs.tally(signs.has(Kind.END) & after)


def _twice_near(texts: list[str], twice: Truths) -> Truths:
    last: dict[str, int] = {}
    near = np.zeros(len(texts), dtype=bool)
    for number in np.flatnonzero(twice).tolist():
        before = last.get(texts[number])
        if before is not None and number - before <= _NEAR:
            near[number] = near[before] = True
        last[texts[number]] = number
    return near


def _gaps(sheet: Sheet, prose: Counts) -> dict[str, Truths]:
    """Blank lines around each line, and whether it is indented as most prose of the page is."""
    text, lines = sheet.text, sheet.lines
    between = [text[left.end : right.start] for left, right in zip((Line(0, 0), *lines), lines, strict=False)]
    parted = np.array([gap.count("\n") > 1 for gap in between])
    parted[0] = False
    indents = np.array([len(gap) - 1 - gap.rfind("\n") for gap in between])
    shallow = np.minimum(indents, 200)
    mass = np.bincount(shallow, weights=prose)
    home = int(mass.argmax())
    after = np.zeros(len(lines), dtype=bool)
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


def _spots(first: int, stop: int, count: int) -> dict[str, Truths]:
    """Where each line stands towards the densest stretch of prose."""
    at = np.arange(count)
    spots = {
        "in_run": (first, stop),
        "run_head": (first, min(stop, first + _EDGE)), "run_tail": (max(first, stop - _EDGE), stop),
        "just_before": (first - _EDGE, first), "just_after": (stop, stop + _EDGE),
        "before": (0, first), "after": (stop, count),
    }  # fmt: skip
    return {name: (at >= low) & (at < high) for name, (low, high) in spots.items()}


def _say(signs: Signs, count: int) -> tuple[Matrix, dict[str, Numbers]]:
    """Which classes of furniture words each line holds; the share of its words that are furniture's, or small."""
    kinds, lines, words = len(_CLASSES), signs.token_lines, signs.look_up(_wordings())
    held = np.flatnonzero(words & ((1 << kinds) - 1))
    classes = np.zeros(count, dtype=np.int64)
    np.bitwise_or.at(classes, lines[held], words[held])
    says = (classes[:, None] >> np.arange(kinds) & 1).astype(np.float32)
    total = np.maximum(1, np.bincount(lines, minlength=count))
    furniture = np.bincount(lines[held], weights=words[held] >> kinds & 1, minlength=count) / total
    small = np.bincount(lines, weights=words >> (kinds + 1) & 1, minlength=count) / total
    return says, {"furniture": furniture, "small_words": small}


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


def _alike(flags: dict[str, Truths], sizes: Counts, says: Matrix) -> dict[str, Numbers]:
    """Lines of the same shape around each line: threads, lists and cards repeat their form."""
    shape = np.searchsorted(_WORD_STEPS, np.minimum(sizes, 30), side="right").astype(np.int64)
    for name in ("ends", "colon", "capital", "small", "digit", "date", "bullet", "sign"):
        shape = shape * 2 + flags[name]
    for name in ("reply", "byline", "day"):
        shape = shape * 2 + (says[:, _CLASSES.index(name)] > 0)
    short = sizes < 17
    count = len(sizes)
    total = np.zeros(count)
    same: dict[str, Numbers] = {}
    for by in range(1, _ALIKE + 1):
        equal = (shape[by:] == shape[:-by]) & short[by:]
        total[by:] += equal
        total[: count - min(by, count)] += equal
        if by <= 4:
            both = np.zeros(count)
            both[by:] += equal
            both[: count - min(by, count)] += equal
            same[f"alike_{by}"] = both / 2
    return {"alike": total / (2 * _ALIKE), **same}


def _page(sizes: Counts, prose: Counts, run: tuple[int, int], uncased: Truths) -> dict[str, Numbers]:
    """What kind of page it is, said to every line."""
    count, total = len(sizes), max(1, int(prose.sum()))
    numbers = {
        "page_lines": np.log1p(count) / 6, "page_prose": total / max(1, int(sizes.sum())),
        "page_run": int(prose[run[0] : run[1]].sum()) / total,
        "page_uncased": float(uncased.mean()),
    }  # fmt: skip
    return {name: np.full(count, value) for name, value in numbers.items()}
