"""Files, folders, globs, gzip, ZIP and JSON Lines; one bad entry never costs the others."""

from __future__ import annotations

import gzip
import json
import os
import stat
import struct
import sys
import tracemalloc
import zipfile
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemma.collect import captures
from stemma.collect.pages import PAGE_LIMIT, media_type_of
from stemma.errors import BadValue
from stemma.records import Capture, Problem, Stated

PAGE = b"<!doctype html><title>Harbour</title><p>It opens."


def run(*paths, **stated):
    return list(captures([str(path) for path in paths], Stated(**stated)))


def origins(found):
    return [each.snapshot.origin for each in found if isinstance(each, Capture)]


def messages(found):
    return [each.message for each in found if isinstance(each, Problem)]


def only(found):
    (one,) = found
    return one


@pytest.fixture
def folder(tmp_path):
    for name, content in {
        "b.html": PAGE, "a.txt": b"Plain words.", "sub/c.htm": PAGE, ".hidden/d.html": PAGE, ".e.txt": b"x", "style.css": b"p {}",
        "data.json": b"[]", "photo.jpg": b"\xff\xd8\xff",
    }.items():  # fmt: skip
        path = tmp_path / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "pages"


def test_file_with_what_is_stated(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    stated = {
        "url": "https://orvo.example/1",
        "fetched": "2031-04-05T10:00:00Z",
        "published": "2031-04-05",
        "outlet": "Orvo Wire",
    }
    snapshot, payload, _ = only(run(path, **stated))
    assert payload == PAGE
    assert {name: getattr(snapshot, name) for name in stated} == stated
    assert (snapshot.origin, snapshot.media_type, snapshot.size) == ("page.html", "text/html", len(PAGE))
    assert snapshot.digest == "sha256:" + sha256(PAGE).hexdigest()


def test_folder_in_order_without_what_is_no_page(folder):
    found = run(folder)
    assert origins(found) == ["a.txt", "b.html", "c.htm"]
    assert messages(found) == []


def test_glob_and_several_paths(folder):
    assert origins(run(folder / "*.*t*", folder / "a.txt")) == ["a.txt", "b.html", "a.txt"]


def test_file_whose_name_is_a_pattern(tmp_path):
    path = tmp_path / "a[1].txt"
    path.write_bytes(b"words")
    assert origins(run(path)) == ["a[1].txt"]


def test_what_does_not_exist_is_misuse_before_anything_is_read(folder):
    with pytest.raises(BadValue, match="nothing-here"):
        captures([str(folder), "nothing-here"], Stated())
    with pytest.raises(BadValue):
        captures([str(folder / "*.nothing")], Stated())


@pytest.mark.parametrize(
    "stated",
    [
        {"fetched": "yesterday"},
        {"published": "2031-13-01"},
        {"published": "2031-02-30"},
        {"url": "javascript:alert(1)"},
        {"published": ""},
    ],
)
def test_stated_facts_that_cannot_be_read_are_misuse(folder, stated):
    with pytest.raises(BadValue):
        captures([str(folder / "a.txt")], Stated(**stated))


def test_one_address_for_several_pages_is_misuse(folder):
    with pytest.raises(BadValue, match="one page"):
        captures([str(folder)], Stated(url="https://orvo.example/1"))


def test_origin_does_not_depend_on_the_working_folder(folder, monkeypatch):
    before = run(folder)
    monkeypatch.chdir(folder.parent)
    assert run("pages") == before


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"), (b" \r\n\t ", "empty"), (b"\xef\xbb\xbf", "empty"), (b"%PDF-1.7 ...", "PDF"), (b"\x89PNG\r\n", "PNG"),
        (bytes(range(256)) * 8, "binary"), (b"a\0b" * 500, "binary"), (b"x" * (PAGE_LIMIT + 1), "larger"),
    ],
)  # fmt: skip
def test_what_is_no_page(tmp_path, content, why):
    (tmp_path / "1.txt").write_bytes(content)
    (tmp_path / "2.txt").write_bytes(b"fine")
    found = run(tmp_path)
    assert why in only(messages(found))
    assert origins(found) == ["2.txt"]
    assert found[0].about == "1.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "koi8-r", "euc-kr"])
