"""Fields that a person set right, in words; stones; the log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stemma.archive.views import Line, Stone, Was, Who
from stemma.errors import BadValue
from stemma.records import Judgement
from stemma.show.chain import steps
from stemma.show.citations import citable, cite
from stemma.show.people.log import entries
from stemma.show.people.marks import brief, covers, derived, marks, marks_of
from stemma.show.people.stones import account, headline, meaning, way_back
from tests.show.conftest import HOSTILE, corrected, word

WIRT = Who(name="Dana Wirt", entity="edanawirt", reason="corrected by Ilse Marn: named in line 3")


def test_a_corrected_field_says_who_when_why_and_what_was_derived(lines: dict[str, Line]) -> None:
    line = corrected(replace(lines["post"], speakers=(WIRT,)), "speaker", "Dana Wirt", "Kim Vael")
    (mark,) = marks(line)
    assert mark.told == "speaker corrected by Ilse Marn, 22 November 2026: named in line 3"
    assert (mark.before, mark.basis) == ("Kim Vael", "name in the source, 97 % sure by machine")
    assert mark.undo == f"stemma correct --undo {mark.word.id} --why WHY"
    assert marks_of(line, "kind") == ()
    assert brief(line) == ("speaker corrected by Ilse Marn",)


@pytest.mark.parametrize(("value", "was"), [("Kim Vael; SARVA (outlet)", "sarva; Kim Vael"), ("Kim Vael", "Kim Vaël")])
def test_a_word_that_says_what_was_derived_confirms_it(lines: dict[str, Line], value: str, was: str) -> None:
    (mark,) = marks(corrected(lines["post"], "speaker", value, was))
    assert (mark.deed, mark.before) == ("confirmed", "")
    assert "corrected" not in cite(corrected(lines["post"], "speaker", value, was))


def test_a_span_is_told_by_its_words(lines: dict[str, Line]) -> None:
    said = lines["post"].statement.content[0].exact
    assert marks(corrected(lines["post"], "content", "1-9", said))[0].deed == "confirmed"
    assert marks(corrected(lines["post"], "content", "1-9", f"{said} and more"))[0].before == f"{said} and more"


def test_what_was_not_known_is_said_so_without_a_basis(lines: dict[str, Line]) -> None:
    (mark,) = marks(corrected(lines["post"], "published", "2025-10-24", ""))
    assert (mark.before, mark.basis) == ("not known", "")


def test_a_word_whose_value_is_covered_is_not_cited_nor_listed(lines: dict[str, Line]) -> None:
    line = corrected(replace(lines["post"], title=None), "title", "Twelve lamps", "Lamps")
    assert "not shown, since it repeats words that are covered" in marks(line)[0].told
    assert (brief(line), marks(line)[0].before) == ((), "")
    assert "corrected" not in cite(line)


def test_words_of_one_person_stand_together(lines: dict[str, Line]) -> None:
    line = corrected(corrected(lines["post"], "kind", "mixed", "direct"), "title", "Lamps", "Lights")
    line = corrected(line, "outlet", "Dorn Mail", "Dorn Post", by="Bero Lund")
    assert brief(line) == ("outlet corrected by Bero Lund", "kind and title corrected by Ilse Marn")
    assert brief(line, titled=False) == ("kind corrected by Ilse Marn",)


def test_how_sure_a_program_was_is_told_of_what_it_derived(lines: dict[str, Line]) -> None:
    assert derived(lines["post"]) is None
    found = derived(corrected(lines["post"], "kind", "mixed", "direct"))
    assert found
    assert (found.value, found.confidence) == ("direct", 0.97)


def test_covers_are_told_once_for_each_person_and_reason(lines: dict[str, Line]) -> None:
    words = tuple(word("dpage", "redaction", f"{n}-{n + 2}", why="private") for n in (1, 5))
    line = replace(lines["post"], corrections=words)
    (cover,) = covers(line)
    assert cover.undo == f"stemma correct --undo {words[0].id} {words[1].id} --why WHY"
    assert brief(line) == ("words covered by Ilse Marn",)
    assert cite(line).endswith("; words covered by Ilse Marn, 22 November 2026.")


def test_the_chain_proves_no_speaker_whom_a_person_named(lines: dict[str, Line]) -> None:
    line = corrected(replace(lines["post"], speakers=(WIRT,)), "speaker", "Dana Wirt", "Kim Vael")
    last = steps(line)[-1]
    assert (last.proof, last.deed) == (None, "the speaker is Dana Wirt, as Ilse Marn says")
    withheld = replace(lines["post"], speakers=(Who(name="name withheld"),))
    assert steps(withheld)[-1].proof is None


def test_a_citation_says_who_corrected_what(lines: dict[str, Line]) -> None:
    line = corrected(replace(lines["post"], speakers=(WIRT,)), "speaker", "Dana Wirt", "Kim Vael", by="Ilse {Marn}")
    said = line.corrections[0].id
    assert cite(line).startswith("Dana Wirt, quoted by SARVA, quoted in Dorn Post")
    assert cite(line).endswith(f"; speaker corrected by Ilse {{Marn}}, 22 November 2026 ({said}).")
    assert rf"corrected by Ilse \textbraceleft{{}}Marn\textbraceright{{}}, 22 November 2026 ({said})" in cite(
        line, "bibtex"
    )
    assert cite(replace(line, was=(Was(said, "Kim Vael", "", 1.0),))) == cite(line)


def stone(kind: str, about: str, field: str = "access", **more: str) -> Stone:
    said = word(about, field, "withdrawn", **{"why": "court order", **more})
    return Stone(f"{kind[0]}stone", kind, said.at, said.by, said.reason, said)


@pytest.mark.parametrize(
    ("of", "told", "meant", "back"),
    [
        (("page", "dpage", "access"), "This page was withdrawn", "bytes are sealed", "stemma withdraw dpage --undo"),
        (
            ("statement", "sone", "access"),
            "This statement was withdrawn",
            "covered in the page",
            "withdraw sone --undo",
        ),
        (("statement", "cpage", "access"), "This statement was withdrawn with its page", "Its text", "withdraw cpage"),
        (("record", "dpage", "access"), "This record was withdrawn with its page", "Its text", "withdraw dpage"),
        (("record", "sone", "access"), "This record was withdrawn", "covered in the page", "withdraw sone"),
        (("person", "ekim", "access"), "This one was withdrawn from lists", "keep their text", "withdraw ekim"),
        (("record", "dpage", "redaction"), "What stood here is covered", "words of a page", "stemma correct --undo k"),
    ],
)
def test_a_stone_in_words(of: tuple[str, str, str], told: str, meant: str, back: str) -> None:
    found, kind = stone(*of), of[0]
    assert headline(found).startswith(told)
    assert meant in meaning(found)
    assert back in way_back(found)
    assert dict(account(found)) == {
        "what": f"{kind} {kind[0]}stone", "when": "22 November 2026 (2026-11-22T08:00:00Z)", "by": "Ilse Marn",
        "ground": "court order", "word": found.correction.id,
    }  # fmt: skip


def test_what_was_withdrawn_cannot_be_cited(lines: dict[str, Line]) -> None:
    assert citable(lines["post"], "s") is lines["post"]
    with pytest.raises(BadValue, match="withdrawn by Ilse Marn, 22 November 2026: court order"):
        citable(stone("statement", "sone"), "sone")
    with pytest.raises(BadValue) as refused:
        citable(stone("statement", "sone", why=HOSTILE, by=HOSTILE), "sone")
    assert not set(str(refused.value)) & set("\x1b\x9b\u202e\u2066")


def test_the_log_tells_names_and_what_holds_no_more(archive, lines: dict[str, Line]) -> None:
    about = lines["post"].statement.id
    first, newer = word(about, "speaker", "Dana Wirt"), replace_at(word(about, "speaker", ""), "2026-11-23T08:00:00Z")
    kind = word(about, "kind", "mixed")
    undone = word(kind.id, "undone", "true")
    judged = Judgement(left="mone", right="mtwo", verdict="same", score=1.0, by="Ilse Marn", at=first.at)
    told = {each.word.id: (each.says, each.state) for each in entries([undone, newer, kind, first, judged], archive)}
    assert told == {
        first.id: (f"speaker of {about}: Dana Wirt", "a newer word holds"),
        newer.id: (f"speaker of {about}: not known", ""),
        kind.id: (f"kind of {about}: mixed", f"taken back by {undone.id}"),
        undone.id: (f"{kind.id} is taken back", ""),
        judged.id: (f"name withheld and {told[judged.id][0].split(' and ')[1]}", ""),
    }
    assert not set(told[judged.id][0]) & set("\x1b\x9b\u202e")


def test_the_log_tells_no_value_of_what_is_withdrawn_or_withheld(archive, lines: dict[str, Line]) -> None:
    about = lines["post"].statement.id
    said = word(about, "speaker", "Dana Wirt")
    archive.lines = (replace(lines["post"], speakers=(Who(name="name withheld"),)),)
    assert next(entries([said], archive)).says == f"speaker of {about}: name withheld"
    archive.stones = {about: stone("statement", about)}
    assert next(entries([said], archive)).says == f"speaker of {about}: (withdrawn)"


def replace_at(said, at: str):
    return type(said)(about=said.about, field=said.field, value=said.value, by=said.by, at=at, reason=said.reason)
