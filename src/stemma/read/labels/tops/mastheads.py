"""Mastheads: the line at the top of a plain-text page that names the newspaper, the agency or the ministry.

A masthead is a short line that is a name throughout. It is a known outlet, or it holds a word by which outlets and
bodies are called ("Gazette", "Ministry of"), or it is in capitals with a date line below it. A line that could as
well be the headline is none: something that can be the headline must stand below it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from stemma.read.days import Day, find_days
from stemma.read.outlets import outlet_named
from stemma.text.words import fold

_TOP = 4  #: lines of the page among which a masthead stands; more only where each line above is one too
_MOST_WORDS = 14  #: of a ministry's full name
_OUTLET_WORDS = 6  #: of an outlet's name
_CHUNK = 3  #: words with capitals in a row; more are a headline in capitals ("People's Democratic Republic" has three)
_LEAST_CAPITALS, _MOST_CAPITALS = 2, 5  #: words of a name that is told by its capitals alone
_LONGEST = 110  #: characters
_BELOW = 3  #: lines below a name in capitals among which the date must stand
_SURE, _GUESSED = 0.7, 0.5
_ISSUE = re.compile(r"\s{2,}\S.*$|\s*[|,(–—-]?\s*(?:No|Nr|Vol|Issue|№)\b\.?\s?\d.*$", re.IGNORECASE)
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_VERB = re.compile(
    r"\w{3}(?:л|ла|ло|ли|ет|ёт|ит|ют|ут|ат|ят|ся|сь|ть)$"
)  #: endings of Russian verbs, third person and past
_MAY_COUNT = re.compile(r"\s\s|\d")  #: without it a line holds no number of an issue
_NO_NAME = re.compile(r"[.!?:;“”\"«»…]|\d|[ '‘]['‘]|https?|www|@|\.$")
_WORD = re.compile(r"[^\W\d_][\w'’.\-]*|&")
_CLOSING = len("1 00:00 (GMT+0)")  #: characters from the last of a day to the end of its line
_DAY_LAST = _DIGIT = re.compile(r"\d")
_WIDE, _WEEKDAY_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"), 5  #: "星期六", "第０２版"; more is a headline
_WEEKDAY = re.compile(r"[^\W\d_]{2,12}[.,]?\s?$")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b|\b\d{1,2}\s?[ap]\.?m\.?(?!\w)", re.IGNORECASE)


class Masthead(NamedTuple):
    """A line's number, the span of the name in it, and how sure it is that it names whose page this is."""

    number: int
    start: int
    end: int
    confidence: float
    dated: bool = False  #: its line ends with a day: "Karvis Port Authority, 3 May 2031"


class Names(NamedTuple):
    """``names.toml``, every list as a set."""

    outlets: frozenset[str]
    bodies: frozenset[str]
    offices: frozenset[str]
    parts: frozenset[str]
    small: frozenset[str]
    sections: frozenset[str]
    deeds: frozenset[str]
    suffixes: tuple[str, ...]


@lru_cache(maxsize=1)
def names() -> Names:
    """The words of names."""
    table = tomllib.loads((files(__package__) / "names.toml").read_text("utf-8"))
    wordy = (name for name in Names._fields if name not in {"parts", "suffixes"})
    lists = {name: frozenset(map(fold, table[name].split())) for name in wordy}
    parts = frozenset(map(fold, table["parts"].split("|")))
    return Names(**lists, parts=parts, suffixes=tuple(table["suffixes"].split()))


def find_mastheads(
    texts: Sequence[str], starts: Sequence[int], stop: int, numbered: Collection[int] | None = None
) -> list[Masthead]:
    """The mastheads among the lines before ``stop`` (the story's first line), in order of place.

    ``starts`` are the lines' offsets. Lines that open with a name and end with a day count wherever they stand.
    ``numbered`` are the lines that hold a digit; None: not known.
    """
    found: list[Masthead] = []
    for number in range(stop):
        text, counted = texts[number], numbered is None or number in numbered
        if len(text) > _LONGEST:
            continue
        if counted and _DAY_LAST.search(text, len(text) - _CLOSING) and (size := _named_before_day(text)) is not None:
            found.append(Masthead(number, starts[number], starts[number] + size, _SURE, True))
        elif number < _TOP or (found and found[-1].number == number - 1):
            size = len(_ISSUE.sub("", text)) if _MAY_COUNT.search(text) else len(text)
            sureness = _sureness(text[:size], texts[number + 1 : stop][:_BELOW], first=number == 0)
            found += [Masthead(number, starts[number], starts[number] + size, sureness)] if sureness else []
    return found


