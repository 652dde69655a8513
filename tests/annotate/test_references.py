"""Who is meant: by the source of a statement, and by "he" and "she" elsewhere."""

from __future__ import annotations

import re

from growth import TWICE, calls

from stemma.annotate.mentions import mentions
from stemma.annotate.references import references
from stemma.records import Reference, Statement, evidence


def statements_of(marked, kind="indirect"):
    """One statement for each mark Q with the S and C of its number."""
    document = marked.page.document
    made = []
    for mark, spans in marked.marks.items():
        if mark[0] != "Q":
            continue
        pieces = {
            letter: tuple(evidence(document, *span) for span in marked.marks.get(letter + mark[1:], []))
            for letter in "SC"
        }
        content = tuple(evidence(document, *span) for span in spans)
        made.append(Statement(document=document.id, source=pieces["S"], cue=pieces["C"], content=content, kind=kind))
    return made


def speakers(marked, kind="indirect") -> dict[str, list[str]]:
    """The names that each source means, by the number of its mark."""
    named = mentions(marked.page)
    exact = {one.id: one.evidence.exact for one in named}
    found: tuple[Reference, ...] = references(marked.page, named, statements_of(marked, kind))
    meant = {}
    for mark in marked.marks:
        if mark[0] == "Q":
            number = mark[1:]
            anchor = (marked.marks.get("S" + number) or marked.marks.get("C" + number) or marked.marks[mark])[0]
            meant[number] = [exact[one.antecedent] for one in found if (one.anaphor.start, one.anaphor.end) == anchor]
    return meant


def test_name_then_pronoun_then_surname(marked):
    """
    [S1 Foreign Minister Tomas Varga] [C1 said] [Q1 that the bridge would open]. [S2 He] [C2 added] [Q2 that it was long]. [S3 Varga] [C3 noted] [Q3 the cost].
    """
    assert speakers(marked) == {"1": ["Tomas Varga"], "2": ["Tomas Varga"], "3": ["Tomas Varga"]}


def test_he_changes_owner_with_the_speaker(marked):
    """
    [S1 Tomas Varga] [C1 said] [Q1 the bridge would open]. [S2 He] [C2 thanked] [Q2 the builders].
    [S3 Anton Holt] [C3 said] [Q3 the toll was high]. [S4 He] [C4 added] [Q4 that it would fall].
    """
    assert speakers(marked) == {"1": ["Tomas Varga"], "2": ["Tomas Varga"], "3": ["Anton Holt"], "4": ["Anton Holt"]}


def test_gender_outranks_the_last_speaker(marked):
    """
    Anna Holt met Tomas Varga. [S1 Tomas Varga] [C1 said] [Q1 the talks were good]. [S2 She] [C2 said] [Q2 they were short].
    """
    assert speakers(marked)["2"] == ["Anna Holt"]


def test_description_by_role(marked):
    """
    Velorian Foreign Minister Tomas Varga met Karsovian President Anton Holt. [S1 Anton Holt] [C1 said] [Q1 the talks were good]. [S2 The Velorian minister] [C2 said] [Q2 they were short].
    """
    assert speakers(marked)["2"] == ["Tomas Varga"]


def test_description_of_the_last_speaker(marked):
    """
    [S1 Cho Min Sol] [C1 said] [Q1 the talks were good]. [S2 The diplomat] [C2 said] [Q2 they were short].
    """
    assert speakers(marked)["2"] == ["Cho Min Sol"]


def test_agency(marked):
    """
    The Sarva News Agency broke the story. [Q1 Rain is coming], [S1 the agency] [C1 reported].
    """
    assert speakers(marked)["1"] == ["Sarva News Agency"]


def test_no_subject_takes_the_speaker_before(marked):
    """
    [S1 Anton Holt] [C1 said] [Q1 the toll was high]. [C2 Stressing] [Q2 that it would fall], hands were shaken.
    """
    assert speakers(marked)["2"] == ["Anton Holt"]


