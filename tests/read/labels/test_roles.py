"""Every stretch gets one role; together they hold the page."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.read.labels.roles import Stretch, _split

_LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from([
            "KARVIS, May 3. /SARVA/. The board met on Friday and agreed on the tariff of the coming year.",
            "Date: 03/05/2031 | Source: SARVA | Read", "By Ilo Cho", "More From SARVA", "www.sarva.example (2031.05.03.)",
            "The board of the harbour said on Friday that the tariff would be published before the spring. -0-", "-0-",
        ]),
    ),
    max_size=12,
)  # fmt: skip


def test_byline_and_caption(dump):
    """
    Ferries return to the northern islands

    By Mara Orlu

    The first ferry in nine years sailed from Karvis to the northern islands on Friday morning with forty people on board.

    Photo: The ferry at the old pier / Ilo Cho

    Its captain said the sea had been calm and the harbour of the islands in better shape than anybody had expected.
    """
    assert dump.words("title") == ["Ferries return to the northern islands"]
    assert dump.words("byline") == ["By Mara Orlu"]
    assert dump.words("caption") == ["Photo: The ferry at the old pier / Ilo Cho"]
    assert len(dump.words("body")) == 2


def test_turns_of_a_briefing(dump):
    """
    Briefing by the spokeswoman of the harbour board

    MS. ORLU: Good afternoon, everybody. I have a short statement on the ferries, and then I will take your questions.

    QUESTION: Will the tariff for the islands rise this year, as the union of the crews has been telling its members?

    MS. ORLU: I have seen that report. The board has not decided on the tariff, and it will not do so before May.

    The board will hear the crews first, and it will publish what they say together with its own decision.

    QUESTION: And the second ferry?

    MS. ORLU: The second ferry is in the yard. We expect it to sail in June, if the weather lets us.
    """
    assert len(dump.words("turn")) == 6
    assert dump.words("body") == []


def test_questions_and_answers_with_letters(dump):
    """
    Q: When did you first hear that the bridge would be closed for the winter, and who was it that told you so?

    A: I heard it on the radio like everybody else, and I must say that I did not believe it for a moment.

    Q: What did the council of the islands do when it learned that the bridge had been closed without a word?

    A: The council wrote a letter, and then another letter, and in the end it sent a boat to ask in person.
    """
    assert len(dump.words("turn")) == 4


def test_a_colon_in_prose_makes_no_transcript(dump):
    """
    The minister named one condition: the harbour must be open to the crews of both shores before the end of the year.

    Karvis has long asked for more: a share of the dues, a seat on the board, and a say in the choice of the pilots.

    Nobody in the islands expects that much, and the talks that began on Friday are not likely to bring it about.
    """
    assert dump.words("turn") == []
    assert len(dump.words("body")) == 3


def test_wrapped_lines_are_paragraphs(dump):
    """
    The board of the harbour said on Friday that it would publish the
    tariff of the ferries before the spring, and that the crews of the
    small boats would be heard before any decision was taken on dues.

    "We have nothing to hide," its chairman said. "The books of the
    harbour have been open since the autumn, and whoever wants to read
    them may come to the old customs house and do so on any weekday."
    """
    assert [words[:9] for words in dump.words("body")] == ["The board", '"We have ']
    assert dump.words("body")[1].endswith('on any weekday."')


@settings(max_examples=60, deadline=None)
@given(_LINES, st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_labels_hold_every_character_once(read_payload, lines, line_end):
    reading = read_payload(line_end.join(lines).encode("utf-8", "surrogatepass"))
    at, words = 0, reading.document.text if reading.labels else ""
    for label in reading.labels:
        assert at <= label.start < label.end <= len(words)
        assert not words[at : label.start].strip()
        at = label.end
    assert not words[at:].strip()


def test_inner_parts_never_overlap():
    text = " date 2031-05-03 KARVIS harbour opens"
    whole = Stretch(1, len(text), "body", "", 0.5)
    parts = [Stretch(1, 16, "furniture", "date", 0.9), Stretch(1, 23, "title", "line", 0.9)]
    found = [(text[each.start : each.end], each.role) for each in _split(text, whole, parts)]
    assert found == [("date 2031-05-03", "furniture"), ("KARVIS", "title"), ("harbour opens", "body")]
