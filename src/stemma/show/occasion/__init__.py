"""What else may be the same words of the same speaker: statements of the days of an utterance, told alike by matter.

Found when an utterance is shown, like its apparatus: nothing of it is kept, and it joins nothing. It is the least sure
of the three ways in which statements belong together, and stands apart: cites, reuses, resembles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from stemma.archive.views import Line, Query, Utterance
from stemma.show import Answers
from stemma.show.lines import content
from stemma.show.transmission import witnesses

if TYPE_CHECKING:
    from stemma.collate.occasion import Saying

#: So many days around those of an utterance its speaker's statements are looked for.
AROUND = timedelta(2)
#: So many statements of a speaker's days are held against an utterance, and so many witnesses of it.
MOST_STATEMENTS = 80
MOST_WITNESSES = 40
#: So many are shown.
MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Resembling:
    """A statement that may be the same utterance in other words, and what that rests on."""

    line: Line
    score: float  #: 0 to 1; how much of the matter is shared, not how likely it is that words were taken over
    reason: str
    like: str  #: id of the witness that it is likest to
    basis: str = "same occasion"
    others: int = 0  #: further statements of the same utterance that resemble it too


def resembling(archive: Answers, view: Utterance) -> tuple[Resembling, ...]:
    """Statements on other pages that may be the same utterance by speaker, day and telling words; the likest first.

    Those that shared wording joins are none of them; of another utterance the likest stands for all. Empty where no
    speaker or no day is known.
    """
    own = [saying(line) for line in view.lines[:MOST_WITNESSES]]
    known = {line.statement.id for line in witnesses(view)}
    pages = {line.statement.document for line in witnesses(view)}
    found: list[Resembling] = []
    for line in _of_those_days(archive, view):
        if line.statement.id not in known and line.statement.document not in pages:
            found += _likest(line, own)
    return tuple(_by_utterance(sorted(found, key=lambda each: (-each.score, each.line.statement.id))))[:MOST_SHOWN]


def _by_utterance(found: Iterable[Resembling]) -> Iterator[Resembling]:
    """The first of each utterance, with how many more there are of it."""
    groups: dict[str, list[Resembling]] = {}
    for each in found:
        groups.setdefault(each.line.utterance or each.line.statement.id, []).append(each)
    yield from (replace(first, others=len(more)) for first, *more in groups.values())


def _likest(line: Line, own: Iterable[Saying]) -> Iterator[Resembling]:
    from stemma.collate.occasion import resemblance  # noqa: PLC0415 - loads the aligner; verbs that compare nothing start without it

    theirs = saying(line)
    scored = [(found.score, each.id, found) for each in own if (found := resemblance(each, theirs))]
    if scored:
        score, witness, best = min(scored, key=lambda each: (-each[0], each[1]))
        yield Resembling(line, score, best.reason, witness)


def _of_those_days(archive: Answers, view: Utterance) -> list[Line]:
    """Statements of its speakers around its days, each once, in order of their ids."""
    days = sorted(day for line in view.lines for day in (_day(line.statement.said), _day(line.published)) if day)
    names = sorted({who.name for line in view.lines for who in line.speakers if who.entity})
    if not days:
        return []
    since, until = days[0] - AROUND, days[-1] + AROUND
    asked = [
        Query(speaker=name, since=since.isoformat(), until=until.isoformat(), limit=MOST_STATEMENTS) for name in names
    ]
    found = {line.statement.id: line for query in asked for line in archive.find(query)}
    return [found[each] for each in sorted(found)]


def _day(stated: str | None) -> date | None:
    try:
        return date.fromisoformat((stated or "")[:10])
    except ValueError:
        return None


def saying(line: Line) -> Saying:
    """A statement as the comparing sees it: who speaks is told by entities alone."""
    from stemma.collate.occasion import Saying  # noqa: PLC0415 - loads the aligner; verbs that compare nothing start without it

    said = line.statement
    around = (said.place, said.addressee, said.occasion)
    return Saying(
        id=said.id, document=said.document, words=" ".join(content(said)), said=said.said, published=line.published,
        speakers=frozenset(who.entity for who in line.speakers if who.entity),
        circumstances=tuple(each.exact for each in around if each),
    )  # fmt: skip
