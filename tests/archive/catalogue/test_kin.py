"""Who may be one with somebody, and what a person's words change of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stemma.archive import Archive
from stemma.archive.views import Person
from stemma.desk import Desk
from stemma.errors import BadValue
from stemma.records import Correction

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases


@pytest.fixture
def archive(sample: Path) -> Iterator[Archive]:
    with Archive.open(sample) as found:
        yield found


def word(at: str = "2025-11-21T09:00:00Z") -> Correction:
    return Correction(about="", field="undone", value="", by="Dana Wirt", at=at, reason="both stand in the caption")


def test_a_pair_that_a_comparer_left_open_has_evidence(archive: Archive) -> None:
    long, short = archive.persons("Jonas Vettergard")[0], archive.persons("Vettergard")
    pair = next(
        each for each in archive.catalogue.pairs_of(long.id) if "Vettergard" in {each.left.name, each.right.name}
    )
    assert pair.unsure
    assert any("one word alone" in each for each in pair.speaks_for)
    assert {pair.left.id, pair.right.id} >= {long.id}
    assert all("Vettergard" in side.words for side in (pair.left, pair.right))
    assert short


def test_a_word_on_a_pair_takes_it_out_and_undoing_brings_it_again(archive: Archive, sample: Path) -> None:
    desk, entity = Desk(sample), archive.persons("Jonas Vettergard")[0].id
    pair = archive.catalogue.pairs_of(entity)[0]
    judged = desk.judge(*pair.ids, "different", word())
    assert pair.unsure not in {each.unsure for each in archive.catalogue.pairs_of(entity)}
    between = archive.catalogue.pair_between(pair.left.id, pair.right.id)
    assert between.kept_apart == (judged,)
    desk.undo([judged.id], word("2025-11-21T09:01:00Z"))
    assert pair.unsure in {each.unsure for each in archive.catalogue.pairs_of(entity)}


def test_forms_that_are_moved_out_are_somebody_else(archive: Archive, sample: Path) -> None:
    leader = archive.persons("Om Thae Rim")[0]
    pairs = archive.catalogue.parted(leader.id, ["Um Tae Rim", "Eom Tae-rim"])
    Desk(sample).keep_apart(pairs, word())
    left, moved = archive.person(archive.persons("Om Thae Rim")[0].id), archive.persons("Um Tae Rim")
    assert isinstance(left, Person)
    assert not {"Um Tae Rim", "Eom Tae-rim"} & {form.name for form in left.forms}
    assert all(each.id != left.id for each in moved)


def test_a_split_of_nothing_of_all_or_through_one_spelling_is_refused(archive: Archive) -> None:
    leader = archive.persons("Om Thae Rim")[0]
    used = [form.name for form in leader.forms]
    for forms in ([], ["Nobody"], used, ["OM THAE RIM"]):
        with pytest.raises(BadValue):
            archive.catalogue.parted(leader.id, forms)


def test_open_pairs_of_the_desk_are_those_of_the_dossier(archive: Archive) -> None:
    listed = [judgement.id for judgement, *_ in archive.unresolved(100).unsure]
    found, passed = [], set()
    while (about := archive.catalogue.seek("names", passed=passed).about) is not None:
        found.append(about)
        passed.add(about)
    assert found == listed
