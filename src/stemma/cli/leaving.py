"""Verbs by which something leaves the archive: cite, export, serve."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from stemma.archive import Archive
from stemma.cli.flags import Verb, archive_option, tell
from stemma.errors import BadValue
from stemma.show import PORT, Citable, views
from stemma.show.citations import cite as print_citation
from stemma.show.terminal import dossier, screen


@click.command(
    cls=Verb,
    short_help="Cite a statement, an article or a capture.",
    epilog="""stemma cite s4kq2d7
    stemma cite d7fm2xa --format bibtex""",
)
@click.argument("record_id", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "bibtex"]), default="text", show_default=True)
@archive_option
def cite(record_id: str, path: Path, form: Literal["text", "bibtex"]) -> None:
    """Cite a statement, an article or a capture, with its address, capture time and SHA-256."""
    with Archive.open(path) as archive:
        view, *others = views(archive, record_id)
        if others or not isinstance(view, Citable):
            kind = getattr(view, "kind", type(view).__name__.lower())
            raise BadValue("cite", record_id, f"a statement, article or capture, not a {kind}; ids: stemma find WORDS")
        sys.stdout.write(f"{print_citation(view, form)}\n")


@click.command(
    cls=Verb,
    short_help="Write every record to stdout, one JSON line each.",
    epilog="stemma export > records.jsonl\nstemma export --bodies | gzip > all.jsonl.gz",
)
@click.option(
    "--bodies", is_flag=True, help="With whole texts; mind whose they are. Without: cut, with length and hash."
)
@archive_option
def export(path: Path, bodies: bool) -> None:
    """Write every record to stdout: one JSON line each, sorted, the same bytes for the same archive."""
    with Archive.open(path) as archive:
        for line in archive.export(bodies=bodies):
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()


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
