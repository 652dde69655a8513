"""Watches at work: each finding once, nothing lost, nothing that was withdrawn."""

from __future__ import annotations

import fcntl

import pytest

from stemma import flow, sending
from stemma.archive import Archive
from stemma.archive.views import Query
from stemma.errors import BadQuery, BadValue
from stemma.notebook import watches as notes
from stemma.records import Correction


def test_what_was_there_is_not_told_and_what_comes_is_told_once(world) -> None:
    world.watch()
    assert world.run() == []
    world.add("new", "The lamps are lit")
    assert world.run() == [("lamps", 1, "")]
    assert world.run() == []
    assert ["The lamps are lit" in row["line"] for row in world.lines()] == [True]
    world.add("new", "The lamps are lit")
    assert world.run() == []


def test_every_line_names_speaker_and_carrier(world) -> None:
    world.watch()
    world.add("new", "The lamps are lit")
    world.run()
    row = world.lines()[0]
    assert row["line"].startswith("Kim Vael (carried by SARVA, 2025-10-24) said: ")
    assert row["capture"]
    assert row["digest"].startswith("sha256:")


def test_a_query_narrows(world) -> None:
    world.watch(query="q=lamps&speaker=Kim+Vael")
    world.watch("other", query="q=ferry", target="other.jsonl")
    world.add("new", "The lamps are lit")
    assert world.run() == [("lamps", 1, "")]


def test_a_number_of_findings_is_waited_for(world) -> None:
    world.watch(least=3)
    for number, words in enumerate(("The lamps are lit", "The ferry is late", "The crane is new")):
        assert world.lines() == []
        world.add(f"new{number}", words)
        world.run()
    assert len(world.lines()) == 3
    assert len({row["message"] for row in world.lines()}) == 1


def test_a_digest_comes_once_a_day(world) -> None:
    world.watch(digest="daily")
    counts = []
    for hours, words in (
        (0, "The lamps are lit"),
        (1, "The ferry is late"),
        (2, "The crane is new"),
        (24, "The tide is out"),
    ):
        world.now = 1_000_000.0 + hours * 3600
        world.add(f"at{hours}", words)
        counts.append(sum(items for _, items, _ in world.run()))
    assert counts == [1, 0, 0, 3]
    assert len(world.lines()) == 4


def test_wording_that_differs_between_captures(world) -> None:
    at = "https://sarva.example/1"
    world.add("one", "The lamps are lit on the far shore tonight", url=at, fetched="2025-10-24T09:00:00Z")
    world.watch(change="wording")
    world.watch("new", target="new.jsonl")
    world.watch("both", target="both.jsonl", change="both")
    world.add("two", "The lamps are out on the far shore tonight", url=at, fetched="2025-10-24T12:00:00Z")
    world.run()
    signs = {name: sorted(row["change"] for row in world.lines(f"{name}.jsonl")) for name in ("out", "new", "both")}
    assert signs["new"] == ["new"]
    assert set(signs["out"]) == {"wording differs between captures"}
    assert signs["both"] == signs["out"]
    assert world.run() == []


def withdraw(world, words: str, kind: str = "s") -> None:
    with Archive.open(world.path) as archive:
        line = next(iter(archive.find(Query(words=words))))
        about = {"s": line.statement.id, "d": line.statement.document, "e": line.speakers[0].entity}[kind]
        flow.correct(archive, [Correction(about=about, field="access", value="withdrawn", by="Dana Wirt", at="2025-10-25T00:00:00Z", reason="at the person's wish")])  # fmt: skip


@pytest.mark.parametrize("kind", ["s", "d", "e"])
def test_what_was_withdrawn_or_suppressed_is_never_sent(world, kind: str) -> None:
    world.watch(least=2)
    world.add("new", "The lamps are lit")
    world.run()
    withdraw(world, "lamps", kind)
    world.add("more", "The ferry is late")
    world.run()
    world.add("most", "The crane is new")
    world.run()
    assert not [row for row in world.lines() if "lamps" in row["line"]]
    assert len(world.lines()) == (0 if kind == "e" else 2)


