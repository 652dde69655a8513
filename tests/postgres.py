"""A PostgreSQL of the tests' own: on loopback, in a temporary folder, gone with the tests.

A fixture that wants a database asks for ``server`` (an address without archive). Where no PostgreSQL is installed, it
skips and says so.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from stemma.archive import archive, carrying
from stemma.archive.store import databases
from stemma.archive.store.databases.address import Address, is_address
from stemma.archive.store.databases.connection import Connection
from stemma.archive.store.store import DATABASE, Store

_HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
_NUMBER = count(1)
#: Nothing here outlives the tests, so nothing need be brought to the disk; and few connections are ever open at once.
_SETTINGS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "32MB",
    "max_connections": "40", "listen_addresses": "127.0.0.1", "autovacuum": "off",
}  # fmt: skip


def programs() -> Path | None:
    """Where initdb and postgres are: of the newest version that is installed, None without any."""
    found = shutil.which("initdb")
    return Path(found).parent if found else _HOMES[-1] if _HOMES else None


class Postgres:
    """A server that runs until it is stopped."""

    def __init__(self, bin_: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="stemma-pg-"))
        self._as = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            owner = pwd.getpwnam("postgres")
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
            self._as = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        self._bin, self.port = bin_, _free_port()
        flags = ["-A", "trust", "-U", "stemma", "--locale=C", "-E", "UTF8", "-N"]
        self._run("initdb", "-D", self._folder / "data", *flags)
        self.start()

    def start(self) -> None:
        """Start it, or start it again."""
        settings = {**_SETTINGS, "port": self.port, "unix_socket_directories": self._folder}
        told = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._run("pg_ctl", "-D", self._folder / "data", "-w", "-l", self._folder / "log", "-o", told, "start")

    def stop(self) -> None:
        """Stop it at once; its connections are lost."""
        self._run("pg_ctl", "-D", self._folder / "data", "-w", "-m", "immediate", "stop")

    def remove(self) -> None:
        """Stop it and delete what it wrote."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def address(self, folder: Path) -> str:
        """Where an archive that nobody made yet may lie: a schema of its own, and this folder."""
        return f"postgresql://stemma@127.0.0.1:{self.port}/postgres?folder={folder}&schema=t{next(_NUMBER)}"

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._bin / program), *map(str, arguments)]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **self._as)
        assert done.returncode == 0, done.stderr


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server, started when the first test asks for it."""
    pytest.importorskip("asyncpg", reason="needs the extra 'postgresql'")
    bin_ = programs()
    if bin_ is None:
        pytest.skip("needs PostgreSQL, which is not installed (Debian: apt-get install postgresql)")
    server = Postgres(bin_)
    yield server
    server.remove()


class _Emptied:
    """Archives on the server by their folders; one that a test is done with is emptied for the next, not made anew."""

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._free: list[str] = []
        self._used: dict[Path, str] = {}

    def address(self, folder: Path, *, create: bool) -> str:
        """Where the archive lies that a test makes in a folder."""
        if folder not in self._used and (not create or not self._free):
            new = self._server.address(folder)
            if not create:
                return new  # nobody made one there
            self._used[folder] = new.rpartition("schema=")[2]
        elif folder not in self._used:
            self._used[folder] = schema = self._free.pop()
            self._tell(schema, f"UPDATE archive SET revision = 0, folder = '{folder}'")
        return f"{self._server.address(folder).rpartition('=')[0]}={self._used[folder]}"

    def forget(self) -> None:
        """Empty what the test made."""
        for schema in self._used.values():
            tables = (
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
            )
            held = (
                f"DO $$ DECLARE held RECORD; BEGIN SET LOCAL session_replication_role = replica; FOR held IN {tables} "
                "LOOP IF held.relname <> 'archive' THEN EXECUTE format('DELETE FROM %I', held.relname); END IF; "
                "END LOOP; END $$"
            )
            self._tell(schema, held)
            self._free.append(schema)
        self._used.clear()

    def _tell(self, schema: str, sql: str) -> None:
        address = Address.of(f"{self._server.address(Path('/')).rpartition('=')[0]}={schema}")
        with closing(Connection(address)) as db:
            db.script(sql)


@pytest.fixture(scope="session")
def _emptied(postgres: Postgres) -> _Emptied:
    return _Emptied(postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def either_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Every archive that a test makes in a folder lies in it, or on the server with its captures in that folder.

    For modules whose tests all run on both: ``pytestmark = pytest.mark.usefixtures("either_database")``.
    """
    if request.param == "sqlite":
        yield "sqlite"
        return
    held: _Emptied = request.getfixturevalue("_emptied")
    own = databases.open_store

    def open_store(path: Path | str, *, create: bool, patience: float | None = None) -> Store:
        lies_there = is_address(path) or (Path(path) / DATABASE).is_file()  # an address, or a file that is carried
        address = path if lies_there else held.address(Path(path), create=create)
        return own(address, create=create, patience=patience)

    for module in (databases, archive, carrying):
        monkeypatch.setattr(module, "open_store", open_store)
    yield "postgresql"
    held.forget()


#: For a test in such a module that asks of the file itself, or makes too many archives to do so on a server too.
in_a_file = pytest.mark.parametrize("either_database", ["sqlite"], indirect=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an archive may be made: in a folder, and on a server; each test that asks for it runs with both."""
    folder = tmp_path / "archive"
    if request.param == "sqlite":
        return str(folder)
    server: Postgres = request.getfixturevalue("postgres")
    return server.address(folder)
