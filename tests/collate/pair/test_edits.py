import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.collate.pair.align import align, whole
from stemma.collate.pair.edits import edits
from stemma.collate.pair.wording import wording


def _edits(left, right):
    a, b = wording(left), wording(right)
    return [
        (e.kind, left[slice(*e.left)].strip(), right[slice(*e.right)].strip()) for e in edits(a, b, whole(a, b), (0, 0))
    ]


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("Some 300 boats left", "Some 250 boats left", ("number", "300", "250")),
        ("three boats left", "four boats left", ("number", "three", "four")),
        ("they will not leave", "they will leave", ("negation", "not", "")),
        ("they didn't leave", "they did leave", ("negation", "didn't", "did")),
        ("it passed the severest test", "it passed the most rigorous test", ("words", "severest", "most rigorous")),
        ("an unbroken military friendship", "an unbroken friendship", ("words", "military", "")),
        ("said Minister Orlen Vash today", "said Minister Tamsin Roe today", ("name", "Orlen Vash", "Tamsin Roe")),
        (
            "said Minister Yun Lavrik today",
            "said Minister Yoon Lavrick today",
            ("spelling", "Yun Lavrik", "Yoon Lavrick"),
        ),
        ("the co-operation grew", "the cooperation grew", ("spelling", "co-operation", "cooperation")),
        ("signed by Vash, Roe and Bez", "signed by Vash and Bez", ("name", "Roe", "")),
        ("the bridge, he said, stands", "the bridge he said, stands", ("punctuation", ",", "")),
        ("the bridge “will stand for ever”", "the bridge will “stand for ever”", ("quotation", "“", "")),
        ("he called it “a great day” and left", "he called it a splendid day and left", ("quotation", "“", "")),
        ("it was the hardest trial of our bond", "it was the most searching trial of our bond",
         ("words", "hardest", "most searching")),
        ("the unbreakable maritime fellowship", "the unbreakable fellowship", ("words", "maritime", "")),
        ("their engineer sub-units worked", "their engineer salute worked", ("words", "sub-units", "salute")),
        ("he spent 10,500 crowns", "he spent 12,500 crowns", ("number", "10,500", "12,500")),
        ("he spent ten thousand crowns", "he spent 10,000 crowns", ("spelling", "ten thousand", "10,000")),
        ("some 300 old boats left", "some 250 new ships left", ("number", "300", "250")),
        ("some 300 old boats left", "some 250 new ships left", ("words", "old boats", "new ships")),
        ("said Vash, Roe and Bez today", "said Vash and Bez today", ("name", "Roe", "")),
        ("said Ri Dae Sok today", "said Ri Dae-sok today", ("spelling", "", "-")),
        ("In the morning the boats left and the band played", "The boats left and the band played in the morning",
         ("order", "In the morning", "in the morning")),
        ("it was the greatest of the wins of the age", "it was the finest of the losses of the time",
         ("words", "greatest of the wins of the age", "finest of the losses of the time")),
    ],
)  # fmt: skip
def test_kinds_of_difference(left, right, found):
    assert found in _edits(left, right)


def test_typography_is_no_difference():
    assert _edits("“It’s done” — he said", '"It\'s done" - he said') == []


def test_case_is_no_difference():
    assert _edits("the Bridge stands", "The bridge stands") == []


def test_offsets_lie_in_the_text():
    a, b = wording("alpha seven beta"), wording("seven gamma delta beta")
    for edit in edits(a, b, whole(a, b), (0, 0)):
        assert 0 <= edit.left[0] <= edit.left[1] <= len(a.text)
        assert 0 <= edit.right[0] <= edit.right[1] <= len(b.text)


WORDS = st.lists(
    st.sampled_from(["the", "of", "not", "three", "12,000", "Vash", "boats", "left", "and", "it"]), max_size=9
)


@given(WORDS, WORDS)
def test_the_left_with_its_edits_is_the_right(mine, theirs):
    left, right = " ".join(mine), " ".join(theirs)
    a, b = wording(left), wording(right)
    found = edits(a, b, whole(a, b), (0, 0))
    if any(edit.kind == "order" for edit in found):
        return
    made, at = "", 0
    for edit in found:
        made += left[at : edit.left[0]] + " " + right[slice(*edit.right)] + " "
        at = edit.left[1]
    assert (made + left[at:]).lower().split() == right.lower().split()


def test_offsets_of_a_stretch_lie_in_it_where_a_clause_moved():
    left = "At the harbour council a courtesy call was paid today by Orlen Vash, president of the republic of Varnia"
    right = "Yesterday Orlen Vash, president of the republic of Varnia, paid at the harbour council a courtesy call"
    a, b = wording(left), wording(right)
    stretch = align(a, b, (0, len(a.words)), (0, len(b.words)))
    assert stretch.moved
    sizes = [
        ready.ends[words[1] - 1] - ready.starts[words[0]] for ready, words in ((a, stretch.left), (b, stretch.right))
    ]
    for edit in edits(a, b, stretch):
        for (start, end), size in zip((edit.left, edit.right), sizes, strict=True):
            assert 0 <= start <= end <= size
