"""An archive as an account sees it that is limited to collections: other pages are as though they were not there.

Every question is answered here, one by one: what is not told of here is not answered, and no new question of the
archive can be asked past the limit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from stemma.archive.views import (
    Article,
    Coverage,
    Days,
    Facets,
    Form,
    Found,
    FoundArticle,
    Line,
    Moment,
    Outlet,
    Person,
    Query,
    Stats,
    Stone,
    Totals,
    Understood,
    Unresolved,
    Utterance,
    WayOut,
)  # fmt: skip
from stemma.errors import AmbiguousId, NoSuchRecord, Refused
from stemma.records import AnyRecord, Correction, Derived, Document, Judgement, Problem, Run
from stemma.show import Answers
from stemma.show.transmission import carriers

_LINES = 200  #: statements of somebody
_CARRIED = 500  #: utterances of the whole archive that are looked through for those of the collections


class Limited:
    """Answers as ``Answers`` does, from the documents whose ids ``members`` gives at each question."""

    def __init__(self, archive: Answers, members: Callable[[], frozenset[str]]) -> None:
        self._archive, self._members = archive, members

    def find(self, query: Query, /) -> Iterator[Line]:
        """Statements that fit the query."""
        return map(self._line, self._archive.find(self._within(query)))

    def count(self, query: Query, /) -> int:
        """How many statements fit the query."""
        return self._archive.count(self._within(query))

    def found(self, query: Query, /) -> Iterator[Found]:
        """Statements that fit the query, each with the cursor behind it."""
        return (replace(each, line=self._line(each.line)) for each in self._archive.found(self._within(query)))

    def found_articles(self, query: Query, /) -> Iterator[FoundArticle]:
        """Pages with statements that fit the query."""
        for each in self._archive.found_articles(self._within(query)):
            article = self.article(each.article.document.id)
            if isinstance(article, Article):
                yield replace(each, article=article, lines=tuple(map(self._line, each.lines)))

    def count_articles(self, query: Query, /) -> int:
        """How many pages have statements that fit the query."""
        return self._archive.count_articles(self._within(query))

    def found_utterances(self, query: Query, /) -> Iterator[Found]:
        """One statement of each speech act that fits the query."""
        found = self._archive.found_utterances(self._within(query))
        return (replace(each, line=self._line(each.line)) for each in found)

    def count_utterances(self, query: Query, /) -> int:
        """How many speech acts have statements that fit the query."""
        return self._archive.count_utterances(self._within(query))

    def understood(self, query: Query, /) -> list[Understood]:
        """How the query was understood, without the forms of names that other pages use."""
        return [replace(each, forms=()) for each in self._archive.understood(query)]

    def ways_out(self, query: Query, /) -> Sequence[WayOut]:
        """Other questions, where nothing fits."""
        return self._archive.ways_out(self._within(query))

    def facets(self, query: Query, /) -> Facets:
        """Values of the hits, counted."""
        return self._archive.facets(self._within(query))

    def days(self, query: Query, /) -> Days:
        """Hits by day of publication."""
        return self._archive.days(self._within(query))

    def timeline(self, query: Query, /) -> list[Moment]:
        """The newest dated statements that fit, in order of time."""
        return [replace(each, line=self._line(each.line)) for each in self._archive.timeline(self._within(query))]

    def undated(self, query: Query, /) -> int:
        """How many statements fit of which no day is known."""
        return self._archive.undated(self._within(query))

    def line(self, record_id: str, /) -> Line:
        """A statement; withdrawn ones are not told of here: whose page it was is not known any more."""
        found = self._archive.line(record_id)
        if isinstance(found, Stone) or not self._has(found):
            raise NoSuchRecord(record_id)
        return self._line(found)

    def article(self, record_id: str, /) -> Article | Stone:
        """A document, or its stone."""
        found = self._archive.article(record_id)
        if (found.id if isinstance(found, Stone) else found.document.id) not in self._members():
            raise NoSuchRecord(record_id)
        if isinstance(found, Stone):
            return found
        versions = tuple(each for each in found.versions if each in self._members())
        return replace(found, lines=tuple(map(self._line, found.lines)), versions=versions, problems=())

    def record(self, record_id: str, /) -> AnyRecord:
        """A record of one of the documents, or a run."""
        found = self._archive.record(record_id)
        document = found.id if isinstance(found, Document) else found.document if isinstance(found, Derived) else None
        if not isinstance(found, Run) and document not in self._members():
            raise NoSuchRecord(record_id)
        assert not isinstance(found, Stone)
        return found

    def person(self, record_id: str, /) -> Person | Stone:
        """An entity that speaks or has a role in these documents."""
        found = self._archive.person(record_id)
        if isinstance(found, Stone):
            return found
        limited = self._person(found)
        if limited is None:
            raise NoSuchRecord(record_id)
        return limited

    def persons(self, name: str, /) -> list[Person]:
        """The entities that any form of a name may mean."""
        return [found for each in self._archive.persons(name) if (found := self._person(each))]

    def utterance(self, record_id: str, /) -> Utterance | Stone:
        """One speech act, with those of its witnesses that are here."""
        found = self._archive.utterance(record_id)
        if isinstance(found, Stone) or not (limited := self._utterance(found)).lines:
            raise NoSuchRecord(record_id)
        return replace(limited, lines=tuple(map(self._line, limited.lines)))

    def utterances(self, limit: int, /) -> list[Utterance]:
        """The most carried speech acts, most witnesses first."""
        found = [self._utterance(each) for each in self._archive.utterances(_CARRIED)]
        found = sorted((each for each in found if len(each.lines) > 1), key=lambda each: -len(each.lines))[:limit]
        return [replace(each, lines=tuple(map(self._line, each.lines))) for each in found]

    def carried(self, limit: int, /) -> list[Line]:
        """The earliest witness of each of the most carried speech acts."""
        return [each.lines[0] for each in self.utterances(limit)]

    def unresolved(self, limit: int, /) -> Unresolved:
        """What could not be told."""
        found, here = self._archive.unresolved(limit), self._members()
        return Unresolved(
            speakers=tuple(self._line(line) for line in found.speakers if self._has(line)),
            undated=tuple(each for each in found.undated if each.document.id in here),
            outletless=tuple(each for each in found.outletless if each.document.id in here), unsure=(),
        )  # fmt: skip

    def corrections_of(self, record_id: str, /) -> list[Correction]:
        """What people said of a record of these documents."""
        with suppress(NoSuchRecord, AmbiguousId):
            self.record(record_id)
            return [*self._archive.corrections_of(record_id)]
        return []

    def sides(self, judgement_id: str, /) -> tuple[str, str]:
        """Judgements are of the whole archive, and not told of."""
        raise NoSuchRecord(judgement_id)

    def problems(self) -> list[Problem]:
        """What went wrong with these documents."""
        return [each for each in self._archive.problems() if each.about in self._members()]

    @property
    def listing(self) -> _Listing:
        """Pages and captures one after the other."""
        return _Listing(self._archive, self._members)

    def words(self) -> list[Correction | Judgement]:
        """What people said is of the whole archive, and told of with the pages that it bears on."""
        return []

    def stats(self) -> Stats:
        """Counts are of the whole archive. Raises ``Refused``."""
        raise Refused("this account sees collections, and these counts are of the whole archive")

    def totals(self) -> Totals:
        """Counts of these documents, as far as their statements tell."""
        lines = self._all()
        speakers = {who.entity for line in lines for who in line.speakers if who.entity}
        pages = len(self._members())
        return Totals(
            pages=pages, documents=pages, statements=len(lines), speakers=len(speakers), variants=0,
            relays=sum(len(line.chain) for line in lines), utterances=len({line.utterance for line in lines}),
            problems=len(self.problems()), outlets=len(self.outlets()),
        )  # fmt: skip

    def outlets(self) -> Sequence[Outlet]:
        """The carriers of these statements."""
        carried: dict[str, list[Line]] = {}
        for line in self._all():
            if line.outlet:
                carried.setdefault(line.outlet, []).append(line)
        found = []
        for name, lines in carried.items():
            days = sorted(line.published[:10] for line in lines if line.published)
            pages = len({line.statement.document for line in lines})
            found.append(Outlet(name, pages, len(lines), days[0] if days else None, days[-1] if days else None))
        return sorted(found, key=lambda each: (-each.documents, each.name))

    def coverage(self) -> list[Coverage]:
        """What is here of each outlet, without what each month has."""
        return [
            Coverage(each.name, "month", each.documents, each.statements, 0, 0, 0, each.first, each.last, (), ())
            for each in self.outlets()
        ]

    def revision(self) -> object:
        """Something that differs once the archive or the collections changed."""
        return self._archive.revision(), hash(self._members())

    def _all(self) -> list[Line]:
        return [*self._archive.find(self._within(Query(limit=None)))]

    def _within(self, query: Query) -> Query:
        here = self._members()
        return replace(query, within=here if query.within is None else here & query.within)

    def _has(self, line: Line) -> bool:
        return line.statement.document in self._members()

    def _line(self, line: Line) -> Line:
        """A statement without what it shares with other documents."""
        here = self._members()
        chain = tuple(hop for hop in line.chain if hop.document is None or hop.document in here)
        return replace(line, chain=chain, witnesses=self._witnesses(line))

    def _witnesses(self, line: Line) -> int:
        if line.witnesses < 2 or line.utterance is None:
            return 1
        with suppress(NoSuchRecord, AmbiguousId):
            found = self._archive.utterance(line.utterance)
            return 1 if isinstance(found, Stone) else max(1, carriers(self._utterance(found).lines))
        return 1

    def _utterance(self, found: Utterance) -> Utterance:
        here = self._members()
        lines = tuple(line for line in found.lines if self._has(line))
        known = {line.statement.id for line in lines}
        return replace(
            found, lines=lines, elsewhere=tuple(map(self._line, filter(self._has, found.elsewhere))),
            variants=tuple(each for each in found.variants if {each.left.document, each.right.document} <= here),
            tied=tuple(each for each in found.tied if each in known),
        )  # fmt: skip

    def _person(self, found: Person) -> Person | None:
        """Somebody as these documents tell of him; ``None`` where they do not."""
        roles = tuple(each for each in found.roles if each[2] in self._members())
        asked = Query(speaker=found.name, limit=_LINES)
        lines = [line for line in self.find(asked) if any(who.entity == found.id for who in line.speakers)]
        if not roles and not lines:
            return None
        outlets = Counter(line.outlet for line in lines if line.outlet)
        form = Form(found.name, len(lines), tuple(sorted(outlets)))
        return Person(found.id, found.name, found.kind, (form,), roles, tuple(lines), (), len(lines))


class _Listing:
    """The documents of collections, one after the other; captures are told of with their pages."""

    def __init__(self, archive: Answers, members: Callable[[], frozenset[str]]) -> None:
        self._archive, self._members = archive, members

    def documents(self, after: str = "", limit: int = 100) -> list[str]:
        """Ids of shown documents in the order of ids, from the first one behind ``after``."""
        wanted = sorted(each for each in self._members() if each > after)
        return [each for each in wanted if self._is_shown(each)][:limit]

    def snapshots(self, after: str = "", limit: int = 100) -> list[str]:  # noqa: ARG002 (none whatever is asked)
        """None."""
        return []

    def fresh(self, mark: int) -> tuple[frozenset[str], int]:
        """Ids of the documents of pages that came behind a mark, and the mark behind them."""
        found, end = self._archive.listing.fresh(mark)
        return found & self._members(), end

    def _is_shown(self, document: str) -> bool:
        with suppress(NoSuchRecord):
            return not isinstance(self._archive.article(document), Stone)
        return False
