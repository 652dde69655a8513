"""A newer run: what it finds replaces what an earlier one found, and nothing that was ever cited is lost."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from stemma import flow, passages, portions
from stemma.archive import Archive
from stemma.records import (
    AnyRecord,
    Capture,
    Correction,
    Document,
    Judgement,
    Mention,
    Page,
    Passage,
    Reference,
    Relay,
    Variant,
    Witness,
    decode,
    encode,
)
from stemma.settling import Meeting

PAGES = sorted(
    str(path) for path in (Path(__file__).parents[1] / "examples" / "pages").iterdir() if path.suffix != ".md"
)


def exported(path: Path) -> bytes:
    with Archive.open(path) as archive:
        return b"".join(archive.export(bodies=True))


def records(path: Path) -> dict[str, AnyRecord]:
    return {record.id: record for record in map(decode, exported(path).splitlines())}


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the example pages under the runs of today."""
    path = tmp_path_factory.mktemp("upgrade") / "all.stemma"
    flow.add(path, PAGES)
    return path


@pytest.fixture
def older(added: Path, tmp_path: Path) -> Path:
    path = tmp_path / "older.stemma"
    shutil.copytree(added, path)
    return path


def fewer(page: Page) -> list[AnyRecord]:
    """A rule that no longer finds the names to which nothing refers, nor any carrier."""
    found = flow.annotate.annotate(page)
    meant = {record.antecedent for record in found if isinstance(record, Reference)}
    return [
        record
        for record in found
        if not isinstance(record, Relay) and (not isinstance(record, Mention) or record.id in meant)
    ]


def laid_out_anew(capture: Capture) -> list[AnyRecord]:
    """Another layout: every record of a page gets a new id."""
    found = flow.read.read(capture)
    documents = [record for record in found if isinstance(record, Document)]
    if not documents:
        return list(found)
    old = documents[0].id
    new = Document(snapshot=documents[0].snapshot, layout="test/9", text=documents[0].text)
    moved = [decode(encode(record).replace(old.encode(), new.id.encode())) for record in found if record.id != old]
    return [new, *(msgspec.structs.replace(record, id="") for record in moved)]


def other_outlet(capture: Capture) -> list[AnyRecord]:
    """A rule that finds no outlet: passages are compared anew, though they stand where they stood."""
    return [record for record in flow.read.read(capture) if getattr(record, "name", "") != "outlet"]


def half_the_keys(capture: Capture, page: Page, found: Sequence[AnyRecord]) -> Iterator[flow.Offer]:
    for offer in passages.offer(capture, page, found):
        yield offer._replace(keys=offer.keys[::2])


def surest(mentions: Sequence[Mention], key: str) -> list[Judgement]:
    return [each for each in flow.judge(mentions, key) if each.verdict == "same"]


def lower(passages: Sequence[Passage], key: str) -> list[Variant]:
    return [msgspec.structs.replace(each, similarity=0.5) for each in flow.collate.compare(passages, key)]


def no_trees(_: tuple[Sequence[Witness], Sequence[Variant]]) -> list[Relay]:
    return []


def new_stage(name: str, **changes: object) -> Callable[[pytest.MonkeyPatch], None]:
    def apply(patch: pytest.MonkeyPatch) -> None:
        stage = replace(getattr(flow, name), version="9", **changes)
        patch.setattr(flow, name, stage)
        if name == "ANNOTATE":
            patch.setattr(flow, "annotators", lambda: (stage,))

    return apply


def new_meeting(name: str, offer: object = None, **changes: object) -> Callable[[pytest.MonkeyPatch], None]:
    def apply(patch: pytest.MonkeyPatch) -> None:
        def changed(meeting: Meeting[Any]) -> Meeting[Any]:
            if meeting.stage.name != name:
                return meeting
            stage = replace(meeting.stage, version="9", **changes)
            return replace(meeting, stage=stage, offer=offer or meeting.offer)

        some = tuple(map(changed, flow.meetings()))
        patch.setattr(flow, "meetings", lambda: some)

    return apply


def no_versions(patch: pytest.MonkeyPatch) -> None:
    some = tuple(meeting for meeting in flow.meetings() if meeting.stage.name != "versions")
    patch.setattr(flow, "meetings", lambda: some)


