"""What was derived where a person's word holds: told beside it, as far as it may be shown."""

from __future__ import annotations

import pytest

from stemma.archive.views import Was
from stemma.records import Correction
from tests.archive.corrections.conftest import word

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases


def told(view):
    return {each.correction: each.value for each in view.was}


def test_what_a_word_stands_in_place_of(kit, archive, correct):
    page = kit.pages[0]
    about = page.statements[0].id
    assert archive.line(about).was == ()
    speaker = correct(about, "speaker", "Dana Wirt")
    kind, content = correct(about, "kind", "mixed"), page.statements[0].content[0]
    span = correct(about, "content", f"{content.start}-{content.start + 6}")
    outlet, title = correct(page.document.id, "outlet", "Fjord Post"), correct(page.document.id, "title", "")
    day = correct(page.document.id, "published", "2031-04-30")
    line = archive.line(about)
    assert told(line) == {
        speaker.id: "Tamsin Orle", kind.id: "direct", span.id: content.exact, outlet.id: "Orvo Wire",
        title.id: page.document.text.split("\n")[0], day.id: "2031-04-03",
    }  # fmt: skip
    assert next(each for each in line.was if each.correction == day.id) == Was(day.id, "2031-04-03", "header", 1.0)
    correct(speaker.id, "undone", "true")
    assert speaker.id not in told(archive.line(about))


def test_the_newest_word_stands_in_place_of_what_was_derived(kit, archive, correct):
    about = kit.pages[0].statements[0].id
    correct(about, "speaker", "Dana Wirt")
    newest = correct(about, "speaker", "Milo Vance")
    assert told(archive.line(about)) == {newest.id: "Tamsin Orle"}


def test_roles_of_a_stretch(kit, archive, correct):
    page = kit.pages[3]
    start = page.document.text.index("“Nobody")
    said = correct(page.document.id, "label", f"{start}-{len(page.document.text)} furniture")
    assert told(archive.article(page.document.id)) == {said.id: "body"}


def test_nothing_is_told_that_was_covered_or_is_not_to_be_named(kit, archive, correct):
    page = kit.pages[3]
    about = page.statements[0]
    said = correct(about.id, "speaker", "Dana Wirt")
    span = correct(about.id, "content", f"{about.content[0].start}-{about.content[0].start + 4}")
    assert told(archive.line(about.id))[said.id] == "Milo Vance"
    (person,) = archive.persons("Milo Vance")
    hidden = correct(person.id, "access", "withdrawn")
    assert told(archive.line(about.id))[said.id] == "name withheld"
    correct(hidden.id, "undone", "true")
    start = page.document.text.index("Milo Vance")
    correct(page.document.id, "redaction", f"{start}-{start + 10}")
    correct(page.document.id, "redaction", f"{about.content[0].end - 4}-{about.content[0].end}")
    shown = repr(archive.line(about.id)) + repr(archive.article(page.document.id))
    assert "Vance" not in shown
    assert about.content[0].exact not in shown
    assert told(archive.line(about.id))[span.id].endswith("████")


def test_the_sides_of_a_judgement(kit, archive, correct):
    signed = Correction(about="", field="undone", value="", by="Bero", at=word("", "undone").at, reason="kin")
    judged = archive.judgement("Tamsin Orle", "Milo Vance", "different", signed)
    archive.add_records([judged])
    archive.join()
    assert set(archive.sides(judged.id)) == {"Tamsin Orle", "Milo Vance"}
    correct(archive.persons("Milo Vance")[0].id, "access", "withdrawn")
    assert set(archive.sides(judged.id)) == {"Tamsin Orle", "name withheld"}
    assert archive.sides("jnone") == ("name withheld", "name withheld")
