"""Korean names in Latin, Cyrillic and Korean letters and in characters: readings, and how two of them agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product

from stemma.resolve.spelling import hangul
from stemma.resolve.spelling.eastern import TURNED, Agreement, Eastern
from stemma.resolve.spelling.hangul import romanize
from stemma.resolve.spelling.knowledge import knowledge, letters
from stemma.resolve.spelling.parse import Name, parse

_APOSTROPHE = re.compile(r"[’‘`ʼʻ]")
_GIVEN_FIRST = re.compile(r"[^\s-]+-[^\s-]+ [^\s-]+")  #: "Min-sol Cho"
_BREVE = re.compile("([ou])'")
_HYPHEN = re.compile(r"[-‐–]")
_J = re.compile("j(?=[aeouŏ])")
_FOREIGN = 0.8  #: share that an agreement keeps with "j" read as "y": never enough for one person
_USUAL = frozenset({"kim", "lee", "park", "pak", "gim"})  #: nearly half of all Koreans
_OTHER_FAMILY = 0.5  #: share that the likeness of two family names has that no table makes one
_TURNED_ALL = 0.77  #: likeness of the syllables of a turned name that are all of one class
_MOST_READINGS = 8  #: of a name in characters that have several readings each
_FEWEST, _MOST = 2, 4  #: words or syllables of a Korean name


@cache
def families() -> dict[str, frozenset[int]]:
    """Spellings of Korean family names, with the numbers of the names that they may spell."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_lines()):
        native, *spellings = line.split()
        for spelled in (*spellings, *map(romanize, native)):
            found.setdefault(spelled, set()).add(number)
    return {spelled: frozenset(numbers) for spelled, numbers in found.items()}


def _lines() -> list[str]:
    return str(knowledge("korean")["surnames"]).strip().split("\n")


@lru_cache(maxsize=4_096)
def _family(spelled: str, *, by_class: bool = False) -> frozenset[int]:
    """The family names that a spelling may stand for; ``by_class``: whatever system wrote its one syllable."""
    plain = spelled.replace("ŏ", "o").replace("ŭ", "u").strip("'")
    known = families().get(plain) or families().get(plain.replace("'", ""))
    if known or not by_class or not hangul.is_syllable(spelled):
        return known or frozenset()
    return frozenset(number for number, one in _romanized() if hangul.likeness(spelled, one) >= hangul.ONE_CLASS)


@cache
def _romanized() -> tuple[tuple[int, str], ...]:
    """The Hangul of each family name in Latin letters, with the name's number."""
    return tuple((number, romanize(letter)) for number, line in enumerate(_lines()) for letter in line.split()[0])


@lru_cache(maxsize=65_536)
def korean(text: str) -> tuple[Eastern, ...]:
    """The readings of a name as Korean; empty where it has none."""
    name = parse(text)
    match name.script:
        case "latin":
            return _from_latin(name)
        case "cyrillic":
            return _from_cyrillic(text)
        case "han":
            return _from_hanja(name) if name.syllables else ()
        case "hangul":
            return _readings([[word] for word in name.words], name.words) if name.syllables else ()
        case _:
            return ()


def _from_latin(name: Name) -> tuple[Eastern, ...]:
    words, spelled = list(name.words), " ".join(name.words)
    if name.spelled is not name.words:  # with more than letters
        spelled = _APOSTROPHE.sub("'", " ".join(name.spelled))
        words = [word for word in _HYPHEN.sub(" ", spelled).split() if word.strip("'")]
    if not _FEWEST <= len(words) <= _MOST or not all(word[0].isalpha() or word[0] == "'" for word in words):
        return ()
    if name.turned or ("-" in name.text and _GIVEN_FIRST.fullmatch(name.text)):
        return _last(words)
    found = _either(words) or (_either([_BREVE.sub(_breve, word) for word in words]) if "'" in spelled else ())
    return (*found, *_foreign(spelled, words)) if "j" in spelled else found


def _foreign(spelled: str, words: list[str]) -> Iterator[Eastern]:
    """The readings where "j" is "y", as German, Polish, Czech and the Nordic languages have it ("Ju Mi Jong").

    One "j" alone tells nothing: read so, half of all Koreans named Jong would be named Yong too.
    """
    if "y" not in spelled and "sh" not in spelled and len(_J.findall(spelled)) > 1:
        yield from (each._replace(foreign=True) for each in _either([_J.sub("y", word) for word in words]))


def _breve(match: re.Match[str]) -> str:
    """The vowel for which typewriters set an apostrophe: "o'" is "ŏ"."""
    return "ŏ" if match[1] == "o" else "ŭ"


def _either(words: list[str]) -> tuple[Eastern, ...]:
    """Family name first; last too where foreigners put it there, alone where the words allow nothing else."""
    first, last = _one(words[0], words[1:]), _last(words)
    if not first or not last:
        return first or last
    if words[-1] in _USUAL and words[0] not in _USUAL:
        return last
    return (*first, *(each._replace(certain=False) for each in last))


def _last(words: list[str]) -> tuple[Eastern, ...]:
    return tuple(each._replace(last=True) for each in _one(words[-1], words[:-1]))


def _one(family: str, given: list[str]) -> tuple[Eastern, ...]:
    """The readings with this family name: each way in which the given name falls into one or two syllables."""
    numbers = _family(family)
    if not numbers:
        return ()
    ways = list(product(*(hangul.splits(word.strip("'")) for word in given)))
    return _readings_of(family, numbers, ways)


