"""Passages that share a key, laid side by side: what each pair of documents has in common, word by word."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, product
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from stemma.collate.meeting import ALL_PAIRS, meeting, place_of
from stemma.collate.pair.align import Stretch, heaviest
from stemma.collate.pair.edits import edits
from stemma.collate.pair.matches import Match, bears, match, meets
from stemma.collate.pair.sketch import NEAR, Sketch, marks_of, numbers_of, places_of, sketch
from stemma.collate.pair.wording import Wording, wording
from stemma.records import Evidence, Passage, Variant
from stemma.stage import FULLEST_KEY

#: A key that has so many documents and so many times more of them than of known outlets is a formula or furniture:
#: news that travels is printed once or twice by each outlet, a set phrase again and again.
FORMULA_DOCUMENTS = 8
FORMULA_RATIO = 4
#: From so many documents on a key that only one outlet uses is its furniture.
FURNITURE_DOCUMENTS = 3
#: A variant comes with so many of the keys that both its sides hold, so that one over-full key does not lose it.
BEARERS = 2


#: What the words on each side of a key must share in order, gaps paid for, before passages are aligned.
NEAR_WEIGHT = 3.3
NEAR_WORDS = 4  #: fewer cannot weigh that much

Place = tuple[int, int]  #: words of two texts


class Shared(NamedTuple):
    """A stretch that two passages share, and the keys that may bring it."""

    stretch: Stretch
    bearers: frozenset[int]


def compare(passages: Sequence[Passage], key: str | None = None) -> list[Variant]:
    """What the passages of one key share, pair by pair of different documents, in order of the documents.

    ``key``: the one that they share; None: every key that all of them hold. Give it, where it is known: a formula that
    two passages share besides is then kept out by its own key. A stretch comes under each of the few keys that bear it,
    always with the same id. Keys that one outlet alone repeats, and formulas, give nothing.
    """
    members = [passage for _, passage in sorted({place_of(each.evidence): each for each in passages}.items())]
    if len(members) < 2 or _is_formula(members):
        return []
    keys = frozenset(_in_common(members) if key is None else [int(key, 16)])
    met = sorted((i, j, one) for one in keys for i, j in _promising(members, one))
    found = (
        variant
        for (i, j), group in groupby(met, key=itemgetter(0, 1))
        for variant in _of_pair(members[i].evidence, members[j].evidence, [key for _, _, key in group])
    )
    return list({variant.id: variant for variant in found}.values())


def _of_pair(left: Evidence, right: Evidence, keys: Sequence[int]) -> list[Variant]:
    return borne(left, right, {key: list(_places(left.exact, right.exact, key)) for key in keys})


def borne(left: Evidence, right: Evidence, met: Mapping[int, Iterable[Place]]) -> list[Variant]:
    """The variants of two passages that these keys bear, under which they share more than the key.

    ``met``: the words that each key begins at on either side, every way to pair them.
    """
    a, b = wording(left.exact), wording(right.exact)
    near = {key: list(places) for key, places in met.items()}
    if not any(bears(a, b, places) for places in near.values()):
        return []
    keys = {key for key, places in near.items() if any(meets(a, b, place) for place in places)}
    if not keys:
        return []
    return [_variant(left, right, each.stretch) for each in _lay(left, right) if not each.bearers.isdisjoint(keys)]


def may_bear(left: Evidence, right: Evidence, places: Iterable[Place]) -> bool:
    """Whether two passages may share a stretch that a key bears, by every way to pair its places: a cheap look."""
    a, b, met = _numbers(left.exact), _numbers(right.exact), list(places)
    if not any(share([_row(a, i)], [_row(b, j)]) for i, j in met):
        return False
    return bears(wording(left.exact), wording(right.exact), met)


@lru_cache(maxsize=1 << 13)
def _numbers(text: str) -> array[int]:
    """The words of a text, where nothing else of it is asked for: a fifth of what its wording takes."""
    return numbers_of(text)


def borne_under(left: Evidence, right: Evidence) -> frozenset[int]:
    """The keys that bear what two passages share: under no other one they give anything."""
    return frozenset[int]().union(*(each.bearers for each in _lay(left, right)))


def _places(left: str, right: str, key: int) -> Iterator[Place]:
    """The words that a key of both texts begins at on either side, every way to pair them."""
    return product(places_of(key, sketch(left)), places_of(key, sketch(right)))


def _is_formula(members: Sequence[Passage]) -> bool:
    return is_formula([(member.evidence.document, member.outlet) for member in members])


def is_formula(holders: Sequence[tuple[str, str | None]]) -> bool:
    """Whether a key of these documents, each with its outlet, is a set phrase or furniture, which gives nothing."""
    documents = {document for document, _ in holders}
    outlets = {outlet for _, outlet in holders}
    if len(documents) > FULLEST_KEY:
        return True
    if None in outlets:
        return False
    if len(outlets) == 1:
        return len(documents) >= FURNITURE_DOCUMENTS
    return len(documents) >= FORMULA_DOCUMENTS and len(documents) > FORMULA_RATIO * len(outlets)


def _in_common(members: Sequence[Passage]) -> list[int]:
    """The keys that all members hold; of very many the lowest few are asked."""
    held = [sketch(member.evidence.exact).keys for member in members[: ALL_PAIRS + 1]]
    return sorted(set(held[0]).intersection(*held[1:]))


def _promising(members: Sequence[Passage], key: int) -> Iterator[tuple[int, int]]:
    """Numbers of the members of different documents that share more around the key than the key, the lower first."""
    own = [sketch(member.evidence.exact) for member in members]
    near = [_around(each, key) for each in own]
    for i, j in meeting([marks_of(key, each) for each in own]):
        if members[i].evidence.document != members[j].evidence.document and share(near[i], near[j]):
            yield i, j


def _around(own: Sketch, key: int) -> list[list[int]]:
    """The words around each place of a key, in order."""
    return [_row(own.words, place) for place in places_of(key, own)]


def _row(words: array[int], place: int) -> list[int]:
    return words[max(0, place - NEAR) : place + NEAR].tolist()


def share(mine: Sequence[list[int]], theirs: Sequence[list[int]]) -> bool:
    """Whether the words around a key, at any of its places in two passages, share more than the key."""
    return any(
        LCSseq.similarity(one, other, score_cutoff=NEAR_WORDS) and heaviest(one, other)[2] >= NEAR_WEIGHT
        for one, other in product(mine, theirs)
    )


@lru_cache(maxsize=1 << 13)
def _lay(left: Evidence, right: Evidence) -> tuple[Shared, ...]:
    """All that two passages share and some key may bring."""
    a, b = wording(left.exact), wording(right.exact)
    found = match(a, b)
    both = _shared_keys(left.exact, right.exact)
    borne = [(one.stretch, keys) for one in found if one.alone and (keys := _bearers(a, b, one.stretch, both))]
    shared = (Shared(one.stretch, _keys_for(one, borne)) for one in found)
    return tuple(each for each in shared if each.bearers)


def _keys_for(found: Match, borne: list[tuple[Stretch, frozenset[int]]]) -> frozenset[int]:
    """Its own bearers, if it stands alone and has any; else those of the nearest that has."""
    near = min(borne, key=lambda other: _distance(found.stretch, other[0]), default=None)
    return near[1] if near else frozenset()


def _distance(one: Stretch, other: Stretch) -> int:
    """Words between two stretches on the side where they are further apart; none for a stretch and itself."""
    sides = ((one.left, other.left), (one.right, other.right))
    return max(max(mine[0] - theirs[1], theirs[0] - mine[1], 0) if mine != theirs else -1 for mine, theirs in sides)


def _variant(left: Evidence, right: Evidence, stretch: Stretch) -> Variant:
    a, b = wording(left.exact), wording(right.exact)
    return Variant(
        left=cut(left, a, stretch.left), right=cut(right, b, stretch.right), edits=edits(a, b, stretch),
        similarity=round(stretch.identity, 3),
    )  # fmt: skip


def cut(whole: Evidence, ready: Wording, words: tuple[int, int]) -> Evidence:
    """The evidence of a run of words of a longer one."""
    start, end = ready.starts[words[0]], ready.ends[words[1] - 1]
    return Evidence(
        document=whole.document, start=whole.start + start, end=whole.start + end, exact=whole.exact[start:end]
    )


def _shared_keys(left: str, right: str) -> list[tuple[int, int, int]]:
    """The keys of both texts, each with the words it begins at."""
    keys = set(sketch(left).keys).intersection(sketch(right).keys)
    return [(key, i, j) for key in keys for i, j in _places(left, right, key)]


def _bearers(a: Wording, b: Wording, stretch: Stretch, both: Sequence[tuple[int, int, int]]) -> frozenset[int]:
    """Of the keys of both, those in the stretch under which the texts are found to meet: least made of names first."""
    (begin, end), (start, stop) = stretch.left, stretch.right
    within = sorted((_is_name(a, i), key, i, j) for key, i, j in both if begin <= i < end and start <= j < stop)
    own = sketch(a.text), sketch(b.text)
    chosen: dict[int, None] = {}
    for _, key, i, j in within:
        if len(chosen) == BEARERS:
            break
        if key not in chosen and _is_near(key, own) and share([_row(own[0].words, i)], [_row(own[1].words, j)]):
            chosen[key] = None
    return frozenset(chosen)


def _is_near(key: int, own: tuple[Sketch, Sketch]) -> bool:
    return bool(meeting([marks_of(key, each) for each in own]))


def _is_name(ready: Wording, place: int) -> bool:
    """Whether a gram begins with two capitalised words."""
    return all(ready.text[start].isupper() for start in ready.starts[place : place + 2])
