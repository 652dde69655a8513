"""Verbs that bring pages in."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from stemma.archive import Archive
from stemma.cli.flags import DONE, WITH_PROBLEMS, Verb, archive_option
from stemma.errors import NoArchive
from stemma.records import Stated
from stemma.show.terminal import screen, summary, working


@click.command(
    cls=Verb,
    short_help="Put pages into the archive.",
    epilog="""stemma add pages/ more.zip 'dumps/*.jsonl'
    stemma add page.html --url https://dornpost.example/1 --fetched 2025-10-24T09:14:00Z
    stemma add dump.txt --outlet "Dorn Post" --published 2025-10-24""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--url", help="Address of the page.")
@click.option("--fetched", metavar="TIME", help="When the page was captured, ISO 8601.")
@click.option("--published", metavar="DAY", help="When the page was published, ISO 8601.")
@click.option("--outlet", help="Who published the page.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read pages.")
@archive_option
def add(paths: tuple[str, ...], path: Path, workers: int, **stated: str | None) -> int:
    """Put pages into the archive: files, folders, globs, .zip, .gz and JSON Lines of pages."""
    from stemma import flow  # noqa: PLC0415 - loads every room; the other verbs start without them

    before, began = _problems_in(path), time.monotonic()
    with working(screen(sys.stderr)) as work:
        held = flow.add(path, paths, Stated(**stated), workers=workers, progress=work)
    new = max(held.problems - before, work.problems)
    screen(sys.stderr).print(summary(held, work, new, time.monotonic() - began))
    return WITH_PROBLEMS if new else DONE


def _problems_in(path: Path) -> int:
    try:
        with Archive.open(path) as archive:
            return archive.totals().problems
    except NoArchive:
        return 0