def test_text_in_any_encoding_is_a_page(tmp_path, encoding):
    words = (
        "Harbour opens"
        if encoding == "utf-16-le"
        else {"koi8-r": "Порт открыт", "euc-kr": "항구"}.get(encoding, "Hafen öffnet")
    )
    (tmp_path / "a.txt").write_bytes(words.encode(encoding))
    assert origins(run(tmp_path)) == ["a.txt"]


def test_unreadable_file(tmp_path):
    (tmp_path / "gone.html").symlink_to(tmp_path / "nowhere")
    (tmp_path / "here.html").write_bytes(PAGE)
    found = run(tmp_path)
    assert "leads nowhere" in only(messages(found))
    assert origins(found) == ["here.html"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert "neither a file" in only(messages(run(tmp_path)))


@pytest.mark.skipif(sys.platform != "linux", reason="needs file names of any bytes")
def test_file_name_in_no_encoding(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"words")
    assert origins(run(tmp_path)) == ["caf\\xe9.txt"]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PAGE, "a.txt", "text/html"), (b"\xef\xbb\xbf<!-- x --><html>", "a", "text/html"), (PAGE.decode().encode("utf-16"), "a.html", "text/html"),
        (b"Only words", "a.html", "text/plain"), (b"<p>words", "a.html", "text/html"), (b"see <p> tags", "a.txt", "text/plain"),
        (b"see <p> tags", "a", "text/html"), (b"a < b", "a", "text/plain"), (b"words", "dir.html/a", "text/plain"),
    ],
)  # fmt: skip
def test_media_type(content, name, kind):
    assert media_type_of(content, name) == kind


def test_gzip(tmp_path):
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(PAGE))
    snapshot, payload, _ = only(run(tmp_path))
    assert (payload, snapshot.origin, snapshot.media_type) == (PAGE, "a.html.gz", "text/html")


