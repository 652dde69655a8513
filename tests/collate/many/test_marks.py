"""Marks of many passages at once are those that each key of each passage has by itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stemma.collate import pack
from stemma.collate.many.marks import code_of, is_packed, unpack
from stemma.collate.meeting import CUT, marks_under
from stemma.collate.pair.sketch import sketch
from stemma.records import Evidence, Passage

words = st.sampled_from(["harbour", "treaty", "Velm", "kar", "velek", "the", "of", "in", "and", "to", "it", "a"])
texts = st.lists(st.lists(words, min_size=1, max_size=60).map(" ".join), min_size=1, max_size=5)


def _packed(text: str) -> str:
    return pack(Passage(Evidence(document="d", start=0, end=len(text), exact=text)))


def _keys(text: str) -> list[int]:
    return sorted(set(sketch(text).keys))


@given(texts, st.integers(1, 3), st.integers(0, 2))
def test_each_key_has_the_marks_that_it_has_by_itself(some: list[str], step: int, left_out: int) -> None:
    packed, numbers = [_packed(text) for text in some], step * np.arange(len(some)) + 7
    keys = [_keys(text)[left_out:] for text in some]
    wanted = [code_of(np.full(len(own), n), np.array(own, np.uint64)) for n, own in zip(numbers, keys, strict=True)]
    found = unpack(packed, numbers, np.unique(np.concatenate(wanted)))
    assert found.codes.tolist() == sorted(found.codes.tolist())
    count = 0
    for text, own, codes in zip(packed, keys, wanted, strict=True):
        for key, code in zip(own, codes.tolist(), strict=True):
            here = np.flatnonzero(found.codes == code)
            assert found.marks[here].tolist() == marks_under(key >> CUT, text)
            count += len(here)
    assert count >= len(found.codes)


def test_the_places_are_those_of_the_keys() -> None:
    text = "the harbour of Velm and the treaty of Karek in the old harbour of Velm"
    own = sketch(text)
    codes = code_of(np.zeros(len(own.keys), np.int64), np.array(own.keys, np.uint64))
    found = unpack([_packed(text)], np.zeros(1, np.int64), np.unique(codes))
    assert set(zip(found.codes.tolist(), found.places.tolist(), strict=True)) == set(
        zip(codes.tolist(), own.places, strict=True)
    )


def test_what_an_earlier_version_packed_is_told() -> None:
    assert is_packed(_packed("the harbour of Velm"))
    assert not is_packed("0aB3")
