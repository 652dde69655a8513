"""What follows a reporting verb: adverbials and the addressee are stepped over to where its content begins."""

from __future__ import annotations

from typing import Literal, NamedTuple

from stemma.annotate.statements.grammar.cues import Verb, words
from stemma.annotate.statements.grammar.lines import QUOTED, Line
from stemma.annotate.statements.grammar.phrases import DASHES, adverb, nominal_start, verbal

Tokens = tuple[int, int]
Kind = Literal["that", "quote", "colon", "bare", "to", "comma", "adverbial", "end"]

_QUESTIONS = frozenset(["whether", "if", "how", "why", "what", "who", "when", "where", ":", ",", QUOTED])
_CLAUSE_WORDS = frozenset(["that", "whether", "if", "how", "why", "what", "who"])
#: So many tokens after an adverbial's first word are searched for a "that", a colon or a quotation.
_LOOK_AHEAD = 30
#: So many tokens after "in" or "on" the word of time or occasion must stand.
_SHORT_ADVERBIAL = 8
#: Adverbials stepped over: "said | in Paris | on Monday | again".
_MOST_ADVERBIALS = 5
#: A quotation shorter than this inside an adverbial is a title.
_TITLE = 20
_LONGEST_ADDRESSEE = 12
_OBJECT_PRONOUNS = frozenset(["me", "us", "him", "them", "her", "himself", "herself"])
_NO_ADDRESSEE = _CLAUSE_WORDS | {",", ":", ".", QUOTED, "to", "of", "about", "in", "on", "at"}
_AMBIGUOUS_TIMES = frozenset(["may", "march", "last", "week", "month", "year"])
_NO_ADVERBIAL = frozenset(["not", "no", "so", "there", "both", "all"])


class Follow(NamedTuple):
    """What follows a cue."""

    kind: Kind
    begin: int
    addressee: Tokens | None = None


#: Where the cue stands to its content: in front of it, behind it, in a relative clause, in "as she noted", ...
Place = Literal[
    "before", "after", "participle", "coordinated", "embedded", "as", "according", "citing", "stated"
]  # fmt: skip


class Head(NamedTuple):
    """One reporting word with its surroundings, in tokens of its line."""

    verb: int
    first: int
    last: int  #: token after the cue
    entry: Verb
    subject: Tokens | None
    place: Place
    kind: Kind
    begin: int  #: first token of what follows the cue
    cut: int | None = None  #: where the content of an earlier cue of the sentence ends because of this one
    addressee: Tokens | None = None
    negated: bool = False
    uncertain: bool = False

    @property
    def left(self) -> int:
        """First token of cue and subject together."""
        return min(self.first, self.subject[0]) if self.subject else self.first

    @property
    def right(self) -> int:
        """Token after cue and subject together."""
        return max(self.last, self.subject[1]) if self.subject else self.last


def follow(line: Line, at: int, entry: Verb) -> Follow:
    """What follows the cue that ends before token ``at``."""
    addressee = None
    if at < len(line) and (entry.addressee or _asks(line, at, entry)) and _is_addressee(line, at):
        stop = addressee_end(line, at)
        addressee, at = (at, stop), stop
    for _ in range(_MOST_ADVERBIALS):
        kind = _kind(line, at, entry)
        if kind != "adverbial":
            return Follow(kind, at + (kind == "colon"), addressee)
        step = _after_adverbial(line, at)
        if isinstance(step, Follow):
            return step._replace(addressee=addressee)
        at = step
    return Follow("adverbial", at, addressee)


def _asks(line: Line, at: int, entry: Verb) -> bool:
    """Whether somebody stands between "asked" and the question: "asked | the clerk | whether"."""
    if entry.lemma not in ("ask", "beg", "query") or not _is_addressee(line, at):
        return False
    stop = addressee_end(line, at)
    return stop < len(line) and line.low[stop] in _QUESTIONS