def test_damaged_gzip(tmp_path):
    whole = gzip.compress(b"words " * 10_000)
    (tmp_path / "1.txt.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "2.txt.gz").write_bytes(b"no gzip at all")
    (tmp_path / "3.txt.gz").write_bytes(gzip.compress(b"\0" * (PAGE_LIMIT * 4)))
    (tmp_path / "4.txt.gz").write_bytes(gzip.compress(b"fine"))
    (tmp_path / "5.tar.gz").write_bytes(gzip.compress(b"tar"))
    found = run(tmp_path)
    assert origins(found) == ["4.txt.gz"]
    assert ["damaged" in message for message in messages(found)] == [True, True, False]
    assert "tar archives" in only(messages(run(tmp_path / "5.tar.gz")))


def lines(*entries):
    return b"\n".join(each if isinstance(each, bytes) else json.dumps(each).encode() for each in entries)


def test_json_lines(tmp_path):
    path = tmp_path / "pages.jsonl"
    path.write_bytes(
        lines(
            {"url": "https://orvo.example/1", "html": "<p>Ä", "fetched": "2031-04-05", "other": [1]},
            {"text": "<p>not HTML"},
            b"",
            {"text": "Words", "outlet": "Belt Press"},
        )
    )
    found = run(path, outlet="Orvo Wire")
    assert [each.snapshot.media_type for each in found] == ["text/html", "text/plain", "text/plain"]
    assert [each.snapshot.outlet for each in found] == ["Orvo Wire", "Orvo Wire", "Belt Press"]
    assert origins(found) == ["pages.jsonl"] * 3
    assert len({each.snapshot.id for each in found}) == 3


def test_bad_lines_cost_only_themselves(tmp_path):
    path = tmp_path / "pages.jsonl"
    bad = [
        b"{",
        b"[]",
        b'{"text": 5}',
        b'{"url": "https://a.example"}',
        b'{"text": "a", "html": "b"}',
        b'{"text": "\\ud800"}',
        b'{"text": " "}',
        b"\xff\xfe",
    ]
    path.write_bytes(lines(*(each for line in bad for each in (line, {"text": f"after {line!r}"}))))
    found = run(path)
    assert len(origins(found)) == len(messages(found)) == len(bad)
    assert [each.about for each in found if isinstance(each, Problem)] == [
        f"pages.jsonl, line {n}" for n in range(1, 16, 2)
    ]


def test_bad_facts_of_a_line_are_left_out(tmp_path):
    path = tmp_path / "pages.jsonl"
    path.write_bytes(lines({"text": "Words", "published": "last week", "url": "javascript:x", "fetched": "2031-04-05"}))
    found = run(path)
    assert len(messages(found)) == 2
    snapshot = next(each for each in found if isinstance(each, Capture)).snapshot
    assert (snapshot.url, snapshot.published, snapshot.fetched) == (None, None, "2031-04-05")


def test_html_from_json_is_utf8_whatever_it_declares(tmp_path):
    path = tmp_path / "pages.jsonl"
    path.write_bytes(lines({"html": '<meta charset="koi8-r"><p>Ä'}, {"html": "<p>Ä"}))
    marked, plain = run(path)
    assert marked.payload.startswith(b"\xef\xbb\xbf")
    assert plain.payload == "<p>Ä".encode()


def test_lines_before_the_end_of_a_cut_gzip_are_kept(tmp_path):
    path = tmp_path / "pages.jsonl.gz"
    whole = gzip.compress(lines(*({"text": f"{n} {sha256(bytes([n])).hexdigest() * 40}"} for n in range(100))))
    path.write_bytes(whole[: len(whole) // 2])
    found = run(path)
    assert len(origins(found)) > 10
    assert "cut short" in messages(found)[-1]


def test_overlong_line_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr("stemma.collect.formats.lines._LINE_LIMIT", 50)
    path = tmp_path / "pages.jsonl"
    path.write_bytes(lines({"text": "one"}, {"text": "x" * 500}, {"text": "two"}))
    found = run(path)
    assert [type(each) for each in found] == [Capture, Problem, Capture]


@pytest.fixture
def zipped(tmp_path):
    def write(members, name="pages.zip"):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for inner, content in members:
                archive.writestr(inner, content)
        return tmp_path / name

    return write


def test_zip(zipped):
    path = zipped(
        [
            ("x/b.html", PAGE), ("a.txt", b"words"), ("lines.jsonl", lines({"text": "one"}, b"bad")), ("c.txt.gz", gzip.compress(b"more")),
            ("__MACOSX/a.txt", b"x"), (".DS_Store", b"x"), ("logo.png", b"x"), ("dir/", b""), ("inner.zip", b"PK"),
        ]
    )  # fmt: skip
    found = run(path)
    assert origins(found) == ["pages.zip/x/b.html", "pages.zip/a.txt", "pages.zip/lines.jsonl", "pages.zip/c.txt.gz"]
    assert [each.about for each in found if isinstance(each, Problem)] == [
        "pages.zip/lines.jsonl, line 2",
        "pages.zip/inner.zip",
    ]


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:/out.txt", "..\\out.txt"])
def test_zip_slip(zipped, name):
    found = run(zipped([(name, b"words"), ("fine.txt", b"words")]))
    assert origins(found)[-1] == "pages.zip/fine.txt"
    assert len(origins(found)) == 1 or "\\" in name


def test_link_in_zip_is_not_followed(zipped):
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    found = run(zipped([(info, b"/etc/hostname"), ("fine.txt", b"words")]))
    assert origins(found) == ["pages.zip/fine.txt"]
    assert "link" in only(messages(found))


def test_zip_bomb(zipped, monkeypatch):
    monkeypatch.setattr("stemma.collect.packed.budget.ALWAYS", 1_000_000)
    path = zipped([(f"{n}.txt", b"a" * 2_000_000) for n in range(40)])
    found = run(path)
    assert 0 < len(origins(found)) < 40
    assert "bomb" in messages(found)[-1]


def test_damaged_zips(tmp_path, zipped):
    whole = zipped([("a.txt", b"words " * 1_000), ("b.txt", b"more")]).read_bytes()
    (tmp_path / "pages.zip").unlink()
    (tmp_path / "1.zip").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "2.zip").write_bytes(b"nothing like it")
    (tmp_path / "3.zip").write_bytes(whole[:40] + b"\xff" * 10 + whole[50:])
    locked = bytearray(whole)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", locked, locked.find(mark) + at, 1)
    (tmp_path / "4.zip").write_bytes(locked)
    found = run(tmp_path)
    assert origins(found) == ["3.zip/b.txt", "4.zip/b.txt"]
    assert len(messages(found)) == 4
    assert "encrypted" in messages(found)[3]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.sampled_from(["a.zip", "a.jsonl", "a.txt.gz", "a.html"]), st.integers(0, 400), st.integers(1, 255))
def test_no_flipped_byte_stops_the_rest(tmp_path, name, at, bits):
    whole = bytearray(
        {
            "a.zip": _small_zip(tmp_path), "a.jsonl": lines({"text": "one"}, {"text": "two"}),
            "a.txt.gz": gzip.compress(b"words " * 50), "a.html": PAGE,
        }[name]
    )  # fmt: skip
    whole[at % len(whole)] ^= bits
    (tmp_path / name).write_bytes(whole)
    (tmp_path / "z.txt").write_bytes(b"last")
    assert origins(run(tmp_path / name, tmp_path / "z.txt"))[-1] == "z.txt"
    (tmp_path / name).unlink()


def _small_zip(folder):
    path = folder / "small.tmp"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"words " * 20)
        archive.writestr("b.jsonl", b'{"text": "one"}')
    return path.read_bytes()


