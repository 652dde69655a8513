"""The lexicon of cues."""

from __future__ import annotations

import pytest

from stemma.annotate.statements.grammar.cues import confidence, inflect, lexicon


@pytest.mark.parametrize(
    ("lemma", "past", "forms"),
    [
        ("say", ["said"], ["say", "says", "said", "said", "saying"]),
        ("deny", None, ["deny", "denies", "denied", "denied", "denying"]),
        ("argue", None, ["argue", "argues", "argued", "argued", "arguing"]),
        ("agree", None, ["agree", "agrees", "agreed", "agreed", "agreeing"]),
        ("stress", None, ["stress", "stresses", "stressed", "stressed", "stressing"]),
        ("admit", ["admitted"], ["admit", "admits", "admitted", "admitted", "admitting"]),
        ("write", ["wrote", "written"], ["write", "writes", "wrote", "written", "writing"]),
    ],
)
def test_inflection(lemma: str, past: list[str] | None, forms: list[str]) -> None:
    assert [form for form, _ in inflect(lemma, past)] == forms


def test_a_particle_makes_another_verb() -> None:
    verbs = lexicon().forms["called"].verbs
    assert verbs[0].particle
    assert verbs[-1].particle == ()


def test_there_are_several_hundred_cues() -> None:
    assert len({verb.lemma for form in lexicon().forms.values() for verb in form.verbs}) > 250


def test_confidence_is_a_share() -> None:
    assert all(0 < value < 1 for value in lexicon().confidence.values())
    assert 0 < confidence("never seen") < 1
