"""Whether a reporting verb takes what follows it as something said."""

from __future__ import annotations

from stemma.annotate.statements.grammar.cues import words
from stemma.annotate.statements.grammar.follow import Head
from stemma.annotate.statements.grammar.lines import Line
from stemma.annotate.statements.grammar.phrases import adverb, nominal_start, verbal
from stemma.annotate.statements.grammar.speakers import names, testifies

_AFTER_AMOUNT = frozenset(["about", "of", "on", "else", "more", "beyond", "further", "to", ",", "."])
_TAKES_WORDS = frozenset(["quote", "object", "bare", "urging", "likening"])
_ONLY_WORDS = frozenset(["quote"])
#: Tokens in which the verb of a bare clause, or the "to" of an urging, must stand.
_NEAR = 14


def checked(head: Head, line: Line) -> Head | None:
    """The head if its verb takes what follows it."""
    takes = head.entry.takes
    if head.begin >= len(line):
        return head if head.kind == "colon" and "quote" in takes else None
    if head.entry.lemma in words("showing") and not (head.subject and testifies(line, head.subject)):
        return None
    match head.kind:
        case "that":
            fits = ("that" in takes or "object" in takes) and not _is_relative(line, head.begin)
        case "quote" | "colon":
            fits = not takes.isdisjoint(_TAKES_WORDS) and not (takes == _ONLY_WORDS and _is_title(line, head.begin))
        case "bare":
            fits = not _bad_start(line, head.begin) and _takes_bare(line, head)
        case kind:
            fits = kind == "to" and not _in_passing(line, head)
    return head if fits and not _own_speech_act(line, head) else None


def _in_passing(line: Line, head: Head) -> bool:
    """Whether "after the two agreed to meet" only tells when something else happened."""
    return bool(head.subject and head.subject[0] and line.low[head.subject[0] - 1] in _WHEN)


_WHEN = frozenset(["after", "before", "since", "until", "when", "once", "as"])


def _own_speech_act(line: Line, head: Head) -> bool:
    """Whether "may I add that" or "I would ask you to" is itself what is being said, not a report of it."""
    if not head.subject or line.low[head.subject[0]] not in ("i", "we"):
        return False
    asks_leave = head.subject[0] > 0 and line.low[head.subject[0] - 1] in ("may", "can", "could", "let")
    return asks_leave or (head.uncertain and head.kind == "bare" and "urging" in head.entry.takes)


def _is_relative(line: Line, at: int) -> bool:
    """Whether "that" has a verb right behind it: "the states that could lose" are not said to lose."""
    return line.low[at] == "that" and at + 1 < len(line) and line.low[at + 1] in words("auxiliaries")


def _is_title(line: Line, at: int) -> bool:
    """Whether the quotation is the name of a work rather than words: "sang “The Lamp” twice"."""
    quote = line.quotes.get(at)
    return quote is not None and line.text[quote.end - 2] not in ".,!?…" and at + 1 < len(line) - 1


def _takes_bare(line: Line, head: Head) -> bool:
    """Whether a bare content has what its verb asks for: a verb, a "to", an "as"."""
    takes = head.entry.takes
    near = line.low[head.begin + 1 : head.begin + _NEAR]
    near = near[: near.index("for")] if "for" in near else near
    if head.entry.lemma == "say" and _is_word(line, head.begin):
        return False
    if takes.isdisjoint(["bare", "clause"]) and head.subject and line.low[head.subject[0]] in ("i", "we"):
        return False  # "we thank the crews": said, not reported
    if head.entry.lemma in words("naming") and names(line, head.subject, head.begin):
        return False
    if "bare" in takes or "object" in takes or ("urging" in takes and "to" in near):
        return True
    if "likening" in takes and ("as" in near or "to" in near):
        return True
    return "clause" in takes and (_clausal(line, head.begin) or _own_thought(line, head))


def _own_thought(line: Line, head: Head) -> bool:
    """Whether "I think" stands before a noun phrase and more, where the verb after it is not known as one."""
    if head.entry.stance != "thought" or not head.subject or line.low[head.subject[0]] not in words("pronouns"):
        return False
    return nominal_start(line, head.begin) and len(line) - head.begin > _OWN_THOUGHT


#: A clause of fewer tokens than this is rather an object ("I believe the minister.").
_OWN_THOUGHT = 4


def _is_word(line: Line, begin: int) -> bool:
    """Whether one bare word is all that follows "I said", so that it stands for more than it says."""
    return begin + 2 >= len(line) and line.raw[begin][0].islower()


def _clausal(line: Line, begin: int) -> bool:
    """Whether a finite verb stands near the beginning, before any comma."""
    if line.low[begin] in words("contractions"):  # pronoun and verb in one
        return True
    for k in range(begin + 1, min(len(line), begin + _NEAR)):
        if line.low[k] in _CLAUSE_WALLS:
            return False
        if verbal(line, k) or _ends_like_a_verb(line, k):
            return True
    return False


_CLAUSE_WALLS = frozenset([",", ";", "who", "which", "that", "and", "but"])


def _ends_like_a_verb(line: Line, at: int) -> bool:
    before = line.low[at - 1]
    past = line.low[at].endswith("ed") and before not in words("determiners") and not adverb(before)
    return (past or before in ("i", "you", "he", "she", "it", "we", "they")) and line.raw[at][0].islower()


def _bad_start(line: Line, at: int) -> bool:
    word = line.low[at]
    after = line.low[at + 1] if at + 1 < len(line) else "."
    if (word in words("amounts") and after in _AFTER_AMOUNT) or (word == "the" and after == "following"):
        return True
    helper = word in words("auxiliaries") and word not in words("contractions")
    return word in words("conjunctions") or helper or word in ("than", "as", "!", "?", "”", "'")
