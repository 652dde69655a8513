"""Made-up Russian names: transliterations, patronymics, initials and orders."""

from __future__ import annotations

from random import Random

from training.names.parts import Person, capital, early, inventory

_SYSTEMS = ("popular", "bgn", "icao", "german", "french", "scholarly")
_FEMALE = {"ов": "ова", "ев": "ева", "ин": "ина", "ский": "ская"}


def person(chance: Random) -> Person:
    """A given name, a patronymic and a family name, spelled in some systems."""
    parts = inventory()["slavic"]
    female = chance.random() < 0.25
    given = early(chance, parts["women" if female else "men"].split())
    father = early(chance, parts["fathers"].split()) + ("на" if female else "ич")
    ending = early(chance, parts["endings"].split())
    family = chance.choice(parts["stems"].split()) + (_FEMALE.get(ending, ending) if female else ending)
    latin = [_latin(chance, given, father, family) for _ in range(7)]
    script = [f"{given} {family}", f"{given} {father} {family}", f"{family} {given} {father}"]
    return Person(tuple(dict.fromkeys(latin)), tuple(script))


def _latin(chance: Random, given: str, father: str, family: str) -> str:
    system = _SYSTEMS.index(early(chance, list(_SYSTEMS)))
    variants = inventory()["slavic"]["variants"].get(given, "").split()
    first = chance.choice(variants) if variants and chance.random() < 0.25 else spelled(chance, given, system)
    last, middle = spelled(chance, family, system), spelled(chance, father, system)
    kind = chance.random()
    if kind < 0.3:
        return f"{first} {middle} {last}"
    if kind < 0.36:
        return f"{last} {first} {middle}"
    if kind < 0.42:
        return f"{first} {middle[0]}. {last}"
    return f"{first} {last}"


def spelled(chance: Random, word: str, system: int) -> str:
    """A Cyrillic word in one of the systems, with what people do to its ends and beginnings."""
    table = inventory()["slavic"]["letters"]
    latin = "".join(table[letter].split()[system].replace(".", "") for letter in word.lower())
    if system <= 1 and latin.startswith("e") and chance.random() < 0.6:
        latin = "y" + latin
    if chance.random() < 0.7:
        latin = (
            latin.replace("yy", "y")
            .replace("iy", chance.choice(["y", "i", "iy"]))
            .replace("ii", chance.choice(["i", "y", "ii"]))
        )
    if chance.random() < 0.3:
        latin = latin.replace("aleks", "alex").replace("ey", "ei").replace("ay", "ai")
    return capital(latin)
