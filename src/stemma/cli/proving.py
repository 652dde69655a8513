"""Verbs that prove: check."""

from __future__ import annotations

from pathlib import Path

import click

from stemma.archive import Archive
from stemma.cli.flags import DONE, WITH_PROBLEMS, Verb, archive_option, json_option, list_problems, tell
from stemma.show.lines import counted


@click.command(cls=Verb, short_help="Prove every piece of evidence and every capture.", epilog="stemma check")
@json_option
@archive_option
def check(path: Path, as_json: bool | None) -> int:
    """Prove that every piece of evidence stands in its page and every capture has its digest."""
    with Archive.open(path) as archive:
        found = list(archive.check())
    list_problems(found, as_json)
    tell(f"{counted(len(found), 'problems')} found." if found else "Checked: everything is as it was recorded.")
    return WITH_PROBLEMS if found else DONE
