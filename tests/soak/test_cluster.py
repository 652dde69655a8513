"""The same record set from this machine's engine, from Daft, and from Daft on a Ray cluster that loses a node."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from bench.pages import pages as generated
from stemma import cluster, collect, flow
from stemma.archive import Archive
from stemma.records import Stated

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(find_spec("daft") is None, reason="Daft is not here: pip install 'stemma-archive[cluster]'"),
]
NEEDS_RAY = pytest.mark.skipif(
    find_spec("ray") is None, reason="Ray is not here: pip install 'stemma-archive[cluster]'"
)
COUNT, AT_ONCE = 160, 16  #: pages, and how many lie in one file
PORT = "6397"
#: Addresses of their own on loopback: Ray takes 127.0.0.1 for "whatever address this machine has".
NODES = ("127.0.0.2", "127.0.0.3", "127.0.0.4")
#: A plug-in that takes the process with it at one page.
POISON = """
import os, signal
def poison(page):
    if "POISON" in page.document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return []
"""
WORK = """
import sys
from stemma import cluster
from stemma.stage import Manner
cluster.start(sys.argv[2] or None, 2)
cluster.work(cluster.Folder(sys.argv[1]), Manner("rules"), lambda part: print(part, flush=True))
"""


@pytest.fixture(scope="module")
def rows():
    """Pages that repeat each other, have lines in common, were captured twice, or are none."""
    made = [{**row, "fetched": "2025-10-24T09:14:00Z"} for row in generated(COUNT)]
    for row in made[::3]:
        row["text"] += "\n\nSubscribe to the morning letter of the Dorn Post and read more of what moves us."
    edited = [{**row, "text": row["text"].replace("harbour", "port", 2), "fetched": "2025-10-25"} for row in made[::8]]
    stated = [{**row, "outlet": "Aldergate Mail"} for row in made[::16]]
    made += edited + stated
    made.append({"url": "https://dornpost.example/none", "text": "\x00\x01\x02" * 300})
    made.append(
        {"url": "https://dornpost.example/poison", "text": "POISON. " + "Mr. Vael said that it was late. " * 20}
    )
    return made


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A folder with the plug-in, as an installed program of its own."""
    place = tmp_path_factory.mktemp("cluster")
    told = place / "plug" / "poison-1.dist-info"
    told.mkdir(parents=True)
    (place / "plug" / "poison.py").write_text(POISON)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: poison\nVersion: 1\n")
    (told / "entry_points.txt").write_text("[stemma.annotate]\npoison = poison:poison\n")
    sys.path.insert(0, str(place / "plug"))
    for known in (flow.annotators, flow.meetings):
        known.cache_clear()
    yield place
    sys.path.remove(str(place / "plug"))
    for known in (flow.annotators, flow.meetings):
        known.cache_clear()


@pytest.fixture(scope="module")
def sources(rows, place) -> list[str]:
    files = []
    for n in range(0, len(rows), AT_ONCE):
        files.append(place / f"{n}.jsonl")
        files[-1].write_text("".join(json.dumps(row) + "\n" for row in rows[n : n + AT_ONCE]))
    return [str(each) for each in files]


@pytest.fixture(scope="module")
def local(sources, place) -> bytes:
    flow.take(place / "local.stemma", collect.captures(sources, Stated()), way="rules")
    records = exported(place / "local.stemma")
    assert b"died (SIGKILL)" in records
    return records


def exported(path: Path) -> bytes:
    with Archive.open(path) as archive:
        return b"".join(archive.export(bodies=True))


def captured(address: str, sources: list[str]) -> cluster.Folder:
    folder = cluster.Folder(address)
    for each in sources:
        cluster.write_captures(folder, collect.captures([each], Stated()))
    return folder


def environment(place: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(place / "plug"), *filter(None, sys.path)])}


def working(place: Path, address: str, ray: str = "", **more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORK, address, ray]
    env = {**environment(place), "DAFT_PROGRESS_BAR": "0", **more}
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> None:
    _, told = process.communicate(timeout=500)
    assert process.returncode == 0, told[-3000:]


def loaded(path: Path, address: str) -> bytes:
    """What an archive holds that is made of this folder; all of it must come from the engine."""
    _, given = cluster.load(path, cluster.Folder(address))
    assert (given.missed_pages, given.missed_keys) == (0, 0)
    assert given.pages > COUNT
    assert given.keys > COUNT
    return exported(path)


