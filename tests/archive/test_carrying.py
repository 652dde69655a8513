"""An archive carried from a folder to a server, back, and between two of a kind, without loss."""

import msgspec
import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.archive.carrying import carry
from stemma.errors import BadValue, NoArchive
from stemma.records import Correction

WORD = {"by": "An editor", "at": "2031-06-02T00:00:00Z", "reason": "so"}


def all_of(place):
    with Archive.open(place) as archive:
        assert list(flow.check(archive)) == []
        told = archive.words(), archive.stats().words, archive.totals(), list(archive.pending_snapshots())
        return b"".join(archive.export(bodies=True)), list(archive.manifest("2031-06-03T00:00:00Z")), told


@pytest.fixture
def spoken_of(sample):
    """The example pages with a list of names, corrections, a judgement, a withdrawn page, a reading that is past."""
    (sample / "names.toml").write_text('person = ["Zzyx Qvaal"]\n')
    with Archive.open(sample) as archive:
        first, second, third = archive.listing.documents()[:3]
        words = [
            Correction(about=first, field="published", value="2025-10-21", **WORD),
            Correction(about=second, field="access", value="withdrawn", **WORD),
        ]
        flow.correct(archive, [archive.worded(each) for each in words])
        people = archive.catalogue.people().rows[:2]
        archive.add_records([archive.judgement(*(each.id for each in people), "different", words[0])])
        archive.restate(msgspec.structs.replace(archive.leaf(third)[0], outlet="A stated outlet"))
        archive.join()
    return sample


def test_there_and_back(spoken_of, postgres, tmp_path):
    server, again, back = (
        postgres.address(tmp_path / "server"),
        postgres.address(tmp_path / "again"),
        tmp_path / "back",
    )
    before = all_of(spoken_of)
    for source, target in ((spoken_of, server), (server, again), (again, back)):
        carry(source, target)
        assert all_of(target) == before
    assert (back / "names.toml").read_text() == (spoken_of / "names.toml").read_text()
    assert {path.name: path.read_bytes() for path in (back / "captures").iterdir()} == {
        path.name: path.read_bytes() for path in (spoken_of / "captures").iterdir()
    }


def test_both_go_on_alike(spoken_of, postgres, tmp_path):
    server = postgres.address(tmp_path / "server")
    carry(spoken_of, server)
    page = tmp_path / "new.txt"
    page.write_text(
        'VELM, May 5 (NAK) -- "The quay of pier 9 will open before the first snow," Minister Ada Orle said.\n'
    )
    for place in (spoken_of, server):
        flow.add(place, [str(page)])
        flow.upgrade(place)
    assert all_of(spoken_of)[0] == all_of(server)[0]


def test_into_an_empty_archive_alone(sample, place, tmp_path):
    Archive.open(place, create=True).close()
    with pytest.raises(ZeroDivisionError):
        carry(sample, place, lambda _done, _total: 1 // 0)
    with Archive.open(place) as archive:
        assert archive.totals().pages == 0
    carry(sample, place)
    with pytest.raises(BadValue, match="an empty one"):
        carry(sample, place)
    with pytest.raises(NoArchive):
        carry(tmp_path / "nowhere", place)


def test_the_verb(sample, postgres, tmp_path, command):
    server = postgres.address(tmp_path / "server").replace("stemma@", "stemma:secret@")
    done = command("load", sample, "--archive", server)
    assert (done.status, done.out) == (0, "")
    assert "holds all of" in done.err
    assert "secret" not in done.err
    assert command("export", "--archive", server).out == command("export", "--archive", sample).out
    assert command("load", sample, "--archive", server).status == 2
