"""Keys and judgements between mentions that share one."""

from __future__ import annotations

import pytest

from stemma.records import Evidence, Mention
from stemma.resolve import judge, keys
from stemma.resolve.meeting.judging import BY

SAME = [
    ("Cho Min Sol", "Jo Min-sol"),
    ("Ri Hak Song", "이학성"),
    ("Cho Min Sol", "Чо Мин Соль"),
    ("Andrei Belkin", "Андрей Белкин"),
    ("Zhou Xiaoping", "Chou Hsiao-p'ing"),
    ("Qasim al-Tarawi", "Kassem Tarawi"),
    ("Anton J. Holt", "Anton Holt"),
]


def mention(name, kind="person"):
    document = "d" + name
    return Mention(
        document=document, evidence=Evidence(document=document, start=0, end=len(name), exact=name), kind=kind
    )


@pytest.mark.parametrize(("left", "right"), SAME)
def test_names_of_one_person_share_a_key(left, right):
    assert set(keys(mention(left))) & set(keys(mention(right)))


def told_under(left, right, key):
    return [one.verdict for one in judge([mention(left), mention(right)], key)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        *SAME,
        ("V. Belkin", "Vladimir Belkin"),
        ("Belkin", "Vladimir Belkin"),
        ("Andrei Belkin", "안드레이 벨킨"),
        ("Vladimir Belkin", "Владимир Белкин"),
        ("A. I. Belkin", "Andrei Ivanovich Belkin"),
    ],
)
def test_a_pair_that_shares_keys_is_told_under_one_of_them(left, right):
    shared = sorted(set(keys(mention(left))) & set(keys(mention(right))))
    told = [verdict for key in shared for verdict in told_under(left, right, key)]
    assert len(told) == 1
    assert told[0] != "different"


@pytest.mark.parametrize(
    ("left", "right"), [("Song Chol Min", "Song Cheol-min"), ("Zhang Sheng Min", "Chang Sheng-min")]
)
def test_names_of_syllables_are_told_under_syllables_and_other_names_under_words(left, right):
    shared = set(keys(mention(left))) & set(keys(mention(right)))
    words = {key for key in shared if "~" in key}
    assert words
    assert [key for key in words if told_under(left, right, key)] == []
    assert [verdict for key in shared - words for verdict in told_under(left, right, key)] == ["same"]


def test_a_name_of_syllables_meets_another_under_words():
    left, right = "Ken Marsen", "Kenneth Marsen"  # the first may be Cantonese
    shared = set(keys(mention(left))) & set(keys(mention(right)))
    assert [verdict for key in shared for verdict in told_under(left, right, key)] == ["same"]


def test_kinds_do_not_share_keys():
    assert not set(keys(mention("Karvis"))) & set(keys(mention("Karvis", "place")))


def test_outlet_and_organisation_meet():
    assert set(keys(mention("KCNA", "outlet"))) & set(keys(mention("Korean Central News Agency", "organization")))


def test_verdicts():
    names = ["Cho Min Sol", "Jo Min-sol", "Cho Min Hak", "Cho"]
    made = [mention(name) for name in names]
    by_id = {one.id: one.evidence.exact for one in made}
    verdicts = {frozenset((by_id[one.left], by_id[one.right])): one.verdict for one in judge(made)}
    assert verdicts[frozenset(("Cho Min Sol", "Jo Min-sol"))] == "same"
    assert verdicts.get(frozenset(("Cho Min Sol", "Cho Min Hak"))) in {None, "different"}
    assert "same" not in {verdict for pair, verdict in verdicts.items() if "Cho" in pair}


def test_records_do_not_hang_on_the_company():
    one, two, three = mention("Cho Min Sol"), mention("Jo Min-sol"), mention("Anton Holt")
    assert judge([one, two]) == [
        found for found in judge([three, two, one]) if {found.left, found.right} == {one.id, two.id}
    ]


def verdicts_of(names):
    made = [mention(name) for name in names]
    by_id = {one.id: one.evidence.exact for one in made}
    return {frozenset((by_id[one.left], by_id[one.right])): one.verdict for one in judge(made)}


TWO_FATHERS = [
    ("Andrei Belkin", "Andrei Ivanovich Belkin", "Andrei Pavlovich Belkin"),
    ("Андрей Белкин", "Andrej Iwanowitsch Belkin", "Андрей Павлович Белкин"),
    ("Vera Orlova", "Vera Ivanovna Orlova", "Vera Ilinichna Orlova"),
    ("Serhiy Orlov", "Sergei Ivanovich Orlov", "Orlov Sergey Petrovich"),
    ("Maren Holt", "Maren J. Holt", "Maren K. Holt"),
]


@pytest.mark.parametrize(("short", "one", "other"), TWO_FATHERS)
def test_a_name_that_says_less_joins_no_two_that_may_differ(short, one, other):
    found = verdicts_of([short, one, other])
    assert found[frozenset((short, one))] == found[frozenset((short, other))] == "unsure"
    assert found.get(frozenset((one, other))) != "same"


@pytest.mark.parametrize(("short", "one", "other"), TWO_FATHERS)
def test_all_three_meet_wherever_two_meet(short, one, other):
    assert set(keys(mention(short))) & set(keys(mention(one))) == set(keys(mention(short))) & set(keys(mention(other)))


def test_a_name_that_says_less_is_the_same_where_one_fuller_name_fits():
    found = verdicts_of(["Andrei Belkin", "Andrei Ivanovich Belkin", "Андрей Иванович Белкин", "Anton Holt"])
    assert set(found.values()) == {"same"}


def test_left_is_before_right_and_by_is_told():
    (found,) = judge([mention("Jo Min-sol"), mention("Cho Min Sol")])
    assert found.left < found.right
    assert found.by == BY
