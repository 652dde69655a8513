from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemma import flow
from stemma.archive import Archive
from stemma.archive.answers.search.selecting import words_of_query as expression_of
from stemma.archive.views import Query
from stemma.errors import BadQuery
from stemma.records import Correction


@pytest.fixture
def archive(either):
    return either


def words(archive, **query):
    return [line.statement.content[0].exact for line in archive.find(Query(**query))]


def test_words_phrases_and_exclusions(archive):
    assert len(words(archive, words="harbour snow")) == 3
    assert len(words(archive, words='"harbour will open"')) == 3
    assert words(archive, words='"open harbour"') == []
    assert words(archive, words="tariff -monday -asked") == ["The tariff stays,"]
    assert words(archive, words='tariff vance -"goes on"') == ["The tariff stays,"]
    assert words(archive, words="HARB*") == words(archive, words="harbour")


def test_source_cue_and_title_are_searched(archive):
    assert words(archive, words="official asked") == ["Nobody asked us,"]
    assert len(words(archive, words="port harbour")) == 1


def test_accents_do_not_matter(archive):
    assert len(words(archive, words="tamsin")) == len(words(archive, words="Tamsín")) == 2


@pytest.mark.parametrize("word", ["北京", "港口", "冬天", "市", "北京市的港口", '"北京市"', "放"])
def test_parts_of_runs_without_spaces_are_found(archive, word):
    assert words(archive, words=word) == ["北京市的港口将在冬天之前开放,"]


def test_run_that_is_not_there(archive):
    assert words(archive, words="京北") == []


def test_newest_first_and_undated_last(archive):
    days = [line.published for line in archive.find(Query(limit=None))]
    assert days == ["2031-05-02", "2031-05-01", "2031-05-01", "2031-04-04", "2031-04-03", "2031-04-03", None, None]


def test_filters(archive):
    assert len(words(archive, outlet="orvo wire")) == 3
    assert len(words(archive, since="2031-04-04", until="2031-05-01")) == 3
    assert len(words(archive, until="2031-04")) == 3
    assert len(words(archive, since="2031")) == 6
    assert words(archive, kind="indirect") == []
    assert words(archive, outlet="Nobody") == []


@pytest.fixture
def dated(archive, kit):
    """The archive with a statement whose page tells that it was made on 30 March."""
    statement = kit.pages[3].statements[0]
    word = Correction(
        about=statement.id, field="said", value="2031-03-30", by="Ida", at="2031-06-01T00:00:00Z", reason="told"
    )
    flow.correct(archive, [word])
    return archive


def test_days_said_and_published(dated):
    march = {"since": "2031-03-01", "until": "2031-03-31"}
    (said,) = words(dated, **march)
    assert words(dated, **march, day="said") == [said]
    assert words(dated, **march, day="published") == []
    (line,) = dated.find(Query(**march))
    published = line.published
    assert said in words(dated, since=published, until=published)
    assert said not in words(dated, since=published, until=published, day="said")
    assert words(dated, day="said") == [said]
    for day in ("either", "said", "published"):
        for since, until in ((None, "2031-04-04"), ("2031-03-30", None), (None, None), ("2031", "2031")):
            query = Query(since=since, until=until, day=day, limit=None)
            found = [each.statement.id for each in dated.find(query)]
            assert len(found) == len(set(found)) == dated.count(query)


def test_timeline_tells_what_a_day_rests_on(dated):
    moments = dated.timeline()
    assert [each.day for each in moments] == sorted(each.day for each in moments)
    assert [(each.day, each.earliest) for each in moments if each.basis == "said"] == [("2031-03-30", "2031-03-30")]
    assert all(each.earliest is None for each in moments if each.basis == "published")
    march = dated.timeline(Query(until="2031-03-31", limit=None))
    assert [each.day for each in march] == ["2031-03-30"]
    published = march[0].line.published
    there = dated.timeline(Query(since=published, until=published, limit=None))
    assert march[0].line.statement.id not in {each.line.statement.id for each in there}
    assert dated.timeline(Query(day="published", until="2031-03-31", limit=None)) == []


def test_a_timeline_has_an_utterance_once(archive):
    utterances = [each.line.utterance for each in archive.timeline()]
    assert len(utterances) == len(set(utterances))
    of_one = archive.timeline(Query(speaker="Tam Orle", limit=None))
    assert of_one
    assert len({each.line.utterance for each in of_one}) == len(of_one)
    carried = next(archive.utterances())
    (one,) = [each for each in of_one if each.line.utterance == carried.id]
    assert one.line.statement.id == carried.lines[0].statement.id


def test_statements_without_a_day_stand_in_no_timeline(archive):
    lines = list(archive.find(Query(limit=None)))
    assert archive.undated() == sum(line.published is None for line in lines) == 2
    assert {each.line.utterance for each in archive.timeline()} == {line.utterance for line in lines if line.published}
    assert [each.day for each in archive.timeline(Query(limit=1))] == [archive.timeline()[-1].day]


def test_speaker_is_found_by_any_form(archive):
    assert len(words(archive, speaker="Tam Orle")) == len(words(archive, speaker="orle")) == 4
    assert len(words(archive, speaker="Vance", words="tariff")) == 2
    assert words(archive, speaker="Nobody Known") == []
    assert words(archive, speaker="...") == []


def test_limit_offset_and_count(archive):
    everything = words(archive, limit=None)
    assert [words(archive, limit=3, offset=at) for at in (0, 3, 6, 9)] == [
        everything[:3],
        everything[3:6],
        everything[6:],
        [],
    ]
    assert archive.count(Query(limit=1, words="harbour")) == 4


@pytest.mark.parametrize("query", ['"open', "***", "- -", '""'])
def test_queries_that_cannot_be_read(archive, query):
    with pytest.raises(BadQuery):
        list(archive.find(Query(words=query)))
    with pytest.raises(BadQuery):
        archive.count(Query(since="yesterday"))


def test_hyphen_and_apostrophe_join_words_to_a_phrase():
    assert expression_of("Son-hee") == '("Son-hee")'


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.text(max_size=30) | st.text(alphabet='"-*() ab北한 ^:+{}\0AND', max_size=12))
def test_any_text_is_a_query_or_a_bad_one(archive, text):
    try:
        assert archive.count(Query(words=text)) >= 0
        archive.count(Query(speaker=text))
        archive.count(Query(outlet=text))
    except BadQuery:
        pass


def test_what_a_timeline_shows_of_a_day_does_not_depend_on_the_order_of_adding(kit, new_place):
    pages = [
        kit.make_page([f"Title {n}", f"“Words of number {n}” Speaker Orle said."], published=published)
        for n, published in enumerate(["2031-04-05", "2031-04-05T09:00:00Z", "2031-04-05T07:30:00Z", "2031-04-05"] * 3)
    ]
    shown = set()
    for n, order in enumerate((pages, pages[::-1], pages[5:] + pages[:5])):
        with Archive.open(new_place(str(n)), create=True) as archive:
            kit.fill(archive, order)
            shown.add(tuple(one.line.statement.id for one in archive.timeline(Query(limit=5))))
            instants = [one.line.published for one in archive.timeline(Query(limit=None))]
    assert len(shown) == 1
    assert instants == sorted(instants)
