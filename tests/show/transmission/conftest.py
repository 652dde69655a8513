"""One utterance of the invented land of Varnia as six pages carry it, one of them hostile, one of another speaker."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stemma.archive.views import Line, Utterance, Who
from stemma.records import Field
from tests.show.conftest import HOSTILE, Draft

VASH = Who(name="Orlen Vash", entity="evash", reason="name in the source")
ROE = Who(name="Tamsin Roe", entity="eroe", reason="name in the source")
AGENCY = "“The maritime fellowship has passed its severest trial, and 300 engineers have shown it,” Vash said."
POST = "“The maritime fellowship has passed its most rigorous trial, and 300 engineers have shown it,” SARVA reported."
VELTA = "“The fellowship has passed its most rigorous trial, and 250 engineers have shown it,” Roe said."
HERALD = (
    "“The maritime fellowship has not passed its severest trial, and 300 engineers have shown it,” the Dorn Post wrote."
)
SHEET = "“The maritime fellowship has passed its severest trial, and 300 engineers have shown it,” NAK agency said."
APART = "He praised the bond of the two peoples in warm words,"


def _line(text: str, outlet: str | None, published: str | None, who: Who, *hops: tuple[str, ...]) -> Line:
    url = (
        f"https://{(outlet or 'none').lower().replace(' ', '')[:9]}.example/1"
        if outlet != HOSTILE
        else "javascript:alert(1)"
    )
    draft = Draft(
        text, url=url, outlet=outlet, published=published, title=HOSTILE if outlet == HOSTILE else "Fellowship"
    )
    content = text[: text.index("”") + 1] if "”" in text else text
    said = draft.statement(content, kind="direct" if "”" in text else "indirect")
    chain = tuple(
        draft.hop(name, kind, words or None, place, document or None)
        for place, (name, kind, words, document) in enumerate(hops)
    )
    return draft.line(said, (who,), chain=chain, utterance="wbond", witnesses=5)


@pytest.fixture
def bond() -> Utterance:
    """Earliest first, the undated last: S1, D1, O1, S2 (hostile), X1; V1 gives the words to somebody else."""
    agency = _line(AGENCY, "SARVA", "2025-10-24T06:00:00+00:00", VASH)
    post = _line(POST, "Dorn Post", "2025-10-24T09:30:00+00:00", VASH, ("SARVA", "cited", "SARVA reported", ""))
    herald = _line(HERALD, "Orin Herald", "2025-10-27", VASH, ("Dorn Post", "cited", "the Dorn Post wrote", ""),
                   ("SARVA", "cited", "", ""))  # fmt: skip
    nasty = _line(APART + HOSTILE, HOSTILE, "2025-10-28", VASH)
    sheet = _line(
        SHEET, None, None, VASH, ("NAK", "cited", "NAK agency", ""), ("SARVA", "reused", "", agency.statement.document)
    )
    velta = _line(VELTA, "VELTA", "2025-10-25", ROE, ("Dorn Post", "reused", "", post.statement.document))
    return Utterance(id="wbond", lines=(agency, post, herald, nasty, sheet), variants=(), elsewhere=(velta,))


class Few:
    """Answers about the pages of one utterance, like an archive; some of them reserve their words."""

    def __init__(self, view: Utterance, *reserved: str) -> None:
        self.view, self.reserved = view, reserved

    def article(self, record_id: str) -> Any:
        made = Draft("A page.").article()
        field = Field(document=made.document.id, name="reservation", value="tdm", basis="header")
        return replace(made, fields=(field,)) if record_id in self.reserved else made

    def utterance(self, _: str) -> Utterance:
        return self.view
