"""A flipped bit anywhere in an archive is told by ``check``, or changes nothing that the archive says."""

from __future__ import annotations

import random
import shutil

import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Query
from stemma.errors import StemmaError

FEW, MANY = 10, 200


def told(folder):
    """All that an archive says; an exception says something too."""
    with Archive.open(folder) as archive:
        lines = list(archive.find(Query(limit=None)))
        names = sorted({who.name for line in lines for who in line.speakers})
        return [
            b"".join(archive.export(bodies=True)),
            lines,
            list(archive.utterances()),
            [archive.persons(name) for name in names],
            [
                list(archive.find(Query(words=line.statement.content[0].exact.split()[0].strip('"“”,.'))))
                for line in lines[:20]
            ],
            archive.timeline(),
            archive.unresolved(),
            archive.totals(),
            [archive.payload(line.snapshot.id) for line in lines],
        ]


def flipped(folder, path, at, bit):
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << bit
    path.write_bytes(content)
    try:
        with Archive.open(folder) as archive:
            return [each.message for each in flow.check(archive)]
    except StemmaError as error:
        return [str(error)]


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.soak)])
def test_flipped_bits_are_found_or_harmless(count, pages, whole, tmp_path):
    before = told(whole)
    chance = random.Random(count)
    files = sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file())
    database = next(file for file in files if file.name == "archive.sqlite")
    for n in range(count):
        folder = tmp_path / str(n)
        shutil.copytree(whole, folder)
        file = database if n % 4 else chance.choice(files)
        at, bit = chance.randrange((folder / file).stat().st_size), chance.randrange(8)
        if not flipped(folder, folder / file, at, bit):
            assert told(folder) == before, f"bit {bit} of byte {at} of {file} changes what is told"
            flow.add(folder, pages)
            assert told(folder) == before, f"bit {bit} of byte {at} of {file} changes what the next add gives"
        shutil.rmtree(folder)
