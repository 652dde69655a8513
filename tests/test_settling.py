"""Keys are settled many at a time; in what portions, and whether the work was broken off, changes nothing."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stemma import collect, flow, portions, settling
from stemma.archive import Archive
from stemma.archive.relations import offers
from stemma.archive.store.store import Store
from stemma.records import AnyRecord, Stated
from stemma.settling import Meeting
from stemma.stage import Manner, Offer

WORDS = [
    "quay",
    "harbour",
    "treaty",
    "snow",
    "barge",
    "tariff",
    "council",
    "bridge",
    "railway",
    "lamp",
    "shore",
    "crew",
    "signal",
    "mill",
]
GLUE = ["the", "of", "and", "to", "in", "a", "that", "for", "on", "with", "as", "is", "was", "by"]


def _text(chance: random.Random, earlier: list[list[str]]) -> str:
    body = [
        " ".join(chance.choice(WORDS if n % 2 else GLUE) for n in range(chance.randint(8, 22))).capitalize() + "."
        for _ in range(6)
    ]
    if earlier and chance.random() < 0.5:
        body[1:4] = chance.choice(earlier)[1:4]
    earlier.append(body)
    return f"VELM, May {chance.randint(1, 28)} (NAK) -- " + "\n".join(body)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of few words, so that chance makes them share keys, and some of them passages."""
    chance, earlier, found = random.Random(3), list[list[str]](), tmp_path_factory.mktemp("pages")
    for n in range(24):
        (found / f"{n:02}.txt").write_text(_text(chance, earlier))
    return found


def _read(path: Path, folder: Path) -> Archive:
    """An archive whose pages were read and not compared yet."""
    archive, manner = Archive.open(path, create=True), Manner("rules")
    flow.enrol(archive, manner)
    flow.keep(archive, collect.captures([str(folder)], Stated()))
    flow.derive(archive, manner=manner)
    return archive


def _exported(archive: Archive) -> bytes:
    return b"".join(archive.export())


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What the pages give key by key, in the simplest way."""
    with _read(tmp_path_factory.mktemp("slow") / "a", folder) as archive:
        flow.mending.mend(archive, flow.standing, flow.replace_offers)
        for meeting in flow.meetings():
            for key, packed in list(archive.touched(meeting.stage.name)):
                found = _together(archive, meeting, key, packed or [])
                archive.settle(meeting.stage.name, key, found, meeting.stage.run)
        flow.trace(archive)
        archive.join()
        assert list(archive.check()) == []
        return _exported(archive)


def _together(archive: Archive, meeting: Meeting[Any], key: str, packed: list[str]) -> list[AnyRecord]:
    """All items of a key rebuilt and compared."""
    return list(meeting.stage.function([meeting.rebuild(archive, text) for text in packed], key))


@pytest.mark.parametrize("sizes", [(1, 1), (7, 3), (100, 1_024), (1 << 16, 1_024)])
def test_portions_of_any_size_give_the_same(
    sizes: tuple[int, int], folder: Path, whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fewest, keys = sizes
    monkeypatch.setattr(offers, "_FEWEST_ITEMS", fewest)
    monkeypatch.setattr(offers, "_MOST_ITEMS", 4 * fewest)
    monkeypatch.setattr(portions, "KEYS", keys)
    with _read(tmp_path / "a", folder) as archive:
        flow.settle(archive)
        assert b'"record":"variant"' in whole
        assert _exported(archive) == whole
        assert list(flow.check(archive)) == []


@pytest.mark.parametrize("after", [0, 1, 4, 9])
def test_what_was_settled_before_a_stop_stays_settled(
    after: int, folder: Path, whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception at the end of any transaction: that one is undone, those before it stand."""
    monkeypatch.setattr(portions, "KEYS", 5)
    commit, done, path = Store.commit, 0, tmp_path / "a"
    with _read(path, folder) as archive:
        flow.mending.mend(archive, flow.standing, flow.replace_offers)
        with monkeypatch.context() as patch:

            def stopped(store: Any) -> None:
                nonlocal done
                if done == after:
                    raise KeyboardInterrupt
                done += 1
                commit(store)

            patch.setattr(Store, "commit", stopped)
            with pytest.raises(KeyboardInterrupt):
                flow.settle(archive)
    with Archive.open(path) as archive:
        left = len(list(archive.touched("resolve"))) + len(list(archive.touched("collate")))
        flow.settle(archive)
        assert left
        assert _exported(archive) == whole


def test_keys_that_another_process_settles_meanwhile_are_left_to_it(
    folder: Path, whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sifted, settled = tmp_path / "a", settling._sifted, []
    with _read(path, folder) as one, Archive.open(path) as other:

        def meanwhile(archive: Archive, *rest: Any) -> list[Any]:
            found = list(sifted(archive, *rest))
            if archive is one and not settled:
                settled.append(True)
                flow.settle(other)
            return found

        monkeypatch.setattr(settling, "_sifted", meanwhile)
        flow.settle(one)
        assert settled
        assert _exported(one) == _exported(other) == whole
        assert list(flow.check(other)) == []


def test_items_that_come_after_a_key_was_read_are_not_lost(tmp_path: Path, folder: Path) -> None:
    """A key is read, then another page offers an item under it, then what was read is settled: the key still waits."""
    with _read(tmp_path / "a", folder) as archive:
        flow.settle(archive)
        document = next(json.loads(line)["id"] for line in archive.export() if b'"record":"document"' in line)
        kept = [Offer("s", f"{document} {n}", f"{document} {n}", ("k",)) for n in range(3)]
        archive.offer(document, kept[:2])
        (portion,) = archive.keys.portions("s")
        archive.offer(document, kept[2:])
        assert len(portion.items) == 2
        archive.settle("s", "k", [])
        ((_, packed),) = archive.touched("s")
        assert len(packed or ()) == 3


def test_a_stage_without_a_sift_is_asked_key_by_key(tmp_path: Path, folder: Path, whole: bytes) -> None:
    with _read(tmp_path / "a", folder) as archive:
        flow.mending.mend(archive, flow.standing, flow.replace_offers)
        for meeting in flow.meetings():
            if meeting.stage.name != "repeats":
                settling.settle(archive, replace(meeting, sift=None))
        flow.trace(archive)
        archive.join()
        assert _exported(archive) == whole
