"""Hostile and damaged input costs itself alone, and not more than its share."""

from __future__ import annotations

import gzip
import json
import os
import stat
import zipfile

import pytest

from bench import hostile
from bench.pages import Maker
from stemma import flow
from stemma.archive import Archive

MEGABYTE = 2**20
MOST_MEMORY = 1_000  #: megabytes of a process that adds
MOST_SECONDS = 180  #: of CPU, comparing and writing included; the dearest input takes a third
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


def test_names_that_would_steer_a_screen(kit, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("a\x1b[2Jb.txt", "a\u202etxt.exe.txt", "a\nb.txt", "é.txt", "e\u0301.txt", "x" * 250 + ".txt"):
        (folder / name).write_bytes(b"\x89PNG " + name.encode())
    flow.add(tmp_path / "a", [str(folder)])
    told = problems(tmp_path / "a")
    assert len(told) == 6
    assert all(message.isprintable() for message in told)
    assert kit.complaints(tmp_path / "a") == []


def test_a_folder_gives_nothing_of_what_lies_outside(kit, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD)
    (tmp_path / "secret.txt").write_text(GOOD + " Secret words")
    for name, target in {
        "a.txt": "/etc/passwd", "b.txt": "../secret.txt", "c.txt": "c.txt", "d.txt": "gone", "e": "/etc", "zero.txt": "/dev/zero",
    }.items():  # fmt: skip
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "pipe.txt")
    totals = flow.add(tmp_path / "a", [str(folder)])
    assert (totals.pages, totals.problems) == (1, 7)
    assert flow.add(tmp_path / "a", [str(folder / "b.txt")]).pages == 2  # by name it is followed
    assert kit.complaints(tmp_path / "a") == []


def test_packed_files_with_more_or_less_in_them(kit, tmp_path):
    whole = gzip.compress(GOOD.encode())
    for name, content in {
        "trailing.txt.gz": whole + b"trailing", "twice.txt.gz": whole + gzip.compress(b" and more"), "padded.txt.gz": whole + bytes(512),
        "cut.txt.gz": whole[:-9], "empty.txt.gz": b"", "none.txt.gz": b"words",
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(content)
    totals = flow.add(tmp_path / "a", [str(tmp_path)])
    assert totals.pages == 3
    assert sorted(each.partition(":")[0] for each in problems(tmp_path / "a")) == [
        "cut.txt.gz", "empty.txt.gz", "none.txt.gz", "trailing.txt.gz"
    ]  # fmt: skip
    assert kit.complaints(tmp_path / "a") == []


def test_lines_of_json_at_their_worst(kit, tmp_path):
    page = {"url": "https://orvo.example/1", "text": GOOD}
    lines = [
        b"\xef\xbb\xbf" + json.dumps(page).encode(),
        b'{"text": "one", "text": ' + json.dumps(f"{GOOD} of two").encode() + b"}",  # the last of two counts
        b'{"text": "\\ud800"}', b'{"x":' * 100_000, b"[" * 100_000, b"\xff\xfe{", b'{"text": "\x00"}', b"\0" * 100, b"null",
        b'{"text": 1e999}', json.dumps({"text": GOOD, "url": "https://orvo.example/\u202e"}).encode(),
    ]  # fmt: skip
    (tmp_path / "lines.jsonl").write_bytes(b"\n".join(lines))
    totals = flow.add(tmp_path / "a", [str(tmp_path / "lines.jsonl")])
    assert totals.pages == 3
    assert totals.problems == 8
    assert kit.complaints(tmp_path / "a") == []


def test_a_file_of_nothing_but_bad_lines_is_told_in_short(tmp_path):
    (tmp_path / "lines.jsonl").write_bytes(b"[]\n" * 1_500 + json.dumps({"text": GOOD}).encode())
    totals = flow.add(tmp_path / "a", [str(tmp_path / "lines.jsonl")])
    assert (totals.pages, totals.problems) == (1, 1_001)
    assert any("500 more of its entries" in message for message in problems(tmp_path / "a"))


def test_pages_that_vanish_or_shrink_while_others_are_read(tmp_path):
    from stemma.collect import captures
    from stemma.records import Problem, Stated

    for n in range(4):
        (tmp_path / f"{n}.txt").write_text(f"{GOOD} {n}")
    found = captures([str(tmp_path)], Stated())
    first = next(found)
    (tmp_path / "1.txt").unlink()
    (tmp_path / "2.txt").write_text("")
    rest = list(found)
    assert not isinstance(first, Problem)
    assert [each.message.partition(" (")[0] for each in rest if isinstance(each, Problem)] == [
        "1.txt: it cannot be read", "2.txt: it is empty; fetch the page again or leave the file out."
    ]  # fmt: skip
    assert [each.snapshot.origin for each in rest if not isinstance(each, Problem)] == ["3.txt"]


@pytest.mark.soak
@pytest.mark.parametrize("name", hostile.NAMES)
def test_input_made_to_cost(kit, tmp_path, name):
    found = hostile.cost(name, tmp_path)
    assert found.status in {0, 1}, found.told
    assert found.megabytes < MOST_MEMORY
    assert found.seconds < MOST_SECONDS
    assert kit.complaints(tmp_path / "a") == []
    assert found.pages >= {
        "too_large": 0,
        "nul.txt": 0,
        "many_large": 12,
        "many_small": 9_000,
        "bomb": 0,
        "bad_lines": 2,
    }.get(name, 1)


@pytest.mark.soak
@pytest.mark.parametrize("workers", [1, 4])
def test_large_pages_go_one_at_a_time(kit, tmp_path, workers):
    """However many workers there are: what they hold together stays below a gigabyte."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (
        "statements.txt",
        "linked_paragraphs.html",
        "short_lines.txt",
        "names.txt",
        "table.html",
        "one_line.html",
    ):
        hostile.write_page(folder, name)
    found = hostile.added(tmp_path / "a", folder, workers=workers)
    assert found.status in {0, 1}, found.told
    assert found.pages == 6
    assert found.megabytes < MOST_MEMORY
    assert kit.complaints(tmp_path / "a") == []


@pytest.mark.soak
@pytest.mark.parametrize("name", ["links.html", "statements.txt", "million_members", "many_small"])
@pytest.mark.parametrize("limits", [{"RLIMIT_NOFILE": 32}, {"RLIMIT_AS": 700 * MEGABYTE}])
def test_little_room(kit, tmp_path, name, limits):
    """With few files or little memory the work ends with a word and can go on."""
    found = hostile.cost(name, tmp_path, limits)
    assert "Traceback" not in found.told
    assert found.status in {0, 1, 2}
    again = hostile.added(tmp_path / "a", next((tmp_path / "in").iterdir()))
    assert again.status in {0, 1}
    assert kit.complaints(tmp_path / "a") == []


@pytest.mark.soak
def test_one_page_of_a_megabyte(kit, tmp_path):
    maker = Maker(5)
    paragraphs = [maker.paragraph(maker.name()) for _ in range(2_750)]
    (tmp_path / "long.txt").write_text("\n\n".join(["ORVO, March 4. -- The year in words", *paragraphs]))
    found = hostile.added(tmp_path / "a", tmp_path / "long.txt")
    assert (found.pages, found.problems) == (1, ())
    with Archive.open(tmp_path / "a") as archive:
        assert archive.totals().statements > 2_500
    assert found.megabytes < MOST_MEMORY
    assert kit.complaints(tmp_path / "a") == []
