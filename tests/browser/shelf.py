"""An archive to walk through in a browser: the example pages, and what people said of them."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket

from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Article, Line, Query
from stemma.desk import Desk
from stemma.notebook import Notebook, collections, jobs
from stemma.notebook.collections import Collection, Piece
from stemma.notebook.jobs import Job
from stemma.records import Correction

_HERE = Path(__file__).parent
_EXAMPLES = _HERE.parents[1] / "examples" / "pages"
_FOREIGN = frozenset({"ar", "fa", "ko", "ru", "zh"})
_AT = "2025-11-21T09:00:00Z"
_SIGNED = ("Dana Wirt", _AT)


@dataclass(frozen=True)
class Shelf:
    """An archive that is served: where, and the ids of what stands in it, by the names that ``screens.py`` uses."""

    folder: Path
    ids: Mapping[str, str]
    address: str = ""

    def at(self, screen: str) -> str:
        """The whole address of a screen, its ``{names}`` filled in."""
        return self.address + screen.format(**self.ids)


def fill(folder: Path) -> dict[str, str]:
    """Build the archive; the ids of what ``screens.py`` names."""
    flow.add(folder, [str(_EXAMPLES), str(_HERE / "captures.jsonl")])
    with Archive.open(folder) as archive:
        ids = _ids(archive)
    _speak(Desk(folder), ids)
    with Notebook(folder) as notebook:
        _note(notebook, ids)
    return ids


def _note(notebook: Notebook, ids: Mapping[str, str]) -> None:
    """What readers noted: a collection with a version, and an import that has ended."""
    row = collections.make(
        notebook, Collection(0, "Lamps and gates", "for the file\non the harbour", "q=harbour", *_SIGNED)
    )
    for about in (ids["statement"], ids["article"], ids["hostile"]):
        collections.put(notebook, row, Piece(0, about, "as it was heard", *_SIGNED))
    collections.freeze(notebook, row, [f"{ids['statement']} c1 sha256:0"], _SIGNED)
    told = (("<script>alert(1)</script>.html", "it is empty; fetch the page again or leave the file out"),)
    job = Job(0, "try", "3 files", ("/spool/1/a.html",), (None,) * 5, *_SIGNED)
    number = jobs.enter(notebook, job)
    jobs.report(notebook, job._replace(row=number, found=3, known=1, bad=1, done=3, told=told))
    jobs.end(notebook, number, "done", "", _AT)


def _ids(archive: Archive) -> dict[str, str]:
    def line(words: str) -> Line:
        return next(iter(archive.find(Query(words=words))))

    pages = {each.document.id: each for each in _pages(archive)}
    carried, edited = next(iter(archive.utterances(1))), line('"garden gate"')
    versions = pages[edited.statement.document].versions
    hostile, withdrawn = (
        next(each.document.id for each in pages.values() if name in (each.snapshot.origin or ""))
        for name in ("quaywatch", "velta-denial")
    )
    speaker = next(who.entity for each in carried.lines for who in each.speakers if who.entity)
    languages = {each.language: each.document.id for each in pages.values() if each.language in _FOREIGN}
    return languages | {
        "utterance": carried.id, "statement": carried.lines[0].statement.id, "person": speaker,
        "article": carried.lines[0].statement.document, "edited": versions[-1], "first": versions[0],
        "spoken to": archive.persons("Inga Morozan")[0].id,
        "gone": line('"counted the bolts twice"').statement.id, "alone": edited.utterance or carried.id,
        "corrected": line("pilots").statement.id, "hostile": hostile, "withdrawn": withdrawn,
    }  # fmt: skip


def _pages(archive: Archive) -> Iterator[Article]:
    for row in map(json.loads, archive.export()):
        if row["record"] == "document" and isinstance(view := archive.article(row["id"]), Article):
            yield view


def _speak(desk: Desk, ids: Mapping[str, str]) -> None:
    """What people said: two corrections, a judgement, a withdrawal."""

    def word(about: str, field: str, value: str, reason: str) -> Correction:
        return Correction(about=about, field=field, value=value, by="Dana Wirt", at=_AT, reason=reason)

    desk.correct([
        word(ids["corrected"], "speaker", "Dana Wirt", "the caption names her"),
        word(ids["first"], "language", "en", "it is plain"),
        word(ids["withdrawn"], "access", "withdrawn", "asked for by the outlet"),
    ])  # fmt: skip
    desk.judge(
        "Ilse Marn", "Pavel Drobin", "different", word(ids["first"], "language", "en", "an engineer, a minister")
    )


@contextmanager
def served(folder: Path, ids: Mapping[str, str]) -> Iterator[Shelf]:
    """The archive served by ``stemma serve`` on a free port of loopback, until the block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "stemma", "serve", "--archive", str(folder), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=os.environ) as server:
        assert server.stderr
        try:
            ready = select.select([server.stderr], [], [], 60)[0] and server.stderr.readline()
            assert ready and b"http://" in ready, ready  # noqa: PT018 (what it said instead is told)
            yield Shelf(folder, ids, f"http://127.0.0.1:{port}")
        finally:
            server.terminate()


@contextmanager
def copied(shelf: Shelf, folder: Path) -> Iterator[Shelf]:
    """A copy of an archive, served for itself: a walk that changes something changes nothing for the others."""
    shutil.copytree(shelf.folder, folder, ignore=shutil.ignore_patterns("*-shm", "*-wal", "notebook*"))
    with served(folder, shelf.ids) as found:
        yield found


def _free_port() -> int:
    with socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
