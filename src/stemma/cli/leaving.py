"""The dossier of the demo: an archive on one page."""

from __future__ import annotations

import sys

import click

from stemma.archive import Archive, Place
from stemma.cli.flags import Verb, archive_option
from stemma.show.terminal import dossier, screen


@click.command("dossier", cls=Verb, hidden=True, epilog="stemma dossier --archive examples.stemma")
@archive_option
def print_dossier(path: Place) -> None:
    """Print what an archive holds on one page: the most carried utterance, a timeline, what is open."""
    with Archive.open(path) as archive:
        screen(sys.stdout).print(dossier(archive))
