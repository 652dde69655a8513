"""Whom the words for an addressee mean."""

from __future__ import annotations

import pytest

from stemma.annotate import mentions, people, statements
from stemma.annotate.statements import records_of
from stemma.annotate.statements.clauses import Draft
from stemma.records import Page, Statement


def heard(page: Page) -> list[list[str]]:
    """Of each statement with an addressee, in order of place, whom its words mean."""
    named = mentions(page)
    said: tuple[Statement, ...] = statements(page, named, (), by_rules=True)
    found = people(page, named, said)
    names = {one.id: one.evidence.exact for one in (*named, *found.described)}
    return [
        [names[ref.antecedent] for ref in found.references if ref.anaphor == one.addressee]
        for one in said
        if one.addressee
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Minister Tomas Varga met Ana Holt on Monday. He told her that the bridge would open in May.", [["Ana Holt"]]),
        ("Tomas Varga told Ana Holt that the bridge would open in May.", [["Ana Holt"]]),
        ("President Ana Holt arrived late. Tomas Varga told the president that the bridge was open.", [["Ana Holt"]]),
        ("Tomas Varga told a ferryman that the bridge was open.", [["a ferryman"]]),
        ("Judge Ana Holt sentenced Ilse Brand. Ana Holt told her that the bridge was open.", [["Ilse Brand"]]),
    ],
)
def test_who_is_told(make_page, text: str, told: list[list[str]]) -> None:
    assert heard(make_page(text)) == told


def test_a_question_is_put_to_who_answers(make_page) -> None:
    page = make_page("Ana: Was it signed?\nBo: No.\nAna: Why?\nBo: It rained.")
    assert [one.addressee and one.addressee.exact for one in statements(page, (), ())] == ["Bo", None, "Bo", None]


@pytest.mark.parametrize(
    ("text", "cue", "content", "told"),
    [
        ("The harbour master was told that it rained.", "was told", "that it rained", "The harbour master"),
        ("Asked whether it rained, Tomas Varga looked up.", "Asked", "whether it rained", "Tomas Varga"),
        ("It was told that it rained.", "was told", "that it rained", None),
    ],
)
def test_who_is_told_where_nobody_is_said_to_tell(
    make_page, text: str, cue: str, content: str, told: str | None
) -> None:
    page = make_page(text)
    at, of = text.index(cue), text.index(content)
    draft = Draft(
        source=[], cue=[(at, at + len(cue))], content=[(of, of + len(content))], rule="given", sentence=(0, len(text))
    )
    (said,) = records_of(page, [draft], mentions(page), ())
    assert (said.addressee and said.addressee.exact) == told
