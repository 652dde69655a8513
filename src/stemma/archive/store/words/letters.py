"""A text in words exactly as FTS5 parts and folds it, for databases that have no tokenizer like it.

FTS5's ``unicode61`` looks at one character after the other, whatever stands beside it (sqlite.org/fts5.html, 4.3.1):
it parts words, or it is a letter, which is folded. So FTS5 itself is asked what it makes of a character, once for
each block of them; there is no second table of what a letter is.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

#: How every index parts words; stands in schema.sql too.
TOKENIZER = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
LONGEST = 32_768  #: bytes of a word that FTS5 keeps (FTS5_MAX_TOKEN_SIZE); the rest of it is not indexed
_BLOCK = 256  #: characters that are asked for together
_SURROGATES = range(0xD800, 0xE000)  #: are no characters; the indexed form has none
_LAYOUT = (
    f'CREATE VIRTUAL TABLE letter USING fts5 (own, tokenize = "{TOKENIZER}")',
    "CREATE VIRTUAL TABLE folded USING fts5vocab (letter, 'instance')",
)


def words_of(form: str) -> list[str]:
    """The words of a text that is in its indexed form, in order."""
    words = form.translate(_FOLDED).split()
    if len(form) * 4 <= LONGEST:
        return words
    return [word.encode()[:LONGEST].decode(errors="ignore") for word in words]


class _Folded(dict[int, str]):
    """What FTS5 makes of a character, by its code: the folded letter, or a blank where it parts words."""

    def __missing__(self, code: int) -> str:
        first = code - code % _BLOCK
        self.update(_asked(range(first, min(first + _BLOCK, 0x110000))))
        return self[code]


def _asked(codes: range) -> dict[int, str]:
    """What FTS5 makes of some characters, each within a word, so that marks count that follow a letter."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        for sql in _LAYOUT:
            db.execute(sql)
        rows = [(code, f"a{chr(code)}b") for code in codes if code and code not in _SURROGATES]
        db.executemany("INSERT INTO letter (rowid, own) VALUES (?, ?)", rows)
        words = dict(db.execute("SELECT doc, term FROM folded WHERE offset = 0"))
    return {code: _letter(words.get(code, "a")) for code in codes}


def _letter(word: str) -> str:
    """What stands for the character between the two letters; where the second is not here, it parts words."""
    return word[1:-1] if word[1:] else " "


_FOLDED = _Folded()
