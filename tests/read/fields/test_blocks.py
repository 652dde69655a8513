"""The language of a page, and of a block that is in another one."""

from __future__ import annotations

from stemma.records import Field


def _languages(reading):
    fields = [record for record in reading.records if isinstance(record, Field) and record.name == "language"]
    return [(field.value, field.basis, field.evidence.exact[:12] if field.evidence else None) for field in fields]


def test_one_language(dump):
    """
    New bridge opens in Karvis

    The harbour board said on Friday that the new bridge to the northern islands would be open to all from May.

    It thanked the builders, who had worked through the winter, and said that a second bridge would follow.
    """
    assert _languages(dump) == [("en", "words", None)]


def test_a_paragraph_in_another_script(dump):
    """
    New bridge opens in Karvis

    The harbour board said on Friday that the new bridge to the northern islands would be open to all from May.

    Портовый совет заявил в пятницу, что новый мост на северные острова будет открыт для всех с мая.

    Он поблагодарил строителей, которые работали всю зиму, и сказал, что за ним последует второй мост.

    It thanked the builders, who had worked through the winter, and said that a second bridge would follow.
    """
    assert _languages(dump) == [("en", "words", None), ("ru", "block", "Портовый сов")]
    assert dump.best("language") == "en"


def test_a_paragraph_in_another_language_of_the_script(dump):
    """
    New bridge opens in Karvis

    The harbour board said on Friday that the new bridge to the northern islands would be open to all from May.

    It thanked the builders, who had worked through the winter, and said that a second bridge would follow.

    Der Hafenrat hat am Freitag mitgeteilt, dass die neue Brücke zu den nördlichen Inseln ab Mai für alle offen ist.

    Es ist nicht bekannt, wann die zweite Brücke gebaut wird und wer für den Bau mit seinem Geld aufkommen soll.
    """
    assert [found[:2] for found in _languages(dump)] == [("en", "words"), ("de", "block")]


def test_names_in_another_script_are_no_block(dump):
    """
    Портовый совет открыл новый мост

    Портовый совет заявил в пятницу, что новый мост Karvis Northern Bridge будет открыт для всех с мая.

    Он поблагодарил строителей из Sarva Construction, которые работали всю зиму на островах.
    """
    assert [found[:2] for found in _languages(dump)] == [("ru", "words")]
