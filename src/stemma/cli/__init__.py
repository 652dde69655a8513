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
from collections.abc import Sequence
from typing import NoReturn

import click

from stemma.cli.asking import find, show
from stemma.cli.bringing.adding import add, upgrade
from stemma.cli.bringing.elsewhere import load
from stemma.cli.bringing.watching import watch
from stemma.cli.correcting import about, correct, judge, withdraw
from stemma.cli.counting import stats
from stemma.cli.flags import DONE, INTERRUPTED, MISUSE, tell
from stemma.cli.leaving import print_dossier
from stemma.cli.proving import check, manifest, sign
from stemma.cli.serving.accounts import account
from stemma.cli.serving.serve import serve
from stemma.cli.serving.watches import watches
from stemma.cli.taking.citing import cite
from stemma.cli.taking.exporting import export
from stemma.cli.taking.joining import join
from stemma.errors import BadQuery, StemmaError
from stemma.show.plain import approximate, one_line
from stemma.show.queries import pointed

_APPROXIMATE = "stemma.approximate"
codecs.register_error(_APPROXIMATE, approximate)
#: A verb is a command of one of the files beside this one; here it gets its place in the program.
VERBS = (
    add, load, watch, find, show, correct, judge, withdraw, about, cite, check, manifest, sign, export, join, serve,
    account, watches, upgrade,
    stats, print_dossier,
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="stemma-archive", prog_name="stemma")
def stemma() -> None:
    """Who said what, when and where, who carried it, from whom, and in which words."""


for _verb in VERBS:
    stemma.add_command(_verb)


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
        return MISUSE
    except StemmaError as error:
        tell(f"stemma: {one_line(str(error))}")  # a message may hold a person's or a page's words
        if isinstance(error, BadQuery) and (place := pointed(error)):
            tell(place)
        return MISUSE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (OSError, sqlite3.Error) as error:
        tell(f"stemma: {error}. What was kept before is not touched; see what is there with: stemma check")
        return MISUSE
    except MemoryError:
        tell("stemma: there is not enough memory. What was kept stays; close other programs, and the command goes on.")
        return MISUSE
    except (KeyboardInterrupt, click.Abort):
        tell("Interrupted. What was kept stays; the same command goes on from there.")
        return INTERRUPTED
    return status


def _run(arguments: list[str]) -> int:
    """The verb's own status. Not ``click.Command.main``: that one exits with 1 where a pipe is closed."""
    try:
        with stemma.make_context("stemma", arguments) as context:
            return stemma.invoke(context) or DONE
    except click.exceptions.Exit as done:
        return done.exit_code
