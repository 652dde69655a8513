"""Quotations that another page quotes again in other words or in part."""

from itertools import permutations

import pytest

from stemma.collate import requotations
from stemma.collate.clusters import Parallel
from stemma.collate.occasion.requoted import MOST_PARAGRAPHS, quotations, requoted
from stemma.records import Evidence, Passage

SAID = "“Fishers have every reason to be furious, and they are starving. They are starving for remedies,” Tamsin Roe told Velm."
AGAIN = "Tamsin Roe granted that they had “reason to be furious”, yet were starving for what she calls “real remedies”."
PLAIN = "Tamsin Roe granted that they had reason to be furious, yet were starving for what she calls real remedies."
OTHER = "Tamsin Roe spoke of “remedies” for the furious gales that Velm has every reason to fear."


def passage(document: str, text: str) -> Passage:
    return Passage(
        evidence=Evidence(document=document, start=5, end=5 + len(text), exact=text), outlet=document.upper()
    )


def found(*texts: str) -> list[Parallel]:
    return requotations([passage(f"d{number}", text) for number, text in enumerate(texts)])


def test_a_quotation_in_other_words_is_known_again():
    (one,) = found(SAID, AGAIN)
    assert (one.left_document, one.right_document) == ("d0", "d1")
    assert "furious" in SAID[one.left[0] - 5 : one.left[1] - 5]
    told = AGAIN[one.right[0] - 5 : one.right[1] - 5]
    assert told.startswith("reason to be furious")
    assert told.endswith("remedies")


@pytest.mark.parametrize(
    "text", [PLAIN, OTHER, AGAIN.replace("Tamsin Roe", "she"), SAID.replace("“", "").replace("”", "")]
)
def test_what_nobody_quotes_or_nothing_names_in_common_is_none(text):
    assert not found(SAID.replace("Tamsin Roe told Velm", "she said") if "she granted" in text else SAID, text)


def test_what_is_known_by_its_wording_is_not_told_again():
    passages = [passage("d0", SAID), passage("d1", AGAIN)]
    (one,) = requotations(passages)
    assert not requotations(passages, [one])
    assert not requotations(passages, [one.turned()])


def test_the_order_of_the_pages_does_not_matter():
    texts = [passage("d0", SAID), passage("d1", AGAIN), passage("d2", OTHER)]
    told = requotations(texts)
    assert told
    assert all(requotations(each) == told for each in permutations(texts))


def test_pages_of_one_document_and_pages_without_quotations_give_nothing():
    assert not requotations([passage("d0", SAID), passage("d0", AGAIN)])
    assert not requotations([passage("d0", PLAIN), passage("d1", PLAIN)])
    assert not requotations([])


def test_a_set_phrase_of_many_brings_nobody_together():
    assert not found(SAID, *[AGAIN] * (MOST_PARAGRAPHS + 1))


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("no marks", []),
        ("he said “one two”, then ''three''.", ["one two", "three"]),
        ('an open "quotation', ["quotation"]),
        ("a stray ” mark", []),
    ],
)
def test_quotations_of_a_line(text, inside):
    assert [text[slice(*span)] for span in quotations(text)] == inside


def test_places_are_those_of_the_words_shared():
    quotation = "every reason to be furious, and they are starving for remedies"
    like = requoted(quotation, AGAIN, quotations(AGAIN))
    assert like is not None
    assert quotation[slice(*like.left)] == "reason to be furious, and they are starving for remedies"
    assert requoted(quotation, AGAIN, []) is None
