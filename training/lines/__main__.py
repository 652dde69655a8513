"""Makes the weights of the line scorer: ``python -m training.lines CORPUS OUT.npz``.

CORPUS is a folder of folders of articles (first line the headline, a blank line between paragraphs, marks of
attribution in square brackets). The same corpus gives the same weights. Takes about five minutes on one core.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from stemma.read.article.features import NAMES, measure
from stemma.read.article.network import Network
from training.lines.fill import Article, load
from training.lines.fit import Lesson, Plan, fit
from training.lines.page import make_page
from training.lines.render import disguise, html_page, text_page, write_html

TEXT_PAGES, HTML_PAGES = 6500, 1300
STARTS = (1,)  #: of the networks, whose mean answer counts; of two tried, 0 and 1, this one reads better
PLAN = Plan(hidden=32, rounds=7, lost_signs=0.2)
SCRIPTS = (*[""] * 9, "latin", "latin", "cyrillic", "arabic", "hangul", "han")  #: a third is in words of no language
SOURCE = (
    "Trained on pages made up from articles and page furniture written for Stemma (training/lines); no others' text"
)
LICENCE = "Apache-2.0"


def lesson(articles: list[Article], seed: str, *, html: bool) -> Lesson:
    """One page; its lines weigh by the root of their length, all pages the same."""
    rng = Random(seed)
    title, page = make_page(rng, articles)
    page = disguise(page, rng.choice(SCRIPTS))
    if html:
        sheet, gold = html_page(write_html(rng, title, page))
    else:
        sheet, gold = text_page(rng, page, title)
    features, sizes = measure(sheet)
    weights = np.sqrt(np.array(sizes, dtype=np.float32))
    return Lesson(features.astype(np.float16), np.array(gold), weights / weights.sum())


def main(arguments: list[str]) -> int:
    """Make the pages, fit the networks, write the file."""
    parser = argparse.ArgumentParser(prog="python -m training.lines", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args(arguments)
    articles = load(options.corpus)
    if not articles:
        print(f"no articles (*/*.txt) in {options.corpus}", file=sys.stderr)
        return 2
    lessons = [lesson(articles, f"text {number}", html=False) for number in range(TEXT_PAGES)]
    lessons += [lesson(articles, f"html {number}", html=True) for number in range(HTML_PAGES)]
    print(f"{len(articles)} articles, {len(lessons)} pages, {sum(len(x.gold) for x in lessons)} lines", flush=True)
    write(options.out, [fit(lessons, PLAN._replace(seed=start)) for start in STARTS])
    return 0


def write(out: Path, networks: list[Network]) -> None:
    """The file that ``stemma.read.article.scorer`` loads."""
    stacks: dict[str, Any] = {
        name: np.stack([getattr(net, name) for net in networks]).astype(np.float16) for name in Network._fields
    }
    np.savez_compressed(
        out,
        names=np.array(NAMES),
        source=np.array(SOURCE),
        licence=np.array(LICENCE),
        **stacks,
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
