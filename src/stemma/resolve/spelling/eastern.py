"""Korean and Chinese names: family name first, one or two syllables after it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from stemma.resolve.spelling import hangul
from stemma.resolve.spelling.knowledge import knowledge
from stemma.resolve.spelling.parse import Name, parse

_APOSTROPHE = re.compile(r"[’‘`ʼʻ]")
_GIVEN_FIRST = re.compile(r"[^\s-]+-[^\s-]+ [^\s-]+")  #: "Min-sol Cho"
_BREVE = re.compile("([ou])'")
_HYPHEN = re.compile(r"[-‐–]")
_CHINESE_SYLLABLE = re.compile(r"(?:zh|ch'?|sh|hs|ts'?|tz'?|[bpmfdtnlgkhjqxrzcsyw]'?)?[aeiouü]{1,3}(?:ng|n|h|r)?$")
#: A cheap test before the dear one: initial, vowels, and at most one nasal, once or twice.
_MAYBE_CHINESE = re.compile(r"(?:[bpmfdtnlgkhjqxrzcsyw]{0,3}[aeiou]{1,3}(?:ng|n|h|r)?){1,3}")
_USUAL = frozenset({"kim", "lee", "park", "pak", "gim"})  #: nearly half of all Koreans


class Eastern(NamedTuple):
    """A name as family name and given syllables, spelled with apostrophes and diacritics."""

    family: str
    given: tuple[str, ...]


@cache
def families() -> dict[str, frozenset[int]]:
    """Spellings of Korean family names, with the numbers of the names that they may spell."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(knowledge("korean")["surnames"].split("\n")):
        _, *spellings = line.split() or [""]
        for spelled in spellings:
            found.setdefault(spelled, set()).add(number)
    return {spelled: frozenset(numbers) for spelled, numbers in found.items()}


@lru_cache(maxsize=65_536)
def korean(text: str) -> tuple[Eastern, ...]:
    """The readings of a name as Korean; empty where it has none."""
    name = parse(text)
    if name.script == "cyrillic":
        return _readings([_from_cyrillic(word) for word in re.split(r"[\s-]+", text.lower()) if word])
    if name.script == "han":
        return _from_hanja(name) if name.syllables else ()
    if name.script not in {"latin", "hangul"}:
        return ()
    if name.syllables:
        return _readings(list(name.words)) if 2 <= len(name.words) <= 4 else ()
    spelled = _APOSTROPHE.sub("'", " ".join(name.spelled))
    if _GIVEN_FIRST.fullmatch(name.text):
        *given, family = spelled.split()
        reading = _reading(family, given)
        return (reading,) if reading else ()
    words = [word for word in _HYPHEN.sub(" ", spelled).split() if word.strip("'")]
    return _readings(words) or (_readings([_BREVE.sub(_breve, word) for word in words]) if "'" in spelled else ())


def _breve(match: re.Match[str]) -> str:
    """The vowel for which typewriters set an apostrophe: "o'" is "ŏ"."""
    return "ŏ" if match[1] == "o" else "ŭ"


@cache
def _hanja() -> dict[str, tuple[str, ...]]:
    """Korean readings of characters, romanised; the most frequent first."""
    found: dict[str, list[str]] = {}
    listed = knowledge("korean")["hanja"]["readings"].split()
    for reading, letters in zip(listed[::2], listed[1::2], strict=True):
        for letter in letters:
            found.setdefault(letter, []).append(hangul.romanize(reading))
    return {letter: tuple(dict.fromkeys(readings)) for letter, readings in found.items()}


def _from_hanja(name: Name) -> tuple[Eastern, ...]:
    """The Korean readings of two to four characters that all have one."""
    letters = [letter for letter in name.text if letter.isalpha()]
    readings = [_hanja().get(letter, ()) for letter in letters]
    if not 2 <= len(letters) <= 4 or not all(readings):
        return ()
    given = tuple(choices[-1] if len(choices) > 1 and at else choices[0] for at, choices in enumerate(readings[1:], 1))
    return tuple(Eastern(family, given) for family in readings[0] if family in families())


def _readings(words: list[str]) -> tuple[Eastern, ...]:
    """Family name first; last only where the words allow nothing else or end with one of the three usual names."""
    if not 2 <= len(words) <= 4:
        return ()
    first, last = _reading(words[0], words[1:]), _reading(words[-1], words[:-1])
    if first and not (last and last.family in _USUAL and first.family not in _USUAL):
        return (first,)
    return (last,) if last else ()


def _reading(family: str, given: list[str]) -> Eastern | None:
    parts = tuple(part for word in given for part in hangul.split_syllables(word.strip("'")))
    if _plain(family) in families() and len(parts) <= 2 and all(map(hangul.is_syllable, parts)):
        return Eastern(_plain(family), parts)
    return None


def _plain(family: str) -> str:
    """Without diacritics; Cyrillic's doubtful final as the one that makes a family name."""
    plain = family.replace("ŏ", "o").replace("ŭ", "u").strip("'")
    if plain.endswith("nn"):
        plain = plain[:-2] + ("ng" if plain[:-2] + "ng" in families() else "n")
    return plain


def _from_cyrillic(word: str) -> str:
    known: dict[str, str] = knowledge("korean")["cyrillic"]
    if word in known:
        return known[word]
    letters: dict[str, str] = knowledge("korean")["kontsevich"]
    for old, new in letters.items():
        word = word.replace(old, new)
    return re.sub("n$", "nn", re.sub("ye(?=.)", "yeo", word))


