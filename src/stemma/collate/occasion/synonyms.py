"""Words of like sense: which word of one text may stand for which of another, by WordNet.

The table lies beside this file with its source and licence and is made by ``python -m training.synonyms``. English.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

#: How near two words are that have a sense in common, the derived ones with them, and one of which has a sense that is
#: narrower than one of the other.
SAME, NARROWER = 1.0, 0.7
#: What an ending may stand for; the first of several that gives a known word is not preferred, all are taken.
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("es", "e"), ("es", ""), ("s", ""), ("ing", "e"), ("ing", ""), ("ed", "e"), ("ed", ""),
    ("est", ""), ("est", "e"), ("er", ""), ("er", "e"),
)  # fmt: skip
_SHORTEST = 3  #: letters of a word without its ending


class _Table(NamedTuple):
    common: frozenset[str]
    senses: Mapping[str, frozenset[int]]
    narrower: Mapping[str, frozenset[int]]  #: senses that are broader than the word
    forms: Mapping[str, frozenset[str]]  #: the words of irregular forms


def nearness(one: str, other: str) -> float:
    """How near two words in lower case are by their senses: ``SAME``, ``NARROWER``, or 0.0.

    Both may be inflected ("defences", "fought"). A word is not near itself unless it is known.
    """
    (mine, above), (theirs, over) = _of(one), _of(other)
    if not mine.isdisjoint(theirs):
        return SAME
    return NARROWER if not (mine.isdisjoint(over) and theirs.isdisjoint(above)) else 0.0


def is_common(word: str) -> bool:
    """Whether a word in lower case, inflected or not, is one of the thousand commonest of general prose."""
    return not _table().common.isdisjoint({word, *words_of(word)})


def senses_of(word: str) -> frozenset[int]:
    """The senses of a word in lower case and those that are broader, by number: near words share one."""
    own, above = _of(word)
    return own | above


@lru_cache(maxsize=1 << 15)
def _of(word: str) -> tuple[frozenset[int], frozenset[int]]:
    table, words = _table(), words_of(word)
    own, above = (
        frozenset[int]().union(*(some.get(each, frozenset()) for each in words))
        for some in (table.senses, table.narrower)
    )
    return own, above


def words_of(form: str) -> set[str]:
    """The known words that a form may be one of."""
    known = _table()
    found = {form, *known.forms.get(form, ()), *_without_endings(form)}
    return {each for each in found if each in known.senses or each in known.narrower or each in known.common}


def _without_endings(form: str) -> Iterator[str]:
    for ending, instead in _ENDINGS:
        rest = form.removesuffix(ending)
        if rest != form and len(rest) >= _SHORTEST:
            yield rest + instead
            if rest[-1] == rest[-2]:
                yield rest[:-1]


@cache
def _table() -> _Table:
    parts = _parts()
    senses: dict[str, set[int]] = defaultdict(set)
    narrower: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate((*parts["alike"], *parts["states"])):
        own, _, below = line.partition(" > ")
        for word in own.split():
            senses[word].add(number)
        for word in below.split():
            narrower[word].add(number)
    forms: dict[str, set[str]] = defaultdict(set)
    for line in parts["forms"]:
        form, word = line.split()
        forms[form].add(word)
    common = frozenset(word for line in parts["common"] for word in line.split())
    held = [{word: frozenset(each) for word, each in some.items()} for some in (senses, narrower)]
    return _Table(common, held[0], held[1], {form: frozenset(each) for form, each in forms.items()})


def _parts() -> dict[str, list[str]]:
    """The lines of the table by their headings in square brackets."""
    found: dict[str, list[str]] = {}
    for line in files(__package__).joinpath("synonyms.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            part = found[line[1:-1]] = []
        elif not line.startswith("#"):
            part.append(line)
    return found
