"""Who was asked, as the statements around a question tell."""

from __future__ import annotations

import pytest
from marks import page_of

from stemma.annotate.statements.answers import answered
from stemma.records import Evidence, Page, Statement, evidence


def words(page: Page, exact: str) -> Evidence:
    at = page.document.text.index(exact)
    return evidence(page.document, at, at + len(exact))


@pytest.mark.parametrize(
    ("text", "cue", "told"),
    [
        ("Asked whether the bridge was open, Tomas Varga said so.", "Asked", "Tomas Varga"),
        ("Tomas Varga, asked whether the bridge was open, said so.", "asked", "Tomas Varga"),
        ("Tomas Varga, when asked whether the bridge was open, said so.", "asked", "Tomas Varga"),
        ("He was silent, asked whether the bridge was open. Tomas Varga said so.", "asked", None),
        ("Wondering whether the bridge was open, Tomas Varga said so.", "Wondering", None),
    ],
)
def test_who_answers_was_asked(text: str, cue: str, told: str | None) -> None:
    page = page_of(text)
    asked = Statement(
        document=page.document.id,
        source=(),
        cue=(words(page, cue),),
        content=(words(page, "whether the bridge was open"),),
        kind="indirect",
    )
    says = Statement(
        document=page.document.id,
        source=(words(page, "Tomas Varga"),),
        cue=(words(page, "said"),),
        content=(words(page, "so"),),
        kind="indirect",
    )
    found = answered(text, [asked, says])
    assert [one.addressee and one.addressee.exact for one in found] == [told, None]
