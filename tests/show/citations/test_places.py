"""Web Annotations and links that mark words: where they point, and that they point there again."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import unquote

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.archive.answers.lines import WITHHELD
from stemma.archive.views import Line, Who
from stemma.errors import BadValue
from stemma.records import evidence
from stemma.show.citations import cite
from stemma.show.citations.places import AROUND, fragment_link, iri
from tests.show.conftest import LINES, POST, Draft

TEXT = POST.text


def selectors(line: Line, text: str = TEXT) -> list[list[dict]]:
    target = json.loads(cite(line, "annotation", text=text))["target"]
    return [each["selector"] for each in (target if isinstance(target, list) else [target])]


def test_both_selectors_select_the_same_words() -> None:
    ((position, quote),) = selectors(LINES["post"])
    start, end = position["start"], position["end"]
    assert TEXT[start:end] == quote["exact"]
    assert TEXT[:start].endswith(quote["prefix"])
    assert TEXT[end:].startswith(quote["suffix"])
    assert (len(quote["prefix"]), len(quote["suffix"])) == (AROUND, AROUND)


def test_words_around_do_not_name_whose_name_is_withheld() -> None:
    hidden = replace(LINES["post"], speakers=(Who(name=WITHHELD),))
    ((position, quote),) = selectors(hidden)
    assert TEXT[position["start"] : position["end"]] == quote["exact"]
    assert (quote["prefix"], quote["suffix"]) == ("", "")


def test_positions_are_code_points() -> None:
    page = Draft("𝒳𝒴 Kim Vael said: “the lamps are lit.”", url="https://dornpost.example/1")
    line = page.line(page.statement("“the lamps are lit.”"), ())
    ((position, quote),) = selectors(line, page.text)
    assert position["start"] == page.text.index("“the")
    assert quote["prefix"].startswith("𝒳𝒴")


def test_the_target_names_address_capture_time_and_hash() -> None:
    told = json.loads(cite(LINES["post"], "annotation", text=TEXT))
    assert told["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert told["target"]["source"] == POST.url
    assert told["target"]["state"]["sourceDate"] == POST.fetched
    assert f"urn:stemma:{POST.snapshot.id}" in told["target"]["state"]["cached"]
    assert any(each.startswith("ni:///sha-256;") for each in told["target"]["state"]["cached"])
    assert told["body"][0]["value"].startswith("Kim Vael (quoted by SARVA, carried by Dorn Post")


def test_long_words_are_told_by_their_ends() -> None:
    page = Draft("Vael: “" + "the lamps are lit and " * 40 + "the sea is calm.”", url="https://dornpost.example/1")
    words = page.text[6:]
    line = page.line(page.statement(words), ())
    ((position, ends),) = selectors(line, page.text)
    start, end = ends["startSelector"], ends["endSelector"]
    assert page.text.index(start["prefix"] + start["exact"]) + len(start["prefix"]) == position["start"]
    assert page.text.index(end["prefix"] + end["exact"]) + len(end["prefix"]) + len(end["exact"]) == position["end"]


def test_a_broken_quotation_has_a_target_for_each_piece() -> None:
    page = Draft("“The lamps,” Kim Vael said, “are lit.”", url="https://dornpost.example/1#top")
    line = page.line(page.statement("“The lamps,” … “are lit.”"), ())
    assert [quote["exact"] for _, quote in selectors(line, page.text)] == ["“The lamps,”", "“are lit.”"]
    assert fragment_link(line, page.text) == "https://dornpost.example/1#top:~:text=The%20lamps&text=are%20lit"


def test_a_link_marks_the_words() -> None:
    link = cite(LINES["post"], "fragment", text=TEXT)
    assert link == f"{POST.url}#:~:text=On%20the%20far%20shore%2C%20the%20lamps%20are%20lit%20for%20all%20who%20left"


def test_words_that_stand_twice_are_told_by_what_stands_around_them() -> None:
    page = Draft(
        "Vael said yes-men lie, again. Others too.\nOn Friday Orle said yes-men lie, too.",
        url="https://dornpost.example/1",
    )
    at = page.text.rindex("yes-men lie")
    said = msgspec.structs.replace(page.statement("yes-men lie"), content=(evidence(page.document, at, at + 11),))
    link = fragment_link(page.line(said, ()), page.text)
    assert link == "https://dornpost.example/1#:~:text=Friday%20Orle%20said-,yes%2Dmen%20lie,-%2C%20too."


def test_long_words_are_linked_by_their_ends() -> None:
    page = Draft("Vael: “" + "the lamps are lit and " * 8 + "the sea is calm.”", url="https://dornpost.example/1")
    link = fragment_link(page.line(page.statement(page.text[6:]), ()), page.text) or ""
    before, start, end, after = (unquote(part) for part in link.partition("text=")[2].split(","))
    assert (before, end, after) == ("Vael: “-", "sea is calm", "-.”")
    assert start.startswith("the lamps are lit and the")


def test_marks_between_words_and_context_are_told_too() -> None:
    """A browser wants the context directly beside the words: quotation marks stand between."""
    page = Draft("Vael said: “Yes.” he left. Orle said: “Yes.” she stayed.", url="https://dornpost.example/1")
    at = page.text.rindex("“Yes.”")
    said = msgspec.structs.replace(page.statement("“Yes.”"), content=(evidence(page.document, at, at + 6),))
    link = unquote(fragment_link(page.line(said, ()), page.text) or "")
    assert link.partition("text=")[2] == "Orle said: “-,Yes,-.” she stayed."


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "", None, "http://[", "https://", "data:text/html,x"]
)
def test_only_web_addresses_are_links(url: str | None) -> None:
    assert iri(url) is None
    line = replace(LINES["post"], snapshot=msgspec.structs.replace(POST.snapshot, url=url))
    with pytest.raises(BadValue, match="web address"):
        cite(line, "fragment", text=TEXT)


def test_a_page_has_no_words_to_mark(archive) -> None:
    article = archive.article(POST.document.id)
    assert "selector" not in json.loads(cite(article, "annotation"))["target"]
    with pytest.raises(BadValue):
        cite(article, "fragment")


@given(st.text(st.sampled_from("ab -,&#%=\n.“”~:"), min_size=1, max_size=60), st.integers(0, 40), st.integers(1, 30))
def test_directives_are_encoded(text: str, start: int, length: int) -> None:
    page = Draft(text, url="https://dornpost.example/1")
    start = min(start, len(text) - 1)
    said = page.statement(text).__class__(
        document=page.document.id,
        kind="direct",
        content=(evidence(page.document, start, min(start + length, len(text))),),
    )
    link = fragment_link(page.line(said, ()), text)
    if link is None:
        assert not any(each.isalnum() for each in said.content[0].exact)
        return
    directive = link.partition("#:~:text=")[2]
    assert not set(directive) & set(" #=\n“”&")
    parts = directive.split(",")
    assert all("-" not in part.removesuffix("-").removeprefix("-") for part in parts)
    inner = [part for part in parts if not part.endswith("-") and not part.startswith("-")]
    assert 1 <= len(inner) <= 2
    assert " ".join(said.content[0].exact.split()).find(unquote(inner[0])) >= 0
