"""People's judgements between names: the newest outranks, by its time; each can be taken back and brought back."""

from __future__ import annotations

import itertools

import pytest

from stemma.archive import Archive
from stemma.errors import AmbiguousId, BadValue, NoSuchRecord
from tests.archive.conftest import fill, make_page, meet
from tests.archive.corrections.conftest import word

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases

DAY = "2032-01-0{}T00:00:00Z"


def names(archive, name="Orle"):
    return [person.name for person in archive.persons(name)]


def judge(archive, left, right, verdict, at="2032-01-01T00:00:00Z"):
    said = archive.judgement(left, right, verdict, word("", "undone", at=at))
    archive.add_records([said])
    archive.join()
    return said


def test_a_judgement_between_names_parts_and_joins(archive):
    said = judge(archive, "Tam Orle", "Tamsín Orle", "different")
    assert (said.by, said.reasons, said.score, said.run) == ("Ilse Marn", ("seen",), 1.0, "")
    assert sorted(names(archive)) == ["Tam Orle", "Tamsin Orle"]
    assert list(archive.check()) == []
    archive.correct([word(said.id, "undone", "true")])
    archive.join()
    assert names(archive) == ["Tamsin Orle"]
    assert archive.person(archive.persons("Orle")[0].id).judgements != ()
    assert said not in archive.persons("Orle")[0].judgements
    assert list(archive.check()) == []
    archive.correct([word(archive.words()[0].id, "undone", "true")])
    archive.join()
    assert len(names(archive)) == 2


def test_the_newest_counts_whatever_the_order_of_adding(tmp_path, kit):
    seen = set()
    for turn, order in enumerate(itertools.permutations((1, 2, 3))):
        with Archive.open(tmp_path / str(turn), create=True) as archive:
            fill(archive, kit.pages)
            for day in order:
                verdict = {1: "different", 2: "same", 3: "different"}[day]
                judge(archive, "Tam Orle", "Tamsin Orle", verdict, DAY.format(day))
            meet(archive)
            seen.add((len(names(archive)), b"".join(archive.export())))
    assert [count for count, _ in seen] == [2]


def test_what_a_person_decided_is_open_no_more(archive):
    def unsure():
        return {frozenset(names) for _, *names in archive.unresolved(100).unsure}

    pair = frozenset(("Tamsin Orle", "Milo Vance"))
    before = unsure()
    assert pair in before
    said = judge(archive, "Milo Vance", "Tamsin Orle", "unsure")
    assert pair not in unsure()
    archive.correct([word(said.id, "undone", "true")])
    assert unsure() == before


def test_sides_may_be_ids(archive):
    (orle,), (vance,) = archive.persons("Tam Orle"), archive.persons("Milo Vance")
    said = judge(archive, orle.id[:9], vance.id, "different")
    assert said.left < said.right
    assert judge(archive, said.left, said.right, "different", DAY.format(2)).left == said.left


def test_a_side_that_says_too_little_is_refused(archive, tmp_path):
    with pytest.raises(NoSuchRecord):
        judge(archive, "Nobody Atall", "Milo Vance", "same")
    with pytest.raises(BadValue, match="written differently"):
        judge(archive, "milo vance", "Milo Vance", "same")
    with Archive.open(tmp_path / "two", create=True) as other:
        page = make_page(["News", "“Yes,” Orle Press said.", "“No,” Dana Wirt said."])
        person = [each for each in page.records if getattr(each, "kind", "") == "outlet"]
        import msgspec

        page.records.extend(msgspec.structs.replace(each, id="", kind="organization") for each in person)
        fill(other, [page])
        other.join()
        with pytest.raises(AmbiguousId, match="fits several"):
            judge(other, "Orle Press", "Dana Wirt", "same")