class Agreement(NamedTuple):
    """How two eastern names agree: their family names, their given syllables at worst and on average (0 to 1)."""

    family: float
    lowest: float
    mean: float
    reasons: tuple[str, ...]


def korean_likeness(left: str, right: str) -> Agreement | None:
    """How well two names agree as Korean ones; None where one of them is none."""
    found = [_agreement(a, b) for a in korean(left) for b in korean(right)]
    return max(found, key=lambda one: one.family + one.lowest + one.mean) if found else None


def one_family(left: str, right: str) -> bool:
    """Whether two spellings may be of one Korean family name."""
    return left == right or bool(families()[left] & families()[right])


def _agreement(a: Eastern, b: Eastern) -> Agreement:
    same_family = one_family(a.family, b.family)
    reasons = [f"family name {a.family} {'=' if same_family else 'is not'} {b.family}"]
    if len(a.given) != len(b.given):
        return Agreement(float(same_family), 0.0, 0.0, (*reasons, "given names of different length"))
    scores = [hangul.likeness(x, y) for x, y in zip(a.given, b.given, strict=True)]
    reasons += [f"syllables {x} / {y}: {_grade(score)}" for x, y, score in zip(a.given, b.given, scores, strict=True)]
    return Agreement(float(same_family), min(scores), sum(scores) / len(scores), tuple(reasons))


def _grade(score: float) -> str:
    return "same" if score == 1 else "one class" if score >= hangul.ONE_CLASS else "different"


@lru_cache(maxsize=65_536)
def chinese(text: str) -> tuple[Eastern, ...]:
    """The readings of a name as Chinese, given syllables as codes that pinyin and Wade-Giles share."""
    name = parse(text)
    if name.script == "han":
        return (
            (Eastern(_code(name.words[0]), tuple(map(_code, name.words[1:]))),)
            if name.syllables and 2 <= len(name.words) <= 4
            else ()
        )
    if name.script != "latin":
        return ()
    if len(name.words) > 4 or not all(map(_MAYBE_CHINESE.fullmatch, name.words)):
        return ()
    spelled = _APOSTROPHE.sub("'", " ".join(name.spelled)).replace("ü", "u")
    words = [word for word in _HYPHEN.sub(" ", spelled).split() if word.strip("'")]
    found = []
    for family, given in ((words[:1], words[1:]), (words[-1:], words[:-1])):
        parts = [part for word in given for part in _chinese_parts(word)]
        if 1 <= len(parts) <= 2 and all(_CHINESE_SYLLABLE.fullmatch(part) for part in (*family, *parts)):
            found.append(Eastern(_code(family[0]), tuple(map(_code, parts))))
    return tuple(found)


@lru_cache(maxsize=16_384)
def _chinese_parts(word: str) -> tuple[str, ...]:
    if _CHINESE_SYLLABLE.fullmatch(word):
        return (word,)
    for at in range(1, len(word)):
        if (
            _CHINESE_SYLLABLE.fullmatch(word[:at])
            and _CHINESE_SYLLABLE.fullmatch(word[at:])
            and word[at] not in "aeiou"
        ):
            return (word[:at], word[at:])
    return (word,)


@lru_cache(maxsize=16_384)
def _code(spelled: str) -> str:
    """Initial and final of a syllable over the two romanisations: "hsiao" and "xiao" are one."""
    initials: dict[str, str] = knowledge("chinese")["initial"]
    for old, new in initials.items():
        if spelled.startswith(old):
            initial, final = new, spelled[len(old) :]
            break
    else:
        initial, final = "", spelled
    final = final.strip("'").replace("ü", "u")
    final = str(knowledge("chinese")["final"].get(final, final))
    if initial in {"C", "S"} and final[:1] == "i" and len(final) > 1 and final not in {"in", "ing"}:
        final = final[1:]
    return initial + "." + final


def chinese_likeness(left: str, right: str) -> Agreement | None:
    """How well two names agree as Chinese ones; None where one of them is none."""
    found = [_chinese_agreement(a, b) for a in chinese(left) for b in chinese(right)]
    return max(found, key=lambda one: one.family + one.lowest + one.mean) if found else None


def _chinese_agreement(a: Eastern, b: Eastern) -> Agreement:
    family = code_likeness(a.family, b.family)
    if len(a.given) != len(b.given):
        return Agreement(family, 0.0, 0.0, ("given names of different length",))
    scores = [code_likeness(x, y) for x, y in zip(a.given, b.given, strict=True)]
    reasons = (f"family name {a.family} / {b.family}", f"given syllables {' '.join(a.given)} / {' '.join(b.given)}")
    return Agreement(family, min(scores), sum(scores) / len(scores), reasons)


@lru_cache(maxsize=65_536)
def code_likeness(a: str, b: str) -> float:
    """How alike two codes of Chinese syllables are, 0 to 1; 0 where neither initial nor final is one."""
    if a == b:
        return 1.0
    (x, y), (u, v) = a.split("."), b.split(".")
    return 0.9 * (0.45 * (x == u) + 0.55 * Indel.normalized_similarity(y, v)) if x == u or y == v else 0.0


def outline(name: Eastern) -> str:
    """What all romanisations of the given syllables agree on: their number and their finals, n and ng as one."""
    finals = [found.final.replace("ng", "n").replace("n*", "n") for found in map(hangul.syllable, name.given) if found]
    return f"{len(name.given)}{'.'.join(finals)}"
