"""Names that the people of an archive have listed: they outrank what the rules, the gazetteer and the model say.

person = ["Oru Tamm", "Ору Тамм"]
organization = ["Harbour Board"]
outlet = ["Sarva"]
place = ["Karvis"]
work = ["Harbour Pact"]
none = ["Swan"]          # never a name here: a ferry is called so
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, cast, get_args

from stemma.annotate.mentions.candidates import Candidate
from stemma.errors import BadValue
from stemma.records import MentionKind

_KINDS = (*get_args(MentionKind), "none")
OWN = "own name"  #: the reason of a mention of a listed name
_SOLID = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")  #: scripts that set words without blanks between


class Own(NamedTuple):
    """Listed names by the words as they are written, and what finds them."""

    kinds: Mapping[str, MentionKind | None]
    pattern: re.Pattern[str]


@lru_cache(maxsize=4)
def own_names(text: str) -> Own | None:
    """The names of a TOML text; None where it lists none. Raises ``BadValue`` for a text that cannot be read so."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadValue("names", "names.toml", f"TOML ({error})") from error
    kinds: dict[str, MentionKind | None] = {}
    for kind, names in table.items():
        if kind not in _KINDS or not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise BadValue("names", kind, f"a list of names under one of {', '.join(_KINDS)}")
        told = None if kind == "none" else cast("MentionKind", kind)
        kinds |= {" ".join(name.split()): told for name in names if name.strip()}
    if not kinds:
        return None
    longest_first = sorted(kinds, key=lambda name: (-len(name), name))
    return Own(kinds, re.compile("|".join(map(_pattern, longest_first))))


def _pattern(name: str) -> str:
    """The name with any blanks between its words, and no letter of another word beside it."""
    words = r"[ \u00a0]+".join(re.escape(word) for word in name.split())
    before = "" if _SOLID.match(name[0]) else r"(?<!\w)"
    after = "" if _SOLID.match(name[-1]) else r"(?!\w)"
    return before + words + after


def overlaid(text: str, spans: Iterable[tuple[int, int]], found: Iterable[Candidate], own: Own) -> list[Candidate]:
    """Candidates with the listed names among them, in order.

    What overlaps a listed name gives way to it, but for a longer name of known kind that holds all of it: a list that
    holds "Karvis" leaves the "Karvis Harbour Board" whole.
    """
    listed = [one for start, end in spans for one in _listed(text, start, end, own)]
    wholes = [one for one in found if one.kind is not None and any(_holds(one, each) for each in _beside(listed, one))]
    kept = [each for each in listed if not any(_holds(one, each) for one in _beside(wholes, each))]
    rest = [one for one in found if not _beside(kept, one)]
    return sorted([*rest, *(each for each in kept if each.kind is not None)], key=lambda one: one.start)


def _beside(ordered: list[Candidate], one: Candidate) -> list[Candidate]:
    """Those of candidates in order, none overlapping another, that overlap this one."""
    first = bisect_right(ordered, one.start, key=lambda each: each.end)
    last = bisect_left(ordered, one.end, key=lambda each: each.start)
    return ordered[first:last]


def _holds(whole: Candidate, part: Candidate) -> bool:
    return whole.start <= part.start and part.end <= whole.end and len(whole.text) > len(part.text)


def _listed(text: str, start: int, end: int, own: Own) -> Iterator[Candidate]:
    for match in own.pattern.finditer(text, start, end):
        kind = own.kinds[" ".join(match[0].split())]
        yield Candidate(match.start(), match.end(), match[0], kind, OWN, False, len(match[0].split()), False)
