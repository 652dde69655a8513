"""Names in Arabic letters (Arabic, Persian): listed ones, and given names behind a role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from stemma.annotate.mentions.foreign.listed import Name, listed_names, words_of
from stemma.text import gazetteer

_LETTER = "[\u0621-\u063a\u0641-\u064a\u066e-\u06d3\u200c]"
_WORD = re.compile(f"{_LETTER}+")
_PREFIXES, _FAR = "وبل", 4
_JOINED = (
    "عبد",
    "أبو",
    "ابو",
    "بن",
    "ابن",
    "آل",
    "سيف",
    "صلاح",
    "نور",
)  #: they take the word behind them into the name


@cache
def _pattern() -> re.Pattern[str]:
    """A role with the words behind it that may be a name."""
    role = "|".join(re.escape(word) for word in words_of("arabic", "role"))
    return re.compile(rf"(?<!{_LETTER})((?:{role})(?: {_LETTER}+){{0,5}})(?!{_LETTER})")


def names(text: str, start: int, end: int) -> Iterator[Name]:
    """The names of a stretch."""
    for match in _pattern().finditer(text, start, end):
        yield from _behind(match)
    yield from listed_names("arabic", text, (start, end), lambda at, to: _stands_alone(text, at, to))


def _behind(match: re.Match[str]) -> Iterator[Name]:
    """The person in the words that begin with a role: a given name at most two words behind it, and what follows."""
    words = list(_WORD.finditer(match.string, match.start(), match.end()))
    given = gazetteer.people("arabic")
    for at in range(1, min(_FAR, len(words))):
        if words[at][0] in given or words[at][0] in _JOINED:
            stop = at + 2 if words[at][0] in _JOINED else at + 1
            stop += 2 if stop < len(words) and words[stop][0] in _JOINED else 1
            if stop <= len(words):
                role = words[0].start(), words[at - 1].end()
                yield Name(words[at].start(), words[stop - 1].end(), "person", "after a role", role)
            return


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no letter stands beside the name but a joined "and", "in" or "to"."""
    if _WORD.match(text, end):
        return False
    before = start - 1 if start and text[start - 1] in _PREFIXES else start
    return not (before and _WORD.match(text, before - 1))
