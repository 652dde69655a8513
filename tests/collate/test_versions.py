import pytest

from stemma.collate import versions
from stemma.records import Label, Page

TEXT = (
    "Bridge opens in Karvis\n"
    "The minister said “300 workers came.” He was not pleased. The weather was fine in the north.\n"
    "Cho, Lorn and Bez signed it. The ceremony ended at noon."
)


def _kinds(make_page, old, new):
    found = versions([make_page(old), make_page(new)])
    return sorted(edit.kind for variant in found for edit in variant.edits)


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("300", "250", ["number"]),
        (" not", "", ["negation"]),
        (", Lorn", "", ["name"]),
        (" The weather was fine in the north.", "", ["sentence"]),
        ("opens", "opened", ["words"]),
        (
            " He was not pleased. The weather was fine in the north.",
            " The weather was fine in the north. He was not pleased.",
            ["order"],
        ),
        ("“300 workers came.”", '"300 workers came."', []),
        ("\n", "\n\n", []),
        ("north.\nCho", "north. Cho", []),
        ("fine in the", "fine in\nthe", []),
        ("“300 workers came.”", "‘300 workers came.’", []),
        ("was fine in", "was — fine — in", ["punctuation", "punctuation"]),
        ("The minister said “300", "The minister said   “300", []),
        ("ended at noon", "ENDED at noon", []),
        ("300 workers", "three hundred workers", ["spelling"]),
    ],
)
def test_kinds_of_silent_edit(make_page, old, new, kinds):
    assert old in TEXT
    assert _kinds(make_page, TEXT, TEXT.replace(old, new)) == kinds
    assert _kinds(make_page, TEXT.replace(old, new), TEXT) == kinds


def test_an_added_sentence_stands_against_the_place_where_it_is_missing(make_page):
    old, new = (
        make_page(TEXT),
        make_page(TEXT.replace("fine in the north.", "fine in the north. Nineteen boats sailed by.")),
    )
    (variant,) = versions([old, new])
    empty, full = sorted((variant.left, variant.right), key=lambda side: len(side.exact))
    assert (empty.exact, full.exact) == ("", "Nineteen boats sailed by.")
    assert old.document.text[: empty.start].endswith("fine in the north.")


def test_furniture_is_no_edit(make_page):
    def page(text):
        whole = make_page(text)
        last = whole.labels[-1]
        furniture = Label(document=last.document, start=last.start, end=last.end, role="furniture")
        return Page(whole.document, (*whole.labels[:-1], furniture), ())

    assert versions([page(TEXT + "\nSubscribe now"), page(TEXT + "\nMore from this outlet")]) == []


def test_pages_are_compared_with_the_next_only(make_page):
    pages = [make_page(TEXT.replace("300", number)) for number in ("300", "250", "200")]
    assert len(versions(pages)) == 2
    assert versions(pages[:1]) == versions([]) == versions([pages[0], pages[0]]) == []


def _with_last_line_as(page, role):
    last = page.labels[-1]
    label = Label(document=last.document, start=last.start, end=last.end, role=role)
    return Page(page.document, (*page.labels[:-1], label), ())


def test_a_sentence_that_one_capture_takes_for_furniture_is_no_edit(make_page):
    old, new = make_page(TEXT + "\nRead on tomorrow."), make_page(TEXT + "\nRead on tomorrow.\nShare this page")
    assert versions([_with_last_line_as(old, "furniture"), _with_last_line_as(new, "furniture")]) == []
    assert versions([old, _with_last_line_as(make_page(TEXT + "\nRead on tomorrow."), "furniture")]) == []


def test_a_sentence_that_a_teaser_repeats_is_still_dropped(make_page):
    teaser = "\nHe was not pleased."
    old, new = make_page(TEXT + teaser), make_page(TEXT.replace(" He was not pleased.", "") + teaser)
    found = versions([_with_last_line_as(old, "furniture"), _with_last_line_as(new, "furniture")])
    assert [edit.kind for variant in found for edit in variant.edits] == ["sentence"]


def test_a_sentence_that_moved_and_changed_is_laid_beside_itself(make_page):
    moved = TEXT.replace(" The weather was fine in the north.", "") + " The weather was foul in the north."
    (variant,) = versions([make_page(TEXT), make_page(moved)])
    assert [edit.kind for edit in variant.edits] == ["words"]


def test_a_caption_counts_and_a_byline_does_not(make_page):
    old, new = make_page(TEXT + "\nPicture of seven boats"), make_page(TEXT + "\nPicture of eight boats")
    (variant,) = versions([_with_last_line_as(old, "caption"), _with_last_line_as(new, "caption")])
    assert [edit.kind for edit in variant.edits] == ["number"]
    assert versions([_with_last_line_as(old, "byline"), _with_last_line_as(new, "byline")]) == []
