"""What is found in the index of PostgreSQL is what FTS5 finds, for whatever is wanted."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from postgres import Postgres

from stemma.archive.store.databases import open_store
from stemma.archive.store.store import Store
from stemma.archive.store.words import index_form, phrase
from stemma.archive.store.words.index import Index, Searched
from stemma.archive.store.words.wanted import Either, Every, Near, Phrase, Said, Wanted, Without

_VOCABULARY = (
    "a", "ab", "abc", "Ábc", "harbour", "Harbor", "Son-hee", "北京", "北京市", "港", "김정은", "정은", "x_y", "don't",
    "тест", "Тест", "ё", "naïve", "λόγος", "हिन्दी", "กรุงเทพ", "2031-04", "1", "😀", "\u20e0", "U.S.", "İ", "Ⅷ", "\ue000",
    "l" * 3000, "m" * 40_000,
)  # fmt: skip
_STATEMENTS, _NAMES = 400, 200
_HEAVY, _LONG = 1001, 1002  #: rows of the longest texts


@dataclass(frozen=True)
class Both:
    """Two stores, and what they answer."""

    stores: tuple[Store, Store]

    def rows(self, index: Index, wanted: Wanted) -> tuple[list[int], list[int]]:
        """The rows that hold something, in SQLite and on the server."""
        asked = [(store, store.words.holds(index, wanted)) for store in self.stores]
        one, other = (
            [row for (row,) in store.all(f"SELECT rowid FROM {index} WHERE {test.sql} ORDER BY rowid", *test.values)]
            for store, test in asked
        )
        return one, other

    def lacking(self, unwanted: Wanted) -> tuple[list[int], list[int]]:
        """The statements that do not hold something."""
        asked = [(store, store.words.lacks("line.row", unwanted)) for store in self.stores]
        one, other = (
            [row for (row,) in store.all(f"SELECT row FROM line WHERE {test.sql} ORDER BY row", *test.values)]
            for store, test in asked
        )
        return one, other


def some_text(rng: random.Random, most: int) -> str:
    """Up to so many words, sometimes of few kinds."""
    kinds = _VOCABULARY[: rng.choice([4, 12, len(_VOCABULARY)])]
    return rng.choice([" ", ", ", "-"]).join(rng.choice(kinds) for _ in range(rng.randrange(most)))


def some_phrase(rng: random.Random) -> Phrase:
    """One to three words to look for."""
    while True:
        if found := phrase(some_text(rng, rng.choice([2, 2, 3, 4])), begins=rng.random() < 0.3):
            return found


def statements() -> list[Searched]:
    """Short ones, one whose words no tsvector holds, one of more places than a tsvector counts."""
    rng = random.Random(5)
    rows = [(n, index_form(some_text(rng, 9)), index_form(some_text(rng, 6))) for n in range(1, _STATEMENTS)]
    many = " ".join(f"word{n}of" for n in range(130_000))
    rows.append((_HEAVY, index_form(f"{many} harbour abc ab"), "a"))
    return [*rows, (_LONG, index_form("the " * 17_000 + "harbour abc"), "ab a")]


@pytest.fixture(scope="module")
def both(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("words")
    places = str(folder / "lite"), postgres.address(folder / "server")
    stores = [open_store(place, create=True) for place in places]
    rng, rows = random.Random(6), statements()
    names = [(n, index_form(some_text(rng, 5))) for n in range(1, _NAMES)]
    for store in stores:
        with store.writing():
            store.words.put(rows)
            store.many(
                "INSERT INTO line (row, document, n, kind, voiced) VALUES (?, 1, 1, 0, 0)", [row[:1] for row in rows]
            )
            for name in names:
                store.words.put_name(*name)
    yield Both((stores[0], stores[1]))
    for store in stores:
        store.close()


def some_words(rng: random.Random) -> Wanted:
    """A phrase, or some near each other."""
    if rng.random() < 0.6:
        return some_phrase(rng)
    return Near(tuple(some_phrase(rng) for _ in range(rng.choice([2, 2, 3]))), rng.choice([1, 2, 4, 11]))


def some_wanted(rng: random.Random) -> Wanted:
    """All that the archive may ask of an index."""
    kind = rng.random()
    if kind < 0.15:
        return Said(Either(tuple(some_phrase(rng) for _ in range(rng.choice([1, 2])))))
    if kind < 0.3:
        return Either(tuple(some_words(rng) for _ in range(2)))
    wanted = Every(tuple(some_words(rng) for _ in range(rng.choice([1, 1, 2, 3]))))
    return Without(wanted, tuple(some_words(rng) for _ in range(rng.choice([1, 2])))) if kind > 0.7 else wanted


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_statements_are_the_same(both, seed):
    wanted = some_wanted(random.Random(seed))
    one, other = both.rows("search", wanted)
    assert one == other, wanted


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_those_that_lack_it_are_the_same(both, seed):
    one, other = both.lacking(Either((some_words(random.Random(seed)),)))
    assert one == other


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_names_are_the_same(both, seed):
    rng = random.Random(seed)
    one, other = both.rows("names", Every(tuple(some_phrase(rng) for _ in range(rng.choice([1, 1, 2])))))
    assert one == other


@pytest.mark.parametrize(
    "text", ["word129999of", "word129999of harbour abc", "harbour abc ab", "the harbour abc", "l" * 3000]
)
def test_long_texts_lose_nothing(both, text):
    found = phrase(text)
    assert found
    one, other = both.rows("search", found)
    assert one == other != []


@pytest.mark.parametrize(
    ("texts", "distance", "row"),
    [(("word7of", "word9of"), 1, _HEAVY), (("harbour", "word129990of"), 9, _HEAVY), (("abc", "the the"), 1, _LONG)],
)
def test_words_near_each_other_in_long_texts(both, texts, distance, row):
    phrases = tuple(filter(None, map(phrase, texts)))
    one, other = both.rows("search", Near(phrases, distance))
    assert row in one
    assert one == other
    assert row not in both.rows("search", Near(phrases, distance - 1))[1]


def test_how_often_a_word_stands_somewhere(both):
    for word in ("a", "harbour", "the", "l" * 3000, "nowhere"):
        one, other = (
            {row: count for row, count in store.words.several(word, 7).items() if count > 1} for store in both.stores
        )
        assert one == other
        assert all(row >= 7 for row in one)


def test_what_is_taken_out_is_not_found(both):
    some = [(5_000, "vanishing words", "around them")]
    wanted = phrase("vanishing")
    assert wanted
    for n, store in enumerate(both.stores):
        with store.writing():
            store.words.put(some)
            store.words.put_name(5_000, "Vanishing")
            assert both.rows("search", wanted)[n] == both.rows("names", wanted)[n] == [5_000]
            store.words.take(some)
            store.words.take_name(5_000, "Vanishing")
        assert both.rows("search", wanted)[n] == both.rows("names", wanted)[n] == []
