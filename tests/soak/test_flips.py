"""Damage anywhere in an archive is told by ``check``, or changes nothing that the archive says now and after an add."""

from __future__ import annotations

import random
import shutil
import sqlite3

import pytest

from stemma import collect, flow
from stemma.archive import Archive
from stemma.archive.views import Query
from stemma.errors import StemmaError, Withdrawn
from stemma.records import Correction, Stated

FEW, MANY = 6, 200
BLOCK = 4_096  #: bytes that a disk loses at once
AT = "2031-06-01T00:00:00Z"


def said(folder):
    """All that an archive says."""
    with Archive.open(folder) as archive:
        lines = list(archive.find(Query(limit=None)))
        names = sorted({who.name for line in lines for who in line.speakers})
        words = [line.statement.content[0].exact.split()[0].strip('"“”,.') for line in lines[:20]]
        return [
            b"".join(archive.export(bodies=True)), b"".join(archive.manifest()), lines, list(archive.utterances()),
            [archive.persons(name) for name in names], [list(archive.find(Query(words=word))) for word in words],
            archive.timeline(), archive.unresolved(), archive.totals(),
            [payload(archive, line.snapshot.id) for line in lines],
        ]  # fmt: skip


def payload(archive, snapshot_id):
    try:
        return archive.payload(snapshot_id)
    except Withdrawn as error:
        return str(error)


def complaints(folder):
    """What ``check`` tells; an archive that cannot be opened has told it too."""
    try:
        archive = Archive.open(folder)
    except (StemmaError, sqlite3.DatabaseError) as error:
        return [str(error)]
    with archive:
        return [f"{each.about}: {each.message}" for each in flow.check(archive)]


def assert_told_or_harmless(folder, pages, before, after, what):
    if complaints(folder):
        return
    if (
        "-wal" not in what
    ):  # a log that ends too soon leaves the archive as it was a moment earlier; nothing tells of more
        assert said(folder) == before, f"{what} changes what the archive says"
    flow.add(folder, pages)
    assert said(folder) == after, f"{what} changes what the next add gives"


@pytest.fixture(scope="session")
def corrected(pages, tmp_path_factory):
    """A whole archive of two segments, with people's words and a page that was withdrawn."""
    path = tmp_path_factory.mktemp("corrected") / "a.stemma"
    flow.add(path, pages[:-6])
    (segment,) = (path / "captures").iterdir()
    with segment.open("ab") as file:
        file.write(b"left by a writer that was killed")
    flow.add(path, pages[-6:])
    with Archive.open(path) as archive:
        lines = list(archive.find(Query(limit=None)))
        word = {"by": "Ada Orle", "at": AT, "reason": "the imprint says so"}
        flow.correct(
            archive,
            [
                Correction(about=lines[0].statement.id, field="kind", value="indirect", **word),
                Correction(about=lines[-1].statement.document, field="access", value="withdrawn", **word),
                Correction(about=lines[5].statement.document, field="redaction", value="20-40", **word),
            ],
        )
    assert len(list((path / "captures").iterdir())) == 2
    return path


@pytest.fixture(scope="session")
def stopped(pages, tmp_path_factory):
    """An archive as a killed process left it: pages kept, some read, nothing compared yet, all in the log."""
    folder = tmp_path_factory.mktemp("stopped")
    flow.add(folder / "open", pages[:-4])
    with Archive.open(folder / "open") as archive:
        flow.keep(archive, collect.captures(pages[-4:-1], Stated()))
        flow.enrol(archive)
        flow.derive(archive)
        flow.keep(archive, collect.captures(pages[-1:], Stated()))
        shutil.copytree(folder / "open", folder / "a", ignore=shutil.ignore_patterns("*-shm"))
    assert (folder / "a" / "archive.sqlite-wal").stat().st_size > 0
    return folder / "a"


@pytest.fixture(scope="session", params=["corrected", "stopped"])
def damaged(request, pages, tmp_path_factory):
    """An archive to be damaged, what it says, and what it says after the next add."""
    folder = request.getfixturevalue(request.param)
    copy = tmp_path_factory.mktemp("whole") / "a"
    shutil.copytree(folder, copy)
    before = said(shutil.copytree(folder, copy.with_name("b")))
    assert complaints(copy) == []
    flow.add(copy, pages)
    return folder, before, said(copy)


