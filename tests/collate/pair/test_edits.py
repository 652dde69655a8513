import pytest

from stemma.collate.pair.align import whole
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
    ],
)
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
