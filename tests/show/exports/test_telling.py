"""Rows: what of a statement leaves."""

from __future__ import annotations

import hashlib

from hypothesis import given

from stemma.archive.views import Query
from stemma.show.exports import Asked, Wish
from stemma.show.exports.telling import KEPT_BACK, Teller, digest
from tests.show.exports.conftest import RESERVED
from tests.show.exports.lone import TEXTS, batch_of


def rows(archive, **wish):
    batches = Teller(archive, Wish(**wish)).batches(Asked(Query(limit=None)))
    return {said.id: said for batch in batches for said in batch.statements}


def test_places_and_hashes_are_those_of_the_page(held) -> None:
    for said in rows(held, reserved=True).values():
        text = held.text(said.article.id)
        assert said.article.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
        assert said.article.characters == len(text)
        for piece in said.pieces:
            words = text[piece.start : piece.end]
            assert piece.sha256 == digest(words)
            assert words.startswith(piece.exact)
        content = "\n".join(text[each.start : each.end] for each in said.pieces if each.part == "content")
        assert (said.words_length, said.words_sha256) == (len(content), digest(content))


def test_words_of_all_pieces_have_the_length_of_a_quotation(held) -> None:
    for said in rows(held).values():
        assert len(said.words) <= 300
        assert sum(len(each.exact or "") for each in said.pieces if each.part == "content") <= 300
    whole = rows(held, bodies=True, reserved=True).values()
    assert all(len(each.exact) == each.end - each.start for said in whole for each in said.pieces)


def test_a_reserving_page_gives_places_and_names_but_no_words(held) -> None:
    (said,) = [each for each in rows(held).values() if each.article.reserved and each.speakers]
    assert said.article.reserved == ("noarchive",)
    assert (said.words, said.article.title, said.fragment, said.article.text) == ("", None, None, None)
    assert {piece.exact for piece in said.pieces} == {None}
    assert said.line == f"Ilse Marn (carried by Dorn Post, 2025-10-26) said: {KEPT_BACK}"
    assert [voice.role for voice in said.speakers] == [None]
    assert rows(held, reserved=True)[said.id].words.startswith(RESERVED)


def test_whole_texts_only_where_they_were_asked_for(held) -> None:
    pages = {said.article.id: said.article for said in rows(held, bodies=True).values()}
    assert {page.text is None for page in pages.values() if page.reserved} == {True}
    assert all(page.text == held.text(page.id) for page in pages.values() if not page.reserved)
    assert all(said.article.text is None for said in rows(held).values())


def test_no_words_stand_without_whose_they_are(held) -> None:
    for said in rows(held).values():
        assert said.line.startswith(said.speakers[0].name if said.speakers else "speaker not identified")


@given(TEXTS, TEXTS)
def test_rows_are_text_that_steers_nothing(text: str, name: str) -> None:
    batch = batch_of(text, name)
    (said,) = batch.statements
    page = batch.article
    told = [
        said.line,
        said.words,
        said.speakers[0].name,
        said.speakers[0].role,
        said.chain[0].proof,
        page.title,
        page.outlet,
        page.url,
    ]
    for each in filter(None, told):
        each.encode()
        assert not set(each) & set("\x00\x1b\x9b\u202e\u2066\n\r\t")
        assert len(each) < 2_000
