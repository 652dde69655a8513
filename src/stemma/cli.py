"""The command line: read the flags, ask a room, print its answer.

Records go to stdout (JSON lines when it is no terminal), progress and summaries to stderr. Exit status: 0 done,
1 done with problems, 2 misuse. A reader who closes the pipe is no error.
"""

from __future__ import annotations

import codecs
import io
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, NoReturn, get_args

import click

from stemma.archive import Archive
from stemma.archive.views import Query
from stemma.errors import BadValue, NoArchive, StemmaError
from stemma.records import Problem, Stated, StatementKind
from stemma.show import PORT, Citable, views
from stemma.show.citations import cite as print_citation
from stemma.show.jsonform import json_line
from stemma.show.lines import counted
from stemma.show.plain import approximate, one_line
from stemma.show.terminal import dossier, draw, listing, problems, screen, summary, working
from stemma.text.words import fold

_DONE, _WITH_PROBLEMS, _MISUSE, _INTERRUPTED = 0, 1, 2, 130
_KINDS = get_args(StatementKind)
_SOME = 8  #: outlets named where the one asked for is none
_APPROXIMATE = "stemma.approximate"
codecs.register_error(_APPROXIMATE, approximate)
_MOST = 1_000_000  #: statements of one answer: more is what ``export`` is for


