"""What verbs share: their form, the flags that several take, and how they answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from stemma.archive import Place, is_address
from stemma.errors import BadValue
from stemma.records import Problem
from stemma.show.jsonform import json_line
from stemma.show.terminal import problems, screen

DONE, WITH_PROBLEMS, MISUSE, INTERRUPTED = 0, 1, 2, 130  #: exit statuses


class Verb(click.Command):
    """A verb whose help ends with its examples, one a line, as they stand in its docstring."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the examples."""
        with formatter.section("Examples"):
            for example in (self.epilog or "").strip().splitlines():
                formatter.write(f"  {example.strip()}\n")


def day_of(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """An ISO day, as it is written. Raises ``click.BadParameter`` for what is none."""
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day; write it like 2025-10-24") from None


def _place(_: click.Context, __: click.Parameter, written: str) -> Place:
    """Where an archive lies: the path of a folder, or the address of a server as it is written.

    Raises ``BadValue`` for a file, which no archive can be.
    """
    if is_address(written):
        return written
    if Path(written).is_file():
        raise BadValue("archive", written, "a folder; this is a file")
    return Path(written)


def archive_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the flag ``--archive``."""
    return click.option(
        "--archive", "path", metavar="PATH|URL", envvar="STEMMA_ARCHIVE", default="archive.stemma", show_default=True,
        callback=_place, help="The archive, a folder or postgresql://...; $STEMMA_ARCHIVE where it is set.",
    )(command)  # fmt: skip


def statements_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the flag ``--statements``."""
    return click.option(
        "--statements", "way", type=click.Choice(["network", "rules"]),
        help="How statements are found: by rules and the network, or by the rules alone, which costs a quarter and "
        "finds less; where it is not said, as in the pages that are there.",
    )(command)  # fmt: skip


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the flag ``--json/--text``."""
    help_text = "JSON lines, or text for people; JSON where the output is no terminal."
    return click.option("--json/--text", "as_json", default=None, help=help_text)(command)


def wants_json(as_json: bool | None) -> bool:
    """Whether to answer in JSON lines: as the flag says, else where the output is no terminal."""
    return not sys.stdout.isatty() if as_json is None else as_json


def write_lines(lines: Iterable[str]) -> None:
    """JSON is UTF-8 whatever the terminal's encoding (RFC 8259, 8.1)."""
    for line in lines:
        sys.stdout.buffer.write(line.encode() + b"\n")


def tell(message: str) -> None:
    """Tell the person at the keyboard, on stderr."""
    click.echo(message, err=True)


def list_problems(found: Sequence[Problem], as_json: bool | None) -> None:
    """Print problems, for people or as JSON lines."""
    if wants_json(as_json):
        write_lines(map(json_line, found))
    elif found:
        screen(sys.stdout).print(problems(found))
