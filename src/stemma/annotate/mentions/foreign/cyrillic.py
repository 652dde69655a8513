"""Names in Cyrillic letters, whose words change their endings: compared by their stems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from stemma.annotate.mentions.foreign.listed import Name, listed, words_of
from stemma.records import MentionKind
from stemma.text import gazetteer

_WORD = re.compile(r"[\u0400-\u052f]+(?:[-’'][\u0400-\u052f]+)*|[А-ЯЁ]\.(?=[ \u00a0]?[А-ЯЁ])")
_ENDING = re.compile(
    "(?:ами|ями|ого|его|ому|ему|ыми|ими|ою|ею|ой|ей|ый|ий|ом|ем|ым|им|ам|ям|ах|ях|ую|юю|ая|яя|ое|ее|ые|ие|ых|их|[аяоеёуюыиьйієї])$"
)
_STEM = 3  #: letters that a stem keeps at least
_PATRONYMIC = re.compile("(?:ович|евич|ьич|овн|евн|иничн|йович|івн)$")
_SHORT = 4  #: letters of a word that is compared as it is
_MOST = 4  #: words of a name
_ROLE = 9  #: words between the beginning of a role and the name
_STRANGE = 1  #: words with a capital among them that are not listed


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The word in small letters without the ending of its case."""
    low = word.lower().replace("ё", "е")
    cut = _ENDING.sub("", low)
    return cut if len(cut) >= _STEM else low


@cache
def _known() -> tuple[Mapping[tuple[str, ...], MentionKind], frozenset[str]]:
    """Kinds of the listed names by their stems, capitals as they are; stems that open one."""
    kinds = {tuple(_key(word) for word in name.split()): kind for name, kind in listed("cyrillic").items()}
    return kinds, frozenset(key[0] for key in kinds)


def _key(word: str) -> str:
    """Capitals and short words as they are: "Рад" is no "Рада"."""
    return word if (word.isupper() and len(word) > 1) or len(word) <= _SHORT else stem(word)


@cache
def _stems(what: str) -> frozenset[str]:
    words = gazetteer.people("cyrillic") if what == "given" else words_of("cyrillic", what)
    return frozenset(map(stem, words))


def names(text: str, start: int, end: int) -> Iterator[Name]:
    """The names of a stretch, in order."""
    words = list(_WORD.finditer(text, start, end))
    surnames: set[str] = set()
    at = 0
    while at < len(words):
        size, kind = _name(text, words, at, surnames)
        if kind == "person":
            surnames.add(stem(words[at + size - 1][0]))
        if kind:
            role = _role(text, words, at) if kind == "person" else None
            reason = "after a role" if role else "name shape" if kind == "person" else "known name"
            yield Name(words[at].start(), words[at + size - 1].end(), kind, reason, role)
        at += max(size, 1)


def _name(text: str, words: Sequence[re.Match[str]], at: int, surnames: set[str]) -> tuple[int, MentionKind | None]:
    """Words and kind of the name that begins at a word."""
    if not words[at][0][0].isupper():
        return 0, None
    run = _run(text, words, at)
    if run == 1 and stem(words[at][0]) in surnames:
        return 1, "person"
    kinds, opening = _known()
    if _key(words[at][0]) in opening:
        for size in range(run, 0, -1):
            kind = kinds.get(tuple(_key(word[0]) for word in words[at : at + size]))
            if kind:
                return size, kind
    if stem(words[at][0]) in _stems("role"):
        return 0, None
    spelled = [stem(word[0]) for word in words[at : at + run]]
    if run > 1 and spelled[0] not in _stems("given") and any(word in _stems("given") for word in spelled[1:-1]):
        return 0, None  # a state that nobody has listed, then the name: "Велории Олег Тарнов"
    person = run > 1 and (spelled[0] in _stems("given") or any(_PATRONYMIC.search(word) for word in spelled[1:]))
    if person or _role(text, words, at):
        return run, "person"
    return 0, None


def _run(text: str, words: Sequence[re.Match[str]], at: int) -> int:
    """How many words with a capital follow each other, up to a listed place or body."""
    size = 1
    while at + size < len(words) and size < _MOST and words[at + size][0][0].isupper():
        between = text[words[at + size - 1].end() : words[at + size].start()]
        if between.strip(" \u00a0") or "\n" in between:
            break
        size += 1
    return size


def _role(text: str, words: Sequence[re.Match[str]], at: int) -> tuple[int, int] | None:
    """Where the role before a name stands: "министр иностранных дел России", without a stop in between."""
    strange = 0
    for back in range(at - 1, max(-1, at - 1 - _ROLE), -1):
        if text[words[back].end() : words[back + 1].start()].strip(" \u00a0"):
            return None
        word = words[back][0]
        if stem(word) in _stems("role"):
            return words[back].start(), words[at - 1].end()
        strange += word[0].isupper() and _key(word) not in _known()[1]
        if strange > _STRANGE:
            return None
    return None
