"""The kind of each name of a page that its own words leave open, told from all its places together.

A log-linear model over signs: the words of the name and the lists that they are on (``forms``), the words around its
places (``places``), and what the rest of the page says of it (here). Its weights (``weights.tsv``) are fitted by
``python -m training.mentions`` on the Stemma attribution corpus.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from stemma.annotate.mentions.candidates import Candidate, is_adjectival
from stemma.annotate.mentions.kinds.forms import form
from stemma.annotate.mentions.kinds.places import around
from stemma.annotate.mentions.kinds.weights import Odds, odds
from stemma.annotate.mentions.lexicon import lexicon, plain
from stemma.annotate.mentions.runs import tokens
from stemma.records import MentionKind

__all__ = ["decided", "signs"]

_SMALL = re.compile(r"\b[a-z]{3,}\b")
_SHORTEST_SMALL = 3
_LONG = 30_000  #: characters of a text from which a set of its words is cheaper than searches
_ADJECTIVE = re.compile(r"[A-Z][a-z]{3,}(?:an|ese|ish)\b")
_MOST_PLACES = 8  #: of one name that are looked at; a name told so often is told
_NEVER = frozenset({"number or unit", "head alone", "known thing"})
_SURELY = 0.8  #: share from which a name of several words counts as a full name, whose words then stand for it
_NEAR = 9  #: characters between two names that are bound together
_BOUND = frozenset({"'s", "'", "of", "of the", "in", "in the", "for", "at", "at the", "from", "with"})
_LISTED = frozenset({", ", " and ", ", and ", " or ", ", or ", " & "})


_ACT = re.compile(r"(?: both| jointly)? ([a-z]+)\b")
_ABBREVIATION = 3  #: letters; two are initials of a person as often


def decided(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Candidates with the kind that the page as a whole gives their name; those without one are dropped."""
    certain = {one.text: one.kind for one in found if one.kind is not None and one.words > 1}
    titled = {one.text for one in found if one.titled}
    told = odds({(name, reason): seen for name, (reason, seen) in _page_signs(text, found).items()})
    certain |= _spelled_out(text, found, certain, told)
    certain |= _joined(text, found, certain, told)
    people = _people(one._replace(kind="person") if _is_person(one, told) else one for one in found)
    for one in found:
        if one.kind is not None:
            yield one
        elif one.text in certain:
            yield one._replace(kind=certain[one.text], reason="as in the text")
        elif one.words == 1 and _is_short(one, people) and (one.titled or not is_adjectival(text, one)):
            yield one._replace(kind="person", reason="short form")
        elif one.text in told and (one.text in titled or not is_adjectival(text, one)):
            kind, share = told[one.text]
            if kind == "person" and _is_abbreviation(one):
                yield one._replace(kind="organization", reason="abbreviation", confidence=share)
            elif kind:
                yield one._replace(kind=kind, reason="words around it", confidence=share)


def _spelled_out(
    text: str, found: Sequence[Candidate], certain: Mapping[str, MentionKind | None], told: Mapping[str, Odds]
) -> dict[str, MentionKind]:
    """Kinds of initials that the page gives behind a name or before it: "the Institute of Shipping (IS)"."""
    kinds: dict[str, MentionKind] = {}
    for left, right in pairwise(found):
        if text[left.end : right.start] == " (" and text[right.end : right.end + 1] == ")":
            for short, name in ((right.text, left), (left.text, right)):
                kind = name.kind or certain.get(name.text) or (told[name.text].kind if name.text in told else None)
                if kind and short.isupper() and _initials(name.text) == plain(short).replace(".", ""):
                    kinds[short] = kind
    return kinds


def _joined(
    text: str, found: Sequence[Candidate], certain: Mapping[str, MentionKind | None], told: Mapping[str, Odds]
) -> dict[str, MentionKind]:
    """Lone names of no kind that "and" joins to a place, and that act with it: "Karvis and Orsk had argued"."""
    kinds: dict[str, MentionKind] = {}
    for left, right in pairwise(found):
        act = _ACT.match(text, right.end)
        acts = act is not None and (act[1] in lexicon().verbal or act[1] in lexicon().speech)
        if left.words == right.words == 1 and text[left.end : right.start] == " and " and acts:
            for one, other in ((left, right), (right, left)):
                lone = one.text in told and told[one.text].kind is None and one.reason == "word" and not one.opens
                kind = other.kind or certain.get(other.text) or (told[other.text].kind if other.text in told else None)
                if lone and kind == "place" and not is_adjectival(text, one):
                    kinds[one.text] = "place"
    return kinds


def _is_person(one: Candidate, told: dict[str, Odds]) -> bool:
    return one.words > 1 and one.text in told and told[one.text].kind == "person" and told[one.text].share >= _SURELY


def _is_abbreviation(one: Candidate) -> bool:
    """Whether a name is one word in capitals without a title before it: no person is written so in running text."""
    return one.words == 1 and not one.titled and len(one.text) >= _ABBREVIATION and one.text.isupper()


def _is_short(one: Candidate, people: dict[str, str]) -> bool:
    """Whether a word stands for a person whose full name the page gives: "In" does not, whoever is called so."""
    low = plain(one.text)
    return low in people and low not in lexicon().function and low not in lexicon().calendar


