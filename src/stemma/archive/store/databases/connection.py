"""One connection to PostgreSQL that looks like one to SQLite: one statement after the other, rows as tuples.

The driver (asyncpg) is asynchronous; here every call waits for its answer. Threads may share a connection, and take
turns. A connection that was lost, or that a call was interrupted on, is opened anew with the next transaction.
"""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from stemma.archive.store.databases.address import Address, bare
from stemma.archive.store.databases.dialect import read, spoken, written
from stemma.archive.store.databases.failing import LOST, ServerError, failure
from stemma.errors import BadValue, NeedsExtra, NoServer

if TYPE_CHECKING:
    import asyncpg

_PREPARED = 512  #: statements that the server keeps prepared for a connection
_FIRST_ROWS, _MOST_ROWS = 64, 4_096  #: rows fetched at a time: few, for who asks may stop early; then more
_PATIENCE = 120.0  #: seconds to wait for another writer
_REACHING = 20.0  #: seconds to wait for a server that does not answer
_FIRM = "firm"  #: the savepoint at the beginning of a transaction that reads
_LOCK = 0x53544D41  #: "STMA": the number of our locks among those of the database
#: A machine that is gone is noticed after two minutes, and its transaction undone: others wait for it no longer.
_KEPT_ALIVE = {"tcp_keepalives_idle": "60", "tcp_keepalives_interval": "15", "tcp_keepalives_count": "4"}
_SETTINGS = {"application_name": "stemma", "jit": "off", "timezone": "UTC", "work_mem": "64MB", **_KEPT_ALIVE}
_Value = TypeVar("_Value")
Row = tuple[Any, ...]


class Answer:
    """Rows of an answer, all of them here."""

    def __init__(self, rows: list[Row], rowcount: int) -> None:
        self._rows, self._at, self.rowcount = rows, 0, rowcount

    def __iter__(self) -> Iterator[Row]:
        while (row := self.fetchone()) is not None:
            yield row

    def fetchone(self) -> Row | None:
        """The next row, or None."""
        if self._at == len(self._rows):
            return None
        self._at += 1
        return self._rows[self._at - 1]

    def fetchall(self) -> list[Row]:
        """All rows that are left."""
        at, self._at = self._at, len(self._rows)
        return self._rows[at:]


