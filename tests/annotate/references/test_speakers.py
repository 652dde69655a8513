"""Speakers whom nobody names, joint ones, "I", "we", "it" and "they"; two who are near; interviews."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from marks import MarkedPage, page_of

from stemma.annotate.mentions import mentions
from stemma.annotate.references import people
from stemma.annotate.references.speakers.groups import is_joint
from stemma.annotate.references.strangers import kind_of
from stemma.records import Field, Label, Page, Statement, StatementKind, evidence


def statements_of(marked: MarkedPage, kind: StatementKind = "indirect") -> list[Statement]:
    """One statement for each mark Q with the S and C of its number; one whose cue lies in another's content is within."""
    document = marked.page.document
    made: list[Statement] = []
    for mark, spans in sorted(marked.marks.items()):
        if mark[0] == "Q":
            parts = {
                role: tuple(evidence(document, *span) for span in marked.marks.get(role + mark[1:], []))
                for role in "SC"
            }
            content = tuple(evidence(document, *span) for span in spans)
            at = (parts["C"] or parts["S"] or content)[0].start
            outer = [one for one in made if one.content[0].start <= at < one.content[0].end]
            made.append(
                Statement(
                    document=document.id,
                    source=parts["S"],
                    cue=parts["C"],
                    content=content,
                    kind=kind,
                    within=outer[-1].id if outer else None,
                    depth=len(outer),
                )
            )
    return made


def speakers(marked: MarkedPage, kind: StatementKind = "indirect") -> list[list[str]]:
    """For each mark Q the words that stand for who speaks, those without a name too."""
    named = mentions(marked.page)
    said = statements_of(marked, kind)
    who, found = people(marked.page, named, said)
    words = {one.id: one.evidence.exact for one in (*named, *who)}
    places = [(one.source or one.cue or one.content)[0] for one in said]
    return [[words[one.antecedent] for one in found if one.anaphor == at and one.antecedent] for at in places]


def test_who_is_not_named_is_himself_and_he_is_he(marked: MarkedPage) -> None:
    """
    Tomas Varga left. [S1 An official who asked not to be named] [C1 said] [Q1 that the toll was high]. [S2 He] [C2 added] [Q2 that it would fall].
    """
    assert speakers(marked) == [["An official who asked not to be named"]] * 2


def test_a_stranger_is_no_name(marked: MarkedPage) -> None:
    """
    [S1 A docker] [C1 said] [Q1 that the toll was high].
    """
    named = mentions(marked.page)
    (docker,), (reference,) = people(marked.page, named, statements_of(marked))
    assert (docker.named, docker.kind, reference.antecedent) == (False, "person", docker.id)


def test_the_description_is_taken_up_again(marked: MarkedPage) -> None:
    """
    [S1 A spokesman for the harbour] [C1 said] [Q1 the gate was shut]. [S2 A nurse] [C2 said] [Q2 it was open]. [S3 The spokesman] [C3 repeated] [Q3 his words].
    """
    assert speakers(marked)[2] == ["A spokesman for the harbour"]


def test_another_office_is_somebody_else(marked: MarkedPage) -> None:
    """
    Velorian Foreign Minister Tomas Varga spoke. [S1 The finance minister] [C1 said] [Q1 the toll was high].
    """
    assert speakers(marked) == [["The finance minister"]]


def test_who_speaks_in_anothers_words_is_not_the_last_speaker(marked: MarkedPage) -> None:
    """
    [S1 Anton Holt] [C1 said] [Q1 that [S2 Tomas Varga] [C2 had asked] [Q2 for time]]. [S3 He] [C3 called] [Q3 the delay short].
    """
    assert speakers(marked)[2] == ["Anton Holt"]


