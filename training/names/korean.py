"""Made-up Korean names in the spellings of six systems, in Hangul and in characters."""

from __future__ import annotations

from random import Random

from stemma.resolve.spelling.hangul import romanize
from training.names.parts import Person, capital, early, inventory, listed

_SYSTEMS = {"dprk": 0, "mccune": 1, "kontsevich": 3}
_VOICED = "aeiouymnlgŏŭ"


def person(chance: Random) -> Person:
    """A family name and one or two syllables, spelled in most systems."""
    parts = inventory()["korean"]
    family = early(chance, listed(parts["families"]))
    syllables = parts["given"].split()
    given = [early(chance, syllables) for _ in range(1 if chance.random() < 0.06 else 2)]
    south = [_southern(given[0]), *given[1:]]
    latin = [_formed(chance, *_official(system, family[0], given)) for system in ("dprk", "dprk", "mccune")]
    latin.append(_formed(chance, capital(family[1]), [_revised(one) for one in south]))
    latin += [_formed(chance, capital(early(chance, family[1:])), _popular(chance, south)) for _ in range(3)]
    latin.append(latin[2].translate(str.maketrans("ŏŭ", "ou")).replace("'", ""))
    script = [
        "".join([family[0], *(given if chance.random() < 0.5 else south)]),
        _cyrillic(chance, family[0], given),
        *_characters(chance, family[0], given),
    ]
    return Person(tuple(dict.fromkeys(latin)), tuple(script))


def _southern(syllable: str) -> str:
    """The first syllable of a given name as the South writes it: "r" falls before soft vowels, else it is "n"."""
    initial, rest = divmod(ord(syllable) - _FIRST, _RESTS)
    if initial != _RIEUL:
        return syllable
    soft = rest // _FINAL_COUNT in _SOFT
    return chr(_FIRST + (_IEUNG if soft else _NIEUN) * _RESTS + rest)


_FIRST, _RESTS, _FINAL_COUNT = 0xAC00, 588, 28  #: of the Unicode standard, section 3.12
_NIEUN, _RIEUL, _IEUNG = 2, 5, 11  #: numbers of initials
_SOFT = frozenset({2, 3, 6, 7, 12, 17, 20})  #: numbers of vowels: ya yae yeo ye yo yu i


def _apart(syllable: str) -> tuple[str, str, str]:
    """Initial, vowel and final of a syllable in the letters of the Revised Romanisation."""
    spelled = romanize(syllable)
    vowels = sorted(inventory()["korean"]["vowel"], key=len, reverse=True)
    start = next(at for at, letter in enumerate(spelled) if letter in "aeiouwy")
    vowel = next(one for one in vowels if spelled.startswith(one, start))
    return spelled[:start], vowel, spelled[start + len(vowel) :]


def _spelled(system: str, syllable: str, *, voiced: bool = False) -> str:
    initial, vowel, final = _apart(syllable)
    parts, column = inventory()["korean"], _SYSTEMS[system]
    consonants = parts["initial"].get(initial, "- - - -").replace("-", "").split(" ")
    first = consonants[2 if system == "mccune" and voiced else column]
    middle = parts["vowel"][vowel].split()[min(column, 2)]
    return f"{first}{middle}{_FINALS.get(final, final) if system == 'kontsevich' else final}"


_FINALS = {"ng": "н", "n": "н", "m": "м", "l": "ль", "k": "к", "t": "т", "p": "п"}


def _official(system: str, family: str, given: list[str]) -> tuple[str, list[str]]:
    """The spelling of the North, or of McCune and Reischauer with initials voiced inside the given name."""
    if system == "dprk":
        name = {"이": "리", "임": "림", "양": "량", "노": "로", "염": "렴", "여": "려"}.get(family, family)
        return capital(_spelled(system, name)), [capital(_spelled(system, one)) for one in given]
    spelled = [_spelled(system, given[0])]
    spelled += [_spelled(system, one, voiced=spelled[0][-1] in _VOICED) for one in given[1:]]
    spelled = _met(spelled)
    return capital("yi" if family == "이" else _spelled(system, family)), spelled


def _met(spelled: list[str]) -> list[str]:
    """Finals before n, m and r as McCune and Reischauer write what is heard: "kŭk", "ryŏl" as "kŭng", "nyŏl"."""
    if len(spelled) < 2 or spelled[1][0] not in "nmr":
        return spelled
    first, second = spelled
    for final, heard in (("k", "ng"), ("p", "m"), ("t", "n")):
        if first.endswith(final):
            return [first.removesuffix(final) + heard, "n" + second[1:] if second[0] == "r" else second]
    return spelled


def _revised(syllable: str) -> str:
    return romanize(syllable)


def _popular(chance: Random, given: list[str]) -> list[str]:
    """Spellings that people choose: any of the usual ones of each vowel."""
    spelled = []
    for one in given:
        initial, vowel, final = _apart(one)
        choices = inventory()["korean"]["vowel"][vowel].split()[3:]
        first = {"g": "k", "d": "d", "b": "b", "r": "r"}.get(initial, initial) if chance.random() < 0.5 else initial
        spelled.append(("sh" if first == "s" and vowel == "i" else first) + early(chance, choices) + final)
    return spelled


def _formed(chance: Random, family: str, given: list[str]) -> str:
    """The parts in one of the usual orders and joints."""
    parts = [part.lower() for part in given]
    hyphened = "-".join(parts)
    joints = [" ".join(map(capital, parts)), capital(hyphened), capital(hyphened), capital("".join(parts))]
    joined = chance.choice([*joints, "-".join(map(capital, parts))])
    return f"{joined} {family}" if chance.random() < 0.2 else f"{family} {joined}"


def _cyrillic(chance: Random, family: str, given: list[str]) -> str:
    name = {"이": "ли", "최": "цой", "박": "пак", "정": "чон"}.get(family) or _spelled("kontsevich", family)
    spelled = [_spelled("kontsevich", one) for one in given]
    return f"{capital(name)} {' '.join(map(capital, spelled)) if chance.random() < 0.6 else capital(''.join(spelled))}"


def _characters(chance: Random, family: str, given: list[str]) -> list[str]:
    """The name in characters that have these readings, where all have one."""
    listing = inventory()["korean"]["hanja"].split()
    choices = dict(zip(listing[::2], listing[1::2], strict=True))
    found = [choices.get(one) for one in (family, *given)]
    return (
        ["".join(letters[0] if at == 0 else chance.choice(letters) for at, letters in enumerate(found) if letters)]
        if all(found)
        else []
    )
