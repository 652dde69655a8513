"""Pages worked on by another engine, and the verb that brings what it gave into an archive: load."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import click

from stemma.archive import Archive, Place, is_there, shown
from stemma.cli.flags import DONE, WITH_PROBLEMS, Verb, archive_option, statements_option, tell
from stemma.errors import BadValue
from stemma.records import Capture, Problem
from stemma.show.lines import counted
from stemma.show.terminal import Work, screen, summary, working
from stemma.stage import Way

if TYPE_CHECKING:
    from stemma.archive.views import Totals
    from stemma.cluster import Given


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the flags ``--engine``, ``--ray`` and ``--into``."""
    for option in (
        click.option(
            "--into", metavar="FOLDER|URL",
            help="With --engine daft: where captures and records are written as Parquet; no archive is made. "
            "Bring them into one with: stemma load",
        ),
        click.option("--ray", metavar="ADDRESS", help="With --engine daft: a Ray cluster that does the work."),
        click.option(
            "--engine", type=click.Choice(["local", "daft"]), default="local", show_default=True,
            help="What does the work: this program, or Daft (the extra 'cluster').",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


class Engine(NamedTuple):
    """What does the work."""

    name: Literal["local", "daft"]
    ray: str | None  #: address of a cluster
    into: str | None  #: folder of Parquet files; None: one that is gone when the archive has what is in it
    workers: int
    way: Way | None

    def check(self) -> None:
        """Raises ``BadValue`` for flags that say nothing to the engine."""
        for flag, value in (("--ray", self.ray), ("--into", self.into)):
            if value and self.name == "local":
                raise BadValue(flag, value, "--engine daft beside it")

    def take(self, path: Place, found: Iterable[Capture | Problem], work: Work) -> Totals | None:
        """Do the work, and load what it gave into the archive at ``path``; None where it is only written."""
        if self.into:
            self._write(path, self.into, found)
            return None
        with tempfile.TemporaryDirectory(prefix="stemma-") as place:
            self._write(path, place, found)
            return _load(path, place, self.workers, work)[0]

    def _write(self, path: Place, address: str, found: Iterable[Capture | Problem]) -> None:
        from stemma import cluster, flow  # noqa: PLC0415 - load every room; the other verbs start without them
        from stemma.stage import Manner  # noqa: PLC0415 - as in ``cluster``

        folder = cluster.Folder(address)
        cluster.start(self.ray, self.workers)  # what is not installed is told before pages are fetched
        count = cluster.write_captures(folder, found)
        tell(f"{counted(count, 'captures')} written to {folder.address}.")
        manner = Manner(self.way or "network")
        if is_there(path):
            with Archive.open(path) as archive:
                manner = flow.manner_of(archive, self.way)
        cluster.work(folder, manner, lambda part: tell(f"working on {part}"))


@click.command(
    cls=Verb,
    short_help="Bring in an archive, or what another engine worked out.",
    epilog="stemma load records/\nstemma load s3://bucket/october --archive october.stemma\n"
    "stemma load october.stemma --archive postgresql://archive@db/news?folder=/srv/stemma",
)
@click.argument("folder", metavar="FOLDER|URL|ARCHIVE")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read pages.")
@statements_option
@archive_option
def load(folder: str, path: Place, workers: int, way: Way | None) -> int:
    """Bring captures and records that stemma add --engine wrote into an archive, or a whole archive into an empty one.

    It holds then what adding the same pages here would have made. What was worked out by another version, or for
    other pages than meet in this archive, is worked out anew. An archive is carried as it is, with all that people
    said, from a folder to a server, back, or between two of a kind.
    """
    began = time.monotonic()
    if is_there(folder):
        return _carry(folder, path)
    with working(screen(sys.stderr), "bringing in records") as work:
        held, given = _load(path, folder, workers, work, way)
    screen(sys.stderr).print(summary(held, work, work.problems, time.monotonic() - began))
    tell(_told(given))
    return WITH_PROBLEMS if work.problems else DONE


def _carry(source: Place, path: Place) -> int:
    from stemma.archive.carrying import carry  # noqa: PLC0415 - the other verbs start without it

    with working(screen(sys.stderr), "carrying rows") as work:
        carry(source, path, work.gauging)
    with Archive.open(path) as archive:
        held = archive.totals()
    what = f"{counted(held.pages, 'pages')} with {counted(held.statements, 'statements')}"
    tell(f"{shown(path)} holds all of {shown(source)}: {what}. Prove it with: stemma check")
    return DONE


def _load(path: Place, address: str, workers: int, work: Work, way: Way | None = None) -> tuple[Totals, Given]:
    from stemma import cluster  # noqa: PLC0415 - loads every room; the other verbs start without them

    return cluster.load(path, cluster.Folder(address), workers=workers, progress=work, way=way)


def _told(given: Given) -> str:
    """What the engine gave, and what was left to do here."""
    here = f"{counted(given.missed_pages, 'pages')} and {counted(given.missed_keys, 'keys')} were worked out here"
    return f"{counted(given.pages, 'pages')} and {counted(given.keys, 'keys')} came from the engine; {here}."
