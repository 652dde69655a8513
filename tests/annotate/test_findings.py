"""What the fuzzer found: pages that the annotator could not bear, each cut down to what did it."""

from __future__ import annotations

from stemma import annotate
from stemma.records import Document, Label, Mention, Page, Problem


def test_names_in_a_title_without_a_story():
    document = Document(snapshot="c", layout="text/1", text="Mayor Tamsin Orle")
    page = Page(document, (Label(document=document.id, start=0, end=17, role="title", reason="", confidence=1.0),), ())
    found = annotate.annotate(page)
    assert not [each for each in found if isinstance(each, Problem)]
    assert [each.evidence.exact for each in found if isinstance(each, Mention)] == ["Tamsin Orle"]
