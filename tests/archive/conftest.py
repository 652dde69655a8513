"""Invented pages with all kinds of records, and a toy round of Group stages over them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import msgspec
import pytest
from postgres import Postgres

from stemma.archive import Archive
from stemma.records import (
    AnyRecord,
    Capture,
    Document,
    Edit,
    Field,
    Judgement,
    Label,
    Mention,
    Reference,
    Relay,
    Run,
    Snapshot,
    Statement,
    Time,
    Variant,
    evidence,
)
from stemma.stage import Offer
from stemma.text.words import fold

READ, ANNOTATE, RESOLVE, COLLATE = (Run(stage=name, version="1") for name in ("read", "annotate", "resolve", "collate"))
RUNS = [READ.id, ANNOTATE.id]
NAME = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)+")
SAID = re.compile(r"“([^”]+)” (?:(he)|([A-Z]\w+(?: [A-Z]\w+)*)|(an official)) (said)")


@dataclass(frozen=True)
class Made:
    """A page with its records and offers."""

    capture: Capture
    records: list[AnyRecord]
    offers: list[Offer]

    @property
    def document(self) -> Document:
        found = self.records[0]
        assert isinstance(found, Document)
        return found

    @property
    def statements(self) -> list[Statement]:
        return [record for record in self.records if isinstance(record, Statement)]


def make_page(
    lines: Sequence[str],
    outlet: str | None = "Orvo Wire",
    published: str | None = "2031-04-05",
    url: str | None = None,
    runs: Sequence[Run] = (READ, ANNOTATE),
) -> Made:
    """The first line is the title; “words” NAME said is a statement; "cites NAME" cites an outlet."""
    text = "\n".join(lines)
    payload = text.encode()
    snapshot = Snapshot(
        url=url,
        origin="page.txt",
        media_type="text/plain",
        size=len(payload),
        digest="sha256:" + hashlib.sha256(payload).hexdigest(),
    )
    document = Document(snapshot=snapshot.id, layout="test/1", text=text, run=runs[0].id)
    records: list[AnyRecord] = [document]
    at = 0
    for n, line in enumerate(lines):
        records.append(
            Label(document=document.id, start=at, end=at + len(line), role="body" if n else "title", run=runs[0].id)
        )
        at += len(line) + 1
    for name, value in (("outlet", outlet), ("published", published)):
        if value:
            records.append(Field(document=document.id, name=name, value=value, basis="header", run=runs[0].id))
    records += _found(document, runs[1].id)
    return Made(Capture(snapshot, payload), records, _offers(document, records))


def _found(document: Document, run: str) -> Iterator[AnyRecord]:
    mentions: dict[int, Mention] = {}
    for match in NAME.finditer(document.text, document.text.find("\n") + 1):
        kind = "outlet" if match.group().endswith(("Wire", "Press")) else "person"
        mention = Mention(
            document=document.id,
            evidence=evidence(document, *match.span()),
            kind=kind,
            role="envoy" if kind == "person" else None,
            run=run,
        )
        mentions[match.start()] = mention
        yield mention
    last = None
    for match in SAID.finditer(document.text):
        group = next(g for g in (2, 3, 4) if match[g])
        source = evidence(document, *match.span(group))
        statement = Statement(
            document=document.id,
            source=(source,),
            cue=(evidence(document, *match.span(5)),),
            content=(evidence(document, *match.span(1)),),
            kind="direct",
            run=run,
        )
        yield statement
        last = mentions.get(match.start(3), last) if group != 4 else None
        if last and group != 4:
            yield Reference(
                document=document.id,
                anaphor=source,
                antecedent=last.id,
                reason="name in the source" if group == 3 else "pronoun",
                run=run,
            )
    for match in re.finditer(r"\d{4}-\d\d-\d\d", document.text):
        yield Time(
            document=document.id, evidence=evidence(document, *match.span()), type="DATE", value=match.group(), run=run
        )
    for match in re.finditer(r"cites (\w+ \w+)", document.text):
        yield Relay(
            document=document.id,
            exemplar=mentions[match.start(1)].id,
            kind="cited",
            evidence=evidence(document, *match.span()),
            run=run,
        )


def _offers(document: Document, records: Sequence[AnyRecord]) -> list[Offer]:
    offers = {}
    for record in records:
        if isinstance(record, Mention):
            form = f"{record.kind} {fold(record.evidence.exact)}"
            packed = msgspec.json.encode(record).decode()
            if form not in offers or packed < offers[form].packed:
                offers[form] = Offer("resolve", form, packed, (record.evidence.exact.split()[-1], "all"))
        if isinstance(record, Statement):
            piece = record.content[0]
            place = f"{piece.document} {piece.start} {piece.end}"
            offers[place] = Offer("collate", place, place, (" ".join(piece.exact.split()[:3]), piece.exact[-9:]))
    return list(offers.values())


def meet(archive: Archive) -> None:
    """Toy stages: one surname is one person; contents of one length vary; the earlier document is the exemplar."""
    for key, packed in list(archive.touched("resolve")):
        mentions = sorted((msgspec.json.decode(text, type=Mention) for text in packed), key=lambda each: each.id)
        archive.settle("resolve", key, [_judged(*pair) for pair in combinations(mentions, 2)], RESOLVE)
    for key, packed in list(archive.touched("collate")):
        places = [text.split() for text in sorted(packed)]
        archive.settle("collate", key, list(_compared(archive, places)), COLLATE)
    for component, variants in list(archive.untraced()):
        archive.put_traces(component, [_traced(variant) for variant in variants])
    archive.join()


def _judged(left: Mention, right: Mention) -> Judgement:
    same = left.evidence.exact.split()[-1] == right.evidence.exact.split()[-1]
    return Judgement(
        left=left.id,
        right=right.id,
        verdict="same" if same else "unsure",
        score=0.9 if same else 0.5,
        by="toy/1",
        run=RESOLVE.id,
    )


def _compared(archive: Archive, places: Sequence[Sequence[str]]) -> Iterator[Variant]:
    for one, other in combinations(places, 2):
        if one[0] != other[0]:
            left, right = (evidence(archive.document(each[0]), int(each[1]), int(each[2])) for each in (one, other))
            yield Variant(
                left=left, right=right, edits=(Edit(kind="words", left=(0, 1), right=(0, 1)),), run=COLLATE.id
            )


def _traced(variant: Variant) -> Relay:
    return Relay(document=variant.right.document, exemplar=variant.left.document, kind="reused", run="toy")


def fill(archive: Archive, pages: Sequence[Made], size: int = 3) -> None:
    """Keep and write the pages, some at a time, with a round of Group stages after each lot."""
    archive.add_records([READ, ANNOTATE, RESOLVE, COLLATE])
    for at in range(0, len(pages), size):
        with archive.batch():
            for page in pages[at : at + size]:
                archive.keep(page.capture, "2031-06-01T00:00:00Z")
                archive.add_page(page.capture.snapshot.id, RUNS, page.records, page.offers)
        meet(archive)


HARBOUR = "“The harbour will open before the first snow,”"
PAGES = [
    make_page(
        ["Harbour to open", f"{HARBOUR} Tamsin Orle said on 2031-04-02.", "“We kept our word,” he said."],
        "Orvo Wire",
        "2031-04-03",
    ),
    make_page(["Port news", f"{HARBOUR} Tamsín Orle said. It cites Orvo Wire."], "Belt Press", "2031-04-04"),
    make_page(["Snow", f"{HARBOUR} Tam Orle said.", "“The tariff stays,” Milo Vance said."], "Dune Daily", None),
    make_page(
        ["Tariff", "“The tariff goes on Monday,” Milo Vance said.", "“Nobody asked us,” an official said."],
        None,
        "2031-05-01",
    ),
    make_page(["港口新闻", "“北京市的港口将在冬天之前开放,” Milo Vance said."], "Orvo Wire", "2031-05-02"),
]


class Kit:
    """What tests need of this file."""

    make_page = staticmethod(make_page)
    fill = staticmethod(fill)
    meet = staticmethod(meet)

    def __init__(self) -> None:
        self.pages = list(PAGES)
        self.runs = list(RUNS)


@pytest.fixture
def kit() -> Kit:
    return Kit()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """The five pages with their views."""
    with Archive.open(tmp_path / "a", create=True) as opened:
        fill(opened, PAGES)
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Where archives may be made, by any names: all in folders, or all on the server."""
    if request.param == "sqlite":
        return lambda name: str(tmp_path / name)
    server: Postgres = request.getfixturevalue("postgres")
    return lambda name: server.address(tmp_path / name)


@pytest.fixture
def either(new_place: Callable[[str], str]) -> Iterator[Archive]:
    """The five pages, on each of the databases."""
    with Archive.open(new_place("a"), create=True) as opened:
        fill(opened, PAGES)
        yield opened
