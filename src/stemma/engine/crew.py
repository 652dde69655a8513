"""Hands items to workers and gives the results in the order of the items.

A worker gets a few items at a time, and sends each result as soon as it is there. One that dies costs the item that it
was at; what it had not begun goes to others. Nothing here runs beside anything else: the workers are looked after
between two results that are asked for.
"""

from __future__ import annotations

import pickle
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import wait
from typing import Generic, TypeVar

from stemma.child.limits import LAST
from stemma.child.process import died
from stemma.engine import bounds
from stemma.engine.attempts import Found, attempt, name_of, problem, too_long
from stemma.engine.worker import Result, Worker, start
from stemma.stage import Each

Item = TypeVar("Item")

CHUNK = 16  #: items that travel to a worker together, at most
AHEAD = 3  #: chunks under way for each worker: enough to keep all busy, little enough to stay in memory
#: Bytes under way in all, beyond which an item goes alone, however many workers there are: what is found in a page
#: takes up to 40 times its size.
LARGE = 4 * 2**20
_SPELL = 0.2  #: seconds of work that a worker is given: it waits seldom, and what it has is soon there
_WEIGHT = 0.2  #: of the newest item in the mean of what an item takes
_SLICE = 1.0  #: seconds of waiting at a time, so that a program that slept for hours has not waited that long


class Task(Generic[Item]):
    """An item under way."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.packed = _pack(item)  #: None: it cannot travel
        self.size = len(self.packed or b"")
        self.found: Found | None = None  #: None: not done
        self.alone = False  #: whether it goes to a fresh worker, and nothing with it


def _pack(item: object) -> bytes | None:
    try:
        return pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
    except Exception:  # noqa: BLE001 - pickling raises errors of many types
        return None


class Post(Generic[Item]):
    """A worker and what it was given."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.given: deque[Task[Item]] = deque()
        self.waited = 0.0  #: seconds, for the item that it is at

    def is_fresh(self, done: int = 0) -> bool:
        """Whether it has done no more items than that, so that nothing that came before can be at fault."""
        return self.worker.done <= done


