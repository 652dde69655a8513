"""What a query finds, how it is explained, counted and paged."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from stemma.archive import Archive
from stemma.archive.answers.search.counting import ranking, sample
from stemma.archive.answers.search.language import stating
from stemma.archive.views import Query
from stemma.errors import BadQuery, BadValue


def words(archive, text, **more):
    return [line.statement.content[0].exact for line in archive.find(Query(words=text, limit=None, **more))]


def begins(archive, text, **more):
    return sorted(each.lstrip("“")[:12] for each in words(archive, text, **more))


def test_near_counts_words_between(searched):
    assert len(words(searched, "harbour near/1 open")) == 3
    assert words(searched, "harbour near/3 snow") == []
    assert len(words(searched, "harbour near/5 snow")) == 3
    assert len(words(searched, "harbour -harbour near/5 snow")) == 1


@pytest.mark.parametrize("word", ["북한", "새로", "다리", "한은"])
def test_two_letters_of_korean(archive, kit, word):
    kit.fill(archive, [kit.make_page(["다리", "“북한은 새로운 다리를 건설한다고 밝혔다,” Tamsin Orle said."])])
    assert len(words(archive, word)) == 1
    assert len(words(archive, f'"{word}"')) == 1
    assert words(archive, f"-{word} 건설") == []
    assert len(words(archive, f"{word} near/20 건설")) == 1
    assert words(archive, f'said:Orle -"{word}"') == words(archive, "said:Orle -건설")


def test_two_letters_of_chinese(archive):
    assert len(words(archive, "北京 near/4 港口")) == 1
    assert words(archive, "北京 near/1 冬天") == []
    assert len(words(archive, '"港口将在"')) == 1
    assert words(archive, "港口 -冬天") == []
    assert len(words(archive, "said:Vance")) == len(words(archive, "said:Vance -北京")) + 1


def test_said_by_any_form_and_not(searched):
    assert begins(searched, "said:Orle") == begins(searched, 'said:"Tamsin Orle"')
    assert len(words(searched, "said:orle")) + len(words(searched, "-said:orle")) == searched.totals().statements
    assert not set(words(searched, "said:orle kind:direct")) & set(words(searched, "said:vance"))
    assert begins(searched, "said:unknown") == begins(searched, "official")
    assert words(searched, 'said:"Nobody Here"') == []
    person = searched.persons("Tamsin Orle")[0]
    assert words(searched, f"said:{person.id}") == words(searched, "said:Orle")


def test_one_of_several_speakers_will_do(searched):
    assert len(words(searched, "said:Orle said:Vance")) == len(words(searched, "said:Orle")) + len(
        words(searched, "said:Vance")
    )


def test_cited_carried_addressed(searched):
    assert len(words(searched, 'via:"Orvo Wire"')) >= 1
    assert all("harbour" in each for each in words(searched, 'via:"Orvo Wire" kind:direct'))
    cited, other = words(searched, 'via:"Orvo Wire" harbour'), words(searched, '-via:"Orvo Wire" harbour')
    assert sorted(cited + other) == sorted(words(searched, "harbour"))
    assert (
        len(words(searched, 'outlet:"belt press"')) + len(words(searched, '-outlet:"Belt Press"'))
        == searched.totals().statements
    )
    assert begins(searched, "to:reporters") == ["The harbour "]
    assert words(searched, "to:reporters -to:reporters") == []


def test_states_days_and_kinds(archive):
    searched = archive
    total = searched.totals().statements
    assert sum(searched.count(Query(words=f"date:{each}")) for each in ("said", "published", "unknown")) == total
    assert searched.count(Query(words="is:shared")) == 3
    assert searched.count(Query(words="-is:shared")) == total - 3
    assert searched.count(Query(words="kind:direct")) == searched.count(Query(kind="direct"))


@pytest.mark.parametrize(("text", "at"), [("kind:rumour", 5), ("ferry is:odd", 9), ("-date:never", 6)])
def test_values_that_there_are_not_are_pointed_at(searched, text, at):
    with pytest.raises(BadQuery) as caught:
        searched.count(Query(words=text))
    assert caught.value.at == at


def test_how_it_was_understood(searched):
    one, other = searched.understood(Query(words="said:Orle -bridge"))
    assert (one.field, one.known, one.minus) == ("said", True, False)
    assert "Tamsin Orle" in one.forms
    assert (other.value, other.minus, other.text) == ("bridge", True, "-bridge")
    assert not searched.understood(Query(words="via:Nowhere"))[0].known


def test_ways_out_of_an_empty_list(searched):
    ways = searched.ways_out(Query(words="harbour zeppelin", since="1999-01-01", until="1999-02-01"))
    found = {(each.why, each.words): each.hits for each in ways}
    assert found["alone", "zeppelin"] == 0
    assert found["alone", "harbour"] > 0
    named = searched.ways_out(Query(words='said:"Tamsin Orlofsky"'))
    assert any(each.why == "name" and "Tamsin Orle" in each.words and each.hits for each in named)
    wider = searched.ways_out(Query(words="harbour", since="1999-01-01", until="1999-02-01"))
    assert any(each.why == "any day" and each.hits for each in wider)


QUERIES = [
    "",
    "harbour",
    "said:Orle",
    "-harbour",
    "harbour near/9 snow",
    "is:shared",
    'outlet:"Orvo Wire"',
    "tariff kind:direct",
]


@pytest.mark.parametrize("text", QUERIES)
def test_facets_are_what_is_counted_one_by_one(searched, text):
    lines = list(searched.find(Query(words=text, limit=None)))
    facets = {each.field: each for each in searched.facets(Query(words=text)).facets}
    counts = {
        "outlet": Counter(line.outlet or "unknown" for line in lines),
        "kind": Counter(line.statement.kind for line in lines),
        "said": Counter(who.name for line in lines for who in line.speakers if who.entity),
        "via": Counter(name for line in lines for name in {hop.name for hop in line.chain if hop.kind != "reused"}),
        "date": Counter("said" if line.statement.said else "published" if line.published else "unknown" for line in lines),
    }  # fmt: skip
    for field, count in counts.items():
        told = {each.shown: each.count for each in facets[field].values} if field in facets else {}
        assert told == dict(count), field
    shared = sum(line.witnesses > 1 for line in lines)
    assert (
        {each.value: each.count for each in facets["is"].values}.get("shared", 0) == shared
        if "is" in facets
        else not shared
    )


@pytest.mark.parametrize("text", QUERIES)
def test_keeping_and_leaving_out_a_value_parts_the_hits(searched, text):
    total = searched.count(Query(words=text))
    for facet in searched.facets(Query(words=text)).facets:
        for value in facet.values:
            kept, left = (f"{text} {stating(facet.field, value.value, minus=minus)}" for minus in (False, True))
            assert searched.count(Query(words=left)) == total - value.count, left
            if f"{facet.field}:" not in text:
                assert searched.count(Query(words=kept)) == value.count, kept


@pytest.mark.parametrize("text", QUERIES)
def test_days_hold_every_hit_once(archive, text):
    searched = archive
    days, lines = searched.days(Query(words=text)), list(searched.find(Query(words=text, limit=None)))
    assert days.total == len(lines)
    assert days.undated == sum(line.published is None for line in lines)
    for bar in days.bars:
        held = [line for line in lines if line.published and bar.first <= line.published[:10] <= bar.last]
        assert bar.count == len(held)
        asked = Query(words=text, since=bar.first, until=bar.last, day="published")
        assert searched.count(asked) == bar.count


@pytest.mark.parametrize("ranked", [False, True])
@pytest.mark.parametrize("size", [1, 7, 25])
def test_pages_lose_and_double_nothing(many, ranked, size):
    query = Query(words="harbour", ranked=ranked)
    whole = [line.statement.id for line in many.find(Query(words="harbour", ranked=ranked, limit=None))]
    seen, after = [], None
    while found := list(many.found(Query(**{**fields(query), "after": after, "limit": size}))):
        seen += [each.line.statement.id for each in found]
        after = found[-1].after
    assert seen == whole
    assert len(set(seen)) == 90


def test_a_place_stays_when_what_stood_there_goes(many, kit):
    first = list(many.found(Query(words="harbour", limit=40)))
    rest = [each.line.statement.id for each in many.found(Query(words="harbour", after=first[-1].after, limit=None))]
    kit.fill(many, [kit.make_page(["New", "“A harbour of tomorrow,” Speaker Orle said."], "Orvo Wire", "2031-06-01")])
    again = [each.line.statement.id for each in many.found(Query(words="harbour", after=first[-1].after, limit=None))]
    assert again == rest


def fields(query):
    return {name: getattr(query, name) for name in query.__slots__}


@pytest.mark.parametrize("after", ["x", "e30", "W10", "!", "WzEsbnVsbCwiIiwiIl0"])
def test_a_place_that_no_list_gave(many, after):
    with pytest.raises(BadValue):
        list(many.found(Query(after=after)))


def test_articles_and_utterances_of_the_same_query(many, archive):
    searched = archive
    found = list(many.found_articles(Query(words="harbour", limit=None)))
    assert many.count_articles(Query(words="harbour")) == len(found) == 30
    assert sum(len(each.lines) for each in found) == 90
    paged, after = [], None
    while some := list(many.found_articles(Query(words="harbour", limit=7, after=after))):
        paged += [each.article.document.id for each in some]
        after = some[-1].after
    assert paged == [each.article.document.id for each in found]
    told = list(searched.found_utterances(Query(words="harbour", limit=None)))
    assert len(told) == searched.count_utterances(Query(words="harbour")) == searched.count(Query(words="harbour")) - 2
    first = list(searched.found_utterances(Query(words="harbour", limit=1)))
    others = list(searched.found_utterances(Query(words="harbour", limit=None, after=first[0].after)))
    assert [each.line.statement.id for each in first + others] == [each.line.statement.id for each in told]


def test_the_best_first(kit, new_place):
    pages = [
        kit.make_page(
            ["One", "“The ferry is late and the harbour is shut and the sea is rough,” Anna Orle said."],
            published="2031-05-03",
        ),
        kit.make_page(["Two", "“Ferry, ferry,” Anna Orle said."], published="2031-05-01"),
        kit.make_page(["Three", "“The ferry is late,” Anna Orle said."], published="2031-05-02"),
        *(kit.make_page([f"More {n}", f"“Nothing of number {n},” Anna Orle said."]) for n in range(9)),
    ]
    with Archive.open(new_place("b"), create=True) as archive:
        kit.fill(archive, pages)
        assert [each[:9] for each in words(archive, "ferry", ranked=True)] == ["Ferry, fe", "The ferry", "The ferry"]
        assert words(archive, "ferry", ranked=True)[1] == "The ferry is late,"
        assert words(archive, "ferry")[0].startswith("The ferry is late and")


def test_ranks_and_facets_look_at_the_newest_alone(many, monkeypatch):
    monkeypatch.setattr(sample.newest_rows, "__defaults__", (10,))
    assert many.facets(Query(words="harbour")).counted == 10
    newest = {line.statement.id for line in many.find(Query(words="harbour", limit=10))}
    assert {line.statement.id for line in many.find(Query(words="harbour", ranked=True, limit=None))} == newest
    assert many.count(Query(words="harbour")) == 90


def test_which_are_the_newest_does_not_depend_on_the_order_of_adding(kit, new_place):
    pages = [kit.make_page([f"Title {n}", f"“Words of number {n},” Speaker Orle said."]) for n in range(9)]
    found = set()
    for n, order in enumerate((pages, pages[::-1])):
        with Archive.open(new_place(str(n)), create=True) as archive:
            kit.fill(archive, order, 9)
            rows = sample.newest_rows(archive._store, Query(), 4)
            sql = "SELECT id FROM line JOIN document ON document.row = document WHERE line.row = ?"
            ids = tuple(archive._store.one(sql, row)[0] for row in rows)
            found.add(ids)
    assert len(found) == 1


def test_a_ranking_is_made_once_until_the_archive_changes(many, kit, monkeypatch):
    made = []
    whole = ranking._rank
    monkeypatch.setattr(ranking, "_rank", lambda *asked: made.append(asked) or whole(*asked))
    for _ in range(2):
        words(many, "harbour", ranked=True)
    assert len(made) == 1
    kit.fill(many, [kit.make_page(["New", "“A harbour of tomorrow,” Speaker Orle said."], "Orvo Wire", "2031-06-01")])
    words(many, "harbour", ranked=True)
    assert len(made) == 2


def test_what_is_counted_of_some_documents_is_theirs_alone(searched):
    whole = Query(words="harbour")
    days, facets = searched.days(whole), searched.facets(whole)
    one = next(iter(searched.find(whole))).statement.document
    some = Query(words="harbour", within=frozenset({one}))
    assert searched.days(some).total == searched.count(some) < days.total
    assert searched.facets(some).counted == searched.count(some) < facets.counted
    assert len(list(searched.find(replace(some, ranked=True)))) == searched.count(some)
    assert searched.days(whole) == days
    nothing = Query(words="harbour zeppelin", within=frozenset())
    assert all(way.hits == 0 for way in searched.ways_out(nothing))