def test_two_joined_names_are_rivals_for_he(marked: MarkedPage) -> None:
    """
    Anton Holt and Tomas Varga came to Dorn. [S1 He] [C1 said] [Q1 it was late].
    """
    named = mentions(marked.page)
    _, found = people(marked.page, named, statements_of(marked))
    (open_one,) = [one for one in found if one.rivals]
    names = {one.id: one.evidence.exact for one in named}
    assert open_one.antecedent == ""
    assert {names[each] for each in open_one.rivals} == {"Anton Holt", "Tomas Varga"}
    assert speakers(marked) == [[]]


def test_they_are_the_two_who_spoke(marked: MarkedPage) -> None:
    """
    [S1 Anton Holt and Maren Varga] [C1 said] [Q1 the toll was high]. [S2 They] [C2 added] [Q2 that it would fall].
    """
    assert speakers(marked)[1] == ["Anton Holt", "Maren Varga"]


def test_it_is_the_body_that_spoke(marked: MarkedPage) -> None:
    """
    [S1 The Karvis Bank] [C1 said] [Q1 rates would fall]. [S2 It] [C2 warned] [Q2 that prices might not].
    """
    assert speakers(marked) == [["Karvis Bank"]] * 2


def test_sides_are_their_states(marked: MarkedPage) -> None:
    """
    Envoys of Veloria and Karsova met in Dorn. [S1 The Velorian side] [C1 proposed] [Q1 a pause]. [S2 The Karsovan side] [C2 took note] [Q2 of it].
    """
    assert speakers(marked) == [["Veloria"], ["Karsova"]]


def test_a_name_with_an_office_before_it(marked: MarkedPage) -> None:
    """
    [Q1 Nothing was signed], [S1 the ministry's chief economist, Orvo Lintz] [C1 said].
    """
    assert speakers(marked) == [["Orvo Lintz"]]


def test_asked_by_nobody_told(marked: MarkedPage) -> None:
    """
    [S1 Anton Holt] [C1 said] [Q1 the toll was high]. [C2 Asked] [Q2 whether it would fall], people laughed.
    """
    assert speakers(marked)[1] == []


def test_the_message_speaks_with_its_senders_voice(marked: MarkedPage) -> None:
    """
    Anton Holt sent a message of greeting to Maren Varga. [S1 The message] [C1 expressed] [Q1 his good wishes].
    """
    assert speakers(marked) == [["Anton Holt"]]


def test_the_label_of_a_question_names_the_outlet(marked: MarkedPage) -> None:
    """
    [S1 Q (Dorn Post)]: [Q1 Was it signed?]
    """
    assert speakers(marked, "transcript") == [["Dorn Post"]]


def test_i_is_who_is_interviewed(marked: MarkedPage) -> None:
    """
    An interview with Anton Holt
    Anton Holt builds bridges in Dorn.
    How long does one take?
    [S1 I] [C1 think] [Q1 a year is short].
    What do [S2 you] [C2 think] [Q2 of tunnels?]
    """
    assert speakers(marked) == [["Anton Holt"], ["Anton Holt"]]


def test_order_of_statements_does_not_matter(marked: MarkedPage) -> None:
    """
    [S1 A docker] [C1 said] [Q1 it rained]. [S2 He] [C2 added] [Q2 that it stopped]. [S3 Anton Holt] [C3 said] [Q3 no]. [S4 He] [C4 left] [Q4 it there].
    """
    named, said = mentions(marked.page), statements_of(marked)
    assert people(marked.page, named, said) == people(marked.page, named, said[::-1])


@pytest.mark.parametrize("words", ["nobody", "those", "somebody", "they", "sie dann leise", "il"])
def test_nobody_is_no_stranger(make_page: Callable[[str], Page], words: str) -> None:
    page = make_page(f"{words} said that it rained.")
    source = evidence(page.document, 0, len(words))
    content = evidence(page.document, len(words) + 6, len(page.document.text) - 1)
    said = Statement(document=page.document.id, source=(source,), content=(content,), kind="indirect")
    assert people(page, (), [said]) == ((), ())