class Crew(Generic[Item]):
    """Some workers of one stage, and what is under way."""

    def __init__(self, stage: Each[Item], items: Iterable[Item], count: int) -> None:
        self._stage, self._items, self._count = stage, iter(items), count
        self._posts: list[Post[Item]] = []
        self._line: deque[Task[Item]] = deque()  # all that is under way, in the order of the items
        self._back: deque[Task[Item]] = deque()  # of these what is to be given out again
        self._next: Task[Item] | None = None  # taken, but not yet in the line
        self._bytes = 0  # of all in the line
        self._pace = _SPELL  # seconds that an item takes; at first one goes alone, and its result is soon there

    def results(self) -> Iterator[tuple[Item, Found]]:
        """Every item with what the stage gives for it, in order; the workers are gone when this ends or is closed."""
        try:
            yield from self.results_so_far()
        finally:
            self.end()

    def results_so_far(self) -> Iterator[tuple[Item, Found]]:
        """The same until the items are at an end for now; the workers stay, and more items may come."""
        while True:
            self._give_out()
            if not self._line:
                return
            found = self._line[0].found
            self._listen(_SLICE if found is None else 0.0)
            if found is not None:
                task = self._line.popleft()
                self._bytes -= task.size
                yield task.item, found

    def end(self) -> None:
        """Let the workers go."""
        while self._posts:
            self._posts.pop().worker.end()

    def _give_out(self) -> None:
        """Give items to all who have none, and take on workers while there are fewer than asked for."""
        for post in [each for each in self._posts if not each.given]:
            some = self._chunk()
            if some and some[0].alone and not post.is_fresh():
                self._dismiss(post)
                self._give(self._take_on(), some)
            elif some:
                self._give(post, some)
        while len(self._posts) < self._count and (some := self._chunk()):
            self._give(self._take_on(), some)

    def _chunk(self) -> list[Task[Item]]:
        """The items that go out next."""
        if self._back and self._back[0].alone:
            return [self._back.popleft()]
        most, some = max(1, min(CHUNK, int(_SPELL / self._pace))), list[Task[Item]]()
        while len(some) < most and (task := self._taken()):
            if task.packed is None:
                self._work_here([task])
            else:
                some.append(task)
        return some

    def _taken(self) -> Task[Item] | None:
        """The next item that is to go out; None where there is none, or enough is under way."""
        if self._back:
            return None if self._back[0].alone else self._back.popleft()
        if self._next is None:
            for item in self._items:
                self._next = Task(item)
                break
        task = self._next
        if task is None or (self._line and self._is_full(task)):
            return None
        self._next = None
        self._line.append(task)
        self._bytes += task.size
        return task

    def _is_full(self, task: Task[Item]) -> bool:
        return len(self._line) >= self._count * AHEAD * CHUNK or self._bytes + task.size > LARGE

    def _take_on(self) -> Post[Item] | None:
        """A new worker; None where the system gives no process, or the stage cannot travel."""
        try:
            self._posts.append(Post(start(self._stage)))
        except Exception:  # noqa: BLE001 - pickling raises errors of many types
            return None
        return self._posts[-1]

    def _give(self, post: Post[Item] | None, some: Sequence[Task[Item]]) -> None:
        if post is None:
            self._work_here(some)
            return
        post.given.extend(some)
        post.waited = 0.0
        try:
            post.worker.send([task.packed or b"" for task in some])
        except OSError:  # it died while it had nothing to do
            self._dismiss(post)

    def _work_here(self, some: Iterable[Task[Item]]) -> None:
        for task in some:
            task.found = attempt(self._stage, task.item, name_of(task.item))

    def _listen(self, seconds: float) -> None:
        """Take what has come back; wait for it so long at most."""
        busy = {post.worker.results: post for post in self._posts if post.given}
        ready = wait(list(busy), seconds) if busy else []
        for post in [post for results, post in busy.items() if results in ready]:
            self._hear(post)
        if seconds and not ready:
            for post in busy.values():
                self._wait_for(post, seconds)

    def _hear(self, post: Post[Item]) -> None:
        while post.given and post.worker.results.poll():
            try:
                result = post.worker.receive()
            except (EOFError, OSError):
                self._lose(post)
                return
            post.waited = 0.0
            if not self._accept(post, post.given.popleft(), result):
                self._dismiss(post)
                return

    def _accept(self, post: Post[Item], task: Task[Item], result: Result) -> bool:
        """Take the result of a task; whether the worker can go on."""
        if result.kind == "unsent":
            self._work_here([task])
        elif result.kind == "full" and not post.is_fresh(1):
            self._repeat(task)  # those before it may have left too little room
        else:
            task.found = result.found
            self._pace += _WEIGHT * (result.seconds - self._pace)
        is_light = task.size <= LARGE  # what it remembers of a large one would stand beside the next
        return is_light and result.kind in {"found", "unsent"}

    def _lose(self, post: Post[Item]) -> None:
        """A worker died: the task that it was at has its Problem, or another try where others may be at fault."""
        task, is_fresh = post.given.popleft(), post.is_fresh()
        status = self._dismiss(post)
        about = name_of(task.item)
        if status == -signal.SIGPROF:
            task.found = [too_long(self._stage, about, LAST * bounds.seconds_for(task.size))]
        elif is_fresh:
            task.found = [
                problem(self._stage, about, f"the process that ran the stage {self._stage.name!r} {died(status)}")
            ]
        else:
            self._repeat(task)

    def _repeat(self, task: Task[Item]) -> None:
        task.alone = True
        self._back.appendleft(task)

    def _wait_for(self, post: Post[Item], seconds: float) -> None:
        """Be patient with a worker that is silent, but not for ever."""
        post.waited += seconds
        if post.waited > bounds.PATIENCE * bounds.seconds_for(post.given[0].size):
            task = post.given.popleft()
            self._dismiss(post)
            why = f"the stage {self._stage.name!r} gave no answer for {post.waited:,.0f} seconds"
            task.found = [problem(self._stage, name_of(task.item), why)]

    def _dismiss(self, post: Post[Item]) -> int:
        """End a worker; what it had not begun goes out again. Returns its exit status."""
        self._posts.remove(post)
        self._back.extendleft(reversed(post.given))
        return post.worker.end()
