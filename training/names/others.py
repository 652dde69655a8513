"""Made-up Arabic, Chinese and Western names."""

from __future__ import annotations

import re
from random import Random

from anyascii import anyascii

from stemma.resolve.spelling.knowledge import letters as readings
from training.names.parts import Person, capital, early, inventory, listed

_SOUTHERN = 0.25  #: share of Chinese names that are spelled after their Cantonese reading
_WITH_WESTERN = 0.1  #: share of Chinese names that have a Western given name besides
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
    script = ["".join(letters), *[one for one in [_palladius(pinyin)] if one]]
    if chance.random() < _SOUTHERN and (south := _cantonese(letters)):  # a person is known by one of the two readings
        latin, script = south, script[:1]
    return Person(tuple(dict.fromkeys(latin)), tuple(script))


def _cantonese(letters: list[str]) -> list[str]:
    """The name as Hong Kong spells it; nothing where a character has no reading."""
    read = readings("cantonese")
    told = [read.get(letter, ("",))[0] for letter in letters]
    if not all(told):
        return []
    table = inventory()["chinese"]["hong_kong"]
    spelled = [_replaced(one, table) for one in told]
    first, rest = capital(spelled[0]), spelled[1:]
    return [
        f"{first} {capital('-'.join(rest))}",
        f"{first} {' '.join(map(capital, rest))}",
        f"{capital('-'.join(rest))} {first}",
    ]


def _replaced(word: str, table: dict[str, str]) -> str:
    """A syllable of Jyutping by the rules of a table, in order."""
    for old, new in table.items():
        word = re.sub(old, new, word)
    return word


def _palladius(pinyin: list[str]) -> str:
    """The name in Cyrillic by the table of Palladius; empty where a syllable is not in it."""
    table = inventory()["chinese"]["palladius"]
    told = [_cyrillic(one, table) for one in pinyin]
    return f"{told[0].capitalize()} {''.join(told[1:]).capitalize()}" if all(told) else ""


def _cyrillic(one: str, table: dict[str, dict[str, str]]) -> str:
    match = re.match(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(.*)", one)
    assert match
    initial, final = match[1] or "", match[2]
    soft = "soft" if initial in {"j", "q", "x", "y"} else "hard"
    written = table[soft].get(final) or table["hard"].get(final)
    return str(table["initial"].get(initial, "")) + written if written else ""


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
    scripts = [_transcribed(f"{given} {family}", table) for table in ("cyrillic", "arabic")]
    scripts += [_characters(chance, given, family), _hangul(f"{given} {family}")]
    return Person(tuple(dict.fromkeys(forms)), tuple(scripts))


def _pieces(name: str) -> list[tuple[str, str, str]]:
    """Initial consonant, vowel and final n of each piece of a Western name; one of them may be empty."""
    found = re.findall(r"(sh|ch|[bpdtgkvwfzsjhmnlryc])?([aeiou]?)[aeiou]?(n(?![aeiou]))?", anyascii(name).lower())
    return [piece for piece in found if any(piece)]


def _characters(chance: Random, given: str, family: str) -> str:
    """A Western name in the characters that Chinese news agencies use for its sounds; or the family name alone."""
    table = inventory()["western"]["characters"]
    told = []
    for name in (given, family):
        rows = [(table.get({"c": "k"}.get(one, one), ""), vowel + final) for one, vowel, final in _pieces(name)]
        told.append("".join(row.split()[_COLUMNS.index(said)] for row, said in rows if row and (said in _COLUMNS)))
    whole = "·".join(told)
    return chance.choice([whole, whole, whole.replace("·", ""), told[1]])


_COLUMNS = ("", "a", "e", "i", "o", "u", "an", "en", "in", "on", "un")


def _hangul(name: str) -> str:
    """A Western name in Hangul, a consonant by itself with the vowel eu."""
    initials, vowels = inventory()["western"]["hangul_initials"].split(), inventory()["western"]["hangul_vowels"]
    told = []
    for word in name.split():
        letters = ""
        for one, vowel, final in _pieces(word):
            if one or vowel:
                first = initials.index(inventory()["western"]["hangul"].get(one, "w"))
                letters += chr(0xAC00 + first * 588 + vowels.index(vowel or "_") * 28 + (4 if final else 0))
        told.append(letters)
    return " ".join(told)


def _transcribed(name: str, table: str) -> str:
    """A Western name letter by letter in another script; what has no letter there is left out."""
    letters = inventory()["western"][table]
    pattern = "|".join(sorted(letters, key=len, reverse=True))
    return re.sub(pattern + "|[a-z]", lambda found: letters.get(found.group(), ""), anyascii(name).lower()).title()
