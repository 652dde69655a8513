import sys

from stemma.collate import keys, passages
from stemma.records import Field, Label, Page


def _relabelled(page, roles):
    labels = tuple(
        Label(document=each.document, start=each.start, end=each.end, role=role)
        for each, role in zip(page.labels, roles, strict=True)
    )
    return Page(page.document, labels, page.fields)


def test_furniture_ends_a_run_and_is_in_none(make_page):
    text = "The first lines of the body stand here.\nThey go on here.\nSubscribe to our letter now.\nAnd the body ends here."
    found = passages(_relabelled(make_page(text), ("body", "body", "furniture", "turn")))
    assert [each.evidence.exact for each in found] == [text.split("\nSub", maxsplit=1)[0], "And the body ends here."]


def test_stretches_of_few_words_are_left_out(make_page):
    assert passages(make_page("Read more")) == []


def test_the_surest_outlet_counts(make_page):
    page = make_page("The first lines of the body stand here.")
    fields = tuple(
        Field(document=page.document.id, name="outlet", value=value, basis="meta", confidence=sure)
        for value, sure in (("Sarva", 0.4), ("Velta", 0.9), ("Orin", 0.9))
    )
    assert passages(page._replace(fields=fields))[0].outlet == "Velta"


def test_keys_are_few_sorted_and_the_same_each_time(make_page):
    passage = passages(make_page("Seven steel bridges were opened over the harbour of Karvis. " * 3))[0]
    found = keys(passage)
    assert found == sorted(set(found)) == keys(passage)
    assert 0 < len(found) < 20


def test_of_a_run_beyond_all_sense_only_the_beginning_is_compared(make_page, monkeypatch):
    monkeypatch.setattr(sys.modules["stemma.collate.passages"], "LONGEST", 1_000)
    (found,) = passages(make_page("The lamps on the quay stay lit tonight. " * 100))
    assert len(found.evidence.exact) == 1_000
