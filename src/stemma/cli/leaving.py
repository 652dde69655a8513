"""Verbs that show the archive as a whole: serve, and the dossier of the demo."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from stemma.archive import Archive
from stemma.cli.flags import Verb, archive_option, tell
from stemma.show import PORT
from stemma.show.terminal import dossier, screen


@click.command(
    cls=Verb,
    short_help="Show the archive in a browser of this machine.",
    epilog="stemma serve\nstemma serve --port 9000",
)
@click.option("--port", type=click.IntRange(1, 65_535), default=PORT, show_default=True, help="Port on 127.0.0.1.")
@archive_option
def serve(path: Path, port: int) -> None:
    """Show the archive in a browser of this machine, until Ctrl-C. Nobody else can reach it."""
    from stemma.show.web import serve as run  # noqa: PLC0415 - loads the web stack; the other verbs start without it

    with Archive.open(path) as archive:
        run(archive, port, ready=lambda address: tell(f"Reading {path} at {address}  (Ctrl-C ends)"))


@click.command("dossier", cls=Verb, hidden=True, epilog="stemma dossier --archive examples.stemma")
@archive_option
def print_dossier(path: Path) -> None:
    """Print what an archive holds on one page: the most carried utterance, a timeline, what is open."""
    with Archive.open(path) as archive:
        screen(sys.stdout).print(dossier(archive))
