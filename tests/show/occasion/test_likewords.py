"""What has a statement's words: elsewhere on its page, and on other pages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from msgspec import structs

from stemma.archive.views import Article, Line, Query, Utterance, Who
from stemma.records import Label
from stemma.show.jsonform import json_text, json_utterance
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
            if all(any(word.startswith(each) for word in texts[line.statement.id]) for each in wanted)
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
