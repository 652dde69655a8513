"""Twenty readers at once while pages are added: no error, no lost write, no long wait, and memory stays.

STEMMA_LOAD_SECONDS: how long each half lasts; 300 unless told.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from stemma.archive import Archive
from stemma.notebook import Notebook
from stemma.notebook import watches as notes

pytestmark = pytest.mark.soak
SECONDS = float(os.environ.get("STEMMA_LOAD_SECONDS", "300"))
READERS = 20
PAUSE = 1.0  #: seconds, about, that a reader looks at a page; people take longer
SLOWER = 3.0  #: times the quiet p95 that the busy one may be
FLOOR = 0.2  #: seconds below which nobody calls it waiting: three times next to nothing is nothing
GROWTH = 1.25  #: of the server's memory from the first fifth of the busy half to its end
WORDS = ("harbour", "channel", "ferry", "pilots", "minister", "treaty", "dredgers", "gulf")
#: Adds ten pages at a time, each unlike the others, until its input ends; tells how many.
ADDER = """
import sys, threading, pathlib
from stemma import flow
path, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
count = 0
print("ready", flush=True)
while not stop.is_set():
    some = []
    for _ in range(10):
        file = folder / f"page{count}.txt"
        file.write_text(f"KARVIS, October 24. /SARVA/. “Lamp {count} of the harbour is lit,” Minister Kim Vael said.\\n"
                        f"“Ferry {count * 7} is late by {count} minutes,” pilot Dana Wirt told reporters.\\n")
        some.append(str(file))
        count += 1
    flow.add(path, some)
print(count, flush=True)
"""


class Server:
    """The reader, in a process of its own."""

    def __init__(self, path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            "stemma",
            "serve",
            "--archive",
            str(path),
            "--port",
            str(self.port),
            "--no-raw",
        ]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert "Reading" in self.process.stderr.readline()

    def memory(self) -> int:
        """Kilobytes that it has in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1))

    def seconds(self) -> float:
        """CPU time that it took."""
        parts = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        self.process.stderr.close()


class Reader(threading.Thread):
    """Goes from page to page, and now and then notes something."""

    def __init__(self, port: int, number: int, ends: float) -> None:
        super().__init__()
        self.port, self.number, self.ends = port, number, ends
        self.chance, self.seen = random.Random(number), ["/"]
        self.waits: list[float] = []
        self.errors: list[str] = []
        self.noted: list[str] = []

    def run(self) -> None:
        conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            while time.monotonic() < self.ends:
                self.look(conn)
                time.sleep(self.chance.uniform(0.5, 1.5) * PAUSE)
        except OSError as error:
            self.errors.append(repr(error))
        finally:
            conn.close()

    def look(self, conn: http.client.HTTPConnection) -> None:
        kind = self.chance.random()
        if kind < 0.4:
            page = self.ask(conn, "/search?" + urlencode({"q": self.chance.choice(WORDS)}))
        elif kind < 0.5:
            page = self.ask(conn, f"/api/statements?limit=10&q={self.chance.choice(WORDS)}")
        elif kind < 0.55:
            self.note(conn)
            return
        else:
            page = self.ask(conn, self.chance.choice(self.seen))
        self.seen = (self.seen + re.findall(r'href="(/[sapw]/[a-z0-9]+)"', page))[-200:]

    def ask(self, conn: http.client.HTTPConnection, address: str, body: str | None = None) -> str:
        began = time.monotonic()
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        conn.request("POST" if body else "GET", address, body, headers)
        answer = conn.getresponse()
        text = answer.read().decode()
        self.waits.append(time.monotonic() - began)
        if answer.status not in {200, 301, 303}:
            self.errors.append(f"{answer.status} {address}")
        return text

    def note(self, conn: http.client.HTTPConnection) -> None:
        token = re.search(r'name="token" value="([^"]+)"', self.ask(conn, "/watch")).group(1)
        name = f"reader {self.number}, {len(self.noted)} of {self.ends}"
        self.ask(
            conn,
            "/watch",
            urlencode({"token": token, "name": name, "query": "q=none", "channel": "feed", "least": "1"}),
        )
        self.noted.append(name)


def read(port: int, watch=lambda: None) -> list[Reader]:
    """Twenty readers for as long as they read."""
    readers = [Reader(port, number, time.monotonic() + SECONDS) for number in range(READERS)]
    for each in readers:
        each.start()
    while any(each.is_alive() for each in readers):
        watch()
        time.sleep(min(2.0, SECONDS / 20))
    return readers


def p95(readers: list[Reader]) -> float:
    waits = sorted(wait for each in readers for wait in each.waits)
    return waits[int(0.95 * (len(waits) - 1))]


def test_twenty_readers_while_pages_are_added(whole: Path, tmp_path: Path) -> None:
    import shutil

    path, folder = tmp_path / "a.stemma", tmp_path / "pages"
    shutil.copytree(whole, path)
    folder.mkdir()
    server = Server(path)
    try:
        quiet = read(server.port)
        adder = subprocess.Popen([sys.executable, "-c", ADDER, str(path), str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # fmt: skip
        assert adder.stdout.readline() == "ready\n"
        memory, cpu = [], server.seconds()
        busy = read(server.port, lambda: memory.append(server.memory()))
        cpu = server.seconds() - cpu
        added = int(adder.communicate(timeout=120)[0])
    finally:
        server.close()
    asked = [sum(len(each.waits) for each in some) for some in (quiet, busy)]
    early = max(memory[: max(1, len(memory) // 5)])
    print(  # noqa: T201 (the figures are what it is for)
        f"quiet: {asked[0]} requests, p95 {p95(quiet):.3f} s; while {added} pages came: {asked[1]} requests, p95 {p95(busy):.3f} s; "
        f"{cpu / asked[1] * 1000:.1f} ms of CPU a request; memory {early / 1024:.0f} MB, then {memory[-1] / 1024:.0f} MB"
    )
    assert [error for each in (*quiet, *busy) for error in each.errors] == []
    assert p95(busy) <= max(FLOOR, SLOWER * p95(quiet))
    assert memory[-1] <= GROWTH * early
    _nothing_is_lost(path, added, {name for each in (*quiet, *busy) for name in each.noted})


def _nothing_is_lost(path: Path, added: int, noted: set[str]) -> None:
    with Archive.open(path) as archive:
        assert archive.totals().documents == 22 + added
    with Notebook(path) as notebook:
        assert {each.name for each in notes.watches(notebook)} == noted
