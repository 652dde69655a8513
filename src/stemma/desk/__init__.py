"""The desk at which people set an archive right and bring pages in: what changes an archive for the reader.

Each change opens the archive anew, so that any thread may ask, and waits a bounded time for who else writes.
"""

from __future__ import annotations

import os
import secrets
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from threading import Thread

import msgspec

from stemma import flow
from stemma.archive import Archive, Place, folder_of
from stemma.errors import BadValue, NoSuchRecord
from stemma.notebook import Notebook, jobs
from stemma.records import Correction, Judgement, Verdict

PATIENCE = 8.0  #: seconds that a word waits for a process that writes
_SPOOL = "spool"  #: folder within the archive's for what people drop


class Desk:
    """What changes the archive in a folder. ``patience``: seconds that a word waits for another writer."""

    def __init__(self, path: Place, patience: float = PATIENCE) -> None:
        self._path = path
        self._patience = patience

    def correct(self, words: Sequence[Correction], /) -> list[Correction]:
        """Keep corrections and bring up to date what rests on them; as they are kept. Raises ``BadValue``."""
        with Archive.open(self._path, patience=self._patience) as archive:
            ready = [archive.worded(each) for each in words]
            try:
                flow.correct(archive, ready)
            except sqlite3.OperationalError:
                # Another process took over after the words were kept: it or the next change brings up the rest.
                if not all(_is_kept(archive, each) for each in ready):
                    raise
            return ready

    def judge(self, left: str, right: str, verdict: Verdict, word: Correction, /) -> Judgement:
        """Keep a judgement between two mentions, entities or names, signed like ``word``; as it is kept.

        Raises ``NoSuchRecord``, ``AmbiguousId`` for a name of several, ``BadValue``.
        """
        return self._judge([(left, right)], verdict, word)[0]

    def keep_apart(self, pairs: Sequence[tuple[str, str]], word: Correction, /) -> list[Judgement]:
        """Judge several pairs different at once; as the judgements are kept. Raises as ``judge`` does."""
        return self._judge(pairs, "different", word)

    def _judge(self, pairs: Sequence[tuple[str, str]], verdict: Verdict, word: Correction) -> list[Judgement]:
        with Archive.open(self._path, patience=self._patience) as archive:
            judged = [archive.judgement(*pair, verdict, word) for pair in pairs]
            keep_judgements(archive, judged)
            return judged

    def undo(self, ids: Sequence[str], word: Correction, /) -> list[Correction]:
        """Take words of people back, or bring back what was taken back; signed like ``word``."""
        return self.correct([undoing(each, word) for each in ids])

    # Bringing pages in

    def sample(self) -> Path | None:
        """The folder of the example pages: in the package, else beside its source; None where they are not here."""
        shipped = files("stemma").joinpath("samples")
        places = [Path(str(shipped)), Path(__file__).parents[3] / "examples" / "pages"]
        return next((each for each in places if each.is_dir()), None)

    def spool(self) -> Path:
        """A new folder for files that people drop, within the archive's."""
        folder = folder_of(self._path) / _SPOOL / secrets.token_hex(8)
        folder.mkdir(parents=True)
        return folder

    def start(self, row: int, /) -> None:
        """Let a process of its own work at a job of the notebook; it outlives this one.

        Raises ``BadValue`` where another import is at work on this archive.
        """
        with Notebook(folder_of(self._path)) as notebook:
            others = [
                each for each in jobs.jobs(notebook) if each.row != row and each.deed == "add" and is_at_work(each)
            ]
            if others and jobs.job(notebook, row).deed == "add":
                raise BadValue(
                    "import", row, f"import {others[0].row} at its end first; its page is /import/{others[0].row}"
                )
            command = [sys.executable, "-m", "stemma.desk.importing", str(self._path), str(row)]
            quiet = subprocess.DEVNULL
            child = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603 (own program)
            jobs.begin(notebook, row, child.pid)
        Thread(target=child.wait, daemon=True).start()  # so that its end is noticed

    def stop(self, row: int, /) -> None:
        """Let a job end at once; what it kept stays. One that is not at work is no error."""
        with Notebook(folder_of(self._path)) as notebook:
            found = jobs.job(notebook, row)
            if is_at_work(found):
                os.kill(found.pid, signal.SIGTERM)


def is_at_work(found: jobs.Job) -> bool:
    """Whether the process of a job is at work."""
    return found.state == "running" and not found.is_lost


def undoing(about: str, word: Correction) -> Correction:
    """The word that takes another one back, signed like ``word``."""
    return msgspec.structs.replace(word, id="", about=about, field="undone", value="true")


def keep_judgements(archive: Archive, judged: Sequence[Judgement]) -> None:
    """Keep judgements and bring up to date who is who."""
    with archive.batch():
        archive.add_records(judged)
    try:
        archive.join()
    except sqlite3.OperationalError:  # as in ``Desk.correct``: they are kept, and joined with the next change
        if not all(_is_kept(archive, each) for each in judged):
            raise


def _is_kept(archive: Archive, word: Correction | Judgement) -> bool:
    try:
        return archive.record(word.id).id == word.id
    except NoSuchRecord:
        return False
