"""What the reporting words make of what they report: said, not said, denied, asked, requested, yet to be said.

After the factuality of events in Saurí and Pustejovsky (2009), "FactBank", as far as a reporting clause shows it:
polarity and modality of the saying itself, never of what is said.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from stemma.annotate.statements.clauses import Draft
from stemma.records import Polarity

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|['’]ll")
_BEFORE = 24  #: characters before a cue that may hold its auxiliary: "will", "did not"
_AUXILIARIES = re.compile(
    r"(?:\b(?:not|never|neither|nor|no longer|yet|also|even|ever|have|has|had|been|be|do|does|did|will|would|shall|may"
    r"|might|could|can|cannot|should|is|are|was|were|to|\w+ly|\w+n't)\s|'ll\s)+$"
)
_IN_A_CONTENT = 60  #: characters of a content that show what it is
_ASKER = re.compile(r"(?:q|question|reporter|interviewer|journalist|moderator|host)\b", re.IGNORECASE)
_OBJECT_AND_INFINITIVE = re.compile(r"(?:[\w’'-]+\s){0,7}(?:not\s)?to\s[a-z]+|not\sto\s")


def mode_of(text: str, draft: Draft) -> Polarity:
    """The polarity of a statement; where several fit, not saying counts most."""
    if draft.kind is not None:
        return _of_a_whole(text, draft)
    cue = " ".join(text[slice(*span)] for span in draft.cue).lower().replace("’", "'")
    said, around = _words(cue), _words(_auxiliary(text, draft))
    content = text[slice(*draft.content[0])].lstrip("\"“«„' ") if draft.content else ""
    if _is_negated([*around, *said], cue):
        return "negated"
    if _has(said, "denial") or (
        _has(said, "rejection") and _has(_words(content[:_IN_A_CONTENT].lower())[:4], "rejected")
    ):
        return "denied"
    ahead = _ahead(text, draft, [*around, *said])
    if ahead:
        return ahead
    if _is_question(text, draft, said, content.lower()):
        return "question"
    return "request" if _is_request(said, cue, content) else _unless_negated(draft)


def _unless_negated(draft: Draft) -> Polarity:
    """What the grammar found, where it saw more of the clause than the words beside the cue."""
    return draft.polarity if draft.polarity == "negated" else "affirmed"


def _of_a_whole(text: str, draft: Draft) -> Polarity:
    """A turn that ends by asking is a question; a text is plain."""
    last = text[slice(*draft.content[-1])].rstrip(" \"”'’)")
    source = text[slice(*draft.source[0])] if draft.source else ""
    asks = last.endswith("?") or (_ASKER.match(source) is not None and "?" in last)
    return "question" if draft.kind == "transcript" and asks else "affirmed"


def _auxiliary(text: str, draft: Draft) -> str:
    """Auxiliaries and adverbs right before the cue: "did not | say", "will | tell"."""
    if not draft.cue:
        return ""
    start = draft.cue[0][0]
    floor = max(draft.sentence[0], start - _BEFORE, *(stop for _, stop in draft.source if stop <= start), 0)
    found = _AUXILIARIES.search(text[floor:start].lower().replace("’", "'"))
    return found.group() if found else ""


def _words(words: str) -> list[str]:
    found = []
    for word in _WORD.findall(words):
        found.append(word)
        if word.endswith("n't"):
            found.append("n't")
    return found


def _has(words: list[str], name: str) -> bool:
    return not modes()[name].isdisjoint(words)


def _is_negated(words: list[str], cue: str) -> bool:
    if _has(words, "negation") and not ("not" in words and "only" in words):
        return True
    return _has(words, "withholding") or any(phrase in cue for phrase in _phrases()) or "no longer" in cue


def _ahead(text: str, draft: Draft, words: list[str]) -> Polarity | None:
    """What is not said yet, or only may be; who says "I would say", "I will ask" says it with that."""
    source = text[slice(*draft.source[0])].lower() if draft.source else ""
    if source in modes()["first_person"]:
        return None
    if _has(words, "future") or ({"is", "are", "was", "were"} & set(words) and "to" in words and _has(words, "due")):
        return "future"
    if {"is", "are"} & set(words[:1]) and words[1:2] == ["to"]:
        return "future"
    may = _has(words, "conditional") and not ("only" in words or "say only" in text[slice(*draft.sentence)])
    if may and not {"like", "welcome"} & set(words):
        return "hypothetical"
    before = text[draft.sentence[0] : (draft.source or draft.cue or draft.content)[0][0]].lower().split()[-1:]
    return "hypothetical" if before and before[0] in {"if", "unless"} else None


def _is_question(text: str, draft: Draft, said: list[str], content: str) -> bool:
    first = content.split(" ", 1)[0].strip(",;:")
    ends = text[slice(*draft.content[-1])].rstrip(" \"”'’)").endswith("?") if draft.content else False
    if _has(said, "wondering") or (("want" in said or "wanted" in said) and "know" in said):
        return True
    if _has(said, "asking"):
        return ends or first in modes()["interrogative"] or "about" in said
    inverted = bool(draft.cue and draft.source) and draft.cue[0][0] < draft.source[0][0] < draft.cue[-1][1]
    return inverted and len(draft.cue) > 1


def _is_request(said: list[str], cue: str, content: str) -> bool:
    if not _has(said, "requesting") and not _has(said, "for_a_deed"):
        return False
    deed = bool(_OBJECT_AND_INFINITIVE.match(content))
    if {"call", "calls", "called", "calling"} & set(said):
        return bool(re.search(r"\b(?:for|on|upon)$", cue)) or deed
    if {"tell", "tells", "told", "telling"} & set(said):
        return content.startswith(("to ", "not to "))
    if {"insist", "insists", "insisted"} & set(said):
        return bool(re.match(r"that\s(?:[\w’'-]+\s){1,5}?be\b", content))
    if {"ask", "asks", "asked", "asking"} & set(said):
        return deed or cue.endswith(("for", "to")) or content.startswith(("that ", "for "))
    return True


@cache
def modes() -> dict[str, frozenset[str]]:
    """The word lists of ``modes.toml``."""
    read = tomllib.loads(files(__package__).joinpath("modes.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in read.items() if name not in ("source", "licence")}


@cache
def _phrases() -> tuple[str, ...]:
    read = tomllib.loads(files(__package__).joinpath("modes.toml").read_text(encoding="utf-8"))
    return tuple(read["nothing"].split("|"))
