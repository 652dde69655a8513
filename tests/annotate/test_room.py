"""The room as a whole: what is done with a page of more prose than memory should hold."""

from __future__ import annotations

from stemma import annotate
from stemma.records import Problem, Statement, prose

LINES = [f"Tamsin Orle said that lamp number {n} stays lit." for n in range(60)]


def test_a_page_within_the_limit_has_no_problem(make_page):
    found = annotate.annotate(make_page("\n".join(LINES)))
    assert sum(isinstance(each, Statement) for each in found) == len(LINES)
    assert not [each for each in found if isinstance(each, Problem)]


def test_beyond_the_limit_only_the_first_part_is_looked_at(make_page, monkeypatch):
    page = make_page("\n".join(LINES))
    size = sum(label.end - label.start for label in prose(page))
    monkeypatch.setattr(annotate, "MOST_PROSE", size // 3)
    *found, told = annotate.annotate(page)
    assert isinstance(told, Problem)
    assert f"{size:,} characters" in told.message
    assert told.about == page.document.id
    ends = [each.content[-1].end for each in found if isinstance(each, Statement)]
    assert len(ends) == len(LINES) // 3
    assert max(ends) <= size // 2


def test_one_line_beyond_the_limit_is_cut(make_page, monkeypatch):
    monkeypatch.setattr(annotate, "MOST_PROSE", 500)
    page = make_page(" ".join(LINES))
    *found, told = annotate.annotate(page)
    assert isinstance(told, Problem)
    assert found
    assert all(each.evidence.end <= 500 for each in found if hasattr(each, "evidence") and each.evidence)


def test_a_page_of_nothing_but_reporting_words_is_cut(make_page, monkeypatch):
    monkeypatch.setattr(annotate, "MOST_CUES", 40)
    monkeypatch.setattr(annotate, "_NEVER_FULL", 0)
    *found, told = annotate.annotate(make_page("she said that he said that " * 100))
    assert isinstance(told, Problem)
    assert "only the first 544 " in told.message
    said = [each for each in found if isinstance(each, Statement)]
    assert 0 < len(said) <= 40
    assert max(each.depth for each in said) <= 12


def test_prose_with_few_reporting_words_is_not_cut(make_page, monkeypatch):
    monkeypatch.setattr(annotate, "MOST_CUES", 40)
    monkeypatch.setattr(annotate, "_NEVER_FULL", 0)
    found = annotate.annotate(make_page("The mayor said so. " * 40))
    assert not [each for each in found if isinstance(each, Problem)]
