"""What comparing passages costs in memory, without an archive, and how it grows.

    python -m bench.collating 1000 10000
    python -m bench.collating --quoting 1000 10000

Invented pages of some 400 words each, one in ten with a passage of an earlier one. CPU seconds of making
keys and finding which of them are worth comparing under, and of comparing; the most memory; the exponent of growth.
With ``--quoting`` every third sentence is a quotation in a paragraph of its own, and what is measured is how quotations
are found that another page quotes again.
"""

from __future__ import annotations

import argparse
import math
import resource
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from itertools import pairwise

from bench.pages import Maker
from stemma import collate
from stemma.records import Evidence, Passage

WORDS = 400
REUSED = 0.1  #: share of pages with a passage of an earlier one
_SENTENCE = (8, 30)
_LAST = 500  #: so far back passages are taken from


def passages(count: int, *, quoting: bool = False) -> Iterator[Passage]:
    """Bodies of so many pages: sentences of words drawn by their frequency, as in real text."""
    maker, earlier = Maker(1), deque[list[str]](maxlen=_LAST)
    for number in range(count):
        body = [_sentence(maker) for _ in range(WORDS * 2 // sum(_SENTENCE))]
        if earlier and maker.random.random() < REUSED:
            start = maker.random.randrange(len(body) - 3)
            body[start : start + 3] = maker.random.choice(earlier)[start : start + 3]
        earlier.append(body)
        text = "\n".join(_quoted(body)) if quoting else " ".join(body)
        place = Evidence(document=f"d{number:07}", start=0, end=len(text), exact=text)
        yield Passage(place, f"outlet {number % 40}")


def _quoted(body: list[str]) -> Iterator[str]:
    for number, sentence in enumerate(body):
        yield f"“{sentence}” Tamsin Roe said." if number % 3 == 0 else sentence


def _sentence(maker: Maker) -> str:
    words = maker.random.choices(maker.words, cum_weights=maker.weights, k=maker.random.randint(*_SENTENCE))
    return f"{' '.join(words).capitalize()}."


def measure(count: int, *, quoting: bool) -> float:
    """Print what so many pages cost; the CPU seconds in all."""
    pages = list(passages(count, quoting=quoting))
    begun = time.process_time()
    found = len(collate.requotations(pages)) if quoting else len(collate.variants(pages))
    spent = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    what = "quotations quoted again" if quoting else "variants"
    print(f"{count:>7} pages, {found} {what}: {spent:.1f} CPU s, {memory:.2f} GB", flush=True)
    return spent


def main() -> None:
    """Each count in a process of its own, then the exponents between neighbours."""
    parser = argparse.ArgumentParser(prog="python -m bench.collating", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int, nargs="+")
    parser.add_argument("--quoting", action="store_true")
    chosen = parser.parse_args()
    if len(chosen.count) == 1:
        print(f"took {measure(chosen.count[0], quoting=chosen.quoting)}")
        return
    costs = []
    flags = ["--quoting"] if chosen.quoting else []
    for count in chosen.count:
        command = [sys.executable, "-m", __spec__.name, *flags, str(count)]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        print(told.stdout.splitlines()[0], flush=True)
        costs.append((count, float(told.stdout.split()[-1])))
    for (few, less), (many, more) in pairwise(costs):
        print(f"exponent of growth from {few} to {many}: {math.log(more / less) / math.log(many / few):.2f}")


if __name__ == "__main__":
    main()
