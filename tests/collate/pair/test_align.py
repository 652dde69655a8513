from hypothesis import given
from hypothesis import strategies as st

from stemma.collate.pair.align import align, whole
from stemma.collate.pair.wording import wording

WORDS = st.lists(
    st.sampled_from(["the", "harbour", "minister", "opened", "seven", "bridges", "Karvis", "not", "steel"]),
    min_size=1,
    max_size=30,
)


def _align(left, right):
    a, b = wording(left), wording(right)
    stretch = align(a, b, (0, len(a.words)), (0, len(b.words)))
    return a, b, stretch


def _words(ready, span):
    return ready.text[ready.starts[span[0]] : ready.ends[span[1] - 1]]


def test_the_frame_around_a_shared_stretch_is_cut_off():
    a, b, stretch = _align(
        "Yesterday evening he told reporters the old lighthouse keeper rescued nineteen sailors",
        "The old lighthouse keeper rescued nineteen frightened sailors during that storm",
    )
    assert _words(a, stretch.left) == "the old lighthouse keeper rescued nineteen sailors"
    assert _words(b, stretch.right) == "The old lighthouse keeper rescued nineteen frightened sailors"
    assert stretch.identity == 7 / 8


def test_a_moved_clause_belongs_to_the_stretch():
    _, b, stretch = _align(
        "after the spring floods, engineers rebuilt every wooden bridge across the province",
        "engineers rebuilt every wooden bridge across the province, after the spring floods",
    )
    assert stretch.identity == 1.0
    assert [_words(b, (j, j + size)) for piece in stretch.moved for _, j, size in piece] == ["after the spring floods"]


def test_nothing_shared_is_none():
    assert _align("quiet rivers bend", "loud engines roar")[2] is None


@given(WORDS)
def test_a_text_is_wholly_shared_with_itself(words):
    text = " ".join(words)
    assert _align(text, text)[2].identity == 1.0


@given(WORDS, WORDS)
def test_kept_words_are_the_same_on_both_sides(one, other):
    a, b = wording(" ".join(one)), wording(" ".join(other))
    for stretch in (align(a, b, (0, len(one)), (0, len(other))), whole(a, b)):
        for i, j, size in stretch.all_blocks if stretch else ():
            assert a.words[i : i + size] == b.words[j : j + size]


@given(WORDS, WORDS)
def test_no_word_is_kept_twice(one, other):
    a, b = wording(" ".join(one)), wording(" ".join(other))
    stretch = align(a, b, (0, len(one)), (0, len(other)))
    left = [word for i, _, size in stretch.all_blocks for word in range(i, i + size)] if stretch else []
    assert len(left) == len(set(left))
