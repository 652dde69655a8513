"""Keys of persons' names: shared by all forms of one name, and by few others."""

from __future__ import annotations

import pytest

from stemma.resolve.meeting.handles import INITIAL, has_initial, keys

FORMS = [
    ("Cho Min Sol", "Jo Min-sol", "조민솔", "Чо Мин Соль", "Ch'o Minsol", "Min-sol Cho"),
    ("Choe Ryong Hae", "Choi Yong-hae", "최룡해", "최용해"),
    ("O Kuk Ryol", "O Kŭng-nyŏl", "오극렬"),
    ("Deng Xiaoping", "Teng Hsiao-p'ing", "Дэн Сяопин", "邓小平"),
    ("Ng Leung-sing", "吳亮星"),
    ("Khalid al-Zubaydi", "Khaled El Zobaidi", "خالد الزبيدي"),
    ("Mariya Sacharowa", "Maria Zakharova", "Мария Захарова", "Sacharowa, Marija"),
    ("Andrei Belkin", "Andrei Ivanovich Belkin", "Белкин Андрей Иванович", "Andriy Belkin"),
    ("Vjačeslav Ušakov", "Vyacheslav Ushakov", "Wjatscheslaw Uschakow"),
]


@pytest.mark.parametrize("forms", FORMS, ids=lambda forms: forms[0])
def test_forms_of_one_name_share_a_key(forms):
    assert [form for form in forms[1:] if not set(keys(forms[0])) & set(keys(form))] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Andrei Belkin", "Anna Drobina"), ("Kim Jong Il", "Kim Jong Un"), ("Cho Min Sol", "Cho Hak Chol")],
)
def test_strangers_share_none(one, other):
    shared = set(keys(one)) & set(keys(other))
    assert all(key.startswith(INITIAL) for key in shared)  # under these only names with an initial are compared


def test_initials_meet_what_they_may_stand_for_under_keys_of_their_own():
    shared = set(keys("V. Belkin")) & set(keys("Valentin Belkin"))
    assert shared
    assert {key.startswith((INITIAL, "alone:")) for key in shared} == {True}
    assert has_initial("V. V. Belkin")
    assert not has_initial("Valentin V. Belkin")
