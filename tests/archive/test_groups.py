"""Offers, settling, traces, and the views that are joined from them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from postgres import in_a_file

from stemma.archive import Archive
from stemma.archive.relations.entities import entity_id
from stemma.archive.relations.graph import Union, closure
from stemma.archive.relations.offers import items_under
from stemma.archive.utterances.matching import covered, twins
from stemma.archive.views import Query
from stemma.records import Evidence, Judgement, Mention, Problem, Relay, Run, Statement, Variant
from stemma.stage import FULLEST_KEY, Offer

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases


def offer_all(kit, archive, offers):
    for n, some in enumerate(offers):
        page = kit.make_page([f"Title {n}", "nothing"])
        archive.keep(page.capture, "2031-06-01T00:00:00Z")
        archive.add_page(page.capture.snapshot.id, kit.runs, page.records, [offer(page.document.id) for offer in some])


def test_touched_gives_keys_that_several_share(kit, tmp_path):
    with Archive.open(tmp_path, create=True) as archive:
        place = lambda at: lambda document: Offer("s", f"{document} {at}", f"{document} {at}", ("k", f"only {at}"))  # noqa: E731
        offer_all(kit, archive, [[place(1)], [place(2)]])
        ((key, packed),) = archive.touched("s")
        assert [text.split()[1] for text in packed] in (["1", "2"], ["2", "1"])
        assert packed == sorted(packed)
        assert list(archive.touched("other")) == []
        archive.settle("s", key, [], kit_run())
        assert list(archive.touched("s")) == []
        offer_all(kit, archive, [[], [], [place(3)]])
        assert [len(packed) for _, packed in archive.touched("s")] == [3]


def kit_run():
    return Run(stage="s", version="1")


def test_smallest_of_an_items_texts_counts(kit, tmp_path):
    found = set()
    for n, order in enumerate((["b", "a", "c"], ["c", "b", "a"], ["a", "c", "b"])):
        with Archive.open(tmp_path / str(n), create=True) as archive:
            named = [[lambda _, text=text: Offer("s", "one", text, ("k",))] for text in order]
            offer_all(kit, archive, [*named, [lambda _: Offer("s", "two", "z", ("k",))]])
            found |= {tuple(packed) for _, packed in archive.touched("s")}
    assert found == {("a", "z")}


def test_items_of_an_over_full_key_are_not_read(kit, tmp_path):
    with Archive.open(tmp_path, create=True) as archive:
        some = [lambda _, n=n: Offer("s", f"{n}", f"{n}", ("k",)) for n in range(FULLEST_KEY + 50)]
        offer_all(kit, archive, [some])
        assert [packed for _, packed in archive.touched("s")] == [None]


def test_settling_replaces_what_the_key_gave(kit, archive):
    one, two = (Problem(stage="s", about="k", message=text) for text in ("one", "two"))
    run = kit_run()
    archive.settle("s", "1", [one], run)
    archive.settle("s", "2", [one, two], run)
    assert {each.message for each in archive.problems()} == {"one", "two"}
    assert {each.run for each in archive.problems()} == {run.id}
    archive.settle("s", "1", [], run)
    assert {each.message for each in archive.problems()} == {"one", "two"}
    archive.settle("s", "2", [two], run)
    assert [each.message for each in archive.problems()] == ["two"]
    archive.settle("s", "2", [], run)
    assert archive.problems() == []
    assert list(archive.check()) == []


@in_a_file
@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 3), st.sets(st.integers(0, 4))), max_size=12))
def test_settled_keys_give_the_union_of_their_last_records(tmp_path_factory, steps):
    with Archive.open(tmp_path_factory.mktemp("a"), create=True) as archive:
        last: dict[int, set[int]] = {}
        for key, numbers in steps:
            archive.settle("s", str(key), [Problem(stage="s", about="x", message=str(n)) for n in numbers], kit_run())
            last[key] = numbers
        assert {int(each.message) for each in archive.problems()} == set().union(*last.values())


def test_names_of_one_folded_form_are_one_entity(archive):
    (person,) = archive.persons("tamsin orle")
    assert {form.name for form in person.forms} == {"Tamsin Orle", "Tamsín Orle", "Tam Orle"}
    assert person.statements == 4
    assert person.id.startswith("e")
    assert archive.person(person.id) == archive.person(person.id[:9]) == person
    assert {role for role, _, _ in person.roles} == {"envoy"}


def test_any_minted_id_leads_to_the_entity(archive):
    ids = {archive.person(entity_id("person", folded)).id for folded in ("tamsin orle", "tam orle")}
    assert len(ids) == 1


def test_a_persons_word_keeps_apart_and_can_be_taken_back(kit, archive):
    mentions = {each.evidence.exact: each for page in kit.pages for each in page.records if isinstance(each, Mention)}
    left, right = sorted((mentions["Tam Orle"].id, mentions["Tamsin Orle"].id))

    def judge(verdict, day):
        said = Judgement(
            left=left, right=right, verdict=verdict, score=1.0, by="an editor", at=f"2032-01-0{day}T00:00:00Z"
        )
        archive.add_records([said])
        archive.join()
        return len(archive.persons("Orle"))

    assert judge("different", 1) == 2
    assert archive.line(kit.pages[0].statements[0].id).witnesses == 2
    assert judge("same", 2) == 1
    assert archive.line(kit.pages[0].statements[0].id).witnesses == 3
    assert judge("different", 3) == 2


def test_utterance_gathers_witnesses(kit, archive):
    line = archive.line(kit.pages[2].statements[0].id)
    assert line.witnesses == 3
    utterance = archive.utterance(line.utterance)
    assert [each.published for each in utterance.lines] == ["2031-04-03", "2031-04-04", None]
    assert len(utterance.variants) == 3
    assert all(side.exact for variant in utterance.variants for side in (variant.left, variant.right))
    assert utterance.id == "w" + kit.pages[0].statements[0].id[1:]
    for page in kit.pages[:3]:
        assert archive.utterance("w" + page.statements[0].id[1:]) == utterance
    assert [each.id for each in archive.utterances(5)] == [utterance.id]


def test_speakers_known_to_differ_share_no_utterance(archive, kit):
    page = kit.make_page(
        ["Copied", "“The harbour will open before the first snow,” Milo Vance said."], published="2030-01-01"
    )
    kit.fill(archive, [page])
    assert archive.line(page.statements[0].id).witnesses == 1
    assert archive.line(kit.pages[0].statements[0].id).witnesses == 3


def test_chain_names_cited_and_reused(archive, kit):
    line = archive.line(kit.pages[1].statements[0].id)
    assert [(hop.name, hop.kind) for hop in line.chain if hop.kind == "cited"] == [("Orvo Wire", "cited")]
    reused = [
        hop for page in kit.pages[:3] for hop in archive.line(page.statements[0].id).chain if hop.kind == "reused"
    ]
    assert {hop.document for hop in reused} <= {page.document.id for page in kit.pages[:3]}
    assert len(reused) == 3
    assert archive.line(kit.pages[3].statements[1].id).chain == ()


def test_traces_replace_those_before(archive, kit):
    component = next(archive.components([kit.pages[0].document.id]))
    assert component == {page.document.id for page in kit.pages[:3]}
    assert archive.totals().relays == 4
    archive.put_traces(component, [])
    assert archive.totals().relays == 1
    assert list(archive.untraced()) == []
    assert len(list(archive.variants_of(component))) == 3


def test_witness(archive, kit):
    witness = archive.witness(kit.pages[1].document.id)
    assert (witness.outlet, witness.published, witness.cited) == ("Belt Press", "2031-04-04", ("Orvo Wire",))
    assert witness.size == 15


def test_speaker_of_pronoun_official_and_nobody(archive, kit):
    he = archive.line(kit.pages[0].statements[1].id).speakers[0]
    assert (he.name, he.reason, he.role) == ("Tamsin Orle", "pronoun", "envoy")
    official = archive.line(kit.pages[3].statements[1].id).speakers[0]
    assert (official.name, official.entity) == ("an official", None)
    page = kit.make_page(["Nobody", "“Fine,” he said."])
    kit.fill(archive, [page])
    assert archive.line(page.statements[0].id).speakers == ()


def test_overview(archive):
    totals = archive.totals()
    assert (totals.pages, totals.documents, totals.statements, totals.speakers) == (5, 5, 8, 2)
    assert (totals.variants, totals.utterances, totals.outlets) == (3, 6, 3)
    unresolved = archive.unresolved(5)
    assert [line.statement.content[0].exact for line in unresolved.speakers] == ["Nobody asked us,"]
    assert [article.title for article in unresolved.undated] == ["Snow"]
    assert [article.title for article in unresolved.outletless] == ["Tariff"]
    assert unresolved.unsure
    days = [(one.day, one.basis) for one in archive.timeline(Query(limit=10))]
    assert days == sorted(days)
    assert len(days) == 5
    assert next((each.name, each.documents) for each in archive.outlets()) == ("Orvo Wire", 2)


def test_versions_are_documents_of_one_address(kit, archive):
    pages = [kit.make_page(["Same", f"“Word {n},” Ada Newman said."], url="https://orvo.example/1") for n in range(2)]
    kit.fill(archive, pages)
    assert set(archive.article(pages[0].document.id).versions) == {page.document.id for page in pages}
    assert archive.article(kit.pages[0].document.id).versions == ()


def span(start, end, document="d1"):
    return Evidence(document=document, start=start, end=end, exact="x" * (end - start))


def said(start, end, document="d1"):
    return Statement(document=document, content=(span(start, end, document),), kind="direct")


def test_half_of_both_contents_must_be_covered():
    variant = Variant(left=span(0, 40), right=span(100, 140, "d2"))
    share = lambda left, right: covered([said(*left)], [said(*right, "d2")], [variant]).get((0, 0), 0)  # noqa: E731
    assert share((0, 40), (100, 140)) == 100
    assert share((0, 80), (100, 140)) == 50
    assert share((0, 90), (100, 140)) < 50
    assert share((0, 20), (120, 140)) == 0


def test_twins_are_each_others_best_match():
    variant = Variant(left=span(0, 40), right=span(100, 140, "d2"))
    left, right = [said(0, 40), said(0, 30)], [said(100, 140, "d2"), said(100, 130, "d2")]
    assert [(n, m) for n, m, _ in twins(left, right, [variant])] == [(0, 0), (1, 1)]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_union_is_the_closure_of_its_edges(edges):
    union = Union()
    for edge in edges:
        union.join(*edge)
    joined = lambda node: [other for edge in edges for other in edge if node in edge]  # noqa: E731
    for node in range(10):
        assert union.members(node) == set(closure([node], joined))


def test_find_order_does_not_depend_on_adding(kit, tmp_path):
    found = []
    for n, pages in enumerate((kit.pages, kit.pages[::-1])):
        with Archive.open(tmp_path / str(n), create=True) as archive:
            kit.fill(archive, pages, size=2)
            found.append([line.statement.id for line in archive.find(Query(limit=None))])
    assert found[0] == found[1]


def test_page_read_again_offers_nothing_twice(kit, tmp_path):
    with Archive.open(tmp_path, create=True) as archive:
        one, two = (kit.make_page([f"Title {n}", "nothing"]) for n in range(2))
        for page, runs in ((one, ["u1"]), (two, ["u1"]), (one, ["u2"])):
            archive.keep(page.capture, "2031-06-01T00:00:00Z")
            place = f"{page.document.id} 0 5"
            archive.add_page(page.capture.snapshot.id, runs, page.records, [Offer("s", place, place, ("k",))])
        assert archive._store.all("SELECT count(*) FROM item") == [(2,)]
        assert [len(packed) for _, packed in archive.touched("s")] == [2]


def test_what_another_process_settled_meanwhile_is_left_alone(kit, tmp_path):
    with Archive.open(tmp_path, create=True) as one, Archive.open(tmp_path) as other:
        place = lambda at: lambda document: Offer("s", f"{document} {at}", f"{document} {at}", ("k",))  # noqa: E731
        offer_all(kit, one, [[place(1)], [place(2)]])
        ((key, packed),) = one.touched("s")
        offer_all(kit, other, [[], [], [place(3)]])
        one.settle("s", key, [Problem(stage="s", about="k", message=f"{len(packed)} items")], kit_run())
        ((_, packed),) = other.touched("s")
        assert len(packed) == 3
        other.settle("s", key, [Problem(stage="s", about="k", message=f"{len(packed)} items")], kit_run())
        assert [each.message for each in one.problems()] == ["3 items"]
        assert list(one.touched("s")) == []


def test_what_another_process_traced_meanwhile_is_left_alone(kit, archive):
    page = kit.make_page(
        ["Late", "“The harbour will open before the first snow,” Tam Orle said."], "Late Press", "2031-06-01"
    )
    kit.fill(archive, [page])
    left, right = (each.statements[0].content[0] for each in (kit.pages[3], kit.pages[4]))
    if left.document > right.document:
        left, right = right, left
    archive.settle("collate", "77", [Variant(left=left, right=right)], kit_run())
    with Archive.open(archive.path) as other:
        ((mine, _),) = archive.untraced()
        ((theirs, variants),) = other.untraced()
        assert mine == theirs == {left.document, right.document}
        other.put_traces(theirs, [_relay(variant) for variant in variants])
        archive.put_traces(mine, [])
        assert [
            hop.kind
            for hop in other.line(kit.pages[4].statements[0].id).chain + other.line(kit.pages[3].statements[0].id).chain
        ] == ["reused"]


def _relay(variant):
    return Relay(document=variant.right.document, exemplar=variant.left.document, kind="reused")


KEYS = ("k", "l", "m")
own = st.builds(lambda at, keys: (False, at, keys), st.integers(0, 2), st.sets(st.sampled_from(KEYS), min_size=1))
shared_item = st.builds(lambda n, text: (True, n, text), st.integers(0, 2), st.sampled_from("abc"))
on_offer = st.lists(st.one_of(own, shared_item), max_size=4)


def offers_of(document, made):
    """Items of the page alone, and items that other pages may offer too, whose keys follow from their names."""
    found = {}
    for named, n, rest in made:
        text = f"{rest} {document}" if named else f"{document} {n}"
        keys = (KEYS[n],) if named else tuple(sorted(rest))
        found["s", f"name {n}" if named else text] = Offer("s", f"name {n}" if named else text, text, keys)
    return list(found.values())


def members(archive):
    archive.touched("s")
    return {(key, text) for key in KEYS for text in items_under(archive._store, "s", key)}


@in_a_file
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 2), on_offer), max_size=6))
def test_replaced_offers_are_those_of_a_fresh_archive(kit, tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("offers")
    with Archive.open(folder / "old", create=True) as old, Archive.open(folder / "fresh", create=True) as fresh:
        documents = kept(kit, old), kept(kit, fresh)
        now = {document: [] for document in documents[0]}
        given = {}
        for n, made in steps:
            replace_all(old, now, documents[0][n], offers_of(documents[0][n], made))
            for key, packed in list(old.touched("s")):
                old.settle("s", key, [Problem(stage="s", about=key, message=" ".join(packed))], kit_run())
        for document, offers in now.items():
            fresh.offer(document, offers)
        list(fresh.touched("s"))
        assert members(old) == members(fresh)
        for key, packed in list(fresh.touched("s")):
            given[key] = " ".join(packed)
        assert {each.about: each.message for each in old.problems()} == given


def kept(kit, archive):
    pages = [kit.make_page([f"Title {n}", "nothing"]) for n in range(3)]
    for page in pages:
        archive.keep(page.capture, "2031-06-01T00:00:00Z")
        archive.add_page(page.capture.snapshot.id, ["u"], page.records)
    return [page.document.id for page in pages]


def replace_all(archive, now, document, offers):
    before, now[document] = now[document], offers
    with archive.batch():
        for lost in archive.replace_offers(document, offers, before):
            for other, theirs in now.items():
                if other != document:
                    archive.offer(other, [each for each in theirs if each[:2] == lost[:2]])
