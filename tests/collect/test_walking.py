"""Folders: order, depth, links."""

from __future__ import annotations

import os
import subprocess
import tracemalloc
from pathlib import Path

import pytest

from stemma.collect.files import entries
from stemma.collect.walking import files_below
from stemma.records import Problem, Stated

TEXT = {".txt"}


def found(folder):
    return [
        each.about + ": " + each.message.partition(": ")[2]
        if isinstance(each, Problem)
        else str(each.relative_to(folder))
        for each in files_below(folder, TEXT)
    ]


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "pages"
    path.mkdir()
    return path


def write(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_in_order_of_names_without_hidden_and_other_files(folder):
    write(folder, "b.txt", "a/z.txt", "a/b/c.txt", "c.css", ".hidden/x.txt", ".y.txt", "B.txt")
    assert found(folder) == ["B.txt", "a/b/c.txt", "a/z.txt", "b.txt"]


def test_links_inside_are_read_and_links_outside_are_told(folder, tmp_path):
    write(folder, "sub/a.txt")
    write(tmp_path, "secret.txt", "elsewhere/b.txt")
    for name, target in {
        "in.txt": "sub/a.txt", "out.txt": "../secret.txt", "passwd.txt": "/etc/passwd", "inside": "sub", "outside": "../elsewhere",
        "nowhere.txt": "gone", "me.txt": "me.txt", "up": "..", "here": ".", "other.css": "/etc/passwd",
    }.items():  # fmt: skip
        (folder / name).symlink_to(target)
    told = found(folder)
    assert [each for each in told if ":" not in each] == ["in.txt", "sub/a.txt"]
    assert {each.partition(":")[0] for each in told if "elsewhere" in each} == {
        "out.txt",
        "passwd.txt",
        "outside",
        "up",
    }
    assert {each.partition(":")[0] for each in told if "nowhere" in each} == {"nowhere.txt", "me.txt"}


def test_a_folder_given_by_a_link_is_gone_through(folder, tmp_path):
    write(folder, "a.txt")
    link = tmp_path / "link"
    link.symlink_to(folder)
    assert found(link) == ["a.txt"]


def test_a_link_to_a_folder_whose_name_begins_alike_leads_outside(folder, tmp_path):
    write(tmp_path, "pages2/a.txt")
    (folder / "a.txt").symlink_to("../pages2/a.txt")
    assert "elsewhere" in found(folder)[0]


@pytest.fixture
def deepen(folder, monkeypatch):
    """Folders in one another, deeper than a path can say."""

    def make(name, count):
        monkeypatch.chdir(folder)
        for _ in range(count):
            Path(name).mkdir()
            os.chdir(name)
        Path("deep.txt").write_text("words", encoding="utf-8")
        os.chdir(folder)

    yield make
    subprocess.run(["rm", "-rf", *folder.iterdir()], check=True)  # pytest's own tidying is as deep as Python may call


def test_depth_is_no_matter(folder, deepen):
    deepen("d", 1_200)  # more than Python may call within calls
    assert found(folder)[0].endswith("d/deep.txt")


def test_a_path_too_long_is_told(folder, deepen):
    deepen("d" * 250, 20)
    write(folder, "z.txt")
    long, fine = entries(folder, Stated())
    assert "too long" in long.message
    assert len(long.message) < 500
    assert fine.snapshot.origin == "z.txt"


def test_a_folder_that_vanishes_costs_only_itself(folder):
    write(folder, "a/x.txt", "b.txt")
    walk = files_below(folder, TEXT)
    assert next(walk).name == "x.txt"
    (folder / "b.txt").unlink()
    assert [each.name for each in walk] == ["b.txt"]  # whoever opens it tells that it is gone


def test_a_full_folder_takes_little_memory(folder):
    for n in range(3_000):
        (folder / f"{n}.txt").touch()
    tracemalloc.start()
    count = sum(1 for _ in files_below(folder, TEXT))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3_000
    assert peak < 3_000 * 400
