"""A large archive of invented pages, written straight through the archive's own writers, without reading a page.

    python -m bench.large FOLDER [ARTICLES]     200,000 articles, about a million statements, unless told otherwise

Records are made as the stages would make them, so that the archive is whole (``stemma check`` finds nothing) but is
built in minutes. Words, people and outlets are as frequent as in real news: few very, most hardly (Zipf). Some pages
carry the words of an earlier one (clusters of up to 60 witnesses), some are captured twice with other words, some are
in Korean.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, combinations
from pathlib import Path
from typing import NamedTuple

from bench.pages import SYLLABLES, VERBS
from stemma.archive import Archive
from stemma.records import (
    AnyRecord,
    Capture,
    Document,
    Edit,
    Evidence,
    Field,
    Label,
    Mention,
    MentionKind,
    Reference,
    Relay,
    Run,
    Snapshot,
    Statement,
    StatementKind,
    Variant,
    evidence,
)  # fmt: skip
from stemma.stage import Offer

ARTICLES = 200_000
OUTLETS, AGENCIES, PEOPLE, PLACES = 60, 20, 4_000, 200
WORDS, HANGUL = 40_000, 4_000
FIRST_DAY, DAYS = date(1997, 1, 2), 10_500
STATEMENTS = (3, 4, 5, 5, 6, 7)  #: of one page, five on average
WITNESSES = (2, 2, 2, 3, 3, 4, 6, 10)  #: of one cluster
LARGEST, EVERY_LARGE = 60, 2_000  #: witnesses of a large cluster, one in so many pages begins one
CARRIED, RECAPTURED, KOREAN = 0.02, 0.01, 0.05  #: shares of pages
WAITING = 400  #: pages that may pass before the last witness of a cluster
BATCH = 500  #: pages in one transaction
READ, ANNOTATE, COLLATE, VERSIONS = (
    Run(stage=name, version="0") for name in ("read", "annotate", "collate", "versions")
)
KINDS: Sequence[StatementKind] = ("direct", "indirect", "indirect", "mixed")


class Sentence(NamedTuple):
    """Somebody's words, as a page prints them."""

    who: str
    words: str
    kind: StatementKind


class Page(NamedTuple):
    """A capture with its records."""

    capture: Capture
    records: list[AnyRecord]
    statements: list[Statement]


