"""The order of the rooms: the only file that knows them all.

    captures ─► read ─► annotate ─► archive ─► resolve, collate, versions (by key) ─► trace (by component) ─► views

Bytes are kept first, then read: whatever stops the work, the next ``add`` goes on where it was. What a page gives
depends on the page alone, what a key or a component gives on what lies under it: the order of work changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from importlib.metadata import entry_points
from itertools import groupby, islice
from typing import Any, TypeVar

from stemma import annotate, collate, collect, engine, mending, passages, portions, read, resolve, settling
from stemma.archive import Archive, Place
from stemma.archive.migrations import migrate
from stemma.archive.views import Totals
from stemma.collect.clock import now
from stemma.offering import editions, spellings
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
    with_run,
)
from stemma.settling import Meeting
from stemma.stage import (
    USUAL,
    VERSION_OF,
    Each,
    Elsewhere,
    Group,
    Manner,
    Offer,
    Waiting,
    Way,
    way_of,
)  # fmt: skip

Item = TypeVar("Item")
Found = list[AnyRecord | Offer]
#: ``progress(done, total, problems)``: pages read, pages to read, problems so far.
Progress = Callable[[int, int | None, int], None]
#: ``proving(part, done, total)``: what is proved, how much of it, of how much.
Proving = Callable[[str, int, int], None]

HELD = 8_192  #: items of a stage kept rebuilt, about 10 kB each: a passage has some hundred keys
READ: Each[Capture] = Each("read", VERSION_OF["read"], read.read)
ANNOTATE: Each[Page] = Each("annotate", VERSION_OF["annotate"], annotate.annotate)


def add(
    path: Place, paths: Sequence[str], stated: Stated | None = None, *,
    workers: int = 1, progress: Progress | None = None,
) -> Totals:  # fmt: skip
    """Add pages to the archive at ``path``, made if there is none; returns what it then holds.

    Bad pages become Problem records. Raises ``BadValue`` for a path that is not there, ``NewerArchive``.
    """
    captures = collect.captures(paths, stated or Stated())  # misuse is told before an archive is made
    return take(path, captures, workers=workers, progress=progress)


def take(
    path: Place, captures: Iterable[Capture | Problem], *, workers: int = 1, progress: Progress | None = None,
    way: Way | None = None,
) -> Totals:  # fmt: skip
    """Add what ``collect`` gave, wherever it came from; else like ``add``.

    ``way``: how statements are found; None: as in the pages that the archive has.
    """
    with Archive.open(path, create=True) as archive:
        manner = manner_of(archive, way)
        problems = keep(archive, captures)
        enrol(archive, manner)
        derive(archive, workers, counting_in(problems, progress), manner)
        settle(archive)
        return archive.totals()


def enrol(archive: Archive, manner: Manner = USUAL) -> None:
    """Let the archive know the runs in force; what stands under earlier ones stays so until ``upgrade``."""
    each, group = runs_in_force(manner)
    archive.add_records([*each, *group])
    archive.renewal.enrol(group)


def manner_of(archive: Archive, way: Way | None = None) -> Manner:
    """How the pages of an archive are annotated: this way, else as they were so far; with its list of names."""
    return Manner(way or way_of(archive.runs()), archive.own_names)


def runs_in_force(manner: Manner = USUAL) -> tuple[list[Run], list[Run]]:
    """The runs of what reads a page, and of what compares pages. Raises ``BadValue`` for names that cannot be read."""
    annotate.own_names(manner.names)
    return [READ.run, *(_as_told(stage, manner).run for stage in annotators())], [
        *(each.stage.run for each in meetings()),
        TRACE.run,
    ]


def settle(archive: Archive, elsewhere: Elsewhere | None = None) -> None:
    """Bring up to date all that concerns several pages."""
    mending.mend(archive, standing, replace_offers)
    meet(archive, elsewhere)
    trace(archive)
    archive.join()


def keep(archive: Archive, captures: Iterable[Capture | Problem]) -> int:
    """Bring the bytes in; nothing is read yet. Returns the number of problems told."""
    told = 0
    for some in portions.batches(captures):
        at = now()
        with archive.batch():
            problems = [problem for found in some for problem in _kept(archive, found, at)]
            archive.add_records(problems)
        told += len(problems)
    return told


def counting_in(problems: int, progress: Progress | None) -> Progress | None:
    """The same progress, with the problems of keeping counted in."""
    if progress is None:
        return None
    progress(0, None, problems)
    return lambda done, total, more: progress(done, total, problems + more)


def _kept(archive: Archive, found: Capture | Problem, at: str) -> list[Problem]:
    """Keep a capture; what is told is bad input, or other facts stated of a page that is known."""
    if isinstance(found, Problem):
        return [found]
    if archive.keep(found, at):
        return []
    known, new = archive.snapshot(found.snapshot.id), found.snapshot
    return [] if known == new else list(_restated(archive, known, new))


def _restated(archive: Archive, known: Snapshot, new: Snapshot) -> Iterator[Problem]:
    """A Problem for each value that was stated of a page and does not count, named by nothing but itself."""
    said = archive.restate(new)
    for name in ("outlet", "published"):
        for value in {getattr(known, name), getattr(new, name)} - {None, getattr(said, name)}:
            message = f"another {name} was stated of this page too, {value!r}. Of several the first in the order of"
            yield Problem(
                stage="collect", about=said.id, message=f"{message} letters counts; stemma correct changes it."
            )


def derive(
    archive: Archive, workers: int = 1, progress: Progress | None = None, manner: Manner = USUAL,
    elsewhere: Elsewhere | None = None,
) -> None:  # fmt: skip
    """Read and annotate every capture that no run has read."""
    waiting = Waiting(archive.pending_snapshots(), archive.count_pending(), manner)
    _read_all(archive, waiting, workers, progress, elsewhere)


def _read_all(
    archive: Archive, waiting: Waiting, workers: int, progress: Progress | None, elsewhere: Elsewhere | None = None
) -> None:
    captures, total, manner = waiting
    runs = [run.id for run in runs_in_force(manner)[0]]
    done = problems = 0
    if total:
        spellings.load()
    for n, some in enumerate(portions.batches(_worked_on(stage_of_pages(manner), captures, workers, elsewhere)), 1):
        with archive.batch():
            for capture, found in some:
                _store(archive, capture, runs, found)
                problems += sum(isinstance(record, Problem) for record in found)
        done += len(some)
        if n.bit_count() == 1:  # after 1, 2, 4 ... portions
            mending.settle(archive)
        if progress:
            progress(done, total, problems)


def stage_of_pages(manner: Manner) -> Each[Capture]:
    """All that is done with one page, in this manner."""
    return PAGE if manner == USUAL else replace(PAGE, function=partial(page, manner=manner))


def _worked_on(
    stage: Each[Capture], captures: Iterable[Capture], workers: int, elsewhere: Elsewhere | None
) -> Iterator[tuple[Capture, Found]]:
    """Each capture with what it gives: as it is known from elsewhere, else worked on here."""
    if elsewhere is None:
        yield from engine.each(stage, captures, workers)
        return
    told = ((capture, elsewhere.page(capture)) for capture in captures)
    for known, some in groupby(told, key=lambda each: each[1] is not None):
        if known:
            yield from ((capture, found or []) for capture, found in some)
        else:
            yield from engine.each(stage, (capture for capture, _ in some), workers)


def _store(archive: Archive, capture: Capture, runs: Sequence[str], found: Found) -> None:
    """Keep what one page gave; a page that was read before offers anew what it offers now, and nothing else."""
    offers = [each for each in found if isinstance(each, Offer)]
    records = [each for each in found if not isinstance(each, Offer)]
    before = {each: standing(archive, each) for each in archive.current_documents(capture.snapshot.id)}
    document = next((each.id for each in records if isinstance(each, Document)), "")
    repeats = mending.at_once(archive, page_of(records), offers)
    archive.add_page(capture.snapshot.id, runs, records, () if document in before or repeats else offers, repeats)
    if document and (repeats or archive.has_words(document)):
        before.setdefault(document, [] if repeats else offers)
        offers = standing(archive, document)
    for each, former in before.items():
        replace_offers(archive, each, offers if each == document else [], former)


def standing(archive: Archive, document_id: str) -> list[Offer]:
    """What a document offers as its page stands in the archive; nothing where it is not shown."""
    if not archive.is_shown(document_id):
        return []
    snapshot, laid_out, records = archive.leaf(document_id)
    return list(offered(Capture(snapshot, b""), laid_out, records))


def replace_offers(archive: Archive, document_id: str, offers: Sequence[Offer], before: Sequence[Offer]) -> None:
    """Let a document offer exactly these; items of which its text counted get the smallest text that is left."""
    by_name = {meeting.stage.name: meeting for meeting in meetings()}
    for lost in archive.replace_offers(document_id, offers, before):
        for other in by_name[lost.stage].offerers(archive, lost):
            if other != document_id:
                again = [each for each in standing(archive, other) if each[:2] == lost[:2]]
                archive.offer(other, again)


def upgrade(path: Place, *, workers: int = 1, progress: Progress | None = None, way: Way | None = None) -> Totals:
    """Bring what an archive holds up to the runs in force, from its captures; returns what it then holds.

    ``way``: how statements shall be found from now on; None: as it is, by the network where pages differ.
    Captures, and what people said, are not touched. What is no longer found stays reachable by id. May be stopped at
    any moment: the next one goes on from there. Raises ``NoArchive`` and ``NewerArchive``.
    """
    migrate(path, offered, progress and (lambda done, total: progress(done, total, 0)))
    with Archive.open(path) as archive:
        manner = manner_of(archive, way)
        restart(archive, manner)
        stages = archive.renewal.unfinished()
        left, runs = archive.renewal.count_due(stages), [run.id for run in runs_in_force(manner)[0]]
        total = archive.count_outdated(runs)
        counted = progress and (lambda done, _, problems: progress(done, total + left, problems))
        _read_all(archive, Waiting(archive.outdated_snapshots(runs), total, manner), workers, counted)
        offer_again(archive, stages, progress and (lambda done, _, __: progress(total + done, total + left, 0)))
        settle(archive)
        archive.renewal.retire(run.id for some in runs_in_force(manner) for run in some)
        return archive.totals()


def restart(archive: Archive, manner: Manner = USUAL) -> None:
    """Let each stage that compares pages begin anew where what it gave stands under another run."""
    with archive.batch():
        in_force = {run.stage: run for run in runs_in_force()[1]}
        for name, run in archive.renewal.runs().items():
            if name not in in_force:
                archive.renewal.drop(name)
            elif run != in_force[name].id:
                archive.renewal.restart(in_force[name])
        enrol(archive, manner)


def offer_again(archive: Archive, stages: Sequence[str], progress: Progress | None = None) -> None:
    """Let each document offer anew to stages that began anew; ``progress`` counts documents."""
    done, some = 0, ["-"]
    while stages and some:
        with archive.batch():
            some = archive.renewal.due(stages, portions.BATCH)
            for document in some:
                archive.offer(document, [each for each in standing(archive, document) if each.stage in stages])
            archive.renewal.set_due(stages, some[-1] if some else None)
        done += len(some)
        if progress:
            progress(done, None, 0)


def correct(archive: Archive, corrections: Sequence[Correction]) -> None:
    """Lay people's corrections over what was derived, and bring up to date what rests on it."""
    with archive.batch():
        before = {each: standing(archive, each) for each in archive.concerned(corrections)}
        for document in archive.correct(corrections):
            replace_offers(archive, document, standing(archive, document), before.get(document, ()))
    settle(archive)


