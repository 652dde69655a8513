"""Two witnesses side by side."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from stemma.archive.views import Line
from stemma.records import Edit, Evidence, Variant
from stemma.show.wording import Piece, apart, compare, condense, differences


def side(document: str, words: str) -> Evidence:
    return Evidence(document=document, start=0, end=len(words), exact=words)


VARIANT = Variant(
    left=side("da", "we saw 14 boats"),
    right=side("db", "we saw twenty red boats"),
    edits=(Edit(kind="number", left=(7, 9), right=(7, 13)), Edit(kind="words", left=(10, 10), right=(14, 18))),
)


def test_what_both_have_and_what_one_has_alone() -> None:
    assert differences(VARIANT) == (
        Piece("kept", "we saw "),
        Piece("removed", "14", "number"),
        Piece("added", "twenty", "number"),
        Piece("kept", " "),
        Piece("added", "red ", "words"),
        Piece("kept", "boats"),
    )


def test_swapped_it_reads_the_other_way() -> None:
    assert [piece.state for piece in differences(VARIANT, swap=True)] == [
        "kept", "removed", "added", "kept", "removed", "kept",
    ]  # fmt: skip


@given(st.booleans())
def test_each_side_can_be_read_off(swap: bool) -> None:
    pieces = differences(VARIANT, swap=swap)
    base, other = (VARIANT.right, VARIANT.left) if swap else (VARIANT.left, VARIANT.right)
    assert "".join(piece.text for piece in pieces if piece.state != "added") == base.exact
    assert "".join(piece.text for piece in pieces if piece.state != "removed") == other.exact


def test_witnesses_are_compared_whole_whichever_is_looked_at(archive, lines: dict[str, Line]) -> None:
    utterance = archive.utterance("wlamps")
    from_post = compare(utterance, lines["post"])
    assert [found.kinds for found in from_post] == [("number", "words"), ("words",)]
    assert [piece.text.strip() for piece in from_post[1].pieces if piece.state == "removed"] == ["for all who left"]
    from_agency = compare(utterance, lines["agency"])
    assert [found.line.outlet for found in from_agency] == ["Dorn Post", None]


def test_other_words_are_not_laid_side_by_side(archive, lines: dict[str, Line]) -> None:
    utterance = replace(archive.utterance("wlamps"), lines=(lines["agency"], lines["mixed"]))
    (found,) = compare(utterance, lines["agency"])
    assert (found.compared, found.pieces) == (False, ())
    assert found.speaker == "The harbour council"


def test_words_that_another_speaker_is_given_are_told(archive, lines: dict[str, Line]) -> None:
    other = replace(lines["post"], speakers=lines["mixed"].speakers)
    utterance = replace(archive.utterance("wlamps"), lines=(lines["agency"],), elsewhere=(other,))
    assert [found.speaker for found in compare(utterance, lines["agency"])] == ["The harbour council"]


def test_long_common_wording_is_cut() -> None:
    pieces = (Piece("kept", "lamp " * 100), Piece("added", "no", "negation"), Piece("kept", "boat " * 100))
    first, change, last = condense(pieces, 20)
    assert change == pieces[1]
    assert first.text.startswith(" … ")
    assert first.text.endswith("lamp ")
    assert last.text.endswith(" … ")
    assert len(first.text) < 30


def test_short_common_wording_stays() -> None:
    pieces = (Piece("kept", "a short one "), Piece("added", "no", "negation"))
    assert condense(pieces) == pieces


def test_words_stand_apart_and_blanks_are_no_difference() -> None:
    pieces = (
        Piece("added", "that", "words"), Piece("kept", "the two peoples"), Piece("removed", " ", "quotation"),
        Piece("added", "“", "quotation"), Piece("kept", "held"),
    )  # fmt: skip
    assert [(piece.state, piece.text) for piece in condense(pieces)] == [
        ("added", "that"), ("kept", " the two peoples "), ("added", "“"), ("kept", "held"),
    ]  # fmt: skip
    korean = (Piece("kept", "등불"), Piece("added", "이", "words"))
    assert condense(korean) == korean


def test_another_capture_of_the_page_is_no_witness(archive, lines: dict[str, Line]) -> None:
    utterance = archive.utterance("wlamps")
    own = lines["post"]
    others, none = apart(own, compare(utterance, own))
    assert (len(others), none) == (2, ())
    first = others[0].line
    again = replace(first, snapshot=own.snapshot)
    captured = replace(utterance, lines=tuple(again if line is first else line for line in utterance.lines))
    rest, same = apart(own, compare(captured, own))
    assert [each.line for each in same] == [again]
    assert [each.line for each in rest] == [others[1].line]
