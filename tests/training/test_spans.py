"""What the encoder of the statements learns from, and that its file says what the network says."""

from __future__ import annotations

import re
from random import Random

import numpy as np
import pytest

from stemma.annotate.statements.encoder.pieces import Unit, cut, windows
from stemma.annotate.statements.encoder.wordpiece import WordPieces
from training.spans.disguise import (
    Lesson,
    Pool,
    Roles,
    dateline,
    disguise,
    edited,
    furnish,
    lose_marks,
    pool_of,
    rename,
    restyle,
    split,
)
from training.spans.lessons import CONTENT, CUE, SAYS, SOURCE, examples, furniture, lesson_of

_RAW = """[Q1 Lock stays shut], [S1 mayor] [C1 says]

[Q2 “We shall wait,”] [S2 the mayor of Karvis, Ana Moor], [C2 said] on Monday. [Q2 “The lock is old.”]

[S3 She] [C3 told] Tolva [Q3 that [S4 the board] [C4 had asked] [Q4 for money]]."""
_LETTERS = re.compile(r"[^a-z]")


def lesson() -> Lesson:
    """The page above, its brackets taken off."""
    spans: dict[str, list[tuple[int, int]]] = {}
    opened: list[tuple[str, int]] = []
    text = ""
    for part in re.split(r"(\[[SCQ]\d |\])", _RAW):
        if part == "]":
            name, start = opened.pop()
            spans.setdefault(name, []).append((start, len(text)))
        elif part.startswith("["):
            opened.append((part[1:-1], len(text)))
        else:
            text += part
    roles = [{"content": spans[f"Q{n}"], "cue": spans[f"C{n}"], "source": spans[f"S{n}"]} for n in range(1, 5)]
    return lesson_of({"text": text, "attributions": roles})


def letters(one: Lesson, spans: list[tuple[int, int]]) -> list[str]:
    """The words of some pieces without marks, capitals and blanks."""
    return [_LETTERS.sub("", one.text[start:end].lower()) for start, end in spans]


POOL = Pool(["Ana", "Brund", "Karvis", "Moor", "Tolva"], ["Read also", "Share"])


@pytest.mark.parametrize("change", [restyle, lose_marks, dateline, furnish, split])
@pytest.mark.parametrize("seed", range(6))
def test_spans_stay_on_their_words(change, seed):
    before, after = lesson(), change(lesson(), Random(seed), POOL)
    assert len(before.said) == len(after.said)
    for old, new in zip(before.said, after.said, strict=True):
        assert [letters(before, spans) for spans in old] == [letters(after, spans) for spans in new]


def test_names_change_everywhere_alike():
    after = rename(lesson(), Random(2), POOL)
    assert after.text != lesson().text
    assert [letters(after, roles.cue) for roles in after.said] == [["says"], ["said"], ["told"], ["hadasked"]]
    assert letters(after, after.said[2].source) == ["she"]


def test_an_insertion_before_a_span_is_not_in_it():
    one = Lesson("a b", [(0, 3)], [Roles([(2, 3)], [(0, 1)], [])])
    assert edited(one, [(2, 2, "xx "), (3, 3, "!")]).said == [Roles([(5, 6)], [(0, 1)], [])]


def test_same_seed_same_disguise():
    assert disguise(lesson(), Random("a"), POOL) == disguise(lesson(), Random("a"), POOL)


def test_names_are_words_that_are_never_written_small():
    one = Lesson("the moor. She met Moor and Tolva on Monday", [], [])
    assert pool_of([one], []).names == ["Tolva"]


def test_furniture_needs_no_filling_in():
    assert len(furniture()) > 100
    assert not any("{" in line for line in furniture())


def vocabulary() -> WordPieces:
    words = re.findall(r"[a-z]+|[“”,.]", lesson().text.lower())
    special = ["[PAD]", *(f"[unused{n}]" for n in range(99)), "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    return WordPieces([*special, *sorted(set(words))])


def test_each_anchor_sees_its_own_roles():
    (example,) = examples(vocabulary(), lesson())
    assert example.anchors[example.places].tolist() == [SAYS] * 4
    third, fourth = example.roles[2], example.roles[3]
    inner = np.flatnonzero(fourth == SOURCE).tolist() + np.flatnonzero(fourth == CUE).tolist()
    assert (third[inner] == CONTENT).all()
    assert (third == SOURCE).sum() == 1
    assert (example.roles[1] == CONTENT).sum() == 13  # both pieces of the quotation, with their marks


def test_windows_by_chance_keep_their_answers():
    for seed in range(20):
        for example in examples(vocabulary(), lesson(), Random(seed)):
            assert len(example.ids) == len(example.anchors) == example.roles.shape[1]
            assert (example.anchors[example.places] > 0).all()
            assert len(example.places) == len(example.roles)


def test_the_file_says_what_the_network_says(tmp_path):
    torch = pytest.importorskip("torch", reason="training needs the extra of that name")
    pytest.importorskip("onnx", reason="training needs the extra of that name")
    from stemma.annotate.statements.encoder.reading import read
    from stemma.annotate.statements.encoder.weights import opened
    from training.spans.export import write
    from training.spans.network import Reader, Shape, packed

    words = vocabulary()
    shape = Shape(layers=1, inner=64, pieces=len(words.pieces))
    torch.manual_seed(1)
    reader = Reader(shape).eval()
    write(tmp_path / "spans.zip", reader, words.pieces, {"source": "a test"})
    net = opened((tmp_path / "spans.zip").read_bytes())
    found = cut(words, lesson().text, lesson().stretches, [])
    parts = list(windows([Unit(0, True, True)], len(found.ids)))
    also = np.array([4], np.int64)
    marked = {one.anchor: one for one in read(net, found, parts, also)}
    batch = packed(examples(words, lesson()._replace(said=[])))._replace(
        signs=torch.from_numpy(np.pad(found.signs, ((1, 1), (0, 0))).astype(np.int64))[None],
        rows=torch.tensor([0]),
        places=torch.tensor([5]),
    )
    batch = batch._replace(ids=batch.ids[:, : len(found.ids) + 2])
    with torch.no_grad():
        told = reader(batch)[1].log_softmax(-1)[0, 1:-1].numpy()
    assert np.abs(marked[4].logs - told).max() < 0.1
