"""The words of a description, and how well they fit a role."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.knowledge import nouns
from stemma.text.words import fold

_DEFINITE = re.compile(
    r"(?:the|this|that|his|her|its|their|our|my|your)\b|\w+(?:ian|ean|ese|ish)\b|(?:north|south) \w+"
)
_HONOUR = re.compile(
    r"^(?:H\.\s?(?:R\.\s?)?[HEM]\.|(?:His|Her) (?:Royal |Serene )?(?:Highness|Excellency|Majesty),?) (?=the\b)"
)
_STATE_HEAD = re.compile(r"\b[Hh]ead of (?:(?:the|our|their|his|her) )?[Ss]tate\b")
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_SPELLED = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_HEAD_END = re.compile(r"\b(?:of|for|in|at|on|from|to|who|which|with|said|by|and|whom|whose)\b|[,(]")
_WEAK = frozenset(
    [
        "the",
        "of",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
        "this",
        "that",
        "and",
        "for",
        "s",
        "former",
        "current",
        "top",
        "senior",
        "our",
        "my",
        "your",
        "in",
        "at",
        "on",
        "to",
        "from",
        "own",
        "same",
    ]
)
_PARTICIPLE = ("ed", "ing")
_STEM = 4  #: letters that "Russian" and "Russia", "Veloria" and "Velorian" share
#: Fits: the noun of the role itself, one that may stand for it, a further word in common; below ``LEAST`` is none.
NOUN, _LIKE, _SHARED, LEAST = 1.0, 0.75, 0.5, 0.7
UNSURE = 0.7  #: how sure a fit is that rests on a noun of like meaning, or on nearness; an estimate
BODIES_BACK = 300  #: mentions of bodies that are looked at: more than any page has, and a bound for the worst
_UNTOLD = 0.2  #: less where the description names a country and the role none: "the Velorian leader", "the leader"


class Found(NamedTuple):
    """Whom a description means: a figure, or two who fit equally well, or nobody whom the page names."""

    figure: Figure | None = None
    detail: str = ""
    sure: float | None = None
    rivals: tuple[Figure, ...] = ()


NOBODY = Found()


def is_definite(words: str) -> bool:
    """Whether the words are definite: "the diplomat", not "an official" or "officials"."""
    return _DEFINITE.match(words) is not None and not words.endswith("s officials")


def usual(raw: str) -> str:
    """A description without its honour, "the head of state" as president."""
    return _STATE_HEAD.sub("president", _HONOUR.sub("", raw, count=1))


def head_of(words: str) -> str:
    """The noun that a description is about, empty for none: the last before "of", "for" or a comma."""
    found: list[str] = WORD.findall(_HEAD_END.split(words, maxsplit=1)[0])
    for noun, after in pairwise(found):
        if after.endswith(_PARTICIPLE) and noun in nouns().person | nouns().body | nouns().document:
            return noun  # "an aid worker released after 19 months"
    return found[-1] if found else ""


def specific(raw: str) -> list[str]:
    """What sets a description apart from others of its noun: names of countries and offices, in small letters."""
    return list(_specific(raw))


@lru_cache(maxsize=4096)
def _specific(raw: str) -> tuple[str, ...]:
    head = head_of(plain(raw))
    told = [
        (word, place)
        for place, word in enumerate(_SPELLED.findall(raw))
        if fold(word.removesuffix("'s").removesuffix("’s"))
    ]
    return tuple(
        low
        for word, place in told
        if (low := fold(word).removesuffix("'s").removesuffix("’s")) != head
        and low not in _WEAK
        and (low in nouns().portfolio or (word[0].isupper() and place > 0))
    )


def fits_gender(head: str, figure: Figure) -> bool:
    """Whether the noun of a description may stand for somebody of the figure's gender."""
    told = "f" if head.endswith("woman") or head in nouns().feminine else "m" if head in nouns().masculine else None
    return told is None or figure.gender in {told, None}


@lru_cache(maxsize=4096)
def role_words(worded: str) -> frozenset[str]:
    """The words of a role in small letters, titles cut short as a whole: "Gen." as general."""
    return frozenset(nouns().short.get(word, word) for word in WORD.findall(plain(worded)))


def fitness(head: str, told: list[str], figure: Figure) -> float:
    """1 for the noun of the role (less for one that may stand for it), half for each word that sets it apart.

    A country or an office that no role of the figure has makes it somebody else.
    """
    best = 0.0
    for worded in figure.roles:
        role = role_words(worded)
        noun = NOUN if head in role else _LIKE if nouns().same.get(head, frozenset()) & role else 0.0
        if not noun:
            continue
        strange = [word for word in told if not any(akin(word, other) for other in role)]
        if not strange:
            best = max(best, noun + _SHARED * len(told))
        elif not specific(worded) and not nouns().portfolio.intersection(strange):
            best = max(best, noun - _UNTOLD)
    return best


def clashes(told: list[str], figure: Figure) -> bool:
    """Whether the description sets apart by words and the roles of the figure have others."""
    roles = [word for role in figure.roles for word in WORD.findall(plain(role))]
    return bool(told) and not any(akin(word, other) for word in told for other in roles)


def content(words: str, head: str) -> list[str]:
    """The words beside the noun that say something."""
    return [word for word in WORD.findall(words) if word not in _WEAK and word != head]


def akin(word: str, other: str) -> bool:
    """Equal, or an adjective and its country by their first letters; "DPRK" is North Korean."""
    if word == other:
        return True
    if other in {"dprk", "pyongyang"}:
        return word in {"north", "korean", "dprk"}
    if other in {"rok", "seoul"}:
        return word in {"south", "korean", "rok"}
    if word[:_STEM] != other[:_STEM]:
        return False
    return min(len(word), len(other)) >= _STEM and (
        word.endswith(("an", "ish", "ese")) or other.endswith(("an", "ish", "ese"))
    )
