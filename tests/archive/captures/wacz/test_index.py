"""The index of a WACZ."""

from __future__ import annotations

import json
import zlib

import pytest

from stemma.archive.captures.forms import capture_records, original_of
from stemma.archive.captures.segments import Place
from stemma.archive.captures.wacz.index import BLOCKS, blocks_of, index_line, sort_key


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.dornpost.example/Quay", "example,dornpost)/quay"),
        ("http://www2.dornpost.example:80/", "example,dornpost)/"),
        ("https://dornpost.example:8080/a", "example,dornpost:8080)/a"),
        ("https://dornpost.example/a?b=2&A=1", "example,dornpost)/a?a=1&b=2"),
        ("https://unknown.invalid/c2/a.txt", "invalid,unknown)/c2/a.txt"),
    ],
)
def test_keys(address, key):
    assert sort_key(address) == key


def test_lines(warc):
    asked, file = warc.asked(), warc.capture(b"<p>Lamps stay lit.</p>", origin="b.html", media_type="text/html")
    response, _ = capture_records(asked, warc.AT)
    key, moment, found = index_line(response, "text/html", "a.warc.gz", Place(0, 7, 9), b"x").split(" ", 2)
    assert (key, moment) == ("example,dornpost)/quay", "20310501100000")
    assert json.loads(found) == {
        "url": "https://dornpost.example/quay", "mime": "text/html", "status": "200", "digest": asked.snapshot.digest,
        "length": "9", "offset": "7", "filename": "a.warc.gz",
        "recordDigest": "sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
    }  # fmt: skip
    (again,) = capture_records(file, warc.AT, original_of(response))
    assert '"mime": "warc/revisit", "status": "200"' in index_line(again, "text/html", "a", Place(0, 0, 1), b"")


def test_status_is_that_of_the_server(warc):
    gone = warc.asked()
    gone = gone._replace(exchange=gone.exchange._replace(response=b"HTTP/1.1 410 Gone\r\n\r\n"))
    assert '"status": "410"' in index_line(capture_records(gone, warc.AT)[0], "text/html", "a", Place(0, 0, 1), b"")


@pytest.mark.parametrize("count", [0, 1, 1024, 1025, 3000])
def test_blocks(count):
    lines = [f'key){n:05} 20310501100000 {{"n": {n}}}\n' for n in range(count)]
    blocks = blocks_of(lines)
    head, *places = blocks.places.decode().splitlines()
    assert json.loads(head.removeprefix("!meta 0 ")) == {"format": "cdxj-gzip-1.0", "filename": BLOCKS}
    assert len(places) == -(-count // 1024)
    read = []
    for place in places:
        key, moment, found = place.split(" ", 2)
        where = json.loads(found)
        block = zlib.decompress(blocks.packed[where["offset"] :][: where["length"]], 31).decode()
        assert block.startswith(f"{key} {moment} ")
        read += block.splitlines(keepends=True)
    assert read == lines
