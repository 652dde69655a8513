from stemma.collate.pair.matches import match
from stemma.collate.pair.wording import wording

QUOTE = "we will keep the harbour open for every ship that asks for shelter"


def _matches(left, right):
    a, b = wording(left), wording(right)
    return [a.text[a.starts[m.stretch.left[0]] : a.ends[m.stretch.left[1] - 1]] for m in match(a, b)]


def test_a_quotation_in_other_frames_is_found():
    left = f"The fog lifted early on Tuesday. “{QUOTE.capitalize()},” Minister Vash told a crowd in Karvis."
    right = f"Asked about prices, she shrugged. According to the ministry, “{QUOTE}.” Rain is expected."
    assert _matches(left, right) == [QUOTE.capitalize()]


def test_rows_of_names_and_titles_are_no_reuse():
    left = "The talks were joined by Deputy Prime Minister Orlen Vash of the Karvis Democratic Union yesterday."
    right = "A letter reached Deputy Prime Minister Orlen Vash of the Karvis Democratic Union after long delays."
    assert _matches(left, right) == []


def test_a_reworded_sentence_is_known_by_its_neighbours():
    first, last = (
        "Workers finished the northern tunnel on Friday evening.",
        "Trains will run through it before the harvest.",
    )
    left = f"{first} The costs grew far beyond every estimate. {last}"
    right = f"{first} Expenses grew beyond what anybody's estimate foresaw. {last}"
    assert any("grew" in found for found in _matches(left, right))
    assert (
        _matches("The costs grew far beyond every estimate.", "Expenses grew beyond what anybody's estimate foresaw.")
        == []
    )


def test_unlike_texts_share_nothing():
    assert _matches("Fishermen mended their nets.", "Parliament debated railway tariffs.") == []
    assert _matches("", "Parliament debated railway tariffs.") == []


def test_names_joined_by_function_words_are_no_reuse():
    left = "The speech will be held at the Karvis Institute of Politics at Saint Orlen’s College."
    right = "Her remarks at the Karvis Institute of Politics at Saint Orlen’s College ended a quarrel over the speech."
    assert _matches(left, right) == []


def test_a_sentence_that_is_several_in_the_other_text_is_one_passage():
    left = "She attacked him for “the greed, the showing off, the cruelty, the borrowed schoolyard theatrics” of it."
    right = (
        "“I saw it,” she said. “The greed. The showing off. The cruelty. The borrowed, schoolyard theatrics.” Applause."
    )
    assert any("showing" in found and "theatrics" in found for found in _matches(left, right))


def test_what_is_told_twice_on_one_side_is_found_in_both_places():
    whole = "A lot depends on the harbour, and on whether the harbour wants to give up certain privileges"
    left = f"“{whole},” Vash said.\nLater the guests left.\n“{whole},” the paper quoted him again."
    assert len(_matches(left, f"“{whole},” said Vash.")) == 2