CHANGES = {
    "a rule that finds less": new_stage("ANNOTATE", function=fewer),
    "another layout": new_stage("READ", function=laid_out_anew),
    "other outlets": new_stage("READ", function=other_outlet),
    "other judgements": new_meeting("resolve", function=surest),
    "other keys": new_meeting("collate", offer=half_the_keys),
    "another measure": new_meeting("collate", function=lower),
    "other trees": new_stage("TRACE", function=no_trees),
    "a stage that is gone": no_versions,
    "nothing but a number": new_stage("READ"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_upgraded_archive_is_that_of_a_fresh_one(
    change: str, older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = records(older)
    CHANGES[change](monkeypatch)
    flow.upgrade(older)
    flow.add(tmp_path / "fresh.stemma", PAGES)
    assert exported(older) == exported(tmp_path / "fresh.stemma")
    with Archive.open(older) as archive:
        assert list(flow.check(archive)) == []
        now = records(older)
        for record in before.values():
            found = archive.record(record.id)
            assert found.id == record.id
            assert archive.is_superseded(record.id) == (record.id not in now)


@pytest.mark.parametrize("change", ["a rule that finds less", "another layout", "other judgements"])
def test_captures_and_peoples_words_are_not_touched(change: str, older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = people(older)
    captures = digests(older)
    CHANGES[change](monkeypatch)
    flow.upgrade(older)
    assert digests(older) == captures
    now = records(older)
    assert [now[record.id] for record in said] == said


def people(path: Path) -> list[AnyRecord]:
    """A judgement and a correction that a person adds, as they are exported."""
    found = records(path).values()
    left, right = sorted(record.id for record in found if isinstance(record, Mention))[:2]
    document = next(record.id for record in found if isinstance(record, Document))
    said = [
        Judgement(left=left, right=right, verdict="different", score=1.0, by="Ada Orle", at="2031-04-05T09:00:00Z"),
        Correction(about=document, field="title", value="The quay", by="Ada Orle", at="2031-04-05T09:00:00Z"),
    ]
    with Archive.open(path) as archive:
        archive.add_records(said)
        archive.join()
    now = records(path)
    return [now[record.id] for record in said]


def digests(path: Path) -> dict[str, str]:
    files = (path / "captures").rglob("*")
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()}


def test_an_upgrade_that_was_stopped_goes_on(older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    CHANGES["another layout"](monkeypatch)
    CHANGES["other keys"](monkeypatch)
    CHANGES["other trees"](monkeypatch)
    monkeypatch.setattr(portions, "BATCH", 5)
    for step in ("_read_all", "standing", "offer_again", "together", "trace"):
        with monkeypatch.context() as patch:
            function, left = getattr(flow, step), iter(range(3))

            def some(*values: object, function: Callable = function, left: Iterator[int] = left, **named: object):
                if next(left, None) is None or function is flow.trace:
                    raise KeyboardInterrupt
                return function(*values, **named)

            patch.setattr(flow, step, some)
            with suppress(KeyboardInterrupt):
                flow.upgrade(older)
    flow.upgrade(older)
    flow.add(tmp_path / "fresh.stemma", PAGES)
    assert exported(older) == exported(tmp_path / "fresh.stemma")


NEWER = (
    "import sys; from dataclasses import replace; from stemma import flow, portions; "
    "flow.READ = replace(flow.READ, version='9'); portions.BATCH = 3; print('ready', flush=True); flow.upgrade(sys.argv[1])"
)


def test_an_upgrade_that_was_killed_goes_on(older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen([sys.executable, "-c", NEWER, str(older)], stdout=subprocess.PIPE) as process:
        new_stage("READ")(monkeypatch)
        runs = [flow.READ.run.id, flow.ANNOTATE.run.id]
        assert process.stdout
        process.stdout.readline()
        with Archive.open(older) as archive:
            while archive.count_outdated(runs) > len(PAGES) // 2:
                assert process.poll() is None
        process.send_signal(signal.SIGKILL)
    with Archive.open(older) as archive:
        assert 0 < archive.count_outdated(runs) < len(PAGES)
        assert list(flow.check(archive)) == []
    flow.upgrade(older)
    flow.add(tmp_path / "fresh.stemma", PAGES)
    assert exported(older) == exported(tmp_path / "fresh.stemma")


def test_add_reads_only_what_no_run_has_read(older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "late.txt").write_text('VELM, May 3 (NAK) -- "The quay will open," Minister Oren Tavel said Friday.\n')
    new_stage("READ")(monkeypatch)
    seen: list[tuple[int, int | None, int]] = []
    flow.add(older, [str(tmp_path / "late.txt")], progress=lambda *counts: seen.append(counts))
    assert seen[-1][:2] == (1, 1)
    each, group = flow.runs_in_force()
    with Archive.open(older) as archive:
        assert archive.renewal.is_behind(each, group)
    flow.upgrade(older, progress=lambda *counts: seen.append(counts))
    with Archive.open(older) as archive:
        count = archive.totals().pages - 1
    assert seen[-1][:2] == (count, count)
    with Archive.open(older) as archive:
        assert not archive.renewal.is_behind(each, group)


def test_an_archive_of_today_is_not_behind(older: Path) -> None:
    before = exported(older)
    with Archive.open(older) as archive:
        assert not archive.renewal.is_behind(*flow.runs_in_force())
    flow.upgrade(older, progress=lambda *counts: pytest.fail("something was read"))
    assert exported(older) == before


def test_back_to_the_runs_before(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = exported(older)
    with monkeypatch.context() as patch:
        CHANGES["a rule that finds less"](patch)
        CHANGES["other trees"](patch)
        flow.upgrade(older)
        assert exported(older) != before
    flow.upgrade(older)
    assert exported(older) == before


def test_problems_of_an_earlier_run_are_gone(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        new_stage("ANNOTATE", function=lambda page: json.loads("{"))(patch)
        patch.setattr(flow, "TRACE", replace(flow.TRACE, version="9", function=lambda pair: json.loads("{")))
        flow.upgrade(older)
        with Archive.open(older) as archive:
            assert {each.stage for each in archive.problems()} >= {"annotate"}
    flow.upgrade(older)
    with Archive.open(older) as archive:
        assert {each.stage for each in archive.problems()} <= {"collect", "read"}
