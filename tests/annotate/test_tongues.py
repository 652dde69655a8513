"""Languages that are not analysed are told, each with what it rests on."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from importlib import resources

import msgspec
import pytest

from stemma.annotate import analysis, annotate
from stemma.records import ANALYSED, QUOTED, Field, Page, evidence

MakePage = Callable[[str], Page]


def told(page: Page, *languages: tuple[str, str]) -> Page:
    """The page with these languages and what they rest on."""
    fields = [Field(document=page.document.id, name="language", value=tag, basis=basis) for tag, basis in languages]
    return page._replace(fields=tuple(fields))


@pytest.mark.parametrize(
    ("language", "value"), [("ko", "ko quotations"), ("nl", "nl nothing"), ("zh-Hant", "zh quotations"), ("en", None)]
)
def test_a_page_in_another_language_says_so(make_page: MakePage, language: str, value: str | None) -> None:
    page = told(make_page("De brug is open.\nDe markt ook."), (language, "words"))
    found = analysis(page)
    assert [each.value for each in found] == ([value] if value else [])
    assert all(each.name == "analysis" and each.basis == "words" for each in found)
    assert all(each.evidence and each.evidence.exact == "De brug is open." for each in found)
    assert [each for each in annotate(page) if isinstance(each, Field)] == found


def test_a_block_says_so_for_itself(make_page: MakePage) -> None:
    page = told(make_page("The bridge is open.\n다리가 열렸다."), ("en", "words"), ("ko", "block"))
    block = evidence(page.document, 20, 28)
    page = page._replace(fields=(page.fields[0], msgspec.structs.replace(page.fields[1], evidence=block)))
    (found,) = analysis(page)
    assert (found.value, found.basis, found.evidence) == ("ko quotations", "block", block)


def test_nothing_is_said_where_nothing_is_known(make_page: MakePage) -> None:
    assert analysis(make_page("De brug is open.")) == []
    empty = told(make_page("De brug is open."), ("nl", "words"))
    assert analysis(empty._replace(labels=())) == []


def test_the_data_have_the_languages_that_are_said_to_be_read() -> None:
    table = tomllib.loads(resources.files("stemma.annotate").joinpath("tongues.toml").read_text(encoding="utf-8"))
    assert sorted(key for key, value in table.items() if isinstance(value, dict)) == sorted(QUOTED)
    assert not set(QUOTED) & set(ANALYSED)
    assert table["source"]
    assert table["licence"] == "Apache-2.0"
