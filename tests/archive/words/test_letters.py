"""Words of a text as FTS5 has them: our parting against its own index, text by text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.archive.store.databases.sqlite import schema
from stemma.archive.store.words import index_form
from stemma.archive.store.words.letters import LONGEST, TOKENIZER, words_of

ROOT = Path(__file__).parents[3]
_EACH = 10  #: of the pages of the corpus one in so many
ODD = [
    "Ñandú, naïve; LÓGOS — ﬁne ŉ Ⅷ ① ½ x² 10€ C++ a_b don’t O'Neill e-mail U.S.",
    "İstanbul ISPARTA ıssız ß ẞ ſ Å K Ω ς σ Σ ΐ ǅ ΰ",
    "Ёлка ёж Йод Україна Ґ Љубав",
    "שָׁלוֹם עולם مُحَمَّد \u200fالعربية\u200e ۱۲۳ پاکستان ک ي",
    "हिन्दी में क्षत्रिय தமிழ் ไทยภาษา ລາວ မြန်မာ ខ្មែរ བོད་ སිංහල ქართული Հայերեն አማርኛ ᏣᎳᎩ ᠮᠣᠩᠭᠣᠯ",
    "北京市的港口。東京タワー・カタカナ ｶﾀｶﾅ ＡＢＣ１２３ ㍿ 김정은 한국어 \u1100\u1161 𠀀𠮷 〇々〆",
    "Tiếng Việt: Nguyễn Phú Trọng; ơ ư ẫ; a\u0301\u0323 z\u0308\u20dd q\u0315",
    "😀👩\u200d👩\u200d👧 🇰🇵 ☃ ♥ ∑ ≤ ℵ ℃ № ™ © “quoted” ‘x’ «y» …",
    "\ue000 \uf8ff \U000f0000 \u0378 \U000e0041 \ufeff\u00ad\u200b\u2028\u0085 \x1f\x7f\0 a\0b",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝟘𝟙 𐍈 𓀀 𒀀 ꙮ Ꜳ ꟿ ﷺ ﬀ",
    f"{'long' * 3000} {'é' * LONGEST}tail {'z' * (LONGEST + 3)} end",
]


def fts5(texts: Iterable[str]) -> list[list[str]]:
    """The words that FTS5 itself finds in texts that are in their indexed form."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.execute(f'CREATE VIRTUAL TABLE own USING fts5 (words, tokenize = "{TOKENIZER}")')
        db.execute("CREATE VIRTUAL TABLE places USING fts5vocab (own, 'instance')")
        db.execute("BEGIN")
        found: list[list[str]] = []
        for n, text in enumerate(texts, 1):
            db.execute("INSERT INTO own (rowid, words) VALUES (?, ?)", (n, text))
            found.append([])
        for row, word in db.execute("SELECT doc, term FROM places ORDER BY doc, offset"):
            found[row - 1].append(word)
    return found


def pages() -> Iterator[Path]:
    """Pages of the examples and some of the corpus, whatever they are written in."""
    yield from sorted((ROOT / "examples" / "pages").iterdir())
    yield from sorted(path for path in (ROOT / "corpus").rglob("*") if path.is_file())[::_EACH]


def assert_same(texts: list[str]) -> None:
    forms = [index_form(text) for text in texts]
    for form, words in zip(forms, fts5(forms), strict=True):
        assert words_of(form) == words


def test_the_schema_has_this_tokenizer():
    assert schema().count(TOKENIZER) == 2


@pytest.mark.parametrize("n", range(len(ODD)))
def test_odd_scripts(n):
    assert_same([ODD[n], ODD[n].upper(), ODD[n].replace(" ", "")])
    assert len(words_of(index_form(ODD[n]))) > 1


def test_pages_in_many_languages():
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in pages()]
    assert len(texts) > 60
    assert sum(map(len, texts)) > 200_000
    assert_same(texts)


def test_every_character_of_the_first_plane():
    letters = [chr(code) for code in range(1, 0x10000) if not 0xD800 <= code < 0xE000]
    assert_same([" ".join(f"{c} a{c}b" for c in letters[at : at + 256]) for at in range(0, len(letters), 256)])


@given(st.text(max_size=60) | st.text(alphabet="aÁéß\u0301\u0323北京김\u0e01 -_'\u200d\ue000٠Ⅷ", max_size=30))
def test_any_text(text):
    assert_same([text, text.lower()])
