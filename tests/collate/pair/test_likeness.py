import numpy as np
import pytest

from stemma.collate.pair.align import align
from stemma.collate.pair.likeness import FEATURES, OWN, features, likeness, likeness_alone
from stemma.collate.pair.trees import score, trees
from stemma.collate.pair.wording import wording

QUOTE = "we will keep the harbour open for every ship that asks for shelter"


def _pair(left, right):
    a, b = wording(left), wording(right)
    return a, b, {(0, 0): align(a, b, (0, a.units[1]), (0, b.units[1]))}


def test_a_whole_sentence_is_likelier_than_a_phrase():
    whole = _pair(f"{QUOTE}.", f"{QUOTE}.")
    phrase = _pair(
        "The old harbour bridge was painted by nineteen pupils in May.", "Nobody crossed a harbour bridge then."
    )
    assert likeness(*whole)[0][0] > 0.7
    assert likeness(*phrase)[0][0] < 0.2


def test_sides_may_be_exchanged():
    left, right = f"She said: “{QUOTE}.”", f"Everybody knew that {QUOTE}, whatever it cost."
    assert features(*_pair(left, right)) == pytest.approx(features(*_pair(right, left)))


def test_one_stretch_is_judged_as_among_others():
    a, b, found = _pair(f"{QUOTE}.", f"{QUOTE}, he wrote.")
    assert likeness_alone(a, b, ((0, 0), (0, 0)), found[0, 0]) == pytest.approx(likeness(a, b, found)[0][0])


@pytest.mark.parametrize(("name", "columns"), [("alone", OWN), ("beside", len(FEATURES))])
def test_more_of_what_speaks_for_reuse_never_speaks_against_it(name, columns):
    rows = np.random.default_rng(7).uniform(0, 12, (300, columns))
    for number in (FEATURES.index(each) for each in ("weight", "identity", "share", "longest")):
        more = rows.copy()
        more[:, number] += 3
        assert (score(trees("likeness", name), more) >= score(trees("likeness", name), rows)).all()
