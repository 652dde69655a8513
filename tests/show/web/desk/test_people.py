"""S6: the list of people, a person's page, two judged to be one, forms moved out; all of it taken back."""

from __future__ import annotations

import json

import pytest

from stemma.archive.views import Person
from tests.show.web.desk.conftest import Visitor, hidden, told


def person(visitor: Visitor, name: str) -> Person:
    return visitor.archive.persons(name)[0]


def test_the_list_is_searched_by_form_by_letter_and_page_by_page(visitor: Visitor) -> None:
    first = visitor.get("/people")
    assert "27 who speak, the most quoted first" in told(first)
    assert first.text.index("Om Thae Rim") < first.text.index("Miron Stavin")
    following = first.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "Om Thae Rim" not in visitor.get(following).text
    assert "Miron Stavin" in told(visitor.get("/people?q=Мирон"))
    assert "Miron Stavin" in told(visitor.get("/people?letter=М"))
    assert "Nobody here is called so" in told(visitor.get("/people?q=Zzz"))
    assert visitor.get("/people?kind=nonsense").status == 400
    assert visitor.get("/people?after=nonsense").status == 400


def test_the_list_as_json_and_as_a_table(visitor: Visitor) -> None:
    found = json.loads(visitor.get("/people.json?q=Om").text)
    assert found["people"][0]["name"] == "Om Thae Rim"
    table = visitor.get("/people.csv").text.splitlines()
    assert table[0] == "id,name,kind,statements,other forms"
    assert len(table) == 26


def test_a_page_tells_names_by_script_roles_carriers_and_time(visitor: Visitor) -> None:
    page = told(visitor.get(f"/p/{person(visitor, 'Miron Stavin').id}"))
    for words in (
        "Cyrillic",
        "Latin",
        "Мироном Ставиным ru",
        "Carried by",
        "Roles as worded",
        "by day",
    ):
        assert words in page, words
    about = told(visitor.get(f"/p/{person(visitor, 'Inga Morozan').id}?statements=to"))
    assert "said to this one" in about
    assert visitor.get(f"/p/{person(visitor, 'Miron Stavin').id}.json").status == 200


def test_a_judgement_joins_two_and_taking_it_back_parts_them(visitor: Visitor) -> None:
    long, short = person(visitor, "Jonas Vettergard"), "Vettergard"
    page = visitor.get(f"/p/{long.id}")
    assert "May be the same" in told(page)
    assert 'data-key="y"' in page.text
    done = visitor.post("/people/judge", judgement=hidden(page.text, "judgement"), verdict="same", back=f"/p/{long.id}")
    assert (done.status, done.headers["location"]) == (303, f"/p/{long.id}")
    joined = person(visitor, "Jonas Vettergard")
    assert short in {form.name for form in joined.forms}
    word = next(each for each in joined.judgements if each.at)
    assert (word.by, word.verdict, word.reasons) == ("Dana Wirt", "same", ("looked over: the names mean one",))
    page = visitor.get(f"/p/{joined.id}")
    assert "Judged by people" in told(page)
    visitor.post("/people/undo", ids=word.id, back=f"/p/{joined.id}")
    assert short not in {form.name for form in person(visitor, "Jonas Vettergard").forms}


def test_a_merge_against_an_earlier_word_warns_and_takes_it_back_only_when_told(visitor: Visitor) -> None:
    long = person(visitor, "Jonas Vettergard")
    wanted = hidden(visitor.get(f"/p/{long.id}").text, "judgement")
    visitor.post("/people/judge", judgement=wanted, verdict="different", why="another man")
    warned = visitor.post("/people/judge", judgement=wanted, verdict="same", why="no, one man")
    assert warned.status == 409
    assert "contradicts an earlier word" in told(warned)
    assert "another man" in told(warned)
    assert hidden(warned.text, "why") == "no, one man"
    assert "Vettergard" not in {form.name for form in person(visitor, "Jonas Vettergard").forms}
    visitor.post("/people/judge", judgement=wanted, verdict="same", sure="1")
    joined = person(visitor, "Jonas Vettergard")
    assert "Vettergard" in {form.name for form in joined.forms}
    assert len(visitor.archive.words()) == 3  # nothing is destroyed: different, taken back, same


def test_forms_are_moved_out_and_come_back_in_one_deed(visitor: Visitor) -> None:
    leader = person(visitor, "Om Thae Rim")
    done = visitor.post("/people/split", person=leader.id, form=["Um Tae Rim"], why="the uncle")
    assert done.status == 303, told(done)
    assert person(visitor, "Um Tae Rim").id != person(visitor, "Om Thae Rim").id
    page = visitor.get(f"/p/{person(visitor, 'Om Thae Rim').id}")
    assert "the uncle" in told(page)
    visitor.post("/people/undo", ids=page.text.split('name="ids" value="')[1].split('"')[0])
    assert person(visitor, "Um Tae Rim").id == person(visitor, "Om Thae Rim").id == leader.id


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_a_form_leads_to_no_other_site(visitor: Visitor, back: str) -> None:
    long = person(visitor, "Jonas Vettergard")
    wanted = hidden(visitor.get(f"/p/{long.id}").text, "judgement")
    assert visitor.post("/people/judge", judgement=wanted, verdict="unsure", back=back).headers["location"] == "/people"


def test_words_are_signed_or_not_kept(visitor: Visitor) -> None:
    visitor.name = ""
    long = person(visitor, "Jonas Vettergard")
    page = visitor.get(f"/p/{long.id}")
    assert "Your name" in told(page)
    refused = visitor.post(
        "/people/judge", judgement=hidden(page.text, "judgement"), verdict="same", why="typed with care"
    )
    assert refused.status == 400
    assert "typed with care" in refused.text
    assert not visitor.archive.words()
    kept = visitor.post("/people/judge", judgement=hidden(page.text, "judgement"), verdict="same", by="Ильзе Марн")
    assert visitor.archive.words()[0].by == "Ильзе Марн"
    assert kept.headers["set-cookie"].startswith("by=%D0%98")