def _kind(line: Line, at: int, entry: Verb) -> Kind:
    word = line.low[at] if at < len(line) else "."
    if word in _MARKS:
        return _MARKS[word]
    if word in _CLAUSE_WORDS:
        return "that"
    if word == "to" and ("to" in entry.takes or "object" in entry.takes) and _infinitive(line, at):
        return "to"
    if word == "," or word in DASHES:
        return "quote" if line.low[at + 1 : at + 2] == [QUOTED] else "comma"
    return "adverbial" if _is_adverbial(line, at) else "bare"


_MARKS: dict[str, Kind] = {
    ".": "end", "!": "end", "?": "end", ";": "end", ")": "comma", QUOTED: "quote", ":": "colon",
}  # fmt: skip


def _infinitive(line: Line, at: int) -> bool:
    return at + 1 < len(line) and line.raw[at + 1][0].islower() and not nominal_start(line, at + 1)


def _is_adverbial(line: Line, at: int) -> bool:
    word = line.low[at]
    if word in words("times"):
        dated = at + 1 < len(line) and (line.raw[at + 1][0].isdigit() or line.low[at + 1] in words("times"))
        return dated or word not in _AMBIGUOUS_TIMES
    if word in words("prepositions") or word in ("as", "when", "while", "where", "because"):
        return True
    return adverb(word) and word not in _NO_ADVERBIAL


def _after_adverbial(line: Line, at: int) -> int | Follow:
    """Where the adverbial at ``at`` ends, or at once what follows where a "that", colon or quotation shows it."""
    if line.low[at] in words("times") or (adverb(line.low[at]) and line.low[at] not in words("prepositions")):
        return _past_times(line, at + 1)
    for k in range(at + 1, min(len(line), at + _LOOK_AHEAD)):
        word = line.low[k]
        if word in (".", ";"):
            break
        if word == "that":
            return Follow("that", k)
        if word == QUOTED and line.quotes[k].end - line.quotes[k].start > _TITLE:
            return Follow("quote", k)
        if word == ":":
            return Follow("colon", k + 1)
    return _plain_adverbial(line, at)


def _past_times(line: Line, at: int) -> int:
    while at < len(line) and (line.low[at] in words("times") or line.raw[at].isdigit()):
        at += 1
    return at


def _plain_adverbial(line: Line, at: int) -> int | Follow:
    """The end of "on Monday", "in an interview": with the word of time or occasion."""
    for k in range(at + 1, min(len(line), at + _SHORT_ADVERBIAL)):
        if line.low[k] in words("times") or line.low[k] in words("occasions"):
            return _past_times(line, k + 1)
        if line.low[k] in (",", "."):
            break
    return Follow("adverbial", at)


def _is_addressee(line: Line, at: int) -> bool:
    return line.low[at] not in _NO_ADDRESSEE and not adverb(line.low[at])


def addressee_end(line: Line, at: int) -> int:
    """Token after the one addressed: "told | the Sarva agency | the talks had failed"."""
    if line.low[at] in words("pronouns") or line.low[at] in _OBJECT_PRONOUNS:
        return at + 1
    for k in range(at + 1, min(len(line), at + _LONGEST_ADDRESSEE)):
        if _ends_addressee(line, k) or _changes_case(line, at, k):
            return k
        if verbal(line, k):
            return max(k - 1, at + 1)
    return at + 1


def _ends_addressee(line: Line, at: int) -> bool:
    word = line.low[at]
    if word in words("opening") or word in words("times") or word in words("subordinators"):
        return True
    return word in (",", ".", ":", QUOTED) or (word in words("prepositions") and word != "of")


def _changes_case(line: Line, first: int, at: int) -> bool:
    """A name ends where small letters begin, a plain noun where a name begins."""
    begun_by_name = line.raw[first][0].isupper()
    if begun_by_name:
        return line.raw[at][0].islower() and line.low[at] not in ("of", "and")
    lowered = line.raw[at - 1][0].islower() and line.low[first] not in words("determiners")
    return line.raw[at][0].isupper() and lowered
