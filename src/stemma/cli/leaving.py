"""Verbs by which something leaves the archive: cite, export, serve."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Literal

import click

from stemma.archive import Archive
from stemma.cli.flags import DONE, WITH_PROBLEMS, Verb, archive_option, tell
from stemma.errors import BadValue
from stemma.show import PORT, views
from stemma.show.citations import citable
from stemma.show.citations import cite as print_citation
from stemma.show.lines import counted
from stemma.show.terminal import dossier, screen
from stemma.show.transmission.forms import FORMS, Wish, exported


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
        if others:
            raise BadValue("cite", record_id, "a statement, article or capture, not a name of several")
        sys.stdout.write(f"{print_citation(citable(view, record_id), form)}\n")


@click.command(
    cls=Verb,
    short_help="Write records, captures (WACZ) or utterances (TEI, SVG).",
    epilog="""stemma export > records.jsonl
    stemma export --bodies | gzip > all.jsonl.gz
    stemma export --format wacz -o pages.wacz
    stemma export --format gold > gold.jsonl
    stemma export --format tei w4kq2d7 -o variants.xml
    stemma export --format svg w4kq2d7 -o tree.svg
    stemma export --format csv lamps '"far shore"' > hops.csv""",
)
@click.argument("what", nargs=-1, metavar="[ID or QUERY]...")
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "gold", "wacz", *FORMS]), default="jsonl", show_default=True
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File; stdout where none is given."
)
@click.option(
    "--base", default="", metavar="WITNESS", help="With tei and one ID: the witness that others are laid beside."
)
@click.option(
    "--bodies", is_flag=True, help="With whole texts; mind whose they are. Without: cut, with length and hash."
)
@click.option(
    "--include-reserved", is_flag=True, help="Also pages that reserve what is done with them (noarchive, tdm)."
)
@archive_option
def export(what: tuple[str, ...], path: Path, form: str, output: Path | None, **flags: Any) -> int:  # noqa: ANN401 - click's options by name
    """Write every record as a JSON line, sorted, or the captures as WACZ: the same bytes for the same archive.

    With --format gold: what people set right or confirmed, in the form of the benches.

    With --format tei (critical apparatus), graphml, csv (hops) or svg (the tree): the utterance of an ID, or all
    utterances with several witnesses that a query finds.
    """
    if form not in FORMS and (what or flags["base"]):
        raise BadValue("export", " ".join(what) or flags["base"], f"--format {' or '.join(FORMS)} beside it")
    with Archive.open(path) as archive:
        if form == "wacz":
            return _export_wacz(archive, output, reserved=flags["include_reserved"])
        rows = _rows(archive, form, what, flags)  # misuse is told before a file is made
        with output.open("wb") if output else nullcontext(sys.stdout.buffer) as file:
            file.writelines(rows)
            file.flush()
    return DONE


def _rows(archive: Archive, form: str, what: Sequence[str], flags: dict[str, Any]) -> Iterable[bytes]:
    """The bytes of an export, in pieces."""
    bodies, reserved = flags["bodies"], flags["include_reserved"]
    if form == "gold":
        return archive.gold(reserved=reserved)
    if form == "jsonl":
        return archive.export(bodies=bodies, reserved=reserved)
    wanted = next(each for each in FORMS if each == form)
    return [exported(archive, what, Wish(wanted, flags["base"], bodies, reserved))]


def _export_wacz(archive: Archive, output: Path | None, *, reserved: bool) -> int:
    """Write the captures, and tell what was left out and why."""
    if output is None or output.suffix != ".wacz":
        raise BadValue(
            "output", str(output or ""), "a file that ends with .wacz: stemma export --format wacz -o FILE.wacz"
        )
    packed = archive.export_wacz(output, reserved=reserved)
    tell(f"{counted(packed.written, 'captures')} written to {output}.")
    for count, why in (
        (packed.reserved, "their pages reserve it; --include-reserved writes them all the same"),
        (packed.sealed, "they were withdrawn or redacted"),
        (packed.damaged, "their bytes cannot be read; see stemma check"),
    ):
        if count:
            tell(f"{counted(count, 'captures')} left out: {why}.")
    return WITH_PROBLEMS if packed.damaged else DONE


@click.command(
    cls=Verb,
    short_help="Show the archive in a browser of this machine.",
    epilog="stemma serve\nstemma serve --port 9000",
)
@click.option("--port", type=click.IntRange(1, 65_535), default=PORT, show_default=True, help="Port on 127.0.0.1.")
@archive_option
def serve(path: Path, port: int) -> None:
    """Show the archive in a browser of this machine, until Ctrl-C. Nobody else can reach it."""
    from stemma.desk import Desk  # noqa: PLC0415 - loads every room
    from stemma.notebook import Notebook  # noqa: PLC0415 - the other verbs start without it
    from stemma.show.web import listening, reader, run  # noqa: PLC0415 - loads the web stack

    with Archive.open(path) as archive, Notebook(path) as notebook:
        app = reader(archive, port, Desk(path), notebook, path.resolve().stem)
        run(app, listening(port), ready=lambda address: tell(f"Reading {path} at {address}  (Ctrl-C ends)"))


@click.command("dossier", cls=Verb, hidden=True, epilog="stemma dossier --archive examples.stemma")
@archive_option
def print_dossier(path: Path) -> None:
    """Print what an archive holds on one page: the most carried utterance, a timeline, what is open."""
    with Archive.open(path) as archive:
        screen(sys.stdout).print(dossier(archive))
