"""The table of endpoints: where each is, what may be asked of it, what answers, and what the answer is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple

from stemma.archive.views import Stone
from stemma.errors import BadValue
from stemma.show import Answers
from stemma.show.web.api import answering
from stemma.show.web.api.answering import Asked, Form
from stemma.show.web.screens.search.asked import DAYS, KINDS

PREFIX = "/api/"
MOST = 100  #: items of a page
_TEXT = 500  #: characters of what is asked for
_CURSOR = r"[A-Za-z0-9_-]{1,600}"


class Parameter(NamedTuple):
    """One parameter of a query."""

    name: str
    told: str
    pattern: str = rf"[\s\S]{{0,{_TEXT}}}"  #: of the whole value
    choices: tuple[str, ...] = ()
    type: Literal["string", "integer", "date"] = "string"
    needed: bool = False

    def check(self, value: str) -> None:
        """Raises ``BadValue`` for what is no value of this parameter."""
        match self.type:
            case "integer":
                good = value.isascii() and value.isdecimal() and len(value) < 6 and 1 <= int(value) <= MOST
            case "date":
                good = _is_day(value)
            case _:
                good = value in self.choices if self.choices else re.fullmatch(self.pattern, value) is not None
        if not good:
            raise BadValue(self.name, value, self.told)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


AFTER = Parameter("after", 'The cursor that "next" of the page before gave.', _CURSOR)
LIMIT = Parameter("limit", f"How many of a page, 1 to {MOST}; 25 unless told.", type="integer")
SEARCH = (
    Parameter("q", 'Words, all of which must occur; "a phrase"; -without.'),
    Parameter("speaker", "Any form of the speaker's name, in any script."),
    Parameter("outlet", "The carrier."),
    Parameter("from", "Said or published on this day or later.", type="date"),
    Parameter("to", "Said or published on this day or earlier.", type="date"),
    Parameter("day", "The day that from and to ask for.", choices=DAYS),
    Parameter("kind", "Kind of statement.", choices=KINDS),
    Parameter("edited", "1: only statements that another capture of their page words otherwise.", choices=("1",)),
)  # fmt: skip
NAME = Parameter("name", "Any form of a name, in any script.", rf"[\s\S]{{1,{_TEXT}}}", needed=True)


class Endpoint(NamedTuple):
    """One address for programs."""

    path: str
    told: str
    answer: Callable[[Answers, Asked], Form | Stone]
    view: str  #: name of the schema of the answer, or of its items
    parameters: tuple[Parameter, ...] = ()
    letter: str = ""  #: with which the id in the path begins; "": there is no id

    @property
    def is_list(self) -> bool:
        """Whether the answer has items."""
        return not self.letter and self.path != "stats"

    def read(self, given: Iterable[tuple[str, str]]) -> Mapping[str, str]:
        """The parameters of a query. Raises ``BadValue`` for one that is unknown, given twice, missing or wrong."""
        known = {each.name: each for each in self.parameters}
        found: dict[str, str] = {}
        for name, value in given:
            if name not in known or name in found:
                raise BadValue("parameter", name, f"each once of: {', '.join(known) or 'none'}")
            known[name].check(value)
            found[name] = value
        for each in self.parameters:
            if each.needed and each.name not in found:
                raise BadValue(each.name, "", each.told)
        return found


_PAGED = (AFTER, LIMIT)
ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("statements", "Statements that fit, newest first.", answering.statements, "Line", (*SEARCH, *_PAGED)),
    Endpoint("statements/{id}", "One statement with what stands beside it.", answering.statement, "Line", (), "s"),
    Endpoint("articles", "Pages in the order of their ids, without texts.", answering.articles, "Brief", _PAGED),
    Endpoint("articles/{id}", "One page with everything found in it.", answering.article, "Article", (), "d"),
    Endpoint("captures", "Captures in the order of their ids; no bytes.", answering.captures, "Snapshot", _PAGED),
    Endpoint("captures/{id}", "One capture: where, when, its digest.", answering.capture, "Snapshot", (), "c"),
    Endpoint("persons", "Whom a name may mean.", answering.persons, "Person", (NAME,)),
    Endpoint("persons/{id}", "One person or organisation.", answering.person, "Person", (), "e"),
    Endpoint("utterances", "Speech acts, the most carried first.", answering.utterances, "Carried", _PAGED),
    Endpoint("utterances/{id}", "One speech act: its witnesses and tree.", answering.utterance, "Utterance", (), "w"),
    Endpoint("problems", "What could not be read.", answering.problems, "Problem", _PAGED),
    Endpoint("outlets", "The carriers, the one with most pages first.", answering.outlets, "Outlet"),
    Endpoint("stats", "What the archive holds and lacks, counted.", answering.stats, "Stats"),
    Endpoint("corrections", "What people said, newest first, in sentences.", answering.corrections, "Word", _PAGED),
)  # fmt: skip
