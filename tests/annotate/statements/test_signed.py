"""Quotations with a name under them."""

from __future__ import annotations

import pytest
from marks import page_of

from stemma.annotate.statements.chains import page_drafts
from stemma.annotate.statements.whole import signed_quote


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“We shall wait.” — Ana Moor, baker", "Ana Moor, baker"),
        ('"We shall wait." - Ana Moor.', "Ana Moor"),
        ("“We shall wait.”― Moor\u00a0", "Moor"),
        ("“We shall wait,” — said Ana Moor", None),
        ("“We shall wait.” — Ana Moor said so twice", None),
        ("“Wait” and “see” — Moor", None),
        ("“We shall wait.” Ana Moor", None),
        ("She left. “We shall wait.” — Moor", None),
    ],
)
def test_who_signs(text, source):
    draft = signed_quote(text, 0, len(text))
    assert (text[slice(*draft.source[0])] if draft else None) == source


def test_each_name_belongs_to_the_quotation_before_it():
    text = "“The lake is low and the mill stands.” — Ana Moor\n“The lake rose in May, nobody came.” — Oru Tamm"
    page = page_of(text)
    spans = [(label.start, label.end) for label in page.labels]
    found = page_drafts(text, spans, ["body"] * 2)
    assert [(text[slice(*d.source[0])], text[slice(*d.content[0])][1:5]) for d in found] == [
        ("Ana Moor", "The "),
        ("Oru Tamm", "The "),
    ]
    assert [d.content[0][0] for d in found] == [0, text.index("\n") + 1]
