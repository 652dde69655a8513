"""Roles as worded, before a name ("DPRK State Security Minister") or after it (", president of the Republic,")."""

from __future__ import annotations

import re

from stemma.annotate.mentions.lexicon import is_adjective, lexicon, plain

_REACH = 90  #: characters before a name in which a role may begin
_WORDS = re.compile(r"[\w.]+(?:[-'’]\w+)*['’]?")
_AFTER = re.compile(
    r"\s?, ((?:(?:the|a|an|his|her|its|their) )?[^,.;:()\"“”\n]{3,140}?)"
    r"(?=\s?[,.;:()\n]|$| (?:said|says|told|has|had|was|is)\b)"
)
#: What an office is of, where the holder's name follows: "President of the Republic of Veloria ".
_COMPLEMENT = re.compile(
    r"(?: (?:of|for) [a-z]+(?: [a-z]+)?(?: and [a-z]+)?)?"
    r" (?:of|to|for)(?: the)?(?: [A-Z][\w.'’-]*(?: of(?: the)?)?){1,6} $"
)
#: Verbs behind a name between commas that are none of speech.
_ACTS = frozenset(
    ["gave", "met", "received", "wrote", "spoke", "took", "made", "held", "came", "left", "went", "sent", "led"]
)
#: A name between commas, or at the end of its clause.
_APPOSED = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?: (?:[a-z]{2,3} )?[A-ZÀ-Þ][\w.'’-]*){0,4}(?:[,;)]|\.(?:\s|$))")
_TERMS = 12  #: words that a role before a name may have
_ARTICLES = frozenset({"the", "their", "his", "her", "its", "our", "my", "your"})
_FUNCTION = frozenset({"of", "and", "for", "country's", "nation's", "republic's"})


def role_before(text: str, floor: int, start: int) -> int | None:
    """Where the role that ends before ``start`` begins; None where no word of a role stands there.

    It is read from its end: back to its article ("the respected Comrade"), to a word that belongs to the sentence, or
    to ``floor``, where the line or the name before begins.
    """
    low = max(floor, start - _REACH)
    before = text[low:start]
    if before.endswith(", ") and _APPOSED.match(text, start):  # "The minister of trade of Veloria, Tomas Varga, ..."
        before = f"{before[:-2]} "
    if not before.endswith((" ", "\u00a0")):
        return None
    stop = _without_complement(before)
    words = list(_WORDS.finditer(before, 0, stop))[-_TERMS:]
    begin: int | None = None
    titled, edge, right = False, stop, ""
    for word in reversed(words):
        if before[word.end() : edge].strip(" \u00a0"):
            break
        value = _standing(plain(word.group()), word.group(), begin is not None)
        if value == 0 or (titled and word.group() == "of" and right in lexicon().title):
            break  # "Anniversary of Chairman Cho": only he is the chairman
        if value > 1:
            begin = word.start()
        titled = titled or plain(word.group()) in lexicon().title
        edge, right = word.start(), plain(word.group())
        if titled and right in _ARTICLES:
            break
    return low + begin if begin is not None and titled else None


def _without_complement(before: str) -> int:
    """Where the office ends that stands before a name: at what it is an office of, else right before the name."""
    complement = _COMPLEMENT.search(before)
    words = _WORDS.findall(before[: complement.start()]) if complement else []
    return complement.start() if complement and words and plain(words[-1]) in lexicon().title else len(before)


def _standing(word: str, spelled: str, inside: bool) -> int:
    """0: no part of a role; 1: may stand inside one; 2: a role may begin with it."""
    known = lexicon()
    if word in known.title:
        return 2
    if word in known.calendar or (not inside and word not in known.role_word):
        return 0
    if word in known.role_word or is_adjective(word) or word.endswith(("'s", "s'")):
        return 2
    if spelled[:1].isupper() and word not in known.common:
        return 2
    return 2 if word in _ARTICLES else int(word in _FUNCTION)


def role_after(text: str, end: int, ceiling: int) -> tuple[int, int] | None:
    """The apposition after a name where it holds a word of a role."""
    match = _AFTER.match(text, end, min(ceiling, end + 200))
    if match is None:
        return None
    known = lexicon().title
    words = [plain(word) for word in _WORDS.findall(match[1])[:8]]
    if words[0] in lexicon().speech or words[0] in _ACTS or words[0] == "whose":
        return None  # the sentence goes on: "the minister, Tomas Varga, gave"
    return match.span(1) if any(word in known or word.removesuffix("s") in known for word in words) else None
