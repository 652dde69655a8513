"""R2: what a program found names method, version and how sure it is; unknown is an answer; inferred looks inferred."""

from __future__ import annotations

import re

from stemma.records import Derived, Run, decode


def test_every_derived_record_names_its_run_with_stage_and_version(archive) -> None:
    records = [decode(row) for row in archive.export()]
    runs = {each.id: each for each in records if isinstance(each, Run)}
    derived = [each for each in records if isinstance(each, Derived)]
    assert len(derived) > 500
    for each in derived:
        assert runs[each.run].stage
        assert runs[each.run].version
        assert 0 <= each.confidence <= 1


def test_a_statement_tells_method_and_confidence(browser, lines) -> None:
    for line in lines[::9]:
        page = browser.get(f"/s/{line.statement.id}").text
        assert re.search(r"\b(?:annotate|read)/[\w.+:-]+", page), line.statement.id
        assert re.search(r"\d+\N{NO-BREAK SPACE}% sure", page), line.statement.id


def test_unknown_is_told_and_never_left_blank(outputs, lines) -> None:
    assert any(not line.speakers for line in lines)
    assert any(not line.outlet for line in lines)
    assert any(not line.published for line in lines)
    for words in ("speaker not identified", "outlet not known", "date not known"):
        for name in ("find --text --limit 1000", "message text"):
            assert words in re.sub(r"[\s│]+", " ", outputs[name]), (words, name)


def test_an_inferred_hop_differs_in_line_and_in_words(pages, command, whole, lines) -> None:
    sheet = (__import__("pathlib").Path(__file__).parents[2] / "src/stemma/show/web/static/style/frame.css").read_text()
    assert re.search(r"\.node\.inferred[^}]*dashed", sheet)
    inferred = [page for page in pages.values() if '<li class="node inferred">' in page]
    assert inferred
    assert all(
        re.search(r'<li class="node inferred">\s*<p class="proof"><span class="how">inferred', page)
        for page in inferred
    )
    carried = max(lines, key=lambda line: line.witnesses)
    tree = command("show", "--text", carried.utterance, "--archive", whole).out
    assert "<~" in tree
    assert "inferred" in tree
