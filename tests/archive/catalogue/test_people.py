"""Lists of people and what stands around one of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from stemma.archive import Archive
from stemma.archive.catalogue.people import PAGE, alphabet
from stemma.archive.views import Person
from stemma.errors import BadValue

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases


@pytest.fixture
def archive(sample: Path) -> Iterator[Archive]:
    with Archive.open(sample) as found:
        yield found


def test_the_most_quoted_come_first_and_every_one_once(archive: Archive) -> None:
    rows, after = [], ""
    while True:
        part = archive.catalogue.people(after)
        rows += part.rows
        assert len(part.rows) <= PAGE
        if not (after := part.after):
            break
    assert len(rows) == part.total == len({row.id for row in rows}) > PAGE
    assert [row.statements for row in rows] == sorted((row.statements for row in rows), reverse=True)
    for row in rows[:3]:
        view = archive.person(row.id)
        assert isinstance(view, Person)
        assert (view.name, view.statements) == (row.name, row.statements)


def test_a_key_that_is_none_is_refused(archive: Archive) -> None:
    for key in ("x", "1", "1-", "-1-2", "1-x", "9" * 50):
        with pytest.raises(BadValue):
            archive.catalogue.people(key)


def test_any_form_finds_somebody(archive: Archive) -> None:
    for form in ("Om Thae Rim", "Um Tae Rim", "om thae rim"):
        assert archive.catalogue.people_called(form).rows[0].name == "Om Thae Rim"
    assert archive.catalogue.people_called("Nobody Atall").total == 0


def test_letters_lead_to_those_whose_forms_begin_with_them(archive: Archive) -> None:
    letters = {letter.name: letter for letter in archive.catalogue.letters()}
    assert "О" not in letters
    assert letters["М"].script == "Cyrillic"
    assert "Miron Stavin" in {row.name for row in archive.catalogue.people_under(letters["М"]).rows}
    assert all(archive.catalogue.people_under(letter).total for letter in letters.values())


def test_the_ranges_of_letters_do_not_overlap() -> None:
    ranges = sorted((each.first, each.end) for each in alphabet())
    assert all(first < end for first, end in ranges)
    assert all(left[1] <= right[0] for left, right in pairwise(ranges))


def test_kinds_are_kept_apart(archive: Archive) -> None:
    every = archive.catalogue.people(kinds=("person", "organization", "outlet")).total
    assert archive.catalogue.people(kinds=("person",)).total < every
    assert all(row.kind == "place" for row in archive.catalogue.people(kinds=("place",)).rows)


def test_a_form_tells_its_script_and_how_often_each_outlet_has_it(archive: Archive) -> None:
    stavin = archive.persons("Miron Stavin")[0]
    forms = {form.name: form for form in stavin.forms}
    assert forms["Мирон Ставин"].script == "Cyrillic"
    assert forms["Мирон Ставин"].languages == ("ru",)
    assert forms["Miron Stavin"].script == "Latin"
    for form in stavin.forms:
        assert sum(count for _, count in form.uses) == form.count
        assert tuple(sorted(outlet for outlet, _ in form.uses if outlet)) == form.outlets


def test_what_stands_around_somebody_adds_up(archive: Archive) -> None:
    catalogue = archive.catalogue
    for row in catalogue.people().rows[:6]:
        view = archive.person(row.id, None)
        assert isinstance(view, Person)
        activity, carriers = catalogue.activity(row.id), catalogue.carriers(row.id)
        assert sum(count for _, count in activity.periods) + activity.undated == view.statements
        assert carriers.of == view.statements == sum(count for _, count in carriers.outlets)
        assert {role.wording for role in catalogue.roles(view)} == {" ".join(each[0].split()) for each in view.roles}


def test_statements_about_and_to_somebody(archive: Archive) -> None:
    morozan = archive.persons("Inga Morozan")[0]
    said_to = archive.catalogue.addressed(morozan.id)
    assert said_to.total >= 1
    assert all(
        "Morozan" in (line.statement.addressee.exact if line.statement.addressee else "") for line in said_to.lines
    )
    leader = archive.persons("Om Thae Rim")[0]
    forms = [form.name.casefold() for form in leader.forms]
    for line in archive.catalogue.about(leader).lines:
        words = " ".join(piece.exact for piece in line.statement.content).casefold()
        assert any(form in words for form in forms), words
