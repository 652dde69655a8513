"""Verbs that count: stats."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from stemma.archive import Archive, Place
from stemma.archive.answers.coverage import By
from stemma.archive.views import Coverage, Stats
from stemma.cli.flags import Verb, archive_option, json_option, wants_json, write_lines
from stemma.errors import BadValue
from stemma.show.jsonform import json_line
from stemma.show.plain import one_line
from stemma.show.terminal import screen
from stemma.show.terminal.stats import BLOCKS, DIGITS, account, calendar
from stemma.text.words import fold

_SOME = 8  #: outlets named where the one asked for is none


@click.command(
    cls=Verb,
    short_help="Count what is here, of which months, and what is missing.",
    epilog="""stemma stats
    stemma stats --outlet SARVA
    stemma stats --outlet "Dorn Post" --by day
    stemma stats --json""",
)
@click.option("--outlet", help="This outlet alone, period by period.")
@click.option("--by", type=click.Choice(["day", "month", "year"]), default="month", show_default=True, help="Period.")
@json_option
@archive_option
def stats(path: Place, outlet: str | None, by: By, as_json: bool | None) -> None:
    """Count what the archive holds: pages of each outlet and month with the gaps, languages, problems, sizes, runs.

    A gap says that no page of the outlet is in this archive, never that nothing was published.
    """
    with Archive.open(path) as archive:
        covered = archive.coverage(by)
        counts = None if outlet is not None else archive.stats()
    chosen = covered if outlet is None else _named(outlet, covered)
    if wants_json(as_json):
        views: list[Stats | Coverage] = [counts, *chosen] if counts else [*chosen]
        write_lines(map(json_line, views))
        return
    page = screen(sys.stdout)
    marks = DIGITS if page.options.ascii_only else BLOCKS
    if counts is None:
        page.print(*(calendar(view, marks) for view in chosen), sep="\n")
    else:
        page.print(account(counts, chosen, page.width, marks))


def _named(outlet: str, covered: Sequence[Coverage]) -> list[Coverage]:
    """The outlet in any spelling. Raises ``BadValue`` where no page is of it."""
    found = [each for each in covered if each.outlet and fold(each.outlet) == fold(outlet)]
    if not found:
        some = ", ".join(each.outlet for each in covered[:_SOME] if each.outlet)
        raise BadValue("outlet", outlet, f"one that is here: {one_line(some) or 'there is none yet'}")
    return found
