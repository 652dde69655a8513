"""Watches at work: what came is looked through, and what they found goes out, each once and nothing lost.

A finding is noted together with how far the watch has looked, a message is put together before it is sent and done
only after it was sent: whatever is interrupted goes on from there. A message that was sent while the program fell is
sent again under the same key; a file takes none twice.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from stemma.archive import Archive, Place, folder_of
from stemma.collect.web.settings import Web
from stemma.errors import StemmaError
from stemma.notebook import NAME, Notebook
from stemma.notebook import watches as notes
from stemma.notebook.watches import Batch, Channel, Watch
from stemma.sending.files import write
from stemma.sending.mail import post
from stemma.sending.webhook import NotSent, call
from stemma.show import notices
from stemma.show.notices.forms import Message

__all__ = ["Sent", "make", "run"]


class Sent(NamedTuple):
    """What became of one message."""

    watch: str
    items: int
    failure: str  #: "" where it went out


class Ways(NamedTuple):
    """How messages go out, by the channel's name; a test puts its own in."""

    web: Web

    def send(self, folder: Path, watch: Watch, message: Message) -> None:
        """Send one message. Raises ``NotSent``, ``OSError`` and ``StemmaError``."""
        ways: dict[Channel, Callable[[], None]] = {
            "feed": lambda: None,  # drawn whenever it is asked for
            "file": lambda: write(folder, watch.target, message),
            "webhook": lambda: call(watch.target, message, self.web),
            "mail": lambda: post(folder, watch.target, message),
        }
        ways[watch.channel]()


def make(path: Place, watch: Watch) -> str:
    """Keep a new watch; what is in the archive by now is not told of. Its secret. Raises ``BadValue``, ``BadQuery``."""
    with Archive.open(path) as archive, Notebook(folder_of(path)) as notebook:
        return notices.make(archive, notebook, watch)


def run(path: Place, web: Web | None = None, now: Callable[[], float] = time.time) -> Iterator[Sent]:
    """Let every watch look through what came, and send what is due; what became of each message.

    One process at a time does so; where another one is at it, this one does nothing: that one, or the next, will.
    """
    folder = folder_of(path)
    if not (folder / NAME).is_file():
        return
    with _alone(folder) as is_alone, Archive.open(path) as archive, Notebook(folder_of(path)) as notebook:
        for watch in notes.watches(notebook) if is_alone else ():
            work = _Work(archive, notebook, folder, Ways(web or Web()), now)
            yield from work.look_and_send(watch)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    with (folder / "watches.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


class _Work(NamedTuple):
    """One pass over the watches."""

    archive: Archive
    notebook: Notebook
    folder: Path
    ways: Ways
    now: Callable[[], float]

    def look_and_send(self, watch: Watch) -> Iterator[Sent]:
        try:
            self._look(watch)
        except StemmaError as error:  # a query that this version reads otherwise
            yield Sent(watch.name, 0, str(error))
            return
        notes.pack(self.notebook, watch, self._instant(), self.now())
        for batch in notes.open_batches(self.notebook, watch, self.now()):
            if sent := self._send(watch, batch):
                yield sent

    def _look(self, watch: Watch) -> None:
        """Note what came since, and how far was looked."""
        documents, mark = self.archive.listing.fresh(watch.mark)
        found = notices.found(self.archive, watch, documents, self._instant())
        if found or mark > watch.mark:
            notes.note(self.notebook, watch, found, mark)
        waits = notes.waiting(self.notebook, watch)
        shown = {(item.line.statement.id, item.sign) for item in notices.items(self.archive, watch, waits)}
        notes.drop(self.notebook, watch, [each for each in waits if (each.statement, each.sign) not in shown])

    def _send(self, watch: Watch, batch: Batch) -> Sent | None:
        found = notes.in_batch(self.notebook, watch, batch.row)
        items = notices.items(self.archive, watch, found)
        if not items:  # all of it was withdrawn since
            notes.done(self.notebook, batch, self._instant())
            return None
        try:
            self.ways.send(self.folder, watch, Message(watch.name, batch.key, batch.at, tuple(items)))
        except (NotSent, OSError, StemmaError) as error:
            notes.failed(self.notebook, batch, str(error), self.now())
            return Sent(watch.name, len(items), str(error))
        notes.done(self.notebook, batch, self._instant())
        return Sent(watch.name, len(items), "")

    def _instant(self) -> str:
        return datetime.fromtimestamp(self.now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
