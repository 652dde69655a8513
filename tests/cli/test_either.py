"""Each verb answers alike for an archive in a folder and on a server, before and after people's words."""

import re

import pytest

from stemma.archive import Archive
from stemma.archive.carrying import carry

SIGNED = ("--by", "An editor", "--why", "so")
ASKED = [
    ("stats", "--by", "day"), ("stats", "--json"), ("find", "--json", "port"), ("find", '"the port" OR ferry'), ("find", "--edited"),
    ("find", "--day", "said", "--from", "2025-10-01"), ("show",), ("show", "problems"), ("show", "--timeline"),
    ("export",), ("export", "--bodies"), ("export", "--format", "csv"), ("manifest", "--at", "2031-06-03T00:00:00Z"),
    ("check",), ("dossier",), ("upgrade", "--statements", "network"), ("join", "records.jsonl"),
]  # fmt: skip
_SIZE = re.compile(r'"database":\d+')


@pytest.fixture
def both(sample, postgres, tmp_path):
    """The example pages in a folder and on a server."""
    address = postgres.address(tmp_path / "server")
    carry(sample, address)
    return sample, address


def told(command, place, *words):
    done = command(*words, "--archive", place)
    if words[0] == "stats":  # the one figure that is of the database
        return done.status, _SIZE.sub("", done.out) if "--json" in words else ""
    return done.status, done.out


def test_every_verb(both, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records.jsonl").write_text(command("export", "--archive", both[0]).out)
    for words in ASKED:
        answers = [told(command, place, *words) for place in both]
        assert answers[0] == answers[1], words
        assert answers[0][0] in {0, 1}, words


def test_people_and_their_words(both, command, monkeypatch):
    with Archive.open(both[0]) as archive:
        document = archive.listing.documents()[3]
        one, other = (row.id for row in archive.catalogue.people().rows[:2])
        statement = archive.article(archive.listing.documents()[0]).lines[0].statement.id
    deeds = [
        ("correct", document, "published", "2025-10-21", *SIGNED), ("correct", statement, "speaker", "", *SIGNED),
        ("judge", one, other, "different", *SIGNED), ("withdraw", document, *SIGNED),
    ]  # fmt: skip
    for number, words in enumerate(deeds):
        monkeypatch.setattr("stemma.collect.clock.moment", lambda at=number: f"2031-06-01T00:00:{at:02}.000000Z")
        answers = [told(command, place, *words) for place in both]
        assert answers[0] == answers[1], words
        assert answers[0][0] == 0, words
    for words in [
        ("show", document),
        ("show", one),
        ("show", statement),
        ("cite", statement),
        ("about", one),
        ("check",),
        ("export",),
    ]:
        answers = [told(command, place, *words) for place in both]
        assert answers[0] == answers[1], words
