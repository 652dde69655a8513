"""Verbs that bring an archive up to this version: upgrade."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from stemma.archive import Archive
from stemma.cli.flags import DONE, WITH_PROBLEMS, Verb, archive_option, tell
from stemma.show.terminal import screen, summary, working
from stemma.stage import EACH, VERSION_OF, built_in


@click.command(
    cls=Verb,
    short_help="Bring an archive up to this version of Stemma.",
    epilog="stemma upgrade\nstemma upgrade --workers 4",
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read pages.")
@archive_option
def upgrade(path: Path, workers: int) -> int:
    """Read the kept captures again where this version reads better, and compare anew what it compares better.

    Captures and what people said stay as they are; what is no longer found can still be reached by its ID. It may
    be interrupted: the same command goes on from there.
    """
    from stemma import flow  # noqa: PLC0415 - loads every room; the other verbs start without them

    began = time.monotonic()
    with working(screen(sys.stderr), "reading captures again") as work:
        held = flow.upgrade(path, workers=workers, progress=work)
    screen(sys.stderr).print(summary(held, work, work.problems, time.monotonic() - began))
    return WITH_PROBLEMS if work.problems else DONE


def offer_upgrade(archive: Archive) -> None:
    """One line on stderr where something stands under runs that this version no longer uses."""
    if archive.renewal.is_behind(map(built_in, EACH), map(built_in, VERSION_OF.keys() - set(EACH))):
        tell("Some of it was read by an earlier version of Stemma; this one reads it again with: stemma upgrade")
