"""Lessons from the corpus: the signs of each name of a page and its kind, half of the pages with names of the world."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from stemma.annotate.mentions.candidates import Candidate, candidates
from stemma.annotate.mentions.kinds import signs
from stemma.annotate.mentions.kinds.weights import KINDS
from stemma.annotate.mentions.lexicon import lexicon, plain, small_words
from stemma.annotate.mentions.runs import is_headline
from stemma.text import gazetteer

_MARKED = Path(__file__).parent / "kinds.toml"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LINE = re.compile(r"\S[^\n]*")
#: How often a place of a page is of each class of size of the gazetteer; news names large ones more than there are.
_CLASSES, _CLASS_WEIGHTS = (1, 2, 3, 4), (4, 3, 2, 1)
_GIVEN, _SURNAMES, _USUAL = ("usual given", "usual given", "male", "female"), ("usual surname", "surname"), 3_000
_ONE_NAME = 0.4  #: share of persons who are called by one name throughout
_INITIALS, _BRAND = 0.5, 0.5  #: shares of bodies that get initials or a brand for a name


class Lesson(NamedTuple):
    """The signs of one name with how much each counts, and the number of its kind in ``KINDS``."""

    signs: dict[str, float]
    kind: int


@cache
def marked() -> Mapping[str, str]:
    """The kind of each name of the corpus that is one."""
    table = tomllib.loads(_MARKED.read_text(encoding="utf-8"))
    return {
        name.strip(): kind
        for kind, names in table.items()
        if kind in KINDS
        for name in names.replace("\n", " ").split(";")
    }


def names_of(text: str) -> list[Candidate]:
    """The candidates of a text's lines that are no headlines."""
    spans = [line.span() for line in _LINE.finditer(text)]
    return [one for start, end in spans if not is_headline(text, start, end) for one in candidates(text, start, end)]


def lessons(text: str, kinds: Mapping[str, str]) -> Iterator[Lesson]:
    """One for each name of the text that is open; short forms of its persons teach nothing."""
    found = names_of(text)
    persons = {word for one in found if kinds.get(one.text) == "person" for word in one.text.split()}
    for name, seen in signs(text, found).items():
        if "of a person" not in seen or " " in name:
            yield Lesson(seen, KINDS.index(kinds.get(name, "person" if name in persons else "none")))


def disguised(text: str, kinds: Mapping[str, str], rng: Random) -> tuple[str, dict[str, str]]:
    """The text with names as the world has them for the invented ones, and the kinds of its names.

    Persons and places get names of the gazetteer, some persons only one name; long names of bodies their initials
    after the first time, short ones a made-up brand.
    """
    whole, words = dict[str, str](), dict[str, str]()
    for name, kind, reason in sorted({(one.text, kinds.get(one.text, "none"), one.reason) for one in names_of(text)}):
        _swap(name, kind, reason, rng, (whole, words))
    told = dict(kinds)
    for name, kind in kinds.items():
        if name in text:
            told[_WORD.sub(lambda match: words.get(match[0], match[0]), whole.get(name, name))] = kind
    for name, put in whole.items():
        first = text.find(name) + len(name) if put.isupper() else 0
        text = text[:first] + re.sub(rf"\b{re.escape(name)}\b", put, text[first:])
    return _WORD.sub(lambda match: words.get(match[0], match[0]), text), told


def _swap(name: str, kind: str, reason: str, rng: Random, swaps: tuple[dict[str, str], dict[str, str]]) -> None:
    """What is put for a name as a whole, and for its words; known names and small words stay."""
    whole, words = swaps
    parts = [word for word in _WORD.findall(name) if len(word) > 2 and word[0].isupper()]
    if kind == "person" and reason in {"words", "given name", "after a role"} and len(parts) == 2:
        words.setdefault(parts[0], rng.choice(_pool(rng.choice(_GIVEN))))
        words.setdefault(parts[1], rng.choice(_pool(rng.choice(_SURNAMES))))
        if rng.random() < _ONE_NAME:
            whole[name] = rng.choice([parts[0], parts[1], parts[1]])
    elif kind == "person" and parts == [name] and not name.isupper():
        words.setdefault(name, rng.choice(_pool(rng.choice(_GIVEN if reason == "lone given name" else _SURNAMES))))
    elif kind == "place" and reason == "word" and parts == [name] and not name.isupper():
        words.setdefault(name, rng.choice(_pool(str(rng.choices(_CLASSES, _CLASS_WEIGHTS)[0]))))
    elif kind in {"organization", "outlet"} and len(parts) > 2 and rng.random() < _INITIALS:
        whole[name] = "".join(word[0] for word in parts).upper()
    elif (
        kind in {"organization", "outlet"} and len(parts) < 3 and reason in {"word", "words"} and rng.random() < _BRAND
    ):
        whole[name] = _brand(rng)


def _brand(rng: Random) -> str:
    """A word as companies and products are called: "RiverBox", "Tamlex", "TIMORA"."""
    stems = [word.capitalize() for word in (rng.choice(_small()), rng.choice(_small()))]
    made = stems[0][:4] + rng.choice(["ex", "ora", "ify", "on", "io", "us", "ix"])
    return rng.choice(["".join(stems), stems[0], made, made.upper(), stems[1][: rng.randint(3, 5)].upper()])


@cache
def _small() -> tuple[str, ...]:
    return tuple(sorted(word for word in small_words() if word.isalpha() and 3 < len(word) < 8))


@cache
def _pool(which: str) -> tuple[str, ...]:
    """Names to draw from, in order; "usual" ones are the most frequent, as in news."""
    known = lexicon()
    if which.isdigit():
        names = [name for name, size in gazetteer.cities().items() if size == int(which) and " " not in name]
    elif which == "usual given":
        names = [name.title() for name in known.male | known.female]
    elif which == "usual surname":
        names = list(gazetteer.surnames()[:_USUAL])
    else:
        names = list(gazetteer.people("surname" if which == "surname" else "male" if which == "male" else "female"))
    return tuple(sorted(name for name in names if plain(name) not in known.phrases))
