"""Tables of names that several rooms use: cities by size, their names in many scripts, names of people.

The tables lie beside this file with their sources and licences (GeoNames CC BY 4.0, United States census, Faker MIT)
and are made by ``python -m training.gazetteer``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from stemma.text.words import fold

__all__ = ["cities", "names_of_cities", "people", "surnames", "variants"]

#: The last three: given names in Cyrillic and in Arabic letters, Japanese surnames in kanji.
People = Literal["male", "female", "surname", "cyrillic", "arabic", "kanji"]


def _lines(name: str) -> Iterator[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return (line for line in text.split("\n") if line and not line.startswith("#"))


def _sections(name: str) -> dict[str, list[str]]:
    """The lines of a table by its headings in square brackets."""
    found: dict[str, list[str]] = {}
    for line in _lines(name):
        if line.startswith("["):
            section = found[line[1:-1]] = []
        else:
            section.append(line)
    return found


@cache
def cities() -> Mapping[str, int]:
    """Cities of 5,000 people and more by their usual name in Latin letters, with their class of size.

    1: a million, or the capital of a state; 2: 100,000; 3: 15,000; 4: 5,000. A name of several cities has the class
    of the largest.
    """
    found: dict[str, int] = {}
    for size, names in _sections("places.txt").items():
        found |= dict.fromkeys(names, int(size))
    return MappingProxyType(found)


@cache
def people(kind: People) -> frozenset[str]:
    """Given names of men or of women, or surnames, in Latin letters, as news writes them ("Ottoline", "Varga")."""
    return frozenset(_people()[kind])


def surnames() -> tuple[str, ...]:
    """Surnames in order: those of the United States census by frequency, then those of other countries."""
    return tuple(_people()["surname"])


@cache
def _people() -> dict[str, list[str]]:
    return _sections("people.txt")


def names_of_cities() -> Iterator[str]:
    """The names of large cities in all their scripts, as they are written."""
    return (name for line in _lines("variants.txt") for name in line.split("|"))


@cache
def variants() -> Mapping[str, tuple[int, ...]]:
    """Folded names of large cities in several scripts, each with the numbers of the cities that bear it.

    Two names that share a number are names of one city ("Пхеньян", "평양", "Phyongyang"); the largest city comes first.
    """
    found: dict[str, list[int]] = {}
    for number, line in enumerate(_lines("variants.txt")):
        for name in {fold(each) for each in line.split("|")}:
            found.setdefault(name, []).append(number)
    return MappingProxyType({name: tuple(numbers) for name, numbers in found.items()})
