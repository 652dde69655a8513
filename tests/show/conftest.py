"""An archive of invented views: the land of Varnia, its agency SARVA, the papers that carry it, and one hostile page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from stemma.archive.answers.search.language import parse
from stemma.archive.views import (
    Article,
    Bar,
    Coverage,
    Days,
    Facet,
    Facets,
    FacetValue,
    Form,
    Found,
    FoundArticle,
    Hop,
    Line,
    Moment,
    Outlet,
    Period,
    Person,
    Query,
    Stone,
    Totals,
    Understood,
    Unresolved,
    Utterance,
    Was,
    WayOut,
    Who,
)
from stemma.errors import AmbiguousId, NoSuchRecord
from stemma.records import (
    Correction,
    Document,
    Edit,
    Evidence,
    Field,
    Judgement,
    Label,
    Problem,
    Relay,
    Snapshot,
    Statement,
    Variant,
    evidence,
)  # fmt: skip
from stemma.show import moments

HOSTILE = "<script>alert(1)</script>\x1b[31mred\x9b2J\u202eEVIL\u2066<img src=x onerror=alert(2)>\"'&{{7*7}}"


def snapshot_of(text: str, **stated: Any) -> Snapshot:
    payload = text.encode("utf-8", "replace")
    return Snapshot(
        origin=stated.pop("origin", "page.txt"), media_type="text/plain", size=len(payload),
        digest="sha256:" + hashlib.sha256(payload).hexdigest(), **stated,
    )  # fmt: skip


@dataclass
class Draft:
    """A page under construction: find words in it, get evidence."""

    text: str
    url: str | None = None
    fetched: str | None = None
    outlet: str | None = None
    agency: str | None = None
    published: str | None = None
    title: str | None = None
    basis: str = "dateline"
    snapshot: Snapshot = field(init=False)
    document: Document = field(init=False)

    def __post_init__(self) -> None:
        self.snapshot = snapshot_of(self.text, url=self.url, fetched=self.fetched)
        self.document = Document(snapshot=self.snapshot.id, layout="test/1", text=self.text)

    def at(self, words: str) -> Evidence:
        start = self.text.index(words)
        return evidence(self.document, start, start + len(words))

    def labels(self) -> tuple[Label, ...]:
        labels, start = [], 0
        for row in self.text.split("\n"):
            role = "furniture" if row.startswith("|") else "title" if row == self.title else "body"
            if row.strip():
                labels.append(Label(document=self.document.id, start=start, end=start + len(row), role=role))
            start += len(row) + 1
        return tuple(labels)

    def statement(self, words: str, **more: Any) -> Statement:
        pieces = tuple(self.at(piece) for piece in words.split(" … "))
        for name in ("source", "cue"):
            if isinstance(more.get(name), str):
                more[name] = (self.at(more[name]),)
        return Statement(document=self.document.id, content=pieces, **{"kind": "direct", **more})

    def line(self, statement: Statement, speakers: tuple[Who, ...], **more: Any) -> Line:
        known = {
            "chain": (), "snapshot": self.snapshot, "title": self.title, "outlet": self.outlet,
            "published": self.published, "published_basis": self.basis if self.published else None, "utterance": None,
        }  # fmt: skip
        return Line(statement=statement, speakers=speakers, **{**known, **more})

    def hop(self, name: str, kind: str, words: str | None, place: int, document: str | None = None) -> Hop:
        proof = self.at(words) if words else None
        relay = Relay(document=self.document.id, exemplar=f"m{name}", kind=kind, hop=place, evidence=proof)
        return Hop(name=name, kind=kind, relay=relay.id, evidence=proof, document=document, confidence=0.9)

    def article(self, *lines: Line, versions: tuple[str, ...] = ()) -> Article:
        fields = []
        if self.published:
            fields.append(Field(document=self.document.id, name="published", value=self.published, basis=self.basis))
        if self.agency:
            fields.append(Field(document=self.document.id, name="agency", value=self.agency, basis="credit"))
        return Article(
            document=self.document, snapshot=self.snapshot, title=self.title, outlet=self.outlet,
            published=self.published, published_basis=self.basis if self.published else None, language="en",
            labels=self.labels(), fields=tuple(fields), mentions=(), times=(), lines=lines, problems=(),
            versions=versions or (self.document.id,),
        )  # fmt: skip


VAEL = Who(name="Kim Vael", entity="ekimvael", role="Minister of Ferries", reason="name in the source", confidence=0.97)

POST = Draft(
    "| Home  World  Ferries  Subscribe\n"
    "Lamps lit on the far shore, says minister\n"
    "DORN, October 24. /Dorn Post/. “On the far shore, the lamps are lit for all who left,” Minister of Ferries"
    " Kim Vael said, the SARVA agency reported.\n"
    "She did not say that the old bridge would open before winter.\n"
    "The harbour council announced that 14 boats are “ready to sail” by spring.\n"
    "| Read also: Ten soups of the north\n"
    "| © Dorn Post",
    url="https://dornpost.example/ferries/lamps?a=1&b=2", fetched="2025-10-24T09:14:00Z", outlet="Dorn Post", agency="SARVA",
    published="2025-10-24", title="Lamps lit on the far shore, says minister",
)  # fmt: skip
AGENCY = Draft(
    "KARVIS, October 24. /SARVA/. “On the far shore, 12 lamps are lit for those who left,” Kim Vael said.",
    url="https://sarva.example/101", outlet="SARVA", published="2025-10-24T06:00:00+02:00", title="Vael on the lamps",
)  # fmt: skip
SHEET = Draft("“On the far shore, the lamps are lit,” an official said.")
NASTY = Draft(
    f"A gate opens {HOSTILE}\n“We stay {HOSTILE}” said {HOSTILE}",
    agency=HOSTILE,
    outlet=HOSTILE,
    title=HOSTILE,
    url=f"javascript:alert(1){HOSTILE}",
)

_agency_said = AGENCY.statement(
    "“On the far shore, 12 lamps are lit for those who left,”", source="Kim Vael", cue="said"
)
_post_said = POST.statement(
    "“On the far shore, the lamps are lit for all who left,”", source="Kim Vael", cue="said", confidence=0.96
)
_post_not = POST.statement(
    "that the old bridge would open before winter", kind="indirect", polarity="negated", source="She",
    cue="did not say", confidence=0.8,
)  # fmt: skip
_post_mixed = POST.statement(
    "that 14 boats are “ready to sail” by spring", kind="mixed", source="The harbour council", cue="announced"
)
_sheet_said = SHEET.statement("“On the far shore, the lamps are lit,”", source="an official", cue="said")
_nasty_said = NASTY.statement(f"“We stay {HOSTILE}”", cue=f"said {HOSTILE}")


def _variant(left: Draft, left_words: str, right: Draft, right_words: str, *edits: tuple[str, str, str]) -> Variant:
    sides = sorted(
        (draft.at(words) for draft, words in ((left, left_words), (right, right_words))), key=lambda e: e.document
    )
    found = []
    for kind, one, other in edits:
        pair = (one, other) if sides[0].document == left.document.id else (other, one)
        spans = [
            (side.exact.rindex(words), side.exact.rindex(words) + len(words))
            for side, words in zip(sides, pair, strict=True)
        ]
        found.append(Edit(kind=kind, left=spans[0], right=spans[1]))
    return Variant(left=sides[0], right=sides[1], edits=tuple(found), similarity=0.8)


LINES = {
    "agency": AGENCY.line(_agency_said, (VAEL,), utterance="wlamps", witnesses=3),
    "post": POST.line(
        _post_said, (VAEL,), chain=(POST.hop("SARVA", "cited", "the SARVA agency reported", 0),), utterance="wlamps", witnesses=3,
    ),
    "not": POST.line(_post_not, (replace(VAEL, reason="pronoun: last speaker"),), utterance="wnot"),
    "mixed": POST.line(_post_mixed, (Who(name="The harbour council", reason="words of the source"),)),
    "sheet": SHEET.line(
        _sheet_said, (), chain=(SHEET.hop("Dorn Post", "reused", None, 0, POST.document.id),), utterance="wlamps", witnesses=3,
    ),
    "nasty": NASTY.line(_nasty_said, (Who(name=HOSTILE, role=HOSTILE, reason=HOSTILE),)),
}  # fmt: skip
ARTICLES = [
    AGENCY.article(LINES["agency"]), POST.article(LINES["post"], LINES["not"], LINES["mixed"]),
    SHEET.article(LINES["sheet"]), NASTY.article(LINES["nasty"]),
]  # fmt: skip
UTTERANCE = Utterance(
    id="wlamps", lines=(LINES["agency"], LINES["post"], LINES["sheet"]),
    variants=(
        _variant(AGENCY, "On the far shore, 12 lamps are lit for those who left", POST,
                 "On the far shore, the lamps are lit for all who left", ("number", "12 lamps", "the lamps"), ("words", "those who", "all who")),
        _variant(POST, "On the far shore, the lamps are lit for all who left", SHEET, "On the far shore, the lamps are lit",
                 ("words", " for all who left", "")),
    ),
)  # fmt: skip
JUDGED = Judgement(left="mone", right="mtwo", verdict="unsure", score=0.55, reasons=("same family name",), by="names/1")
PERSON = Person(
    id="ekimvael", name="Kim Vael", kind="person", forms=(Form("Kim Vael", 3, ("SARVA", "Dorn Post")), Form("Kim Vaël", 1, ())),
    roles=(("Minister of Ferries", "2025-10-24", POST.document.id), ("harbour master", None, SHEET.document.id)),
    lines=(LINES["agency"], LINES["post"], LINES["not"]), judgements=(JUDGED,),
)  # fmt: skip
PROBLEMS = (
    Problem(stage="read", about="broken.html", message="The page is empty. Save it again and add it."),
    Problem(stage="collect", about=HOSTILE, message=f"Cannot read {HOSTILE}."),
)


class Invented:
    """Answers like an archive, from the views above; ids may be shortened."""

    def __init__(self, lines: tuple[Line, ...] = tuple(LINES.values())) -> None:
        self.lines = lines
        self.stones: dict[str, Stone] = {}

    def _fits(self, line: Line, query: Query) -> bool:
        words = " ".join(piece.exact for piece in line.statement.content)
        return (
            " ".join(term.value for term in parse(query.words) if not term.field).lower() in words.lower()
            and (query.speaker is None or query.speaker in {who.name for who in line.speakers})
            and query.outlet in (None, line.outlet)
            and query.kind in (None, line.statement.kind)
        )

    def find(self, query: Query) -> Iterator[Line]:
        parse(query.words)
        found = [line for line in self.lines if self._fits(line, query)]
        return iter(found[query.offset :][: query.limit])

    def count(self, query: Query) -> int:
        return len(list(self.find(replace(query, limit=None, offset=0))))

    def found(self, query: Query) -> Iterator[Found]:
        return (Found(line, f"after {line.statement.id}") for line in self.find(query))

    def found_articles(self, query: Query) -> Iterator[FoundArticle]:
        for article in ARTICLES:
            lines = tuple(line for line in article.lines if self._fits(line, query))
            if lines:
                yield FoundArticle(article, lines, f"after {article.document.id}")

    def count_articles(self, query: Query) -> int:
        return len(list(self.found_articles(query)))

    found_utterances = found

    def count_utterances(self, query: Query) -> int:
        return self.count(query)

    def carried(self, limit: int) -> list[Line]:
        return [each.lines[0] for each in self.utterances(limit)]

    def understood(self, query: Query) -> list[Understood]:
        return [
            Understood(
                text=query.words[term.start : term.end], start=term.start, end=term.end, minus=term.minus, field=term.field,
                value=term.value, forms=(HOSTILE,) if term.field else (), known=True, phrase=term.phrase,
                begins=term.begins, near=(), distance=0,
            )
            for term in parse(query.words)
        ]  # fmt: skip

    def ways_out(self, query: Query) -> list[WayOut]:
        return [WayOut("alone", query.words, 0), WayOut("name", f"said:{HOSTILE.split(maxsplit=1)[0]}", 2)]

    def facets(self, query: Query) -> Facets:
        values = tuple(FacetValue(name, name, 1) for name in ("Dorn Post", HOSTILE))
        return Facets(self.count(query), (Facet("outlet", values, 0), Facet("via", values, 3)))

    def days(self, query: Query) -> Days:
        total = self.count(query)
        bars = (Bar("2025-10-23", "2025-10-23", 1), Bar("2025-10-24", "2025-10-24", max(0, total - 1)))
        return Days("day", bars if total else (), 0, total)

    def _one(self, by_id: dict[str, Any], wanted: str) -> Any:
        fits = [known for known in by_id if wanted and known.startswith(wanted)]
        if len(fits) > 1:
            raise AmbiguousId(wanted, fits)
        if not fits:
            raise NoSuchRecord(wanted)
        return by_id[fits[0]]

    def line(self, record_id: str) -> Any:
        return self.stones.get(record_id) or self._one({line.statement.id: line for line in self.lines}, record_id)

    def article(self, record_id: str) -> Article:
        return self._one({article.document.id: article for article in ARTICLES}, record_id)

    def record(self, record_id: str) -> Any:
        records: list[Any] = [JUDGED, *PROBLEMS]
        for line in LINES.values():
            records += [line.statement, line.snapshot]
        records += [article.document for article in ARTICLES]
        return self._one({record.id: record for record in records}, record_id)

    def person(self, record_id: str) -> Person:
        return self._one({PERSON.id: PERSON}, record_id)

    def persons(self, name: str) -> list[Person]:
        return [PERSON] if name in {form.name for form in PERSON.forms} else []

    def utterance(self, record_id: str) -> Utterance:
        return self._one({UTTERANCE.id: UTTERANCE}, record_id)

    def utterances(self, limit: int) -> list[Utterance]:
        return [UTTERANCE][:limit]

    def timeline(self, query: Query) -> list[Moment]:
        return moments(self.lines)[: query.limit]

    def undated(self, query: Query) -> int:  # noqa: ARG002 (as the archive has it)
        return len(self.lines) - len(moments(self.lines))

    def unresolved(self, limit: int) -> Unresolved:
        return Unresolved(
            speakers=(LINES["sheet"],)[:limit], undated=(ARTICLES[2],), outletless=(ARTICLES[2],),
            unsure=((JUDGED, "Kim Vael", "Vael"),),
        )  # fmt: skip

    def corrections_of(self, record_id: str) -> list[Correction]:
        return [word for line in self.lines for word in line.corrections if word.about == record_id]

    def sides(self, judgement_id: str) -> tuple[str, str]:
        return ("Kim Vael", "Vael") if judgement_id == JUDGED.id else ("name withheld", HOSTILE)

    def problems(self) -> Iterator[Problem]:
        return iter(PROBLEMS)

    def outlets(self) -> tuple[Outlet, ...]:
        return (
            Outlet(name="Dorn Post", documents=1, statements=3, first="2025-10-24", last="2025-10-24"),
            Outlet(name=HOSTILE, documents=1, statements=1, first=None, last=None),
        )

    def coverage(self) -> list[Coverage]:
        day = "2025-10-24"
        return [Coverage("Dorn Post", "month", 1, 3, 0, 0, 1, day, day, (Period("2025-10", 1, 1),), ())]

    def revision(self) -> int:
        return 1

    def totals(self) -> Totals:
        count = len(self.lines)
        return Totals(
            pages=4,
            documents=4,
            statements=count,
            speakers=2,
            relays=2,
            variants=2,
            utterances=3,
            problems=2,
            outlets=3,
        )


def word(about: str, field: str, value: str = "", *, why: str = "named in line 3", by: str = "Ilse Marn") -> Correction:
    return Correction(about=about, field=field, value=value, by=by, at="2026-11-22T08:00:00Z", reason=why)


def corrected(line: Line, field: str, value: str, was: str, **more: Any) -> Line:
    """The line with a person's word on a field of it; what shows the value is the caller's business."""
    about = line.statement.document if field in {"title", "outlet", "published"} else line.statement.id
    said = word(about, field, value, **more)
    return replace(
        line,
        corrections=(*line.corrections, said),
        was=(*line.was, Was(said.id, was, "name in the source", 0.97)),
    )


@pytest.fixture
def archive() -> Invented:
    return Invented()


@pytest.fixture
def lines() -> dict[str, Line]:
    return LINES
