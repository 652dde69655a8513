"""Repeated lines laid over a reading: nothing is left in them, no id moves, and people outrank them."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from stemma.archive.corrections.overlay.laying import COVERING, overlaid
from stemma.archive.corrections.overlay.places import Origin
from stemma.archive.corrections.overlay.repeating import mended, twin
from stemma.archive.pages.reading import leaf_of
from stemma.records import REPEATED, Correction, Label, evidence
from tests.archive.conftest import make_page

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases

LINES = [
    "Ferry to run again",
    "“The ferry sails on Monday,” Tamsin Orle said on 2031-04-02.",
    "“Nobody asked the crew,” Milo Vance said. It cites Orvo Wire.",
    "“Print what you saw,” Ola Brandt said.",
]
PAGE = make_page(LINES, "Orvo Wire", "2031-04-03")
LEAF = leaf_of(1, 1, PAGE.document, PAGE.records[1:])
TEXT = PAGE.document.text
START = TEXT.index(LINES[3])
OLD = next(each for each in LEAF.labels if each.start == START)
NEW = Label(document=OLD.document, start=OLD.start, end=OLD.end, role="furniture", reason=REPEATED)


def word(about: str, field: str, value: str) -> Correction:
    at = "2032-01-01T00:00:00Z"
    return Correction(about=about, field=field, value=value, by="Ada Pell", at=at, reason="seen")  # type: ignore[arg-type]


def said_there(leaf) -> list[str]:
    return [each.id for each in leaf.statements if any(piece.start >= START for piece in each.content)]


def test_nothing_is_found_in_a_repeated_line() -> None:
    shown = overlaid(LEAF, (), {}, [NEW])
    assert NEW in shown.labels
    assert OLD not in shown.labels
    assert said_there(LEAF)
    assert not said_there(shown)
    assert not any(START <= each.evidence.start < OLD.end for each in shown.mentions)
    assert {each.antecedent for each in shown.references} <= {each.id for each in shown.mentions}
    assert shown.document == LEAF.document
    assert {each.id for each in shown.statements} <= {each.id for each in LEAF.statements}


def test_without_repeats_the_reading_is_the_derived_one() -> None:
    assert overlaid(LEAF, (), {}, ()) is LEAF
    elsewhere = msgspec.structs.replace(NEW, id="", end=NEW.end - 1)
    assert overlaid(LEAF, (), {}, [elsewhere]) == LEAF


@pytest.mark.parametrize(
    ("about", "field", "value"),
    [
        (OLD.id, "role", "body"),
        (NEW.id, "role", "body"),
        (PAGE.document.id, "label", f"{START + 2}-{START + 9} body"),
        (said_there(LEAF)[0], "speaker", "Ola Brandt (person)"),
    ],
)
def test_a_word_on_a_line_keeps_it(about: str, field: str, value: str) -> None:
    shown = overlaid(LEAF, [word(about, field, value)], {NEW.id: Origin(OLD, TEXT)}, [NEW])
    assert said_there(shown)
    assert REPEATED not in {each.reason for each in shown.labels}
    assert not shown.waiting


def test_a_word_that_calls_it_furniture_holds_too() -> None:
    shown = overlaid(LEAF, [word(OLD.id, "role", "furniture")], {}, [NEW])
    assert not said_there(shown)
    assert next(each for each in shown.labels if each.start == START).reason.startswith("corrected by")


def test_words_elsewhere_leave_it_hidden() -> None:
    shown = overlaid(LEAF, [word(PAGE.document.id, "outlet", "Dorn Post")], {}, [NEW])
    assert not said_there(shown)
    assert [each.value for each in shown.fields if each.name == "outlet"] == ["Dorn Post"]


def test_a_whole_text_loses_the_repeated_part_alone() -> None:
    whole = evidence(PAGE.document, TEXT.index(LINES[1]), OLD.end)
    long = msgspec.structs.replace(LEAF.statements[0], id="", content=(whole,), kind="full-text")
    leaf = replace(LEAF, statements=(long,), references=(), relays=())
    (shown,) = mended(leaf, [NEW], (), trim=True).statements
    assert [piece.exact for piece in shown.content] == ["\n".join(LINES[1:3])]
    assert shown.id == long.id
    (exported,) = overlaid(leaf, (), {}, [NEW], COVERING).statements
    assert exported == long


def test_the_label_is_known_by_its_place() -> None:
    assert twin(OLD) == NEW.id
