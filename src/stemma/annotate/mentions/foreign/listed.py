"""What is listed of other scripts, by script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from babel import Locale

from stemma.annotate.mentions.lexicon import read_knowledge
from stemma.records import MentionKind
from stemma.text import gazetteer

_LANGUAGES = {"cyrillic": ("ru", "uk"), "hangul": ("ko",), "han": ("zh", "zh_Hant", "ja"), "arabic": ("ar", "fa")}
_SCRIPT = {
    "cyrillic": re.compile(r"[\u0400-\u052f -]+"),
    "hangul": re.compile(r"[\uac00-\ud7a3 ]+"),
    "han": re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+"),
    "arabic": re.compile(r"[\u0600-\u06ff\u200c -]+"),
}
_SHORTEST = {"cyrillic": 3, "hangul": 2, "han": 2, "arabic": 3}  #: letters; shorter names are parts of other words


class Name(NamedTuple):
    """A name in the text; ``role``: where the words of the role stand."""

    start: int
    end: int
    kind: MentionKind
    reason: str
    role: tuple[int, int] | None = None


@cache
def words_of(script: str, what: str) -> tuple[str, ...]:
    """A list of ``foreign.toml``, "_" for a blank; the longest first."""
    words: str = read_knowledge("foreign")[script].get(what, "")
    return tuple(sorted((word.replace("_", " ") for word in words.split()), key=lambda word: (-len(word), word)))


@cache
def listed(script: str) -> Mapping[str, MentionKind]:
    """Names of a script with their kinds: cities, states, bodies, office holders, the later outranking."""
    fits, shortest = _SCRIPT[script].fullmatch, _SHORTEST[script]
    kinds: dict[str, MentionKind] = dict.fromkeys((name for name in gazetteer.names_of_cities() if fits(name)), "place")
    for language in _LANGUAGES[script]:
        territories = Locale.parse(language).territories.items()
        kinds |= dict.fromkeys((name for code, name in territories if code.isalpha() and fits(name)), "place")
    for what in ("place", "organization", "outlet"):
        kinds |= dict.fromkeys(words_of(script, what), what)
    kinds |= dict.fromkeys((name for name in holders() if fits(name)), "person")
    return {name: kind for name, kind in kinds.items() if len(name) >= shortest or kind != "place" or name.isupper()}


@cache
def _openings(script: str) -> tuple[re.Pattern[str], Mapping[str, int]]:
    """The first letters of listed names, and the letters of the longest name behind each."""
    longest: dict[str, int] = {}
    for name in listed(script):
        longest[name[0]] = max(longest.get(name[0], 0), len(name))
    return re.compile(f"[{re.escape(''.join(sorted(longest)))}]"), longest


def listed_names(script: str, text: str, span: tuple[int, int], fits: Callable[[int, int], bool]) -> Iterator[Name]:
    """The listed names of a stretch that ``fits(start, end)``, the longest at each place, none overlapping another."""
    kinds, (first, longest) = listed(script), _openings(script)
    at, end = span
    while match := first.search(text, at, end):
        start = at = match.start()
        at += 1
        for stop in range(min(start + longest[match[0]], end), start, -1):
            kind = kinds.get(text[start:stop])
            if kind and fits(start, stop):
                yield Name(start, stop, kind, "known name")
                at = stop
                break


def holders() -> Iterator[str]:
    """Names of office holders in all scripts."""
    for holder in read_knowledge("holders")["holder"]:
        yield from holder["names"]