def _day(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """An ISO day, as it is written. Raises ``click.BadParameter`` for what is none."""
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day; write it like 2025-10-24") from None


class _Verb(click.Command):
    """A verb whose help ends with its examples, one a line, as they stand in its docstring."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the examples."""
        with formatter.section("Examples"):
            for example in (self.epilog or "").strip().splitlines():
                formatter.write(f"  {example.strip()}\n")


def _folder(_: click.Context, __: click.Parameter, path: Path) -> Path:
    """The path of an archive. Raises ``BadValue`` for a file, which no archive can be."""
    if path.is_file():
        raise BadValue("archive", str(path), "a folder; this is a file")
    return path


def _archive(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--archive", "path", metavar="PATH", envvar="STEMMA_ARCHIVE", default="archive.stemma", show_default=True,
        type=click.Path(path_type=Path), callback=_folder, help="The archive; $STEMMA_ARCHIVE where it is set.",
    )(command)  # fmt: skip


def _json(command: Callable[..., Any]) -> Callable[..., Any]:
    help_text = "JSON lines, or text for people; JSON where the output is no terminal."
    return click.option("--json/--text", "as_json", default=None, help=help_text)(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="stemma-archive", prog_name="stemma")
def stemma() -> None:
    """Who said what, when and where, who carried it, from whom, and in which words."""


@stemma.command(
    cls=_Verb,
    short_help="Put pages into the archive.",
    epilog="""stemma add pages/ more.zip 'dumps/*.jsonl'
    stemma add page.html --url https://dornpost.example/1 --fetched 2025-10-24T09:14:00Z
    stemma add dump.txt --outlet "Dorn Post" --published 2025-10-24""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--url", help="Address of the page.")
@click.option("--fetched", metavar="TIME", help="When the page was captured, ISO 8601.")
@click.option("--published", metavar="DAY", help="When the page was published, ISO 8601.")
@click.option("--outlet", help="Who published the page.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read pages.")
@_archive
def add(paths: tuple[str, ...], path: Path, workers: int, **stated: str | None) -> int:
    """Put pages into the archive: files, folders, globs, .zip, .gz and JSON Lines of pages."""
    from stemma import flow  # noqa: PLC0415 - loads every room; the other verbs start without them

    before, began = _problems_in(path), time.monotonic()
    with working(screen(sys.stderr)) as work:
        held = flow.add(path, paths, Stated(**stated), workers=workers, progress=work)
    new = max(held.problems - before, work.problems)
    screen(sys.stderr).print(summary(held, work, new, time.monotonic() - began))
    return _WITH_PROBLEMS if new else _DONE


def _problems_in(path: Path) -> int:
    try:
        with Archive.open(path) as archive:
            return archive.totals().problems
    except NoArchive:
        return 0


@stemma.command(
    cls=_Verb,
    short_help="Find statements by words, speaker, outlet, day, kind.",
    epilog="""stemma find lamps '"far shore"'
    stemma find --speaker "Kim Vael" --from 2025-10-01 --to 2025-10-31
    stemma find ferry --outlet SARVA --kind direct --json
    stemma find -- ferry -bridge""",
)
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@click.option("--speaker", help="Any form of the speaker's name.")
@click.option("--outlet", help="The carrier.")
@click.option("--from", "since", callback=_day, metavar="DAY", help="Published on this day or later, YYYY-MM-DD.")
@click.option("--to", "until", callback=_day, metavar="DAY", help="Published on this day or earlier, YYYY-MM-DD.")
@click.option("--kind", type=click.Choice(_KINDS), help="Kind of statement.")
@click.option("--limit", type=click.IntRange(1, _MOST), default=25, show_default=True, help="Statements shown at most.")
@_json
@_archive
def find(words: tuple[str, ...], path: Path, as_json: bool | None, **asked: Any) -> None:  # noqa: ANN401 - click's options by name
    """Find statements: words (all must occur), "a phrase", -word; after -- where a word begins with a hyphen."""
    if asked["since"] and asked["until"] and asked["since"] > asked["until"]:
        raise BadValue("from", asked["since"], f"a day no later than --to {asked['until']}")
    query = Query(words=" ".join(words), **asked)
    with Archive.open(path) as archive:
        lines = archive.find(query)
        if _wants_json(as_json):
            _write(json_line(line) for line in lines)
        else:
            page = screen(sys.stdout)
            for block in listing(lines):
                page.print(block)
        sys.stdout.flush()
        _tell(_found(archive, query))


def _found(archive: Archive, query: Query) -> str:
    """How many fit and were shown; where none does, what to change."""
    total, limit = archive.count(query), query.limit or _MOST
    if total > limit:
        return f"{limit:,} of {total:,} statements; --limit {total} shows all"
    if total:
        return f"{total:,} of {total:,} statements"
    if query.speaker and not archive.persons(query.speaker):
        return f"Nobody here is called {query.speaker!r}; try another form of the name, or only a part of it."
    if query.outlet and fold(query.outlet) not in {fold(each.name) for each in archive.outlets()}:
        some = ", ".join(each.name for each in archive.outlets()[:_SOME])
        return f"No outlet here is called {query.outlet!r}; there are: {one_line(some) or 'none'}."
    if not archive.totals().statements:
        return "No statement is in this archive yet; add pages with: stemma add PAGES"
    return "No statement fits; try fewer words, wider dates, or leave a flag out."


@stemma.command(
    cls=_Verb,
    short_help="Show anything by its ID, or somebody by a name.",
    epilog="""stemma show
    stemma show s4kq2d7
    stemma show "Kim Vael"
    stemma show problems""",
)
@click.argument("what", default="", metavar="[ID]")
@_json
@_archive
def show(what: str, path: Path, as_json: bool | None) -> None:
    """Show a record, a page, a statement or an utterance by its ID (or its beginning), or somebody by a name.

    A page of which there are several captures is shown with what one has and the other has not.

    Without ID: the counts of the archive; with "problems": what could not be read.
    """
    with Archive.open(path) as archive:
        if what == "problems":
            problems_here = list(archive.problems())
            _list_problems(problems_here, as_json)
            if not problems_here:
                _tell("No problems: everything that was added could be read.")
            return
        found = views(archive, what) if what else [archive.totals()]
        if _wants_json(as_json):
            _write(map(json_line, found))
        else:
            screen(sys.stdout).print(*(draw(view, archive) for view in found), sep="\n")


@stemma.command(
    cls=_Verb,
    short_help="Cite a statement, an article or a capture.",
    epilog="""stemma cite s4kq2d7
    stemma cite d7fm2xa --format bibtex""",
)
@click.argument("record_id", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "bibtex"]), default="text", show_default=True)
@_archive
def cite(record_id: str, path: Path, form: Literal["text", "bibtex"]) -> None:
    """Cite a statement, an article or a capture, with its address, capture time and SHA-256."""
    with Archive.open(path) as archive:
        view, *others = views(archive, record_id)
        if others or not isinstance(view, Citable):
            kind = getattr(view, "kind", type(view).__name__.lower())
            raise BadValue("cite", record_id, f"a statement, article or capture, not a {kind}; ids: stemma find WORDS")
        sys.stdout.write(f"{print_citation(view, form)}\n")


@stemma.command(cls=_Verb, short_help="Prove every piece of evidence and every capture.", epilog="stemma check")
@_json
@_archive
def check(path: Path, as_json: bool | None) -> int:
    """Prove that every piece of evidence stands in its page and every capture has its digest."""
    with Archive.open(path) as archive:
        found = list(archive.check())
    _list_problems(found, as_json)
    _tell(f"{counted(len(found), 'problems')} found." if found else "Checked: everything is as it was recorded.")
    return _WITH_PROBLEMS if found else _DONE


def _list_problems(found: Sequence[Problem], as_json: bool | None) -> None:
    if _wants_json(as_json):
        _write(map(json_line, found))
    elif found:
        screen(sys.stdout).print(problems(found))


@stemma.command(
    cls=_Verb,
    short_help="Write every record to stdout, one JSON line each.",
    epilog="stemma export > records.jsonl\nstemma export --bodies | gzip > all.jsonl.gz",
)
@click.option(
    "--bodies", is_flag=True, help="With whole texts; mind whose they are. Without: cut, with length and hash."
)
@_archive
def export(path: Path, bodies: bool) -> None:
    """Write every record to stdout: one JSON line each, sorted, the same bytes for the same archive."""
    with Archive.open(path) as archive:
        for line in archive.export(bodies=bodies):
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()


@stemma.command(
    cls=_Verb,
    short_help="Show the archive in a browser of this machine.",
    epilog="stemma serve\nstemma serve --port 9000",
)
@click.option("--port", type=click.IntRange(1, 65_535), default=PORT, show_default=True, help="Port on 127.0.0.1.")
@_archive
def serve(path: Path, port: int) -> None:
    """Show the archive in a browser of this machine, until Ctrl-C. Nobody else can reach it."""
    from stemma.show.web import serve as run  # noqa: PLC0415 - loads the web stack; the other verbs start without it

    with Archive.open(path) as archive:
        run(archive, port, ready=lambda address: _tell(f"Reading {path} at {address}  (Ctrl-C ends)"))


@stemma.command("dossier", cls=_Verb, hidden=True, epilog="stemma dossier --archive examples.stemma")
@_archive
def print_dossier(path: Path) -> None:
    """Print what an archive holds on one page: the most carried utterance, a timeline, what is open."""
    with Archive.open(path) as archive:
        screen(sys.stdout).print(dossier(archive))


def _wants_json(as_json: bool | None) -> bool:
    return not sys.stdout.isatty() if as_json is None else as_json


def _write(lines: Iterable[str]) -> None:
    """JSON is UTF-8 whatever the terminal's encoding (RFC 8259, 8.1)."""
    for line in lines:
        sys.stdout.buffer.write(line.encode() + b"\n")


def _tell(message: str) -> None:
    """Tell the person at the keyboard, on stderr."""
    click.echo(message, err=True)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line; ``arguments`` are those of the process where ``None``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_APPROXIMATE)
    sys.exit(_status(arguments))


def _status(arguments: Sequence[str] | None) -> int:
    """The exit status; errors are told in one line on stderr, nobody sees a traceback for misuse."""
    try:
        status = _run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return _MISUSE
    except StemmaError as error:
        _tell(f"stemma: {error}")
        return _MISUSE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _DONE
    except (OSError, sqlite3.Error) as error:
        _tell(f"stemma: {error}. What was kept before is not touched; see what is there with: stemma check")
        return _MISUSE
    except (KeyboardInterrupt, click.Abort):
        _tell("Interrupted. What was kept stays; the same command goes on from there.")
        return _INTERRUPTED
    return status


def _run(arguments: list[str]) -> int:
    """The verb's own status. Not ``click.Command.main``: that one exits with 1 where a pipe is closed."""
    try:
        with stemma.make_context("stemma", arguments) as context:
            return stemma.invoke(context) or _DONE
    except click.exceptions.Exit as done:
        return done.exit_code
