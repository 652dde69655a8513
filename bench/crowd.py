"""Judging a crowd: many mentions of made-up persons whose truth is known.

    python -m bench.crowd [MENTIONS ...] [--seed N]

Draws MENTIONS mentions (10,000 and 100,000 unless told otherwise) of a fifth as many persons, each by a form of its
name in some romanisation or script, and judges them as the archive does: each spelling once, under its keys. Tells
CPU seconds, B-cubed of the names that judgements of "same" join, and keys that are too full. No two persons share a
spelling (nothing in a name could tell them apart), but thousands differ by a letter or by a syllable of one class.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from random import Random
from typing import NamedTuple

from stemma.records import Evidence, Mention
from stemma.resolve import judge, keys
from stemma.stage import FULLEST_KEY
from training.names import korean, others, slavic
from training.names.parts import Person

MENTIONS = (10_000, 100_000)
MENTIONS_OF_ONE = 5  #: on average
_IN_SCRIPT = 0.2  #: share of mentions in another script than Latin
_MAKERS = (korean.person, slavic.person, others.arabic, others.chinese, others.western)


class Told(NamedTuple):
    """What judging a crowd took and gave."""

    mentions: int
    spellings: int
    seconds: float  #: of CPU
    precision: float
    recall: float
    f1: float
    fullest: int  #: spellings under the fullest key
    too_full: int  #: keys that yield a Problem


def people(seed: int) -> Iterator[Person]:
    """Made-up persons without end, of each culture in turn; none has a spelling that another has."""
    chance, taken = Random(f"crowd {seed}"), set[str]()
    while True:
        for make in _MAKERS:
            one = make(chance)
            latin, script = (tuple(form for form in forms if is_full(form)) for forms in one)
            if not taken.intersection(latin + script):
                taken.update(latin + script)
                yield Person(latin, script)


def is_full(form: str) -> bool:
    """Whether a form is more than a family name, which tells nobody which of its bearers is meant."""
    return " " in form or (not form.isascii() and not form[0].isupper() and len(form) < 4) or "·" in form


def crowd(mentions: int, seed: int) -> list[tuple[str, int]]:
    """Spellings with the number of the person whom each means."""
    chance = Random(f"mentions {seed}")
    made = list(islice(people(seed), mentions // MENTIONS_OF_ONE))
    found = []
    for _ in range(mentions):
        number = chance.randrange(len(made))
        one = made[number]
        forms = one.script if one.script and chance.random() < _IN_SCRIPT else one.latin
        found.append((chance.choice(forms), number))
    return found


def mention(name: str) -> Mention:
    """A mention of a person in a page of its own."""
    words = Evidence(document=f"d{name}", start=0, end=len(name), exact=name)
    return Mention(document=words.document, evidence=words, kind="person")


def joined(names: Iterable[str]) -> tuple[dict[str, str], Sequence[int]]:
    """A label for each name, one for those that judgements of "same" join; how many names each key holds."""
    by_key: dict[str, list[Mention]] = defaultdict(list)
    every = [mention(name) for name in names]
    for one in every:
        for key in keys(one):
            by_key[key].append(one)
    parent = {one.id: one.id for one in every}
    for key, some in by_key.items():
        if 1 < len(some) <= FULLEST_KEY:
            for judgement in judge(some, key):
                if judgement.verdict == "same":
                    parent[root(parent, judgement.left)] = root(parent, judgement.right)
    return {one.evidence.exact: root(parent, one.id) for one in every}, [len(some) for some in by_key.values()]


def root(parent: dict[str, str], one: str) -> str:
    """The label under which a name stands; what is on the way is led there at once."""
    while parent[one] != one:
        parent[one] = parent[parent[one]]
        one = parent[one]
    return one


def b_cubed(truth: Sequence[int], label: Sequence[str]) -> tuple[float, float]:
    """B-cubed precision and recall of labels (Bagga and Baldwin, 1998), over mentions."""
    both, told, meant = defaultdict[tuple[int, str], int](int), defaultdict[str, int](int), defaultdict[int, int](int)
    for person, said in zip(truth, label, strict=True):
        both[person, said] += 1
        told[said] += 1
        meant[person] += 1
    precision = sum(count * count / told[said] for (_, said), count in both.items())
    recall = sum(count * count / meant[person] for (person, _), count in both.items())
    return precision / len(truth), recall / len(truth)


def measure(mentions: int, seed: int) -> Told:
    """Judge a crowd."""
    drawn = crowd(mentions, seed)
    spellings = list(dict.fromkeys(name for name, _ in drawn))
    before = time.process_time()
    label, sizes = joined(spellings)
    seconds = time.process_time() - before
    precision, recall = b_cubed([number for _, number in drawn], _labels(drawn, label))
    f1 = 2 * precision * recall / (precision + recall)
    full = sum(size > FULLEST_KEY for size in sizes)
    return Told(mentions, len(spellings), seconds, precision, recall, f1, max(sizes), full)


def _labels(drawn: Iterable[tuple[str, int]], label: Mapping[str, str]) -> list[str]:
    return [label[name] for name, _ in drawn]


def main(arguments: list[str] | None = None) -> int:
    """Print a row for each size, and how the time per mention grew."""
    parser = argparse.ArgumentParser(prog="python -m bench.crowd", description=__doc__.splitlines()[0])
    parser.add_argument("mentions", type=int, nargs="*", default=MENTIONS)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    told = [measure(count, chosen.seed) for count in chosen.mentions]
    print("mentions spellings  CPU s  B3 P   B3 R   B3 F1  fullest key  too full")
    for one in told:
        print(
            f"{one.mentions:8} {one.spellings:9} {one.seconds:6.1f} {one.precision:.4f} {one.recall:.4f} {one.f1:.4f} "
            f"{one.fullest:11} {one.too_full:9}"
        )
    if len(told) > 1:
        growth = (told[-1].seconds / told[0].seconds) / (told[-1].mentions / told[0].mentions)
        print(f"time per mention grew {growth:.2f} times from the first to the last")
    return 0


if __name__ == "__main__":
    sys.exit(main())
