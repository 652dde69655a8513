"""What a text is about, as far as words tell: its telling words by their beginnings, and where two texts share most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from stemma.collate.pair.sketch import TOKEN, lexicon, plain_word

#: A number or a name tells more than another word.
NAMED = 1.5
STEM = 6  #: letters by which a word is known in any inflection; a common truncation for English
_SHORT = 3  #: letters of a word whose last "s" is no ending
_LARGE = 1_000  #: words of a text that are looked at
#: Of the longer text so many telling words in a row are held against the shorter one, as often as it has, and some.
WIDTH, MORE = 2, 6
#: A word that comes again after a function word makes a phrase, which counts as another word ("shoulder to shoulder").
_DOUBLED, AGAIN = 2, "+"
LARGE_IN_HEADLINE = 0.8  #: where so many telling words are written large, none is a name by that


class Word(NamedTuple):
    """A telling word: its beginning, what it weighs, and its place in characters; of a phrase ``AGAIN`` ends it."""

    stem: str
    weight: float
    start: int
    end: int


def matter(text: str) -> list[Word]:
    """The telling words of a text, in order."""
    tokens = list(islice(TOKEN.finditer(text), _LARGE))
    plain = [plain_word(token.group()) for token in tokens]
    told = [place for place, word in enumerate(plain) if word not in lexicon("function")]
    large = [tokens[place].group()[0].isupper() for place in told]
    is_headline = sum(large) >= LARGE_IN_HEADLINE * len(large)
    found: list[Word] = []
    for place, is_large in zip(told, large, strict=True):
        start, end = tokens[place].span()
        named = text[start].isdecimal() or (is_large and place > 0 and not is_headline)
        known = stem(plain[place])
        if (
            place >= _DOUBLED
            and plain[place - _DOUBLED] == plain[place]
            and found[-1].start == tokens[place - _DOUBLED].start()
        ):
            known, start = known + AGAIN, found[-1].start
        found.append(Word(known, NAMED if named else 1.0, start, end))
    return found


def stem(plain: str) -> str:
    """By what a word is known in any number and inflection."""
    singular = plain[:-1] if len(plain) > _SHORT and plain[-1] == "s" and plain[-2] not in "su" else plain
    return singular[:STEM]


def weigh(words: Sequence[Word]) -> dict[str, float]:
    """The different words with what each weighs; one that is a name somewhere is one."""
    found: dict[str, float] = {}
    for word in words:
        found[word.stem] = max(word.weight, found.get(word.stem, 0.0))
    return found


def nearest(one: Sequence[Word], other: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """Both texts, of a much longer one the stretch that shares most with the other: a treaty holds many words."""
    if len(one) > len(other):
        theirs, mine = nearest(other, one)
        return mine, theirs
    width, wanted = WIDTH * len(one) + MORE, weigh(one)
    if len(other) <= width:
        return one, other
    held, uses, best = 0.0, Counter[str](), (0.0, 0)
    for end, word in enumerate(other):
        held += wanted.get(word.stem, 0.0) if not uses[word.stem] else 0.0
        uses[word.stem] += 1
        if (start := end + 1 - width) >= 0:
            best = max(best, (held, -start))
            gone = other[start].stem
            uses[gone] -= 1
            held -= wanted.get(gone, 0.0) if not uses[gone] else 0.0
    return one, other[-best[1] : width - best[1]]