def test_joint_source_has_two_references(marked):
    """
    [S1 Anton Holt and Maren Varga] [C1 said] [Q1 the toll was high].
    """
    assert speakers(marked)["1"] == ["Anton Holt", "Maren Varga"]


def test_full_text_is_the_issuers(marked):
    """
    Tomas Varga issued a statement. Its full text follows:
    [Q1 We shall build the bridge.]
    """
    assert speakers(marked, "full-text")["1"] == ["Tomas Varga"]


def test_spokesman_without_a_name_is_nobody(marked):
    """
    [S1 A spokesman for Maren Holt] [C1 said] [Q1 the toll was high]. [S2 Officials] [C2 said] [Q2 it would fall].
    """
    assert speakers(marked) == {"1": [], "2": []}


def test_name_given_to_whom_is_described_speaks(marked):
    """
    Maren Holt came. [S1 A docker who gave his name only as Tomas Varga] [C1 said] [Q1 the toll was high].
    """
    assert speakers(marked) == {"1": ["Tomas Varga"]}


def test_owner_of_a_noun_does_not_speak(marked):
    """
    [S1 Maren Holt's lawyer] [C1 said] [Q1 the toll was high].
    """
    assert speakers(marked) == {"1": []}


def test_who_is_the_name_before_it(marked):
    """
    Anton Holt met Tomas Varga, [S1 who] [C1 said] [Q1 that the toll was high].
    """
    assert speakers(marked)["1"] == ["Tomas Varga"]


def test_who_after_an_apposition_is_the_name_before_that(marked):
    """
    Anton Holt met Maren Varga, president of the Karvis Bank, [S1 who] [C1 said] [Q1 that the toll was high].
    """
    assert speakers(marked)["1"] == ["Maren Varga"]


def test_who_after_a_description_is_whom_it_describes(marked):
    """
    Foreign Minister Tomas Varga spoke. Judge Anton Holt asked the minister, [S1 who] [C1 said] [Q1 that the toll was high].
    """
    assert speakers(marked)["1"] == ["Tomas Varga"]


def test_which_is_the_body_before_it(marked):
    """
    Tomas Varga called the Sarva News Agency, [S1 which] [C1 reported] [Q1 that the toll was high].
    """
    assert speakers(marked)["1"] == ["Sarva News Agency"]


def test_who_after_another_noun_is_nobody(marked):
    """
    Tomas Varga met a lawyer for Maren Holt, [S1 who] [C1 said] [Q1 that the toll was high]. He met a friend [S2 who] [C2 said] [Q2 so].
    """
    assert speakers(marked) == {"1": [], "2": []}


def test_they_are_the_joint_speakers_before(marked):
    """
    [S1 Anton Holt and Maren Varga] [C1 said] [Q1 the toll was high], and [S2 they] [C2 promised] [Q2 that it would fall].
    """
    assert speakers(marked)["2"] == ["Anton Holt", "Maren Varga"]


def test_sides_are_the_states_of_the_page(marked):
    """
    The Republic of Veloria and the People's Republic of Tarvos signed. [S1 The two sides] [C1 noted] [Q1 the toll]. [S2 The Velorian side] [C2 said] [Q2 it would fall].
    """
    assert speakers(marked) == {
        "1": ["Republic of Veloria", "People's Republic of Tarvos"],
        "2": ["Republic of Veloria"],
    }


def test_body_after_an_adjective_speaks(marked):
    """
    [S1 The opposition Coast Party] [C1 said] [Q1 the toll was high].
    """
    assert speakers(marked)["1"] == ["Coast Party"]


def test_agency_is_the_one_called_so(marked):
    """
    The state agency SARVA broke the story. The Karvis Evening Post followed. [Q1 Rain is coming], [S1 the agency] [C1 reported].
    """
    assert speakers(marked)["1"] == ["SARVA"]


def test_press_service_is_no_outlet(marked):
    """
    The Karvis Herald asked. [S1 The press service] [C1 said] [Q1 the toll was high].
    """
    assert speakers(marked)["1"] == []


