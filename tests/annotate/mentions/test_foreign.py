"""Names in other scripts: listed ones, and persons beside a role."""

from __future__ import annotations

import pytest

from stemma.annotate.mentions import mentions
from stemma.annotate.mentions.foreign.cyrillic import stem
from stemma.annotate.mentions.foreign.listed import holders, listed


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Министр торговли Велории Олег Тарнов прибыл в Пхеньян. «Рад», — сказал Тарнов в Москве, передаёт ТАСС.",
            [
                ("Олег Тарнов", "person"),
                ("Пхеньян", "place"),
                ("Тарнов", "person"),
                ("Москве", "place"),
                ("ТАСС", "outlet"),
            ],
        ),
        (
            "최한솔 장관은 평양에서 말했다. 최한솔은 웃었다.",
            [("최한솔", "person"), ("평양", "place"), ("최한솔", "person")],
        ),
        ("대변인 조민솔은 조선중앙통신에 말했다.", [("조민솔", "person"), ("조선중앙통신", "outlet")]),
        ("市长周明说，莫斯科很远。", [("周明", "person"), ("莫斯科", "place")]),
        ("田中太郎首相は東京で話した。", [("田中太郎", "person"), ("東京", "place")]),
        ("وصل الوزير أحمد الطروي إلى موسكو.", [("أحمد الطروي", "person"), ("موسكو", "place")]),
    ],
)
def test_names(make_page, text, wanted):
    found = [(one.evidence.exact, one.kind) for one in mentions(make_page(text))]
    assert [one for one in found if one in wanted] == wanted
    assert len(found) <= len(wanted) + 1  # a state of no known name may be taken for a name


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Вчера министр иностранных дел России Олег Тарнов молчал.", "министр иностранных дел России"),
        ("그날 최한솔 외무상은 말했다.", "외무상"),
        ("国家主席周明远会见客人。", "国家主席"),
        ("وصل وزير الخارجية أحمد الطروي.", "وزير الخارجية"),
    ],
)
def test_role_as_worded(make_page, text, role):
    assert [one.role for one in mentions(make_page(text)) if one.kind == "person"] == [role]


@pytest.mark.parametrize(
    "words", ["Пхеньяне Пхеньян Пхеньяна", "Владимира Владимир Владимиром", "России Россия Россией"]
)
def test_cases_of_one_word_share_a_stem(words):
    assert len({stem(word) for word in words.split()}) == 1


def test_words_that_hold_a_name_are_none(make_page):
    assert mentions(make_page("서울대공원역은 넓다. Москвичи спят.")) == ()


def test_every_list_has_names_of_each_kind():
    for script in ("cyrillic", "hangul", "han", "arabic"):
        assert set(listed(script).values()) == {"place", "organization", "outlet", "person"}
    assert "Ким Чен Ын" in set(holders())
