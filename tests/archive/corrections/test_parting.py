"""Two persons of one spelling, told apart a page at a time."""

from __future__ import annotations

import json

import pytest

from stemma.archive import Archive
from stemma.archive.views import Query
from stemma.errors import BadValue
from stemma.records import Mention
from tests.archive.conftest import RUNS, fill, make_page, meet
from tests.archive.corrections.conftest import word
from tests.archive.corrections.test_pages import LATER, rebased

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases

FARMER = "Milo Vance (farmer)"


def mention_in(page, name="Milo Vance", at=0):
    return [each for each in page.records if isinstance(each, Mention) and each.evidence.exact == name][at]


def speakers(archive, page):
    (document,) = archive.current_documents(page.document.snapshot)
    return [who.name for line in archive.article(document).lines for who in line.speakers]


def said_by(archive, name):
    return sorted(line.statement.id for line in archive.find(Query(speaker=name)))


def ids(*pages):
    return sorted(each.id for page in pages for each in page.statements if each.source[0].exact == "Milo Vance")


def entities(archive):
    """Whether each name is an entity of its own or none at all."""
    return {name: [person.id for person in archive.persons(name)] for name in ("Milo Vance", FARMER)}


def test_a_page_means_another_of_that_spelling(kit, archive, correct):
    about = mention_in(kit.pages[3])
    before = entities(archive)
    correct(about.id, "means", FARMER, why="a namesake")
    assert speakers(archive, kit.pages[3])[0] == FARMER
    assert said_by(archive, FARMER) == ids(kit.pages[3])
    assert said_by(archive, before["Milo Vance"][0]) == ids(kit.pages[2], kit.pages[4])
    (farmer,) = archive.persons(FARMER)
    assert farmer.id not in before["Milo Vance"]
    assert [form.name for form in farmer.forms] == [FARMER]
    assert list(archive.check()) == []


def test_the_word_is_told_where_it_holds(kit, archive, correct):
    said = correct(mention_in(kit.pages[3]).id, "means", FARMER, why="a namesake")
    line, other = (archive.line(each.id) for each in kit.pages[3].statements)
    (who,) = line.speakers
    assert (who.reason, who.confidence) == ("corrected by Ilse Marn: a namesake", 1.0)
    assert line.corrections == (said,)
    assert [was.value for was in line.was] == ["Milo Vance"]
    assert other.corrections == ()
    assert said in archive.article(kit.pages[3].document.id).corrections


def test_it_holds_for_all_mentions_and_statements_of_the_page_and_no_other_name(tmp_path):
    page = make_page(
        ["Fields", "“One,” Milo Vance said. “Two,” Milo Vance said.", "“Three,” he said. “No,” Tam Orle said."]
    )
    with Archive.open(tmp_path, create=True) as archive:
        fill(archive, [page])
        archive.correct([archive.worded(word(mention_in(page, at=1).id, "means", FARMER))])
        archive.join()
        assert speakers(archive, page) == [FARMER, FARMER, FARMER, "Tam Orle"]
        assert archive.persons("Milo Vance")[0].name == FARMER  # nobody else of that spelling is left
        held = [each.held for each in list(archive.held_on(FARMER))[1:]]
        assert held.count("mention") == 2


def test_undone_and_brought_back(kit, archive, correct):
    before, shown = entities(archive), archive.article(kit.pages[3].document.id)
    said = correct(mention_in(kit.pages[3]).id, "means", FARMER)
    parted = entities(archive)
    undone = correct(said.id, "undone", "true")
    assert entities(archive) == before
    assert archive.article(kit.pages[3].document.id) == shown
    assert list(archive.check()) == []
    correct(undone.id, "undone", "true")
    assert entities(archive) == parted
    assert list(archive.check()) == []


def test_the_newest_word_on_a_spelling_holds(tmp_path):
    page = make_page(["Fields", "“One,” Milo Vance said. “Two,” Milo Vance said."])
    said = [word(mention_in(page, at=n).id, "means", value) for n, value in ((1, "Milo Vance (miller)"), (0, FARMER))]
    for turn, order in enumerate((said, said[::-1])):
        with Archive.open(tmp_path / str(turn), create=True) as archive:
            fill(archive, [page])
            for each in order:
                archive.correct([each])
            archive.join()
            assert speakers(archive, page) == [FARMER, FARMER]


def test_a_name_of_somebody_known_joins_the_page_to_him(kit, archive, correct):
    known = archive.persons("Tamsin Orle")[0]
    correct(mention_in(kit.pages[3]).id, "means", known.id)
    assert speakers(archive, kit.pages[3])[0] == "Tamsin Orle"
    assert ids(kit.pages[3])[0] in said_by(archive, "Tam Orle")


@pytest.mark.parametrize("change", ["same", "layout", "gone"])
def test_it_survives_a_new_run(kit, archive, correct, change):
    page = kit.pages[3]
    said = correct(mention_in(page).id, "means", FARMER)
    lines = page.document.text.split("\n")
    if change == "layout":
        lines = ["Menu", *(f" {line}" for line in lines)]
    if change == "gone":
        lines = [line.replace("Milo Vance", "Dana Wirt") for line in lines]
    newer = make_page(lines, None, "2031-05-01")
    archive.add_records([LATER])
    records = rebased(newer, page, "test/1" if change == "same" else "test/2")
    assert archive.add_page(page.document.snapshot, [RUNS[0], LATER.id], records)
    meet(archive)
    waiting = [each.about for each in archive.problems()]
    if change == "gone":
        assert speakers(archive, page)[0] == "Dana Wirt"
        assert waiting == [said.id]
    else:
        assert speakers(archive, page)[0] == FARMER
        assert waiting == []
    assert list(archive.check()) == []


def test_an_export_carries_it_and_another_archive_takes_it_over(kit, archive, correct, tmp_path):
    before = set(archive.export(bodies=True))
    said = correct(mention_in(kit.pages[3]).id, "means", FARMER)
    after = set(archive.export(bodies=True))
    assert before <= after
    (line,) = after - before
    told = json.loads(line)
    assert (told["id"], told["about"], told["value"]) == (said.id, mention_in(kit.pages[3]).id, FARMER)
    with Archive.open(tmp_path / "other", create=True) as other:
        other.add_records([said])  # the word may come before its page
        fill(other, kit.pages)
        other.join()
        assert speakers(other, kit.pages[3]) == speakers(archive, kit.pages[3])
        assert entities(other) == entities(archive)
        assert set(other.export(bodies=True)) == after


@pytest.mark.parametrize("value", ["", "Milo Vance; Tam Orle"])
def test_one_name_is_wanted(kit, archive, value):
    with pytest.raises(BadValue, match="one name of your own"):
        archive.worded(word(mention_in(kit.pages[3]).id, "means", value))


def test_a_judgement_between_mentions_of_one_spelling_tells_the_way(kit, archive):
    left, right = (mention_in(kit.pages[n]).id for n in (2, 3))
    with pytest.raises(BadValue, match="stemma correct MENTION means"):
        archive.judgement(left, right, "different", word("", "undone"))


@pytest.mark.parametrize("by_id", [True, False])
def test_whom_one_page_means_is_no_side_of_a_judgement(kit, archive, correct, by_id):
    about = mention_in(kit.pages[3]).id
    correct(about, "means", FARMER)
    with pytest.raises(BadValue, match="whom that page means"):
        archive.judgement(about if by_id else FARMER, "Tam Orle", "same", word("", "undone"))
    assert archive.judgement("Milo Vance", "Tam Orle", "same", word("", "undone")).left