def _readings_of(family: str, numbers: frozenset[int], ways: list[tuple[tuple[str, ...], ...]]) -> tuple[Eastern, ...]:
    flat = [tuple(part for word in way for part in word) for way in ways]
    fitting = [parts for parts in flat if 1 <= len(parts) <= 2 and all(map(hangul.is_syllable, parts))]
    return tuple([Eastern(family, parts, numbers) for parts in fitting])


def _readings(choices: list[list[str]], told: tuple[str, ...]) -> tuple[Eastern, ...]:
    """Readings of syllables of which each may have several."""
    if not _FEWEST <= len(told) <= _MOST - 1:
        return ()
    return tuple(
        Eastern(family, tuple(given), numbers)
        for family in choices[0]
        if (numbers := _family(family))
        for given in list(product(*choices[1:]))[:_MOST_READINGS]
    )


@cache
def _hanja() -> dict[str, tuple[str, ...]]:
    """Korean readings of characters, romanised."""
    return {letter: tuple(map(romanize, readings)) for letter, readings in letters("hanja").items()}


def _from_hanja(name: Name) -> tuple[Eastern, ...]:
    """The Korean readings of two or three characters that all have one."""
    told = [letter for letter in name.text if letter.isalpha()]
    choices = [list(_hanja().get(letter, ())) for letter in told]
    return _readings(choices, tuple(told)) if all(choices) else ()


def _from_cyrillic(text: str) -> tuple[Eastern, ...]:
    words = [word for word in re.split(r"[\s-]+", text.lower()) if word]
    if not _FEWEST <= len(words) <= _MOST - 1 or not all(map(str.isalpha, words)):
        return ()
    numbers = _family(_kontsevich(words[0]), by_class=True)
    if not numbers:
        return ()
    ways = product(*(_cyrillic_splits(word) for word in words[1:]))
    return _readings_of(_kontsevich(words[0]), numbers, list(ways))


def _cyrillic_splits(word: str) -> list[tuple[str, ...]]:
    """A word as one syllable or as two, cut where both halves are syllables ("Хёкхон": "Хёк", "хон")."""
    cuts = [(word,), *((word[:at], word[at:]) for at in range(2, len(word) - 1))]
    found = [tuple(map(_kontsevich, cut)) for cut in cuts]
    return [cut for cut in found if all(map(hangul.is_syllable, cut))][: 2 if len(word) > 1 else 1]


@lru_cache(maxsize=4_096)
def _kontsevich(word: str) -> str:
    known: dict[str, str] = knowledge("korean")["cyrillic"]
    if word in known:
        return known[word]
    for old, new in knowledge("korean")["kontsevich"].items():
        word = word.replace(old, new)
    return re.sub("n$", "nn", re.sub("ye(?=.)", "yeo", word))


def korean_likeness(left: str, right: str) -> Agreement | None:
    """How well two names agree as Korean ones; None where one of them is none."""
    if not (ours := korean(left)) or not (theirs := korean(right)):
        return None
    told = [_agreement(a, b) for a in ours for b in theirs if _may_agree(a, b)]
    found = [one for one in told if _is_taken(one)]
    return max(found, key=lambda one: one.rank) if found else None


def _may_agree(a: Eastern, b: Eastern) -> bool:
    """Whether two readings can be taken for one (``_is_taken``): doubtful ones must be of one family and length."""
    if a.certain and b.certain and not a.foreign and not b.foreign:
        return True
    return (a.certain or b.certain) and len(a.given) == len(b.given) and not a.numbers.isdisjoint(b.numbers)


def _is_taken(one: Agreement) -> bool:
    """With the family name last, or with "j" for "y", a name is read only where all of it agrees so."""
    if one.left.foreign or one.right.foreign:
        return one.family >= _FOREIGN * TURNED and one.lowest >= _FOREIGN * _TURNED_ALL
    return not one.turned or one.lowest * one.family >= _TURNED_ALL


def _agreement(a: Eastern, b: Eastern) -> Agreement:
    family = 1.0 if a.numbers & b.numbers else _OTHER_FAMILY * hangul.likeness(a.family, b.family)
    turned = not (a.certain and b.certain)
    weight = (TURNED if turned else 1.0) * (_FOREIGN if a.foreign or b.foreign else 1.0)
    if len(a.given) != len(b.given):
        return Agreement(family * weight, 0.0, 0.0, a, b, (), turned)
    scores = hangul.agree(a.given, b.given)
    mean = sum(scores) / len(scores)
    return Agreement(family * weight, min(scores) * weight, mean, a, b, tuple(scores), turned)


def reasons(told: Agreement) -> tuple[str, ...]:
    """In words, how two names agree."""
    a, b = told.left, told.right
    family = f"family name {a.family} {'=' if a.numbers & b.numbers else 'is not'} {b.family}"
    if not told.scores:
        return family, "given names of different length"
    laid = zip(a.given, b.given, told.scores, strict=True)
    how = ('"j" read as "y"',) if a.foreign or b.foreign else ()
    return (family, *how, *(f"syllables {x} / {y}: {_grade(score)}" for x, y, score in laid))


def _grade(score: float) -> str:
    return (
        "same" if score == 1 else "one class" if score >= hangul.ONE_CLASS else "near" if score > 0.5 else "different"
    )


def outline(name: Eastern) -> str:
    """What all romanisations of the given syllables agree on: their number, and initials and finals by class."""
    after = (*name.given[1:], None)
    parts = [hangul.skeleton(each, first=not at, following=after[at]) for at, each in enumerate(name.given)]
    return f"{len(name.given)}{'.'.join(parts)}"
