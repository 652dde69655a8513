"""Which mentions of a page mean the same one."""

from __future__ import annotations

import pytest

from stemma.annotate.references.cast import assemble, body_words
from stemma.records import Mention, MentionKind, evidence


def together(make_page, *names: tuple[str, MentionKind]) -> list[list[str]]:
    """The names of each figure, of a page that tells them in this order."""
    document = make_page(". ".join(name for name, _ in names)).document
    made, at = [], 0
    for name, kind in names:
        at = document.text.index(name, at)
        made.append(Mention(document=document.id, evidence=evidence(document, at, at + len(name)), kind=kind))
        at += len(name)
    return [[one.evidence.exact for one in figure.mentions] for figure in assemble(made).figures]


BODY, PERSON, PLACE = "organization", "person", "place"


@pytest.mark.parametrize(
    "names",
    [
        (("Grady T. Holt", PERSON), ("Grady T", PERSON)),
        (("Kirsi Malholt", PERSON), ("K.M.", BODY)),
        (("Orsa Medical Corp.", BODY), ("Orsa", BODY)),
        (("Politburo of the Front of Veloria", BODY), ("Politburo", BODY)),
        (("Ministry of Foreign Affairs of Veloria", BODY), ("Foreign Ministry", BODY)),
        (("Embassy of the Republic of Veloria", BODY), ("Embassy of Veloria", BODY)),
        (("Ministry of Internal Affairs", BODY), ("Interior Ministry", BODY)),
    ],
)
def test_a_short_form_joins_its_full_name(make_page, names) -> None:
    assert together(make_page, *names) == [[name for name, _ in names]]


@pytest.mark.parametrize(
    "names",
    [
        (("Kirsi Malholt", PERSON), ("Karl Marsh", PERSON), ("K.M.", BODY)),
        (("Orsa Harbour Board", BODY), ("Orsa", BODY)),
        (("Embassy of Veloria", BODY), ("Embassy of Karvis", BODY), ("Embassy", BODY)),
        (("Orsa Foods", BODY), ("Orsa", PLACE)),
    ],
)
def test_what_may_mean_two_or_another_stays_apart(make_page, names) -> None:
    assert together(make_page, *names) == [[name] for name, _ in names]


def test_a_ministry_by_what_it_is_of() -> None:
    assert body_words("Ministry of Defense") == ("defence", "ministry")
    assert body_words("Ministry of Trade of Veloria") == ("trade", "ministry", "of", "veloria")
    assert body_words("Ministry of Trade and Industry") == ("ministry", "of", "trade", "and", "industry")