def test_what_is_withdrawn_while_it_could_not_be_sent_is_not_sent_later(world, serve) -> None:
    server = serve({"/hook": b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"})
    world.watch(channel="webhook", target=server.url("/hook"))
    world.add("new", "The lamps are lit")
    assert "status 500" in world.run()[0][2]
    withdraw(world, "lamps")
    server.replies["/hook"] = b"HTTP/1.1 204 No Content\r\n\r\n"
    world.now += 1e5
    before = len(server.requests)
    assert world.run() == []
    assert len(server.requests) == before


def test_pages_that_reserve_their_words_are_told_without_them(world) -> None:
    world.watch()
    file = world.folder / "reserved.html"
    file.write_text('<html><head><meta name="robots" content="noarchive"></head><body><p>KARVIS, October 24. “The lamps are lit,” Minister Kim Vael said.</p></body></html>')  # fmt: skip
    world.take(file)
    world.run()
    assert [("lamps" in row["line"], "Kim Vael" in row["line"]) for row in world.lines()] == [(False, True)]


class Fall(BaseException):
    """The program falls."""


@pytest.mark.parametrize("step", ["note", "pack", "done"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_fall_loses_nothing_and_doubles_nothing(world, monkeypatch, step: str, when: str) -> None:
    """At whatever step, before its effect is kept or after it."""
    world.watch()
    world.add("new", "The lamps are lit")
    world.add("more", "The ferry is late")
    whole = getattr(notes, step)

    def falls(*args):
        if when == "after":
            whole(*args)
        raise Fall

    with monkeypatch.context() as patched:
        patched.setattr(notes, step, falls)
        with pytest.raises(Fall):
            world.run()
    world.run()
    world.run()
    assert len(world.lines()) == 2
    assert len({row["statement"] for row in world.lines()}) == 2


def test_a_file_that_was_written_in_part_is_completed(world) -> None:
    world.watch()
    world.add("new", "The lamps are lit")
    world.run()
    world.add("more", "The ferry is late")
    file = world.path / "watches" / "out.jsonl"
    kept = file.read_bytes()
    world.run()
    whole = file.read_bytes()
    for cut in (len(kept), len(kept) + 1, len(whole) - 1, len(whole)):
        file.write_bytes(whole[:cut])
        world.notes(lambda notebook, _: notebook.run("UPDATE batch SET sent = '' WHERE row = 2"))
        world.run()
        assert file.read_bytes() == whole, cut


def test_two_programs_do_not_send_the_same(world) -> None:
    world.watch()
    world.add("new", "The lamps are lit")
    with (world.path / "watches.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert world.run() == []
    assert len(world.run()) == 1


def test_an_upgrade_is_no_news(world) -> None:
    world.add("new", "The lamps are lit")
    world.watch()
    flow.upgrade(world.path, workers=0, way="network")
    assert world.run() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"query": "kind=rumour"}, {"query": 'q="'}, {"channel": "file", "target": "../out.jsonl"}, {"target": "/etc/passwd"},
        {"target": "out.sh"}, {"channel": "mail", "target": "a@b.example, c@d.example"}, {"channel": "mail", "target": "a@b.example\nBcc: x@y.example"},
        {"channel": "webhook", "target": "file:///etc/passwd"}, {"least": 0}, {"name": "a\nb"}, {"digest": "hourly"}, {"channel": "feed"},
    ],
)  # fmt: skip
def test_what_is_no_watch_is_told(world, wrong) -> None:
    with pytest.raises((BadValue, BadQuery)):
        world.watch(**wrong)
    assert not list(sending.run(world.path))


def test_a_name_is_one_watchs(world) -> None:
    world.watch()
    with pytest.raises(BadValue):
        world.watch()


def test_text_for_people(world) -> None:
    world.watch(target="out.txt")
    world.add("new", "The lamps are lit")
    world.run()
    told = (world.path / "watches" / "out.txt").read_text("utf-8")
    assert '[new] Kim Vael (carried by SARVA, 2025-10-24) said: "The lamps are lit' in told
    assert "none is stated as fact" in told


def test_a_link_in_the_place_of_the_file_is_not_followed(world, tmp_path) -> None:
    world.watch()
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (world.path / "watches").mkdir()
    (world.path / "watches" / "out.jsonl").symlink_to(victim)
    world.add("new", "The lamps are lit")
    assert world.run()[0][2]
    assert victim.read_text() == "mine"