def test_memory_stays_the_same(tmp_path):
    path = tmp_path / "pages.jsonl"
    with path.open("wb") as file:
        for n in range(300):
            file.write(json.dumps({"text": f"{n} " + "word " * 4_000}).encode() + b"\n")
    tracemalloc.start()
    count = sum(1 for _ in captures([str(path)], Stated()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 300
    assert peak < 2_000_000 < path.stat().st_size


def test_too_little_memory_costs_only_the_page(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(b"words")
    (tmp_path / "b.txt").write_bytes(b"more words")

    def capture(payload, origin, stated):
        if payload == b"words":
            raise MemoryError
        return real(payload, origin, stated)

    from stemma.collect.packed import opening

    real = opening.capture
    monkeypatch.setattr("stemma.collect.packed.opening.capture", capture)
    found = run(tmp_path)
    assert origins(found) == ["b.txt"]
    assert "memory" in only(messages(found))


@pytest.mark.parametrize("count", [10, 40])
def test_a_page_of_comments_is_told_at_once(count):
    head = b"<!---->" * count
    assert media_type_of(head + b"<html>", "a") == "text/html"
    assert media_type_of(head + b"words", "a") == "text/plain"


def test_names_in_messages_are_on_one_line(tmp_path):
    (tmp_path / "a\nb\u202e\x1b.txt").write_bytes(b"")
    (problem,) = run(tmp_path)
    assert problem.about == "a\\nb\\u202e\\x1b.txt"
    assert problem.message.startswith(f"{problem.about}: it is empty")


def test_a_pattern_that_goes_in_circles_gives_each_file_once(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_bytes(b"words")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    assert origins(run(tmp_path / "**" / "*.txt")) == ["a.txt"]
