"""Verbs that prove: check, manifest, sign."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import click

from stemma.archive import Archive, Place, is_there
from stemma.archive.proof import DATABASE, Outcome, signature, told
from stemma.cli.flags import (
    DONE,
    WITH_PROBLEMS,
    Verb,
    archive_option,
    json_option,
    list_problems,
    tell,
    wants_json,
    write_lines,
)  # fmt: skip
from stemma.collect.clock import now
from stemma.errors import BadSignature, BadValue, NoArchive
from stemma.records import Problem
from stemma.show.jsonform import json_line
from stemma.show.lines import counted
from stemma.show.terminal import screen
from stemma.show.terminal.progress import proving

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_PASSWORD = "STEMMA_KEY_PASSWORD"  # noqa: S105 (the name of a variable)
_LISTED = 200  #: problems listed for people; JSON gives all


@click.command(
    cls=Verb,
    short_help="Prove every capture, every record, every index.",
    epilog="stemma check\nstemma check --manifest state.jsonl --key stemma.pub",
)
@click.option("--manifest", type=_FILE, help="Prove too that what this manifest names is still there as it was.")
@click.option("--key", metavar="KEY", help="Public key that must have signed it: a file, or the key.")
@click.option("--signature", "signed", type=_FILE, help=f"Its signature, unless it is FILE{signature.ENDING}.")
@json_option
@archive_option
def check(path: Place, as_json: bool | None, manifest: Path | None, key: str | None, signed: Path | None) -> int:
    """Prove that captures have their digests, evidence stands in its page word for word, and indexes are complete."""
    if (key and not manifest) or (signed and not key):
        raise BadValue("key", key or "", "a manifest with it, and with a signature a key; see: stemma check --help")
    found = _Found(wants_json(as_json))
    try:
        with Archive.open(path) as archive:
            if manifest:
                found.add(_against(archive, manifest, key, signed))
            found.add(_proved(archive))
            _tell_tails(archive)
    except (sqlite3.DatabaseError, NoArchive) as error:
        if not is_there(path):
            raise
        found.add([told(DATABASE, f"it cannot be opened ({error})")])
    found.show()
    tell(f"{counted(found.count, 'problems')} found." if found.count else "Checked: everything is as it was recorded.")
    return WITH_PROBLEMS if found.count else DONE


def _tell_tails(archive: Archive) -> None:
    """What a killed writer left: no damage, and nothing that anybody reads."""
    with suppress(sqlite3.DatabaseError):  # told by the proof
        for tail in archive.tails():
            what = f"{tail.size - tail.known:,} bytes at the end of captures/{tail.name} are of no page"
            tell(f"Note: {what}; a process that was stopped left them, and nobody reads them.")


class _Found:
    """Problems as they are found: JSON at once, for people the first ones in the end."""

    def __init__(self, as_json: bool) -> None:
        self.count = 0
        self._as_json = as_json
        self._first: list[Problem] = []

    def add(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.count += 1
            if self._as_json:
                write_lines([json_line(problem)])
            elif len(self._first) < _LISTED:
                self._first.append(problem)

    def show(self) -> None:
        list_problems(self._first, self._as_json)
        if len(self._first) < self.count and not self._as_json:
            tell(f"These are the first {_LISTED}; all of them: stemma check --json")


def _proved(archive: Archive) -> Iterator[Problem]:
    from stemma import flow  # noqa: PLC0415 - loads every room; the other verbs start without them

    with proving(screen(sys.stderr)) as work:
        yield from flow.check(archive, work)


def _against(archive: Archive, manifest: Path, key: str | None, signed: Path | None) -> Iterator[Problem]:
    """The archive held against a manifest, which must be signed where a key is given."""
    place = signed or manifest.with_name(manifest.name + signature.ENDING)
    if key:
        try:
            proved = signature.verify(manifest, place, key)
            tell(f"{manifest} is signed by {proved.key} ({proved.comment}).")
        except (BadSignature, OSError) as error:
            yield told(str(manifest), str(error), "Get it from where it was kept safe.")
            return
    elif place.exists():
        tell(f"{manifest} has a signature that is not proved; prove it with --key KEY.")
    outcome = Outcome()
    with manifest.open("rb") as lines:
        yield from archive.compare(str(manifest), lines, outcome)
    tell(_told(outcome))


def _told(outcome: Outcome) -> str:
    if outcome.exact:
        return f"The archive holds exactly what the manifest names: {counted(outcome.named, 'pages')}."
    parts = [f"{counted(outcome.held, 'pages')} of the manifest's {outcome.named:,} as they were"]
    if outcome.superseded:
        parts.append(f"{outcome.superseded:,} read anew since (what was found then is still here)")
    if outcome.withdrawn:
        parts.append(f"{outcome.withdrawn:,} withdrawn since")
    parts.append(f"{counted(outcome.words, 'words')} of people")
    return f"The archive is not exactly the manifest's: {', '.join(parts)}; the rest came or changed since."


@click.command(
    cls=Verb,
    short_help="Write down what the archive holds, for a later check.",
    epilog="stemma manifest > state.jsonl\nstemma manifest --at 2025-10-24T09:14:00Z > state.jsonl",
)
@click.option("--at", metavar="TIME", help="What the manifest says of its own time; nothing unless given.")
@archive_option
def manifest(path: Place, at: str | None) -> None:
    """Write digests of all that the archive holds to stdout: the same bytes for the same records."""
    with Archive.open(path) as archive:
        for line in archive.manifest(at):
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()


@click.command(
    cls=Verb,
    short_help="Sign a manifest, so that others can prove whose it is.",
    epilog="stemma sign --new-key stemma.key\nstemma sign state.jsonl --key stemma.key",
)
@click.argument("files", nargs=-1, type=_FILE, metavar="[FILE]...")
@click.option("--key", type=_FILE, help="Secret key of minisign.")
@click.option(
    "--new-key", type=click.Path(path_type=Path), metavar="FILE", help="Make a key; its public half beside it."
)
def sign(files: tuple[Path, ...], key: Path | None, new_key: Path | None) -> None:
    """Sign files with a key of minisign; the signature lies beside each, and `minisign -V` proves it as well."""
    if new_key:
        tell(f"Public key, to be given to others: {signature.make_key(new_key, _new_password())}")
    if files and not (key or new_key):
        raise BadValue("key", "", "a secret key; make one with: stemma sign --new-key FILE")
    secret = key or new_key
    password = _password(secret) if files and secret else None
    for file in files:
        assert secret
        comment = f"signed at {now()}\tfile:{file.name}\thashed"
        tell(f"Signed: {signature.sign(file, secret, comment, password)}")


def _password(key: Path) -> str | None:
    if not signature.is_locked(key):
        return None
    return os.environ.get(_PASSWORD) or str(click.prompt("Password of the key", hide_input=True, err=True))


def _new_password() -> str | None:
    """The password of a new key; empty for none."""
    if (known := os.environ.get(_PASSWORD)) is not None:
        return known or None
    text = "Password of the new key (empty: none)"
    return click.prompt(text, "", hide_input=True, confirmation_prompt=True, show_default=False, err=True) or None
