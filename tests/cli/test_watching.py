"""The verb watch: one round for cron, how sources stand, and mistakes."""

from __future__ import annotations

import json

import pytest
from loopback import _wall, page, serve

from stemma.cli import main

__all__ = ["_wall", "serve"]
FEED = "<rss><channel><title>Dorn Post</title><item><link>{}</link></item><item><link>{}</link></item></channel></rss>"


@pytest.fixture
def sources(serve, tmp_path):
    server = serve(
        {
            "/1": page(
                b"<!doctype html><title>Lamps</title><p>Ilvane Torsk said: \xe2\x80\x9cThe lamps are lit.\xe2\x80\x9d"
            )
        }
    )
    server.replies["/feed"] = page(FEED.format(server.url("/1"), server.url("/gone")).encode())
    file = tmp_path / "sources.toml"
    file.write_text(f'[[source]]\nfeed = "{server.url("/feed")}"\noutlet = "Dorn Post"\n')
    return file


def stemma(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(each) for each in arguments])
    return ended.value.code


def test_once_adds_what_is_new_and_tells_what_was_not_observed(sources, tmp_path, capsys):
    archive = ("--archive", tmp_path / "a.stemma")
    assert stemma("watch", sources, "--once", "--allow-host", "127.0.0.1", *archive) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["name"] for line in lines] == ["listed", "new", "not observed"]
    assert lines[1]["snapshot"].startswith("c")
    stemma("find", "lamps", "--json", *archive)
    assert "Dorn Post" in capsys.readouterr().out
    assert stemma("watch", sources, "--once", "--allow-host", "127.0.0.1", "--text", *archive) == 0
    assert capsys.readouterr().out == ""
    assert stemma("watch", sources, "--status", "--text", *archive) == 0
    assert "1 of 2 pages observed, 1 not observed the last time; next: " in capsys.readouterr().out


def test_once_asks_for_nothing_twice(sources, tmp_path, capsys, monkeypatch):
    sources.write_text(sources.read_text() + 'every = "1m"\n')
    monkeypatch.setattr("stemma.watching._NAP", 0.0)
    stemma("watch", sources, "--once", "--allow-host", "127.0.0.1", "--archive", tmp_path / "a.stemma")
    addresses = [json.loads(line)["address"] for line in capsys.readouterr().out.splitlines()]
    assert len(addresses) == len(set(addresses)) == 3


def test_a_source_on_a_private_network_is_not_asked_unless_named(sources, tmp_path, capsys):
    assert stemma("watch", sources, "--once", "--archive", tmp_path / "a.stemma") == 1
    assert "nothing was connected" in capsys.readouterr().out


def test_mistakes_are_misuse(tmp_path, capsys):
    assert stemma("watch", tmp_path / "none.toml", "--archive", tmp_path / "a.stemma") == 2
    assert "TOML file of sources" in capsys.readouterr().err
    assert not (tmp_path / "a.stemma").exists()
