"""Stretches of a page that may be names, with what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from stemma.annotate.mentions.lexicon import Lexicon, is_adjective, lexicon, plain, small_words
from stemma.annotate.mentions.runs import Token, opens_sentence, runs, tokens
from stemma.annotate.mentions.segments import opens_known, segments
from stemma.records import MentionKind

_NEXT = re.compile(r"[ \u00a0]+([a-z][\w'’-]*)")
_BEFORE = re.compile(r"([\w'’-]+)[ \u00a0]+(?:[\"“‘(]\s?)?$")
_REACH = 24  #: characters to look around a name
_OWNED = re.compile(r"['’]s?[ \u00a0]([a-z]+)\b")
_CAMEL = re.compile(r"[a-z][A-Z]")
_AGED = re.compile(r",? (?:\d\d\b|aged \d|an? (?:\w+ ){0,3}(?:who|resident))")
_BOUND_BEFORE, _PREFIX = re.compile(r"(?<![^\W\d_])[a-z]{1,9}-$"), 11
_MONEY = re.compile(r" ?[$€£¥]")
_ADJECTIVE = re.compile(r"[A-Z][a-z]{3,}(?:an|ese|ish)\b")
_CREDIT = re.compile(r"/.?\||--|—")  #: the slashes or dashes of a dateline
_USUAL_WORDS = 3  #: words of most names of persons
_CITED = re.compile(r"[/(]\s*$")
_DATELINE = re.compile(r",?\s+(?:[A-Z][a-z]{2,8}\.? \d{1,2}\b|\d{1,2} [A-Z][a-z]+|[/(]|--|—|–)|\s*(?:--|—|–) ")
_FIRM, _USUAL, _SLIGHT = 1.5, 1.0, 0.5  #: votes: what tells a kind nearly always, mostly, sometimes
_SURE = 3.0  #: a vote that no other outweighs
_SHORTEST_ADJECTIVE = 5
_TOGETHER = frozenset({"both", "each", "all", "also", "jointly", "together", "now", "then", "later", "again"})


class Candidate(NamedTuple):
    """A stretch that may be a name, its kind so far, and evidence for kinds from its place."""

    start: int
    end: int
    text: str
    kind: MentionKind | None
    reason: str
    titled: bool
    words: int
    opens: bool  #: stands where any word has a capital
    confidence: float | None = None  #: None: that of the reason


def candidates(text: str, start: int, end: int) -> Iterator[Candidate]:
    """Candidates of one paragraph or line, in order."""
    for run in runs(text, start, end):
        begin: int | None = run.start()
        opens = opens_sentence(text, run.start(), start)
        if opens:
            begin, opens = _without_opening(run.group(), run.start())
        if begin is not None and not _is_bound(text, begin, run.end()):
            for part in segments(text[begin : run.end()]):
                yield _candidate(text, begin, part, opens and part.start == 0)


def _is_bound(text: str, begin: int, end: int) -> bool:
    """Whether the run is part of a word or of a sum: "pro-Karvis", "US$ 20"; lists of names keep their own."""
    return _BOUND_BEFORE.search(text, max(0, begin - _PREFIX), begin) is not None or _MONEY.match(text, end) is not None


def _without_opening(run: str, begin: int) -> tuple[int | None, bool]:
    """Where the run begins without common words at its head (None: nothing is left), and whether that is its head."""
    known = lexicon()
    found = tokens(run)
    if opens_known(found):  # "The Guardian", "New Year Island"
        return begin, True
    at = 0
    while at < len(found) and _is_dropped(found, at, known):
        at += 1
    if at == len(found):
        return None, False
    return begin + found[at].start, at == 0


def _is_dropped(found: tuple[Token, ...], at: int, known: Lexicon) -> bool:
    """Whether a word before the name belongs to the sentence: behind the first one a capital is no chance."""
    word = plain(found[at].text)
    if at and not found[at].capital:
        return True
    if word in known.upper and found[at].text.isupper():
        return False
    return word in known.common and (at == 0 or word in known.function or at + 1 == len(found))


def _candidate(
    text: str, begin: int, part: tuple[int, int, MentionKind | None, str, bool, int], opens: bool
) -> Candidate:
    start, end, kind, reason, titled, words = part
    if opens and words == 1 and reason == "known name" and text[begin + start : begin + end].lower() in small_words():
        kind, reason = None, "word"  # "Shell", at the head of a sentence, may be any shell
    return Candidate(begin + start, begin + end, text[begin + start : begin + end], kind, reason, titled, words, opens)


def is_adjectival(text: str, found: Candidate) -> bool:
    """Whether a lone word ends like an adjective of a country and a noun follows: "Velorian officials"."""
    known = lexicon()
    word = plain(found.text)
    if found.words != 1 or found.titled:
        return False
    if is_adjective(word):
        return True
    following = _NEXT.match(text, found.end)
    if following is None or not word.endswith(known.adjective_ends) or len(word) < _SHORTEST_ADJECTIVE:
        return False
    next_word = following[1].lower()
    if next_word in known.function or next_word in _TOGETHER:
        return False  # "Karvis and Kyrsi both said"
    return not (next_word in known.verbal or next_word in known.speech or next_word.endswith(("ed", "ly")))


def is_dateline(text: str, found: Candidate) -> bool:
    """Whether a name heads its paragraph as the place of a dateline does."""
    return (
        found.opens
        and _DATELINE.match(text, found.end) is not None
        and text[max(0, found.start - 1) : found.start] in {"", "\n", " "}
    )
