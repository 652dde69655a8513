import random

import pytest

from stemma.collate import compare, keys, variants
from stemma.records import Evidence, Passage
from stemma.stage import FULLEST_KEY

WORDS = [a + b for a in ("kar", "vel", "mor", "tis", "dun") for b in ("ek", "osh", "ir", "ul")] + ["the", "of", "and"]
QUOTE = "we will keep the harbour open for every ship that asks for shelter at night"


def _passages(count: int, seed: int) -> list[Passage]:
    """Texts of few words, so that chance makes them share a lot; some documents have two."""
    chance, found = random.Random(seed), list[Passage]()
    for n in range(count):
        text = ". ".join(" ".join(chance.choices(WORDS, k=chance.randint(5, 20))) for _ in range(chance.randint(1, 4)))
        if found and chance.random() < 0.4:
            text += ". " + chance.choice(found).evidence.exact
        found.append(_passage(f"d{n // 2:03}", 1000 * (n % 2), text, f"outlet {n % 7}"))
    return found


def _passage(document: str, start: int, text: str, outlet: str | None) -> Passage:
    return Passage(Evidence(document=document, start=start, end=start + len(text), exact=text), outlet)


def _key_by_key(items: list[Passage]) -> dict:
    held: dict[str, list[Passage]] = {}
    for item in items:
        for key in keys(item):
            held.setdefault(key, []).append(item)
    groups = {key: some for key, some in held.items() if 1 < len(some) <= FULLEST_KEY}
    return {each.id: each for key, some in groups.items() for each in compare(some, key)}


def _by_id(found):
    assert len({each.id for each in found}) == len(found)
    return {each.id: each for each in found}


@pytest.mark.parametrize("seed", range(6))
def test_one_pass_gives_what_each_key_gives(seed):
    items = _passages(120, seed)
    found = _by_id(variants(items))
    assert found
    assert found == _key_by_key(items)


def test_many_holders_of_a_key_give_what_the_key_gives():
    chance = random.Random(4)
    texts = [
        f"{' '.join(chance.choices(WORDS, k=12))}. {QUOTE}. {' '.join(chance.choices(WORDS, k=12))}" for _ in "a" * 70
    ]
    items = [_passage(f"d{n:03}", 0, text, f"outlet {n % 30}") for n, text in enumerate(texts)]
    found = _by_id(variants(items))
    assert len(found) > 100
    assert found == _key_by_key(items)


def test_the_order_of_passages_does_not_matter():
    items = _passages(60, 1)
    shuffled = random.Random(2).sample(items, len(items))
    assert variants(shuffled) == variants(items)


def test_more_passages_add_variants_and_change_none_that_their_keys_do_not_hold():
    """What is found is the sum of the keys: those that new passages do not hold give what they gave."""
    items, more = _passages(60, 3), _passages(80, 3)[60:]
    touched = {key for each in more for key in keys(each)}
    before, after = _by_id(variants(items)), _by_id(variants([*items, *more]))
    new = {each.evidence.document for each in more}
    for each in before.keys() - after.keys():
        words = before[each]
        assert touched & set(keys(_passage("d", 0, words.left.exact, None))), "lost without a key that was touched"
    assert any({each.left.document, each.right.document} & new for each in after.values())


@pytest.mark.parametrize("items", [[], [_passage("d1", 0, QUOTE, None)]], ids=["none", "one"])
def test_fewer_than_two_share_nothing(items):
    assert variants(items) == []


def test_two_passages_of_one_document_are_not_compared():
    assert variants([_passage("d1", 0, QUOTE, None), _passage("d1", 500, QUOTE, None)]) == []
