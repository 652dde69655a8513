"""Noun phrases and verb groups around a word, found by closed word classes and capital letters."""

from __future__ import annotations

from typing import NamedTuple

from stemma.annotate.statements.grammar.cues import words
from stemma.annotate.statements.grammar.lines import QUOTED, Line

#: Longest noun phrase looked at, in tokens: a title, a name and its description.
REACH = 40
#: A quotation of at most so many characters may stand inside a noun phrase ("the “blue ledger” says").
SHORT_QUOTE = 40
_WALLS = frozenset([",", ";", ":", "(", ")", "—", "–", "--", "?", "!", "…", "/", "“", "”"])
DASHES = frozenset(["—", "–", "--"])


class Group(NamedTuple):
    """The verb group before a reporting verb: ``first`` is its first token, adverbs at the edge left out."""

    first: int
    passive: bool
    finite: bool
    negated: bool
    uncertain: bool


def adverb(word: str) -> bool:
    """Whether the word is an adverb that may stand beside a verb."""
    return word in words("adverbs") or (word.endswith("ly") and len(word) > 4 and word not in _NOT_ADVERBS)


_NOT_ADVERBS = frozenset(
    [
        "family",
        "ally",
        "italy",
        "assembly",
        "monthly",
        "weekly",
        "daily",
        "reply",
        "supply",
        "july",
        "rally",
        "friendly",
        "elderly",
    ]
)


def verb_group(line: Line, verb: int, shapes: str) -> Group:
    """Auxiliaries, negation and adverbs before the verb at token ``verb``."""
    low, at = line.low, verb - 1
    helpers = words("helpers")
    first = verb
    seen: list[str] = []
    while at >= 0 and verb - at < 9:
        word = low[at]
        raises = first < verb and low[first] == "to" and word in words("raising")
        if word in helpers or (word == "to" and "b" in shapes) or raises:
            first = at
            seen.append(word)
        elif not adverb(word):
            break
        at -= 1
    negated = any(word in words("negations") for word in low[first:verb])
    uncertain = any(word in words("uncertain") for word in seen)
    return Group(first, _passive(seen, shapes), _finite(seen, shapes), negated, uncertain)


def _passive(seen: list[str], shapes: str) -> bool:
    """Whether the nearest auxiliary is a form of be: "was told", "has been quoted"."""
    near = seen[0] if seen else ""
    return bool(set("dn") & set(shapes)) and near in words("beings")


def _finite(seen: list[str], shapes: str) -> bool:
    return bool(seen and seen != ["to"]) or bool(set("ds") & set(shapes))


def wall(line: Line, at: int) -> bool:
    """Whether no noun phrase reaches over the token."""
    word = line.low[at]
    if word == QUOTED:
        quote = line.quotes[at]
        return quote.end - quote.start > SHORT_QUOTE or line.text[quote.end - 2] in ",.?!"
    if word == ".":
        return not _after_abbreviation(line, at)
    return word in _WALLS or word in words("subordinators")


def _after_abbreviation(line: Line, at: int) -> bool:
    before = line.raw[at - 1] if at else ""
    return before.lower() in words("abbreviations") or (len(before) == 1 and before.isupper()) or "." in before


def verbal(line: Line, at: int) -> bool:
    """Whether the token is surely a finite verb or auxiliary."""
    return line.low[at] in words("verbal")


def nominal_start(line: Line, at: int) -> bool:
    """Whether a noun phrase may begin here: a determiner, a pronoun, a possessive, a name or a number."""
    first = line.raw[at][0]
    return line.low[at] in words("opening") or first.isupper() or first.isdigit()


def phrase_before(line: Line, stop: int, floor: int) -> int:
    """First token of the noun phrase that ends before ``stop``, not before ``floor``; ``stop`` if there is none."""
    low, at = line.low, stop - 1
    lowest = max(floor, stop - REACH)
    joint = 0
    while at >= lowest and not wall(line, at) and not (verbal(line, at) and not _is_name(line, at)):
        if low[at] in ("and", "or", "but", "yet", "nor", "then"):
            if low[at] != "and" or not _joins(line, at, lowest):
                break
            joint = at
        at -= 1
    return _trimmed(line, at + 1, stop, joint)


def _is_name(line: Line, at: int) -> bool:
    """Whether an auxiliary is a name or month here ("Theresa May")."""
    return line.low[at] in ("may", "might", "will", "can") and line.raw[at][0].isupper() and at > 0


def _joins(line: Line, at: int, lowest: int) -> bool:
    """Whether the words before "and" are a noun phrase too, so that both together are one subject."""
    k = at - 1
    if k < lowest or line.low[k] == ",":
        return False
    while k >= lowest and not wall(line, k):
        if verbal(line, k) or line.low[k] in words("negations") or _past(line, k) or line.low[k] in ("but", "to"):
            return False
        k -= 1
    return k < lowest or line.low[k] not in ("whether", "why", "how")


def _past(line: Line, at: int) -> bool:
    word = line.low[at]
    after = line.low[at + 1] if at + 1 < len(line) else ""
    modifies = at > 0 and line.low[at - 1] in words("determiners")
    return word.endswith("ed") and line.raw[at][0].islower() and after not in ("by", "in") and not modifies


def _trimmed(line: Line, first: int, stop: int, joint: int) -> int:
    """The phrase without adverbs, conjunctions and a leading "In Paris ..."."""
    low = line.low
    while first < stop and (adverb(low[first]) or low[first] in words("conjunctions")) and first + 1 < stop:
        first += 1
    if first < stop and low[first] in words("prepositions") and not joint:
        return _after_preposition(line, first, stop)
    return _after_time(line, first, stop)


