"""Two stretches word by word: which words are kept, where the shared stretch begins and ends, what moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from stemma.collate.pair.sketch import weight_of
from stemma.collate.pair.wording import Wording

Span = tuple[int, int]
Block = tuple[int, int, int]  #: place on the left, place on the right, words

#: What an unshared word costs while a shared stretch is sought: seven unshared words outweigh one telling word.
GAP_COST = 0.15
#: A piece that stands elsewhere in the other witness counts as moved from this weight and share of words on.
MOVED_WEIGHT = 1.3
MOVED_IDENTITY = 0.4
FEWEST_MOVED = 2
#: From this weight on a stretch is worth the search for moved pieces around it.
WORTH_MORE = 2.0


class Stretch(NamedTuple):
    """A shared stretch of two texts; every number counts words, ends are exclusive."""

    left: tuple[int, int]
    right: tuple[int, int]
    blocks: tuple[Block, ...]  #: what is kept in its order
    weight: float  #: of all kept words
    moved: tuple[
        tuple[Block, ...], ...
    ] = ()  #: kept pieces that stand before the rest on one side, after it on the other

    @property
    def all_blocks(self) -> tuple[Block, ...]:
        """What is kept, moved or not."""
        return sum(self.moved, self.blocks)

    @property
    def identity(self) -> float:
        """Share of the longer side's words that the other one has too."""
        longer = max(self.left[1] - self.left[0], self.right[1] - self.right[0])
        return sum(size for _, _, size in self.all_blocks) / longer if longer else 1.0


def align(a: Wording, b: Wording, left: tuple[int, int], right: tuple[int, int]) -> Stretch | None:
    """The stretch that words ``left`` of ``a`` and ``right`` of ``b`` share, moved clauses included; None: nothing."""
    if a.words[left[0] : left[1]] == b.words[right[0] : right[1]]:
        whole = (left[0], right[0], left[1] - left[0])
        return Stretch(left, right, (whole,), a.total[left[1]] - a.total[left[0]]) if whole[2] else None
    stretch = _in_order(a, b, left, right)
    return _with_moved(a, b, left, right, stretch) if stretch and stretch.weight >= WORTH_MORE else stretch


def _in_order(a: Wording, b: Wording, left: Span, right: Span) -> Stretch | None:
    """The heaviest run of the longest common subsequence, gaps paid for."""
    blocks, weight, _ = heaviest(a.words[slice(*left)], b.words[slice(*right)])
    placed = tuple((left[0] + i, right[0] + j, size) for i, j, size in blocks)
    return _stretch(placed, weight) if placed else None


def heaviest(one: Sequence[int], other: Sequence[int]) -> tuple[list[Block], float, float]:
    """Of what two rows of words share in order, the run worth most: blocks, their weight, and that less the gaps."""
    common = LCSseq.editops(one, other).as_matching_blocks()[:-1]
    first, last, weight, best = 0, -1, 0.0, 0.0
    begin, running, ran = 0, 0.0, 0.0
    end, other_end = 0, 0
    for number, (i, j, size) in enumerate(common):
        running -= GAP_COST * max(i - end, j - other_end)
        if running <= 0.0:
            begin, running, ran = number, 0.0, 0.0
        here = weight_of(one[i]) if size == 1 else sum(map(weight_of, one[i : i + size]))
        running, ran = running + here, ran + here
        if running > best:
            first, last, weight, best = begin, number, ran, running
        end, other_end = i + size, j + size
    return [(block.a, block.b, block.size) for block in common[first : last + 1]], weight, best


def _stretch(blocks: tuple[Block, ...], weight: float, moved: tuple[tuple[Block, ...], ...] = ()) -> Stretch:
    left, right = extent(sum(moved, blocks))
    return Stretch(left, right, blocks, weight, moved)


def whole(a: Wording, b: Wording) -> Stretch:
    """All of two texts as one stretch: what they share in order, with empty blocks at both ends."""
    common = LCSseq.editops(a.words, b.words).as_matching_blocks()
    blocks = ((0, 0, 0), *((block.a, block.b, block.size) for block in common))
    weight = sum(a.total[i + size] - a.total[i] for i, _, size in blocks)
    return Stretch((0, len(a.words)), (0, len(b.words)), blocks, weight)


def extent(blocks: tuple[Block, ...]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The words from the first to the last block on each side."""
    left = (min(i for i, _, _ in blocks), max(i + size for i, _, size in blocks))
    right = (min(j for _, j, _ in blocks), max(j + size for _, j, size in blocks))
    return left, right


def _with_moved(a: Wording, b: Wording, left: tuple[int, int], right: tuple[int, int], found: Stretch) -> Stretch:
    """Add what stands before the stretch on one side and after it on the other."""
    before = ((left[0], found.left[0]), (found.right[1], right[1]))
    after = ((found.left[1], left[1]), (right[0], found.right[0]))
    for mine, theirs in (before, after):
        if min(mine[1] - mine[0], theirs[1] - theirs[0]) < FEWEST_MOVED:
            continue
        piece = _in_order(a, b, mine, theirs)
        if piece and piece.weight >= MOVED_WEIGHT and piece.identity >= MOVED_IDENTITY:
            found = _stretch(found.blocks, found.weight + piece.weight, (*found.moved, piece.blocks))
    return found


def lower_weight(a: Wording, stretch: Stretch) -> float:
    """Weight of the kept words that are written small: names and titles alone prove no reuse."""
    return sum(
        weight_of(a.words[word])
        for i, _, size in stretch.all_blocks
        for word in range(i, i + size)
        if not a.text[a.starts[word]].isupper()
    )