class Maker:
    """Makes pages one after the other; the same seed gives the same pages."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.words = self._coined(WORDS, SYLLABLES, 4)
        self.hangul = self._coined(HANGUL, [chr(0xAC00 + 28 * n) for n in range(300)], 2)
        self.people = [f"{one} {other}".title() for one, other in zip(self._names(), self._names(), strict=True)]
        self.outlets = [f"{name.title()} Post" for name in self._coined(OUTLETS, SYLLABLES, 2)]
        self.agencies = [name.upper()[:5] + "A" for name in self._coined(AGENCIES, SYLLABLES, 2)]
        self.places = [name.title() for name in self._coined(PLACES, SYLLABLES, 2)]
        self.weights = {size: list(accumulate(1 / (n + 3) for n in range(size))) for size in (WORDS, HANGUL, PEOPLE)}

    def _names(self) -> list[str]:
        return ["".join(self.random.choices(SYLLABLES, k=2)) for _ in range(PEOPLE)]

    def _coined(self, count: int, parts: Sequence[str], most: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            found["".join(self.random.choices(parts, k=self.random.randint(2, most)))] = None
        return list(found)

    def phrase(self, least: int, most: int, *, korean: bool = False) -> str:
        """Words in the proportions of real text."""
        some = self.hangul if korean else self.words
        return " ".join(
            self.random.choices(some, cum_weights=self.weights[len(some)], k=self.random.randint(least, most))
        )

    def sentence(self, *, korean: bool) -> Sentence:
        """A new one."""
        (who,) = self.random.choices(self.people, cum_weights=self.weights[PEOPLE])
        return Sentence(who, self.phrase(12, 26, korean=korean), self.random.choice(KINDS))

    def sentences(self, *, korean: bool) -> list[Sentence]:
        """All of one page."""
        return [self.sentence(korean=korean) for _ in range(self.random.choice(STATEMENTS))]

    def day(self) -> str:
        """One of almost thirty years; some pages know none."""
        day = FIRST_DAY + timedelta(days=self.random.randrange(DAYS))
        return "" if self.random.random() < 0.01 else day.isoformat()

    def outlet(self) -> str:
        """One of sixty, the first more often."""
        return self.outlets[min(int(self.random.expovariate(0.08)), OUTLETS - 1)]


def make_page(maker: Maker, number: str, outlet: str, published: str, sentences: Sequence[Sentence]) -> Page:
    """A page with these sentences: a title, a paragraph for each of them, filler between."""
    draft = _Draft(maker)
    draft.write(maker.phrase(5, 9).capitalize(), "title")
    agency = maker.random.choice(maker.agencies) if maker.random.random() < 0.5 else ""
    draft.write(f"{maker.random.choice(maker.places).upper()} (PAGE) -- {maker.phrase(20, 40)}.", "body")
    for sentence in sentences:
        draft.say(sentence, agency if maker.random.random() < 0.6 else "")
        draft.write(f"{maker.phrase(15, 30).capitalize()}.", "body")
    return draft.page(f"https://{outlet.split(maxsplit=1)[0].lower()}.example/{number}", outlet, published)


class _Place(NamedTuple):
    start: int
    end: int


class _Told(NamedTuple):
    """Where a statement stands."""

    kind: StatementKind
    who: _Place
    cue: _Place
    words: _Place
    agency: _Place | None
    place: _Place | None


class _Draft:
    """A page under construction."""

    def __init__(self, maker: Maker) -> None:
        self.maker, self.text, self.labels, self.told = maker, "", list[tuple[int, int, str]](), list[_Told]()
        self.names: list[tuple[_Place, MentionKind]] = []

    def write(self, line: str, role: str) -> int:
        """A line; where it begins."""
        start = len(self.text)
        self.text += line + "\n"
        self.labels.append((start, start + len(line), role))
        return start

    def say(self, sentence: Sentence, agency: str) -> None:
        """A statement in a paragraph of its own."""
        verb = self.maker.random.choice(VERBS)
        where = self.maker.random.choice(self.maker.places) if self.maker.random.random() < 0.1 else ""
        said = f"“{sentence.words},”" if sentence.kind == "direct" else f"that {sentence.words}"
        parts = [sentence.who, verb, *(["in", where] if where else []), said]
        line = " ".join(parts) + (f", {agency} reported." if agency else ".")
        start = self.write(line, "body")

        def at(words: str) -> _Place:
            place = start + line.index(words)
            return _Place(place, place + len(words))

        cited, there = at(agency) if agency else None, at(f"in {where}") if where else None
        self.told.append(_Told(sentence.kind, at(sentence.who), at(verb), at(said), cited, there))
        self.names.append((at(sentence.who), "person"))
        self.names += [(cited, "outlet")] if cited else []
        self.names += [(_Place(there.start + 3, there.end), "place")] if there else []

    def page(self, url: str, outlet: str, published: str, fetched: str | None = None) -> Page:
        """The capture and all its records."""
        payload = self.text.encode()
        digest = "sha256:" + hashlib.sha256(payload).hexdigest()
        snapshot = Snapshot(
            url=url, origin=url, fetched=fetched, media_type="text/plain", size=len(payload), digest=digest
        )
        document = Document(snapshot=snapshot.id, layout="bench/1", text=self.text, run=READ.id)
        records: list[AnyRecord] = [document]
        records += [
            Label(document=document.id, start=start, end=end, role="title" if role == "title" else "body", run=READ.id)
            for start, end, role in self.labels
        ]
        language = "ko" if any("가" <= char <= "힣" for char in self.text) else "en"
        for name, value in (("outlet", outlet), ("published", published), ("language", language)):
            if value:
                records.append(Field(document=document.id, name=name, value=value, basis="header", run=READ.id))  # type: ignore[arg-type]
        statements = list(self._found(document, records))
        return Page(Capture(snapshot, payload), records, statements)

    def _found(self, document: Document, records: list[AnyRecord]) -> Iterator[Statement]:
        mentions = {}
        for place, kind in self.names:
            mentions[place] = Mention(document=document.id, evidence=_at(document, place), kind=kind, run=ANNOTATE.id)
            records.append(mentions[place])
        for told in self.told:
            statement = Statement(
                document=document.id, source=(_at(document, told.who),), cue=(_at(document, told.cue),),
                content=(_at(document, told.words),), kind=told.kind, run=ANNOTATE.id,
                place=_at(document, told.place) if told.place else None,
            )  # fmt: skip
            records += [
                statement,
                Reference(
                    document=document.id, anaphor=statement.source[0], antecedent=mentions[told.who].id,
                    reason="name in the source", run=ANNOTATE.id,
                ),
            ]  # fmt: skip
            if told.agency:
                records.append(
                    Relay(
                        document=document.id, statement=statement.id, exemplar=mentions[told.agency].id, kind="cited",
                        evidence=_at(document, told.agency), run=ANNOTATE.id,
                    )
                )  # fmt: skip
            yield statement


def _at(document: Document, place: _Place) -> Evidence:
    return evidence(document, place.start, place.end)


class Planned(NamedTuple):
    """A page that is to carry the words of a cluster, or to be captured again."""

    cluster: int
    sentence: Sentence


class Writer:
    """Fills an archive page by page."""

    def __init__(self, archive: Archive, seed: int = 1) -> None:
        self.archive, self.maker = archive, Maker(seed)
        self.planned: defaultdict[int, list[Planned]] = defaultdict(list)
        self.clusters: defaultdict[int, list[Statement]] = defaultdict(list)
        self.last: dict[int, int] = {}

    def write(self, number: int) -> None:
        """One page, and what it completes."""
        maker, chance = self.maker, self.maker.random.random()
        korean = maker.random.random() < KOREAN
        planned = self.planned.pop(number, [])
        if not planned and (number % EVERY_LARGE == 0 or chance < CARRIED):
            planned = [self._plan(number, maker.sentence(korean=korean))]
        own = maker.sentences(korean=korean)[: -len(planned) or None]
        page = make_page(maker, str(number), maker.outlet(), maker.day(), [*(each.sentence for each in planned), *own])
        self.keep(page)
        for each, statement in zip(planned, page.statements, strict=False):
            self.clusters[each.cluster].append(statement)
            if self.last[each.cluster] == number:
                self.settle(each.cluster)
        if chance > 1 - RECAPTURED:
            self._capture_again(page, number)

    def _plan(self, number: int, sentence: Sentence) -> Planned:
        """A cluster that begins here, with the pages that carry it further."""
        size = LARGEST if number % EVERY_LARGE == 0 else self.maker.random.choice(WITNESSES)
        later = sorted(self.maker.random.sample(range(number + 1, number + WAITING), size - 1))
        for each in later:
            self.planned[each].append(Planned(number, sentence))
        self.last[number] = later[-1]
        return Planned(number, sentence)

    def keep(self, page: Page) -> None:
        """Write a page."""
        self.archive.keep(page.capture, "2031-01-01T00:00:00Z")
        self.archive.add_page(page.capture.snapshot.id, [READ.id, ANNOTATE.id], page.records)

    def settle(self, cluster: int) -> None:
        """All witnesses of a cluster are there: they are laid side by side and traced to the first."""
        found = self.clusters.pop(cluster)
        variants = [_variant(one, other) for one, other in combinations(found, 2) if one.document != other.document]
        for document in {each.document for each in found}:
            self.archive.offer(
                document, [Offer(COLLATE.stage, f"{cluster} {document}", document, (f"cluster {cluster}",))]
            )
        self.archive.settle(COLLATE.stage, f"cluster {cluster}", variants, COLLATE)
        first = found[0].document
        relays = [
            Relay(document=each.document, exemplar=first, kind="reused", confidence=0.9, run=COLLATE.id)
            for each in found
            if each.document != first
        ]
        self.archive.put_traces({each.document for each in found}, relays)

    def _capture_again(self, page: Page, number: int) -> None:
        """The same address with a word changed in the first statement."""
        said = page.statements[0].content[0]
        again = page.capture.payload.decode().replace(said.exact, said.exact.replace(" ", " newly ", 1), 1)
        snapshot = page.capture.snapshot
        payload = again.encode()
        later = Snapshot(
            url=snapshot.url, origin=snapshot.origin, fetched="2031-01-02T00:00:00Z", media_type="text/plain",
            size=len(payload), digest="sha256:" + hashlib.sha256(payload).hexdigest(),
        )  # fmt: skip
        document = Document(snapshot=later.id, layout="bench/1", text=again, run=READ.id)
        at = said.start + said.exact.index(" ") + 1
        records: list[AnyRecord] = [
            document,
            Label(document=document.id, start=0, end=again.index("\n"), role="title", run=READ.id),
        ]
        records += [
            Field(document=document.id, name=each.name, value=each.value, basis="header", run=READ.id)
            for each in page.records
            if isinstance(each, Field)
        ]
        self.keep(Page(Capture(later, payload), records, []))
        left, right = said, evidence(document, said.start, said.end + len("newly "))
        place = at - said.start
        edit = Edit(kind="words", left=(place - 1, place), right=(place - 1, place + len("newly ")))
        variant = Variant(left=left, right=right, edits=(edit,), similarity=0.95)
        for each in (page.statements[0].document, document.id):
            offer = Offer(VERSIONS.stage, f"{number} {each}", each, (f"address {number}",))
            self.archive.offer(each, [offer])
        self.archive.settle(VERSIONS.stage, f"address {number}", [variant], VERSIONS)

    def finish(self) -> None:
        """Clusters whose last witness was never reached."""
        for cluster in [each for each, found in self.clusters.items() if len(found) > 1]:
            self.settle(cluster)


def _variant(left: Statement, right: Statement) -> Variant:
    return Variant(left=left.content[0], right=right.content[0], similarity=1.0)


def build(folder: Path, articles: int = ARTICLES) -> None:
    """Make the archive; progress on stderr."""
    with Archive.open(folder, create=True) as archive:
        archive.add_records([READ, ANNOTATE, COLLATE, VERSIONS])
        writer = Writer(archive)
        for first in range(0, articles, BATCH):
            with archive.batch():
                for number in range(first, min(first + BATCH, articles)):
                    writer.write(number)
                if first + BATCH >= articles:
                    writer.finish()
                archive.join()
            print(f"{min(first + BATCH, articles):,} of {articles:,}", file=sys.stderr, end="\r")


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ARTICLES)
