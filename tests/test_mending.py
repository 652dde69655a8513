"""Lines that an outlet repeats: hidden whatever the order of work, brought back by people, proved, and cheap."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from repeating import ABOUT, APPEAL, OUTLET, page, rows, write

from stemma import flow, mending
from stemma.archive import Archive
from stemma.archive.views import Article, Query
from stemma.collate import repeats
from stemma.records import REPEATED, Correction, Label, Repeat, decode

_AT = "2031-11-02T08:00:00Z"


def article_of(archive: Archive, n: int) -> Article:
    """The nth page."""
    (document,) = archive.current_documents(snapshot_of(archive, n))
    found = archive.article(document)
    assert isinstance(found, Article)
    return found


def snapshot_of(archive: Archive, n: int) -> str:
    """The id of its capture."""
    lines = map(json.loads, archive.export())
    return next(each["id"] for each in lines if each["record"] == "snapshot" and each["url"].endswith(f"/{n}"))


def hidden(view: Article) -> list[str]:
    """The repeated lines of a page."""
    return [view.document.text[each.start : each.end] for each in view.labels if each.reason == REPEATED]


def said(archive: Archive) -> int:
    """How often the quotation in the words about the paper is found."""
    return archive.count(Query(words='"nothing else"'))


def word(about: str, field: str, value: str, day: int = 2) -> Correction:
    """A person's word."""
    at = f"2031-11-{day:02}T08:00:00Z"
    return Correction(about=about, field=field, value=value, by="Ada Pell", at=at, reason="seen")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of ten pages, added together."""
    folder = tmp_path_factory.mktemp("ten")
    flow.add(folder / "a", [str(write(folder / "pages.jsonl", 10))])
    return folder / "a"


@pytest.fixture
def own(ten: Path, tmp_path: Path) -> Iterator[Archive]:
    """A copy of it that a test may change."""
    copytree(ten, tmp_path / "a")
    with Archive.open(tmp_path / "a") as archive:
        yield archive


def test_a_page_alone_is_wrong_and_ten_together_are_right(ten: Path, tmp_path: Path) -> None:
    flow.add(tmp_path / "one", [str(write(tmp_path / "one.jsonl", 1))])
    with Archive.open(tmp_path / "one") as archive:
        assert hidden(article_of(archive, 0)) == []
        assert said(archive) == 1
    with Archive.open(ten) as archive:
        assert all(hidden(article_of(archive, n)) == [APPEAL, ABOUT] for n in range(10))
        assert said(archive) == 0
        assert archive.totals().statements >= 10 * 5  # those of the stories are all there
        assert not any(
            "Marran" in name for name, *_ in archive._store.all("SELECT form FROM name WHERE row NOT IN hidden")
        )
        assert list(flow.check(archive)) == []


def test_two_pages_are_not_enough(tmp_path: Path) -> None:
    flow.add(tmp_path / "a", [str(write(tmp_path / "pages.jsonl", 2))])
    with Archive.open(tmp_path / "a") as archive:
        assert hidden(article_of(archive, 1)) == []
        assert said(archive) == 2


@pytest.mark.parametrize("how", ["one at a time", "backwards", "two heaps", "four processes"])
def test_order_does_not_matter(ten: Path, tmp_path: Path, how: str) -> None:
    order = list(rows(10))
    if how == "backwards":
        order.reverse()
    elif how != "four processes":
        random.Random(how).shuffle(order)
    size = {"one at a time": 1, "two heaps": 5}.get(how, 10)
    for n in range(0, 10, size):
        file = tmp_path / f"{n}.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in order[n : n + size]), encoding="utf-8")
        flow.add(tmp_path / "a", [str(file)], workers=4 if how == "four processes" else 1)
    with Archive.open(ten) as one, Archive.open(tmp_path / "a") as other:
        assert [_without_origin(line) for line in one.export(bodies=True)] == [
            _without_origin(line) for line in other.export(bodies=True)
        ]
        assert list(flow.check(other)) == []


def _without_origin(line: bytes) -> object:
    return {key: value for key, value in json.loads(line).items() if key != "origin"}


def test_export_carries_lines_and_labels_and_nothing_that_stands_in_them(ten: Path) -> None:
    with Archive.open(ten) as archive:
        records = [decode(line) for line in archive.export()]
    repeats = [each for each in records if isinstance(each, Repeat)]
    labels = [each for each in records if isinstance(each, Label) and each.reason == REPEATED]
    assert {each.outlet for each in repeats} == {OUTLET}
    assert len(repeats) == 2
    assert len(labels) == 20
    places = {(each.document, each.start, each.end) for each in labels}
    inside = [
        each
        for each in records
        if (piece := getattr(each, "evidence", None))
        and any(document == piece.document and start <= piece.start < end for document, start, end in places)
    ]
    assert inside == []
    others = [each for each in records if isinstance(each, Label) and each.reason != REPEATED]
    assert not places & {(each.document, each.start, each.end) for each in others}


def test_a_label_can_be_shown_and_a_person_outranks_it(own: Archive) -> None:
    view = article_of(own, 4)
    label = next(each for each in view.labels if view.document.text[each.start : each.end] == ABOUT)
    assert own.record(label.id) == label
    flow.correct(own, [word(label.id, "role", "body")])
    assert hidden(article_of(own, 4)) == [APPEAL]
    assert said(own) == 1
    assert list(flow.check(own)) == []
    (again,) = own.corrections_of(label.id)
    flow.correct(own, [word(again.id, "undone", "true", 3)])
    assert hidden(article_of(own, 4)) == [APPEAL, ABOUT]
    assert said(own) == 0
    assert list(flow.check(own)) == []


def test_a_word_on_a_hidden_statement_brings_it_back(own: Archive, tmp_path: Path) -> None:
    flow.add(tmp_path / "one", [str(write(tmp_path / "one.jsonl", 1))])
    with Archive.open(tmp_path / "one") as alone:
        (line,) = alone.find(Query(words='"nothing else"'))
    flow.correct(own, [word(line.statement.id, "speaker", "Odile Marran (person)")])
    (found,) = own.find(Query(words='"nothing else"'))
    assert found.speakers[0].name == "Odile Marran"
    assert hidden(article_of(own, 0)) == [APPEAL]
    assert list(flow.check(own)) == []


def test_withdrawn_pages_no_longer_count(own: Archive) -> None:
    for n in range(2, 10):
        flow.correct(own, [word(snapshot_of(own, n), "access", "withdrawn")])
    assert hidden(article_of(own, 0)) == hidden(article_of(own, 1)) == []
    assert said(own) == 2
    assert list(flow.check(own)) == []
    assert not any(isinstance(decode(line), Repeat) for line in own.export())
    flow.correct(own, [word(own.words()[0].id, "undone", "true", 3)])
    assert hidden(article_of(own, 0)) == [APPEAL, ABOUT]
    assert said(own) == 0
    assert list(flow.check(own)) == []


def test_words_in_any_order_give_the_same_archive(own: Archive, tmp_path: Path) -> None:
    view, gone = article_of(own, 4), snapshot_of(own, 5)
    start = view.document.text.index(ABOUT)
    words = [word(view.document.id, "label", f"{start}-{start + len(ABOUT)} body"), word(gone, "access", "withdrawn")]
    flow.correct(own, words)
    with Archive.open(tmp_path / "b", create=True) as other:
        other.add_records(words)
    flow.add(tmp_path / "b", [str(write(tmp_path / "pages.jsonl", 10))])
    with Archive.open(tmp_path / "b") as other:
        assert [*map(_without_origin, own.export())] == [*map(_without_origin, other.export())]
        assert list(flow.check(other)) == []


def test_upgrade_brings_the_stage_into_an_archive_that_lacks_it(
    ten: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = tuple(each for each in flow.meetings() if each.stage.name != mending.REPEATS.name)
    with monkeypatch.context() as patch:
        patch.setattr(flow, "meetings", lambda: earlier)
        patch.setattr(mending, "mend", lambda *_: None)
        flow.add(tmp_path / "a", [str(write(tmp_path / "first.jsonl", 8))])
    with Archive.open(tmp_path / "a") as archive:
        assert said(archive) == 8
        assert archive.renewal.is_behind(*flow.runs_in_force())
    flow.add(tmp_path / "a", [str(write(tmp_path / "second.jsonl", 2, first=8))])
    with Archive.open(tmp_path / "a") as archive:
        assert archive.renewal.is_behind(*flow.runs_in_force())
        assert list(flow.check(archive)) == []
    flow.upgrade(tmp_path / "a")
    with Archive.open(tmp_path / "a") as archive, Archive.open(ten) as fresh:
        assert [*map(_without_origin, archive.export())] == [*map(_without_origin, fresh.export())]
        assert list(flow.check(archive)) == []
        assert not archive.renewal.is_behind(*flow.runs_in_force())


def test_a_newer_version_of_the_stage_begins_anew(
    own: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeats, "STORIES", 11)
    newer = replace(mending.REPEATS, version="0")
    monkeypatch.setattr(mending, "REPEATS", newer)
    later = tuple(replace(each, stage=newer) if each.stage.name == "repeats" else each for each in flow.meetings())
    monkeypatch.setattr(flow, "meetings", lambda: later)
    flow.upgrade(tmp_path / "a")
    assert hidden(article_of(own, 3)) == []
    assert said(own) == 10
    assert list(flow.check(own)) == []


def test_check_proves_lines_and_labels(own: Archive) -> None:
    store = own._store
    with store.writing():
        row, document = store.all("SELECT row, left FROM fact WHERE kind = 'l'")[0]
        store.run("UPDATE fact SET left = 0 WHERE row = ?", row)
    told = " ".join(each.message for each in flow.check(own))
    assert "not labelled as the other pages say" in told
    with store.writing():
        store.run("UPDATE fact SET left = ? WHERE row = ?", document, row)
        key = store.all("SELECT key FROM settled WHERE facts LIKE '[%' AND key IN (SELECT key FROM member)")
        repeats = {row for (row,) in store.all("SELECT row FROM fact WHERE kind = 'q'")}
        gone = next(
            k for (k,) in key if json.loads(store.all("SELECT facts FROM settled WHERE key = ?", k)[0][0])[0] in repeats
        )
        store.run(
            "DELETE FROM member WHERE key = ? AND item NOT IN (SELECT min(item) FROM member WHERE key = ?)", gone, gone
        )
    told = " ".join(each.message for each in flow.check(own))
    assert "is not told as the pages say" in told


def test_pages_without_the_lines_are_left_alone(own: Archive, tmp_path: Path) -> None:
    before = list(own.export())
    file = tmp_path / "plain.jsonl"
    row = {"url": "https://lantern.example/77", "text": page(77, repeated=False), "outlet": OUTLET}
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    flow.add(tmp_path / "a", [str(file)])
    assert hidden(article_of(own, 77)) == []
    assert {line for line in before if b'"record":"label"' in line} <= set(own.export())
