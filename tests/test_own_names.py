"""An archive's list of names: part of the run, and a reason to read again."""

from __future__ import annotations

import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.errors import BadValue
from stemma.stage import Manner, built_in

PAGE = "KARVIS, May 2. /SARVA/. The bridge is open, Oru Tamm said, citing the Tidewater.\n"


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    flow.add(tmp_path / "archive", [str(tmp_path / "page.txt")])
    return tmp_path / "archive"


def speakers(path):
    with Archive.open(path) as archive:
        return {one.name: one.kind for one in archive.persons("Tidewater")}


def test_a_list_is_read_by_upgrade_and_taken_back_by_it(archive):
    assert "outlet" not in speakers(archive).values()
    (archive / "names.toml").write_text('outlet = ["Tidewater"]\n', encoding="utf-8")
    flow.upgrade(archive)
    assert speakers(archive) == {"Tidewater": "outlet"}
    (archive / "names.toml").unlink()
    flow.upgrade(archive)
    assert "outlet" not in speakers(archive).values()


def test_the_run_holds_the_digest_of_the_list():
    listed = 'person = ["Oru Tamm"]'
    runs = {run.stage: run for run in flow.runs_in_force(Manner(names=listed))[0]}
    assert runs["annotate"] == built_in("annotate", Manner(names=listed))
    assert runs["annotate"] != built_in("annotate") == flow.runs_in_force(Manner(names="\n"))[0][1]


def test_a_list_that_cannot_be_read_stops_the_work(archive, tmp_path):
    (archive / "names.toml").write_text("people = 3", encoding="utf-8")
    with pytest.raises(BadValue, match="names"):
        flow.add(archive, [str(tmp_path / "page.txt")])