def test_daft_on_this_machine(sources, place, local):
    address = str(place / "native")
    captured(address, sources)
    ended(working(place, address))
    assert loaded(place / "native.stemma", address) == local


def test_an_archive_that_has_other_pages_compares_them_too(sources, place, local):
    """What the engine gave for some pages counts for them; where further ones share a key, it is asked anew."""
    flow.take(place / "more.stemma", collect.captures(sources[:4], Stated()), way="rules")
    half = captured(str(place / "half"), sources[4:])
    ended(working(place, half.address))
    _, given = cluster.load(place / "more.stemma", cluster.Folder(half.address))
    assert given.missed_keys > 0
    assert exported(place / "more.stemma") == local


@pytest.fixture
def store(tmp_path) -> Iterator[dict[str, str]]:
    """An S3 server of moto's on loopback; the variables by which it is found."""
    server = os.environ.get("STEMMA_MOTO") or shutil.which("moto_server")
    if not server:
        pytest.skip("moto's server is not here; it needs an environment of its own: $STEMMA_MOTO names moto_server")
    port = "5571"
    process = subprocess.Popen(
        [server, "-H", "127.0.0.1", "-p", port], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        yield {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
            "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
        }  # fmt: skip
    finally:
        process.terminate()
        process.wait()


def test_an_object_store(sources, place, local, store, monkeypatch):
    from pyarrow import fs

    for name, value in store.items():
        monkeypatch.setenv(name, value)
    bucket = fs.S3FileSystem(endpoint_override=store["AWS_ENDPOINT_URL"], allow_bucket_creation=True)
    wait_for(lambda: bucket.create_dir("stemma"))
    captured("s3://stemma/october", sources)
    ended(working(place, "s3://stemma/october"))
    assert loaded(place / "store.stemma", "s3://stemma/october") == local


def wait_for(done, seconds=60):
    end = time.monotonic() + seconds
    while True:
        try:
            return done()
        except Exception:
            if time.monotonic() > end:
                raise
            time.sleep(0.5)


@pytest.fixture
def nodes(place, tmp_path) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Three Ray nodes, each a group of processes of its own."""
    ray = [str(Path(sys.executable).with_name("ray")), "start", "--block", "--disable-usage-stats", "--num-cpus", "1"]
    started: dict[str, subprocess.Popen[bytes]] = {}
    short = Path("/tmp") / f"stemma-ray-{os.getpid()}"  # sockets have short names
    for address in NODES:
        head = ["--head", "--port", PORT, "--include-dashboard", "false", "--temp-dir", str(short)]
        joins = ["--address", f"{NODES[0]}:{PORT}"]
        command = [*ray, "--object-store-memory", "150000000", "--node-ip-address", address]
        started[address] = subprocess.Popen(
            [*command, *(joins if started else head)], env={**environment(place), "RAY_USAGE_STATS_ENABLED": "0"},
            start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(15 if address == NODES[0] else 8)
    yield started
    for each in started.values():
        end(each)
    shutil.rmtree(short, ignore_errors=True)


def end(node: subprocess.Popen[bytes]) -> None:
    """A node as a machine goes that loses its power: everything at once."""
    for process in of_session(node.pid):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    node.wait()


def of_session(leader: int) -> list[int]:
    """Processes that a node started, and those that these started, in whatever session."""
    parents = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(each.parent.name)] = int(each.read_text().rpartition(")")[2].split()[1])
    found = {leader}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return sorted(found)


def reads(node: subprocess.Popen[bytes]) -> bool:
    """Whether one of its processes is a worker of ours that reads pages."""
    for each in of_session(node.pid):
        with suppress(OSError):
            if b"serve_stranger" in Path(f"/proc/{each}/cmdline").read_bytes():
                return True
    return False


@NEEDS_RAY
def test_a_cluster_that_loses_a_node(sources, place, local, nodes):
    address = str(place / "ray")
    captured(address, sources)
    process = working(place, address, f"{NODES[0]}:{PORT}", RAY_ADDRESS="")
    assert process.stdout
    assert process.stdout.readline() == "pages\n"
    began = time.monotonic()
    while not (lost := next((each for each in NODES[1:] if reads(nodes[each])), "")):
        assert process.poll() is None, process.communicate()[1][-3000:]
        assert time.monotonic() - began < 300
        time.sleep(0.1)
    end(nodes[lost])
    assert "pages" not in cluster.Folder(address).made  # it was lost while it was needed
    ended(process)
    assert loaded(place / "ray.stemma", address) == local