def test_a_byline_is_i() -> None:
    page = page_of("By Anton Holt\nI asked whether it rained.")
    labels = (Label(document=page.document.id, start=0, end=13, role="byline"), *page.labels[1:])
    page = page._replace(labels=labels)
    named = mentions(page)
    said = Statement(
        document=page.document.id,
        source=(evidence(page.document, 14, 15),),
        cue=(evidence(page.document, 16, 21),),
        content=(evidence(page.document, 22, 39),),
        kind="indirect",
    )
    names = {one.id: one.evidence.exact for one in named}
    _, found = people(page, named, [said])
    assert [names.get(one.antecedent) for one in found if one.anaphor == said.source[0]] == ["Anton Holt"]


def test_an_outlet_beside_what_it_is(marked: MarkedPage) -> None:
    """
    [S1 The Dorn newspaper Nasha Lira] [C1 reported] [Q1 that the toll was high].
    """
    assert speakers(marked) == [["Nasha Lira"]]


def test_who_speaks_for_somebody_is_somebody_else(marked: MarkedPage) -> None:
    """
    Dr. Maren Holt left. [S1 A spokesperson for Dr. Holt] [C1 said] [Q1 that the toll was high].
    """
    assert speakers(marked) == [["A spokesperson for Dr. Holt"]]


def test_names_joined_with_an_article(marked: MarkedPage) -> None:
    """
    The Karvis Bank and the Dorn Bank met. [S1 The Karvis Bank and the Dorn Bank] [C1 said] [Q1 that rates would fall].
    """
    assert speakers(marked) == [["Karvis Bank", "Dorn Bank"]]


def test_the_first_words_of_a_story_tell_the_role_of_whom_it_names(marked: MarkedPage) -> None:
    """
    The foreign minister of Drevland caused astonishment.
    “We have oiled our hinge,” [S1 Vlasta Horn] [C1 told] reporters [Q1 that it was so]. [S2 The minister] [C2 added] [Q2 that it was late].
    """
    assert speakers(marked) == [["Vlasta Horn"], ["Vlasta Horn"]]


def test_a_document_is_the_word_of_whom_it_is_described_as(marked: MarkedPage) -> None:
    """
    [S1 The observer mission’s preliminary statement] [C1 commended] [Q1 the staff].
    """
    assert speakers(marked) == [["The observer mission"]]


def test_who_owns_what_is_said_speaks(marked: MarkedPage) -> None:
    """
    Ana Holt left. [S1 President Ana Holt's] [C1 request] [Q1 to be heard] was granted. [S2 The Emirate's denial] [C2 denies] [Q2 the visit].
    """
    assert speakers(marked) == [["Ana Holt"], ["The Emirate"]]


def test_an_honour_before_an_office_is_none_of_it(marked: MarkedPage) -> None:
    """
    The Emir Sheikh Omar Murad arrived. [S1 H.H. the Emir] [C1 said] [Q1 that it was late].
    """
    assert speakers(marked) == [["Omar Murad"]]


def test_governments_speak_for_their_states(marked: MarkedPage) -> None:
    """
    Halvia met Norrland. [S1 The Governments of Halvia, Norrland and the Kingdom of Vest] [C1 said] [Q1 that it was late].
    """
    assert speakers(marked) == [["Halvia", "Norrland", "Kingdom of Vest"]]


def test_answers_are_given_by_the_body_of_the_title() -> None:
    text = "Ministry of Trade of Veloria: Answers to questions\n\nQuestion: Was it signed?\nAnswer: It was not."
    page = page_of(text)
    document, at = page.document, text.index("Answer:")
    labels = (Label(document=document.id, start=0, end=text.index("\n"), role="title"), *page.labels)
    turn = Statement(
        document=document.id,
        source=(evidence(document, at, at + 6),),
        cue=(),
        content=(evidence(document, at + 8, len(text)),),
        kind="transcript",
    )
    page = Page(document, labels, ())
    who, found = people(page, mentions(page), [turn])
    named = {one.id: one.evidence.exact for one in (*mentions(page), *who)}
    assert [named[one.antecedent] for one in found if one.anaphor == turn.source[0]] == ["Ministry of Trade of Veloria"]


