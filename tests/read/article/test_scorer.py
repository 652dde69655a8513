"""The way through the line scores, and the features that feed them."""

from __future__ import annotations

from importlib.resources import files
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.read.article.features import NAMES, best_run, count_words, measure
from stemma.read.article.network import CONVOLUTIONS, REACH, run, stored
from stemma.read.article.scorer import MOST_LINES, choose, look_at, score
from stemma.read.layout import lay_out_html, lay_out_text

_SCORES = st.lists(st.integers(-8, 8).map(lambda tenths: tenths / 2), min_size=1, max_size=9)


def _worth(scores, chosen, change):
    changes = sum(left != right for left, right in zip((False, *chosen), chosen, strict=False))
    return sum(value for value, keep in zip(scores, chosen, strict=True) if keep) - change * changes


@given(_SCORES, st.sampled_from([0.0, 0.5, 1.0, 3.0]))
def test_choice_is_the_best_of_all(scores, change):
    best = max(_worth(scores, chosen, change) for chosen in product([False, True], repeat=len(scores)))
    assert _worth(scores, choose(scores, change), change) == best


@given(_SCORES)
def test_best_run_has_the_largest_sum(gains):
    first, stop = best_run(gains)
    sums = [sum(gains[low:high]) for low in range(len(gains)) for high in range(low, len(gains) + 1)]
    assert sum(gains[first:stop]) == max(0, *sums)


def test_network_fits_the_features():
    nets = stored(NAMES)
    count, width, hidden = nets.embed.shape
    assert width == len(NAMES)
    assert [kernel.shape for kernel in (nets.near, nets.wide, nets.far)] == [
        (count, taps * hidden, hidden) for taps, _ in CONVOLUTIONS
    ]


def test_features_may_stand_in_another_order():
    rows = np.random.default_rng(0).random((7, len(NAMES))).astype(np.float32)
    assert np.allclose(run(stored(NAMES), rows), run(stored(NAMES[::-1]), rows[:, ::-1]), atol=1e-5)


def test_long_pages_are_multiplied_in_pieces():
    rows = np.random.default_rng(0).random((3 * REACH + 200, len(NAMES))).astype(np.float32)
    nets = stored(NAMES)
    assert np.allclose(run(nets, rows)[:REACH], run(nets, rows[: 2 * REACH + 2])[:REACH], atol=1e-4)


def test_other_features_are_refused():
    with pytest.raises(ValueError, match="train it again"):
        stored((*NAMES, "one more"))


def test_a_score_hangs_on_near_lines_only():
    rows = np.random.default_rng(0).random((4 * REACH, len(NAMES))).astype(np.float32)
    changed = rows.copy()
    changed[3 * REACH :] = 0
    before, after = run(stored(NAMES), rows), run(stored(NAMES), changed)
    assert np.allclose(before[: 2 * REACH], after[: 2 * REACH], atol=1e-4)
    assert not np.allclose(before[3 * REACH :], after[3 * REACH :])


def test_pages_of_too_many_lines_are_judged_line_by_line():
    sheet = lay_out_text("Menu\nThe harbour board meets today in the old town hall.\n" * (MOST_LINES // 2 + 1))
    assert look_at(sheet) is None
    assert score(sheet)[:2] == [-1, 1]


def test_network_says_what_it_was_trained_on():
    with (files("stemma.read.article") / "lines.npz").open("rb") as stored:
        written = np.load(stored)
        assert "written for Stemma" in str(written["source"])
        assert str(written["licence"]) == "Apache-2.0"


def test_markup_and_extractor_are_witnesses():
    sheet = lay_out_html("<nav><p>Harbour board meets today</nav><main><p>Harbour board meets today</main>")
    away, named = score(sheet)
    assert away < named
    assert score(sheet, [0.0, 1.0])[1] > named > score(sheet, [0.0, 0.0])[1]


def test_measures_have_a_row_a_line():
    sheet = lay_out_text("One.\n\n© 2031 Karvis Morning. All rights reserved.\nBy Mara Orlu")
    features, sizes = measure(sheet)
    assert features.shape == (3, len(NAMES))
    assert sizes == [1, 7, 3]
    row = dict(zip(NAMES, features[1], strict=True))
    assert (row["says_legal"], row["ends"], row["gap_before"], row["first_by"], row["date"]) == (1, 1, 1, 0, 1)
    assert dict(zip(NAMES, features[2], strict=True))["first_by"] == 1
    assert measure(lay_out_html("<p>One</p>"))[0].shape == (1, len(NAMES))


def test_words_of_scripts_without_blanks():
    assert count_words("港口委员会星期五表示") == 5
    assert count_words("the harbour board") == 3


def test_empty_sheet():
    assert score(lay_out_text("")) == []
    assert choose([], 1.0) == []
