"""Who was asked, as the statements around a question tell: whose turn is next, who answers in the same sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from stemma.annotate.statements.grammar.lines import Span
from stemma.records import Evidence, Statement

#: Somebody was asked or told, and by whom is not said: "asked whether", "when pressed on".
_IS_ASKED = re.compile(
    r"(?:when |being |once )?(?:asked|pressed|questioned|queried|quizzed|told|reminded)\b", re.IGNORECASE
)
#: What stands between a question and who answers it, in the same sentence.
_UP_TO = re.compile(r"[^.\n“”\"„«»]{0,12}")
#: What stands between who was asked and the cue: "Varga, | asked whether ..., said".
_AFTER = re.compile(r",?\s(?:when |being |once )?$")
_FEW = 9  #: characters of that


class _Sources(NamedTuple):
    """The sources of a page: where they begin, in order of place, and by where they end."""

    starts: list[int]
    ordered: list[Evidence]
    by_end: dict[int, Evidence]


def answered(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """Statements as they are, questions with the words for who answers them as their addressee."""
    return list(_in_a_sentence(text, list(_in_turn(statements))))


def _in_turn(statements: Sequence[Statement]) -> Iterator[Statement]:
    """A question of a transcript has the label of who answers it as its addressee."""
    turns = [one for one in statements if one.kind == "transcript" and one.source]
    answers = {left.id: right.source[0] for left, right in pairwise(turns) if _is_question(left, right)}
    for one in statements:
        yield replace(one, addressee=answers[one.id]) if one.id in answers and not one.addressee else one


def _is_question(turn: Statement, after: Statement) -> bool:
    return turn.content[-1].exact.rstrip(' \n"”»').endswith("?") and turn.source[0].exact != after.source[0].exact


def _in_a_sentence(text: str, statements: Sequence[Statement]) -> Iterator[Statement]:
    """Who answers in the same sentence is whom it was asked: "Asked whether ..., | she | said"."""
    spans: dict[Span, Evidence] = {
        (one.source[0].start, one.source[0].end): one.source[0] for one in statements if one.source
    }
    ordered = [spans[span] for span in sorted(spans)]
    known = _Sources([one.start for one in ordered], ordered, {one.end: one for one in ordered})
    for one in statements:
        asked = not one.source and not one.addressee and one.cue and _IS_ASKED.match(one.cue[0].exact)
        yield replace(one, addressee=_answering(text, one, known)) if asked else one


def _answering(text: str, one: Statement, known: _Sources) -> Evidence | None:
    """The source right after what was asked, else the one that ends right before the cue."""
    at = one.content[-1].end
    number = bisect_left(known.starts, at)
    if number < len(known.starts) and _UP_TO.fullmatch(text, at, known.starts[number]):
        return known.ordered[number]
    before = _AFTER.search(text, max(0, one.cue[0].start - _FEW), one.cue[0].start)
    return known.by_end.get(before.start()) if before else None
