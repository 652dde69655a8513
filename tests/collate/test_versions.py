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
