"""The indexes of words in PostgreSQL: an index over which words a row holds, and the words themselves beside it.

A ``tsvector`` holds no word of more than 2,046 bytes, no more than 256 places of a word and none behind the 16,383rd
(postgresql.org/docs/15/textsearch-limitations.html), so it is asked for words alone: what follows what is told by the
words as they stand in the row. Answers are those of FTS5, whatever the length of a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import permutations
from typing import NamedTuple

from stemma.archive.store.words.index import Database, Index, Searched, Test
from stemma.archive.store.words.letters import words_of
from stemma.archive.store.words.wanted import Either, Every, Near, Phrase, Said, Wanted, Without

_LONGEST = 2_046  #: bytes of a word
_MOST = 1_000_000  #: bytes of all words together; the limit is 1,048,575
_HEAVY = "*"  #: before a row that is more than that; also the one word that the index has of it
_BETWEEN = "|"  #: stands between what is said and the words around
_TWO = 2
_LONGEST_PATTERN = 500  #: characters; longer ones PostgreSQL may find too complex
_CLOSE = 10  #: words between two phrases up to which a pattern is quicker than the function
_SHORT = 20_000  #: bytes of a row in which each place of one word may be compared with each of another
_APART = (
    "EXISTS (SELECT 1 FROM unnest(string_to_array({column}, '|')) AS side (own), "
    "unnest(array_positions(string_to_array(side.own, ' '), CAST(? AS TEXT))) AS one (at), "
    "unnest(array_positions(string_to_array(side.own, ' '), CAST(? AS TEXT))) AS other (at) "
    "WHERE one.at - other.at BETWEEN -{most} AND {most})"
)
_NOTHING = "FALSE"
_PUT = "INSERT INTO search (rowid, words) VALUES (?, ?)"
_TAKE = "DELETE FROM search WHERE rowid = ?"
_PUT_NAME = "INSERT INTO names (rowid, words) VALUES (?, ?)"
_TAKE_NAME = "DELETE FROM names WHERE rowid = ?"
_SEVERAL = (
    "SELECT rowid, cardinality(array_positions(string_to_array(words, ' '), CAST(? AS TEXT))) FROM search "
    "WHERE stemma_words(words) @@ CAST(CAST(? AS TEXT) AS TSQUERY) AND rowid >= ? AND words LIKE ?"
)


def schema() -> str:
    """The statements that lay out the indexes and the functions that searches use."""
    return files("stemma.archive.store.words").joinpath("tsvector.sql").read_text("utf-8")


class TsVector:
    """The indexes of an archive in PostgreSQL."""

    counts_ranges = False

    def __init__(self, db: Database) -> None:
        self._db = db

    def holds(self, index: Index, wanted: Wanted) -> Test:
        """The condition that a row of an index holds what is wanted."""
        some = _telling(wanted)
        if some is None:
            return Test(_NOTHING)
        exact = _exact(some, f"{index}.words")
        if index == "names":  # a name is short: its index knows each three letters of it
            return exact
        sql, values = (
            f"stemma_words({index}.words) @@ CAST(CAST(? AS TEXT) AS TSQUERY)",
            (f"{_sieve(some)} | '{_HEAVY}'",),
        )
        test = f"(NOT starts_with({index}.words, '{_HEAVY}') OR {exact.sql})" if _is_told(some) else exact.sql
        return Test(f"{sql} AND {test}", (*values, *exact.values))

    def lacks(self, row: str, unwanted: Wanted) -> Test:
        """The condition that a statement, by the column of its row, does not hold something."""
        sql, values = self.holds("search", unwanted)
        return Test(f"NOT EXISTS (SELECT 1 FROM search WHERE search.rowid = {row} AND {sql})", values)  # noqa: S608 (a column)

    def several(self, word: str, first: int) -> Mapping[int, int]:
        """How often a word stands in statements where it does more than once, by rows from ``first``."""
        sieve = f"{_lexeme(word, begins=False)} | '{_HEAVY}'"
        return dict(self._db.all(_SEVERAL, word, sieve, first, f"% {word} %{word} %"))

    def put(self, rows: Iterable[Searched]) -> None:
        """Index statements."""
        self._db.many(_PUT, [(row, row_of(*texts)) for row, *texts in rows])

    def take(self, rows: Iterable[Searched]) -> None:
        """Take statements out again."""
        self._db.many(_TAKE, [(row,) for row, *_ in rows])

    def put_name(self, row: int, form: str) -> None:
        """Index a name by its indexed form."""
        self._db.run(_PUT_NAME, row, row_of(form))

    def take_name(self, row: int, form: str) -> None:  # noqa: ARG002 (one signature for all indexes)
        """Take a name out again."""
        self._db.run(_TAKE_NAME, row)


def row_of(*texts: str) -> str:
    """The words of a row, from the indexed forms of what is said and of the words around, or of a name."""
    words = f" {_BETWEEN} ".join(" ".join(words_of(text)) for text in texts).split()
    return f"{_HEAVY if _is_heavy(words) else ''} {' '.join(words)} "


def _is_heavy(words: list[str]) -> bool:
    """Whether the words are more than a tsvector holds."""
    if sum(map(len, words)) * 4 <= _LONGEST:
        return False
    sizes = [len(word.encode()) for word in set(words)]
    return max(sizes) > _LONGEST or sum(sizes) > _MOST


def _telling(wanted: Wanted) -> Wanted | None:
    """What is wanted without phrases that hold no word, as FTS5 takes them; None where nothing can fit."""
    match wanted:
        case Phrase():
            return wanted if words_of(wanted.form) else None
        case Near():
            kept = tuple(each for each in wanted.phrases if words_of(each.form))
            return Near(kept, wanted.distance) if kept else None
        case Said():
            inner = _telling(wanted.wanted)
            return Said(inner) if inner else None
        case Without():
            inner = _telling(wanted.wanted)
            return Without(inner, tuple(_some(wanted.unwanted))) if inner else None
        case _:
            parts = tuple(_some(wanted.parts))
            whole = len(parts) == len(wanted.parts) or (parts and isinstance(wanted, Either))
            return type(wanted)(parts) if whole else None


def _some(parts: Iterable[Wanted]) -> Iterator[Wanted]:
    return (some for each in parts if (some := _telling(each)))


def _is_told(wanted: Wanted) -> bool:
    """Whether the words that a row holds tell all."""
    match wanted:
        case Phrase():
            return len(words_of(wanted.form)) == 1
        case Near() | Said():
            return False
        case Without():
            return all(map(_is_told, (wanted.wanted, *wanted.unwanted)))
        case _:
            return all(map(_is_told, wanted.parts))


def _sieve(wanted: Wanted) -> str:
    """A tsquery that lets through whatever fits, and more."""
    match wanted:
        case Phrase():
            *words, last = words_of(wanted.form)
            return _joined("&", [*(_lexeme(word, begins=False) for word in words), _lexeme(last, begins=wanted.begins)])
        case Near():
            return _joined("&", map(_sieve, wanted.phrases))
        case Said():
            return _sieve(wanted.wanted)
        case Without():
            told = [f"!{_sieve(each)}" for each in wanted.unwanted if _is_told(each)]
            return _joined("&", [_sieve(wanted.wanted), *told])
        case Every():
            return _joined("&", map(_sieve, wanted.parts))
        case Either():
            return _joined("|", map(_sieve, wanted.parts))


def _joined(by: str, parts: Iterable[str]) -> str:
    return f"({f' {by} '.join(parts)})"


def _lexeme(word: str, *, begins: bool) -> str:
    """A word in a tsquery; one that is too long stands in heavy rows alone."""
    if len(word.encode()) > _LONGEST:
        return f"'{_HEAVY}'"
    return f"'{word}'{':*' if begins else ''}"


def _exact(wanted: Wanted, column: str) -> Test:
    """The condition that words as they stand in a row hold what is wanted."""
    match wanted:
        case Phrase():
            return Test(f"{column} LIKE ?", (f"% {' '.join(words_of(wanted.form))}{'' if wanted.begins else ' '}%",))
        case Near():
            return _all(" AND ", [*(_exact(each, column) for each in wanted.phrases), _near(wanted, column)])
        case Said():
            return _exact(wanted.wanted, f"split_part({column}, '{_BETWEEN}', 1)")
        case Without():
            tests = [_exact(each, column) for each in (wanted.wanted, *wanted.unwanted)]
            return _all(" AND NOT ", tests)
        case Every():
            return _all(" AND ", [_exact(each, column) for each in wanted.parts])
        case Either():
            return _all(" OR ", [_exact(each, column) for each in wanted.parts])


def _near(near: Near, column: str) -> Test:
    """The condition on places: a function tells it of any phrases; of two words there is a way five times as fast."""
    phrases = [_Sequence(words_of(each.form), each.begins) for each in near.phrases]
    told = "|".join(" ".join(each.words) + "*" * each.begins for each in phrases)
    whole = Test(f"stemma_near({column}, ?, {near.distance})", (told,))
    if len(phrases) != _TWO:
        return whole
    if all(len(each.words) == 1 and not each.begins for each in phrases):
        own = _APART.format(column=column, most=near.distance + 1)
        test = f"CASE WHEN octet_length({column}) <= {_SHORT} THEN {own} ELSE {whole.sql} END"
        return Test(test, (phrases[0].words[0], phrases[1].words[0], told))
    ways = [f" {one.pattern}(?:[^ |]+ ){{0,{near.distance}}}{other.pattern}" for one, other in permutations(phrases)]
    if near.distance > _CLOSE or max(map(len, ways)) > _LONGEST_PATTERN or phrases[0].overlaps(phrases[1]):
        return whole
    return _all(" OR ", [Test(f"{column} ~ ?", (way,)) for way in ways])


class _Sequence(NamedTuple):
    """Words that follow each other; ``begins``: the last may go on."""

    words: list[str]
    begins: bool

    @property
    def pattern(self) -> str:
        return f"{' '.join(self.words)}{'[^ ]*' if self.begins else ''} "

    def overlaps(self, other: _Sequence) -> bool:
        """Whether a word of a text may belong to both."""
        return bool({*self.words} & {*other.words}) or any(
            word.startswith(one.words[-1])
            for one, two in ((self, other), (other, self))
            if one.begins
            for word in two.words
        )


def _all(by: str, tests: list[Test]) -> Test:
    return Test(f"({by.join(test.sql for test in tests)})", tuple(value for test in tests for value in test.values))
