"""Names that a name is made of: "University of Karvis" holds a place, "Maren Holt Foundation" a person."""

from __future__ import annotations

from collections.abc import Iterator

from stemma.annotate.mentions.lexicon import lexicon, plain, small_words
from stemma.annotate.mentions.runs import Token, tokens
from stemma.records import Mention, MentionKind
from stemma.text import gazetteer

_SMALLEST = 3  #: class of size of a city that is told inside a name without being known otherwise
_LARGE = 2
_LINKS = frozenset({"of", "of the", "in", "for", "at"})


def inner(mention: Mention) -> tuple[tuple[int, int, MentionKind], ...]:
    """Start, end and kind of the places and persons inside the name of a body, an outlet or a work.

    Offsets are of the page. They are no mentions by themselves: mentions never overlap. Only what the gazetteer knows
    is told, and full names of persons at the head.
    """
    if mention.kind in {"person", "place"}:
        return ()
    words = tokens(mention.evidence.exact)
    base = mention.evidence.start
    return tuple((base + start, base + end, kind) for start, end, kind in _parts(words))


def _parts(words: tuple[Token, ...]) -> Iterator[tuple[int, int, MentionKind]]:
    at = 0
    while at < len(words):
        size, kind = _known(words, at)
        if size and kind and size < len(words):
            yield words[at].start, words[at + size - 1].end, kind
        at += max(size, 1)


def _known(words: tuple[Token, ...], at: int) -> tuple[int, MentionKind | None]:
    """Words and kind of the longest name at a word; (0, None) where none begins."""
    known = lexicon()
    for size in range(min(known.opening.get(plain(words[at].text), 1), len(words) - at), 0, -1):
        spelled = " ".join(plain(word.text) for word in words[at : at + size])
        if known.phrases.get(spelled) == "place":
            return size, "place"
    if at == 0 and len(words) > 2 and _is_person(words):
        return 2, "person"
    return (1, "place") if _is_city(words, at) else (0, None)


def _is_city(words: tuple[Token, ...], at: int) -> bool:
    """A city after "of", or one at the head that nothing else is called."""
    word = words[at].text
    linked = at > 0 and words[at - 1].text in _LINKS
    if gazetteer.cities().get(word, _SMALLEST + 1) > (_SMALLEST if linked else _LARGE) or plain(word) in small_words():
        return False
    return linked or (at == 0 and word not in gazetteer.people("surname"))


def _is_person(words: tuple[Token, ...]) -> bool:
    known = lexicon()
    first, second = plain(words[0].text), words[1]
    given = first in known.male or first in known.female or first in known.given
    return (
        given
        and second.capital
        and second.text in gazetteer.people("surname")
        and plain(second.text) not in known.place_head
    )
