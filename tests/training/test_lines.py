"""The pages that the line scorer learns from, and the learning."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from stemma.read.article.network import REACH, run
from training.lines.__main__ import lesson, main
from training.lines.fill import Article, load
from training.lines.fit import Lesson, Plan, fit
from training.lines.page import make_page
from training.lines.render import disguise, html_page, text_page, write_html

_ARTICLES = [
    Article(
        f"Harbour of {place} opens",
        tuple(f"The board of {place} said on {day} that its {thing} would stay closed." for thing in ("pier", "mill")),
    )
    for place, day in (("Karvis", "Monday"), ("Tolva", "Tuesday"))
]
_TOLD = [paragraph for article in _ARTICLES for paragraph in article.paragraphs]


@pytest.mark.parametrize("kind", ["broadsheet", "watch", "blog", "tabloid"])
def test_gold_lines_hold_the_story(kind):
    for seed in range(10):
        title, page = make_page(Random(seed), _ARTICLES, kind)
        html, html_gold = html_page(write_html(Random(seed), title, page))
        text, text_gold = text_page(Random(seed), page, title)
        for sheet, gold in ((html, html_gold), (text, text_gold)):
            body = [sheet.text[x.start : x.end] for x, is_body in zip(sheet.lines, gold, strict=True) if is_body]
            assert any("closed" in line for line in body)
            assert "\ue000" not in sheet.text


def test_same_seed_same_page():
    assert make_page(Random("a"), _ARTICLES) == make_page(Random("a"), _ARTICLES)
    assert make_page(Random("a"), _ARTICLES) != make_page(Random("b"), _ARTICLES)


@pytest.mark.parametrize("script", ["latin", "cyrillic", "arabic", "hangul", "han"])
def test_disguise_keeps_the_shape(script):
    _, page = make_page(Random(1), _ARTICLES)
    hidden = disguise(page, script)
    assert len(hidden.children) == len(page.children)
    assert hidden != page


def test_corpus_marks_are_taken_out(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/one.txt").write_text(
        "Bridge opens\n\nBy Mara Orlu\n\n[Q1 “The bridge is open for everybody who wants to cross it,”] [S1 she] [C1 said].\n\n"
        "The old one will be torn down in the autumn.\n",
        encoding="utf-8",
    )
    (article,) = load(tmp_path)
    assert article.headline == "Bridge opens"
    assert article.paragraphs[0] == "“The bridge is open for everybody who wants to cross it,” she said."


def test_network_learns_a_sign_and_its_neighbours():
    rng = np.random.default_rng(0)
    features = (rng.random((900, 4)) < 0.5).astype(np.float16)
    gold = np.roll(features[:, 1], 3) > 0  # three lines away
    pages = [Lesson(features, gold, np.ones(900, np.float32))]
    plan = Plan(hidden=16, rounds=400, pages=1, lost_signs=0.0, lost_pages=0.0)
    net = fit(pages, plan)
    odds = run(net, features.astype(np.float32))
    assert ((odds > 0) == gold)[REACH:-REACH].mean() > 0.98
    assert np.array_equal(fit(pages, plan).out, net.out)


def test_lessons_are_seeded():
    one, two = (lesson(_ARTICLES, "text 1", html=False) for _ in range(2))
    assert np.array_equal(one.features, two.features)
    assert one.weights.sum() == pytest.approx(1)


def test_empty_corpus_is_refused(tmp_path, capsys):
    assert main([str(tmp_path), str(tmp_path / "x.npz")]) == 2
    assert "no articles" in capsys.readouterr().err
