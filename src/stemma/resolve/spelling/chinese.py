"""Chinese names in pinyin, Wade-Giles, Palladius and Cantonese spelling and in characters; how two of them agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from operator import attrgetter
from typing import Literal

from rapidfuzz.distance import Indel

from stemma.resolve.spelling.eastern import TURNED, Agreement, Eastern
from stemma.resolve.spelling.knowledge import knowledge, letters
from stemma.resolve.spelling.parse import Name, parse

_APOSTROPHE = re.compile(r"[’‘`ʼʻ]")
_GIVEN_FIRST = re.compile(r"[^\s-]+-[^\s-]+ [^\s-]+")  #: "Ying-wen Tsai"
_HYPHEN = re.compile(r"[-‐–]")
_SYLLABLE = re.compile(r"(?:zh|ch'?|sh|hs|ts'?|tz'?|[bpmfdtnlgkhjqxrzcsyw]'?)?[aeiouü]{1,3}(?:ng|n|h|r)?$")
#: Cantonese, Hokkien and Hakka have finals in p, t, k and m, and names without a vowel.
_SOUTHERN = re.compile(
    r"(?:ng|m|sng|hng|png|(?:kw|gw|qu|ch|ts|tz|sh|sz|ph|th|kh|ng|[bpmfdtnlgkhjrzcsyw])?[aeiouy]{1,3}(?:ng|ck|[nmptkhw])?)$"
)
#: A cheap test before the dear one: initial, vowels, and at most one final, once to three times.
_MAYBE = re.compile(r"(?:[bpmfdtnlgkhjqxrzcsyw]{0,3}[aeiouy]{1,3}(?:ng|ck|[nmptkhrw])?){1,3}|s?ng|hng|png|m")
_CUT = re.compile(r"(чж|цз|[чшжцсбпмфдтнлгкхв])?([аеиоуыэюя]{1,3}й?(?:нь|н|р(?![аеиоуыэюя]))?)")
_WADES_R = re.compile("j(?![iuü])|j(?:ih|u(?:ng|i|o))$")  #: "jen", "jung": the "j" that pinyin writes "r"
System = Literal["mandarin", "southern"]
_NONE = frozenset[int]()
_ALL_AGREE = 2.9  #: rank of names of which all parts agree
_MOST = 4  #: syllables of a Chinese name


@cache
def surnames() -> dict[str, frozenset[int]]:
    """Characters and spellings of family names, with the lines of the table in which they stand."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(str(knowledge("chinese")["surnames"]).strip().split("\n")):
        native, *spelled = line.split()
        for one in (*native, *spelled, _code(spelled[0])):
            found.setdefault(one, set()).add(number)
    return {one: frozenset(numbers) for one, numbers in found.items()}


def _family(spelled: str, system: System) -> frozenset[int]:
    """The family names that a spelling may stand for, Wade-Giles by its code."""
    found = surnames().get(spelled.replace("'", ""), _NONE)
    return found | surnames().get(_code(spelled), _NONE) if system == "mandarin" else found


@lru_cache(maxsize=65_536)
def chinese(text: str) -> tuple[Eastern, ...]:
    """The readings of a name as Chinese in Mandarin: given syllables as codes that the romanisations share."""
    known: dict[str, str] = knowledge("chinese")["known"]
    name = parse(known.get(text.lower(), text))
    match name.script:
        case "latin":
            return tuple(_from_latin(name, "mandarin"))
        case "han":
            return _from_characters(name, [_code(word) for word in name.words])
        case "cyrillic":
            return _from_cyrillic(text)
        case "hangul":
            return _native(name, [_code(_unhangul(word)) for word in name.words])
        case _:
            return ()


@lru_cache(maxsize=65_536)
def southern(text: str) -> tuple[Eastern, ...]:
    """The readings of a name as Cantonese, which Hokkien and Hakka spellings come nearest to."""
    name = parse(text)
    if name.script == "latin":
        return tuple(_from_latin(name, "southern"))
    if name.script != "han":
        return ()
    read = letters("cantonese")
    told = [read.get(letter, ("",))[0] for letter in name.text if letter.isalpha()]
    return _from_characters(name, [_southern_code(_as_written(one)) for one in told]) if all(told) else ()


def _from_characters(name: Name, codes: list[str]) -> tuple[Eastern, ...]:
    """A family name of one character and one or two after it; the family name by its character."""
    told = [letter for letter in name.text if letter.isalpha()]
    if len(told) != len(codes):
        return ()
    return tuple(each._replace(numbers=surnames().get(told[0], _NONE)) for each in _native(name, codes))


def _native(name: Name, codes: list[str]) -> tuple[Eastern, ...]:
    fits = name.syllables and 2 <= len(codes) <= _MOST
    return (Eastern(codes[0], tuple(codes[1:])),) if fits else ()


