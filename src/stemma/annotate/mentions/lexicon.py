"""What is known before reading: names of places and organisations, words of roles, given names.

The knowledge lies in ``knowledge/*.toml``, each file with its source and licence; names of countries come
from babel's territory names (Unicode CLDR).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from babel import Locale

from stemma.records import MentionKind
from stemma.text import gazetteer

_SMALL_CITY = 3  #: class of size from which a city does not take a given name's place
_COUNTRY_CODE = 2  #: letters of a territory code that is a country; the others are continents and groups
#: Territory names of CLDR that are also English words or given names: told by the context instead.
_AMBIGUOUS = frozenset({"jersey", "outlying oceania", "world"})


#: Lists of ``organizations.toml`` that hold organisations.
_BODIES = ("organization", "organ", "international", "company", "team", "school", "epithet")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by what they tell; everything in small letters."""

    phrases: dict[str, MentionKind | None]  #: whole names, words joined by one blank; None: a thing of no kind
    upper: frozenset[str]  #: those of ``phrases`` that are known in capitals only ("US", "WHO")
    opening: dict[str, int]  #: first word of a phrase -> words of the longest phrase that opens with it
    country: frozenset[str]
    adjective: frozenset[str]
    title: frozenset[str]
    role_word: frozenset[str]
    honorific: frozenset[str]
    organization_head: frozenset[str]
    organization_first: frozenset[str]
    outlet_head: frozenset[str]
    place_head: frozenset[str]
    place_first: frozenset[str]
    work_head: frozenset[str]
    speech: frozenset[str]
    common: frozenset[str]
    function: frozenset[str]
    calendar: frozenset[str]
    acronym_stop: frozenset[str]
    given: frozenset[str]  #: given names of the gazetteer that are not in ``male`` and ``female``
    male: frozenset[str]
    female: frozenset[str]
    surname: frozenset[str]  #: of persons so well known that news gives the surname alone
    surname_ends: tuple[str, ...]
    male_title: frozenset[str]
    female_title: frozenset[str]
    korean_surname: frozenset[str]
    korean_syllable: frozenset[str]
    chinese_surname: frozenset[str]
    particle: frozenset[str]
    location: frozenset[str]
    direction: frozenset[str]
    personal: frozenset[str]
    owned: frozenset[str]
    after_speech: frozenset[str]
    verbal: frozenset[str]
    adjective_ends: tuple[str, ...]
    place_ends: tuple[str, ...]
    surname_starts: tuple[str, ...]
    tail: tuple[str, ...]
    place_tail: tuple[str, ...]
    front: tuple[str, ...]
    firm: frozenset[str]  #: words that make a company of a name, and may be left out


def plain(word: str) -> str:
    """The word as the lexicon spells it: small letters, straight apostrophes."""
    return word.lower().replace("’", "'")


def read_knowledge(name: str) -> dict[str, Any]:
    """One file of ``knowledge/``."""
    return tomllib.loads(files(__package__).joinpath("knowledge", name + ".toml").read_text(encoding="utf-8"))


def _names(names: list[str], kind: MentionKind) -> dict[str, MentionKind]:
    return {plain(name): kind for name in names}


def _territories() -> list[str]:
    """English names of countries, from CLDR; without its brackets and "&"."""
    known = Locale("en").territories.items()
    names = [name for code, name in known if len(code) == _COUNTRY_CODE and code.isalpha()]
    whole = [name.split(" (")[0] for name in names] + [name.replace("&", "and") for name in names]
    return [name for name in whole if plain(name) not in _AMBIGUOUS]


def _opening(phrases: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for phrase in phrases:
        words = phrase.split()
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def _given() -> frozenset[str]:
    """Given names of the gazetteer that are neither small words nor large cities, in small letters."""
    cities, names = gazetteer.cities(), gazetteer.people("male") | gazetteer.people("female")
    kept = (name for name in names if cities.get(name, _SMALL_CITY) >= _SMALL_CITY and len(name) > 2)
    return frozenset(map(plain, kept)) - small_words()


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    words, given = read_knowledge("words"), read_knowledge("given")
    places, bodies = read_knowledge("places"), read_knowledge("organizations")
    countries = [*_territories(), *places["country"]]
    phrases: dict[str, MentionKind | None] = {
        **_names(countries + places["region"] + places["city"], "place"),
        **{plain(name): None for name in bodies["other"]},
        **_names([name for part in _BODIES for name in bodies[part]], "organization"),
        **_names(bodies["outlet"], "outlet"),
        **_names(bodies["work"], "work"),
        **_names([name for holder in read_knowledge("holders")["holder"] for name in holder["names"]], "person"),
    }
    short = [
        name
        for name in [*countries, *chain(*(bodies[part] for part in (*_BODIES, "outlet", "other")))]
        if name.isupper()
    ]
    told = {key: value for key, value in {**words, **given}.items() if key in Lexicon.__slots__}
    sets: dict[str, Any] = {
        key: frozenset(value.split()) if isinstance(value, str) else tuple(value) for key, value in told.items()
    }
    return Lexicon(
        phrases=phrases,
        given=_given() - sets["male"] - sets["female"],
        upper=frozenset(map(plain, short)),
        opening=_opening(phrases),
        country=frozenset(map(plain, countries)),
        adjective=frozenset(places["adjective"].split()),
        **sets,
    )


@cache
def small_words() -> frozenset[str]:
    """Words that English also writes in small letters: those of the Stemma attribution corpus."""
    text = files(__package__).joinpath("knowledge", "small.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))


@cache
def is_adjective(word: str) -> bool:
    """Whether a word in small letters is the adjective of a known country ("russian", "korean-russian")."""
    known = lexicon().adjective
    return word in known or ("-" in word and word.rsplit("-", 1)[1] in known)
