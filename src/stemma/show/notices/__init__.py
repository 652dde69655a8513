"""What a watch tells: which statements it finds, and how a message of them reads.

A message says who is reported to have said what and who carried it, as every list does; never that it is so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from stemma.archive.views import Article, Line, Query
from stemma.notebook import Notebook, watches
from stemma.notebook.watches import Finding, Sign, Watch
from stemma.show import Answers

DAYS = 30  #: of a preview
_MOST = 500  #: statements of a preview; a watch that finds more wants another query


class Item(NamedTuple):
    """One line of a message."""

    line: Line
    sign: Sign
    at: str  #: when it was found, ISO 8601; of a preview the day of publication
    reserved: bool  #: its page reserves what is done with it: its words stay here


class Preview(NamedTuple):
    """What a watch would have sent in the thirty days up to the newest day of what it finds."""

    last: str | None  #: that day; ``None``: nothing that it finds is dated
    messages: tuple[tuple[Item, ...], ...]
    more: bool  #: whether only the newest findings were looked at


def query_of(watch: Watch) -> Query:
    """What a watch asks. Raises ``BadValue`` and ``BadQuery``."""
    from starlette.datastructures import QueryParams  # noqa: PLC0415 - the screens stand on this module

    from stemma.show.web.screens.search.asked import asked  # noqa: PLC0415 - the same

    return replace(asked(QueryParams(watch.query)).query, limit=None, offset=0, after=None, ranked=False)


def make(archive: Answers, notebook: Notebook, watch: Watch) -> str:
    """Keep a new watch; what is in the archive by now is not told of. Its secret. Raises ``BadValue``, ``BadQuery``."""
    archive.count(query_of(watch))  # a query that cannot be read is told now
    _, mark = archive.listing.fresh(0)
    return watches.add(notebook, watch._replace(mark=mark))


def found(archive: Answers, watch: Watch, documents: frozenset[str], at: str) -> list[Finding]:
    """What a watch finds in some pages that came, and in the other captures of theirs."""
    if not documents:
        return []
    around = documents | {each for document in documents for each in _versions(archive, document)}
    edited = {each.statement.id: each for each in _lines(archive, watch, around, edited=True)}
    signs: list[tuple[Line, Sign]] = [(line, "wording") for line in edited.values() if watch.change != "new"]
    if watch.change != "wording":
        fresh = _lines(archive, watch, documents)
        signs += [(line, "new") for line in fresh if watch.change == "new" or line.statement.id not in edited]
    return [Finding(line.statement.id, line.statement.document, sign, at) for line, sign in signs]


def _lines(archive: Answers, watch: Watch, within: frozenset[str], *, edited: bool = False) -> Iterator[Line]:
    query = query_of(watch)
    yield from archive.find(replace(query, within=within, edited=edited or query.edited))


def _versions(archive: Answers, document: str) -> Sequence[str]:
    page = archive.article(document)
    return page.versions if isinstance(page, Article) else ()


def items(archive: Answers, watch: Watch, findings: Sequence[Finding]) -> list[Item]:
    """Findings as they may be told now: not what was withdrawn since, nor who is not listed any more."""
    if not findings:
        return []
    within = frozenset(each.document for each in findings)
    lines = {line.statement.id: line for line in _lines(archive, watch, within)}
    reserved = {each: _reserves(archive, each) for each in within}
    told = [
        Item(lines[each.statement], each.sign, each.at, reserved[each.document])
        for each in findings if each.statement in lines
    ]  # fmt: skip
    return sorted(told, key=lambda item: (item.line.published or "", item.line.statement.id))


def _reserves(archive: Answers, document: str) -> bool:
    page = archive.article(document)
    return not isinstance(page, Article) or any(field.name == "reservation" for field in page.fields)


def preview(archive: Answers, watch: Watch) -> Preview:
    """What a watch would have sent, day by day of publication: when pages came is not known to a search."""
    query = replace(query_of(watch), limit=_MOST)
    edited = {line.statement.id for line in archive.find(replace(query, edited=True))}
    lines = [
        line
        for line in archive.find(replace(query, edited=query.edited or watch.change == "wording"))
        if line.published
    ]
    last = max((_day(line) for line in lines), default=None)
    if last is None:
        return Preview(None, (), more=False)
    first = (date.fromisoformat(last) - timedelta(days=DAYS - 1)).isoformat()
    kept = sorted((line for line in lines if _day(line) >= first), key=lambda line: (_day(line), line.statement.id))
    told = [_previewed(archive, line, "wording" if _is_edit(watch, line, edited) else "new") for line in kept]
    return Preview(last, tuple(_messages(watch, told)), more=len(lines) == _MOST)


def _previewed(archive: Answers, line: Line, sign: Sign) -> Item:
    return Item(line, sign, _day(line), _reserves(archive, line.statement.document))


def _is_edit(watch: Watch, line: Line, edited: set[str]) -> bool:
    return watch.change != "new" and line.statement.id in edited


def _messages(watch: Watch, told: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    held: list[Item] = []
    for _, some in groupby(told, key=lambda item: _period(watch, item.at)):
        held += some
        if len(held) >= watch.least:
            yield tuple(held)
            held = []


def _period(watch: Watch, day: str) -> tuple[int, ...] | str:
    return date.fromisoformat(day).isocalendar()[:2] if watch.digest == "weekly" else day


def _day(line: Line) -> str:
    """The day of publication; of a page that is dated by month or year its first day."""
    published = line.published or ""
    return (published + "-01-01"[len(published) - 4 :])[:10] if len(published) < len("2025-10-24") else published[:10]
