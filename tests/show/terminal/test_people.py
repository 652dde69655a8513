"""People's words on a terminal: signs and words, stones, the log."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest

from stemma.archive.views import Line, Stone, Was, Who
from stemma.records import Judgement
from stemma.show.terminal import draw, listing, said, screen
from tests.show.conftest import HOSTILE, corrected, word
from tests.show.terminal.test_views import printed, squeezed

WIRT = Who(name="Dana Wirt", entity="edanawirt", reason="corrected by Ilse Marn: named in line 3")


@pytest.fixture
def line(lines: dict[str, Line]) -> Line:
    return corrected(replace(lines["post"], speakers=(WIRT,)), "speaker", "Dana Wirt", "Kim Vael")


def test_a_corrected_speaker_in_lists_and_in_full(archive, line: Line) -> None:
    text = squeezed(printed(*listing([line])))
    assert "Dana Wirt ✎ (quoted by SARVA, carried by Dorn Post, 2025-10-24) said" in text
    assert "✎ speaker corrected by Ilse Marn" in text
    text = squeezed(printed(draw(line, archive)))
    assert "speaker Dana Wirt edanawirt ✎ speaker corrected by Ilse Marn, 22 November 2026: named in line 3" in text
    assert "was: Kim Vael (name in the source, 97 % sure by machine)" in text
    assert f"undo: stemma correct --undo {line.corrections[0].id} --why WHY" in text
    assert "corrected by Ilse Marn: named" not in text
    assert "- the speaker is Dana Wirt, as Ilse Marn says Also carried by" in text


def test_nothing_that_a_person_said_is_called_sure_by_machine(archive, lines: dict[str, Line]) -> None:
    text = squeezed(printed(draw(corrected(lines["post"], "kind", "direct", "mixed"), archive)))
    assert "kind direct, affirmed ✎ kind corrected by" in text
    assert "was: mixed" in text
    text = squeezed(printed(draw(corrected(lines["post"], "said", "2025-10-01", ""), archive)))
    assert "direct, affirmed, 97 % sure by machine" in text
    assert "said on not known; said by 2025-10-24 ✎ day said corrected by" in text


def test_a_corrected_page(archive, lines: dict[str, Line]) -> None:
    article = archive.article(lines["post"].statement.document)
    identity = article.document.id
    words = [
        word(identity, "title", "Lamps"),
        word(identity, "label", "0-5 furniture"),
        word(identity, "redaction", "6-9"),
    ]
    view = replace(article, title="Lamps", corrections=tuple(words), was=(Was(words[0].id, "Lights", "heading", 0.5),))
    text = squeezed(printed(draw(view, archive)))
    assert "title as above ✎ title corrected by Ilse Marn, 22 November 2026: named in line 3 was: Lights" in text
    assert "parts characters 0-5 furniture ✎ part of the page corrected by" in text
    assert (
        f"covered █ ✎ words covered by Ilse Marn, 22 November 2026: named in line 3 undo: stemma correct --undo {words[2].id}"
        in text
    )


def test_somebody_withheld_is_not_named_beside_the_statement(archive, lines: dict[str, Line]) -> None:
    who = Who(name="name withheld", reason="a person asked not to be listed")
    text = squeezed(printed(draw(replace(lines["post"], speakers=(who,), utterance=None, witnesses=1), archive)))
    assert "speaker name withheld, a person asked not to be listed source as the page words it" in text
    assert "Vael" not in text


def test_judgements_of_people_stand_apart_on_a_person(archive) -> None:
    judged = Judgement(
        left="mone", right="mtwo", verdict="same", score=1.0, by="Ilse Marn", at="2026-11-22T08:00:00Z",
        reasons=("one minister",),
    )  # fmt: skip
    person = archive.person("ekimvael")
    archive.sides = lambda _: ("Kim Vael", "Vael Kim")
    text = squeezed(printed(draw(replace(person, judgements=(judged, *person.judgements)), archive)))
    assert (
        f"Judged by people ✎ Kim Vael and Vael Kim are the same 22 November 2026 08:00, Ilse Marn {judged.id} why: one minister"
        in text
    )
    assert f"undo: stemma judge --undo {judged.id}" in text
    assert "Judged by machine unsure Kim Vael / Vael Kim: same family name" in text
    assert "mone" not in text
    assert "Kim Vael and Vael Kim are the same" in squeezed(printed(draw(judged, archive)))


def test_a_word_is_shown_with_what_took_it_back(archive, line: Line) -> None:
    kept = line.corrections[0]
    undone = word(kept.id, "undone", "true", why="misread")
    archive.corrections_of = lambda _: [kept, undone]
    text = squeezed(printed(draw(kept, archive)))
    assert f"✎ speaker of {kept.about}: Dana Wirt (taken back by {undone.id})" in text
    assert "why: misread" in text


def stone(field: str = "access", **more: str) -> Stone:
    kept = word("dpage", field, "withdrawn", **{"why": "court order", **more})
    return Stone("dpage", "page", kept.at, kept.by, kept.reason, kept)


def test_a_stone_is_drawn(archive) -> None:
    text = squeezed(printed(draw(stone(), archive)))
    assert "This page was withdrawn. what page dpage when 22 November 2026 (2026-11-22T08:00:00Z) by Ilse Marn" in text
    assert "ground court order" in text
    assert "Open it again: stemma withdraw dpage --undo --why WHY" in text


@pytest.mark.parametrize("width", [40, 80, 110])
def test_hostile_words_of_people_steer_no_screen_and_fit_it(archive, lines: dict[str, Line], width: int) -> None:
    line = corrected(lines["post"], "speaker", HOSTILE, HOSTILE, why=HOSTILE, by=HOSTILE)
    stream = io.StringIO()
    page: Any = screen(stream, width)
    page._force_terminal = True
    page.print(draw(line, archive), *listing([line]), draw(stone(why=HOSTILE, by=HOSTILE), archive))
    page.print(said(line.corrections, archive), draw(line.corrections[0], archive))
    page._force_terminal = False
    text = stream.getvalue()
    assert not set(text.replace("\x1b[", "")) & set("\x1b\x9b\u202e\u2066")
    plain = printed(draw(line, archive), *listing([line]), said(line.corrections, archive), width=width)
    assert max(map(len, plain.splitlines())) <= width
    assert "EVIL" in plain


def test_a_screen_without_typography_shows_the_sign_as_a_star(line: Line) -> None:
    from stemma.show.plain import approximate

    text = printed(*listing([line]))
    encoded = "".join(
        approximate(UnicodeEncodeError("ascii", each, 0, 1, ""))[0] if not each.isascii() else each for each in text
    )
    assert "Dana Wirt * (quoted by" in encoded