def signs(text: str, found: Sequence[Candidate]) -> dict[str, dict[str, float]]:
    """The signs of each name whose kind is open, by the name as it is written, with how much each counts.

    A sign of the name counts once. A sign of its places counts for each place, over the root of their number: a name
    that stands in many places is told more surely, but not by so much as if they had nothing to do with each other.
    """
    on_page = _page_signs(text, found)
    return {name: {**dict.fromkeys(form(name, reason), 1.0), **seen} for name, (reason, seen) in on_page.items()}


def _page_signs(text: str, found: Sequence[Candidate]) -> dict[str, tuple[str, dict[str, float]]]:
    """The same without those of the name itself: by name, with the reason for which it was cut out."""
    page = _Page(text, found, _people(found))
    seen: dict[str, tuple[str, dict[str, float]]] = {}
    places: dict[str, list[list[str]]] = {}
    for number, one in enumerate(found):
        if not _is_open(text, one) or len(places.get(one.text, ())) >= _MOST_PLACES:
            continue
        if one.text not in seen:
            seen[one.text] = one.reason, dict.fromkeys(page.of(one), 1.0)
        if not one.opens:
            seen[one.text][1]["inside"] = 1.0
        places.setdefault(one.text, []).append([*around(text, one), *page.beside(number)])
    for name, told in places.items():
        share, own = len(told) ** -0.5, seen[name][1]
        for sign in chain.from_iterable(told):
            own[sign] = own.get(sign, 0.0) + share
    return seen


def _is_open(text: str, one: Candidate) -> bool:
    """Whether the words of a candidate leave its kind open and it is no word that merely has a capital."""
    low = plain(one.text)
    if one.kind is not None or one.reason in _NEVER or low in lexicon().common or low in lexicon().calendar:
        return False
    return one.titled or not is_adjectival(text, one)


class _Page:
    """What the rest of the page says of a name."""

    def __init__(self, text: str, found: Sequence[Candidate], people: dict[str, str]) -> None:
        self.text, self.found, self.people = text, found, people
        self.adjectives = frozenset(_ADJECTIVE.findall(text))
        self.counts = Counter(one.text for one in found)
        self.within: dict[str, MentionKind] = {}
        for one in found:
            if one.kind is not None and one.words > 1:
                for word in one.text.split():
                    self.within.setdefault(word, one.kind)

    def of(self, one: Candidate) -> Iterator[str]:
        """Signs of a name that hold for all its places."""
        low = plain(one.text)
        if any(_is_written_small(word, self.text) for word in low.split()):
            yield f"small:{min(one.words, 2)}"
        if one.words == 1 and not self.adjectives.isdisjoint(_adjectives(one.text)):
            yield "has an adjective"
        if low in self.people:
            yield "of a person"
        if one.text in self.within:
            yield f"within:{self.within[one.text]}"
        count = self.counts[one.text]
        yield f"count:{count if count < 3 else 3 if count < 6 else 6}"

    def beside(self, number: int) -> Iterator[str]:
        """Kinds of the names that stand beside this one in a list, or that it shortens in brackets."""
        one = self.found[number]
        if number:
            yield from self._link(self.found[number - 1], one, self.found[number - 1].kind, "<")
        if number + 1 < len(self.found):
            yield from self._link(one, self.found[number + 1], self.found[number + 1].kind, ">")

    def _link(self, left: Candidate, right: Candidate, kind: MentionKind | None, side: str) -> Iterator[str]:
        between = self.text[left.end : right.start].replace("’", "'") if right.start - left.end < _NEAR else "-"
        if kind is not None and between in _LISTED:
            yield f"{side}{between.strip() or 'and'}:{kind}"
        elif kind is not None and between.strip() in _BOUND:
            yield f"{side}{between.strip()}:{kind}"
        elif between == " (" and self.text[right.end : right.end + 1] == ")":
            same = _initials(left.text) == plain(right.text).replace(".", "")
            yield f"{side}(:{kind}:{same}"


def _initials(name: str) -> str:
    return "".join(word.text[0].lower() for word in tokens(name) if word.capital)


def _people(found: Iterable[Candidate]) -> dict[str, str]:
    """Words of the full names of persons, and of names that once stood after a role, with the full name."""
    people: dict[str, str] = {}
    for one in found:
        if one.kind == "person" and (one.words > 1 or one.titled or "-" in one.text):
            for word in tokens(one.text):
                if word.capital and len(word.text) > 1 and (one.text.isupper() or not word.text.isupper()):
                    people.setdefault(plain(word.text), one.text)
    return people


def _adjectives(name: str) -> tuple[str, ...]:
    """The adjectives that a country or city of this name may have: "Veloria" has "Velorian"."""
    return (name + "n", name + "ian", name + "ese", name + "an", name[:-1] + "ish", name[:-1] + "ese")


@lru_cache(maxsize=1)
def _small_words(text: str) -> frozenset[str]:
    return frozenset(_SMALL.findall(text))


def _is_written_small(word: str, text: str) -> bool:
    """Whether a word of three letters and more stands in the text in small letters, by itself."""
    if len(word) < _SHORTEST_SMALL or not word.isalpha():
        return False
    if len(text) > _LONG:  # many names and much text: one pass for all
        return word in _small_words(text)
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
        at = text.find(word, end)
    return False
