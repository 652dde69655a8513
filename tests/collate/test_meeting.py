import random
from base64 import b85encode
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.collate import compare, keys, met, pack
from stemma.collate.meeting import ALL_PAIRS, FEW, marks_under, meeting
from stemma.collate.pair.sketch import alike, alike_bytes, sketch
from stemma.records import Evidence, Passage

WORDS = [a + b for a in ("kar", "vel", "mor", "tis", "dun") for b in ("ek", "osh", "ir", "ul")] + [
    "the",
    "of",
    "and",
    "will",
]
MARK = st.integers(0, 2**64 - 1) | st.integers(0, 2**64 - 1).map(lambda mark: mark & 0x0303030303030303)


def _passages(count: int, seed: int) -> list[Passage]:
    """Texts of few words, so that chance makes them share a lot."""
    chance, found = random.Random(seed), []
    for n in range(count):
        text = " ".join(chance.choices(WORDS, k=chance.randint(5, 60)))
        if found and chance.random() < 0.3:
            text += ". " + chance.choice(found).evidence.exact
        found.append(Passage(Evidence(document=f"d{n:03}", start=0, end=len(text), exact=text), f"outlet {n}"))
    return found


def _groups(items: list[Passage]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, item in enumerate(items):
        for key in keys(item):
            found.setdefault(key, []).append(number)
    return {key: numbers for key, numbers in found.items() if len(numbers) > 1}


@given(MARK, MARK)
def test_marks_are_told_alike_as_numbers_and_as_bytes(one, other):
    numbers = alike(np.array([one], np.uint64), np.array([other], np.uint64)).tolist()
    assert numbers == [alike_bytes(one.to_bytes(8, "little"), other.to_bytes(8, "little"))]


@given(st.lists(st.lists(MARK, min_size=1, max_size=2), min_size=FEW + 1, max_size=FEW + 4))
def test_few_and_many_members_meet_alike(marks):
    slow = [(i, j) for i, j in combinations(range(len(marks)), 2) if meeting([marks[i], marks[j]])]
    assert meeting(marks) == slow


@pytest.mark.parametrize("seed", range(5))
def test_who_is_in_no_pair_gives_nothing(seed):
    items = _passages(60, seed)
    for key, numbers in _groups(items).items():
        some = [items[number] for number in numbers]
        needed = {number for pair in met(key, [pack(each) for each in some]) for number in pair}
        fewer = [each if n in needed else _blank(each) for n, each in enumerate(some)]
        assert compare(fewer, key) == compare(some, key)


def _blank(passage: Passage) -> Passage:
    """The same without its words."""
    place = passage.evidence
    return passage._replace(evidence=Evidence(document=place.document, start=place.start, end=place.end, exact=""))


def test_many_holders_meet_the_first_few():
    marks = [[0x0101010101010101]] * (ALL_PAIRS + 10)
    found = meeting(marks)
    assert {i for i, _ in found} == {0, 1, 2}
    assert {j for _, j in found} == set(range(1, ALL_PAIRS + 10))


def test_nothing_meets_nothing():
    assert meeting([]) == []


@given(st.lists(st.sampled_from([*WORDS, "a", "über", "海", "12"]), max_size=80).map(" ".join))
def test_what_is_packed_has_each_key_and_mark(text):
    packed, own = pack(Passage(Evidence(document="d", start=0, end=len(text), exact=text), None)), sketch(text)
    held: dict[int, list[int]] = {}
    for key, mark in zip(own.keys, own.marks, strict=True):
        held.setdefault(key >> 48, []).append(mark)
    assert {cut: sorted(marks_under(cut, packed)) for cut in held} == {cut: sorted(each) for cut, each in held.items()}
    assert marks_under(next(cut for cut in range(1 << 16) if cut not in held), packed) == []


def test_packed_marks_have_no_blank_and_take_less_than_they_are():
    text = " ".join(random.Random(7).choices(WORDS, k=3000))
    packed = pack(Passage(Evidence(document="d", start=0, end=len(text), exact=text), None))
    assert " " not in packed
    assert packed.isascii()
    assert len(packed) < 7.5 * len(sketch(text).keys)  # ten bytes each as they are, 12.5 digits


def test_nothing_is_told_of_what_an_earlier_version_packed():
    earlier = b85encode(bytes(30)).decode()
    assert met(f"{0:016x}", [earlier, earlier]) == [(0, 1)]
