"""Which names that share a key are near enough to be compared: told of all pairs at once, as arrays.

Those that share a family name and nothing else are most of a large key. A pair is near by what its two names are
alone, never by the company, so that names meet alike under each key that they share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, JaroWinkler
from rapidfuzz.process import cdist

from stemma.records import MentionKind
from stemma.resolve import bodies
from stemma.resolve.pairing import side
from stemma.resolve.spelling import chinese, hangul, korean, sounds
from stemma.resolve.spelling.eastern import Eastern
from stemma.resolve.spelling.parse import parse

#: Likeness of the whole sound, and of its consonants, from which two words of persons' names may be one. Of 1,578 pairs
#: of one person in public lists that are judged the same none is lost so, of 652 unsure ones eleven of low scores.
_SOUND, _BONES = 0.6, 0.8
_BODY_WORD = 0.88  #: likeness of spelling from which two words of other names count as one (``bodies``)
_ALL_SHARED = 0.8  #: the score of bodies that have all words in common (``bodies``)
UNSURE = 0.25  #: score from which bodies can be more than different
_LOOSELY = 0.4  #: the same between scripts, and within one that is loose, by any part of the sound
_LOOSE = ("arabic", "hangul", "han", "other")  #: scripts without vowels, or that confuse consonants
Pair = tuple[int, int]  #: places of two names, the lower first
Likeness = Callable[[str, str], float]  #: of two syllables; 0 for such as cannot be one
Table = NDArray[np.bool_]  #: what holds between two things, by their places


def near(names: Sequence[str], kind: MentionKind, least: float = UNSURE) -> list[Pair]:
    """Pairs of names of one kind that are worth comparing, in order: those that may score ``least`` or more."""
    if len(names) < 2:
        return []
    found = (
        _persons(names, hangul.one_part_off if least > UNSURE else hangul.likeness)
        if kind == "person"
        else _bodies(names, least)
    )
    return list(zip(*(side.tolist() for side in np.nonzero(np.triu(found, 1))), strict=True))


def _persons(names: Sequence[str], syllables: Likeness) -> Table:
    """Names that have two words in common, a word alone with all, and eastern names whose syllables may agree.

    ``syllables``: by what two Korean ones may agree at all.
    """
    words = [side(name).words for name in names]
    unique = sorted({word for some in words for word in some})
    found = _two_shared(words, unique, _heard(unique, whole=_SOUND, bones=_BONES))
    script = np.array([parse(name).script for name in names])
    loose = (script[:, None] != script) | np.isin(script, _LOOSE)
    if loose.any():
        heard = _heard(unique, whole=_LOOSELY, bones=_LOOSELY, coarse=_LOOSELY)
        found |= loose & _two_shared(words, unique, heard)
    # two names that are both read as Korean are told by their syllables alone
    native = np.array([any(reading.certain for reading in korean.korean(name)) for name in names])
    found &= ~(native[:, None] & native)
    lone = np.array([len(some) < 2 for some in words])
    found |= lone[:, None] | lone
    for readings, likeness in (
        (korean.korean, syllables),
        (chinese.chinese, chinese.code_likeness),
        (chinese.southern, chinese.code_likeness),
    ):
        found |= _syllables([readings(name) for name in names], likeness)
    return found


def _heard(words: Sequence[str], **least: float) -> Table:
    """Which words may be one by these parts of their sound, by a list of given names, or as initial and word."""
    heard = [sounds.sound(word) for word in words]
    found: Table = np.logical_or.reduce(
        [
            _spelled([getattr(one, part) for one in heard], Indel.normalized_similarity, value)
            for part, value in least.items()
        ]
    )
    for some in _holders(map(sounds.group, words)):
        found[np.ix_(some, some)] = True
    firsts = np.array([word[:1] for word in words])
    for initial in (place for place, word in enumerate(words) if len(word) == 1):
        found[initial] = found[:, initial] = firsts == firsts[initial]
    return found


def _spelled(words: Sequence[str], likeness: Callable[..., float], least: float) -> Table:
    """Which words are spelled alike, by a likeness of letters."""
    told = cdist(words, words, scorer=likeness, score_cutoff=least, dtype=np.float32)
    found: Table = told > 0
    return found


def _holders(things: Iterable[Iterable[Hashable]]) -> Iterator[list[int]]:
    """For each thing that several hold the places of its holders."""
    holders: dict[Hashable, list[int]] = defaultdict(list)
    for place, some in enumerate(things):
        for each in some:
            holders[each].append(place)
    return (some for some in holders.values() if len(some) > 1)


def _two_shared(words: Sequence[Sequence[str]], unique: Sequence[str], alike: Table) -> Table:
    shared = _shared(words, unique, alike) > 1
    both: Table = shared & shared.T
    return both


def _shared(words: Sequence[Sequence[str]], unique: Sequence[str], alike: Table) -> NDArray[np.int16]:
    """At [i, j] how many words of name i are alike to a word of name j."""
    place = {word: at for at, word in enumerate(unique)}
    held = np.zeros((len(words), len(unique)), dtype=np.bool_)
    met = np.zeros_like(held)
    for at, some in enumerate(words):
        places = [place[word] for word in some]
        held[at, places] = True
        met[at] = alike[places].any(axis=0)
    counts = np.zeros((len(words), len(words)), dtype=np.int16)
    for at, some in enumerate(words):
        for word in some:
            counts[at] += met[:, place[word]]
    return counts


def _syllables(
    readings: Sequence[Sequence[Eastern]],
    one: Likeness,
) -> Table:
    """Names that read as eastern ones of one family, each given syllable of which may be that of the other."""
    found = np.zeros((len(readings), len(readings)), dtype=np.bool_)
    by_length: dict[int, list[tuple[int, Eastern]]] = defaultdict(list)
    for place, some in enumerate(readings):
        for reading in some:
            by_length[len(reading.given)].append((place, reading))
    for length, alike in by_length.items():
        places = np.array([place for place, _ in alike])
        agree = _families([reading for _, reading in alike])
        for at in range(length):
            agree &= _table([reading.given[at] for _, reading in alike], one)
        rows, columns = np.nonzero(agree)
        found[places[rows], places[columns]] = True
    return found


def _families(readings: Sequence[Eastern]) -> Table:
    """At [i, j] whether two readings may have one family name: by its number, or by its code."""
    held: Table = np.eye(len(readings), dtype=np.bool_)
    for some in _holders((*(f"#{number}" for number in each.numbers), each.family) for each in readings):
        held[np.ix_(some, some)] = True
    return held


def _table(told: Sequence[str], alike: Likeness) -> Table:
    """At [i, j] whether i and j are alike at all."""
    unique = sorted(set(told))
    place = {each: at for at, each in enumerate(unique)}
    table = np.eye(len(unique), dtype=np.bool_)
    for (a, x), (b, y) in combinations(enumerate(unique), 2):
        table[a, b] = table[b, a] = alike(x, y) > 0
    places = np.array([place[each] for each in told])
    found: Table = table[np.ix_(places, places)]
    return found


def _bodies(names: Sequence[str], least: float) -> Table:
    """Names of bodies that share enough words for such a score, forms of known names, and acronyms."""
    words = [bodies.words(name) for name in names]
    unique = sorted({word for some in words for word in some})
    shared = _shared(words, unique, _spelled(unique, JaroWinkler.normalized_similarity, _BODY_WORD))
    lengths = np.array([len(some) for some in words])
    found: Table = shared + shared.T >= least / _ALL_SHARED * np.maximum(1, lengths[:, None] + lengths)
    told = np.array([bodies.is_known(name) for name in names])
    short = np.array([bodies.is_short(name) for name in names])
    found |= (told[:, None] & told) | short[:, None] | short
    return found
