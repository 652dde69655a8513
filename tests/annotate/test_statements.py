"""Statements of a page: who, with which words, what; levels, polarity and circumstances."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marks import MarkedPage, page_of

from stemma.annotate.statements import statements
from stemma.records import Evidence, Label, Page, Statement, Time, evidence

pytestmark = pytest.mark.usefixtures("rules_alone")

MakePage = Callable[[str], Page]


def found(page: Page, times: tuple[Time, ...] = ()) -> list[Statement]:
    return list(statements(page, (), times))


def exact(pieces: tuple[Evidence, ...]) -> list[str]:
    return [piece.exact for piece in pieces]


def triples(page: Page) -> list[tuple[list[str], list[str], list[str]]]:
    return [(exact(s.source), exact(s.cue), exact(s.content)) for s in found(page)]


def marked_triples(marked: MarkedPage) -> list[tuple[list[str], list[str], list[str]]]:
    ids = sorted({name[1:] for name in marked.marks if name[0] == "Q"}, key=lambda n: marked.marks["Q" + n][0])
    return [(marked.words("S" + n), marked.words("C" + n), marked.words("Q" + n)) for n in ids]


def test_source_follows_the_quotation(marked: MarkedPage) -> None:
    """
    [Q1 “The library is open again,”] [C1 said] [S1 Minister Oru Tamm].
    """
    assert triples(marked.page) == marked_triples(marked)


def test_source_precedes_the_verb_after_a_quotation(marked: MarkedPage) -> None:
    """
    [Q1 "The library is open again. Ships may come,"] [S1 she] [C1 declared].
    """
    assert triples(marked.page) == marked_triples(marked)


def test_that_clause(marked: MarkedPage) -> None:
    """
    [S1 The premier of Ruvania, Matis Orlun], [C1 stressed] [Q1 that the tunnel would be finished by autumn].
    """
    assert triples(marked.page) == marked_triples(marked)


def test_cue_behind_its_indirect_content(marked: MarkedPage) -> None:
    """
    [Q1 The bridge will be closed for repairs until May], [S1 Mayor Ilse Brand] [C1 said] on Saturday.
    """
    assert triples(marked.page) == marked_triples(marked)


def test_a_cue_between_two_pieces(marked: MarkedPage) -> None:
    """
    [Q1 “We came,”] [S1 Tamm] [C1 said], [Q1 “and we will stay.”]
    """
    assert triples(marked.page) == marked_triples(marked)


def test_a_second_sentence_in_marks_is_the_same_statement(marked: MarkedPage) -> None:
    """
    [Q1 “We came,”] [S1 Tamm] [C1 said]. [Q1 “We will stay for as long as it takes.”]
    """
    assert triples(marked.page) == marked_triples(marked)


def test_according_to(marked: MarkedPage) -> None:
    """
    [C1 According to] [S1 the envoy], [Q1 the talks will resume in Karvis].
    """
    assert triples(marked.page) == marked_triples(marked)


def test_as_she_noted(marked: MarkedPage) -> None:
    """
    As [S1 Brand] [C1 noted], [Q1 the old bridge “had served its time” and will be sold].
    """
    assert triples(marked.page) == marked_triples(marked)
    assert found(marked.page)[0].kind == "mixed"


def test_participle_with_the_subject_of_the_main_clause(marked: MarkedPage) -> None:
    """
    [C1 Noting] [Q1 that the winter had been hard], [S1 the premier] [C2 said] [Q2 that the mines would open], [C3 adding] [Q3 that coal was ready].
    """
    got = triples(marked.page)
    assert [cue for _, cue, _ in got] == [["Noting"], ["said"], ["adding"]]
    assert [content for _, _, content in got] == [marked.words(f"Q{n}") for n in (1, 2, 3)]
    assert [source for source, _, _ in got] == [["the premier"]] * 3


def test_participles_without_a_subject_have_no_source(marked: MarkedPage) -> None:
    """
    [C1 Stressing] [Q1 that the treaty holds], [C2 adding] [Q2 that it will be kept].
    """
    assert triples(marked.page) == marked_triples(marked)


def test_two_cues_share_a_subject(marked: MarkedPage) -> None:
    """
    [S1 The council] [C1 confirmed] [Q1 that the mill would close] and [C2 denied] [Q2 that jobs were at risk].
    """
    got = found(marked.page)
    assert [exact(s.source) for s in got] == [["The council"]] * 2
    assert [s.polarity for s in got] == ["affirmed", "denied"]


def test_this_was_stated_by_takes_the_paragraph_before(make_page: MakePage) -> None:
    page = make_page(
        "“The road to the north is open to all our guests.”\n\nThis was stated by the governor at a meeting."
    )
    (statement,) = found(page)
    assert exact(statement.source) == ["the governor"]
    assert exact(statement.content) == ["“The road to the north is open to all our guests.”"]
    assert statement.occasion
    assert statement.occasion.exact == "at a meeting"


def test_a_floating_paragraph_belongs_to_the_speaker_before(make_page: MakePage) -> None:
    page = make_page("“The road is open,” Tamm said.\n\n“Nobody will be turned back at the border.”")
    (statement,) = found(page)
    assert exact(statement.content) == ["“The road is open,”", "“Nobody will be turned back at the border.”"]


def test_a_quotation_that_reopens_in_each_paragraph(make_page: MakePage) -> None:
    page = make_page("“The road is open to all of them.\n\n“It stays open,” Tamm said.")
    (statement,) = found(page)
    assert exact(statement.content) == ["“The road is open to all of them.", "“It stays open,”"]


def test_a_colon_introduces_the_next_paragraph(make_page: MakePage) -> None:
    page = make_page("Tamm told the council:\n\n“Nobody will be turned back at the border.”")
    (statement,) = found(page)
    assert exact(statement.source) == ["Tamm"]
    assert statement.kind == "direct"


def test_two_levels_over_one_content(make_page: MakePage) -> None:
    page = make_page("The mine has reopened, the Sarva agency reported, citing Minister Oru Tamm.")
    outer, inner = found(page)
    assert (exact(outer.source), outer.depth) == (["the Sarva agency"], 0)
    assert (exact(inner.source), inner.depth, inner.within) == (["Minister Oru Tamm"], 1, outer.id)
    assert outer.content == inner.content


def test_a_statement_in_indirect_speech_points_at_the_outer_one(make_page: MakePage) -> None:
    page = make_page("The agency reported that the minister had denied any role in the sale.")
    outer, inner = found(page)
    assert (inner.within, inner.depth, inner.polarity) == (outer.id, 1, "denied")


def test_a_statement_inside_a_quotation(make_page: MakePage) -> None:
    page = make_page("“My mother said that the river never freezes,” Tamm recalled.")
    outer, inner = found(page)
    assert (exact(inner.source), inner.within) == (["My mother"], outer.id)


def test_full_text_from_the_announcement_to_the_end_mark(make_page: MakePage) -> None:
    page = make_page(
        "Oru Tamm, president of Ruvania, issued a statement on April 2 on the flood.\n"
        "The full text of the statement is as follows:\n"
        "The river has taken much.\nWe shall rebuild. -0-\nMore From The Agency\nA teaser said nothing."
    )
    statement = found(page)[0]
    assert statement.kind == "full-text"
    assert exact(statement.source) == ["Oru Tamm, president of Ruvania"]
    assert exact(statement.content) == ["The river has taken much.\nWe shall rebuild."]


def test_the_day_stands_in_the_issuing_line(make_page: MakePage) -> None:
    page = make_page("Oru Tamm issued a statement on April 2.\nThe full text is as follows:\nWe shall rebuild. -0-")
    at = page.document.text.index("April 2")
    day = Time(document=page.document.id, evidence=evidence(page.document, at, at + 7), type="DATE", value="2031-04-02")
    assert found(page, (day,))[0].said == "2031-04-02"


def test_a_day_inside_the_content_is_not_the_day_said(make_page: MakePage) -> None:
    page = make_page("Tamm said that the mill would open on April 2.")
    at = page.document.text.index("April 2")
    day = Time(document=page.document.id, evidence=evidence(page.document, at, at + 7), type="DATE", value="2031-04-02")
    assert found(page, (day,))[0].said is None


def test_turns_are_transcripts(make_page: MakePage) -> None:
    page = make_page("BRAND: Will the mill close?\nTAMM: It will not.\nBRAND: Are you sure?\nTAMM: I said so.")
    got = [s for s in found(page) if s.kind == "transcript"]
    assert [exact(s.source) for s in got] == [["BRAND"], ["TAMM"], ["BRAND"], ["TAMM"]]
    assert exact(got[1].content) == ["It will not."]


def test_a_label_of_role_turn_is_one_statement(make_page: MakePage) -> None:
    page = make_page("Oru Tamm: It will not.")
    turn = Label(document=page.document.id, start=0, end=len(page.document.text), role="turn")
    (statement,) = found(page._replace(labels=(turn,)))
    assert (exact(statement.source), statement.kind) == (["Oru Tamm"], "transcript")


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Tamm did not say that the mill would close.", "negated"),
        ("Tamm never denied that the mill would close.", "negated"),
        ("Tamm declined to say whether the mill would close.", "negated"),
        ("Tamm denied that the mill would close.", "denied"),
        ("Tamm dismissed the claim that the mill would close.", "denied"),
        ("Tamm would say that the mill must close.", "hypothetical"),
        ("Tamm is expected to announce that the mill will close.", "future"),
        ("Tamm will announce that the mill will close.", "future"),
        ("Tamm asked whether the mill would close.", "question"),
        ("Tamm urged the council to close the mill.", "request"),
        ("Tamm said that the mill would not close.", "affirmed"),
    ],
)
def test_polarity(make_page: MakePage, text: str, polarity: str) -> None:
    assert found(make_page(text))[0].polarity == polarity


def test_addressee(make_page: MakePage) -> None:
    (statement,) = found(make_page("Tamm told the harbour council that the mill would close."))
    assert statement.addressee
    assert statement.addressee.exact == "the harbour council"
    assert exact(statement.content) == ["that the mill would close"]


def test_was_quoted_as_saying(make_page: MakePage) -> None:
    (statement,) = found(make_page("Tamm was quoted by state media as saying that the mill would close."))
    assert exact(statement.source) == ["Tamm"]
    assert exact(statement.content) == ["that the mill would close"]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “blue ledger” lies in a drawer upstairs.",
        "The band chanted “Seven Green Ladders” after supper.",
        "The report on the flood fills nine shelves.",
        "Nine chairs were carried into the garden.",
    ],
)
def test_nobody_says_anything(make_page: MakePage, text: str) -> None:
    assert found(make_page(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Lorries carry the reports that might please a clerk.",
        "Visitors like the Ruvania State Textile Museum.",
    ],
)
def test_words_that_only_look_like_cues(make_page: MakePage, text: str) -> None:
    assert found(make_page(text)) == []


def test_a_short_subject_before_the_cue(make_page: MakePage) -> None:
    (statement,) = found(make_page("The bridge, Tamm said, was sold at a loss."))
    assert exact(statement.content) == ["The bridge", "was sold at a loss"]


def test_furniture_is_never_read(make_page: MakePage) -> None:
    page = make_page("“The road is open,” Tamm said.")
    furniture = tuple(Label(document=x.document, start=x.start, end=x.end, role="furniture") for x in page.labels)
    assert found(page._replace(labels=furniture)) == []


def test_an_unclosed_mark_upsets_no_other_paragraph(make_page: MakePage) -> None:
    page = make_page("He saw the “sign and left.\n\n“The road is open,” Tamm said.")
    assert triples(page) == [(["Tamm"], ["said"], ["“The road is open,”"])]


_BITS = [*"“”\"'‘’«»„ .,:\nab", " said ", " Tamm ", " that ", " according to ", "reported, citing "]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_BITS), max_size=40).map("".join))
def test_evidence_is_verbatim_and_levels_are_sound(text: str) -> None:
    page = page_of(text)
    got = found(page)
    by_id = {s.id: s for s in got}
    assert len(by_id) == len(got)
    for s in got:
        assert all(p.exact == text[p.start : p.end] and p.exact.strip() for p in (*s.source, *s.cue, *s.content))
        assert s.depth == (by_id[s.within].depth + 1 if s.within else 0)
        assert s.content


def test_cost_grows_with_length(make_page: MakePage) -> None:
    for text in ("he said " * 5_000, '"' * 10_000, "word " * 100_000, "Kim, said, " * 2_000):
        assert len(found(make_page(text))) <= len(text)
