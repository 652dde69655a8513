"""A disk that is full or may not be written gives one clear line, and what was kept before stays whole."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from contextlib import contextmanager, suppress

import pytest

from stemma import flow
from stemma.errors import NoArchive

LIMITS = [
    0,
    20_000,
    60_000,
    200_000,
    *(pytest.param(n, marks=pytest.mark.soak) for n in range(250_000, 650_000, 50_000)),
]


def only_line(done):
    """The one line that was told; ``stemma add`` may print its counts before."""
    assert done.returncode == 2, (done.returncode, done.stderr)
    assert "Traceback" not in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("stemma: ")]
    return line


@pytest.mark.parametrize("limit", LIMITS)
def test_file_size_limit(limit, pages, records, kit, tmp_path):
    """No file may grow beyond the limit, as on a disk that is full."""
    path = tmp_path / "a.stemma"
    flow.add(path, pages[:3])
    held = kit.exported(path)
    done = kit.command(
        "add", "--archive", str(path), *pages,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    if done.returncode != 0:
        assert only_line(done)
    assert kit.complaints(path) == []
    assert set(held.splitlines()) <= set(kit.exported(path).splitlines()) | set(records.splitlines())
    flow.add(path, pages)
    assert kit.complaints(path) == []
    assert kit.exported(path) == records


@contextmanager
def mounted(*arguments):
    """A folder under another file system; skips where that is not allowed."""
    done = subprocess.run(["mount", *arguments], check=False, capture_output=True)
    if done.returncode:
        pytest.skip("needs the right to mount")
    try:
        yield
    finally:
        subprocess.run(["umount", arguments[-1]], check=True)


@pytest.mark.soak
@pytest.mark.parametrize("size", ["400k", "800k", "1200k", "1500k"])
def test_small_tmpfs(size, pages, records, kit, tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    with mounted("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)):
        told = only_line(kit.command("add", "--archive", str(folder / "a"), *pages)).lower()
        assert "full" in told or "no space" in told
        shutil.copytree(folder / "a", tmp_path / "a")
    with suppress(NoArchive):  # the smallest disk holds not even an empty one
        assert kit.complaints(tmp_path / "a") == []
    flow.add(tmp_path / "a", pages)
    assert kit.complaints(tmp_path / "a") == []
    assert kit.exported(tmp_path / "a") == records


@pytest.mark.parametrize("command", ["add", "check", "find"])
def test_read_only_archive(command, pages, whole, kit, tmp_path):
    """Root may write where the permissions forbid it: for root the folder is mounted read-only."""
    path = tmp_path / "a.stemma"
    shutil.copytree(whole, path)
    words = {"add": pages, "find": ["harbour"], "check": []}[command]
    if os.geteuid() == 0:
        with mounted("--bind", "-o", "ro", str(path), str(path)):
            done = kit.command(command, "--archive", str(path), *words)
    else:
        for each in [*path.rglob("*"), path]:
            each.chmod(0o555 if each.is_dir() else 0o444)
        done = kit.command(command, "--archive", str(path), *words)
        for each in [path, *path.rglob("*")]:
            each.chmod(0o755 if each.is_dir() else 0o644)
    if command == "add":
        assert "read" in only_line(done)
    else:
        assert done.returncode == 0, done.stderr
    assert kit.complaints(path) == []
    assert kit.exported(path) == kit.exported(whole)
