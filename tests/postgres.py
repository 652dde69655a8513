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
from itertools import count
from pathlib import Path

import pytest

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


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an archive may be made: in a folder, and on a server; each test that asks for it runs with both."""
    folder = tmp_path / "archive"
    if request.param == "sqlite":
        return str(folder)
    server: Postgres = request.getfixturevalue("postgres")
    return server.address(folder)
