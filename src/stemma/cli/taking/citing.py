"""The verb cite."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from stemma.archive import Archive, Place
from stemma.archive.views import Line
from stemma.cli.flags import Verb, archive_option
from stemma.errors import BadValue
from stemma.show import views
from stemma.show.citations import FORMATS, Format, citable
from stemma.show.citations import cite as print_citation


@click.command(
    cls=Verb,
    short_help="Cite a statement, an article or a capture.",
    epilog="""stemma cite s4kq2d7
    stemma cite d7fm2xa --format bibtex
    stemma cite s4kq2d7 --format annotation
    stemma cite s4kq2d7 --style chicago-author-date.csl""",
)
@click.argument("record_id", metavar="ID")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--style", type=click.Path(path_type=Path), metavar="FILE",
    help="A style of the Citation Style Language (.csl), in place of --format.",
)  # fmt: skip
@archive_option
def cite(record_id: str, path: Place, form: Format, style: Path | None) -> None:
    """Cite a statement, an article or a capture, with its address, capture time and SHA-256.

    As a footnote (text), for a bibliography (chicago, apa), for reference managers (bibtex, ris, csl-json), as a W3C
    Web Annotation, or as a link that marks the words of a statement in the original page (fragment).
    """
    with Archive.open(path) as archive:
        view, *others = views(archive, record_id)
        if others:
            raise BadValue("cite", record_id, "a statement, article or capture, not a name of several")
        found = citable(view, record_id)
        text = archive.text(found.statement.document) if isinstance(found, Line) else ""
        sys.stdout.write(f"{print_citation(found, form, text=text, style=style)}\n")
