"""Are two names one? A score, a verdict and the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from stemma.records import MentionKind, Verdict
from stemma.resolve import bodies, doubts, pairing, persons
from stemma.resolve.spelling.parse import parse

#: From these scores on: where the precision on hard pairs of public lists is .998 (1,892 of 1,895 that are told the
#: same), and where nineteen in twenty of those that are one lie above. The lists served for measuring only.
SAME, DIFFERENT = 0.8, 0.15
_SAME_BODY = 0.9  #: from this score on names that are not of persons are one: known forms, not words in common
_OTHER_BODY = 0.25  #: to this score on names that are not of persons are different: a word in five in common
_TWO_FATHERS = 0.1  #: the most that names with two patronymics can score: different, yet near enough to be told
_ONE_YOUNGER = 0.5  #: the most that names can score of which one says "Jr"
_ONE_WORD = 0.9  #: the most that a surname alone can score: unsure


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names are (0 to 1), what follows from it, and why."""

    score: float
    verdict: Verdict
    reasons: tuple[str, ...]


@lru_cache(maxsize=1_024)  # a pair of names comes again at once or never
def compare(left: str, right: str, kind: MentionKind) -> Comparison:
    """Compare two names of one kind, in any scripts; the order of the two does not matter.

    A person's surname alone is "unsure" at best: it says which family, not who.
    """
    first, second = sorted((left, right))
    if kind != "person":
        value, reasons = bodies.score(first, second, kind)
        return Comparison(round(value, 4), _verdict(value, _SAME_BODY, _OTHER_BODY), reasons)
    value, first, second = persons.score(first, second)
    reasons = persons.reasons(first, second)
    if min(len(parse(first).words), len(parse(second).words)) < 2:
        return Comparison(
            round(min(value, _ONE_WORD), 4),
            "unsure" if value > DIFFERENT else "different",
            (*reasons, "one word alone"),
        )
    if value > _ONE_YOUNGER and doubts.generations_differ(first, second):
        return Comparison(_ONE_YOUNGER, "unsure", (*reasons, "one name is of the younger of two"))
    if value > _TWO_FATHERS and pairing.fathers_differ(first, second):
        return Comparison(_TWO_FATHERS, "different", (*reasons, "patronymics differ"))
    if value >= SAME and (doubt := doubts.doubt(first, second)):
        return Comparison(round(value, 4), "unsure", (*reasons, doubt))
    return Comparison(round(value, 6), _verdict(value), reasons)


def _verdict(value: float, same: float = SAME, different: float = DIFFERENT) -> Verdict:
    return "same" if value >= same else "different" if value <= different else "unsure"
