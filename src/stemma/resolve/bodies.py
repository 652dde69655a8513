"""Organisations, outlets, places and works: forms known to be one, acronyms, and words in another order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from babel import Locale
from rapidfuzz.distance import JaroWinkler

from stemma.records import MentionKind
from stemma.resolve.spelling.knowledge import knowledge
from stemma.resolve.spelling.parse import parse
from stemma.text.words import fold

_LANGUAGES = ("en", "ru", "uk", "ko", "zh", "zh_Hant", "ja", "ar", "fa", "de", "fr", "es")
_COUNTRY_CODE = 2
_ARTICLE = re.compile(r"^(?:the|die|der|das|la|le|les|l')\s+")
_BRACKETED = re.compile(r"\s*\([^()]*\)|^[/(]|[/)]$")
_STOP = frozenset({"of", "the", "for", "and", "in", "de", "a", "on", "&", "to"})
_AREA = frozenset({"region", "oblast", "area", "province", "district", "county", "city", "state", "republic"})
_KIND_ALONE = 0.5  #: share that the likeness keeps where nothing else is shared
_SAME, _DIFFERENT = 0.97, 0.03
_ENOUGH_LETTERS = 2


def score(left: str, right: str, kind: MentionKind) -> tuple[float, tuple[str, ...]]:
    """0 to 1 for two names that are not of persons, with reasons."""
    a, b = _folded(left), _folded(right)
    if a == b:
        return 0.99, ("same spelling",)
    known = _places() if kind == "place" else _bodies()
    if known.get(a, frozenset()) & known.get(b, frozenset()):
        return _SAME, ("forms of one name",)
    if a in known and b in known:
        return _DIFFERENT, ("known as two",)
    if kind != "place" and _is_acronym(left, right):
        return 0.75, (f"{min(left, right, key=len)} from the first letters of {max(left, right, key=len)}",)
    value, reason = _worded(a, b)
    return (value * 0.8 if (a in known) != (b in known) else value), (reason,)


@lru_cache(maxsize=65_536)
def _folded(text: str) -> str:
    flat = _ARTICLE.sub("", fold(_BRACKETED.sub("", text) or text).replace("’", "'").replace("ё", "е"))
    return flat.replace(".", "").strip(" \"'«»“”")


@cache
def _kind_words() -> frozenset[str]:
    """Words that tell what a body or place is, not which: sharing them alone says nothing."""
    return frozenset(knowledge("bodies")["kind"].split())


@cache
def _places() -> dict[str, frozenset[str]]:
    return _index([*_lines("places"), *_territories()])


@cache
def _bodies() -> dict[str, frozenset[str]]:
    return _index(_lines("bodies"))


def _lines(name: str) -> Iterator[list[str]]:
    for line in knowledge(name)["same"].strip().split("\n"):
        yield line.split("|")


def _territories() -> Iterator[list[str]]:
    """Names of each country over languages, from CLDR."""
    tables = [Locale.parse(language).territories for language in _LANGUAGES]
    for code in map(str, Locale("en").territories):
        if len(code) == _COUNTRY_CODE and code.isalpha():
            yield [str(table[code]) for table in tables if code in table]


def _index(lines: Iterator[list[str]] | list[list[str]]) -> dict[str, frozenset[str]]:
    """Each form with the first forms of its lines; a line that meets an earlier one joins it."""
    index: dict[str, set[str]] = {}
    for line in lines:
        forms = [_folded(form) for form in line]
        met = next((index[form] for form in forms[:1] if form in index), None)
        for form in forms:
            index.setdefault(form, set()).update(met or {forms[0]})
    return {form: frozenset(names) for form, names in index.items()}


@lru_cache(maxsize=65_536)
def _content(folded: str) -> tuple[str, ...]:
    latin = " ".join(parse(folded).words) if not folded.isascii() else folded
    return tuple(
        word for word in re.findall(r"[a-z0-9]+", latin.replace("'s", "").replace("'", "")) if word not in _STOP
    )


def words(name: str) -> tuple[str, ...]:
    """The words of a name that tell it, small and in Latin letters."""
    return _content(_folded(name))


def is_known(name: str) -> bool:
    """Whether a name is one of those that are known by form."""
    return _folded(name) in _places() or _folded(name) in _bodies()


def is_short(name: str) -> bool:
    """Whether a name may be an acronym."""
    bare = name.replace(".", "")
    return bare.isupper() and " " not in bare and len(bare) >= _ENOUGH_LETTERS


def keys(name: str) -> list[str]:
    """Keys of a name: the known name that it is a form of, else its acronym and its longest words."""
    folded = _folded(name)
    known = {*_places().get(folded, ()), *_bodies().get(folded, ())}
    if known:
        return sorted(known)
    told = [word for word in _content(folded) if word not in _AREA]
    acronym = name.replace(".", "").lower() if name.isupper() else "".join(word[0] for word in told)
    telling = [word for word in told if word not in _kind_words()] or told  # "commission" brings strangers together
    longest = sorted(telling, key=lambda word: (-len(word), word))[:2]
    return list(dict.fromkeys([word[:6] for word in longest] + ([acronym] if len(acronym) > 1 else [])))


def _is_acronym(left: str, right: str) -> bool:
    short, full = sorted((left.replace(".", ""), right), key=len)
    if not is_short(short):
        return False
    told = re.findall(r"[^\W\d_]+", full.replace("'s", "").replace("’s", ""))
    return "".join(word[0] for word in told if word.lower() not in _STOP).upper() == short


def _worded(a: str, b: str) -> tuple[float, str]:
    """Share of the words that two names have in common, adjectives taken for their countries."""
    left, right = _content(a), _content(b)
    if not left or not right:
        return 0.0, "nothing to compare"
    if set(left) - _AREA == set(right) - _AREA and set(left) - _AREA:
        return 0.85, "same words"
    best = [max(JaroWinkler.normalized_similarity(x, y) for y in right) for x in left]
    back = [max(JaroWinkler.normalized_similarity(x, y) for x in left) for y in right]
    shared = sum(value for value in best if value > 0.88) + sum(value for value in back if value > 0.88)
    value = shared / (len(left) + len(right))
    common = set(left) & set(right)
    if common and common <= _AREA | _kind_words():
        return 0.8 * _KIND_ALONE * value, f"{value:.0%} of the words in common, words of kind alone"
    return 0.8 * value, f"{value:.0%} of the words in common"
