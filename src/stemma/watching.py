"""A watch over an archive: rounds of asking, each added before it is remembered."""

from __future__ import annotations

from collections.abc import Iterator

from stemma import flow
from stemma.archive import Archive, Place, folder_of
from stemma.collect.watch.plan import Plan
from stemma.collect.watch.state import State
from stemma.collect.watch.watcher import Clock, Seen, Watcher
from stemma.collect.web.settings import Web

_NAP = 60.0  #: seconds slept at a time
_PATIENCE = 60.0  #: seconds that a single run waits for a server to have had its rest


def watch(path: Place, plan: Plan, web: Web, *, once: bool = False, clock: Clock | None = None) -> Iterator[list[Seen]]:
    """Ask for what is watched, round after round, and add what is new or changed; gives what each round saw.

    ``once``: end when all that was due was asked for once; servers are let be between two requests all the same. What
    a round gave is kept before the watch remembers it: after a crash it is asked for again, and nothing is lost.
    Raises ``BadValue`` where another watch of the archive is at work.
    """
    clock = clock or Clock()
    began = clock.seconds()
    Archive.open(path, create=True).close()
    with State(folder_of(path)) as state:
        watcher = Watcher(plan, state, web, clock)
        while True:
            if found := watcher.round():
                flow.take(path, found)
            watcher.done()
            if watcher.seen:
                yield watcher.seen
            wait = watcher.wait()
            if wait is None or (once and (wait > _PATIENCE or not watcher.is_due(began))):
                return
            clock.sleep(min(wait, _NAP))
