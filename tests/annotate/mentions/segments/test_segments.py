"""Names cut out of a run of capitals: ranks, degrees, what an office is of, what makes an adjective of a name."""

from __future__ import annotations

import pytest

from stemma.annotate.mentions.segments import segments


def cut(run: str) -> list[tuple[str, str | None]]:
    return [(run[one.start : one.end], one.kind) for one in segments(run)]


@pytest.mark.parametrize(
    ("run", "name"),
    [
        ("Ana Maria Holt KC", "Ana Maria Holt"),
        ("Lt. Cdr. Sela Varga", "Sela Varga"),
        ("Cllr Varga", "Varga"),
        ("Mme Odile Varga", "Odile Varga"),
        ("Mr. Ōmiya Jun", "Ōmiya Jun"),
        ("President of the Republic Tomas Varga", "Tomas Varga"),
        ("Foreign Ministers Orsa Belk", "Orsa Belk"),
        ("Milan Dragov", "Milan Dragov"),
        ("Sun Baogui", "Sun Baogui"),
    ],
)
def test_a_person_without_what_he_is(run: str, name: str) -> None:
    assert cut(run) == [(name, "person")]


def test_a_city_before_what_is_no_surname_stays_a_place() -> None:
    assert ("Milan", "place") in cut("Milan Fashion")


@pytest.mark.parametrize("run", ["Ambassador of Qarab", "Premier of South Karvis", "Prime Minister of Ostra"])
def test_what_an_office_is_of_is_no_person(run: str) -> None:
    assert [kind for _, kind in cut(run)] == [None]


@pytest.mark.parametrize(
    ("run", "name"),
    [
        ("Karvis West-based", "Karvis West"),
        ("Information and Press Department of the Ministry of Trade", None),
        ("Ministry of Foreign Affairs on Wednesday", "Ministry of Foreign Affairs"),
    ],
)
def test_where_a_name_ends(run: str, name: str | None) -> None:
    assert [text for text, _ in cut(run)] == [name or run]


def test_what_a_minister_is_of_is_no_name_though_places_are_called_so() -> None:
    assert cut("Minister of Sea Transport Ana Holt") == [("Ana Holt", "person")]


def test_the_label_of_an_answer_is_no_given_name() -> None:
    assert ("A. I", "person") not in cut("A. I")
