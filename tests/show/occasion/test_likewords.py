"""What has a statement's words: elsewhere on its page, and on other pages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from msgspec import structs

from stemma.archive.views import Article, Line, Query, Utterance, Who
from stemma.records import Label
from stemma.show.jsonform import json_statement, json_text, json_utterance
from stemma.show.occasion.likewords import alike, echoes
from stemma.show.terminal.statements import statement
from stemma.show.terminal.transmission import utterance
from stemma.show.wording import condense
from tests.show.conftest import Draft
from tests.show.terminal.test_views import printed, squeezed

VASH, ROE = (Who(name=name, entity=f"e{name[0]}", reason="name in the source") for name in ("Orlen Vash", "Tamsin Roe"))
SAYING = "a solid foundation for unbreakable maritime fellowship"
PAGE = (
    "Two capitals vow unbreakable fellowship\n"
    f"The treaty is {SAYING}, Tamsin Roe said. The ties are an “unbreakable fellowship”, Orlen Vash said. "
    "Prices in Velm have risen."
)


def echoing() -> tuple[Article, Line, Line]:
    draft = Draft(PAGE, outlet="SARVA", published="2025-10-24")
    own = draft.line(draft.statement(SAYING, kind="indirect"), (ROE,))
    other = draft.line(draft.statement("The ties are an “unbreakable fellowship”", kind="mixed"), (VASH,))
    document, line_end = own.statement.document, PAGE.index("\n")
    labels = (
        Label(document=document, start=0, end=line_end, role="title"),
        Label(document=document, start=line_end + 1, end=len(PAGE), role="body"),
    )
    return replace(draft.article(own, other), labels=labels), own, other


def test_a_saying_is_followed_to_another_mouth_and_into_the_headline():
    page, own, other = echoing()
    title, body = echoes(page, own)
    assert (title.exact, title.part, title.line) == ("unbreakable fellowship", "title", None)
    assert (body.exact, body.part, body.line) == ("unbreakable fellowship", "body", other)
    assert [(piece.state, piece.text.strip()) for piece in condense(title.pieces)] == [
        ("kept", "unbreakable"), ("removed", "maritime"), ("kept", "fellowship"),
    ]  # fmt: skip
    assert PAGE[title.start : title.end] == title.exact
    text = squeezed(printed(statement(own, None, None, (), (title, body))))
    assert "In like words on the same page" in text
    assert "unbreakable [-maritime-] fellowship" in text
    assert "said by Orlen Vash; differs in words" in text


AGENCY = "the harbour of Velm would be opened to pilots in the spring, as the treaty has it"
LATER = "in spring, by treaty, pilots will find the harbour opened"


def _line(text: str, outlet: str, published: str | None, who: Who = VASH) -> Line:
    draft = Draft(f"{text} ({outlet})", outlet=outlet, published=published)
    return draft.line(draft.statement(text, kind="indirect"), (who,), utterance=f"w{outlet.lower()}")


@dataclass
class Words:
    """An archive that is asked for words."""

    lines: list[Line]

    def find(self, query: Query) -> Iterable[Line]:
        wanted = [word.removesuffix("*") for word in query.words.split()]
        texts = {line.statement.id: line.statement.content[0].exact.lower().split() for line in self.lines}
        return [
            line for line in self.lines
            if all(any(word.lstrip("“").startswith(each) for word in texts[line.statement.id]) for each in wanted)
        ]  # fmt: skip


def _found(own: Line, *others: Line, known: Iterable[Line] = ()) -> Any:
    view = Utterance(id="wown", lines=(own,), variants=())
    return alike(Words([own, *others]), view, list(known))  # type: ignore[arg-type]


def test_another_speaker_of_another_month_in_like_words_is_found_and_told_apart():
    own, other = _line(AGENCY, "SARVA", "2025-10-24"), _line(LATER, "VELTA", "2026-03-01", ROE)
    (found,) = _found(own, other, _line("prices in Velm have risen since spring", "Orin", "2025-10-24"))
    assert (found.line, found.basis) == (other, "like words")
    assert found.reason.startswith("shares 5 telling words")
    view = Utterance(id="wown", lines=(own,), variants=())
    assert "In like words, whoever and whenever" in squeezed(printed(utterance(view, "", (), [found])))
    form = json.loads(json_text(json_utterance(view, (), [found])))
    assert [each["line"]["id"] for each in form["in_like_words"]] == [other.statement.id]


def test_what_is_told_already_or_reports_it_is_left_out():
    own, other = _line(AGENCY, "SARVA", "2025-10-24"), _line(LATER, "VELTA", "2026-03-01", ROE)
    assert _found(own, other, known=[other]) == ()
    inner = replace(other, statement=structs.replace(other.statement, id="sinner", depth=1), utterance="winner")
    assert [each.line for each in _found(own, other, inner)] == [inner]


def test_the_echoes_of_a_statement_are_in_its_json():
    page, own, other = echoing()
    form = json.loads(json_text(json_statement(own, echoes(page, own))))
    assert form["id"] == own.statement.id
    assert [(each["exact"], each["part"], each["line"] and each["line"]["id"]) for each in form["echoes"]] == [
        ("unbreakable fellowship", "title", None), ("unbreakable fellowship", "body", other.statement.id),
    ]  # fmt: skip
    assert {"state": "removed", "text": "maritime", "kind": "words"} in form["echoes"][0]["pieces"]
    assert "echoes" not in json_statement(own, ())


def test_of_one_speaker_a_word_less_is_enough():
    words = "pilots shall serve in the harbour by treaty"
    own, other = _line(words, "SARVA", "2025-10-24"), _line("by treaty pilots serve our harbour", "VELTA", "2026-03-01")
    (found,) = _found(own, other)
    assert found.reason.startswith("same speaker; shares 4 telling words")
    assert _found(own, _line("by treaty pilots serve our harbour", "VELTA", "2026-03-01", ROE)) == ()


def test_words_of_like_sense_count_and_those_that_report():
    """Who "praised the bravery" said more than its words."""
    draft = Draft("Orlen Vash praised the bravery and skill of the harbour pilots.", outlet="SARVA")
    cue = draft.statement("praised", kind="indirect").content
    said = structs.replace(draft.statement("the bravery and skill of the harbour pilots", kind="indirect"), cue=cue)
    own = draft.line(said, (VASH,), utterance="wsarva")
    other = _line("we commend the harbour pilots for their skill and heroism", "VELTA", "2026-03-01", ROE)
    (found,) = _found(own, other)
    assert found.words == 5
    assert found.exact == "we commend the harbour pilots for their skill and heroism"


SAID = "He is starving, I believe, and a furious fisher"


def test_what_is_quoted_again_in_part_is_found():
    own = Draft(f"Vash: {SAID}.", outlet="SARVA")
    said = own.line(own.statement(SAID, kind="direct"), (VASH,), utterance="wsarva")
    text = "the “furious” fisher was starving"
    later = Draft(text, outlet="VELTA")
    mixed = later.line(later.statement(text, kind="mixed"), (VASH,), utterance="wvelta")
    (found,) = _found(said, mixed)
    assert found.reason.startswith("same speaker; quoted in both; shares 3 telling words")
    (turned,) = _found(mixed, said)
    assert (turned.line, turned.words, turned.score) == (said, found.words, found.score)
    assert _found(said, replace(mixed, statement=structs.replace(mixed.statement, kind="indirect"))) == ()
    assert _found(said, replace(mixed, speakers=(ROE,))) == ()


def test_a_speech_is_held_against_others_sentence_by_sentence():
    speech = " ".join(f"Lamp {n} is lit on the far shore of strait {n} for night {n}." for n in range(20))
    own = _line(f"{speech} Pilots find the harbour opened in spring by treaty.", "SARVA", "2025-10-24")
    (found,) = _found(_line(LATER, "VELTA", "2026-03-01", ROE), own)
    assert found.line == own
    assert found.exact.startswith("Pilots find the harbour")
