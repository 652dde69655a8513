"""Words of a text with their places, and the foldings under which two spellings count as one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_REMEMBERED = 200  #: characters; names and titles come again, and longer texts would fill the memory


class Word(NamedTuple):
    """A word and where it stands (code points, end exclusive)."""

    start: int
    end: int
    text: str


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of ``text[start:end]`` in order; "Kim's" and "Choi Son-hee" hold one and two words."""
    stop = len(text) if end is None else end
    return [Word(m.start(), m.end(), m.group()) for m in WORD.finditer(text, start, stop)]


def fold(text: str) -> str:
    """Case, accents, width and runs of blanks folded away; hyphens and apostrophes kept.

    Compatibility decomposition (Unicode NFKD) without combining marks, then case folding.
    """
    return _folded(text) if len(text) <= _REMEMBERED else _folded.__wrapped__(text)


@lru_cache(maxsize=65_536)
def _folded(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().split())
    flat = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFC", flat).casefold().split())
