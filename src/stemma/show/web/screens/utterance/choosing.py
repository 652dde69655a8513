"""Which witnesses of an utterance are looked at, and what they are together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from starlette.datastructures import QueryParams

from stemma.archive.views import Line, Utterance
from stemma.errors import BadValue
from stemma.show.lines import NO_OUTLET, counted, language_name
from stemma.show.transmission import witnesses, wording_of
from stemma.show.web.tongues import tongue
from stemma.text.words import words

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_LATIN = "latin"  #: stands for whatever is written in Latin letters, whose language its letters do not tell
OVERLAPS = (25, 50, 75, 90)  #: per cent of the words that are offered as the least that a witness shares


@dataclass(frozen=True, slots=True)
class Choice:
    """What the filters ask for; "" and 0 ask for nothing."""

    overlap: int = 0  #: per cent of words shared with the first witness
    since: str = ""
    until: str = ""
    language: str = ""
    outlet: str = ""

    @property
    def is_any(self) -> bool:
        """Whether something is asked for."""
        return self != Choice()


def choice(asked: QueryParams) -> Choice:
    """The filters as the address has them. Raises ``BadValue``."""
    overlap = asked.get("overlap", "") or "0"
    if not re.fullmatch(r"\d{1,3}", overlap) or int(overlap) > 100:
        raise BadValue("overlap", overlap, "a share of the words in per cent, 0 to 100")
    since, until = (asked.get(name, "").strip() for name in ("from", "to"))
    for day in (since, until):
        if day and not _DAY.fullmatch(day):
            raise BadValue("day", day, "a day, month or year like 2025-10-24")
    return Choice(int(overlap), since, until, asked.get("language", ""), asked.get("outlet", ""))


def narrowed(view: Utterance, asked: Choice) -> Utterance:
    """The utterance with the witnesses that fit; one without any where none does."""
    if not asked.is_any:
        return view
    first = witnesses(view)[0]
    kept = {line.statement.id for line in witnesses(view) if _fits(line, first, asked)}
    lines = tuple(line for line in view.lines if line.statement.id in kept)
    others = tuple(line for line in view.elsewhere if line.statement.id in kept)
    return replace(view, lines=lines, elsewhere=others) if lines else replace(view, lines=others, elsewhere=())


def _fits(line: Line, first: Line, asked: Choice) -> bool:
    day = line.published or ""
    return (
        (not asked.outlet or (line.outlet or NO_OUTLET) == asked.outlet)
        and (not asked.language or language(line) == asked.language)
        and (not asked.since or day[: len(asked.since)] >= asked.since)
        and (not asked.until or (day != "" and day[: len(asked.until)] <= asked.until))
        and (not asked.overlap or overlap(first, line) * 100 >= asked.overlap)
    )


def overlap(one: Line, other: Line) -> float:
    """Share of their words that two witnesses have in common."""
    from stemma.collate.table import likeness  # noqa: PLC0415 - loads the aligner

    return 1.0 if one is other else likeness(wording_of(one), wording_of(other))


def language(line: Line) -> str:
    """The language that a witness's letters tell, or that they are Latin."""
    return tongue(wording_of(line)) or _LATIN


def language_told(found: str) -> str:
    """Its name."""
    return "Latin letters" if found == _LATIN else language_name(found)


class Facts(NamedTuple):
    """What the witnesses are together."""

    size: int  #: words of the first one
    overlap: float | None  #: mean share of words with the first one; None: there is no other
    first: str | None  #: earliest and latest stated publication
    last: str | None
    outlets: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def told(self) -> list[tuple[str, str]]:
        """As names and values."""
        span = "no witness is dated" if not self.first else f"{self.first[:10]} to {(self.last or self.first)[:10]}"
        share = [("lexical overlap", f"{self.overlap * 100:.0f} % of the words on average")] if self.overlap else []
        return [
            ("size", counted(self.size, "words")), *share, ("time span", span),
            ("outlets", counted(len(self.outlets), "outlets")),
            ("languages", ", ".join(map(language_told, self.languages))),
        ]  # fmt: skip


def facts(lines: Sequence[Line]) -> Facts:
    """The facts of some witnesses, the first of which the others are held against."""
    days = sorted(line.published for line in lines if line.published)
    shares = [overlap(lines[0], line) for line in lines[1:]]
    return Facts(
        len(words(wording_of(lines[0]))), sum(shares) / len(shares) if shares else None,
        days[0] if days else None, days[-1] if days else None,
        tuple(sorted({line.outlet or NO_OUTLET for line in lines})), tuple(sorted({language(line) for line in lines})),
    )  # fmt: skip
