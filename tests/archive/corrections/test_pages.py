"""Words over pages in an archive: views, search, lists, exports and proofs follow them, and come back."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from postgres import in_a_file

from stemma.archive import Archive
from stemma.archive.views import Article, Line, Query, Stone
from stemma.errors import BadValue, NoSuchRecord, Withdrawn
from stemma.records import Field, Mention, Run, Statement, evidence
from tests.archive.conftest import PAGES, RUNS, fill, make_page, meet
from tests.archive.corrections.conftest import word

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases

LATER = Run(stage="annotate", version="2")


def found(archive, **asked):
    lines = list(archive.find(Query(**asked)))
    assert archive.count(Query(**asked)) == len(lines)
    return [line.statement.id for line in lines]


def test_a_corrected_speaker_is_shown_found_and_undone(kit, archive, correct):
    about = kit.pages[0].statements[0].id
    before = archive.line(about)
    said = correct(about, "speaker", "Dana Wirt", why="named in the caption")
    line = archive.line(about)
    assert [(who.name, who.reason, who.confidence) for who in line.speakers] == [
        ("Dana Wirt", "corrected by Ilse Marn: named in the caption", 1.0)
    ]
    assert line.corrections == (said,)
    assert found(archive, speaker="Dana Wirt") == found(archive, speaker="wirt") == [about]
    assert about not in found(archive, speaker="Tamsin Orle")
    assert [person.name for person in archive.persons("Wirt")] == ["Dana Wirt"]
    assert list(archive.check()) == []
    undone = correct(said.id, "undone", "true")
    assert archive.line(about) == before
    assert archive.persons("Dana Wirt") == []
    assert archive.persons("wirt") == []
    assert list(archive.check()) == []
    correct(undone.id, "undone", "true")
    assert archive.line(about) == line


def test_witnesses_part_where_a_person_says_that_somebody_else_spoke(kit, archive, correct):
    about = kit.pages[0].statements[0].id
    assert archive.line(about).witnesses == 3
    correct(about, "speaker", "Milo Vance")
    assert archive.line(about).witnesses == 1
    assert archive.line(kit.pages[1].statements[0].id).witnesses == 2
    correct(about, "speaker", "")
    assert archive.line(about).speakers == ()
    assert archive.line(about).witnesses == 3


def test_corrected_fields_of_a_page(kit, archive, correct):
    page = kit.pages[2]
    correct(page.document.id, "published", "2031-04-01")
    correct(page.document.id, "title", "Frost")
    correct(page.document.id, "outlet", "Fjord Post")
    article = archive.article(page.document.id)
    assert (article.title, article.outlet, article.published) == ("Frost", "Fjord Post", "2031-04-01")
    assert article.published_basis == "corrected by Ilse Marn: seen"
    assert [each.field for each in article.corrections] == ["published", "title", "outlet"]
    assert page.statements[0].id in found(archive, words="frost")
    assert set(found(archive, until="2031-04-01")) == {each.id for each in page.statements}
    assert set(found(archive, outlet="fjord post")) == {each.id for each in page.statements}
    assert "Dune Daily" not in {each.name for each in archive.outlets()}
    correct(page.document.id, "outlet", "")
    assert archive.article(page.document.id).outlet is None
    assert list(archive.check()) == []


def test_a_statement_set_right(kit, archive, correct):
    statement = kit.pages[3].statements[0]
    start = statement.content[0].start
    correct(statement.id, "content", f"{start}-{start + 11}")
    correct(statement.id, "kind", "mixed")
    correct(statement.id, "said", "2031-04-30")
    line = archive.line(statement.id)
    assert line.statement.content[0].exact == kit.pages[3].document.text[start : start + 11]
    assert (line.statement.kind, line.statement.said, line.statement.id) == ("mixed", "2031-04-30", statement.id)
    assert found(archive, words="tariff Monday") == []
    assert found(archive, kind="mixed") == [statement.id]
    assert ("2031-04-30", "said") in {(one.day, one.basis) for one in archive.timeline()}


def test_furniture_is_gone_from_search_and_comes_back(kit, archive, correct):
    page = kit.pages[3]
    start = page.document.text.index("“Nobody")
    said = correct(page.document.id, "label", f"{start}-{len(page.document.text)} furniture")
    assert found(archive, words="nobody asked") == []
    assert archive.article(page.document.id).labels[-1].role == "furniture"
    correct(said.id, "undone", "true")
    assert found(archive, words="nobody asked") == [page.statements[1].id]


def everywhere(archive):
    """All that leaves the archive or is searched, as text."""
    views = [archive.article(each.document.id) for each in PAGES]
    views += [archive.line(line.statement.id) for view in views if isinstance(view, Article) for line in view.lines]
    views += [archive.persons(name) for name in ("Milo Vance", "Vance", "Orle")]
    views += [archive.timeline(), list(archive.utterances()), archive.unresolved(), archive.problems()]
    exported = b"".join([*archive.export(bodies=True, reserved=True), *archive.gold(reserved=True)]).decode()
    return repr(views) + exported


@in_a_file
def test_redacted_words_are_nowhere(kit, archive, correct):
    assert "Milo Vance" in everywhere(archive)
    for page in (kit.pages[2], kit.pages[3], kit.pages[4]):
        start = page.document.text.index("Milo Vance")
        correct(page.document.id, "redaction", f"{start}-{start + 10}", why="a private person")
        mention = next(
            each
            for each in page.records
            if getattr(each, "role", None) == "envoy" and each.evidence.exact == "Milo Vance"
        )
        assert isinstance(archive.record(mention.id), Stone)
    assert "Vance" not in everywhere(archive)
    store = archive._store
    assert store.all("SELECT rowid FROM search WHERE search MATCH 'vance'") == []
    assert store.all("SELECT rowid FROM names WHERE names MATCH 'vance'") == []
    assert found(archive, speaker="Milo Vance") == []
    statement = archive.line(kit.pages[3].statements[0].id)
    assert statement.statement.source[0].exact == "█" * 10
    assert statement.corrections[0].field == "redaction"
    with pytest.raises(Withdrawn, match="a private person"):
        archive.payload(kit.pages[3].document.snapshot)
    with pytest.raises(NoSuchRecord):
        archive.person(next(archive.held_on("Milo Vance")).id)
    assert list(archive.check()) == []


def test_a_withdrawn_page_leaves_a_stone(kit, archive, correct):
    page = kit.pages[0]
    before = list(archive.export(bodies=True))
    article = archive.article(page.document.id)
    said = correct(page.document.id, "access", "withdrawn", why="court order")
    for stone in (
        archive.article(page.document.id), archive.line(page.statements[0].id), archive.record(page.document.id[:12]),
        archive.record(page.document.snapshot), archive.utterance("w" + page.statements[0].id[1:]),
    ):  # fmt: skip
        assert isinstance(stone, Stone)
        assert (stone.by, stone.when, stone.ground, stone.correction) == (said.by, said.at, "court order", said)
    assert archive.record(page.statements[0].id).kind == "statement"
    with pytest.raises(Withdrawn, match="court order"):
        archive.payload(page.document.snapshot)
    assert "We kept our word" not in everywhere(archive)
    assert found(archive, words="kept") == []
    exported = [json.loads(line) for line in archive.export()]
    left = json.dumps([each for each in exported if each["record"] != "correction"])
    gone = [page.document.id, page.document.snapshot, *(each.id for each in page.records)]
    assert [each for each in gone if each in left] == []
    assert archive.line(kit.pages[1].statements[0].id).witnesses == 2
    for line in archive.find(Query(limit=None)):
        assert page.document.id not in repr(line.chain)
    assert list(archive.check()) == []
    correct(said.id, "undone", "true")
    meet(archive)
    assert archive.article(page.document.id) == article
    assert archive.payload(page.document.snapshot) == page.capture.payload
    assert [line for line in archive.export(bodies=True) if b'"correction"' not in line[:30]] == before
    assert list(archive.check()) == []


def test_a_withdrawn_statement_leaves_a_stone_in_a_page_that_stays(kit, archive, correct):
    page = kit.pages[0]
    said = correct(page.statements[1].id, "access", "withdrawn")
    assert isinstance(archive.line(page.statements[1].id), Stone)
    article = archive.article(page.document.id)
    assert [line.statement.id for line in article.lines] == [page.statements[0].id]
    assert said in article.corrections
    assert "We kept" not in everywhere(archive)
    with pytest.raises(Withdrawn):
        archive.payload(page.document.snapshot)


def test_somebody_suppressed_is_in_no_list(kit, archive, correct):
    (person,) = archive.persons("Tamsin Orle")
    said = correct(person.id, "access", "withdrawn", why="asked not to be listed")
    assert archive.persons("Tamsin Orle") == archive.persons("Tam Orle") == []
    assert found(archive, speaker="Orle") == found(archive, words="harbour") == []
    assert list(archive.utterances()) == []
    assert "Orle" not in repr(archive.timeline())
    line = archive.article(kit.pages[0].document.id).lines[0]
    assert [who.name for who in line.speakers] == ["name withheld"]
    assert line.speakers[0].entity is None
    stone = archive.person(person.id)
    assert isinstance(stone, Stone)
    assert (stone.kind, stone.ground) == ("person", "asked not to be listed")
    held = list(archive.held_on(person.id))
    assert held == list(archive.held_on("Tam Orle"))
    assert {each.held for each in held[1:]} == {"mention", "statement by", "judgement", "correction", "page"}
    assert sum(each.held == "statement by" for each in held[1:]) == 4
    assert {each.item.digest for each in held[1:] if each.held == "page"} == {
        page.capture.snapshot.digest for page in kit.pages[:3]
    }
    assert b"Tamsin Orle" in b"".join(archive.export())  # records keep
    correct(said.id, "undone", "true")
    assert archive.persons("Tamsin Orle") == [person]


def test_what_is_held_names_statements_about_somebody_and_withdrawn_pages(kit, tmp_path):
    pages = [make_page(["News", "“We met Tamsin Orle there,” Milo Vance said."])]
    with Archive.open(tmp_path, create=True) as archive:
        fill(archive, pages)
        held = [each.held for each in list(archive.held_on("Tamsin Orle"))[1:]]
        assert held == ["mention", "statement naming", "judgement", "page"]
        archive.correct([word(pages[0].document.id, "access", "withdrawn")])
        held = [each.held for each in list(archive.held_on("Tamsin Orle"))[1:]]
        assert held == ["judgement", "correction", "withdrawn page"]


@pytest.mark.parametrize("change", ["same", "cut", "gone", "layout"])
def test_words_survive_a_new_run(kit, archive, correct, change):
    page = kit.pages[3]
    about = page.statements[0]
    said = correct(about.id, "speaker", "Dana Wirt")
    newer = {
        "same": make_page(page.document.text.split("\n"), None, "2031-05-01"),
        "cut": cut(make_page(page.document.text.split("\n"), None, "2031-05-01")),
        "gone": make_page(page.document.text.replace("“The", "The").split("\n"), None, "2031-05-01"),
        "layout": make_page(["Menu", *(f" {line}" for line in page.document.text.split("\n"))], None, "2031-05-01"),
    }[change]
    records = rebased(newer, page, layout="test/2" if change in {"layout", "gone"} else "test/1")
    archive.add_records([LATER])
    assert archive.add_page(page.document.snapshot, [RUNS[0], LATER.id], records)
    meet(archive)
    (document,) = archive.current_documents(page.document.snapshot)
    article = archive.article(document)
    names = [who.name for line in article.lines for who in line.speakers]
    if change == "gone":
        assert "Dana Wirt" not in names
        (problem,) = [each for each in archive.problems() if each.about == said.id]
        assert "waits for review" in problem.message
        assert problem in article.problems
    else:
        assert names[0] == "Dana Wirt"
        assert said in article.corrections
        assert archive.problems() == []
    assert list(archive.check()) == []


def cut(made):
    """The same page, its first statement begun later."""
    n, old = next((n, each) for n, each in enumerate(made.records) if isinstance(each, Statement))
    content = evidence(made.document, old.content[0].start + 4, old.content[0].end)
    made.records[n] = msgspec.structs.replace(old, id="", content=(content,))
    return made


def rebased(made, page, layout):
    """The records of a made page as another layout of the snapshot of ``page`` (its text may differ)."""
    text = json.dumps([json.loads(line) for line in _encoded(made.records)])
    document = type(page.document)(snapshot=page.document.snapshot, layout=layout, text=made.document.text)
    for old, new in ((made.document.id, document.id), (made.document.snapshot, page.document.snapshot)):
        text = text.replace(old, new)
    from stemma.records import decode

    rows = json.loads(text)
    known = {}
    records = []
    for row in rows[1:]:
        old = row.pop("id")
        row["run"] = LATER.id
        line = json.dumps(row)
        for before, after in known.items():
            line = line.replace(before, after)
        record = decode(line)
        known[old] = record.id
        records.append(record)
    return [document, *records]


def _encoded(records):
    from stemma.records import encode

    return [encode(each) for each in records]


def test_a_redaction_holds_under_a_new_run(kit, archive, correct):
    page = kit.pages[3]
    start = page.document.text.index("Milo Vance")
    correct(page.document.id, "redaction", f"{start}-{start + 10}")
    newer = make_page(["Menu", *(f" {line}" for line in page.document.text.split("\n"))], None, "2031-05-01")
    archive.add_records([LATER])
    archive.add_page(page.document.snapshot, [RUNS[0], LATER.id], rebased(newer, page, "test/2"))
    (document,) = archive.current_documents(page.document.snapshot)
    assert "Milo Vance" not in repr(archive.article(document)) + repr(archive.article(page.document.id))
    assert list(archive.check()) == []


def test_a_withdrawn_page_stays_so_under_a_new_run(kit, archive, correct):
    page = kit.pages[3]
    said = correct(page.document.snapshot, "access", "withdrawn")
    archive.add_records([LATER])
    archive.add_page(page.document.snapshot, [RUNS[0], LATER.id], rebased(page, page, "test/2"))
    assert archive.current_documents(page.document.snapshot) == []
    assert found(archive, words="nobody asked") == []
    assert list(archive.check()) == []
    correct(said.id, "undone", "true")
    (document,) = archive.current_documents(page.document.snapshot)
    assert archive.document(document).layout == "test/2"
    assert list(archive.check()) == []


@settings(deadline=None, max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@in_a_file
@given(st.randoms())
def test_words_and_pages_in_any_order_give_the_same_archive(tmp_path_factory, chance):
    page, other = PAGES[0], PAGES[3]
    start = page.document.text.index("Tamsin")
    first = word(page.statements[0].id, "speaker", "Milo Vance", at="2032-01-01T00:00:00Z")
    words = [
        first,
        word(page.statements[0].id, "speaker", "Dana Wirt", at="2032-01-02T00:00:00Z"),
        word(first.id, "undone", "true", at="2032-01-03T00:00:00Z"),
        word(page.document.id, "redaction", f"{start}-{start + 3}", at="2032-01-03T00:00:00Z"),
        word(page.document.id, "title", "Ferry", at="2032-01-03T00:00:00Z"),
        word(other.document.snapshot, "access", "withdrawn", at="2032-01-03T00:00:00Z"),
    ]
    exports, shown = set(), set()
    for turn in range(2):
        with Archive.open(tmp_path_factory.mktemp("a"), create=True) as archive:
            steps = [*words, *PAGES]
            if turn:
                chance.shuffle(steps)
            for step in steps:
                if step in PAGES:
                    fill(archive, [step])
                else:
                    archive.add_records([step])
            meet(archive)
            exports.add(b"".join(archive.export(bodies=True)))
            shown.add(repr([archive.article(each.document.id) for each in PAGES]))
            assert list(archive.check()) == []
    assert len(exports) == len(shown) == 1


def test_export_gives_what_was_derived_with_the_words_beside_it(kit, archive, correct):
    before = set(archive.export(bodies=True))
    said = correct(kit.pages[0].statements[0].id, "speaker", "Dana Wirt")
    after = set(archive.export(bodies=True))
    assert before <= after
    assert [json.loads(line)["id"] for line in after - before] == [said.id]


def test_reserved_pages_leave_without_words(kit, tmp_path):
    page = make_page(["Port shut", "“The port is shut,” Milo Vance said. It cites Orvo Wire."])
    reserve = Field(document=page.document.id, name="reservation", value="tdm", basis="header", run=RUNS[0])
    page.records.insert(1, reserve)
    with Archive.open(tmp_path, create=True) as archive:
        fill(archive, [page, PAGES[0]])
        rows = {
            row["id"]: row
            for row in map(json.loads, archive.export(bodies=True))
            if row.get("document") == page.document.id
        }
        statement = rows[page.statements[0].id]
        assert statement["content"][0]["exact"] == ""
        assert statement["content"][0]["exact_length"] == len("The port is shut,")
        text = b"".join(archive.export(bodies=True)).decode()
        for words in ("Port shut", "port is shut", "Milo Vance"):
            assert words not in text
            assert words in b"".join(archive.export(bodies=True, reserved=True)).decode()
        assert "We kept our word" in text
        archive.correct([word(page.statements[0].id, "kind", "direct")])
        assert "shut" not in b"".join(archive.gold()).decode()


def test_gold_is_what_people_vouch_for(kit, archive, correct):
    page, other = kit.pages[0], kit.pages[3]
    correct(page.statements[0].id, "speaker", "Dana Wirt")
    correct(page.statements[0].id, "kind", "direct")
    correct(other.statements[1].id, "content", "")
    correct(other.document.id, "published", "2031-05-02")
    mentions = {
        each.evidence.exact: each
        for each in kit.pages[2].records
        if hasattr(each, "role") and hasattr(each, "evidence")
    }
    judged = archive.judgement(mentions["Tam Orle"].id, mentions["Milo Vance"].id, "different", word("", "undone"))
    archive.add_records([judged])
    rows = [json.loads(line) for line in archive.gold()]
    assert [row["bench"] for row in rows] == ["attribution", "attribution", "extraction", "names"]
    row = next(row for row in rows if row["id"] == page.statements[0].id)
    (said,) = row["attributions"]
    assert row["text"][slice(*said["content"][0])] == page.statements[0].content[0].exact
    assert row["text"][slice(*said["source"][0])] == "Tamsin Orle"
    assert (said["speaker"], said["kind"], row["confirmed"]) == ("Dana Wirt", "direct", ["kind", "speaker"])
    assert next(row for row in rows if row["id"] == other.statements[1].id)["attributions"] == []
    assert rows[2]["date"] == "2031-05-02"
    assert (rows[3]["left"], rows[3]["same"]) in {("Tam Orle", False), ("Milo Vance", False)}
    assert rows[3]["id"] == judged.id


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (("s", "outlet", "Belt Press"), "of a statement one of: speaker"),
        (("d", "speaker", "Dana Wirt"), "of a page one of: outlet"),
        (("s", "kind", "spoken"), "one of: direct"),
        (("s", "said", "24 October"), "a day like 2025-10-24"),
        (("s", "content", "9-4"), "spans"),
        (("s", "content", "0-90000"), "offsets within"),
        (("d", "published", "yesterday"), "a day or instant"),
        (("d", "language", "English"), "a language tag"),
        (("d", "label", "0-4 advert"), "a stretch and its role"),
        (("d", "redaction", "4"), "two offsets"),
        (("d", "access", "gone"), "'withdrawn'"),
        (("d", "undone", "true"), "of a page one of"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_an_example(kit, archive, said, wanted):
    letter, field, value = said
    page = kit.pages[0]
    about = {"s": page.statements[0].id, "d": page.document.id}[letter]
    with pytest.raises(BadValue, match=wanted):
        archive.correct([word(about, field, value)])
    assert archive.words() == []


def test_ids_may_be_short_and_speakers_be_ids(kit, archive, correct):
    about = kit.pages[0].statements[0].id
    (person,) = archive.persons("Milo Vance")
    mention = next(each for each in kit.pages[3].records if each.id.startswith("m"))
    for value in (person.id, person.id[:9], mention.id, " Milo   Vance "):
        assert archive.worded(word(about[:9], "speaker", value)).value == "Milo Vance"
    wire = next(each for each in kit.pages[1].records if getattr(each, "kind", "") == "outlet")
    assert archive.worded(word(about, "speaker", wire.id)).value == "Orvo Wire (outlet)"
    assert archive.worded(word(about, "speaker", "Orvo Wire; Dana Wirt")).value == "Orvo Wire (outlet); Dana Wirt"
    with pytest.raises(BadValue, match="the reason"):
        archive.worded(word(about, "kind", "direct", why=" "))


def test_the_log_has_all_words_newest_first(kit, archive, correct):
    one = correct(kit.pages[0].document.id, "title", "One")
    two = correct(one.id, "undone", "true")
    assert archive.words() == [two, one]
    assert archive.corrections_of(kit.pages[0].document.id) == [one, two]


def test_single_letters_are_no_part_of_a_name(tmp_path):
    page = make_page(["News", "The Women's Union of Orvo met."])
    start = page.document.text.index("Women")
    union = evidence(page.document, start, start + 21)
    page.records.append(Mention(document=page.document.id, evidence=union, kind="organization", run=RUNS[1]))
    with Archive.open(tmp_path, create=True) as archive:
        fill(archive, [page])
        assert archive.persons("s!") == []
        assert [each.name for each in archive.persons("s union")] == ["Women's Union of Orvo"]


def test_lines_know_their_words(kit, archive, correct):
    line = archive.line(kit.pages[0].statements[0].id)
    assert isinstance(line, Line)
    assert line.corrections == ()
    title = correct(kit.pages[0].document.id, "title", "Ferry")
    correct(kit.pages[0].statements[1].id, "said", "2031-04-02")
    assert archive.line(line.statement.id).corrections == (title,)


def test_the_tracing_sees_what_people_set_right(kit, archive, correct):
    document = kit.pages[0].document.id
    assert archive.witness(document).outlet == "Orvo Wire"
    correct(document, "outlet", "Fjord Post")
    assert archive.witness(document).outlet == archive.outlet(document) == "Fjord Post"


def test_another_process_sees_the_words(kit, tmp_path):
    with Archive.open(tmp_path, create=True) as writer:
        fill(writer, kit.pages)
        document = kit.pages[0].document.id
        with Archive.open(tmp_path) as reader:
            assert reader.article(document).title == "Harbour to open"
            writer.correct([word(document, "title", "Ferry")])
            assert reader.article(document).title == "Ferry"
            writer.correct([word(document, "access", "withdrawn")])
            assert isinstance(reader.article(document), Stone)
            assert set(reader.document(document).text) == {"█"}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://wire.example/2031/milo-vance-resigns?id=7", "https://wire.example/█"),
        ("https://wire.example/2031/milovanceresigns", "https://wire.example/█"),
        ("https://wire.example/who?name=Vance", "https://wire.example/█"),
        ("https://wire.example/2031/%56ance", "https://wire.example/█"),
        ("https://wire.example/2031/the-talks", "https://wire.example/2031/the-talks"),
        ("https://vance.example/2031/4711", "https://vance.example/2031/4711"),
    ],
)
def test_an_address_that_repeats_what_is_covered_loses_its_path(kit, archive, correct, url, shown):
    page = kit.make_page(["The talks", "“Words of it” Milo Vance said."], url=url)
    fill(archive, [page])
    start = page.document.text.index("Milo Vance")
    before = b"".join(archive.export())
    redaction = correct(page.document.id, "redaction", f"{start}-{start + 10}")
    assert archive.article(page.document.id).snapshot.url == shown
    assert archive.line(page.statements[0].id).snapshot.url == shown
    assert archive.record(page.document.snapshot).url == shown
    assert archive.snapshot(page.document.snapshot).url == url
    exported = b"".join(archive.export(bodies=True, reserved=True)).decode()
    assert (url in exported) == (url == shown)
    assert list(archive.check()) == []
    correct(redaction.id, "undone", "true")
    assert before == b"".join(line for line in archive.export() if not line.startswith(b'{"record":"correction"'))


def test_an_address_is_covered_where_somebody_says_so(kit, archive, correct):
    page = kit.make_page(["The talks", "“Words of it” Milo Vance said."], url="https://wire.example/vens-milo")
    fill(archive, [page])
    correct(page.document.id, "address", "covered", why="his name in another spelling")
    assert "vens-milo" not in everywhere(archive)
    assert archive.article(page.document.id).snapshot.url == "https://wire.example/█"
    with pytest.raises(Withdrawn, match="another spelling"):
        archive.payload(page.document.snapshot)
    assert list(archive.check()) == []
    with pytest.raises(BadValue, match="covered"):
        correct(page.document.id, "address", "https://wire.example/other")


def test_a_file_name_that_repeats_what_is_covered_is_not_told(kit, archive, correct):
    page = kit.make_page(["The talks", "“Words of it” Page Vance said."])
    fill(archive, [page])
    start = page.document.text.index("Page Vance")
    correct(page.document.id, "redaction", f"{start}-{start + 10}")
    assert archive.article(page.document.id).snapshot.origin == "█"
