"""The verb join."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import click

from stemma.archive import Archive, Place
from stemma.cli.flags import DONE, WITH_PROBLEMS, Verb, archive_option, tell
from stemma.show.exports.joining import WHYS, Outcome, joined
from stemma.show.lines import counted
from stemma.show.plain import one_line


@click.command(
    cls=Verb,
    short_help="Join an export with captures of your own.",
    epilog="""stemma join records.jsonl --archive mine.stemma > whole.jsonl
    stemma join lamps.jsonl.gz -o lamps-whole.jsonl""",
)
@click.argument("file", metavar="EXPORT", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File; stdout where none is given."
)
@archive_option
def join(file: Path, path: Place, output: Path | None) -> int:
    """Join an export (jsonl or records, plain or .gz) with the captures of your archive.

    Where you hold the same bytes, the words that the export cut are put back, each proved by its hash. What could not
    be joined, and why, is told on stderr; exit status 1 then.
    """
    outcome = Outcome()
    with Archive.open(path) as archive:
        lines = joined(file.name, lambda: _lines(file), archive, outcome)
        first = next(lines, b"")  # misuse is told before a file is made
        with output.open("wb") if output else nullcontext(sys.stdout.buffer) as out:
            out.write(first)
            out.writelines(lines)
            out.flush()
    tell(f"{counted(outcome.joined, 'pieces')} of text put back.")
    for why, count in outcome.left.most_common():
        tell(f"{counted(count, 'pieces')} not: {WHYS[why]} (for example {one_line(outcome.examples[why])}).")
    return WITH_PROBLEMS if outcome.left else DONE


def _lines(file: Path) -> Iterator[bytes]:
    with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as lines:
        yield from lines
