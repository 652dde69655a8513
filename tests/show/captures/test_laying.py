"""Two captures of a page, sentence by sentence."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from stemma.archive.views import Article
from stemma.records import Document, Field, Label
from stemma.show.captures.laying import lay
from tests.show.conftest import snapshot_of

A = "The gate opened on Monday. Nobody waits longer than twenty minutes, he said. The band played. It rained."
B = "The gate opened on Monday. Hardly anybody waits longer than an hour, he said. It rained. The lamps were lit."


def page(text: str, **more: Any) -> Article:
    """An article whose lines are body, those that begin with a bar furniture."""
    snapshot = snapshot_of(text + more.get("fetched", ""))
    document = Document(snapshot=snapshot.id, layout="test/1", text=text)
    labels, start = [], 0
    for row in text.split("\n"):
        role = "furniture" if row.startswith("|") else "body"
        if row.strip():
            labels.append(Label(document=document.id, start=start, end=start + len(row), role=role))
        start += len(row) + 1
    fields = tuple(
        Field(document=document.id, name=name, value=value, basis="meta")
        for name, value in more.get("fields", {}).items()
    )
    return Article(
        document=document, snapshot=snapshot, title=more.get("title"), outlet=None, published=None, published_basis=None,
        language=None, labels=tuple(labels), fields=fields, mentions=(), times=(), lines=(), problems=(),
        versions=(document.id,),
    )  # fmt: skip


def told(text: str, other: str, **more: Any) -> list[tuple[str, str]]:
    found = lay(page(text), page(other), **more)
    return [(row.fate, "".join(piece.text for piece in row.after or row.before)) for row in found.rows]


def test_sentences_are_kept_changed_added_and_removed() -> None:
    assert [fate for fate, _ in told(A, B)] == ["kept", "changed", "removed", "kept", "added"]
    found = lay(page(A), page(B))
    assert [row.number for row in found.rows] == [0, 1, 2, 0, 3]
    assert dict(found.counts)["sentence"] == 2
    changed = found.edits[0]
    assert "".join(piece.text for piece in changed.before) == "Nobody waits longer than twenty minutes, he said."
    assert "".join(piece.text for piece in changed.after) == "Hardly anybody waits longer than an hour, he said."


def test_the_order_of_the_two_does_not_matter_but_for_the_side() -> None:
    assert sorted(fate for fate, _ in told(B, A)) == sorted(fate for fate, _ in told(A, B))
    assert lay(page(B), page(A)).edits[-1].fate in {"removed", "changed", "added"}


def test_spelling_and_marks_are_folded_unless_asked_for() -> None:
    one, other = "The harbour council met. It rained.", "The harbour council met! It rained."
    assert lay(page(one), page(other)).folded + len(lay(page(one), page(other)).edits) <= 1
    one, other = "Kim Jong Un spoke in the morning. It rained.", "Kim Jong-un spoke in the morning. It rained."
    folded = lay(page(one), page(other))
    assert (folded.folded, folded.edits) == (1, ())
    assert [row.fate for row in lay(page(one), page(other), slight=True).edits] == ["changed"]


def test_a_sentence_that_stands_elsewhere_is_moved() -> None:
    one = "The first lamp was lit by the mayor. The second lamp was lit by the pilot. The band played on."
    other = "The second lamp was lit by the pilot. The first lamp was lit by the mayor. The band played on."
    assert [fate for fate, _ in told(one, other)].count("moved") == 1


def test_furniture_and_what_is_stated_stand_apart() -> None:
    one = page("| Home\nThe gate opened.", title="Gate", fields={"modified": "2025-11-03"})
    other = page("| News\nThe gate opened.", title="Gates", fields={"modified": "2025-11-04"})
    found = lay(one, other)
    assert found.furniture == (("| Home",), ("| News",))
    assert [(each.name, each.before, each.after) for each in found.stated] == [
        ("title", "Gate", "Gates"), ("modified", "2025-11-03", "2025-11-04"),
    ]  # fmt: skip
    assert not found.edits


def test_a_capture_beside_itself_differs_in_nothing() -> None:
    found = lay(page(A), page(A))
    assert {row.fate for row in found.rows} == {"kept"}
    assert not found.stated


SENTENCES = ("The gate opened.", "Nobody came to see it.", "It rained on the quay.", "The lamps were lit at nine.")


@given(st.lists(st.sampled_from(SENTENCES), max_size=6), st.lists(st.sampled_from(SENTENCES), max_size=6))
def test_the_later_one_can_be_read_off(one: list[str], other: list[str]) -> None:
    found = lay(page(" ".join(one)), page(" ".join(other)))
    read = [piece.text for row in found.rows if row.fate != "removed" for piece in row.after]
    assert "".join("".join(read).split()) == "".join("".join(other).split())
    assert [row.number for row in found.rows if row.number] == list(range(1, len(found.edits) + 1))
