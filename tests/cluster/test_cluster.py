"""A folder of captures and of what an engine gave is asked for just these pages and keys; Daft itself runs in soak."""

from __future__ import annotations

import json
import os
from importlib.util import find_spec

import msgspec
import pytest

from bench.pages import pages
from stemma import cluster, collect, flow
from stemma.archive import Archive
from stemma.cluster import rows
from stemma.cluster.place import Folder
from stemma.errors import BadValue
from stemma.records import Capture, Exchange, Label, Problem, Snapshot, Stated
from stemma.stage import Manner, Offer

pytest.importorskip("pyarrow", reason="folders of Parquet need the extra 'cluster'")
RULES = Manner("rules")
COUNT = 12


@pytest.fixture(scope="module")
def captures(tmp_path_factory) -> list[Capture]:
    source = tmp_path_factory.mktemp("cluster") / "pages.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in pages(COUNT)))
    return [each for each in collect.captures([str(source)], Stated()) if isinstance(each, Capture)]


@pytest.fixture
def folder(tmp_path, captures) -> Folder:
    found = Folder(str(tmp_path / "records"))
    cluster.write_captures(found, [*captures, Problem(stage="collect", about="none.html", message="It is empty.")])
    return found


def work(folder: Folder, captures: list[Capture]) -> None:
    """What an engine does with pages, without one."""
    import pyarrow as pa

    kind = rows.type_of_pages()
    columns = pa.schema([("id", pa.string()), *(kind.field(n) for n in range(kind.num_fields))])
    made = [{"id": each.snapshot.id, **rows.page_row(each, flow.page(each, RULES))} for each in captures]
    runs = " ".join(run.id for some in flow.runs_in_force(RULES) for run in some)
    folder.put("pages", [folder.write("pages", made, columns)], f"captures {runs}")


def exported(path) -> bytes:
    with Archive.open(path) as archive:
        return b"".join(archive.export(bodies=True))


@pytest.fixture(scope="module")
def local(captures, tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("local") / "a"
    told = Problem(stage="collect", about="none.html", message="It is empty.")
    flow.take(path, [*captures, told], workers=0, way="rules")
    return exported(path)


def test_captures_without_an_engine_are_worked_out_here(folder, local, tmp_path):
    _, given = cluster.load(tmp_path / "a", folder, workers=0, way="rules")
    assert (given.pages, given.missed_pages) == (0, COUNT)
    assert exported(tmp_path / "a") == local


def test_pages_that_were_read_are_not_read_again(folder, captures, local, tmp_path, monkeypatch):
    work(folder, captures)
    monkeypatch.setattr(flow, "PAGE", None)
    monkeypatch.setattr(flow, "stage_of_pages", lambda _: None)
    _, given = cluster.load(tmp_path / "a", folder, workers=0)
    assert (given.pages, given.missed_pages) == (COUNT, 0)
    assert exported(tmp_path / "a") == local


def test_what_was_stated_otherwise_is_read_anew(folder, captures, tmp_path):
    changed = [captures[0]._replace(snapshot=msgspec.structs.replace(captures[0].snapshot, outlet="Aldergate Mail"))]
    work(folder, [*changed, *captures[1:]])
    _, given = cluster.load(tmp_path / "a", folder, workers=0)
    assert (given.pages, given.missed_pages) == (COUNT - 1, 1)


def test_another_way_of_finding_statements_asks_nothing(folder, captures, tmp_path):
    work(folder, captures)
    flow.take(tmp_path / "a", captures[:1], workers=0, way="network")
    _, given = cluster.load(tmp_path / "a", folder, workers=0)
    assert given.pages == 0


def test_a_folder_that_holds_nothing_is_told(tmp_path):
    with pytest.raises(BadValue, match="one that holds captures"):
        cluster.load(tmp_path / "a", Folder(str(tmp_path)), workers=0)


def test_writing_captures_again_changes_nothing(folder, captures):
    before = folder.made["captures"]
    cluster.write_captures(folder, [*captures, Problem(stage="collect", about="none.html", message="It is empty.")])
    assert folder.made["captures"] == before
    assert len(list(folder.rows("captures"))) == COUNT + 1


@pytest.mark.parametrize(
    "exchange", [None, Exchange(b"", b"HTTP/1.1 200 OK\r\n\r\n"), Exchange(b"GET /", b"HTTP", "::1")]
)
def test_captures_come_back_as_they_were(exchange, tmp_path):
    snapshot = Snapshot(origin="a.txt", media_type="text/plain", digest="sha256:0", size=2, outlet="Dorn Post")
    capture = Capture(snapshot, b"\x00\xff", exchange)
    folder = Folder(str(tmp_path))
    cluster.write_captures(folder, [capture])
    assert [rows.capture_of(row) for row in folder.rows("captures")] == [capture]


def test_offers_come_back_as_they_were():
    named = Offer("resolve", "person vael", '{"a":1}', ("person:v",), wakes=True)
    plain = Offer("collate", "d1 0 5 x", "d1 0 5 x", ("k1", "k2"))
    assert list(rows.offers_of(rows.offer_rows([named, plain], None))) == [named, plain]


def test_half_a_character_does_not_travel(captures):
    found = [Label(document="d", start=0, end=1, role="body", reason="a \ud800 b")]
    assert rows.page_row(captures[0], found)["records"] is None


def test_a_file_of_a_broken_off_task_is_not_read(folder, captures):
    import pyarrow as pa

    folder.write("captures", [{"id": "left over"}], pa.schema([("id", pa.string())]))
    assert "left over" not in {row["id"] for row in folder.rows("captures")}


def test_flags_of_an_engine_need_one(command, tmp_path):
    done = command("add", "x.html", "--into", tmp_path, "--archive", tmp_path / "a")
    assert done.status == 2
    assert "--engine daft beside it" in done.err


@pytest.mark.skipif(find_spec("daft") is not None, reason="Daft is here")
def test_what_is_not_installed_is_told(command, tmp_path):
    page = tmp_path / "a.txt"
    page.write_text("Mr. Vael said that it was late.")
    done = command("add", page, "--engine", "daft", "--archive", tmp_path / "a")
    assert done.status == 2
    assert "stemma-archive[cluster]" in done.err


def test_load_tells_what_was_left_to_do(command, folder, tmp_path):
    done = command("load", folder.address, "--archive", tmp_path / "a", "--statements", "rules")
    assert done.status == 1  # of the capture that could not be had
    assert f"{COUNT} pages" in done.err
    assert "worked out here" in done.err


def test_no_library_may_report_that_it_is_used(monkeypatch):
    for name in ("DAFT_ANALYTICS_ENABLED", "RAY_USAGE_STATS_ENABLED", "DO_NOT_TRACK"):
        monkeypatch.delenv(name, raising=False)
    cluster.silence()
    assert (os.environ["DAFT_ANALYTICS_ENABLED"], os.environ["RAY_USAGE_STATS_ENABLED"]) == ("0", "0")
