"""Runs of words with capitals, the raw material of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŎŐŒŔŘŚŞŠŢŤŪŬŮŰŲŹŻŽȘȚ"
_STOPPED = "Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Gov|Sen|Rep|Rev|Hon|St|Mt|Jr|Sr"
#: A word with a capital: "U.S.", "Mr.", "J.", "KCNA.kp", "Jong-un", "O'Hara"; a possessive ending stays outside.
_WORD = (
    rf"(?:(?:[{_UPPER}]\.){{2,}}(?:[{_UPPER}]\b)?|[UD]\.[SK]\b|(?:{_STOPPED})\.|[{_UPPER}]\.(?=[ \u00a0]?[{_UPPER}])"
    rf"|[{_UPPER}]\w*(?:(?:[-–]|['’](?!s\b))\w+)*(?:\.(?:kp|com|org|ru|net)\b)?|(?:al|el|as|an|ar|ash|ad|d|de)[-'’][{_UPPER}]\w+)"
)
_LINK = (
    r"of the|of|for the|for|on the|on|de la|de los|de|del|della|da|di|do|dos|du|van der|van den|van de|van|von der|von"
    r"|bin|bint|ibn|al|el|ter|ten|le|la|e|y|zu|and|&"
)
#: One bound on the length of a run keeps the worst line linear.
_RUN = re.compile(rf"{_WORD}(?:(?:['’]s?)?[ \u00a0]{{1,2}}(?:(?:{_LINK})[ \u00a0])?{_WORD}){{0,15}}")
_CAPITAL = re.compile(rf"[{_UPPER}]")  #: found much faster than a run
_PARTICLE = re.compile(r"(?<!\w)(?:al|el|as|an|ar|ash|ad|d|de)[-'’]$")
_PARTICLE_LENGTH = 5  #: with the character before it
_TOKEN = re.compile(rf"({_WORD})(['’]s?(?=[ \u00a0]|$))?|({_LINK})(?=[ \u00a0])")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;]|[-—–]|\n|--|\*|•)[\"'”’»)\]]*\s*[\"'“‘«(\[„]*\s*$|[\"“«„]\s*$")
_TELLING = 240  #: characters at the head of a paragraph that tell whether it is a headline
_PREPOSITION = re.compile(
    r"(?:about|above|after|against|along|amid|among|around|before|behind|below|beneath|beside|between|beyond|despite"
    r"|during|from|inside|into|like|near|onto|over|past|since|than|through|towards?|under|until|upon|versus|with|within"
    r"|without)(?!\w)"
)
_SMALL_LONG = re.compile(r"(?<![^\s])[a-z]\w{3,}")
_MOST_SMALL = 12  #: small words of which at most half are prepositions: more than a headline may have
_STOPS = frozenset('.!?”"')
_LOOK_BACK = 12  #: characters: more than any stop with its marks and blanks


class Token(NamedTuple):
    """A word of a run; offsets are within the run."""

    start: int
    end: int
    text: str
    owns: str  #: "'s", "'" or nothing
    capital: bool


def runs(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The runs of a paragraph or line, in order; each begins at a capital or its particle ("al-Tarawi")."""
    at = start
    while capital := _CAPITAL.search(text, at, end):
        begin = capital.start()
        if begin > at and text[begin - 1] in "-'’":
            particle = _PARTICLE.search(text, max(at, begin - _PARTICLE_LENGTH), begin)
            begin = particle.start() if particle else begin
        run = _RUN.match(text, begin, end)
        if run:
            yield run
        at = run.end() if run else capital.end()


@lru_cache(maxsize=16_384)
def tokens(run: str) -> tuple[Token, ...]:
    """The words of a run, linking words included."""
    found = []
    for match in _TOKEN.finditer(run):
        word = match[1] or match[3]
        start = match.start()
        found.append(Token(start, start + len(word), word, match[2] or "", match[1] is not None))
    return tuple(found)


def opens_sentence(text: str, start: int, floor: int) -> bool:
    """Whether a word at ``start`` has its capital from its place at the head of a sentence or a quotation."""
    if start == floor:
        return True
    before = text[max(floor, start - _LOOK_BACK) : start]
    if before[-1:] == " " and before[-2:-1].isalnum():
        return False
    return not before.strip() or _SENTENCE_START.search(before) is not None


def is_headline(text: str, start: int, end: int) -> bool:
    """Whether longer words have capitals throughout, so that a capital says nothing; a sentence with its stop is none.

    Prepositions do not count; of the others one word in eight may be small ("a Nation on edge").
    """
    if text[start:end].isupper():
        return " " in text[start:end]
    stop = min(end, start + _TELLING)
    if sum(1 for _ in islice(_SMALL_LONG.finditer(text, start, stop), _MOST_SMALL)) == _MOST_SMALL:
        return False  # told at once in most lines
    words = text[start:stop].split()
    longer = [word for word in words if len(word) > 3 and word[0].isalpha() and not _PREPOSITION.match(word)]
    small = sum(word[0].islower() for word in longer)
    if text[end - 1 : end] in _STOPS:
        return len(longer) >= 4 and small <= len(longer) // 12
    return len(longer) >= 4 and small <= len(longer) // 8
