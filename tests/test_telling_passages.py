"""Of the passages under a key only those that meet another one are read, and that changes nothing."""

from __future__ import annotations

import random

import pytest

from stemma import collate, passages
from stemma.records import Evidence, Passage

WORDS = [a + b for a in ("kar", "vel", "mor", "tis", "dun") for b in ("ek", "osh", "ir", "ul")] + ["the", "of", "and"]


def _packed(passage: Passage) -> str:
    place = passage.evidence
    return f"{place.document} {place.start} {place.end} {collate.pack(passage)} {passage.outlet or ''}"


def _some(seed: int) -> dict[str, Passage]:
    chance, found = random.Random(seed), list[Passage]()
    for n in range(40):
        text = " ".join(chance.choices(WORDS, k=chance.randint(10, 50)))
        if found and chance.random() < 0.3:
            text += ". " + chance.choice(found).evidence.exact
        found.append(Passage(Evidence(document=f"d{n}", start=0, end=len(text), exact=text), f"outlet {n % 9}"))
    return {_packed(each): each for each in found}


@pytest.mark.parametrize("seed", range(3))
def test_reading_those_that_meet_gives_what_reading_all_gives(seed: int) -> None:
    items = _some(seed)
    blank = read = 0
    for key in sorted({key for each in items.values() for key in collate.keys(each)}):
        packed = sorted(text for text, each in items.items() if key in collate.keys(each))
        telling = passages.telling(packed, key)
        some = [items[text] if text in telling else passages.blank(text) for text in packed]
        assert collate.compare(some, key) == collate.compare([items[text] for text in packed], key)
        blank, read = blank + len(packed) - len(telling), read + len(telling)
    assert blank
    assert read


def test_a_blank_passage_keeps_its_place_and_outlet() -> None:
    for text, passage in _some(1).items():
        found = passages.blank(text)
        assert found.outlet == passage.outlet
        assert (found.evidence.document, found.evidence.end) == (passage.evidence.document, passage.evidence.end)
        assert found.evidence.exact == ""
