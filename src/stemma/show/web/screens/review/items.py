"""One thing of a queue as it is shown: what was derived, the text around it, and what it may be instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemma.archive.catalogue.views import Pair
from stemma.archive.views import Article, Line, Person, Stone
from stemma.errors import BadValue, NoSuchRecord
from stemma.records import Evidence, Judgement, Label, Mention, Problem, evidence
from stemma.show.web.frame import Frame
from stemma.show.web.screens.review.context import Context, around
from stemma.show.web.sent.signing import catalogue_of
from stemma.text.words import fold

_CHOICES = 8  #: beside what was derived and "not known": one digit each
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SPEAKING = frozenset({"person", "organization", "outlet"})
#: Roles in the order of their digits.
_ROLES = ("body", "furniture", "title", "byline", "dateline", "caption", "turn")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a field may be set to."""

    value: str
    told: str
    why: str  #: where it comes from


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide."""

    about: str  #: id of the record that a decision is about
    field: str  #: speaker | published | role | verdict | seen
    derived: Choice | None  #: what was derived, which Enter accepts; None: there is nothing to accept
    choices: tuple[Choice, ...] = ()
    line: Line | None = None
    article: Article | None = None
    context: Context | None = None
    pair: Pair | None = None
    problem: Problem | None = None
    label: Label | None = None


def item_of(frame: Frame, queue: str, about: str) -> Item | Stone:
    """The thing with this id, as its queue shows it. Raises ``NoSuchRecord`` where it is not of its kind."""
    match queue:
        case "doubted" | "unnamed" | "speaker":
            return _speaker(frame, about)
        case "dates" | "date":
            return _date(frame, about)
        case "names":
            return _names(frame, about)
        case "furniture":
            return _part(frame, about)
        case "failed":
            return _failed(frame, about)
        case _:
            raise NoSuchRecord(queue)


def _speaker(frame: Frame, about: str) -> Item | Stone:
    line = frame.archive.line(about)
    if isinstance(line, Stone):
        return line
    article = frame.archive.article(line.statement.document)
    if isinstance(article, Stone):
        return article
    said = line.statement
    names = "; ".join(_written(frame, who.name, who.entity) for who in line.speakers)
    told = " and ".join(who.name for who in line.speakers) or "speaker not identified"
    why = "; ".join(dict.fromkeys(who.reason for who in line.speakers if who.reason))
    pieces = (("content", said.content), ("cue", said.cue), ("source", said.source))
    every = [piece for _, some in pieces for piece in some]
    return Item(
        said.id, "speaker", Choice(names, told, why), tuple(_others(frame, line, article, names)), line, article,
        around(article, pieces, min(each.start for each in every), max(each.end for each in every)),
    )  # fmt: skip


def _written(frame: Frame, name: str, entity: str | None) -> str:
    """A name as a correction has it: with its kind, unless that is a person."""
    try:
        found = frame.archive.person(entity) if entity else None
    except NoSuchRecord:
        found = None
    plain = name.replace(";", ",")
    return f"{plain} ({found.kind})" if isinstance(found, Person) and found.kind != "person" else plain


def _others(frame: Frame, line: Line, article: Article, derived: str) -> Iterator[Choice]:
    """Who else may speak: between whom the page leaves it open, then who is named nearest."""
    seen, count = {fold(derived)}, 0
    found = [
        Choice(_written(frame, who.name, who.entity), who.name, who.reason or "may be meant") for who in line.rivals
    ]
    place = line.statement.content[0].start
    near = sorted(article.mentions, key=lambda each: abs(each.evidence.start - place))
    found += [
        Choice(_of(each), " ".join(each.evidence.exact.split()), _role(each)) for each in near if each.kind in _SPEAKING
    ]
    for choice in found:
        if fold(choice.value) not in seen and count < _CHOICES:
            seen.add(fold(choice.value))
            count += 1
            yield choice


def _of(mention: Mention) -> str:
    name = " ".join(mention.evidence.exact.split()).replace(";", ",")
    return name if mention.kind == "person" else f"{name} ({mention.kind})"


def _role(mention: Mention) -> str:
    return f"named on the page, {mention.role}" if mention.role else f"named on the page, {mention.kind}"


def _date(frame: Frame, about: str) -> Item | Stone:
    article = frame.archive.article(about)
    if isinstance(article, Stone):
        return article
    derived = Choice(article.published or "", article.published or "date not known", article.published_basis or "")
    days = [(time.value[:10], f"“{time.evidence.exact}” on the page") for time in article.times if time.type == "DATE"]
    if match := re.search(r"(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)", article.snapshot.url or ""):
        days.append(("-".join(match.groups()), "in the address"))
    if article.snapshot.fetched:
        days.append((article.snapshot.fetched[:10], "the day of the capture: the latest it can be"))
    known = dict(reversed([(day, why) for day, why in days if _DAY.fullmatch(day) and day != derived.value]))
    choices = [Choice(day, day, why) for day, why in reversed(known.items())][:_CHOICES]
    return Item(article.document.id, "published", derived, tuple(choices), None, article, around(article, (), 0, 1))


def _names(frame: Frame, about: str) -> Item:
    found = frame.archive.record(about)
    if not isinstance(found, Judgement):
        raise NoSuchRecord(about)
    return Item(found.id, "verdict", None, pair=catalogue_of(frame).pair_of(found))


def _part(frame: Frame, about: str) -> Item | Stone:
    label = frame.archive.record(about)
    if isinstance(label, Stone):
        return label
    if not isinstance(label, Label):
        raise NoSuchRecord(about)
    article = frame.archive.article(label.document)
    if isinstance(article, Stone):
        return article
    here = next((each for each in article.labels if each.id == label.id), label)
    marked = (("marked", _piece(article, here)),)
    choices = tuple(Choice(role, role, "") for role in _ROLES if role != here.role)
    derived = Choice(here.role, here.role, f"{here.reason}, {here.confidence * 100:.0f} % sure by machine")
    context = around(article, marked, here.start, here.end)
    return Item(here.id, "role", derived, choices, None, article, context, label=here)


def _piece(article: Article, label: Label) -> Sequence[Evidence]:
    return (evidence(article.document, label.start, label.end),)


def _failed(frame: Frame, about: str) -> Item:
    found = frame.archive.record(about)
    if not isinstance(found, Problem):
        raise BadValue("problem", about, "the id of a problem")
    return Item(found.id, "seen", None, problem=found)
