"""Transmissions with known lost exemplars, and whether ``collate.tree.lost`` tells them.

    python -m bench.lost [--count 400] [--seed 9]

A statement of our own making is copied from witness to witness; each copy puts a few of its words otherwise, from small
sets, so that two may mend one word alike. Some copies are lost: neither their text nor their day is given. Some
witnesses are undated, some name their source (none of these has a lost exemplar). ``exact`` is over pairs of witnesses
told to have their words from one lost exemplar, against those that do (their nearest exemplar that is not here is the
same); ``found`` is the share of lost exemplars of two free witnesses or more of which such a pair is told, ``tellable``
the same of those alone that readings can tell: two readings that only its takers have, each of two takers with a
reading of its own. Beside it the answers "never" and "always": every two witnesses that are likest to each other.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from stemma.collate.table import table
from stemma.collate.tree.lost import lost

Row = dict[str, Any]
Pair = tuple[str, str]
#: Sentences of invented statements; in braces what a copy may put for a word, the first of them in the first text.
SENTENCES = tuple(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines())
FEWEST_SENTENCES, MOST_SENTENCES = 5, 10
FEWEST_COPIES, MOST_COPIES = 4, 12
FEWEST_CHANGES, MOST_CHANGES = 1, 5  #: words that a copy puts otherwise, of 20 to 45 that it might
LOST, UNDATED, NAMING = 0.35, 0.25, 0.1  #: shares of copies
FROM_THE_FIRST = 0.3  #: share of copies made from the first text whatever else there is


class Copy(NamedTuple):
    """One text of a transmission: who it is, from whom, on which day, and which word of each set it has."""

    name: str
    exemplar: str | None  #: None: the first
    day: str | None  #: None: not stated
    words: tuple[str, ...]
    is_lost: bool
    names_source: bool


class Transmission(NamedTuple):
    """The copies of one statement in the order in which they were made, and its sentences."""

    sentences: tuple[str, ...]
    copies: tuple[Copy, ...]

    def text(self, copy: Copy) -> str:
        """The words of a copy."""
        told = iter(copy.words)
        return " ".join("".join(_filled(sentence, told)) for sentence in self.sentences)


def transmission(chance: random.Random) -> Transmission:
    """A statement and its copies."""
    sentences = tuple(chance.sample(SENTENCES, chance.randint(FEWEST_SENTENCES, MOST_SENTENCES)))
    sets = [each for sentence in sentences for each in _sets(sentence)]
    copies = [Copy("w00", None, "2025-10-01", tuple(each[0] for each in sets), is_lost=False, names_source=False)]
    for number in range(1, chance.randint(FEWEST_COPIES, MOST_COPIES) + 1):
        exemplar = copies[0] if chance.random() < FROM_THE_FIRST else chance.choice(copies)
        words = list(exemplar.words)
        for place in chance.sample(range(len(sets)), chance.randint(FEWEST_CHANGES, MOST_CHANGES)):
            words[place] = chance.choice([each for each in sets[place] if each != words[place]])
        day = f"2025-10-{number + 1:02}" if chance.random() >= UNDATED else None
        is_lost, names = chance.random() < LOST, chance.random() < NAMING
        copies.append(Copy(f"w{number:02}", exemplar.name, day, tuple(words), is_lost, names))
    return Transmission(sentences, tuple(copies))


def _sets(sentence: str) -> list[list[str]]:
    return [part.partition("}")[0].split("|") for part in sentence.split("{")[1:]]


def _filled(sentence: str, words: Iterator[str]) -> Iterator[str]:
    first, *parts = sentence.split("{")
    yield first
    for part in parts:
        yield next(words)
        yield part.partition("}")[2]


def siblings(made: Transmission) -> dict[str, list[Pair]]:
    """Of each lost exemplar the pairs of free witnesses that have their words from it and from no witness between."""
    copies = {copy.name: copy for copy in made.copies}
    ways = {copy.name: _lost_above(copies, copy) for copy in made.copies if not copy.is_lost and not copy.names_source}
    found: dict[str, list[Pair]] = {}
    for one, other in combinations(ways, 2):
        common = [name for name in ways[one] if name in ways[other]]
        if common:
            found.setdefault(common[0], []).append((one, other))
    return found


def _lost_above(copies: Mapping[str, Copy], copy: Copy) -> list[str]:
    """The lost exemplars between a witness and the next one that is here, the nearest first."""
    found = []
    at = copy.exemplar
    while at is not None and copies[at].is_lost:
        found.append(at)
        at = copies[at].exemplar
    return found


def tellable(made: Transmission, name: str, pairs: Sequence[Pair]) -> bool:
    """Whether readings can tell a lost exemplar: two that only its takers have, and of either of two one of its own."""
    here = [copy for copy in made.copies if not copy.is_lost]
    words = {copy.name: copy.words for copy in made.copies}
    places = range(len(words[name]))
    others = [copy for copy in here if copy.name not in _below(made, name)]
    own = [place for place in places if all(copy.words[place] != words[name][place] for copy in others)]
    return any(
        sum(words[one][place] == words[other][place] == words[name][place] for place in own) > 1
        and all(any(_is_alone(words, here, *both, place) for place in places) for both in ((one, other), (other, one)))
        for one, other in pairs
    )


def _is_alone(words: Mapping[str, tuple[str, ...]], here: Sequence[Copy], one: str, other: str, place: int) -> bool:
    """Whether the other reads with a third witness, and the one otherwise."""
    theirs = words[other][place]
    return words[one][place] != theirs and any(
        copy.words[place] == theirs for copy in here if copy.name not in {one, other}
    )


def _below(made: Transmission, name: str) -> set[str]:
    found = {name}
    for copy in made.copies:
        if copy.exemplar in found:
            found.add(copy.name)
    return found


def told(made: Transmission) -> set[Pair]:
    """Pairs of witnesses that ``lost`` tells to have their words from one lost exemplar."""
    here = [copy for copy in made.copies if not copy.is_lost]
    texts = [made.text(copy) for copy in here]
    names = [copy.name for copy in here]
    places = [
        dict(zip(names, _read(texts, [reading.span for reading in place.readings]), strict=True))
        for place in table(texts[0], texts)
    ]
    free = [copy.name for copy in here if not copy.names_source]
    found = lost(free, {copy.name: copy.day for copy in here}, places)
    return {pair for each in found for pair in combinations(sorted(each.children), 2)}


def _read(texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    return (text[start:end].casefold() for text, (start, end) in zip(texts, spans, strict=True))


def always(made: Transmission) -> set[Pair]:
    """Every two free witnesses but the first that are likest to each other, each in one pair."""
    free = [copy for copy in made.copies[1:] if not copy.is_lost and not copy.names_source]
    pairs = sorted(
        (sum(one != other for one, other in zip(a.words, b.words, strict=True)), a.name, b.name)
        for a, b in combinations(free, 2)
    )
    found: set[Pair] = set()
    for _, one, other in pairs:
        if not {one, other} & {name for pair in found for name in pair}:
            found.add((one, other))
    return found


def measured(made: Sequence[Transmission], answers: Sequence[set[Pair]]) -> Row:
    """What the answers are worth."""
    right = all_told = wanted = tell = found = found_tellable = 0
    for each, pairs in zip(made, answers, strict=True):
        gold = siblings(each)
        all_told += len(pairs)
        right += sum(pair in pairs for its in gold.values() for pair in its)
        for name, its in gold.items():
            can, is_told = tellable(each, name, its), not pairs.isdisjoint(its)
            wanted, tell = wanted + 1, tell + can
            found, found_tellable = found + is_told, found_tellable + (can and is_told)
    return {
        "precision": round(right / all_told, 4) if all_told else 1.0, "pairs": all_told,
        "found": round(found / wanted, 4), "of": wanted,
        "tellable": round(found_tellable / tell, 4), "of_tellable": tell,
    }  # fmt: skip


def result(count: int = 400, seed: int = 9) -> Row:
    """Ours, and the two answers that need no reading."""
    chance = random.Random(seed)
    made = [transmission(chance) for _ in range(count)]
    ours = measured(made, [told(each) for each in made])
    peers = {"never": [set[Pair]() for _ in made], "always": [always(each) for each in made]}
    return ours | {name: measured(made, answers) for name, answers in peers.items()}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.lost", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=9)
    chosen = parser.parse_args()
    print(json.dumps(result(chosen.count, chosen.seed), indent=1))


if __name__ == "__main__":
    main()
