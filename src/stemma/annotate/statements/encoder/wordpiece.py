"""Word pieces as BERT's uncased vocabulary has them, with the characters that each one stands for.

Words are cut greedily, the longest piece first (Wu et al. 2016, arXiv:1609.08144; Devlin et al. 2019,
arXiv:1810.04805).
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

_UNKNOWN = "[UNK]"
#: A longer word is unknown as a whole, as it was when the vocabulary was made.
_LONGEST = 100
#: Words whose pieces are kept: twice the vocabulary.
_REMEMBERED = 60_000
_ASCII_SIGNS = "$+<=>^`|~"
#: Ideographs that stand as words of their own (the blocks of the Unicode standard, as BERT lists them).
_IDEOGRAPHS = "\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0002ebef\uf900-\ufaff\U0002f800-\U0002fa1f"
#: Marks upon letters, and what prints nothing: they are in no piece.
_DROPPED = frozenset(["Mn", "Cc", "Cf", "Co", "Cn", "Cs"])


class Piece(NamedTuple):
    """One piece of a word: its number, and the characters of the word from ``start`` to ``end``."""

    number: int
    start: int
    end: int


@cache
def _words() -> re.Pattern[str]:
    marks = (chr(n) for n in range(sys.maxunicode + 1) if unicodedata.category(chr(n)).startswith("P"))
    alone = re.escape("".join(marks) + _ASCII_SIGNS) + _IDEOGRAPHS
    return re.compile(rf"[^\s{alone}]+|[{alone}]")


class WordPieces:
    """A vocabulary that cuts texts; it remembers the words that it has cut."""

    def __init__(self, pieces: list[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self.pieces = pieces
        self._cut = lru_cache(_REMEMBERED)(self._cut_word)

    def cut(self, text: str, start: int, end: int) -> Iterator[Piece]:
        """The pieces of a stretch of a text, in characters of the text."""
        cut = self._cut
        for match in _words().finditer(text, start, end):
            at = match.start()
            for number, first, stop in cut(match.group()):
                yield Piece(number, at + first, at + stop)

    def _cut_word(self, word: str) -> tuple[Piece, ...]:
        plain, places = _plain(word)
        if not plain:
            return ()
        unknown = (Piece(self._numbers[_UNKNOWN], 0, len(word)),)
        if len(plain) > _LONGEST:
            return unknown
        found: list[Piece] = []
        at = 0
        while at < len(plain):
            stop = self._longest(plain, at)
            if stop == at:
                return unknown
            number = self._numbers[plain[at:stop] if at == 0 else "##" + plain[at:stop]]
            found.append(Piece(number, places[at], places[stop - 1] + 1))
            at = stop
        return tuple(found)

    def _longest(self, plain: str, at: int) -> int:
        """Where the longest piece that begins at ``at`` ends; ``at`` itself where there is none."""
        head = "##" if at else ""
        ends = (stop for stop in range(len(plain), at, -1) if head + plain[at:stop] in self._numbers)
        return next(ends, at)


def _plain(word: str) -> tuple[str, range | list[int]]:
    """The word in small letters without marks on them, and for each letter which one of the word it comes from."""
    if word.isascii() and word.isprintable():
        return word.lower(), range(len(word))
    letters, places = [], []
    for place, sign in enumerate(word):
        for letter in unicodedata.normalize("NFD", sign):
            if unicodedata.category(letter) not in _DROPPED and letter != "\ufffd":
                for small in letter.lower():
                    letters.append(small)
                    places.append(place)
    return "".join(letters), places
