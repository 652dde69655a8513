"""Who may be meant, and which sources are left to choice."""

from __future__ import annotations

from marks import MarkedPage

from stemma.annotate.references.choosing import shipped


def offered(asked) -> dict[str, list[tuple[str, ...]]]:
    """What is offered, by the words of the source; names in order, then the way of an answer without any."""
    found: dict[str, list[tuple[str, ...]]] = {}

    def note(source, answers, signs):
        found[source.words] = [
            tuple(figure.fullest.evidence.exact for figure in one.figures) or (one.way,) for one in answers
        ]
        return shipped(source, answers, signs)

    asked.references(note)
    return found


def test_a_name_is_not_left_to_choice(marked, ask):
    """
    [S1 Tomas Varga] [C1 said] [Q1 that the toll was high].
    """
    assert offered(ask(marked)) == {}


def test_each_is_offered_once_and_nobody_last(marked, ask):
    """
    [S1 Tomas Varga] [C1 said] [Q1 that Tomas Varga left]. [S2 He] [C2 added] [Q2 that the Dorn Bank fell].
    """
    assert offered(ask(marked)) == {"he": [("Tomas Varga",), ("nobody",)]}


def test_a_pronoun_of_two_is_offered_two(marked, ask):
    """
    Tomas Varga met Maren Holt. [S1 They] [C1 said] [Q1 that the toll was high].
    """
    assert ("Tomas Varga", "Maren Holt") in offered(ask(marked))["they"]


def test_a_minister_of_something_else_is_not_offered(marked, ask):
    """
    Foreign Minister Maren Holt met Finance Minister Anton Lind. [S1 The finance minister] [C1 said] [Q1 that it rained].
    """
    told = offered(ask(marked))["the finance minister"]
    assert told == [("Anton Lind",), ("new",)]


def test_a_crowd_is_cut(make_page, ask):
    surnames = [f"{chr(65 + number)}arvola" for number in range(20)]
    text = f"{' '.join(f'Mayor Tomas {one} came.' for one in surnames)[:-1]} and Tomas Ferro left. They said that it rained."
    at = text.index("They said")
    marks = {"S1": [(at, at + 4)], "C1": [(at + 5, at + 9)], "Q1": [(at + 10, len(text) - 1)]}
    told = offered(ask(MarkedPage(make_page(text), marks)))["they"]
    assert len(told) == 17


def test_phrases_are_looked_for_near_by_where_sentences_do_not_end(make_page, ask):
    far = "several drivers came; " + "it rained; " * 400
    told = {}
    for text in (far, "several drivers came; "):
        at = len(text) + len("Tomas Varga left; ")
        page = make_page(f"Tomas Varga left; {text}they said that it rained.")
        marks = {"S1": [(at, at + 4)], "C1": [(at + 5, at + 9)], "Q1": [(at + 10, at + 24)]}
        told[text] = [one[0] for one in offered(ask(MarkedPage(page, marks)))["they"]]
    assert "several drivers" not in told[far]
    assert "several drivers" in told["several drivers came; "]
