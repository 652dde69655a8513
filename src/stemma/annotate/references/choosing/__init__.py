"""Whom a source means that names nobody: all answers weighed together, that of the rules among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from stemma.annotate.references.cast import Figure
from stemma.annotate.references.choosing.offers import Offer, Source, offers, source_of
from stemma.annotate.references.choosing.signs import Sign, around, signs
from stemma.annotate.references.choosing.weights import shipped, telling
from stemma.annotate.references.state import Meant, State
from stemma.annotate.references.strangers import introduce, meet_again, stranger

__all__ = ["Weigher", "chosen", "shipped", "source_of"]

Floats = npt.NDArray[np.float64]
#: Of each answer, given its signs, how much speaks for it: the logarithm of its odds, up to what all have in common.
Weigher = Callable[[Source, Sequence[Offer], Sequence[Sequence[Sign]]], Sequence[float]]

# Set while GUM's news and interviews were looked at (docs/annotate.md), not fitted.
_OPEN = 0.05  #: a lead below which two answers are equally near
_SPEAKS_ON = 0.77  #: 30 of 39 in the training documents and the dev half: "An official said ... He added"
_LEAD = 0.2  #: what another answer must be ahead of that of the rules
_NEAR_RIVALS = 0.4  #: the same for two whom the rules find equally near
_SELDOM = 0.3  #: a share below which the best answer is none
_RULES = {
    "he": "pronoun", "it": "it", "they": "they", "I": "first person", "we": "first person", "you": "second person",
    "none": "no subject",
}  # fmt: skip


def chosen(state: State, source: Source, weigh: Weigher) -> Meant:
    """Whom the source means by all signs together, and how sure that is; rivals where two are equally near."""
    offered = offers(state, source)
    known = around(state, source, offered)
    found = [signs(state, source, one, known) for one in offered]
    shares = _shares(weigh(source, offered, found))
    if _goes_on(state, source):
        return replace(source.ruled, sure=_SPEAKS_ON)
    best, share = _unless_ruled(source, offered, shares)
    if rivals := _rivals(source, best, offered, shares):
        return Meant((), _RULES.get(source.sort, "description"), "equally near", rivals=rivals)
    if best.way == "new":
        return _new(state, source, share)
    if best.way == "nobody" or share < _SELDOM:
        return Meant((), "")
    first, second = _ahead(offered.index(best), shares)
    return _meant(state, source, best, share, telling(source.sort, found[first], found[second]))


def _ahead(first: int, shares: Floats) -> tuple[int, int]:
    """An answer, and the one with the largest share among the others; itself where it is alone."""
    others = [n for n in np.argsort(-shares, kind="stable").tolist() if n != first]
    return first, others[0] if others else first


def _shares(weights: Sequence[float]) -> Floats:
    """The share of each answer among all, from the logarithms of their odds."""
    odds = np.exp(np.asarray(weights) - max(weights))
    return np.asarray(odds / odds.sum())


def _rivals(source: Source, best: Offer, offered: Sequence[Offer], shares: Floats) -> tuple[Figure, ...]:
    """The best answer and the second, where they are equally near and the best is not that of the rules; else none."""
    first, *others = np.argsort(-shares, kind="stable").tolist()
    if not others or best.figures == source.ruled.figures:
        return ()
    second = offered[others[0]]
    near = _NEAR_RIVALS if _are_rivals(source, best, second) else _OPEN
    if len(best.figures) == len(second.figures) == 1 and shares[first] - shares[others[0]] < near:
        return (best.figures[0], second.figures[0])
    return ()


def _meant(state: State, source: Source, best: Offer, share: float, why: Sequence[str]) -> Meant:
    """The answer, by the rule that gave it too; the page meets a stranger that was only described."""
    if not best.figures[0].is_named and best.figures[0].mentions[0].id not in state.scene.cast.of:
        introduce(state.scene, best.figures[0])
    if source.is_description and not best.figures[0].is_named and len(best.figures) == 1:
        meet_again(state.scene, best.figures[0], source.statement.source[0])
    if {id(one) for one in best.figures} == {id(one) for one in source.ruled.figures}:
        return replace(source.ruled, sure=share)
    detail = "; ".join(["weighed against the others", *why])
    return Meant(best.figures, _RULES.get(source.sort, "description"), detail, share)


def _unless_ruled(source: Source, offered: Sequence[Offer], shares: Floats) -> tuple[Offer, float]:
    """The best answer and its share, or that of the rules where it is hardly behind."""
    top = float(shares.max())
    for offer, share in zip(offered, shares.tolist(), strict=True):
        if offer.figures and offer.figures == source.ruled.figures and top - share < _LEAD:
            return offer, round(share, 2)
    return offered[int(shares.argmax())], round(top, 2)


def _goes_on(state: State, source: Source) -> bool:
    """Whether "he" follows at once on what somebody without a name said: "An official said ... He added"."""
    start, figures = state.spoken.last(source.at)
    gap = state.gap(start, source.at)
    stranger_spoke = len(figures) == 1 and not figures[0].is_named and figures == source.ruled.figures
    return source.sort == "he" and stranger_spoke and gap == (0, 1)


def _are_rivals(source: Source, best: Offer, second: Offer) -> bool:
    """Whether the rules find these two equally near."""
    rivals = {id(one) for one in source.ruled.rivals}
    return {id(one) for one in (*best.figures, *second.figures)} == rivals


def _new(state: State, source: Source, share: float) -> Meant:
    """A stranger whom the page has not told of; nobody where the words describe nobody."""
    state.seen.add(source.span[0])
    figure = stranger(state.scene, source.statement.source[0], fresh=True)
    return Meant((figure,), "described", "nobody told of on the page fits", share) if figure else Meant((), "")