def page(capture: Capture, manner: Manner = USUAL) -> Found:
    """All that one page gives by itself: its document, what was found in it, what it offers to Group stages."""
    found = _attempt(READ, capture, capture.snapshot.id)
    laid_out = page_of(found)
    if laid_out is None:
        return found
    for stage in annotators():
        found += _attempt(_as_told(stage, manner), laid_out, laid_out.document.id)
    return [*found, *offered(capture, laid_out, found)]


def offered(capture: Capture, laid_out: Page, found: Sequence[AnyRecord | Offer]) -> Iterator[Offer]:
    """What one page offers to the Group stages."""
    return (offer for meeting in meetings() for offer in meeting.offer(capture, laid_out, found))


def check(archive: Archive, progress: Proving | None = None) -> Iterator[Problem]:
    """A Problem for everything that is not as it was written, offers to Group stages included.

    Offers are proved where all stages stand under the runs in force.
    """
    stands = archive.stands_under({meeting.stage.name: meeting.stage.run.id for meeting in meetings()})
    return archive.check(progress, offered if stands else None, mending.RULES if stands else None)


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


def meet(archive: Archive, elsewhere: Elsewhere | None = None) -> None:
    """Run each Group stage over the keys that new pages touched; that of repeated lines was settled by ``mend``."""
    for meeting in (each for each in meetings() if each.stage.name != mending.REPEATS.name):
        settling.settle(archive, meeting, elsewhere)


