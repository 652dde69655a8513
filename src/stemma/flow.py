"""The order of the rooms: the only file that knows them all.

    captures ─► read ─► annotate ─► archive ─► resolve, collate, versions (by key) ─► trace (by component) ─► views

Bytes are kept first, then read: whatever stops the work, the next ``add`` goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.metadata import entry_points
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from stemma import annotate, collate, collect, engine, read, resolve
from stemma.archive import Archive
from stemma.archive.views import Totals
from stemma.records import (
    AnyRecord,
    Capture,
    Correction,
    Document,
    Field,
    Judgement,
    Label,
    Mention,
    Page,
    Passage,
    Problem,
    Relay,
    Run,
    Snapshot,
    Stated,
    Variant,
    Witness,
    evidence,
    with_run,
)
from stemma.stage import FULLEST_KEY, Each, Group, Offer
from stemma.text.words import fold

Item = TypeVar("Item")
Found = list[AnyRecord | Offer]
#: ``progress(done, total, problems)``: pages read so far, pages to read, problems so far.
Progress = Callable[[int, int | None, int], None]

HELD = 8_192  #: items of a stage kept rebuilt, about 10 kB each: a passage has some hundred keys
BATCH = 64  #: pages in one transaction: a crash costs at most their reading, never their bytes
READ: Each[Capture] = Each("read", "1", read.read)
ANNOTATE: Each[Page] = Each("annotate", "1", annotate.annotate)


@dataclass(frozen=True, slots=True)
class Meeting(Generic[Item]):
    """A Group stage, what a page offers to it, and how an item is rebuilt from what was packed."""

    stage: Group[Item]
    offer: Callable[[Capture, Page, Sequence[AnyRecord | Offer]], Iterable[Offer]]
    rebuild: Callable[[Archive, str], Item]
    held: int = 0  #: items kept rebuilt, for stages whose items have many keys
    idle: Callable[[Archive, Sequence[str]], bool] = lambda _, __: False  #: whether the packed items give nothing


def add(
    path: str | Path,
    paths: Sequence[str],
    stated: Stated | None = None,
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> Totals:
    """Add pages to the archive at ``path``, made if there is none; returns what it then holds.

    Bad pages become Problem records. Raises ``BadValue`` for a path that does not exist and
    ``NewerArchive`` for an archive of a later version.
    """
    captures = collect.captures(paths, stated or Stated())  # misuse is told before an archive is made
    with Archive.open(path, create=True) as archive:
        problems = keep(archive, captures)
        derive(archive, workers, _after(problems, progress))
        meet(archive)
        trace(archive)
        archive.join()
        return archive.totals()


def keep(archive: Archive, captures: Iterable[Capture | Problem]) -> int:
    """Bring the bytes in; nothing is read yet. Returns the number of problems told."""
    told = 0
    for some in _batches(captures):
        with archive.batch():
            problems = [problem for found in some for problem in _kept(archive, found)]
            archive.add_records(problems)
        told += len(problems)
    return told


def _after(problems: int, progress: Progress | None) -> Progress | None:
    """The same progress, with the problems of keeping counted in."""
    if progress is None:
        return None
    progress(0, None, problems)
    return lambda done, total, more: progress(done, total, problems + more)


def _kept(archive: Archive, found: Capture | Problem) -> list[Problem]:
    """Keep a capture; what is told is bad input, or other facts stated of a page that is known."""
    if isinstance(found, Problem):
        return [found]
    if archive.keep(found):
        return []
    known, new = archive.snapshot(found.snapshot.id), found.snapshot
    return [
        Problem(
            stage="collect",
            about=known.id,
            message=f"{new.origin} is kept already with {name} {old!r}; {value!r} was not taken over. "
            "Facts once stated stay; add the page to a new archive to state others.",
        )
        for name in ("outlet", "published")
        if (value := getattr(new, name)) and value != (old := getattr(known, name))
    ]


def derive(archive: Archive, workers: int = 1, progress: Progress | None = None) -> None:
    """Read and annotate every capture that has not been under the runs in force."""
    stages: tuple[Each[Any], ...] = (READ, *annotators())
    archive.add_records([stage.run for stage in stages])
    runs = [stage.run.id for stage in stages]
    total = archive.count_pending(runs)
    done = problems = 0
    for some in _batches(engine.each(PAGE, archive.pending_snapshots(runs), workers)):
        with archive.batch():
            for capture, found in some:
                _store(archive, capture, runs, found)
                problems += sum(isinstance(record, Problem) for record in found)
        done += len(some)
        if progress:
            progress(done, total, problems)


def _store(archive: Archive, capture: Capture, runs: Sequence[str], found: Found) -> None:
    offers = [each for each in found if isinstance(each, Offer)]
    records = [each for each in found if not isinstance(each, Offer)]
    archive.add_page(capture.snapshot.id, runs, records, offers)


def page(capture: Capture) -> Found:
    """All that one page gives by itself: its document, what was found in it, what it offers to Group stages."""
    found = _attempt(READ, capture, capture.snapshot.id)
    laid_out = page_of(found)
    if laid_out is None:
        return found
    for stage in annotators():
        found += _attempt(stage, laid_out, laid_out.document.id)
    return [*found, *offered(capture, laid_out, found)]


def offered(capture: Capture, laid_out: Page, found: Sequence[AnyRecord | Offer]) -> Iterator[Offer]:
    """What one page offers to the Group stages."""
    return (offer for meeting in meetings() for offer in meeting.offer(capture, laid_out, found))


def check(archive: Archive) -> Iterator[Problem]:
    """A Problem for everything that is not as it was written, offers to Group stages included.

    Offers are proved where the archive knows no other versions of those stages.
    """
    own = {meeting.stage.run.id for meeting in meetings()}
    names = {meeting.stage.name for meeting in meetings()}
    others = any(run.stage in names and run.id not in own for run in archive.runs())
    return archive.check(offered=None if others else offered)


def _attempt(stage: Each[Any], item: object, about: str) -> Found:
    """What the stage gives, each record under its run."""
    run = stage.run.id
    found = engine.attempt(stage, item, about)
    return [each if isinstance(each, Offer | Snapshot | Correction | Run) else with_run(each, run) for each in found]


PAGE: Each[Capture] = Each("page", "1", page)


def page_of(found: Iterable[AnyRecord | Offer]) -> Page | None:
    """The page among what ``read`` found; None where it found no text."""
    kinds: dict[type, list[Any]] = {Document: [], Label: [], Field: []}
    for record in found:
        kinds.get(type(record), []).append(record)
    if not kinds[Document]:
        return None
    return Page(kinds[Document][0], tuple(kinds[Label]), tuple(kinds[Field]))


def meet(archive: Archive) -> None:
    """Run each Group stage over the keys that new pages touched."""
    for meeting in meetings():
        stage = meeting.stage
        archive.add_records([stage.run])
        held = replace(meeting, rebuild=lru_cache(meeting.held)(meeting.rebuild))
        for some in _batches(archive.touched(stage.name)):
            with archive.batch():
                for key, packed in some:
                    archive.settle(stage.name, key, together(archive, held, key, packed), stage.run)


def together(archive: Archive, meeting: Meeting[Any], key: str, packed: Sequence[str]) -> Sequence[AnyRecord]:
    """What the items of one key give; an over-full key gives a Problem instead of quadratic work, a failure too."""
    stage = meeting.stage
    if len(packed) < 2 or meeting.idle(archive, packed):
        return []
    if len(packed) > FULLEST_KEY:
        message = f"{len(packed)} items share this key (at most {FULLEST_KEY} may); they were not compared under it"
        return [Problem(stage=stage.name, about=key, message=message)]
    items = [meeting.rebuild(archive, text) for text in packed]
    return engine.guarded(stage, key, stage.function, items, key)


def trace(archive: Archive) -> None:
    """Draw the tree of each component of documents that new variants changed."""
    archive.add_records([TRACE.run])
    for component, variants in archive.untraced():
        witnesses = [archive.witness(document) for document in sorted(component)]
        found = _attempt(TRACE, (witnesses, variants), min(component))
        archive.put_traces(component, [each for each in found if isinstance(each, Relay)])
        archive.add_records([each for each in found if isinstance(each, Problem)])


@cache
def annotators() -> tuple[Each[Page], ...]:
    """The built-in annotator and those of installed plug-ins."""
    return (ANNOTATE, *(Each(f"annotate:{name}", "plug-in", function) for name, function in plugins("annotate")))


@cache
def meetings() -> tuple[Meeting[Any], ...]:
    """The Group stages, built in and of installed plug-ins (entry points that hold a ``Meeting``)."""
    own: tuple[Meeting[Any], ...] = (
        Meeting(RESOLVE, offer_mentions, rebuild_mention, held=HELD),
        Meeting(COLLATE, offer_passages, rebuild_passage, held=HELD, idle=is_set_phrase),
        Meeting(VERSIONS, offer_page, rebuild_page),
    )
    return (*own, *(value for room in ("resolve", "collate") for _, value in plugins(room)))


def plugins(room: str) -> list[tuple[str, Any]]:
    """What entry points of the group ``stemma.ROOM`` offer, by name."""
    return [(point.name, point.load()) for point in sorted(entry_points(group=f"stemma.{room}"))]


def offer_mentions(_: Capture, __: Page, found: Sequence[AnyRecord | Offer]) -> Iterator[Offer]:
    """Each name form once a page; the archive holds each form of a kind once in all."""
    forms: dict[str, Mention] = {}
    for record in found:
        if isinstance(record, Mention):
            forms.setdefault(f"{record.kind} {fold(record.evidence.exact)}", record)
    for form, mention in forms.items():
        if keys := tuple(resolve.keys(mention)):
            yield Offer(RESOLVE.name, form, msgspec.json.encode(mention).decode(), keys)


def rebuild_mention(_: Archive, packed: str) -> Mention:
    """The mention itself was packed."""
    return msgspec.json.decode(packed, type=Mention)


def offer_passages(_: Capture, page: Page, __: Sequence[AnyRecord | Offer]) -> Iterator[Offer]:
    """Each passage of the page, packed as its place."""
    for passage in collate.passages(page):
        place = f"{passage.evidence.document} {passage.evidence.start} {passage.evidence.end}"
        yield Offer(COLLATE.name, place, place, tuple(collate.keys(passage)))


def rebuild_passage(archive: Archive, packed: str) -> Passage:
    """Read the words at the place again."""
    document, start, end = packed.split(" ")
    return Passage(evidence(archive.document(document), int(start), int(end)), archive.outlet(document))


def is_set_phrase(archive: Archive, packed: Sequence[str]) -> bool:
    """Whether the key of these passages is a formula or furniture, told without reading their words."""
    documents = [place.partition(" ")[0] for place in packed]
    return collate.is_formula([(document, archive.outlet(document)) for document in documents])


def offer_page(capture: Capture, page: Page, _: Sequence[AnyRecord | Offer]) -> Iterator[Offer]:
    """The page itself, to meet other captures of its address or else of its item, in order of capture."""
    if keys := [capture.snapshot.url] if capture.snapshot.url else item_of(page):
        packed = f"{capture.snapshot.fetched or ''} {page.document.id}"
        yield Offer(VERSIONS.name, page.document.id, packed, tuple(keys))


def item_of(page: Page) -> list[str]:
    """Outlet, day and title together, by which two captures are of one item; empty where one of them is unknown."""
    known = {each.name: each.value for each in sorted(page.fields, key=lambda each: each.confidence)}
    labelled = (page.document.text[each.start : each.end] for each in page.labels if each.role == "title")
    title = next(labelled, known.get("title"))
    parts = (known.get("outlet"), (known.get("published") or "")[:10], title)
    return [fold(" | ".join(str(part) for part in parts))] if all(parts) else []


def rebuild_page(archive: Archive, packed: str) -> Page:
    """The page as the archive holds it."""
    return archive.page(packed.split(" ")[1])


def judge(mentions: Sequence[Mention], _: str) -> list[Judgement]:
    """Names are judged alike whatever key they share."""
    return resolve.judge(mentions)


def versions(pages: Sequence[Page], _: str) -> list[Variant]:
    """So are the captures of one address or item."""
    return collate.versions(pages)


def tree(component: tuple[Sequence[Witness], Sequence[Variant]]) -> list[Relay]:
    """The tree of one component: its witnesses and the variants between them."""
    return collate.trace(*component)


TRACE: Each[tuple[Sequence[Witness], Sequence[Variant]]] = Each("trace", "1", tree)
RESOLVE: Group[Mention] = Group("resolve", "1", resolve.keys, judge)
COLLATE: Group[Passage] = Group("collate", "1", collate.keys, collate.compare)
VERSIONS: Group[Page] = Group("versions", "1", item_of, versions)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    stream = iter(items)
    while some := list(islice(stream, BATCH)):
        yield some
