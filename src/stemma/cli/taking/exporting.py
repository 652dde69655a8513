"""The verb export."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, get_args

import click

from stemma.archive import Archive, Place
from stemma.archive.views import DayOf, Query
from stemma.cli.asking import _known as known
from stemma.cli.flags import DONE, WITH_PROBLEMS, Verb, archive_option, day_of, tell
from stemma.errors import AmbiguousId, BadValue, NoSuchRecord
from stemma.records import StatementKind
from stemma.show import is_id
from stemma.show.exports import FORMS, KINDS, Asked, Export, Form, Wish, exported, notices
from stemma.show.lines import counted

_OUTLETS = 40  #: told one by one
MANIFEST = ".manifest.json"  #: ends the name of the file beside an export that tells of it


def narrowing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the flags that narrow a query, as ``find`` has them."""
    for option in reversed((
        click.option("--speaker", help="Any form of the speaker's name, in any script."),
        click.option("--outlet", help="The carrier."),
        click.option("--from", "since", callback=day_of, metavar="DAY", help="Said or published on this day or later."),
        click.option("--to", "until", callback=day_of, metavar="DAY", help="Said or published on this day or earlier."),
        click.option(
            "--day", type=click.Choice(get_args(DayOf)), default="either", show_default=True,
            help="The day that --from and --to ask for.",
        ),
        click.option("--kind", type=click.Choice(get_args(StatementKind)), help="Kind of statement."),
        click.option("--edited", is_flag=True, help="Only statements that another capture words otherwise."),
        click.option("--limit", type=click.IntRange(1), help="Statements at most.  [default: all]"),
    )):  # fmt: skip
        command = option(command)
    return command


@click.command(
    cls=Verb,
    short_help="Write statements, records, captures for other programs.",
    epilog="""stemma export > records.jsonl
    stemma export --bodies | gzip > all.jsonl.gz
    stemma export --format csv lamps '"far shore"' -o lamps.csv
    stemma export --format sqlite --outlet SARVA --from 2025-10-01 -o sarva.sqlite
    stemma export --format wacz -o pages.wacz
    stemma export --format gold > gold.jsonl
    stemma export --format tei w4kq2d7 -o variants.xml
    stemma export --format hops lamps > hops.csv
    stemma export --format likenesses w4kq2d7 > likenesses.csv""",
)
@click.argument("what", nargs=-1, metavar="[ID or QUERY]...")
@click.option("--format", "form", type=click.Choice(FORMS), default="records", show_default=True)
@narrowing_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File, with a manifest beside it; stdout where none is given.",
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the manifest goes, in place of beside the file.",
)
@click.option(
    "--base", default="", metavar="WITNESS", help="With tei and one ID: the witness that others are laid beside."
)
@click.option(
    "--bodies", is_flag=True, help="With whole texts; whose they are is told first. Without: cut, with length and hash."
)
@click.option(
    "--include-reserved", is_flag=True, help="Also pages that reserve what is done with them (noarchive, tdm)."
)
@archive_option
def export(what: tuple[str, ...], path: Place, form: Form, output: Path | None, **flags: Any) -> int:  # noqa: ANN401 - click's options by name
    """Write what a query finds, what an ID means, or everything, in the form of another program.

    Statements as csv, jsonl, parquet, sqlite, jsonld, ftm (FollowTheMoney) or stix; utterances of several witnesses as
    tei, graphml, hops or svg, what resembles them as likenesses; captures as wacz; the whole archive as records, or
    gold (what people set right).

    The same bytes for the same archive and query, with a manifest that tells what was asked and the hash.
    """
    if flags["base"] and form != "tei":
        raise BadValue("base", flags["base"], "--format tei beside it")
    _check_output(form, output)
    with Archive.open(path) as archive:
        asked = _asked(archive, what, flags)
        wish = Wish(flags["bodies"], flags["include_reserved"], flags["base"], output.stem if output else "stemma")
        made = exported(archive, asked, form, wish)
        if not _holds(made):
            raise BadValue("export", " ".join(what), _WANTED[_sought(made)])
        if wish.bodies and form != "gold":
            _tell_rights(archive, asked)
        _write(made, output, flags["manifest"])
        return _tell_captures(made, output)


