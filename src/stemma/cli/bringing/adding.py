"""Verbs that bring pages in, or an archive up to this version: add, upgrade."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stemma.archive import Archive, Place
from stemma.cli.bringing.elsewhere import Engine, engine_options
from stemma.cli.flags import DONE, WITH_PROBLEMS, Verb, archive_option, statements_option, tell
from stemma.cli.serving.watches import tell_of_news
from stemma.errors import NoArchive
from stemma.records import Capture, Problem, Stated
from stemma.show.lines import languages_told
from stemma.show.plain import one_line
from stemma.show.terminal import Work, screen, summary, working
from stemma.stage import EACH, VERSION_OF, Manner, Way, built_in, way_of

if TYPE_CHECKING:
    from stemma.collect.bookmarks import Bookmarks
    from stemma.collect.web.settings import Web

_TOLD = 10  #: addresses whose reasons are told at once; the others are listed by ``stemma show problems``


def _columns(_: click.Context, __: click.Parameter, said: tuple[str, ...]) -> dict[str, str]:
    """The columns of a table by field. Raises ``click.BadParameter``."""
    from stemma.collect.formats.lines import FIELDS  # noqa: PLC0415 - as in ``add``

    parts = [each.partition("=") for each in said]
    if wrong := next((field + mark + name for field, mark, name in parts if field not in FIELDS or not name), None):
        raise click.BadParameter(f"{wrong!r}: wanted FIELD=NAME, with a field of {', '.join(FIELDS)}")
    return {field: name for field, _, name in parts}


@click.command(
    cls=Verb,
    short_help="Put pages into the archive.",
    epilog="""stemma add pages/ more.zip 'dumps/*.jsonl'
    stemma add https://dornpost.example/1 --contact desk@orvo.example
    stemma add CC-NEWS.warc.gz --only-host dornpost.example
    stemma add articles.csv --column text=body --column url=link
    stemma add page.html --url https://dornpost.example/1 --fetched 2025-10-24T09:14:00Z
    stemma add dump.txt --outlet "Dorn Post" --published 2025-10-24
    stemma add dumps/ --engine daft --ray 10.0.0.1:6379 --into s3://bucket/october""",
)
@click.argument("paths", nargs=-1, metavar="PATH|ADDRESS...")
@click.option(
    "--list", "listed", metavar="FILE", type=click.Path(path_type=Path), help="Addresses to add too, one a line."
)
@click.option("--url", help="Address of the page.")
@click.option("--fetched", metavar="TIME", help="When the page was captured, ISO 8601.")
@click.option("--published", metavar="DAY", help="When the page was published, ISO 8601.")
@click.option("--outlet", help="Who published the page.")
@click.option(
    "--only-host",
    "hosts",
    metavar="HOST",
    multiple=True,
    help="Of archives, feeds and tables only pages of this server.",
)
@click.option(
    "--column",
    "columns",
    metavar="FIELD=NAME",
    multiple=True,
    callback=_columns,
    help="Column of a table that holds a field.",
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read pages.")
@statements_option
@click.option("--contact", envvar="STEMMA_CONTACT", help="Told to servers: who asks; $STEMMA_CONTACT where it is set.")
@click.option(
    "--allow-host", "allowed", metavar="HOST", multiple=True,
    help="Fetch from this host though it is on a private network; for a lab, may be repeated.",
)  # fmt: skip
@engine_options
@archive_option
def add(paths: tuple[str, ...], path: Place, workers: int, way: Way | None, **said: Any) -> int:  # noqa: ANN401 - click's
    """Put pages into the archive: files, folders, globs, packed files, and web addresses of pages.

    Read are HTML and text, .zip, .gz, web archives (.warc, .wacz), .har, .mhtml, .eml, feeds with whole articles (.rss,
    .atom), and tables of pages (.jsonl, .csv, .tsv, .parquet). A page at an address is fetched once, now; a page that
    cannot be had is told and listed among the problems.
    """
    from stemma import flow  # noqa: PLC0415 - loads every room; the other verbs start without them
    from stemma.collect import captures  # noqa: PLC0415 - the same
    from stemma.collect.apart.gauge import Gauge  # noqa: PLC0415 - the same
    from stemma.collect.bookmarks import Bookmarks  # noqa: PLC0415 - the same
    from stemma.collect.source import Choice  # noqa: PLC0415 - the same

    hosts, columns = frozenset(said.pop("hosts")), said.pop("columns")
    paths = (*paths, *_addresses(said.pop("listed")))
    if not paths:
        raise click.UsageError("name a file, a folder or an address to add; or a file of addresses with --list.")
    before, began = _problems_in(path), time.monotonic()
    engine = Engine(said.pop("engine"), said.pop("ray"), said.pop("into"), workers, way)
    engine.check()
    with working(screen(sys.stderr)) as work:
        web = _web(paths, said.pop("contact"), said.pop("allowed"), work.fetching)
        marks = Bookmarks(path, (sorted(hosts), sorted(columns.items()), sorted(said.items(), key=str)))
        choice = Choice(hosts, columns, marks, Gauge(work.gauging if screen(sys.stderr).is_terminal else None))
        missed: list[Problem] = []
        found = _watched(captures(paths, Stated(**said), web, choice), missed, work, marks)
        if engine.name == "local":
            held = flow.take(path, found, workers=workers, progress=work, way=way)
        elif (given := engine.take(path, found, work)) is None:
            return WITH_PROBLEMS if work.problems else DONE
        else:
            held = given
    for problem in missed[:_TOLD]:
        tell(one_line(problem.message))
    new = max(held.problems - before, work.problems)
    with Archive.open(path) as archive:
        note = languages_told(archive.languages())
        screen(sys.stderr).print(summary(held, work, new, time.monotonic() - began, note))
        offer_upgrade(archive)
    tell_of_news(path)
    return WITH_PROBLEMS if new else DONE


def _web(paths: Sequence[str], contact: str | None, allowed: Sequence[str], tell: Callable[[str], None]) -> Web | None:
    """How to ask servers; None where nothing is to be fetched."""
    from stemma.collect.web.guard.addresses import is_address  # noqa: PLC0415 - as in ``add``

    if not any(map(is_address, paths)):
        return None
    from stemma.collect.web.settings import asking  # noqa: PLC0415 - loads HTTP and TLS, which files do not need

    return asking(contact, allowed, tell)


def _watched(
    found: Iterator[Capture | Problem], missed: list[Problem], work: Work, marks: Bookmarks
) -> Iterator[Capture | Problem]:
    """The same, counted, with the addresses that were not observed noted down: whoever asks for a page waits for it."""
    problems = 0
    for number, each in enumerate(found, 1):
        problems += isinstance(each, Problem)
        if isinstance(each, Problem) and each.about.startswith(("http://", "https://")):
            missed.append(each)
        work.keeping(number - problems, problems)
        marks.given()
        yield each


def _addresses(path: Path | None) -> list[str]:
    """The addresses of a file. Raises ``BadValue``."""
    from stemma.collect.watch.plan import read_list  # noqa: PLC0415 - as in ``add``

    return [] if path is None else [text for _, text in read_list(path)]


def _problems_in(path: Place) -> int:
    try:
        with Archive.open(path) as archive:
            return archive.totals().problems
    except NoArchive:
        return 0


@click.command(
    cls=Verb,
    short_help="Bring an archive up to this version of Stemma.",
    epilog="stemma upgrade\nstemma upgrade --workers 4\nstemma upgrade --statements rules",
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read pages.")
@statements_option
@archive_option
def upgrade(path: Place, workers: int, way: Way | None) -> int:
    """Read the kept captures again where this version reads better, and compare anew what it compares better.

    Captures and what people said stay as they are; what is no longer found can still be reached by its ID. It may
    be interrupted: the same command goes on from there.
    """
    from stemma import flow  # noqa: PLC0415 - loads every room; the other verbs start without them

    began = time.monotonic()
    with working(screen(sys.stderr), "reading captures again") as work:
        held = flow.upgrade(path, workers=workers, progress=work, way=way)
    if not work.done and not work.problems:
        tell("No page waited to be read again: all stand under what this version does.")
        return DONE
    screen(sys.stderr).print(summary(held, work, work.problems, time.monotonic() - began))
    return WITH_PROBLEMS if work.problems else DONE


def offer_upgrade(archive: Archive) -> None:
    """One line on stderr where something stands under runs that this version no longer uses."""
    manner = Manner(way_of(archive.runs()), archive.own_names)
    each = [built_in(name, manner) for name in EACH]
    if archive.renewal.is_behind(each, map(built_in, VERSION_OF.keys() - set(EACH))):
        what = "an earlier version of Stemma, by the rules alone, or with other names listed"
        tell(f"Some of it was read by {what}; it is read again with: stemma upgrade")
