"""Quotations that another page quotes again in other words or in part: "reason to be furious", yet starving.

Weaker than shared wording: it *resembles*. A quotation is known again by its telling words in whatever order, where the
other page has some of them in quotation marks too, and both name somebody or something in common near by.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemma.collate.clusters import Parallel
from stemma.collate.occasion.answering import answered, is_answer
from stemma.collate.occasion.likewords import LikeWords
from stemma.collate.occasion.matter import NAMED, Word, stem, weigh
from stemma.collate.occasion.synonyms import is_common
from stemma.collate.pair.sketch import TOKEN, lexicon, plain_word
from stemma.records import Passage

Span = tuple[int, int]

#: A quotation has so many different telling words (three are a set phrase), so many of them are shared, and so many of
#: these are neither names nor numbers.
FEWEST, FEWEST_SHARED, FEWEST_PLAIN = 4, 3, 2
#: What the shared words weigh, names and common ones half. The less they weigh, the more of the quotation and of the
#: stretch that answers it they must be.
COMMON, LEAST_WEIGHT = 0.5, 2.5
LEAST_ALIKE, WHOLE, LESS_PER_WEIGHT = 0.6, 0.9, 0.05
#: A stretch that answers a quotation has at most so many times its telling words, and some.
WIDER, MORE = 2, 4
NEAR = 300  #: characters around a paragraph in which both must name somebody or something in common
#: A quotation and a paragraph are held against each other if they share three telling words that stand in so many of
#: either; what so many paragraphs have is a set phrase.
REACH = 4
BRIEF = 5  #: telling words of a quotation of which three may be all that is kept; of a longer one more are
FEWEST_EXACT, LEAST_SAME = 3, 0.4  #: words of a quotation that the other paragraph has by their stem, and their share
MOST_PARAGRAPHS = 32
LONGEST = 4_000  #: characters of a paragraph that is looked at: a longer one is no prose of a page

_MARK = re.compile(r"[\"“”„«»]|''|``")
_LINE = re.compile(r"\S[^\n]*")
_CLOSES = "”»"
_MIXER = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio in 64 bits (Knuth's multiplicative hashing)


class Paragraph(NamedTuple):
    """A line of a passage that holds quotation marks; places in characters of the passage."""

    passage: int
    start: int
    end: int
    quotations: tuple[Span, ...]


class _Telling(NamedTuple):
    """The telling words of a paragraph, by number, and which of its quotations each stands in, from 1; 0: in none."""

    words: NDArray[np.uint64]
    quoted: NDArray[np.int64]


def quotations(text: str) -> list[Span]:
    """The stretches of a line between quotation marks, without the marks; the last may be open."""
    marks = list(_MARK.finditer(text))
    found = []
    for opening, closing in zip(marks[::2], [*marks[1::2], None], strict=False):
        if closing or opening.group() not in _CLOSES:
            found.append((opening.end(), closing.start() if closing else len(text)))
    return found


def requoted(quotation: str, other: str, quoted: Sequence[Span]) -> LikeWords | None:
    """The stretch of a text that quotes a quotation again, in what words ever; None: none does.

    ``quoted``: what of the other text stands in quotation marks.
    """
    mine, theirs = answered(quotation, other)
    bag = weigh(mine)
    places = [place for place, word in enumerate(theirs) if word.stem in bag]
    if len(bag) < FEWEST or len({theirs[place].stem for place in places}) < FEWEST_SHARED:
        return None
    score, first, last = max(_windows(bag, theirs, places), default=(0.0, 0, 0))
    stretch = theirs[first : last + 1]
    shared = bag.keys() & weigh(stretch).keys()
    kept = [word for word in stretch if word.stem in shared and not is_answer(word.stem)]
    if not _is_enough(score, kept, other) or not any(_is_within(word, quoted) for word in kept):
        return None
    own = [word for word in mine if word.stem in shared]
    span = (min(word.start for word in own), max(word.end for word in own))
    return LikeWords(span, (stretch[0].start, stretch[-1].end), len(shared), round(score, 3))


def _windows(
    bag: Mapping[str, float], words: Sequence[Word], places: Sequence[int]
) -> Iterator[tuple[float, int, int]]:
    """Stretches from one shared word to another: how alike they are, less than 0 the first word, the last.

    Alike is the less of Dice's coefficient and of the share of the quotation that is there.
    """
    whole, widest = sum(bag.values()), WIDER * len(bag) + MORE
    for number, first in enumerate(places):
        held: dict[str, float] = {}
        theirs: dict[str, float] = {}
        seen = first
        for last in places[number:]:
            if last - first >= widest:
                break
            for word in words[seen : last + 1]:
                theirs[word.stem] = max(theirs.get(word.stem, 0.0), word.weight)
            seen = last + 1
            held[words[last].stem] = min(theirs[words[last].stem], bag[words[last].stem])
            if len(held) >= FEWEST_SHARED:
                both = sum(held.values())
                yield min(2 * both / (whole + sum(theirs.values())), both / whole), first, last


def named(text: str) -> frozenset[int]:
    """The telling words written large in a text, by number: what is named there, and what begins a sentence."""
    return _names(text, 0, len(text))


def _is_enough(score: float, kept: Iterable[Word], text: str) -> bool:
    words = {word.stem: word for word in kept}
    weight = sum(COMMON if _is_slight(each, text) else 1.0 for each in words.values())
    plain = sum(each.weight < NAMED for each in words.values())
    if len(words) < FEWEST_SHARED or plain < FEWEST_PLAIN or weight < LEAST_WEIGHT:
        return False
    return score >= max(LEAST_ALIKE, WHOLE - LESS_PER_WEIGHT * weight)


def _is_slight(word: Word, text: str) -> bool:
    """Whether a word is a name, a number or a common one: all speak of the same people in the same turns of phrase."""
    return word.weight >= NAMED or is_common(plain_word(text[word.start : word.end]))


def _is_within(word: Word, spans: Sequence[Span]) -> bool:
    return any(start <= word.start < end for start, end in spans)


def requotations(passages: Sequence[Passage], known: Iterable[Parallel] = ()) -> list[Parallel]:
    """Quotations of a collection that another page quotes again, in order of the documents and places.

    ``known``: passages that are shared by their wording; what overlaps one of them on both sides is not told again.
    Only paragraphs with quotation marks are looked at; takes some 100 bytes for each telling word of these.
    """
    found = [each for pair in _candidates(passages) for each in _between(passages, *pair)]
    told: dict[tuple[str, str], list[Parallel]] = defaultdict(list)
    for one in known:
        for side in (one, one.turned()):
            told[side.left_document, side.right_document].append(side)
    kept = []
    for new in sorted(set(found), key=lambda each: (-each.kept, each)):
        beside = told[new.left_document, new.right_document]
        if not any(_touch(new.left, each.left) and _touch(new.right, each.right) for each in beside):
            beside.append(new)
            kept.append(new)
    return sorted(kept)


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _between(passages: Sequence[Passage], one: Paragraph, other: Paragraph) -> Iterator[Parallel]:
    """What either of two paragraphs quotes again of the other, the lower document on the left."""
    if not _named_in_common(passages, one, other):
        return
    for mine, theirs in ((one, other), (other, one)):
        left, right = passages[mine.passage].evidence, passages[theirs.passage].evidence
        line = right.exact[theirs.start : theirs.end]
        quoted = [(start - theirs.start, end - theirs.start) for start, end in theirs.quotations]
        for start, end in mine.quotations:
            if like := requoted(left.exact[start:end], line, quoted):
                place, answer = left.start + start, right.start + theirs.start
                sides = (
                    (place + like.left[0], place + like.left[1]), (answer + like.right[0], answer + like.right[1]),
                )  # fmt: skip
                kept = like.score * max(side[1] - side[0] for side in sides)
                found = Parallel(left.document, right.document, *sides, round(kept, 1))
                yield found if left.document < right.document else found.turned()


def _named_in_common(passages: Sequence[Passage], one: Paragraph, other: Paragraph) -> bool:
    mine, theirs = (_names(passages[each.passage].evidence.exact, each.start, each.end) for each in (one, other))
    return not mine.isdisjoint(theirs)


@lru_cache(maxsize=1 << 13)
def _names(text: str, start: int, end: int) -> frozenset[int]:
    """The telling words written large in a paragraph and around it, by number: what is named there, and what begins."""
    tokens = TOKEN.findall(text, max(0, start - NEAR), end + NEAR)
    return frozenset(_number(token) for token in tokens if token[0].isupper()) - {0}


def _candidates(passages: Sequence[Passage]) -> list[tuple[Paragraph, Paragraph]]:
    """Paragraphs of different documents one of which may quote the other again, each two once, in order."""
    found = [each for number, passage in enumerate(passages) for each in _paragraphs(number, passage.evidence.exact)]
    if not found:
        return []
    rows = [_telling(passages[each.passage].evidence.exact, each) for each in found]
    documents = [passages[each.passage].evidence.document for each in found]
    brief = [bool(np.isin(np.bincount(row.quoted)[1:], range(FEWEST, BRIEF + 1)).any()) for row in rows]
    counts: Counter[tuple[int, int]] = Counter()
    for some in _together(*_triples(rows)):
        counts.update(combinations(some, 2))
    return [
        (found[one], found[other]) for (one, other), count in sorted(counts.items())
        if documents[one] != documents[other] and (count > 1 or brief[one] or brief[other])
        and (_may(rows[one], rows[other]) or _may(rows[other], rows[one]))
    ]  # fmt: skip


def _may(mine: _Telling, theirs: _Telling) -> bool:
    """Whether a quotation of one paragraph has enough of its words in the other: a cheap look."""
    shared = np.bincount(mine.quoted[np.isin(mine.words, theirs.words)], minlength=1)[1:]
    whole = np.bincount(mine.quoted, minlength=len(shared) + 1)[1:][: len(shared)]
    return bool(((shared >= FEWEST_EXACT) & (shared >= LEAST_SAME * whole)).any())


def _together(keys: NDArray[np.uint64], holders: NDArray[np.int64], own: NDArray[np.bool_]) -> Iterator[list[int]]:
    """The paragraphs that hold a key which some quotation has; of a set phrase nothing."""
    kept = np.isin(keys, np.unique(keys[own]))
    keys, holders = keys[kept], holders[kept]
    order = np.lexsort((holders, keys))
    keys, holders = keys[order], holders[order]
    new = np.append(True, (keys[1:] != keys[:-1]) | (holders[1:] != holders[:-1]))[: len(keys)]
    keys, holders = keys[new], holders[new]
    bounds = np.append(np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)]), len(keys))
    sizes = np.diff(bounds)
    for number in np.flatnonzero((sizes > 1) & (sizes <= MOST_PARAGRAPHS)).tolist():
        yield holders[bounds[number] : bounds[number + 1]].tolist()


def _paragraphs(number: int, text: str) -> Iterator[Paragraph]:
    if not _MARK.search(text):
        return
    for line in _LINE.finditer(text):
        begin, end = line.span()
        if end - begin <= LONGEST and (inside := quotations(line.group())):
            yield Paragraph(number, begin, end, tuple((begin + start, begin + stop) for start, stop in inside))


def _telling(text: str, paragraph: Paragraph) -> _Telling:
    words, places = [], []
    for token in TOKEN.finditer(text, paragraph.start, paragraph.end):
        if number := _number(token.group()):
            words.append(number)
            places.append(token.start())
    bounds = [place for span in paragraph.quotations for place in span]
    inside = (bisect_right(bounds, place) for place in places)
    return _Telling(np.array(words, np.uint64), np.array([(n + 1) // 2 * (n % 2) for n in inside], np.int64))


@lru_cache(maxsize=1 << 17)
def _number(word: str) -> int:
    """A number for the stem of a telling word, the same in every process; 0 for any other."""
    plain = plain_word(word)
    return 0 if plain in lexicon("function") else int.from_bytes(stem(plain).encode()[:8], "big")


def _triples(
    rows: Sequence[_Telling],
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.bool_]]:
    """Three different telling words near each other, in any order: a key, its paragraph, whether all are quoted."""
    words = np.concatenate([row.words for row in rows])
    quoted = np.concatenate([row.quoted for row in rows]) > 0
    holders = np.repeat(np.arange(len(rows)), [len(row.words) for row in rows])
    mixed = words * _MIXER
    mixed ^= mixed >> np.uint64(29)
    found = []
    for second, third in combinations(range(1, REACH + 1), 2):
        sides = slice(0, max(0, len(words) - third)), slice(second, second - third), slice(third, None)
        one, two, three = (mixed[side] for side in sides)
        fits = (holders[sides[0]] == holders[sides[2]]) & (one != two) & (one != three) & (two != three)
        key = ((one + two + three) * _MIXER) ^ (one * two * three)
        own = quoted[sides[0]] & quoted[sides[1]] & quoted[sides[2]]
        found.append((key[fits], holders[sides[0]][fits], own[fits]))
    keys, held, all_ = (np.concatenate([each[part] for each in found]) for part in range(3))
    return keys, held, all_
