"""What exports ask of an archive beside its answers."""

from __future__ import annotations

import pytest

from stemma.archive import Archive
from stemma.archive.views import Query
from stemma.errors import BadQuery, NoSuchRecord
from stemma.records import Correction, Field
from tests.archive.conftest import PAGES, RUNS, fill, make_page

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases


def word(about: str, field: str, value: str = "withdrawn") -> Correction:
    return Correction(about=about, field=field, value=value, by="Ilse Marn", at="2026-11-22T08:00:00Z", reason="seen")


@pytest.fixture
def archive(tmp_path):
    reserving = make_page(["Port shut", "“The port is shut,” Milo Vance said."])
    reserving.records.insert(
        1, Field(document=reserving.document.id, name="reservation", value="tdm", basis="header", run=RUNS[0])
    )
    silent = make_page(["Tides", "High water at six."])
    with Archive.open(tmp_path, create=True) as archive:
        fill(archive, [*PAGES[:3], reserving, silent])
        yield archive


def test_a_sheet_is_the_article_without_what_was_found_in_it(archive) -> None:
    for line in archive.find(Query(limit=None)):
        sheet, article = archive.leaving.sheet(line.statement.document), archive.article(line.statement.document)
        assert sheet.document == article.document
        assert (sheet.title, sheet.outlet, sheet.published, sheet.language) == (
            article.title, article.outlet, article.published, article.language,
        )  # fmt: skip
        assert sheet.reserved == tuple(field.value for field in article.fields if field.name == "reservation")
    with pytest.raises(NoSuchRecord):
        archive.leaving.sheet("d" + "2" * 16)


def test_texts_of_bytes(archive) -> None:
    line = next(iter(archive.find(Query())))
    digest = line.snapshot.digest
    for asked in (digest, digest.removeprefix("sha256:")):
        ((snapshot, document),) = archive.leaving.texts(asked)
        assert (snapshot.id, document.id) == (line.snapshot.id, line.statement.document)
    assert archive.leaving.texts("0" * 64) == []
    archive.correct([word(line.statement.document, "access")])
    assert archive.leaving.texts(digest) == []


def test_a_query_as_it_is_carried_out(archive) -> None:
    understood = archive.leaving.understood
    assert understood(Query()) == {}
    told = understood(Query(words='kept "our word" -ferry', speaker="orle", outlet="no such"))
    assert told["outlets"] == []
    assert told["speakers"] == ["Tamsin Orle"]
    assert "kept" in told["expression"]
    assert "NOT" in told["expression"]
    for bad in (Query(words='"open'), Query(since="soon")):
        with pytest.raises(BadQuery):
            understood(bad)


def test_whom_nobody_may_list_is_not_told(archive) -> None:
    person = archive.persons("Tamsin Orle")[0]
    assert archive.leaving.kind(person.id) == "person"
    archive.correct([word(person.id, "access")])
    assert archive.leaving.understood(Query(speaker="orle"))["speakers"] == []
    with pytest.raises(NoSuchRecord):
        archive.leaving.kind("e" + "2" * 16)


def test_the_newest_capture_and_the_pages_without_statements(archive) -> None:
    stated = [line.snapshot.fetched for line in archive.find(Query(limit=None)) if line.snapshot.fetched]
    assert archive.leaving.newest() == max(stated, default=None)
    spoken = {line.statement.document for line in archive.find(Query(limit=None))}
    silent = list(archive.leaving.silent())
    assert not spoken & set(silent)
    assert silent == sorted(silent)
    assert len(silent) + len(spoken) == archive.totals().documents
    (page,) = silent
    archive.correct([word(page, "access")])
    assert list(archive.leaving.silent()) == []