class Connection:
    """One connection to the archive at an address; ``patience``: seconds to wait for another writer.

    Whatever goes wrong on the server is raised as what SQLite raises for it (see ``failing``). Raises ``NoServer``,
    ``NeedsExtra``.
    """

    is_server = True

    def __init__(self, address: Address, patience: float | None = None) -> None:
        self.address = address
        self._patience = _PATIENCE if patience is None else patience
        self._lock = RLock()
        self._loop = asyncio.new_event_loop()
        self._aside: ThreadPoolExecutor | None = None  #: runs the loop where another one runs already
        self._prepared: OrderedDict[str, Any] = OrderedDict()
        self._beside: list[Connection] = []  #: idle ones that ``each`` asked by
        self._own = 0  #: transactions of this connection among all of the archive
        self._began = False  #: whether a transaction was begun and neither ended nor lost
        self._frozen = False  #: whether it is one that only reads
        self._open: asyncpg.Connection | None = None
        try:
            self._connect()
        except BaseException:
            self._loop.close()
            raise

    # Talking

    def execute(self, sql: str, values: Sequence[object] = (), /) -> Answer:
        """Carry out one statement."""
        with self._lock:
            return self._wait(self._ask(self._live(), spoken(sql), values))

    def each(self, sql: str, values: Sequence[object] = (), /) -> Iterator[Row]:
        """Rows one after the other, as the archive stood when the first was asked for; a few are here at a time.

        Others may be asked meanwhile: in a transaction they share its connection, else the rows have one of their own.
        """
        if self.in_transaction:
            yield from self._walk(sql, values)
            return
        with self._lock:
            beside = self._beside.pop() if self._beside else Connection(self.address, self._patience)
        try:
            beside.freeze()
            yield from beside._walk(sql, values)  # noqa: SLF001 - one of its own kind
        finally:
            if beside.in_transaction:
                beside.undo()
            with self._lock:
                self._beside.append(beside)

    def _walk(self, sql: str, values: Sequence[object]) -> Iterator[Row]:
        size = _FIRST_ROWS
        with self._lock:
            cursor = self._wait(_cursor(self._live(), spoken(sql), values))
        while True:
            with self._lock:
                rows = self._wait(cursor.fetch(size))
            yield from map(tuple, rows)
            if len(rows) < size:
                return
            size = min(2 * size, _MOST_ROWS)

    def executemany(self, sql: str, rows: Iterable[Sequence[object]], /) -> None:
        """Carry out one statement for each row; they travel together."""
        if some := list(rows):
            with self._lock:
                self._wait(self._tell(self._live(), spoken(sql), some))

    def script(self, sql: str) -> str:
        """Carry out several statements in PostgreSQL's own words; what it says of the last."""
        with self._lock:
            status: str = self._wait(self._live().execute(sql))
            return status

    def insert(self, sql: str, values: tuple[object, ...]) -> int:
        """Insert one row into a table whose rows are numbered; its number."""
        return int(self.execute(f"{sql} RETURNING row", values).fetchall()[0][0])

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            if self._loop.is_closed():
                return
            self._prepared.clear()
            for beside in self._beside:
                beside.close()
            if self._open is not None and not self._open.is_closed():
                with suppress(Exception):  # it is gone already
                    self._finish(self._open.close())
            self._loop.close()
            if self._aside is not None:
                self._aside.shutdown()

    # Transactions

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction has begun and not ended."""
        return self._open is not None and not self._open.is_closed() and bool(self._open.is_in_transaction())

    def begin(self) -> None:
        """Begin a transaction that writes; one at a time, others wait for it, and readers never."""
        self._began = False
        try:
            self.script(f"BEGIN; SET LOCAL lock_timeout = {int(self._patience * 1000)}; {self._turn()}")
            self._began = True
        except BaseException:
            if self.in_transaction:
                self.undo()
            raise

    def _turn(self) -> str:
        """The lock of those who write to this archive; who holds it lets go of it with the transaction."""
        return f"SELECT pg_advisory_xact_lock({_LOCK}, hashtext('{self.address.schema}'))"

    def freeze(self) -> None:
        """Begin a transaction that reads: whatever others write, it sees the archive as it stands now."""
        self.script(f"BEGIN ISOLATION LEVEL REPEATABLE READ; SAVEPOINT {_FIRM}")
        self._began = self._frozen = True

    def end(self) -> None:
        """End the transaction; what it wrote lasts. Raises where something went wrong in it before."""
        self.execute("UPDATE archive SET revision = revision + 1")
        self.script("COMMIT")
        self._began = False
        self._own += 1

    def undo(self) -> None:
        """End the transaction; what it wrote is gone."""
        self._began = self._frozen = False
        self.script("ROLLBACK")

    def revision(self) -> tuple[int, int]:
        """What differs once others committed, and what does once this one wrote."""
        return int(self.execute("SELECT revision FROM archive").fetchall()[0][0]) - self._own, self._own

    def is_frozen(self, folder: Path) -> bool:
        """Whether the archive may only be read."""
        return not os.access(folder, os.W_OK)

    def size(self, folder: Path) -> int:  # noqa: ARG002 - of the face of a database
        """Bytes of the archive's tables and their indexes."""
        asked = (
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class WHERE relkind = 'r' AND relnamespace = "
        )
        return int(self.execute(f"{asked}?::regnamespace", (self.address.schema,)).fetchall()[0][0])

    def give_back(self) -> None:
        """Nothing: the server does so by itself (autovacuum)."""

    def lend(self, name: str, count: int, function: Callable[..., object]) -> None:
        """Nothing: the server has its own."""

    # The connection itself

    def _connect(self) -> None:
        try:
            import asyncpg  # noqa: PLC0415 - an extra, and nobody else need wait for it
        except ImportError:
            raise NeedsExtra("postgresql", "archives on a PostgreSQL server") from None
        try:
            settings = {**_SETTINGS, "search_path": f"{self.address.schema}, public"}
            self._open = self._finish(
                asyncpg.connect(
                    self.address.server, server_settings=settings, timeout=_REACHING, statement_cache_size=0
                )
            )
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
            raise NoServer(bare(self.address.server), error or type(error).__name__) from error
        except ValueError as error:  # a parameter that cannot be read
            raise BadValue("archive", str(self.address), f"an address of PostgreSQL ({error})") from None
        self._finish(_teach(self._open))

    def _live(self) -> asyncpg.Connection:
        """The connection. One that was lost is opened anew, unless a transaction was lost with it."""
        if self._open is None or self._open.is_closed():
            began, self._began, self._frozen = self._began, False, False
            if began:
                raise ServerError("the connection to PostgreSQL was lost", LOST)
            self._prepared.clear()
            self._connect()
        return self._open

    async def _ask(self, live: asyncpg.Connection, sql: str, values: Sequence[object]) -> Answer:
        prepared = await self._ready(live, sql)
        rows = await prepared.fetch(*values)
        return Answer([tuple(row) for row in rows], _count(prepared.get_statusmsg()))

    async def _tell(self, live: asyncpg.Connection, sql: str, rows: list[Sequence[object]]) -> None:
        prepared = await self._ready(live, sql)
        if len(rows) > 1:
            await prepared.executemany(rows)
        else:
            await prepared.fetch(*rows[0])

    async def _ready(self, live: asyncpg.Connection, sql: str) -> Any:  # noqa: ANN401 - asyncpg's
        """A statement that the server has prepared, at its first use or again."""
        prepared = self._prepared.get(sql)
        if prepared is None:
            prepared = self._prepared[sql] = await live.prepare(sql)
            if len(self._prepared) > _PREPARED:
                self._prepared.popitem(last=False)
        else:
            self._prepared.move_to_end(sql)
        return prepared

    def _wait(self, asked: Coroutine[Any, Any, _Value]) -> _Value:
        """The answer. What goes wrong is raised as of SQLite; after anything else the connection is let go."""
        import asyncpg  # noqa: PLC0415 - as above

        try:
            return self._finish(asked)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            if self._open is None or self._open.is_closed():
                self._began = self._frozen = False
            elif self._frozen:  # what cannot be read is told, and the rest of that moment is read on
                self._finish(self._open.execute(f"ROLLBACK TO SAVEPOINT {_FIRM}"))
            raise failure(error) from error
        except (ValueError, TypeError, OverflowError):
            raise
        except BaseException:  # interrupted in the middle of an answer: nothing more can be asked here
            self._drop()
            raise

    def _finish(self, asked: Awaitable[_Value]) -> _Value:
        if not _is_inside_a_loop():
            return self._loop.run_until_complete(asked)
        if self._aside is None:  # the reader's own loop runs in this thread, or that of a notebook
            self._aside = ThreadPoolExecutor(1)
        told = self._aside.submit(self._loop.run_until_complete, asked)
        try:
            return told.result()
        except BaseException:
            wait([told])  # interrupted: nothing else may run in the loop meanwhile
            raise

    def _drop(self) -> None:
        self._began = self._frozen = False
        if self._open is not None:
            self._open.terminate()
        self._prepared.clear()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        if left:
            with suppress(Exception):
                self._finish(asyncio.wait(left, timeout=1))


async def _cursor(live: asyncpg.Connection, sql: str, values: Sequence[object]) -> Any:  # noqa: ANN401 - asyncpg's
    return await live.cursor(sql, *values)


def _is_inside_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _count(status: str) -> int:
    """How many rows a statement changed, by what the server says of it: "INSERT 0 1", "DELETE 3"."""
    last = status.rpartition(" ")[2] if status else ""
    return int(last) if last.isdecimal() else -1


async def _teach(connection: asyncpg.Connection) -> None:
    """Texts with any character, truth as a number, sums of integers as integers: as SQLite gives them."""
    codecs: dict[str, tuple[Callable[[Any], str], Callable[[str], object]]] = {
        "text": (written, read),
        "bool": (lambda value: "t" if value else "f", lambda told: int(told == "t")),
        "numeric": (str, lambda told: float(told) if "." in told else int(told)),
    }
    for name, (encoder, decoder) in codecs.items():
        await connection.set_type_codec(name, schema="pg_catalog", encoder=encoder, decoder=decoder, format="text")