def test_last_speaker_reaches_over_long_quotations(marked):
    """
    [S1 Anton Holt] [C1 said] [Q1 the toll was high]. It is. It was. It will be. Nobody knows. Some do. Many do not. Few ask. None tell. All wait. Rain fell. [S2 He] [C2 added] [Q2 that it would fall].
    """
    assert speakers(marked)["2"] == ["Anton Holt"]


def test_she_may_be_whoever_spoke_unnamed(marked):
    """
    [S1 Maren Holt] [C1 said] [Q1 the toll was high].
    [S2 A docker] [C2 said] [Q2 it would fall]. [S3 She] [C3 added] [Q3 that she was tired].
    """
    assert speakers(marked) == {"1": ["Maren Holt"], "2": [], "3": []}


def test_work_grows_with_the_number_of_pronouns(make_page):
    def work(count):
        page = make_page("Tomas Varga came. " + "“He is here,” he said. " * count)
        spans = [(match.start(), match.end()) for match in re.finditer("“[^”]+”", page.document.text)]
        said = [
            Statement(document=page.document.id, content=(evidence(page.document, *span),), kind="direct")
            for span in spans
        ]
        return calls(references, page, mentions(page), said)

    assert work(800) < TWICE * work(400)


def test_cataphora(make_page):
    page = make_page("Noting that his heart was full, Cho Min Sol spoke of the bridge.")
    named = mentions(page)
    found = references(page, named, ())
    assert [(one.anaphor.exact, one.antecedent) for one in found] == [("his", named[0].id)]


def test_short_form_refers_to_the_full_name(make_page):
    page = make_page("Foreign Minister Tomas Varga came. Varga left.")
    named = mentions(page)
    found = references(page, named, ())
    assert [(one.anaphor.exact, one.antecedent, one.reason) for one in found] == [
        ("Varga", named[0].id, "short form of a name in the page")
    ]


def test_order_of_input_does_not_matter(marked):
    """
    [S1 Tomas Varga] [C1 said] [Q1 the bridge would open]. [S2 He] [C2 added] [Q2 that it was long].
    """
    named, said = mentions(marked.page), statements_of(marked)
    assert references(marked.page, named, said) == references(marked.page, named[::-1], said[::-1])


def test_a_title_cut_short_is_the_whole_one(marked):
    """
    [S1 Gov. Ana Holt] [C1 said] [Q1 that it rained]. Later [S2 the governor] [C2 denied] [Q2 it].
    """
    assert speakers(marked) == {"1": ["Ana Holt"], "2": ["Ana Holt"]}


def test_a_lead_describes_whom_the_page_names_further_on(marked):
    """
    [S1 The speaker of the Dornian council] [C1 said] [Q1 that it rained]. The speaker, Ana Holt, left early.
    """
    assert speakers(marked) == {"1": ["Ana Holt"]}


def test_a_quotation_puts_nobody_further_off(marked):
    """
    Tomas Varga came with Ana Holt, the minister. Holt begged to differ. [Q1 "It rains. It rained. It will rain,"] [S1 she] [C1 said].
    """
    assert speakers(marked, "direct") == {"1": ["Ana Holt"]}


def test_her_tells_who_she_is(marked):
    """
    [Q1 "It rains,"] [S1 Admiral Ardan Akau] [C1 said]. Her counterpart, Admiral Kim Navid, was cautious. [Q2 "It rained,"] [S2 he] [C2 said].
    """
    assert speakers(marked, "direct")["2"] == ["Kim Navid"]


def test_the_foreign_ministry_is_the_one_told_in_full(marked):
    """
    A note of the Foreign Ministry of the Republic of Veloria came. [S1 The Foreign Ministry] [C1 said] [Q1 that it rained].
    """
    assert speakers(marked) == {"1": ["Foreign Ministry of the Republic of Veloria"]}


def test_an_honour_is_not_everybodys(marked):
    """
    His Highness the Emir, Sheikh Salim bin Harb Al Murad, met President Tomas Varga. [S1 His Highness] [C1 said] [Q1 that it rained].
    """
    assert speakers(marked) == {"1": ["Salim bin Harb Al Murad"]}
