"""Whether a phrase can be one who speaks, and whether a verb names something rather than calls it so."""

from __future__ import annotations

from stemma.annotate.statements.grammar.cues import words
from stemma.annotate.statements.grammar.lines import QUOTED, Line
from stemma.annotate.statements.grammar.phrases import DASHES, nominal_start, phrase_before, verbal

Tokens = tuple[int, int]

_COLLECTIVE = frozenset(["people", "police", "men", "women", "media", "folk"])
#: A name that is given ends before one of these; anything else goes on to say what somebody is called.
_AFTER_A_NAME = frozenset(
    [",", ".", ";", ")", "that", "which", "who", "and", "is", "was", "has", "had", "in", "on", "from"]
)


def speaker_like(line: Line, subject: Tokens) -> bool:
    """Whether the phrase has a determiner, a name, a pronoun or a plural: "water would ask" has no speaker."""
    first, stop = subject
    if line.low[first] in ("whoever", "whatever"):
        return False
    if first == 0 or nominal_start(line, first):
        return True
    last = line.low[stop - 1]
    return last.endswith("s") or last in _COLLECTIVE or any(line.raw[k][0].isupper() for k in range(first, stop))


def acts(line: Line, subject: Tokens) -> bool:
    """Whether the phrase holds a past verb of its own, so that what follows is its object ("cited | new rules")."""
    inner = range(subject[0] + 1, subject[1])
    return any(line.low[k].endswith("ed") and line.raw[k - 1][0].isupper() and line.raw[k][0].islower() for k in inner)


def carrier(line: Line, at: int) -> Tokens | None:
    """The noun right before a participle that says the words itself: "one reader | writing"; a statement does not."""
    if line.raw[at - 1][0].isupper() or not line.low[at - 1].isalpha() or line.low[at - 1] in words("occasions"):
        return None
    first = phrase_before(line, at, 0)
    opens = first < at and line.low[first] in words("determiners") and at - first <= _SHORT_PHRASE
    closed = any(line.low[at - 1] in words(kind) for kind in _NO_NOUNS)
    return (first, at) if opens and not closed else None


_SHORT_PHRASE = 5
_NO_NOUNS = ("prepositions", "conjunctions", "times", "verbal", "adverbs")


def testifies(line: Line, subject: Tokens) -> bool:
    """Whether the phrase is a person, or a paper or figures that speak for those who made them."""
    first, stop = subject
    named = line.raw[first][0].isupper() and line.low[first] not in words("determiners") and first > 0
    return named or line.low[first] in words("pronouns") or any(w in words("testimony") for w in line.low[first:stop])


#: Tokens of a relative clause inside a subject: "a man who gave his name as Oru | said".
_LONGEST_RELATIVE = 20


def over_relative(line: Line, subject: Tokens | None) -> Tokens | None:
    """The subject with its relative clause where it is the end of one: "a man who gave his name as Oru"."""
    if subject is None or subject[0] < 3 or line.low[subject[0] - 1] not in _INSIDE_RELATIVES:
        return subject
    for k in range(subject[0] - 1, max(1, subject[0] - _LONGEST_RELATIVE), -1):
        if line.low[k] in (",", ";", QUOTED):
            return subject
        if line.low[k] == "who":
            first = phrase_before(line, k, 0)
            opens = first == 0 or line.low[first - 1] in (",", QUOTED, ";")
            return (first, subject[1]) if first < k and opens and nominal_start(line, first) else subject
    return subject


_INSIDE_RELATIVES = frozenset(["as", "from", "in", "at", "of", "with", "for", "on", "to", "by"])


def names(line: Line, subject: Tokens | None, begin: int) -> bool:
    """Whether "called" gives a name ("a ferry called Swan") or stands for a telephone call ("called him back")."""
    word = line.low[begin]
    after = line.low[begin + 1] if begin + 1 < len(line) else "."
    if word in words("pronouns") or word in ("him", "her", "them", "me", "us"):
        return after in words("prepositions") or after in words("adverbs") or after in _AFTER_A_NAME or after == "to"
    if subject is None or not (line.raw[begin][0].isupper() or word == QUOTED):
        return False
    named = line.raw[subject[1] - 1][0].isupper() or line.low[subject[0]] in words("pronouns")
    stop = begin + 1
    while stop < len(line) and line.raw[stop][0].isupper():
        stop += 1
    judged = stop < len(line) and (line.low[stop] in words("determiners") or line.low[stop] == QUOTED)
    vague = line.low[subject[0]] in ("a", "an", "one", "something", "another")
    return not named and not judged and (vague or stop >= len(line) or line.low[stop] in _AFTER_A_NAME)


#: A source after "according to" is no longer, in tokens.
_LONGEST_SOURCE = 16


def whole_source(line: Line, first: int, stop: int) -> int:
    """Token after the source of "according to": up to the comma where only its own attributes stand before that."""
    relative = False
    for k in range(stop, min(len(line), first + _LONGEST_SOURCE)):
        word = line.low[k]
        if word in _SOURCE_ENDS or word in DASHES:
            return k
        relative = relative or word in ("who", "which", "that")
        if (verbal(line, k) and not relative) or word in ("and", "but", "while", "when", "if"):
            break
    return stop


_SOURCE_ENDS = frozenset([",", ".", ";", ":", "!", "?", ")", QUOTED])
