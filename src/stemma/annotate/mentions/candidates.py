"""Stretches of a page that may be names, with what stands around them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stemma.annotate.mentions.lexicon import is_adjective, lexicon, plain
from stemma.annotate.mentions.runs import opens_sentence, runs, tokens
from stemma.annotate.mentions.segments import segments
from stemma.records import MentionKind

_NEXT = re.compile(r"[ \u00a0]+([a-z][\w'’-]*)")
_BEFORE = re.compile(r"([\w'’-]+)[ \u00a0]+(?:[\"“‘(]\s?)?$")
_REACH = 24  #: characters to look around a name
_OWNED = re.compile(r"['’]s?[ \u00a0]([a-z]+)\b")
_CAMEL = re.compile(r"[a-z][A-Z]")
_AGED = re.compile(r",? (?:\d\d\b|aged \d|an? (?:\w+ ){0,3}(?:who|resident))")
_ADJECTIVE = re.compile(r"[A-Z][a-z]{3,}(?:an|ese|ish)\b")
_CREDIT = re.compile(r"/.?\||--|—")  #: the slashes or dashes of a dateline
_USUAL_WORDS = 3  #: words of most names of persons
_CITED = re.compile(r"[/(]\s*$")
_DATELINE = re.compile(r",?\s+(?:[A-Z][a-z]{2,8}\.? \d{1,2}\b|\d{1,2} [A-Z][a-z]+|[/(]|--|—|–)|\s*(?:--|—|–) ")
_FIRM, _USUAL, _SLIGHT = 1.5, 1.0, 0.5  #: votes: what tells a kind nearly always, mostly, sometimes
_SURE = 3.0  #: a vote that no other outweighs
_SHORTEST_ADJECTIVE = 5


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


def candidates(text: str, start: int, end: int) -> Iterator[Candidate]:
    """Candidates of one paragraph or line, in order."""
    for run in runs(text, start, end):
        begin: int | None = run.start()
        opens = opens_sentence(text, run.start(), start)
        if opens:
            begin, opens = _without_opening(run.group(), run.start())
        if begin is not None:
            for part in segments(text[begin : run.end()]):
                yield _candidate(text, begin, part, opens and part.start == 0)


def _without_opening(run: str, begin: int) -> tuple[int | None, bool]:
    """Where the run begins without common words at its head (None: nothing is left), and whether that is its head."""
    known = lexicon()
    found = tokens(run)
    at = 0
    while at < len(found) and (plain(found[at].text) in known.common or (at and not found[at].capital)):
        at += 1
    if at == len(found):
        return None, False
    return begin + found[at].start, at == 0


def _candidate(
    text: str, begin: int, part: tuple[int, int, MentionKind | None, str, bool, int], opens: bool
) -> Candidate:
    start, end, kind, reason, titled, words = part
    return Candidate(begin + start, begin + end, text[begin + start : begin + end], kind, reason, titled, words, opens)


def votes(text: str, found: Candidate) -> Iterator[tuple[MentionKind, float]]:
    """What the words around a candidate say of its kind."""
    known = lexicon()
    before, after = text[max(0, found.start - _REACH) : found.start], text[found.end : found.end + _REACH]
    previous = _BEFORE.search(before)
    word = previous[1].lower() if previous else ""
    capitals = found.text.isupper() and found.words == 1
    if capitals and after[:1] in {"/", ")"} and _CITED.search(before):
        yield ("outlet", _SURE) if _CREDIT.search(before[-2:] + "|" + after[:6]) else ("organization", _FIRM)
    if word in known.location:
        yield "place", _SLIGHT if capitals else _FIRM
    elif word in known.direction:
        yield "place", _SLIGHT
    elif word == "the":
        yield "organization", _USUAL if found.words > 1 else _SLIGHT
        yield "person", -2 * _USUAL
    if word not in known.location:  # "the government in Karvis wants": it is not Karvis that does
        yield from _speech_votes(word, after, capitals)
    owned = _OWNED.match(after)
    if owned and owned[1] in known.owned:
        yield "place", _FIRM


def _speech_votes(word: str, after: str, capitals: bool) -> Iterator[tuple[MentionKind, float]]:
    """Who speaks, or is of an age, is a person; capitals that speak are an organisation."""
    known = lexicon()
    following = _NEXT.match(after)
    next_word = following[1] if following else ""
    speaks: MentionKind = "organization" if capitals else "person"
    if next_word in known.speech or next_word in known.personal:
        yield speaks, _FIRM
    elif word in known.after_speech and not after[:1].isalnum():
        yield speaks, _USUAL
    elif _AGED.match(after):
        yield "person", _FIRM


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
    return not (next_word in known.verbal or next_word in known.speech or next_word.endswith(("ed", "ly")))


def shapes(found: Candidate) -> Iterator[tuple[MentionKind, float]]:
    """What the form of a name says of its kind."""
    known = lexicon()
    if found.words > 1 and plain(found.text).split()[0] in known.place_first - known.honorific:
        yield "place", _SLIGHT
        yield "person", -_SLIGHT
    match found.reason:
        case "capitals":
            yield "organization", (_FIRM + _USUAL) / 2
        case "lone given name":
            yield "person", _FIRM
        case "words":
            yield "person", _USUAL if found.words <= _USUAL_WORDS else _SLIGHT
        case "abstract words":
            yield "organization", _USUAL
    if found.words == 1:
        word = plain(found.text)
        if word.endswith(known.surname_ends):
            yield "person", _USUAL
        if word.endswith(known.place_ends):
            yield "place", _USUAL
        if _CAMEL.search(found.text) and not found.text.startswith(known.surname_starts):
            yield "organization", _FIRM


def weigh(text: str, found: Iterable[Candidate]) -> dict[str, dict[MentionKind, float]]:
    """The votes of all places of each name; a second vote of one kind counts half as much as the first, and so on."""
    tally: dict[str, dict[MentionKind, list[float]]] = defaultdict(lambda: defaultdict(list))
    adjectives = frozenset(_ADJECTIVE.findall(text))
    for one in found:
        if one.text not in tally:
            if one.words == 1 and not adjectives.isdisjoint(_adjectives(one.text)):
                tally[one.text]["place"].append(_SURE)
            for kind, weight in shapes(one):
                tally[one.text][kind].append(weight)
        if is_dateline(text, one):
            tally[one.text]["place"].append(_SURE)
        for kind, weight in votes(text, one):
            tally[one.text][kind].append(weight)
    return {name: {kind: _damped(weights) for kind, weights in kinds.items()} for name, kinds in tally.items()}


def _adjectives(name: str) -> tuple[str, ...]:
    """The adjectives that a country or city of this name may have: "Veloria" has "Velorian"."""
    return (name + "n", name + "ian", name + "ese", name + "an", name[:-1] + "ish", name[:-1] + "ese")


def is_dateline(text: str, found: Candidate) -> bool:
    """Whether a name heads its paragraph as the place of a dateline does."""
    return (
        found.opens
        and _DATELINE.match(text, found.end) is not None
        and text[max(0, found.start - 1) : found.start] in {"", "\n", " "}
    )


def _damped(weights: list[float]) -> float:
    ordered = sorted(weights, key=abs, reverse=True)
    return sum(weight / (1 + place) for place, weight in enumerate(ordered))
