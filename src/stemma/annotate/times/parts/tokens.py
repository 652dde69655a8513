"""A text as parts: words, numbers and marks with their places, and one code a part."""

from __future__ import annotations

import re
from typing import NamedTuple

from .lexicon import OTHER, Entry, Lexicon, lexicon

#: A word comes first, being the likeliest; a blank behind a part is taken along, so that no search starts on it.
_PART = re.compile(
    r"""(?:(?P<word>[Oo]['’]clock\b|[^\W\d_]{2,}(?:['’](?!s\b)[^\W\d_]+)?)
      | (?P<dotted>[A-Za-z](?:\.[A-Za-z])+\b\.?)                    # a.m.  B.C.
      | (?P<letter>[^\W\d_])
      | (?P<poss>(?<=[^\W_])['’]s\b)
      | (?P<stamp>\d{4}[年년]\s*\d{1,2}[月월]\s*\d{1,2}[日일])
      | (?P<numeric>\d{1,4}(?P<mark>[./-])\d{1,2}(?P=mark)\d{1,4}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?![\w/-]))
      | (?P<clock>\d{1,2}[:.]\d\d(?=\s*[aApP]\.?[mM]\b)|\d{1,2}:\d\d(?::\d\d)?(?![\w:]))
      | (?P<decade>\d{3}0['’]?s\b|['‘’]?[2-9]0['’]?s\b)
      | (?P<ord>\d{1,4}(?:st|nd|rd|th)\b)
      | (?P<shortyear>(?<![\w'‘’])['‘’]\d\d(?![\w,.]\d|\w))
      | (?P<fraction>[1-9]/[1-9]\b)
      | (?P<number>\d+(?:,\d{3})*(?:\.\d+)?)
      | (?P<break>\n\s*\n)
      | (?P<other>[^\s]))[ ]?""",
    re.VERBOSE,
)
#: Groups whose meaning stands in the vocabulary.
_PLAIN = frozenset(_PART.groupindex[name] for name in ("word", "dotted", "letter", "other", "poss"))
_BREAK = _PART.groupindex["break"]
_NAMES = {number: name for name, number in _PART.groupindex.items()}
_UNKNOWN = Entry(OTHER, 0)
_LAST_MONTH, _LAST_HOUR, _LAST_DAY = 12, 24, 31
_FIRST_YEAR, _YEAR_AFTER = 1000, 2200  #: numbers of four digits that can be years


class Parts(NamedTuple):
    """Codes, spans and worths, in order; ``codes[i]`` belongs to ``text[starts[i]:ends[i]]``."""

    text: str
    codes: str
    starts: list[int]
    ends: list[int]
    values: list[int | str]


def scan(text: str, start: int = 0, end: int | None = None) -> Parts:
    """The parts of ``text[start:end]``; unknown parts in a row count as one, so does a blank line."""
    known = lexicon()
    forms, stopped, last = known.forms, known.stopped, ""
    codes, starts, ends, values = list[str](), list[int](), list[int](), list[int | str]()
    for match in _PART.finditer(text, start, len(text) if end is None else end):
        group = match.lastindex or 0
        word = match[group]
        if group in _PLAIN:
            code, value = forms.get(word, _UNKNOWN)
        elif group == _BREAK:
            code, value = _UNKNOWN
        else:
            code, value = _number_part(_NAMES[group], word, known)
        if code == last == OTHER:
            continue
        left, right = match.span(group)
        if ends and left < ends[-1]:
            continue
        if code == known.hyphen and _is_dash(text, left):
            code = known.dash
        codes.append(code)
        starts.append(left)
        ends.append(right + 1 if word in stopped and text[right : right + 1] == "." else right)
        values.append(value)
        last = code
    return Parts(text, "".join(codes), starts, ends, values)


def _is_dash(text: str, at: int) -> bool:
    """A hyphen with a blank beside it is a dash."""
    return any(c.isspace() for c in text[max(0, at - 1) : at] + text[at + 1 : at + 2])


def _number_part(kind: str, word: str, known: Lexicon) -> Entry:
    match kind:
        case "stamp":
            return _entry("NUMERIC", word, known)
        case "number":
            return _number(word, known)
        case "ord":
            return _entry("ORD", int(word[:-2]), known)
        case "decade":
            digits = word.strip("s'‘’")
            return _entry("DECADE" if len(digits) > 2 else "SHORTDECADE", int(digits), known)
        case "shortyear":
            return _entry("SHORTYEAR", int(word[1:]), known)
    return _entry(kind.upper(), word, known)


def _entry(kind: str, value: int | str, known: Lexicon) -> Entry:
    return Entry(known.kinds[kind][0], value)


def _number(word: str, known: Lexicon) -> Entry:
    if "," in word or "." in word:
        return _entry("DECIMAL", word.replace(",", ""), known)
    number = int(word) if len(word) < 10 else 10**9
    if len(word) == 4 and _FIRST_YEAR <= number < _YEAR_AFTER:
        name = "YEAR"
    elif 1 <= number <= _LAST_MONTH:
        name = "LOW"
    elif _LAST_MONTH < number <= _LAST_HOUR:
        name = "MID"
    elif _LAST_HOUR < number <= _LAST_DAY:
        name = "HIGH"
    else:
        name = "NUM"
    return _entry(name, number, known)