def files_of(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("seed", "count"), [(1, FEW), *(pytest.param(seed, MANY, marks=pytest.mark.soak) for seed in (2, 3, 4))]
)
def test_flipped_bits_and_bytes(seed, count, damaged, pages, tmp_path):
    folder, before, after = damaged
    chance = random.Random(seed)
    files = files_of(folder)
    for n in range(count):
        copy = shutil.copytree(folder, tmp_path / str(n))
        file = files[n % len(files)]
        content = bytearray((copy / file).read_bytes())
        at = chance.randrange(len(content))
        content[at] = chance.randrange(256) if n % 3 == 0 else content[at] ^ 1 << chance.randrange(8)
        (copy / file).write_bytes(content)
        assert_told_or_harmless(copy, pages, before, after, f"byte {at} of {file}")
        shutil.rmtree(copy)


@pytest.mark.soak
@pytest.mark.parametrize("seed", [5, 6])
def test_lost_blocks_and_cut_files(seed, damaged, pages, tmp_path):
    folder, before, after = damaged
    chance = random.Random(seed)
    for n in range(60):
        copy = shutil.copytree(folder, tmp_path / str(n))
        file = chance.choice(files_of(folder))
        content = bytearray((copy / file).read_bytes())
        at = chance.randrange(0, len(content), BLOCK)
        if n % 2:
            content[at : at + BLOCK] = bytes(len(content[at : at + BLOCK]))
        else:
            del content[chance.randrange(len(content)) :]
        (copy / file).write_bytes(content)
        assert_told_or_harmless(copy, pages, before, after, f"block {at} of {file}, or a cut there")
        shutil.rmtree(copy)


def test_swapped_and_deleted_segments(corrected, tmp_path):
    copy = shutil.copytree(corrected, tmp_path / "a")
    one, other = sorted((copy / "captures").iterdir())
    one.rename(copy / "x")
    other.rename(one)
    assert len(complaints(copy)) > 10
    assert {each.partition(":")[0] for each in complaints(copy)} == {f"captures/{path.name}" for path in (one, other)}
    (copy / "x").rename(other)
    one.unlink()
    (told,) = [each for each in complaints(copy) if one.name in each]
    assert "No such file" in told


def mutations(folder):
    """One row of each table gone; one value of each column another one: near, that of another row, damaged."""
    db = sqlite3.connect(folder / "archive.sqlite")
    tables = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for table in [name for name, sql in tables if not sql.startswith("CREATE VIRTUAL")]:
        columns = db.execute(f"PRAGMA table_info({table})").fetchall()
        rows = db.execute(f"SELECT * FROM {table}").fetchall()
        names = [column[1] for column in columns]
        key = [column[1] for column in columns if column[5]] or names
        for row in rows[len(rows) // 2 :][:1]:
            where = f"FROM {table} WHERE {' AND '.join(f'{name} IS ?' for name in key)}"
            place = [row[names.index(name)] for name in key]
            yield f"DELETE {where}", place
            for name, value, other in zip(names, row, rows[0], strict=True):
                for changed in changes_of(value, other):
                    yield f"UPDATE {table} SET {name} = ? {where.removeprefix(f'FROM {table} ')}", [changed, *place]
    db.close()


def changes_of(value, other):
    near = {int: lambda: [value + 1, value ^ 8], str: lambda: [value + "x"], type(None): lambda: [1, "x"]}
    damage = [value[: len(value) // 2] + b"\x7f" + value[len(value) // 2 + 1 :]] if isinstance(value, bytes) else []
    return [each for each in (*near.get(type(value), list)(), *damage, other) if each != value]


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.soak) for part in range(1, 25))])
def test_every_column_of_every_table(part, damaged, pages, tmp_path):
    """The rows are changed by SQL, so that nothing but the records tells that they are wrong."""
    folder, before, after = damaged
    opened = shutil.copytree(folder, tmp_path / "opened")
    Archive.open(opened).close()  # writes the log back
    for n, (sql, values) in enumerate(list(mutations(opened))[part::25]):
        copy = shutil.copytree(opened, tmp_path / str(n))
        db = sqlite3.connect(copy / "archive.sqlite", isolation_level=None)
        try:
            db.execute(sql, values)
        except sqlite3.Error:  # two rows of one key, or a value that the table refuses
            continue
        finally:
            db.close()
        assert_told_or_harmless(copy, pages, before, after, f"{sql} with {values}"[:200])
        shutil.rmtree(copy)
