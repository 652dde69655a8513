"""What is told of many keys at once leaves nothing out that one of them gives."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from stemma.collate import Held, Offered, compare, is_formula, keys, pack, sift
from stemma.collate.many import sifting
from stemma.records import Evidence, Passage

WORDS = [a + b for a in ("kar", "vel", "mor", "tis", "dun") for b in ("ek", "osh", "ir", "ul")] + ["the", "of", "and"]
QUOTE = "we will keep the harbour open for every ship that asks for shelter at night"


def _passages(count: int, seed: int, outlets: int = 7) -> list[Passage]:
    """Texts of few words, so that chance makes them share a lot; some documents have two."""
    chance, found = random.Random(seed), list[Passage]()
    for n in range(count):
        text = ". ".join(" ".join(chance.choices(WORDS, k=chance.randint(5, 20))) for _ in range(chance.randint(1, 4)))
        if found and chance.random() < 0.4:
            text += ". " + chance.choice(found).evidence.exact
        start = 5_000 * (n % 2)
        words = Evidence(document=f"d{n // 2:03}", start=start, end=start + len(text), exact=text)
        found.append(Passage(words, f"outlet {n % outlets}" if n % 11 else None))
    return found


def _under(items: Sequence[Passage]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, item in enumerate(items):
        for key in keys(item):
            found.setdefault(key, []).append(number)
    return {key: held for key, held in found.items() if len(held) > 1}


def _sifted(items: Sequence[Passage], under: dict[str, list[int]], at_once: int = 7) -> sifting.Found:
    def offered() -> Iterator[list[tuple[Offered, str]]]:
        for begin in range(0, len(items), at_once):
            some = items[begin : begin + at_once]
            places = (each.evidence for each in some)
            told = [
                Offered(place.document, place.start, place.end, each.outlet)
                for each, place in zip(some, places, strict=True)
            ]
            yield [(one, pack(each)) for one, each in zip(told, some, strict=True)]

    numbers = np.array([int(key, 16) for key in under], np.uint64)
    held = [(n, item) for n, holders in enumerate(under.values()) for item in holders]
    both = Held(*(np.array(side, np.int64) for side in zip(*held, strict=True)))
    return sift(numbers, both, offered(), lambda number: items[number].evidence)


def _blank(item: Passage) -> Passage:
    place = item.evidence
    return Passage(Evidence(document=place.document, start=place.start, end=place.end, exact=""), item.outlet)


def _check(items: Sequence[Passage]) -> tuple[int, int, int]:
    """Compares key by key what all passages give and what those give that are left; how many give something."""
    under = _under(items)
    found = _sifted(items, under)
    give = idle = 0
    for number, (key, held) in enumerate(under.items()):
        telling = found.telling.get(number, set())
        some = [items[each] if each in telling else _blank(items[each]) for each in held]
        whole = compare([items[each] for each in held], key)
        assert compare(some, key) == whole
        formula = is_formula([(items[each].evidence.document, items[each].outlet) for each in held])
        assert (number in found.formulas) == formula
        assert not (formula and telling)
        give, idle = give + bool(whole), idle + (not telling)
    return give, idle, len(found.formulas)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_left_out_that_a_key_gives(seed: int) -> None:
    give, idle, _ = _check(_passages(90, seed))
    assert give
    assert idle


def test_nothing_is_left_out_where_many_hold_a_key() -> None:
    chance = random.Random(4)
    items = []
    for n in range(70):
        text = f"{' '.join(chance.choices(WORDS, k=12))}. {QUOTE}. {' '.join(chance.choices(WORDS, k=12))}"
        words = Evidence(document=f"d{n:03}", start=0, end=len(text), exact=text)
        items.append(Passage(words, f"outlet {n % 30}"))
    give, _, _ = _check(items)
    assert give


def test_formulas_and_furniture_are_told() -> None:
    _, _, formulas = _check([each._replace(outlet="The one") for each in _passages(40, 5)])
    assert formulas


def test_the_portions_in_which_passages_come_change_nothing() -> None:
    items = _passages(60, 9)
    under = _under(items)
    whole = _sifted(items, under, 1_000)
    assert whole.telling
    assert _sifted(items, under, 1) == whole == _sifted(items, under, 13)


def test_of_passages_that_an_earlier_version_packed_nothing_is_left_out() -> None:
    items = _passages(30, 2)
    under = _under(items)
    numbers = np.array([int(key, 16) for key in under], np.uint64)
    held = [(n, item) for n, holders in enumerate(under.values()) for item in holders]
    both = Held(*(np.array(side, np.int64) for side in zip(*held, strict=True)))
    told = [
        (Offered(each.evidence.document, each.evidence.start, each.evidence.end, each.outlet), "0") for each in items
    ]
    found = sift(numbers, both, [told], lambda number: items[number].evidence)
    for number, holders in enumerate(under.values()):
        if number not in found.formulas:
            assert found.telling[number] == set(holders)