def trace(archive: Archive) -> None:
    """Draw the tree of each component of documents that new variants changed."""
    components = archive.untraced()
    while _trace(archive, islice(components, portions.BATCH)):
        pass


def _trace(archive: Archive, components: Iterable[tuple[set[str], Sequence[Variant]]]) -> bool:
    """Draw some in one transaction; whether there were any."""
    some = False
    with archive.batch():
        for component, variants in components:
            some = True
            witnesses = [archive.witness(document) for document in sorted(component)]
            found = _attempt(TRACE, (witnesses, variants), min(component))
            archive.put_traces(component, [each for each in found if isinstance(each, Relay | Problem)])
    return some


def _as_told(stage: Each[Page], manner: Manner) -> Each[Page]:
    """The stage as an archive has it done; only the built-in annotator can be told."""
    if manner == USUAL or stage is not ANNOTATE:
        return stage
    told = partial(annotate.annotate, own=manner.names, by_rules=manner.way == "rules")
    return replace(stage, function=told, options=manner.options)


@cache
def annotators() -> tuple[Each[Page], ...]:
    """The built-in annotator and those of installed plug-ins."""
    return (ANNOTATE, *(Each(f"annotate:{name}", "plug-in", function) for name, function in plugins("annotate")))


@cache
def meetings() -> tuple[Meeting[Any], ...]:
    """The Group stages, built in and of installed plug-ins (entry points that hold a ``Meeting``)."""
    own: tuple[Meeting[Any], ...] = (
        Meeting(RESOLVE, spellings.offer, spellings.rebuild, held=HELD, offerers=spellings.naming),
        Meeting(
            COLLATE,
            passages.offer,
            passages.rebuild,
            held=HELD,
            idle=passages.set_phrase,
            telling=passages.telling,
            sift=passages.sift,
            blank=passages.blank,
            fullness=False,
        ),
        Meeting(VERSIONS, editions.offer, editions.rebuild),
        Meeting(mending.REPEATS, mending.offer_lines, mending.rebuild_place),  # settled by mend, before all others
    )
    return (*own, *(value for room in ("resolve", "collate") for _, value in plugins(room)))


def plugins(room: str) -> list[tuple[str, Any]]:
    """What entry points of the group ``stemma.ROOM`` offer, by name."""
    return [(point.name, point.load()) for point in sorted(entry_points(group=f"stemma.{room}"))]


def judge(mentions: Sequence[Mention], key: str) -> list[Judgement]:
    """Names are judged alike whatever key they share; under that of a word alone only names of one word are."""
    return resolve.judge(mentions, key)


def versions(pages: Sequence[Page], _: str) -> list[Variant]:
    """So are the captures of one address or item."""
    return collate.versions(pages)


def tree(component: tuple[Sequence[Witness], Sequence[Variant]]) -> list[Relay]:
    """The tree of one component: its witnesses and the variants between them."""
    return collate.trace(*component)


TRACE: Each[tuple[Sequence[Witness], Sequence[Variant]]] = Each("trace", VERSION_OF["trace"], tree)
RESOLVE: Group[Mention] = Group("resolve", VERSION_OF["resolve"], resolve.keys, judge)
COLLATE: Group[Passage] = Group("collate", VERSION_OF["collate"], collate.keys, collate.compare)
VERSIONS: Group[Page] = Group("versions", VERSION_OF["versions"], editions.item_of, versions)
