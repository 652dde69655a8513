"""Made-up Arabic, Chinese and Western names."""

from __future__ import annotations

import re
from random import Random

from anyascii import anyascii

from training.names.parts import Person, capital, early, inventory, listed

_WITH_WESTERN = 0.2  #: share of Chinese names that have a Western given name besides
_ARTICLES = ("al-", "Al-", "al ", "Al ", "el-", "El ", "")


def arabic(chance: Random) -> Person:
    """Two to four names, the last one often with an article; forms leave middle names and the article out."""
    parts = inventory()["arabic"]
    given = [early(chance, listed(parts["given"])) for _ in range(chance.choice([1, 2, 2, 3]))]
    family = early(chance, listed(parts["family"]))
    latin = [_arabic_form(chance, given, family) for _ in range(6)]
    words = [one[0] for one in given]
    script = [" ".join([*words, family[0]]), " ".join([words[0], family[0]])]
    return Person(tuple(dict.fromkeys(latin)), tuple(dict.fromkeys(script)))


def _arabic_form(chance: Random, given: list[list[str]], family: list[str]) -> str:
    kept = given[:1] + [one for one in given[1:] if chance.random() < 0.75]
    words = [" ".join(map(capital, chance.choice(one[1:]).split())) for one in kept]
    last = capital(chance.choice(family[1:]))
    return " ".join([*words, (chance.choice(_ARTICLES) if family[0].startswith("ال") else "") + last])


def chinese(chance: Random) -> Person:
    """A family name and one or two characters, in pinyin, Wade-Giles and characters."""
    parts = inventory()["chinese"]
    letters = [early(chance, parts["family"].split())]
    letters += [early(chance, parts["given"].split()) for _ in range(1 if chance.random() < 0.3 else 2)]
    pinyin = [anyascii(letter).lower() for letter in letters]
    wade = [_wade(one) for one in pinyin]
    first, rest = capital(pinyin[0]), pinyin[1:]
    joined = f"{capital(wade[0])} {capital('-'.join(wade[1:]))}"
    latin = [f"{first} {capital(''.join(rest))}", f"{first} {' '.join(map(capital, rest))}"]
    latin += [joined, joined.replace("'", ""), f"{capital(''.join(rest))} {first}"]
    if chance.random() < _WITH_WESTERN:
        given = chance.choice(inventory()["western"]["given"].split())
        latin += [f"{given} {latin[0]}", f"{given} {capital(pinyin[0])}", f"{capital(wade[0])} {given}"]
    return Person(tuple(dict.fromkeys(latin)), ("".join(letters),))


def _wade(pinyin: str) -> str:
    parts = inventory()["chinese"]
    match = re.match(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(.*)", pinyin)
    assert match
    initial, final = match[1] or "", match[2]
    if initial in {"zh", "ch", "sh", "r"} and final == "i":
        return str(parts["wade"].get(initial, initial)) + "ih"
    return str(parts["wade"].get(initial, initial)) + str(parts["wade_finals"].get(final, final))


def western(chance: Random) -> Person:
    """A given name with its short form, perhaps a middle name, and a family name."""
    parts = inventory()["western"]
    given, middle = chance.sample(parts["given"].split(), 2)
    family = chance.choice(parts["starts"].split()) + chance.choice(parts["ends"].split())
    shorts = dict(pair.split(":") for pair in parts["short"].split())
    title = chance.choice(parts["titles"].split())
    whole = f"{given} {family}"
    forms = [whole, f"{given} {middle} {family}", f"{given} {middle[0]}. {family}", f"{title} {whole}"]
    forms += [f"{family}, {given}", anyascii(whole), f"{shorts.get(given, given)} {family}"]
    if chance.random() < 0.25:
        second = chance.choice(parts["starts"].split()) + chance.choice(parts["ends"].split())
        forms += [f"{given} {family}-{second}", f"{given} {family} {second}"]
    chance.shuffle(forms)
    return Person(
        tuple(dict.fromkeys(forms)), tuple(_transcribed(f"{given} {family}", table) for table in ("cyrillic", "arabic"))
    )


def _transcribed(name: str, table: str) -> str:
    """A Western name letter by letter in another script; what has no letter there is left out."""
    letters = inventory()["western"][table]
    pattern = "|".join(sorted(letters, key=len, reverse=True))
    return re.sub(pattern + "|[a-z]", lambda found: letters.get(found.group(), ""), anyascii(name).lower()).title()