def _check_output(form: Form, output: Path | None) -> None:
    """What is no text is not written to a terminal; readers of WACZ know it by the ending of its name."""
    if form == "wacz" and (output is None or output.suffix != ".wacz"):
        wanted = "a file that ends with .wacz: stemma export --format wacz -o FILE.wacz"
        raise BadValue("output", str(output or ""), wanted)
    if form in {"sqlite", "parquet"} and output is None and sys.stdout.isatty():
        raise BadValue("output", "", f"a file for what is no text: -o FILE.{KINDS[form].ending}")


def _tell_rights(archive: Archive, asked: Asked) -> None:
    """Tell whose texts leave, before the first of them does."""
    found = notices(archive, asked)
    for notice in found[:_OUTLETS]:
        tell(notice.told)
    if found[_OUTLETS:]:
        tell(f"So it is with {counted(len(found) - _OUTLETS, 'outlets')} more; the manifest names them all.")


#: What is asked for where nothing is found: a file of nothing would look like an answer.
_WANTED = {
    "statements": "words of something that is here; stemma find shows it",
    "captures": "words of something that is here; stemma find shows it",
    "utterances": "words of something that several pages carry; stemma find shows them",
    "archive": "an archive",
}


def _sought(made: Export) -> str:
    """What an export is of; what resembles others may be carried by a single page."""
    return "statements" if made.form == "likenesses" else made.kind.of


def _holds(made: Export) -> bool:
    """Whether there is anything to write."""
    if _sought(made) == "utterances":
        return next(iter(made.asked.utterances(made.archive)), None) is not None
    return made.asked.is_everything or made.count > 0


def _asked(archive: Archive, what: Sequence[str], flags: dict[str, Any]) -> Asked:
    """A query, or the one thing that an id means. Raises ``BadValue`` for days in the wrong order."""
    names = ("speaker", "outlet", "since", "until", "day", "kind", "edited", "limit")
    query = Query(words=" ".join(what), **{name: flags[name] for name in names})
    if query.since and query.until and query.since > query.until:
        raise BadValue("from", query.since, f"a day no later than --to {query.until}")
    if len(what) == 1 and is_id(what[0]) and query == Query(words=what[0], limit=None):
        return _by_id(archive, what[0]) or Asked(query)
    if query.speaker:
        return Asked(replace(query, speaker=known(archive, query.speaker)), typed=query)
    return Asked(query)


def _by_id(archive: Archive, wanted: str) -> Asked | None:
    """What an id means; a word that begins none is a word to find. Raises ``AmbiguousId`` where no statement has it."""
    for ask in (archive.utterance, archive.record):
        with suppress(NoSuchRecord):
            try:
                return Asked(only=ask(wanted).id)
            except AmbiguousId:
                if not archive.count(Query(words=wanted)):
                    raise
    return None


def _write(made: Export, output: Path | None, manifest: Path | None) -> None:
    """The file and its manifest; the first piece is made before a file is, so that misuse leaves none."""
    pieces = iter(made)
    first = next(pieces, b"")
    if output is None:
        _pour(sys.stdout.buffer, first, pieces)
    else:
        with _appearing(output) as file:
            _pour(file, first, pieces)
        manifest = manifest or output.with_name(output.name + MANIFEST)
    if manifest:
        manifest.write_bytes(made.manifest(output.name if output else ""))


@contextmanager
def _appearing(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its place when it is whole."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with half.open("wb") as file:
            yield file
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _pour(file: IO[bytes], first: bytes, rest: Iterable[bytes]) -> None:
    file.write(first)
    file.writelines(rest)
    file.flush()


def _tell_captures(made: Export, output: Path | None) -> int:
    """Tell how many captures were written, and what was left out and why; nothing of other forms."""
    if not (packed := made.packed):
        return DONE
    tell(f"{counted(packed.written, 'captures')} written{f' to {output}' if output else ''}.")
    for count, why in (
        (packed.reserved, "their pages reserve it; --include-reserved writes them all the same"),
        (packed.sealed, "they were withdrawn or redacted"),
        (packed.damaged, "their bytes cannot be read; see stemma check"),
    ):
        if count:
            tell(f"{counted(count, 'captures')} left out: {why}.")
    return WITH_PROBLEMS if packed.damaged else DONE
