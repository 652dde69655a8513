"""What the words around the places of a name tell of its kind: signs, short strings that have weights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from stemma.annotate.mentions.candidates import Candidate, is_dateline
from stemma.annotate.mentions.lexicon import is_adjective, lexicon, plain

_OPENING, _BLANKS = "\"“‘«('[", " \u00a0"
_AFTER = re.compile(r"[ \u00a0]*(?:['’]s?(?![\w]))?[ \u00a0]*(?:([\w'’-]+)(?:[ \u00a0]+([\w'’-]+))?|([^\w\s]|\n))")
_OWNED = re.compile(r"[ \u00a0]?['’]s?[ \u00a0]([a-z]+)\b")
_AGED = re.compile(r",? (?:\d\d\b|aged \d|an? (?:\w+ ){0,3}(?:who|resident))")
_APPOSITION = re.compile(r", (?:(?:an?|the|his|her|its|their|one of) )((?:[\w'’-]+ ){0,4}[\w'’-]+)")
_CREDIT = re.compile(r"/.?\||--|—")  #: the slashes or dashes of a dateline
_CITED = re.compile(r"[/(]\s*$")
_REACH = 32  #: characters to look around a name
_QUOTES = '"“”‘«»'


def around(text: str, found: Candidate) -> Iterator[str]:
    """Signs of one place of a name."""
    before, after = text[max(0, found.start - _REACH) : found.start], text[found.end : found.end + _REACH]
    one, two, mark = _words_before(before)
    next_one, next_two, next_mark = _words_after(after)
    yield f"-1:{one or mark}"
    yield f"+1:{next_one or next_mark}"
    if one:
        yield f"-2:{two} {one}"
        yield f"-c:{sort_of(one)}"
    if next_one:
        yield f"+2:{next_one} {next_two}"
        yield f"+c:{sort_of(next_one)}"
    yield f"{sort_of(one) if one else mark}_{sort_of(next_one) if next_one else next_mark}"
    yield from _special(text, found, before, after)


def _words_before(before: str) -> tuple[str, str, str]:
    """The word before a name and the one before that, or the sign that stands there; "^" at the head of a line."""
    line = before.rpartition("\n")[2]
    words = line.split()
    if not words:
        return "", "", "^"
    last = words[-1].lstrip(_OPENING)
    if not last or not last[-1].isalnum() or line[-1:] not in _BLANKS:
        return "", "", words[-1][-1]
    second = words[-2] if len(words) > 1 and words[-1] == last and words[-2][-1].isalnum() else ""
    return _known_or_small(last), _small(second.lstrip(_OPENING)), ""


def _words_after(after: str) -> tuple[str, str, str]:
    match = _AFTER.match(after)
    if match is None:
        return "", "", "$"
    one, two = match[1] or "", match[2] or ""
    return _small(one), _small(two), (match[3] or "$").replace("\n", "$")


def _known_or_small(word: str) -> str:
    """The word in small letters, roles with a capital too ("President"); other names only as a capital."""
    low = word.lower()
    return low if low in lexicon().title or low in lexicon().common else _small(word)


def _small(word: str) -> str:
    """The word, or only that it has a capital: a name behind a name is not learned by heart."""
    return word if word[:1].islower() else "X" if word[:1].isupper() else "9" if word else ""


def _special(text: str, found: Candidate, before: str, after: str) -> Iterator[str]:
    """Ownership, apposition, age, quotation marks, datelines and credits."""
    known = lexicon()
    owned = _OWNED.match(after)
    if owned:
        yield f"own:{owned[1]}"
        yield f"ownc:{sort_of(owned[1])}"
    apposition = _APPOSITION.match(text, found.end, found.end + 80)
    if apposition:
        yield from {f"app:{kind}" for word in apposition[1].split() if (kind := sort_of(word.lower())) != "-"}
    if _AGED.match(after):
        yield "aged"
    if before[-1:] in _QUOTES and after[:1] in _QUOTES and before and after:
        yield "quoted"
    if is_dateline(text, found):
        yield "dateline"
    if after[:1] in {"/", ")"} and _CITED.search(before):
        yield "credit" if _CREDIT.search(before[-2:] + "|" + after[:6]) else "bracketed"
    if found.opens:
        yield "opens"
    if after.startswith(", ") and any(
        after[2:].startswith(name) for name in _titled_countries(after[2:5], known.country)
    ):
        yield "comma place"


@lru_cache(maxsize=4096)
def _titled_countries(start: str, countries: frozenset[str]) -> tuple[str, ...]:
    """Names of states that begin so, as they are written."""
    low = plain(start)
    return tuple(name.title() for name in countries if name.startswith(low)) if start[:1].isupper() else ()


@cache
def _sorts() -> dict[str, str]:
    """Words of a page by what they do beside a name."""
    known = lexicon()
    groups = (
        ("Work", known.work_head), ("Place", known.place_head), ("Outlet", known.outlet_head),
        ("Body", known.organization_head), ("owned", known.owned), ("verb", frozenset(known.verbal)),
        ("Role", known.title | known.role_word), ("in", known.location), ("to", known.direction),
        ("who", known.personal), ("said", known.speech),
    )  # fmt: skip
    return {word: sort for sort, words in groups for word in words}


@lru_cache(maxsize=16_384)
def sort_of(word: str) -> str:
    """What a word does beside a name: a role, a verb of speech, the head of a body or a place; "-" for others."""
    if word in {"the", "a", "an", "and", "or", "of", "by", "with", "for", "from"}:
        return word
    sort = _sorts().get(word) or (_sorts().get(word[:-1]) if word.endswith("s") else None)
    if sort is None and is_adjective(word):
        return "Adjective"
    if sort is None and word.endswith("ed"):
        return "ed"
    return sort or "-"
