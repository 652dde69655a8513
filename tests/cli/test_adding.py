"""``stemma add`` says of how many pages the language is not analysed, ``stemma show`` of which and how far."""

from __future__ import annotations

from pathlib import Path

KOREAN = """다리 개통식 열려

2031년 10월 24일

오루 시장은 24일 강변에서 열린 개통식에서 "다리가 열렸다"고 말했다. 이날 행사에는 시민 삼백 명이 참석했다.

다리는 삼 년 동안 공사가 진행되었으며 예산은 구백 크라운이었다. 시민들은 강을 건너며 새 다리를 반겼다.

다음 달에는 시장이 다시 열릴 예정이다. 상인들은 겨울이 오기 전에 가게를 옮기기로 했다.
"""
ENGLISH = """The bridge of Velm was opened

October 24, 2031

VELM, October 24. /SARVA/. The bridge of Velm was opened on Friday after nine years of work, and many people crossed it.

“The bridge is open,” said Mayor Oru Tamm to the crowd that had come to see it.

The council will meet in the spring, and the mayor said that the tolls would be low.
"""


def test_languages_are_told(command, tmp_path: Path) -> None:
    (tmp_path / "ko.txt").write_text(KOREAN, encoding="utf-8")
    (tmp_path / "en.txt").write_text(ENGLISH, encoding="utf-8")
    archive = ("--archive", tmp_path / "a.stemma")
    added = command("add", tmp_path / "ko.txt", tmp_path / "en.txt", *archive)
    assert added.status == 0
    told = " ".join(added.err.split())
    assert "Language not analysed on 1 page: direct quotations only in Korean (ko) 1." in told
    (line,) = command("find", "다리가", *archive).rows
    assert line["statement"]["source"][0]["exact"] == "오루 시장"
    (page,) = command("show", line["statement"]["document"], *archive).rows
    (field,) = [each for each in page["fields"] if each["name"] == "analysis"]
    assert (field["value"], field["basis"]) == ("ko quotations", "script")
    assert field["evidence"]["exact"] in KOREAN


def test_nothing_is_told_of_english_pages(command, tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(ENGLISH, encoding="utf-8")
    added = command("add", tmp_path / "en.txt", "--archive", tmp_path / "a.stemma")
    assert "not analysed" not in added.err