def is_day_line(text: str) -> bool:
    """Whether the line is little more than a day: a weekday, a clock time or a place may stand with it."""
    days = _full_days(text)
    if not days:
        return False
    rest = text[: days[0].start] + text[days[-1].end :]
    words = _words(_CLOCK.sub("", rest))
    if len(_WIDE.findall(rest)) > _WEEKDAY_SIGNS:
        return False
    plain = set(map(fold, words))
    place = all(word[0].isupper() for word in words) and not plain & (names().deeds | names().sections)
    return len(words) <= (2 if place else 4 if _CLOCK.search(rest) else 1)


def _full_days(text: str) -> list[Day]:
    if not _DIGIT.search(text):
        return []
    return [day for day in find_days(text) if not day.value.startswith("--")]


def _named_before_day(text: str) -> int | None:
    """Length of the name in "Karvis Port Authority, 3 May 2031"; None: a place, or something longer, stands there."""
    days = _full_days(text)
    if len(days) != 1 or len(text) - days[0].end > _CLOSING - 1:
        return None
    before = text[: days[0].start].rstrip()
    name = before.rstrip(" ,|–—-•·")
    if name == before:
        name = _WEEKDAY.sub("", before).rstrip().rstrip(",|–—-•·").rstrip()
    return len(name) if name and name != before and (outlet_named(name) or _is_called(name)) else None


def _sureness(name: str, below: Sequence[str], *, first: bool) -> float:
    """How sure a line at the page's top is to name its outlet; 0: it is no masthead."""
    if outlet_named(name) or _is_called(name):
        return _SURE
    words = _words(name)
    capitals = name.isupper() and _LEAST_CAPITALS <= len(words) <= _MOST_CAPITALS and _is_name(name, words)
    if first and capitals and any(map(is_day_line, below)) and not any(text.isupper() for text in below):
        return _GUESSED
    return 0.0


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _is_called(name: str) -> bool:
    """Whether the words are a name by which outlets and bodies are called."""
    if name.endswith(names().suffixes) and name.count(" ") <= (1 if _HANGUL.search(name) else 0):
        return len(name) <= _OUTLET_WORDS * 2
    words = _words(name)
    plain = [fold(word).rstrip(".") for word in words]
    if _is_russian_body(name, plain):
        return True
    if len(words) < 2 or len(words) > _MOST_WORDS or not _is_name(name, words):
        return False
    body = plain[0] == "the"
    opens, ends = plain[int(body) : int(body) + 3], plain[-1]
    if ends in names().outlets and len(words) <= _OUTLET_WORDS:
        return True
    kinds = [word for word in (*opens, ends) if word in names().bodies]
    office = opens[0] in names().offices and "of" in plain
    return bool(kinds or office) and (len(words) <= _CHUNK + 1 or bool(names().small & set(plain)))


def _is_russian_body(name: str, plain: Sequence[str]) -> bool:
    """A body whose name goes on in small letters ("Министерство иностранных дел"): no word in it is a verb's form."""
    if not (2 <= len(plain) <= _OUTLET_WORDS + 1) or plain[0] not in names().bodies or not _CYRILLIC.match(plain[0]):
        return False
    return not _NO_NAME.search(name) and not any(word not in names().bodies and _VERB.search(word) for word in plain)


def _is_name(name: str, words: Sequence[str]) -> bool:
    """Words with capitals, small words between them, and nothing that tells a story or a menu."""
    plain = [fold(word) for word in words]
    known = names()
    if _NO_NAME.search(name) or known.deeds & set(plain) or known.sections.issuperset(plain):
        return False
    return _longest_chunk(words, plain) <= (_CHUNK if len(words) > _OUTLET_WORDS else _OUTLET_WORDS)


def _longest_chunk(words: Sequence[str], plain: Sequence[str]) -> int:
    """Most words with capitals in a row; beyond all measure where a word without them is no small one."""
    longest = row = 0
    for word, small in zip(words, plain, strict=True):
        if small in names().small:
            row = 0
        elif word[0].islower() and (word.isascii() or small not in names().outlets):  # Cyrillic: only the first has one
            return _MOST_WORDS
        else:
            row += 1
            longest = max(longest, row)
    return longest


def is_part(name: str) -> bool:
    """Whether a masthead is but a part of a body ("Press Office"): another line names whose page it is."""
    return fold(name).removeprefix("the ") in names().parts
