"""Laws of the overlay: a function of the set of words, undone by undoing, never moving an offset."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.archive.corrections.overlay.covering import BLOCK
from stemma.archive.corrections.overlay.laying import overlaid
from stemma.archive.corrections.overlay.places import Origin, moved
from stemma.archive.corrections.standing import standing, undone_among
from stemma.archive.pages.reading import leaf_of, speakers_of, title_of
from stemma.records import Correction, Field, evidence
from stemma.text.words import fold
from tests.archive.conftest import make_page

LINES = [
    "Ferry to run again",
    "“The ferry sails on Monday,” Tamsin Orle said on 2031-04-02.",
    "“We kept our word,” he said.",
    "“Nobody asked the crew,” Milo Vance said. It cites Orvo Wire.",
    "More news: “Read this too,” Ola Brandt said.",
]
PAGE = make_page(LINES, "Orvo Wire", "2031-04-03")
LEAF = leaf_of(1, 1, PAGE.document, PAGE.records[1:])
TEXT = PAGE.document.text
DAYS = st.sampled_from(["2032-01-01T00:00:00Z", "2032-01-02T00:00:00Z", "2032-01-02T02:00:00+02:00"])
SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 60)).map(lambda at: (at[0], min(len(TEXT), sum(at))))


def _value(field):
    span = SPANS.map(lambda at: f"{at[0]}-{at[1]}")
    return {
        "speaker": st.sampled_from(["", "Milo Vance", "Dana Wirt", "Tamsin Orle; Dana Wirt", "Orvo Wire (outlet)"]),
        "kind": st.sampled_from(["indirect", "direct"]),
        "said": st.sampled_from(["", "2031-04-01"]),
        "content": st.one_of(st.just(""), span),
        "outlet": st.sampled_from(["", "Belt Press"]),
        "published": st.sampled_from(["", "2031-04-09"]),
        "title": st.sampled_from(["", "Another title"]),
        "label": st.tuples(span, st.sampled_from(["furniture", "body", "caption"])).map(" ".join),
        "redaction": span,
        "address": st.just("covered"),
        "role": st.sampled_from(["furniture", "body"]),
        "access": st.just("withdrawn"),
    }[field]


FIELDS = {
    "s": ["speaker", "kind", "said", "content", "access"],
    "d": ["outlet", "published", "title", "label", "redaction", "address"],
    "l": ["role"],
}


@st.composite
def words(draw):
    """Corrections of the page, and undoings of them and of undoings."""
    found = []
    for _ in range(draw(st.integers(0, 6))):
        about = draw(st.sampled_from([each.id for each in (*LEAF.statements, *LEAF.labels)] + [PAGE.document.id] * 4))
        field = draw(st.sampled_from(FIELDS[about[0]]))
        found.append(_word(about, field, draw(_value(field)), draw(DAYS), draw(st.sampled_from(["Ilse", "Bero"]))))
    for _ in range(draw(st.integers(0, 4))):
        if found:
            found.append(_word(draw(st.sampled_from(found)).id, "undone", "true", draw(DAYS), "Ilse"))
    return found


def _word(about, field, value, at="2032-01-01T00:00:00Z", by="Ilse"):
    return Correction(about=about, field=field, value=value, by=by, at=at, reason="seen")


@settings(deadline=None, max_examples=60)
@given(words(), st.randoms())
def test_the_order_of_words_does_not_matter(said, chance):
    shuffled = [*said, *said[:2]]
    chance.shuffle(shuffled)
    assert overlaid(LEAF, said, {}) == overlaid(LEAF, shuffled, {})


@settings(deadline=None, max_examples=60)
@given(words())
def test_undoing_all_gives_back_what_was_derived(said):
    undone = [_word(each.id, "undone", "true", "2033-01-01T00:00:00Z", "Ola") for each in said]
    assert (
        overlaid(
            LEAF,
            [each for each in said if each.field != "undone"]
            + [each for each in undone if each.about not in {one.id for one in said if one.field == "undone"}],
            {},
        )
        == LEAF
    )


@settings(deadline=None, max_examples=80)
@given(words())
def test_offsets_never_move_and_evidence_stays_verbatim(said):
    leaf = overlaid(LEAF, said, {})
    assert len(leaf.document.text) == len(TEXT)
    assert all(new in {old, BLOCK} for old, new in zip(TEXT, leaf.document.text, strict=True))
    for record in leaf.records[1:]:
        for piece in _pieces(record):
            assert piece.exact == leaf.document.text[piece.start : piece.end]
    assert all(a.end <= b.start for a, b in zip(leaf.labels, leaf.labels[1:], strict=False))


def _pieces(record):
    for name in record.__struct_fields__:
        value = getattr(record, name)
        for part in value if isinstance(value, tuple) else (value,):
            if hasattr(part, "exact"):
                yield part


@settings(deadline=None, max_examples=80)
@given(words())
def test_no_record_names_what_is_gone(said):
    leaf = overlaid(LEAF, said, {})
    mentions, statements = {each.id for each in leaf.mentions}, {each.id for each in leaf.statements}
    assert {each.antecedent for each in leaf.references} <= mentions
    assert {each.exemplar for each in leaf.relays} <= mentions
    assert {each.within for each in leaf.statements} <= statements | {None}
    assert set(leaf.spoken) <= statements
    assert {who.mention for some in speakers_of(leaf) for who in some} <= mentions | {None}


@settings(deadline=None, max_examples=60)
@given(st.lists(SPANS, min_size=1, max_size=3))
def test_redacted_names_are_nowhere_in_the_leaf(spans):
    full = replace(
        LEAF,
        fields=(
            *LEAF.fields,
            Field(document=PAGE.document.id, name="title", value="Milo Vance on the ferry", basis="meta"),
        ),
    )
    leaf = overlaid(full, [_word(PAGE.document.id, "redaction", f"{a}-{b}") for a, b in spans], {})
    told = b"".join(msgspec.json.encode(each) for each in leaf.records).decode()
    for name in ("Tamsin Orle", "Milo Vance", "Ola Brandt"):
        start = TEXT.index(name)
        if any(a <= start and start + len(name) <= b for a, b in spans):
            assert name not in told


def test_newest_wins_and_of_one_moment_the_larger_id():
    about = LEAF.statements[0].id
    one, two = (_word(about, "kind", kind, "2032-01-01T01:00:00+01:00") for kind in ("indirect", "mixed"))
    (holds,) = standing([one, two, _word(about, "kind", "direct", "2031-12-31T23:59:59Z")])
    assert holds == max(one, two, key=lambda each: each.id)


def test_an_undoing_can_be_undone():
    word = _word(LEAF.statements[0].id, "kind", "indirect")
    undone = _word(word.id, "undone", "true")
    again = _word(undone.id, "undone", "true")
    assert undone_among([word, undone]) == {word.id}
    assert undone_among([again, undone, word]) == {undone.id}
    assert standing([again, undone, word]) == [word]


def test_a_long_chain_of_undoings_is_no_deep_recursion():
    chain = [_word(LEAF.statements[0].id, "kind", "indirect")]
    for _ in range(3_000):
        chain.append(_word(chain[-1].id, "undone", "true"))
    assert standing(chain) == [chain[0]]  # an even number of undoings
    assert standing(chain[:-1]) == []


def test_a_stretch_made_furniture_loses_what_was_found_in_it():
    start = TEXT.index("More news")
    leaf = overlaid(LEAF, [_word(PAGE.document.id, "label", f"{start}-{len(TEXT)} furniture")], {})
    assert {each.evidence.exact for each in leaf.mentions} == {"Tamsin Orle", "Milo Vance", "Orvo Wire"}
    assert len(leaf.statements) == len(LEAF.statements) - 1
    assert leaf.labels[-1].role == "furniture"
    assert leaf.labels[-1].id == LEAF.labels[-1].id
    assert leaf.labels[-1].reason == "corrected by Ilse: seen"


def test_a_stretch_within_a_label_cuts_it():
    (label,) = (each for each in LEAF.labels if TEXT[each.start :].startswith("More news"))
    leaf = overlaid(LEAF, [_word(PAGE.document.id, "label", f"{label.start}-{label.start + 10} caption")], {})
    roles = [(each.start, each.end, each.role) for each in leaf.labels if each.start >= label.start]
    assert roles == [(label.start, label.start + 10, "caption"), (label.start + 10, label.end, "body")]


def test_a_speaker_may_be_one_whom_the_page_does_not_name():
    statement = LEAF.statements[0]
    leaf = overlaid(LEAF, [_word(statement.id, "speaker", "Dana Wirt; Milo Vance")], {})
    (dana, milo), *_ = speakers_of(leaf)
    assert (dana.form, dana.kind, dana.mention) == ("Dana Wirt", "person", None)
    assert milo.role == "envoy"
    assert milo.reason == "corrected by Ilse: seen"
    assert milo.mention in {each.id for each in LEAF.mentions}
    assert [each.form for each in speakers_of(leaf)[1]] == ["Tamsin Orle"]  # "he" still means whom it meant


def test_a_role_goes_with_the_words_that_tell_it():
    page = make_page(["News", "Harbour envoy Milo Vance met the crew."], None, None)
    leaf = leaf_of(1, 1, page.document, page.records[1:])
    start = page.document.text.index("envoy")
    assert [each.role for each in leaf.mentions] == ["envoy"]
    covered = overlaid(leaf, [_word(page.document.id, "redaction", f"{start}-{start + 5}")], {})
    assert [(each.evidence.exact, each.role) for each in covered.mentions] == [("Milo Vance", None)]
    other = overlaid(leaf, [_word(page.document.id, "redaction", "0-4")], {})
    assert [each.role for each in other.mentions] == ["envoy"]


def test_another_statement_of_the_same_source_keeps_its_speaker():
    first = LEAF.statements[0]
    begin = first.content[0].start
    half = msgspec.structs.replace(first, id="", content=(evidence(PAGE.document, begin, begin + 9),))
    both = replace(LEAF, statements=(half, *LEAF.statements))
    leaf = overlaid(both, [_word(first.id, "speaker", "Milo Vance")], {})
    assert [[who.form for who in some] for some in speakers_of(leaf)[:2]] == [["Tamsin Orle"], ["Milo Vance"]]


def test_a_corrected_title_comes_before_a_label_and_a_field_after_it():
    field = Field(document=PAGE.document.id, name="title", value="From meta", basis="meta", confidence=0.5)
    assert title_of(replace(LEAF, fields=(field,))) == "Ferry to run again"
    bare = replace(LEAF, fields=(field,), labels=LEAF.labels[1:])
    assert title_of(bare) == "From meta"
    assert title_of(overlaid(LEAF, [_word(PAGE.document.id, "title", "Ferry sails")], {})) == "Ferry sails"
    assert title_of(overlaid(bare, [_word(PAGE.document.id, "title", "")], {})) is None


def test_a_withdrawn_page_has_neither_text_nor_records():
    for about in (PAGE.document.id, PAGE.document.snapshot):
        leaf = overlaid(LEAF, [_word(about, "access", "withdrawn")], {})
        assert set(leaf.document.text) == {BLOCK}
        assert leaf.records == [leaf.document]


def test_a_withdrawn_statement_is_covered():
    first, *rest = LEAF.statements
    leaf = overlaid(LEAF, [_word(first.id, "access", "withdrawn")], {})
    assert [each.id for each in leaf.statements] == [each.id for each in rest]
    assert "sails on Monday" not in leaf.document.text


def test_nothing_is_said_there():
    first, *rest = LEAF.statements
    leaf = overlaid(LEAF, [_word(first.id, "content", "")], {})
    assert [each.id for each in leaf.statements] == [each.id for each in rest]
    assert leaf.document.text == TEXT


def test_a_word_follows_a_statement_that_a_newer_run_cuts_differently():
    old = LEAF.statements[0]
    new = msgspec.structs.replace(
        old, id="", content=(evidence(PAGE.document, old.content[0].start + 5, old.content[0].end),)
    )
    newer = replace(LEAF, statements=(new, *LEAF.statements[1:]))
    word = _word(old.id, "speaker", "Milo Vance")
    leaf = overlaid(newer, [word], {old.id: Origin(old, TEXT)})
    assert leaf.laid == ((new.id, word),)
    assert speakers_of(leaf)[0][0].form == "Milo Vance"
    gone = replace(LEAF, statements=LEAF.statements[1:])
    assert overlaid(gone, [word], {old.id: Origin(old, TEXT)}).waiting == (word,)


def test_a_word_follows_its_place_into_another_layout():
    lines = ["A menu that was not there", *(f"  {line}" for line in LINES)]
    other = make_page(lines, "Orvo Wire", "2031-04-03")
    leaf = leaf_of(1, 1, other.document, other.records[1:])
    start = TEXT.index("Milo Vance")
    said = [
        _word(LEAF.statements[2].id, "speaker", "Dana Wirt"),
        _word(PAGE.document.id, "redaction", f"{start}-{start + 10}"),
    ]
    origins = {LEAF.statements[2].id: Origin(LEAF.statements[2], TEXT), PAGE.document.id: Origin(None, TEXT)}
    shown = overlaid(leaf, said, origins)
    assert shown.waiting == ()
    assert "Milo Vance" not in shown.document.text
    assert [who.form for who in speakers_of(shown)[2]] == ["Dana Wirt"]


def test_a_redaction_that_lost_its_place_covers_the_page():
    other = make_page(["Ferry", "“Nobody asked the crew,” an official said."], "Orvo Wire")
    leaf = leaf_of(1, 1, other.document, other.records[1:])
    start = TEXT.index("Milo Vance")
    word = _word(PAGE.document.id, "redaction", f"{start}-{start + 10}")
    shown = overlaid(leaf, [word], {PAGE.document.id: Origin(None, TEXT)})
    assert set(shown.document.text) == {BLOCK}
    assert shown.waiting == (word,)


@pytest.mark.parametrize("value", ["x", "5-5", "900000-900001", "-1-3"])
def test_a_word_that_cannot_be_read_waits(value):
    word = _word(LEAF.statements[0].id, "content", value)
    assert overlaid(LEAF, [word], {}).waiting == (word,)


@given(st.text("ab \n", min_size=1, max_size=30), st.data())
def test_moved_spans_hold_the_same_words(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    new = "  ".join(text.split())
    found = moved([(start, end)], text, f"menu {new}")
    if text[start:end].split():
        whole = start == 0 or text[start - 1].isspace() or text[start].isspace()
        if found and whole:
            assert fold(f"menu {new}"[slice(*found[0])]).split() == fold(text[start:end]).split()


@pytest.mark.parametrize("count", [100, 201, 399, 1_000])
def test_a_long_stretch_is_moved_whole(count):
    words = [f"word{n}" for n in range(count)]
    old = " ".join(["menu", *words, "end"])
    new = "\n".join([*words[: count - 9], "other", *words, "end"])
    ((start, end),) = moved([(5, 5 + len(" ".join(words)))], old, new)
    assert new[start:end].split() == words
    assert moved([(5, 5 + len(" ".join(words)))], old, new.replace(words[-5], "word_")) is None
