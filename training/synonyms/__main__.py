"""Makes the table of words of like sense that the package ships: ``python -m training.synonyms WORDNET``.

WORDNET is the folder of the database files of WordNet 3.0 (Princeton University; Debian: package wordnet-base), which
is not needed afterwards. Two runs with the same files write the same table.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

OUTPUT = Path(__file__).parents[2] / "src" / "stemma" / "collate" / "occasion" / "synonyms.txt"
#: Senses of a word that count, the most frequent first: rarer ones make synonyms of words that nobody takes for such.
SENSES = 3
#: A broader sense with more words below it ("person", "act") says little of any of them.
MOST_BELOW = 25
COMMON = 1_000  #: words, by how often they are tagged in WordNet's concordance (general American prose)
_PARTS = ("noun", "verb", "adj", "adv")
_BROADER = frozenset({"@", "&"})  #: pointers: hypernym, similar to
_OF_STATE = re.compile(r"capital_of_(?:the_)?(.+)")
_WORD = re.compile(r"[a-z]{3,}")
_SIDED = re.compile(r"(?:north|south|east|west)_(korean?|africa|african)")  #: told by the last word alone
_HEADER = """\
# Words of like sense: [alike] has a sense a line, its words with those derived from them, then after ">" words of a
# narrower sense; [states] a state, its people and its capital a line; [forms] irregular forms with their words;
# [common] the commonest words of general prose. Only words by themselves.
# Source: WordNet 3.0, made by `python -m training.synonyms`. WordNet 3.0 Copyright 2006 by Princeton University. All
# rights reserved. Permission to use, copy, modify and distribute this database for any purpose and without fee or
# royalty is granted, provided that this notice appears on all copies. THIS DATABASE IS PROVIDED "AS IS" AND PRINCETON
# UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. The name of Princeton University may not be
# used in publicity pertaining to its distribution. https://wordnet.princeton.edu/license-and-commercial-use
"""

Key = tuple[str, str]  #: part of speech and place of a sense in its file


class Pointer(NamedTuple):
    """A relation of a sense to another: its sign, the other, and the numbers of the words that it holds for."""

    sign: str
    to: Key
    word: int  #: counted from 1; 0: of the whole sense
    other: int


class Sense(NamedTuple):
    """The words of a sense, in order, and its relations."""

    words: tuple[str, ...]
    pointers: tuple[Pointer, ...]


class WordNet(NamedTuple):
    """The database: senses, those of each word with the most frequent first, and how often each word is tagged."""

    senses: dict[Key, Sense]
    of_word: dict[str, list[tuple[Key, int]]]
    counts: Counter[str]
    irregular: list[tuple[str, str]]


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("wordnet", type=Path)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    chosen = parser.parse_args()
    chosen.output.write_text(_HEADER + "\n".join(table(read(chosen.wordnet))) + "\n", encoding="utf-8")


def read(folder: Path) -> WordNet:
    """The database files of a folder."""
    senses = {key: sense for part in _PARTS for key, sense in _senses(folder / f"data.{part}", part)}
    of_word: dict[str, list[tuple[Key, int]]] = defaultdict(list)
    for part in _PARTS:
        for columns in _rows(folder / f"index.{part}"):
            for rank, place in enumerate(columns[-int(columns[2]) :]):
                of_word[columns[0]].append(((part, place), rank))
    counts: Counter[str] = Counter()
    for sense, _, count in _rows(folder / "cntlist.rev"):
        counts[sense.partition("%")[0]] += int(count)
    irregular = [(row[0], word) for part in _PARTS for row in _rows(folder / f"{part}.exc") for word in row[1:]]
    return WordNet(senses, of_word, counts, irregular)


def _rows(file: Path) -> Iterator[list[str]]:
    with file.open(encoding="ascii") as lines:
        yield from (line.partition("|")[0].split() for line in lines if not line.startswith(" "))


def _senses(file: Path, part: str) -> Iterator[tuple[Key, Sense]]:
    parts = dict(zip("nvasr", ("noun", "verb", "adj", "adj", "adv"), strict=True))
    for columns in _rows(file):
        size = int(columns[3], 16)
        words = tuple(word.lower().partition("(")[0] for word in columns[4 : 4 + 2 * size : 2])
        rest = columns[5 + 2 * size : 5 + 2 * size + 4 * int(columns[4 + 2 * size])]
        told = zip(*(rest[n::4] for n in range(4)), strict=True)
        pointers = (Pointer(sign, (parts[other], place), *bytes.fromhex(of)) for sign, place, other, of in told)
        yield (part, columns[0]), Sense(words, tuple(pointers))


def table(known: WordNet) -> Iterator[str]:
    """The lines of the table."""
    common = sorted((-count, word) for word, count in known.counts.items() if _WORD.fullmatch(word))[:COMMON]
    yield from ("[common]", " ".join(sorted(word for _, word in common)))
    kept = {word for word in known.of_word if _WORD.fullmatch(word) and known.counts[word]}
    below: dict[Key, set[str]] = defaultdict(set)
    own: dict[Key, set[str]] = defaultdict(set)
    for word in kept:
        for key in senses_of(known, word):
            own[key].add(word)
            for pointer in known.senses[key].pointers:
                if pointer.sign in _BROADER:
                    below[pointer.to].add(word)
    yield "[alike]"
    yield from sorted(set(filter(None, (_line(own[key], below[key] - own[key]) for key in sorted({*own, *below})))))
    yield "[states]"
    yield from sorted(set(_states(known)))
    yield "[forms]"
    yield from sorted({f"{form} {word}" for form, word in known.irregular if word in kept and _WORD.fullmatch(form)})


def senses_of(known: WordNet, word: str) -> set[Key]:
    """The frequent senses of a word, and those that it is derived from or that are derived from it in these."""
    found = {key for key, rank in known.of_word[word] if rank < SENSES}
    for key in sorted(found):
        sense = known.senses[key]
        found |= {
            pointer.to for pointer in sense.pointers
            if pointer.sign in {"+", "\\"} and pointer.word and sense.words[pointer.word - 1] == word
        }  # fmt: skip
    return found


def _line(own: Iterable[str], narrower: Iterable[str]) -> str:
    mine, below = sorted(own), sorted(narrower)
    if not mine or len(below) > MOST_BELOW:
        below = []
    if len(mine) + len(below) < 2:
        return ""
    return f"{' '.join(mine)} > {' '.join(below)}" if below else " ".join(mine)


def _states(known: WordNet) -> Iterator[str]:
    """The words for each state that has a capital: its names, the capital's, and the adjectives of the state."""
    adjectives: dict[Key, set[str]] = defaultdict(set)
    for key, sense in known.senses.items():
        for pointer in sense.pointers:
            if pointer.sign in {"\\", "+"} and pointer.word and key[0] == "adj":
                adjectives[pointer.to].add(sense.words[pointer.word - 1])
    for sense in known.senses.values():
        for state in filter(None, map(_OF_STATE.fullmatch, sense.words)):
            named = [key for key, _ in known.of_word.get(state[1], ()) if key[0] == "noun"]
            names = {*sense.words, *(word for each in named for word in (*known.senses[each].words, *adjectives[each]))}
            kept = sorted(filter(None, map(_plain_name, names)))
            if len(kept) > 1:
                yield " ".join(dict.fromkeys(kept))


def _plain_name(name: str) -> str:
    """A name of one word as texts have it ("d.p.r.k.": "dprk"), else nothing."""
    if sided := _SIDED.fullmatch(name):
        return sided[1]
    plain = name.replace(".", "")
    return plain if plain.isalpha() and (len(plain) > 2 or "." in name) else ""


if __name__ == "__main__":
    main()