def _unhangul(word: str) -> str:
    """A syllable that Koreans write for a Chinese one, nearly as pinyin has it."""
    return word.replace("eo", "e").replace("eu", "i")


def _from_latin(name: Name, system: System) -> Iterator[Eastern]:
    words = _romanized(name.text)
    if not words:
        return
    late = name.turned or ("-" in name.text and _GIVEN_FIRST.fullmatch(name.text) is not None)
    for last in (True,) if late else (False, True):
        family, given = (words[-1], words[:-1]) if last else (words[0], words[1:])
        certain = late or not last
        if not _is_syllable(family, system) or not ((numbers := _family(family, system)) or certain):
            continue
        parts = [part for word in given for part in _parts(word, system)]
        if 1 <= len(parts) <= 2 and all(_is_syllable(part, system) for part in parts):
            code = _code if system == "mandarin" else _southern_code
            yield Eastern(code(family), tuple(map(code, parts)), numbers, certain=certain, last=last)


@lru_cache(maxsize=16)  # asked for each system in turn
def _romanized(text: str) -> tuple[str, ...]:
    """The words of a name in Latin letters, apostrophes as one; none where it cannot be of Chinese syllables."""
    name = parse(text)
    if not 2 <= len(name.words) <= _MOST or not all(map(_MAYBE.fullmatch, name.words)):
        return ()
    if name.spelled is name.words:  # letters alone
        return name.words
    spelled = _APOSTROPHE.sub("'", " ".join(name.spelled)).replace("ü", "u")
    return tuple(word for word in _HYPHEN.sub(" ", spelled).split() if word.strip("'"))


@lru_cache(maxsize=16_384)
def _is_syllable(word: str, system: System) -> bool:
    return _pattern(system).fullmatch(word) is not None


def _pattern(system: System) -> re.Pattern[str]:
    return _SYLLABLE if system == "mandarin" else _SOUTHERN


@lru_cache(maxsize=16_384)
def _parts(word: str, system: System) -> tuple[str, ...]:
    if _is_syllable(word, system):
        return (word,)
    fits = _pattern(system).fullmatch
    for at in range(1, len(word)):
        if word[at] not in "aeiou" and fits(word, 0, at) and fits(word, at):
            return (word[:at], word[at:])
    return (word,)


@lru_cache(maxsize=16_384)
def _code(spelled: str) -> str:
    """Initial and final of a syllable over the two romanisations: "hsiao" and "xiao" are one."""
    if spelled[:1] in {"y", "w"}:
        return "." + _glided(spelled.replace("'", ""))
    if _WADES_R.match(spelled):
        spelled = "r" + spelled[1:]
    initials: dict[str, str] = knowledge("chinese")["initial"]
    for old, new in initials.items():
        if spelled.startswith(old):
            final = spelled[len(old) :].strip("'")
            if final == "un" and old not in {"j", "q", "x", "hs", "ch", "ch'"}:
                final = "uen"  # "sun" has a vowel more than "xun", as Palladius writes; "chun" is mostly "jun" or "qun"
            final = final.replace("ü", "u")
            # Wade-Giles writes "o" for the "e" after k and h, where pinyin has none
            return _coded(new, "e" if final == "o" and new in {"k", "h"} else final)
    return _coded("", spelled.strip("'").replace("ü", "u"))


def _glided(spelled: str) -> str:
    """The final of a syllable that begins with a glide: "wang" as "uang", "yang" as "iang", "yuan" with its own u."""
    glide, rest = ("u" if spelled[0] == "w" else "i"), spelled[1:]
    if glide == "i" and rest[:1] == "u" and rest != "ung":
        rest = str(knowledge("chinese")["final"].get(rest, rest))
        return "ü" + rest[1:]
    rest = "an" if glide + rest == "ien" else str(knowledge("chinese")["final"].get(rest, rest))
    return rest if rest[:1] == glide else "o" if glide + rest == "uo" else glide + rest


def _coded(initial: str, final: str) -> str:
    final = str(knowledge("chinese")["final"].get(final, final))
    if initial in {"C", "S"} and final[:1] == "i" and len(final) > 1 and final not in {"in", "ing"}:
        final = final[1:]
    return initial + "." + final


@lru_cache(maxsize=16_384)
def _southern_code(spelled: str) -> str:
    """Initial and final of a southern syllable, as classes of how it is written."""
    plain = spelled.replace("'", "")
    initials: dict[str, str] = knowledge("chinese")["cantonese_initial"]
    for old, new in initials.items():
        if plain.startswith(old) and plain != old:
            initial, final = new, plain[len(old) :]
            break
    else:
        cut = re.match("[bcdfghjklmnpqrstvwxz]?", plain)
        at = cut.end() if cut and cut.end() < len(plain) else 0
        initial, final = plain[:at], plain[at:]
    final = final.rstrip("h") or final
    return initial + "." + str(knowledge("chinese")["cantonese_final"].get(final, final))