def _after_time(line: Line, first: int, stop: int) -> int:
    """The phrase without a leading day: "Monday Kim" -> "Kim"."""
    k = first
    while k < stop and (line.low[k] in words("times") or line.raw[k].isdigit()) and k + 1 < stop:
        k += 1
    return k if k > first and nominal_start(line, k) and line.low[k - 1] != "." else first


def _after_preposition(line: Line, first: int, stop: int) -> int:
    """The second noun phrase after a leading preposition ("In his speech the minister" -> "the minister")."""
    for k in range(first + 2, stop):
        starts = line.low[k] in words("determiners") or line.low[k] in words("pronouns") or _name_begins(line, k)
        if starts and line.low[k - 1] not in words("prepositions") and line.low[k - 1] not in words("determiners"):
            return k
    return min(stop, first + 1)


def _name_begins(line: Line, at: int) -> bool:
    before = line.raw[at - 1]
    return line.raw[at][0].isupper() and (not before[0].isupper() or line.low[at - 1] in words("times"))


def phrase_after(line: Line, first: int, ceiling: int) -> int:
    """Token after the noun phrase that begins at ``first``, a short apposition included."""
    at = _plain_end(line, first, ceiling)
    if at + 1 < ceiling and line.low[at] == "," and at > first and _apposes(line, at + 1, ceiling):
        at = _plain_end(line, at + 1, ceiling)
    while at > first and (line.low[at - 1] in words("prepositions") or adverb(line.low[at - 1])):
        at -= 1
    return at


def _plain_end(line: Line, first: int, ceiling: int) -> int:
    at = first
    while at < min(ceiling, first + REACH) and not wall(line, at):
        if at > first and (_closes(line, at) or (verbal(line, at) and not _is_name(line, at))):
            break
        at += 1
    return at


_CLOSERS = frozenset(
    ["in", "during", "after", "following", "via", "through", "while", "when", "on", "at", "by", "to", "as"]
)


def _closes(line: Line, at: int) -> bool:
    """Whether an adverbial begins here rather than a part of the name: "said Kim | in an interview"."""
    word = line.low[at]
    if word in words("times"):
        return True
    if word not in _CLOSERS:
        return adverb(word) and line.raw[at][0].islower()
    name_next = at + 1 < len(line) and line.raw[at + 1][0].isupper()
    between_names = line.raw[at - 1][0].isupper() and name_next
    if word == "at":
        return between_names or not (name_next or line.low[at + 1 : at + 2] == ["the"])
    return not (word == "on" and between_names and line.low[at + 1] not in words("times"))


#: Tokens of a name that stands as an apposition.
_LONGEST_NAME = 6
_TITLES = frozenset(["a", "an", "the", "its", "his", "her", "their", "chief", "head", "president", "chairman"])
_NO_NOUN = ("prepositions", "conjunctions", "pronouns", "verbal")


def _apposes(line: Line, at: int, ceiling: int) -> bool:
    """Whether a description follows the comma: "Kim, | a spokesman for the group"."""
    word = line.low[at]
    stop = _plain_end(line, at, ceiling)
    if stop < ceiling and line.low[stop] in words("verbal"):  # a clause of its own: "According to her, the road is"
        return False
    if word in _TITLES:
        return not any(verbal(line, k) for k in range(at, min(ceiling, stop + 1)))
    if any(word in words(kind) for kind in _NO_NOUN) or wall(line, at) or adverb(word):
        return False
    if line.raw[at][0].isupper():  # "the mayor, Oru Tamm, ": a name after a plain noun
        return line.raw[at - 2][0].islower() and stop - at <= _LONGEST_NAME and (stop == ceiling or _ends(line, stop))
    return not word.endswith("ing")


def _ends(line: Line, at: int) -> bool:
    return line.low[at] in (",", ".", ";", "!", "?", ")") or line.low[at] in DASHES


def subject_before(line: Line, verb: int, floor: int) -> tuple[int, int] | None:
    """The subject that ends before the verb group at ``verb``: (first, stop), or None where there is none.

    A description between commas is stepped over: "Kim, who leads the group, | said".
    """
    stop = verb
    while stop > floor and adverb(line.low[stop - 1]) and line.raw[stop - 1][0].islower():
        stop -= 1
    if stop <= floor:
        return None
    if line.low[stop - 1] in (",", ")") or line.low[stop - 1] in DASHES:
        return _over_description(line, stop - 1, floor)
    first = phrase_before(line, stop, floor)
    return (first, stop) if first < stop else None


def _over_description(line: Line, comma: int, floor: int) -> tuple[int, int] | None:
    """The noun phrase before ", description," ending at token ``comma``."""
    mark = "(" if line.low[comma] == ")" else line.low[comma]
    for k in range(comma - 1, max(floor, comma - REACH), -1):
        if line.low[k] != mark:
            continue
        first = phrase_before(line, k, floor)
        if first < k and _heads(line, first, k, floor):
            return (first, comma if _is_apposition(line, k + 1) and mark == "," else k)
    return None


def _heads(line: Line, first: int, stop: int, floor: int) -> bool:
    """Whether the phrase before a description is a subject: it stands at the start of its clause."""
    before = line.low[first - 1] if first > floor else ","
    opens = before in words("subordinators") or before in (",", ";", ":", "and", "but", QUOTED) or before in DASHES
    return opens and nominal_start(line, first) and line.low[stop - 1] not in words("times")


def _is_apposition(line: Line, at: int) -> bool:
    """A nominal description belongs to the source, a relative or participial one does not."""
    word = line.low[at]
    if line.low[at : at + 2] == ["among", "them"] or word == "including":
        return True
    return not (word in words("subordinators") or word in words("prepositions") or word.endswith(("ing", "ed")))
