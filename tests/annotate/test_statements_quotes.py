"""Pairing of quotation marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.annotate.statements.quotes import pair


def quoted(text: str) -> list[str]:
    return [text[quote.start : quote.end] for quote in pair(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He said “go” and “stay”.", ["“go”", "“stay”"]),
        ('He said "go" and "stay".', ['"go"', '"stay"']),
        ("Er sagte „los“ und ging.", ["„los“"]),
        ("Il dit « allons » et partit.", ["« allons »"]),
        ("Il dit «allons» et partit.", ["«allons»"]),
        ("她说「走吧」。", ["「走吧」"]),
        ("He said ``go'' and left.", ["``go''"]),
        ("He called it “an ‘open’ door” twice.", ["“an ‘open’ door”"]),
        ('“He told me "go" and I went,” she said.', ['“He told me "go" and I went,”']),
        ("They are “brothers“, he said.", ["“brothers“"]),
        ("He said ‘the soldiers’ boots’ once.", ["‘the soldiers’"]),
        ("The soldiers’ boots and the cooks’ pots.", []),
        ("It's the workers' day, isn't it?", []),
        ('A 6" nail and a 7" nail.', []),
        ("“Never closed, he thought.", ["“Never closed, he thought."]),
        ("The plan is dead,” he said.", ["The plan is dead,”"]),
        ('“To free "The north was hard," she added.', ['“To free "The north was hard,"']),
        ("The end, he told Tamm.“", []),
    ],
)
def test_pairs(text: str, wanted: list[str]) -> None:
    assert quoted(text) == wanted


@given(st.text(alphabet="“”\"'‘’«»„「」` ab.,", max_size=60))
def test_quotations_are_in_order_and_never_overlap(text: str) -> None:
    found = pair(text, 0, len(text))
    assert all(0 <= quote.start < quote.end <= len(text) for quote in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