def _as_written(jyutping: str) -> str:
    """A syllable of Jyutping as Hong Kong writes it."""
    initials: dict[str, str] = knowledge("chinese")["jyutping"]
    for old, new in initials.items():
        if jyutping.startswith(old) and jyutping != old:
            return new + jyutping[len(old) :]
    return jyutping


@lru_cache(maxsize=16_384)
def _from_cyrillic(text: str) -> tuple[Eastern, ...]:
    """Palladius: the final н is ng, нь is n; syllables of one word stand together."""
    words = re.split(r"[\s-]+", text.lower())
    if not 2 <= len(words) <= _MOST - 1:
        return ()
    family = _cut(words[0])
    told = [_cut(word) for word in words[1:]] if len(family) == 1 else []
    given = [code for some in told for code in some]
    if not told or not all(told) or not 1 <= len(given) <= 2:
        return ()
    return (Eastern(family[0], tuple(given)),)


@lru_cache(maxsize=16_384)
def _cut(word: str) -> tuple[str, ...]:
    """The codes of the syllables of a Cyrillic word; empty where it has none."""
    found, at = list[str](), 0
    finals: dict[str, str] = knowledge("chinese")["palladius_final"]
    while at < len(word):
        match = _CUT.match(word, at)
        if not match:
            return ()
        final, end = match[2], match.end()
        if final.endswith("н") and word[end : end + 1] and word[end] in "аеиоуыэюя":
            final, end = final[:-1], end - 1  # the н opens the next syllable
        if final not in finals:
            return ()
        found.append(_palladius(match[1] or "", final, finals[final]))
        at = end
    return tuple(found)


def _palladius(initial: str, written: str, final: str) -> str:
    code: str = knowledge("chinese")["palladius"][initial]
    if initial in {"цз", "ц", "с"} and written[0] in "иеюя":
        code = "S" if initial == "с" else "C"
    elif code == "s":
        code = "S"
    if initial == "в":
        return ".o" if final == "o" else ".u" + final
    if not initial:
        return "." + (final.replace("u", "ü", 1) if written[0] == "ю" and final not in {"iou", "iong"} else final)
    return _coded(code, final)


def chinese_likeness(left: str, right: str) -> Agreement | None:
    """How well two names agree as Chinese ones, by the system in which they do best; None where one of them is none."""
    found = _agreements(chinese, left, right)
    if not found or max(one.rank for one in found) < _ALL_AGREE:
        found += _agreements(southern, left, right)
    return max(found, key=_rank) if found else None


_rank = attrgetter("rank")


def _agreements(read: Callable[[str], tuple[Eastern, ...]], left: str, right: str) -> list[Agreement]:
    if not (ours := read(left)) or not (theirs := read(right)):
        return []
    return [_agreement(a, b) for a in ours for b in theirs if a.certain or b.certain]


def _agreement(a: Eastern, b: Eastern) -> Agreement:
    turned = not (a.certain and b.certain)
    weight = TURNED if turned else 1.0
    family = (1.0 if a.numbers & b.numbers else code_likeness(a.family, b.family)) * weight
    if len(a.given) != len(b.given):
        return Agreement(family, 0.0, 0.0, a, b, (), turned)
    scores = tuple(map(code_likeness, a.given, b.given))
    return Agreement(family, min(scores) * weight, sum(scores) / len(scores), a, b, scores, turned)


def reasons(told: Agreement) -> tuple[str, ...]:
    """In words, how two names agree."""
    a, b = told.left, told.right
    if not told.scores:
        return ("given names of different length",)
    return (
        f"family name {a.family} / {b.family}",
        f"given syllables {' '.join(a.given)} / {' '.join(b.given)}",
    )


@lru_cache(maxsize=65_536)
def code_likeness(a: str, b: str) -> float:
    """How alike two codes of Chinese syllables are, 0 to 1; 0 where neither initial nor final is one."""
    if a == b:
        return 1.0
    (x, y), (u, v) = a.split("."), b.split(".")
    return 0.9 * (0.45 * (x == u) + 0.55 * Indel.normalized_similarity(y, v)) if x == u or y == v else 0.0


def same_surname(left: str, right: str) -> bool:
    """Whether a name in characters has the family name that a word of the other one spells ("Albert Ho")."""
    a, b = parse(left), parse(right)
    if (a.script == "han") == (b.script == "han") or "latin" not in {a.script, b.script}:
        return False
    native, latin = (a, b) if a.script == "han" else (b, a)
    told = surnames().get(next((letter for letter in native.text if letter.isalpha()), ""), _NONE)
    return any(told & surnames().get(word, _NONE) for word in latin.words)
