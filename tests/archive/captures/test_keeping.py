"""Bytes kept once, read again, put back."""

from __future__ import annotations

import pytest

from stemma.archive import Archive
from stemma.archive.captures import keeping
from stemma.archive.captures.keeping import DAMAGE

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases


def fill(folder, warc, *captures):
    with Archive.open(folder, create=True) as archive:
        return [archive.keep(each, warc.AT) for each in captures]


def held(folder):
    with Archive.open(folder) as archive:
        return list(archive.pending_snapshots())


def complaints(folder):
    with Archive.open(folder) as archive:
        return [each.message for each in archive.check()]


def flip(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 16
    path.write_bytes(content)


def places(folder):
    with Archive.open(folder) as archive:
        return archive._store.all("SELECT offset, length, holder FROM capture ORDER BY snapshot")


def test_captures_come_back(warc, tmp_path):
    captures = [warc.capture(), warc.asked(), warc.capture(b""), warc.capture(bytes(range(256)) * 5_000)]
    assert fill(tmp_path, warc, *captures) == [True] * 4
    assert held(tmp_path) == captures
    with Archive.open(tmp_path) as archive:
        assert [archive.payload(each.snapshot.id) for each in captures] == [each.payload for each in captures]


def test_another_program_reads_all(warc, tmp_path):
    captures = [warc.capture(), warc.asked(), warc.asked(b"<p>Lamps stay lit.</p>", "https://dornpost.example/again")]
    fill(tmp_path, warc, *captures)
    head, page, response, request, again, its_request = warc.seen(*warc.segments_of(tmp_path))
    assert [each.kind for each in (head, page, response, request, again, its_request)] == [
        "warcinfo", "resource", "response", "request", "revisit", "request",
    ]  # fmt: skip
    assert page.payload == captures[0].payload
    assert response.payload == captures[1].payload
    assert response.http.get_statuscode() == again.http.get_statuscode() == "200"
    assert response.passed is True
    assert request.http.protocol == "GET"
    assert again.payload == b""
    assert again.fields["WARC-Refers-To-Target-URI"] == response.fields["WARC-Target-URI"]


def test_keeping_again_writes_nothing(warc, tmp_path):
    captures = [warc.capture(), warc.asked()]
    fill(tmp_path, warc, *captures)
    before = [path.read_bytes() for path in warc.segments_of(tmp_path)]
    assert fill(tmp_path, warc, *captures) == [False, False]
    assert [path.read_bytes() for path in warc.segments_of(tmp_path)] == before


def test_same_bytes_lie_there_once(warc, tmp_path):
    payload = bytes(range(256)) * 400
    captures = [warc.capture(payload, origin=f"{n}.txt") for n in range(5)]
    fill(tmp_path, warc, *captures)
    assert held(tmp_path) == captures
    assert [holder for _, _, holder in places(tmp_path)] == [1] * 5
    assert [each.kind for each in warc.seen(*warc.segments_of(tmp_path))] == ["warcinfo", "resource"] + ["revisit"] * 4


def test_digests_that_begin_alike_are_told_apart(warc, tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "digest_number", lambda _: 7)
    captures = [warc.capture(b"one"), warc.capture(b"two"), warc.capture(b"two", origin="again.txt")]
    fill(tmp_path, warc, *captures)
    assert held(tmp_path) == captures
    assert [holder for _, _, holder in places(tmp_path)] == [1, 2, 2]
    (path,) = warc.segments_of(tmp_path)
    flip(path, places(tmp_path)[1][0] + 30)
    fill(tmp_path, warc, captures[2])
    assert held(tmp_path) == captures
    assert [holder for _, _, holder in places(tmp_path)] == [1, 3, 3]


@pytest.mark.parametrize("which", [0, 1])
def test_damaged_bytes_are_put_back_for_all_who_brought_them(warc, tmp_path, which):
    captures = [warc.capture(b"words " * 40), warc.capture(b"words " * 40, origin="again.txt")]
    fill(tmp_path, warc, *captures)
    (path,) = warc.segments_of(tmp_path)
    flip(path, places(tmp_path)[0][0] + 40)
    with Archive.open(tmp_path) as archive:
        for each in captures:
            with pytest.raises(DAMAGE):
                archive.payload(each.snapshot.id)
    assert complaints(tmp_path)
    fill(tmp_path, warc, captures[which])
    with Archive.open(tmp_path) as archive:
        assert [archive.payload(each.snapshot.id) for each in captures] == [each.payload for each in captures]
    fill(tmp_path, warc, *captures)
    assert held(tmp_path) == captures
    assert complaints(tmp_path) == []


def test_damaged_revisit_is_written_again(warc, tmp_path):
    captures = [warc.asked(), warc.asked(url="https://dornpost.example/again")]
    fill(tmp_path, warc, *captures)
    (path,) = warc.segments_of(tmp_path)
    flip(path, places(tmp_path)[1][0] + 40)
    assert complaints(tmp_path)
    assert [type(each) for each in fill(tmp_path, warc, captures[1])] == [bool]
    assert held(tmp_path) == captures
    assert complaints(tmp_path) == []


def test_damaged_exchange_is_found(warc, tmp_path):
    fill(tmp_path, warc, warc.asked())
    (path,) = warc.segments_of(tmp_path)
    flip(path, path.stat().st_size - 20)
    assert complaints(tmp_path)


def test_segment_that_is_gone(warc, tmp_path):
    fill(tmp_path, warc, warc.capture())
    warc.segments_of(tmp_path)[0].unlink()
    assert held(tmp_path) == []
    with Archive.open(tmp_path) as archive:
        (problem,) = archive.problems()
    assert "add the page again" in problem.message
    fill(tmp_path, warc, warc.capture())
    assert held(tmp_path) == [warc.capture()]
