"""Tables of names: what they hold, and how they fold."""

from __future__ import annotations

import pytest

from stemma.text.gazetteer import cities, names_of_cities, people, surnames, variants
from stemma.text.words import fold


@pytest.mark.parametrize(("name", "size"), [("Moscow", 1), ("Kursk", 2), ("Uglich", 3)])
def test_cities_have_a_class_of_size(name, size):
    assert cities()[name] == size


@pytest.mark.parametrize(
    "names", ["Pyongyang Пхеньян 평양 平壤", "Kursk Курск 쿠르스크 库尔斯克", "Moscow Москва 莫斯科 موسكو"]
)
def test_names_of_one_city_share_a_number(names):
    numbers = [set(variants()[fold(name)]) for name in names.split()]
    assert set.intersection(*numbers)


def test_two_cities_share_none():
    assert not set(variants()["pyongyang"]) & set(variants()["seoul"])


def test_people():
    assert "Kathryn" in people("female")
    assert "Varga" in people("surname")
    assert "Олег" in people("cyrillic")
    assert surnames()[0] == "Smith"


def test_heads_are_no_names():
    assert not any(name.startswith(("#", "[")) for name in [*cities(), *people("male"), *names_of_cities()])
