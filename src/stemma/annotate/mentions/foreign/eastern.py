"""Names in Hangul and in Han characters, which stand without blanks or capitals: told by the role beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from stemma.annotate.mentions.foreign.listed import Name, listed, listed_names, words_of
from stemma.text import gazetteer

_PARTICLE = "(?:은|는|이|가|을|를|의|과|와|도|에게|에서|에|으로|로|께서|께|라고|이라고|측|발)?(?![가-힣])"


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words))


@cache
def _hangul() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What may stand behind a name; a name before its role; a name behind it."""
    role, family = _any(words_of("hangul", "role")), "".join(words_of("hangul", "surname"))
    person = f"[{family}][가-힣]{{2}}"
    return (
        re.compile(rf"{_PARTICLE}| ?(?:{role})"),
        re.compile(rf"(?<![가-힣])({person}) ?((?:[가-힣]+ ){{0,2}}(?:{role})){_PARTICLE}"),
        re.compile(rf"(?<![가-힣])((?:{role})) ({person}){_PARTICLE}"),
    )


def hangul_names(text: str, start: int, end: int) -> Iterator[Name]:
    """Korean names of a stretch: listed ones, and family name and two syllables beside a role."""
    follows, before, behind = _hangul()
    kinds = listed("hangul")
    for match in before.finditer(text, start, end):
        if kinds.get(match[1], "person") == "person":
            yield Name(*match.span(1), "person", "after a role", match.span(2))
    for match in behind.finditer(text, start, end):
        yield Name(*match.span(2), "person", "after a role", match.span(1))
    yield from listed_names(
        "hangul", text, (start, end), lambda at, to: not _is_hangul(text, at - 1) and bool(follows.match(text, to))
    )


def _is_hangul(text: str, at: int) -> bool:
    return at >= 0 and "가" <= text[at] <= "힣"


@cache
def _han() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A name before its role; a name behind it."""
    role, stops = _any(words_of("han", "role")), "".join(words_of("han", "stops"))
    family = "".join(words_of("han", "surname"))
    japanese = _any(tuple(sorted(gazetteer.people("kanji"), key=lambda name: (-len(name), name))))
    given = f"[\u4e00-\u9fff](?:(?![{stops}])[\u4e00-\u9fff])?"
    foreign = "[\u4e00-\u9fff]{2,5}(?:·[\u4e00-\u9fff]{2,5})+"
    own = rf"(?:{japanese})[\u4e00-\u9fff\u3040-\u309f]{{1,2}}|[{family}][\u4e00-\u9fff]{{1,2}}?"
    return re.compile(rf"({foreign}|{own})({role})"), re.compile(rf"({role})({foreign}|[{family}]{given})")


def han_names(text: str, start: int, end: int) -> Iterator[Name]:
    """Chinese and Japanese names of a stretch: listed ones, and names of their form beside a role."""
    before, behind = _han()
    for one in listed_names("han", text, (start, end), lambda _, to: text[to : to + 1] not in {"长", "長"}):
        role = _role_beside(text, one.start, one.end) if one.kind == "person" else None
        yield one._replace(role=role)
    for match in before.finditer(text, start, end):
        yield Name(*match.span(1), "person", "after a role", match.span(2))
    for match in behind.finditer(text, start, end):
        yield Name(*match.span(2), "person", "after a role", match.span(1))


def _role_beside(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The role directly before or behind a known person."""
    for role in words_of("han", "role"):
        if text.endswith(role, max(0, start - len(role)), start):
            return start - len(role), start
        if text.startswith(role, end):
            return end, end + len(role)
    return None
