"""A WACZ by the rules of its specification, written by us and read by others."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from stemma.archive import Archive
from stemma.archive.captures import segments
from stemma.archive.captures.wacz import Packed
from stemma.records import Correction, Field

AT = "2031-06-01T08:00:00Z"


def corrected(about, field, value):
    return Correction(about=about, field=field, value=value, by="Ada Newman", at=AT, reason="asked for by its author")


def pages_of(kit, url="https://dornpost.example/quay"):
    """A page with an address, one without, and one of which everything is reserved."""
    pages = [
        kit.make_page(["Lamps", "“The lamps stay lit,” Tamsin Orle said."], url=url),
        kit.make_page(["Snow", "“The snow stays,” Tamsin Orle said."]),
        kit.make_page(["Tariff", "“The tariff stays,” Milo Vance said."], url="https://belt.example/tariff"),
    ]
    field = Field(
        document=pages[2].document.id, name="reservation", value="tdm", basis="meta", run=pages[2].document.run
    )
    return [*pages[:2], replace(pages[2], records=[*pages[2].records, field])]


def written(folder: Path, *, reserved=False) -> tuple[Packed, zipfile.ZipFile]:
    with Archive.open(folder) as archive:
        packed = archive.export_wacz(folder / "out.wacz", reserved=reserved)
    return packed, zipfile.ZipFile(io.BytesIO((folder / "out.wacz").read_bytes()))


def lines_of(wacz, name):
    return [json.loads(line) for line in wacz.read(name).splitlines()]


def records_of(wacz):
    """Target and payload of every record that the index names, read from its place alone."""
    index = [json.loads(line.split(" ", 2)[2]) for line in index_lines(wacz)]
    for each in index:
        content = wacz.read(f"archive/{each['filename']}")
        member = content[int(each["offset"]) :][: int(each["length"])]
        record = next(ArchiveIterator(io.BytesIO(member), check_digests="raise"))
        yield each, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read()


def index_lines(wacz):
    places = [json.loads(line.split(" ", 2)[2]) for line in wacz.read("indexes/index.idx").decode().splitlines()[1:]]
    packed = wacz.read("indexes/index.cdx.gz")
    blocks = [zlib.decompress(packed[each["offset"] :][: each["length"]], 31).decode() for each in places]
    return [line for block in blocks for line in block.splitlines()]


def follow_the_rules(wacz):
    """What https://specs.webrecorder.net/wacz/1.1.1/ says a WACZ MUST and SHOULD be."""
    names = wacz.namelist()
    assert wacz.testzip() is None
    assert {"datapackage.json", "datapackage-digest.json", "pages/pages.jsonl", "indexes/index.cdx.gz"} <= set(names)
    assert [name for name in names if name.startswith("archive/")]
    assert all(name.endswith(".warc.gz") for name in names if name.startswith("archive/"))
    assert all(entry.compress_type == zipfile.ZIP_STORED for entry in wacz.infolist())
    package = json.loads(wacz.read("datapackage.json"))
    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    assert package["title"]
    assert package["software"].startswith("Stemma ")
    assert sorted(each["path"] for each in package["resources"]) == sorted(n for n in names if "/" in n)
    for each in package["resources"]:
        content = wacz.read(each["path"])
        assert each["bytes"] == len(content)
        assert each["hash"] == "sha256:" + sha256(content).hexdigest()
        assert each["name"] == each["path"].rpartition("/")[2].lower()
    digest = json.loads(wacz.read("datapackage-digest.json"))
    assert digest == {
        "path": "datapackage.json",
        "hash": "sha256:" + sha256(wacz.read("datapackage.json")).hexdigest(),
    }
    head, *pages = lines_of(wacz, "pages/pages.jsonl")
    assert (head["format"], head["id"]) == ("json-pages-1.0", "pages")
    keys = [tuple(line.split(" ")[:2]) for line in index_lines(wacz)]
    assert keys == sorted(keys)
    for page, (found, target, _) in zip(
        sorted(pages, key=lambda page: (page["url"], page["ts"])),
        sorted(records_of(wacz), key=lambda each: (each[1], each[0]["digest"])),
        strict=True,
    ):
        assert page["url"] == target == found["url"]
        assert page["title"]
        assert page["ts"].endswith("Z")


