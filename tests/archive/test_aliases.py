"""Short forms that pages resolve themselves."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest

from stemma.archive import Archive
from stemma.archive.relations import entities
from stemma.archive.views import Query
from stemma.records import Judgement, Mention, Reference, evidence

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases

_MARSKS = ["Lidia Marsk", "Lydia Marsk", "Lidiya Marsk"]


def short(page, words, full, kind="person"):
    """The page with one more mention, and a reference that says what it means there; ``full`` None: no reference."""
    at = page.document.text.rindex(words)
    mention = Mention(document=page.document.id, evidence=evidence(page.document, at, at + len(words)), kind=kind)
    page.records.append(mention)
    if full:
        (antecedent,) = [each for each in page.records if isinstance(each, Mention) and each.evidence.exact == full][:1]
        page.records.append(
            Reference(
                document=page.document.id, anaphor=mention.evidence, antecedent=antecedent.id, reason="short form"
            )
        )
    return page


def judged(left, right):
    ids = sorted(each.id for each in (left, right))
    return Judgement(left=ids[0], right=ids[1], verdict="unsure", score=0.5, by="toy/1", run="u1")


def last(page):
    return [each for each in page.records if isinstance(each, Mention)][-1]


def first(page):
    return next(each for each in page.records if isinstance(each, Mention))


@pytest.fixture
def resolved(kit):
    return [
        short(
            kit.make_page([f"Day {n}", f"“We sail at dawn,” Lidia Marsk said. Later Marsk left{'.' * n}"]),
            "Marsk",
            "Lidia Marsk",
        )
        for n in range(2)
    ]


def keep(archive, kit, *pages):
    for page in pages:
        page.offers.clear()
    kit.fill(archive, pages)
    archive.join()


def test_a_short_form_that_every_page_resolves_is_not_open(kit, resolved, tmp_path):
    with Archive.open(tmp_path, create=True) as archive:
        keep(archive, kit, *resolved)
        archive.add_records([judged(first(resolved[0]), last(resolved[0]))])
        assert archive.unresolved().unsure == ()
        (person,) = archive.persons("Marsk")
        assert person.name == "Lidia Marsk"
        assert [(form.name, form.count) for form in person.forms] == [("Lidia Marsk", 2), ("Marsk", 2)]
        assert archive.count(Query(speaker="marsk")) == 2
        assert list(archive.check()) == []


def test_it_is_open_where_one_page_leaves_it_so(kit, resolved, tmp_path):
    bare = short(kit.make_page(["Night", "“Nobody sails,” Milo Vance said. Marsk slept."]), "Marsk", None)
    with Archive.open(tmp_path, create=True) as archive:
        keep(archive, kit, *resolved, bare)
        archive.add_records([judged(first(resolved[0]), last(resolved[0]))])
        assert len(archive.unresolved().unsure) == 1
        assert {person.name for person in archive.persons("Marsk")} == {"Lidia Marsk", "Marsk"}


def agency(kit, long, n=0, acronym="ONW"):
    page = kit.make_page([f"Ice {n}", f"“The ice holds,” the {long} said. {acronym} has a ship there{'.' * n}"])
    return short(page, acronym, long, "outlet")


def test_an_acronym_joins_the_body_that_pages_define_by_it(kit, tmp_path):
    pages = [agency(kit, "Orvo News Wire", n) for n in range(2)]
    bare = short(kit.make_page(["Thaw", "“It thaws,” Milo Vance said, as ONW wrote."]), "ONW", None, "outlet")
    with Archive.open(tmp_path, create=True) as archive:
        keep(archive, kit, bare, *pages)
        (body,) = archive.persons("ONW")
        assert [(form.name, form.count) for form in body.forms] == [("ONW", 3), ("Orvo News Wire", 2)]
        assert body.id == archive.persons("Orvo News Wire")[0].id
        assert list(archive.check()) == []


def test_an_acronym_of_two_bodies_joins_neither(kit, tmp_path):
    pages = [agency(kit, "Orvo News Wire"), agency(kit, "Ost Northern Wire", 1)]
    with Archive.open(tmp_path, create=True) as archive:
        keep(archive, kit, *pages)
        assert len({archive.persons(name)[0].id for name in ("Orvo News Wire", "Ost Northern Wire")}) == 2
        assert {person.name for person in archive.persons("ONW")} == {"Orvo News Wire", "Ost Northern Wire"}
        assert list(archive.check()) == []


def test_order_of_adding_does_not_matter_to_acronyms(kit, tmp_path):
    found = []
    pages = [agency(kit, "Orvo News Wire"), agency(kit, "Orvo News Wire", 1), agency(kit, "Ost Northern Wire", 2, "OW")]
    for n, order in enumerate((pages, pages[::-1])):
        with Archive.open(tmp_path / str(n), create=True) as archive:
            for page in order:
                keep(archive, kit, page)
            found.append([archive.persons(name)[0].id for name in ("ONW", "OW", "Ost Northern Wire")])
    assert found[0] == found[1]


def test_a_surname_of_many_leads_to_none_of_them(archive, kit):
    """Who shares one with thousands is not looked at again with all of them."""
    full = ["Lidia Marsk", "Pavel Marsk", "Orla Marsk"]
    pages = [
        short(kit.make_page([f"Day {n}", f"“We sail,” {name} said. Later Marsk left{'.' * n}"]), "Marsk", name)
        for n, name in enumerate(full)
    ]
    keep(archive, kit, *pages)
    store = archive._store
    rows = dict(store.all("SELECT form, row FROM name"))
    assert store.one("SELECT count(DISTINCT whole) FROM meant WHERE name = ?", rows["Marsk"]) == (3,)
    assert entities.reached(store, [rows["Orla Marsk"]]) == {rows["Orla Marsk"]}


def test_all_of_one_entity_are_looked_at_again_together(archive, kit):
    pages = [kit.make_page([f"Day {n}", f"“We sail,” {name} said{'.' * n}"]) for n, name in enumerate(_MARSKS)]
    keep(archive, kit, *pages)
    names = [first(page) for page in pages]
    said = {"by": "A. Reader", "at": "2031-05-03T00:00:00Z", "run": ""}
    archive.add_records(
        [msgspec.structs.replace(judged(*pair), verdict="same", score=1.0, **said) for pair in pairwise(names)]
    )
    archive.join()
    store = archive._store
    found = [row[:2] for row in store.all("SELECT row, entity, form FROM name") if row[2] in _MARSKS]
    assert len({entity for _, entity in found}) == 1
    assert all(entities.reached(store, [row]) == {row for row, _ in found} for row, _ in found)