@pytest.mark.parametrize("words", ["the two sides", "both armies", "the leaders", "the two leaders of the region"])
def test_words_for_two(words: str) -> None:
    assert is_joint(words)


@pytest.mark.parametrize("words", ["the leadership", "the nine states", "the three sides", "the states of the League"])
def test_words_for_others(words: str) -> None:
    assert not is_joint(words)


@pytest.mark.parametrize(
    ("words", "kind"), [("the witness", "person"), ("her boss", "person"), ("the playwright", "person")]
)
def test_nouns_of_persons(words: str, kind: str) -> None:
    assert kind_of(words) == kind


def test_a_name_is_joined_to_one_that_the_page_knows(marked: MarkedPage) -> None:
    """
    Talks in Halvia ended. [S1 Halvia and Orvale] [C1 said] [Q1 that they were satisfied].
    """
    assert speakers(marked) == [["Halvia", "Orvale"]]


def test_a_ministry_of_two_fields_is_one(marked: MarkedPage) -> None:
    """
    [S1 The Foreign and Expatriates Ministry] [C1 said] [Q1 that the toll was high].
    """
    assert len(speakers(marked)[0]) == 1


def test_the_sides_are_the_two_who_are_told_together(marked: MarkedPage) -> None:
    """
    Talks between Halvia and Orvale were held in Dorn near Karvis. Tomas Varga met Ilse Brand. Experts of Halvia and Orvale came. [S1 The two sides] [C1 agreed] [Q1 to go on].
    """
    assert speakers(marked) == [["Halvia", "Orvale"]]


def test_we_is_the_body_that_publishes_the_page(marked: MarkedPage) -> None:
    """
    The Ministry of Transport of Veloria answers the press. [S1 Ana Holt:] [Q1 The bridge is safe. [S2 We] [C2 ask] [Q2 for patience].]
    """
    field = Field(
        document=marked.page.document.id, name="outlet", value="Ministry of Transport of Veloria", basis="stated"
    )
    page = marked.page._replace(fields=(field,))
    said = statements_of(marked, "transcript")
    named = mentions(page)
    who, found = people(page, named, said)
    words = {one.id: one.evidence.exact for one in (*named, *who)}
    ours = next(one for one in said if one.source[0].exact == "We")
    assert [words[one.antecedent] for one in found if one.anaphor == ours.source[0]] == [
        "Ministry of Transport of Veloria"
    ]


def test_the_leaders_of_two_states_are_no_state(marked: MarkedPage) -> None:
    """
    President Tomas Varga of Halvia met President Ilse Brand of Orvale. [S1 The leaders of Halvia and Orvale] [C1 hoped] [Q1 that the pact would last].
    """
    assert speakers(marked) == [["Tomas Varga", "Ilse Brand"]]


def test_who_is_named_in_the_words_does_not_say_them(marked: MarkedPage) -> None:
    """
    Diplomat Tomas Varga received Ambassador Ilse Brand. [S1 Varga] [C1 said] [Q1 that the pact would last]. According [C2 to] [S2 the diplomat], [Q2 Brand's visit was short].
    """
    assert speakers(marked) == [["Tomas Varga"], ["Tomas Varga"]]


def test_a_turn_is_not_who_asked_before_it(marked: MarkedPage) -> None:
    """
    Minister Tomas Varga came. [S1 Ilse Brand:] [Q1 Will it rain?]
    [S2 The Minister:] [Q2 It will not.]
    """
    assert speakers(marked, "transcript")[1] != ["Ilse Brand"]


def test_the_spokesman_of_a_foreign_ministry_says_we_for_the_state(marked: MarkedPage) -> None:
    """
    Halvia is far away. [S1 A spokesman for the Ministry of Foreign Affairs of Halvia] [C1 said:] “[Q1 It is late. [S2 We] [C2 hope] [Q2 that it rains].]”
    """
    assert speakers(marked, "direct")[1] == ["Halvia"]