def test_pages_and_records(kit, tmp_path):
    pages = pages_of(kit)
    with Archive.open(tmp_path, create=True) as archive:
        kit.fill(archive, pages)
    packed, wacz = written(tmp_path)
    follow_the_rules(wacz)
    assert packed == Packed(2, 0, 1, 0)
    assert {payload for *_, payload in records_of(wacz)} == {page.capture.payload for page in pages[:2]}
    _, first, second = lines_of(wacz, "pages/pages.jsonl")
    assert {first["title"], second["title"]} == {"Lamps", "Snow"}
    assert b"tariff" not in b"".join(payload for *_, payload in records_of(wacz))
    packed, wacz = written(tmp_path, reserved=True)
    follow_the_rules(wacz)
    assert packed == Packed(3, 0, 0, 0)


@pytest.mark.parametrize(
    ("letter", "field", "value"),
    [
        ("c", "access", "withdrawn"),
        ("d", "access", "withdrawn"),
        ("s", "access", "withdrawn"),
        ("d", "redaction", "6-20"),
    ],
)
def test_sealed_pages_stay(kit, tmp_path, letter, field, value):
    page = pages_of(kit)[0]
    about = {"c": page.capture.snapshot.id, "d": page.document.id, "s": page.statements[0].id}[letter]
    word = corrected(about, field, value)
    with Archive.open(tmp_path, create=True) as archive:
        kit.fill(archive, pages_of(kit))
        archive.add_records([word])
    packed, wacz = written(tmp_path, reserved=True)
    follow_the_rules(wacz)
    assert packed == Packed(2, 1, 0, 0)
    assert b"lamps" not in b"".join(payload for *_, payload in records_of(wacz))
    with Archive.open(tmp_path) as archive:
        archive.add_records([corrected(word.id, "undone", "true")])
    assert written(tmp_path, reserved=True)[0] == Packed(3, 0, 0, 0)


def test_exchanges_and_repeated_bytes(warc, tmp_path):
    captures = [warc.asked(), warc.asked(url="https://dornpost.example/again"), warc.capture(b"<p>Lamps stay lit.</p>")]
    with Archive.open(tmp_path, create=True) as archive:
        for each in captures:
            archive.keep(each, AT)
    packed, wacz = written(tmp_path)
    assert packed.written == 3
    kinds = [
        (each.rec_type, each.http_headers is not None)
        for each in ArchiveIterator(io.BytesIO(wacz.read("archive/captures-00001.warc.gz")))
    ]
    assert kinds.count(("request", True)) == 2
    assert [kind for kind, _ in kinds].count("revisit") == 2
    assert [kind for kind, _ in kinds].count("response") == 1


def test_equal_archives_give_equal_bytes(kit, tmp_path):
    pages = pages_of(kit)
    for name, some in (("a", pages), ("b", pages[::-1])):
        with Archive.open(tmp_path / name, create=True) as archive:
            kit.fill(archive, some)
        written(tmp_path / name)
    assert (tmp_path / "a" / "out.wacz").read_bytes() == (tmp_path / "b" / "out.wacz").read_bytes()


def test_damaged_capture_is_counted(kit, warc, tmp_path):
    with Archive.open(tmp_path, create=True) as archive:
        kit.fill(archive, pages_of(kit))
    (path,) = warc.segments_of(tmp_path)
    path.write_bytes(path.read_bytes()[:-9])
    packed, wacz = written(tmp_path, reserved=True)
    follow_the_rules(wacz)
    assert packed == Packed(2, 0, 0, 1)


def test_several_files(kit, tmp_path, monkeypatch):
    with Archive.open(tmp_path, create=True) as archive:
        kit.fill(archive, pages_of(kit))
    monkeypatch.setattr(segments, "FULL", 500)
    _, wacz = written(tmp_path, reserved=True)
    follow_the_rules(wacz)
    assert len([name for name in wacz.namelist() if name.startswith("archive/")]) == 3


def test_empty_archive(tmp_path):
    with Archive.open(tmp_path, create=True):
        pass
    packed, wacz = written(tmp_path)
    follow_the_rules(wacz)
    assert packed == Packed(0, 0, 0, 0)


def test_file_appears_whole_or_not_at_all(kit, tmp_path, monkeypatch):
    with Archive.open(tmp_path, create=True) as archive:
        kit.fill(archive, pages_of(kit))
        (tmp_path / "out.wacz").write_bytes(b"earlier")
        monkeypatch.setattr("stemma.archive.captures.wacz.writing.blocks_of", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            archive.export_wacz(tmp_path / "out.wacz")
    assert (tmp_path / "out.wacz").read_bytes() == b"earlier"
    assert sorted(path.name for path in tmp_path.iterdir() if "wacz" in path.name) == ["out.wacz"]
