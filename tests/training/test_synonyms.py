"""The table of words of like sense, made of a database of a few words."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.synonyms.__main__ import read, table

LICENCE = "  1 a line of the licence\n"
NOUNS = """\
00000010 06 n 02 peak 0 pinnacle 0 001 @ 00000020 n 0000 | the top
00000020 06 n 01 top 0 000 | what is above
00000030 15 n 01 Varnia 0 000 | a land
00000040 15 n 03 Maresh 0 capital_of_Varnia 0 Varnian_capital 0 000 | its capital
00000050 06 n 01 proviso 0 001 + 00000010 v 0101 | a condition
"""
VERBS = "00000010 30 v 01 provide 0 001 + 00000050 n 0101 01 + 08 00 | to give\n"
ADJECTIVES = "00000010 01 a 01 varnian 0 001 \\ 00000030 n 0101 | of Varnia\n"
INDEX = {
    "noun": [("peak", "00000010"), ("pinnacle", "00000010"), ("top", "00000020"), ("varnia", "00000030"),
             ("maresh", "00000040"), ("capital_of_varnia", "00000040"), ("proviso", "00000050")],
    "verb": [("provide", "00000010")],
    "adj": [("varnian", "00000010")],
    "adv": [],
}  # fmt: skip


@pytest.fixture
def wordnet(tmp_path: Path) -> Path:
    for part, data in (("noun", NOUNS), ("verb", VERBS), ("adj", ADJECTIVES), ("adv", "")):
        (tmp_path / f"data.{part}").write_text(LICENCE + data)
        rows = [f"{word} {part[0]} 1 0 1 1 {place}  \n" for word, place in INDEX[part]]
        (tmp_path / f"index.{part}").write_text(LICENCE + "".join(rows))
        (tmp_path / f"{part}.exc").write_text("provode provide\n" if part == "verb" else "")
    words = [word for some in INDEX.values() for word, _ in some if "_" not in word]
    (tmp_path / "cntlist.rev").write_text("".join(f"{word}%1:00:00:: 1 {9 - n}\n" for n, word in enumerate(words)))
    return tmp_path


def test_senses_states_and_forms_have_a_line_each(wordnet: Path) -> None:
    lines = list(table(read(wordnet)))
    assert lines.index("[common]") < lines.index("[alike]") < lines.index("[states]") < lines.index("[forms]")
    assert "peak pinnacle" in lines
    assert "top > peak pinnacle" in lines
    assert "provide proviso" in lines
    assert "maresh varnia varnian" in lines
    assert "provode provide" in lines
