"""Hostile and damaged input costs itself alone, and not more than its share."""

from __future__ import annotations

import resource
import stat
import time
import zipfile

import pytest

from bench.pages import Maker
from stemma import flow
from stemma.archive import Archive

MEGABYTE = 2**20
GOOD = """Lamps stay lit along the quay

ORVO, March 4. -- The lamps along the quay will stay lit until the ice is gone, the mayor of Orvo said on Tuesday.

“Nobody shall fall into my harbour while I am mayor,” Tamsin Orle told reporters at the town hall.

The council will vote on the cost of the oil next week. Number"""


def problems(path):
    with Archive.open(path) as archive:
        return [each.message for each in archive.problems()]


def linked(archive, name, target):
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, target)


def test_zip_that_does_its_worst(kit, tmp_path):
    source = tmp_path / "worst.zip"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../slip.txt", GOOD)
        archive.writestr("/etc/slip.txt", GOOD)
        archive.writestr("C:/slip.txt", GOOD)
        linked(archive, "link.txt", "/etc/hostname")
        archive.writestr("nul\0name.txt", GOOD + " 1")  # ends at the NUL, says ZIP: a name without an ending
        archive.writestr("имя/ŏm.txt", GOOD + " 2")
        archive.writestr("nul.txt", "\0" * 5_000 + GOOD)
        archive.writestr("inner.zip", b"PK\x03\x04")
        archive.writestr("bomb.txt", b"a" * (80 * MEGABYTE))
        archive.writestr("good.txt", GOOD)
    totals = flow.add(tmp_path / "a", [str(source)])
    assert totals.pages == 2
    assert totals.problems == len(problems(tmp_path / "a")) == 7
    assert kit.complaints(tmp_path / "a") == []
    assert not list(tmp_path.rglob("slip.txt"))


def test_names_and_bytes_in_odd_encodings(kit, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for n, name in enumerate(
        (b"caf\xe9.txt", "имя.txt".encode("koi8-r"), b"line\nbreak.txt", "é\u0301".encode() + b".txt")
    ):
        (folder.joinpath(*[name.decode("utf-8", "surrogateescape")])).write_text(f"{GOOD} {n}")
    for n, encoding in enumerate(("utf-16", "utf-16-le", "utf-32", "cp1251", "shift_jis", "utf-7")):
        (folder / f"{encoding}.txt").write_bytes(
            f"{GOOD} {n} {encoding}".replace("“", '"').replace("”", '"').encode(encoding)
        )
    totals = flow.add(tmp_path / "a", [str(folder)])
    assert totals.pages + totals.problems == 10
    assert totals.documents >= 8
    assert kit.complaints(tmp_path / "a") == []


@pytest.mark.soak
def test_ten_thousand_tiny_files(kit, tmp_path):
    folder = tmp_path / "tiny"
    folder.mkdir()
    for n in range(10_000):
        (folder / f"{n}.txt").write_text(f"Page {n}." if n % 10 else "")
    began = time.process_time()
    totals = flow.add(tmp_path / "a", [str(folder)])
    assert (totals.pages, totals.problems) == (9_000, 10_000)  # 1,000 are empty, the others hold no story
    assert time.process_time() - began < 120
    assert kit.complaints(tmp_path / "a") == []


@pytest.mark.soak
def test_zip_of_many_entries(tmp_path):
    source = tmp_path / "many.zip"
    with zipfile.ZipFile(source, "w") as archive:
        for n in range(120_000):
            archive.writestr(f"{n}.bin", b"")
    assert flow.add(tmp_path / "a", [str(source)]).problems == 1
    assert "120000 members" in problems(tmp_path / "a")[0]


@pytest.mark.soak
def test_one_page_of_four_megabytes_and_one_too_large(kit, tmp_path):
    maker = Maker(5)
    paragraphs = [maker.paragraph(maker.name()) for _ in range(16_000)]
    (tmp_path / "long.txt").write_text("\n\n".join(["ORVO, March 4. -- The year in words", *paragraphs]))
    (tmp_path / "huge.txt").write_bytes(b"a" * (50 * MEGABYTE))
    began = time.process_time()
    totals = flow.add(tmp_path / "a", [str(tmp_path / "long.txt"), str(tmp_path / "huge.txt")])
    assert (totals.pages, totals.documents, totals.problems) == (1, 1, 1)
    assert totals.statements > 10_000
    assert time.process_time() - began < 120
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1.5 * MEGABYTE  # kilobytes
    assert kit.complaints(tmp_path / "a") == []
