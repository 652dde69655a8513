"""The second layer of the corpus keeps its format, and the tool that says so can be trusted."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import people as tool  # noqa: E402 the tools are scripts, not a package
from corpus_brackets import Broken, parse  # noqa: E402 same

CORPUS = ROOT / "corpus"
LAYERED = ("d", "o")
TEXT = "KARVIS, May 2 (SARVA) - [S1 Mira Halden] [C1 said] [Q1 the lock was shut]. It [C2 was asked] [Q2 why].\n"
GOOD = {
    "speaker": '["Mira Halden"]',
    "named": "true",
    "chain": '["SARVA"]',
    "carried": "false",
    "addressee": '""',
    "said": '"--05-02"',
    "polarity": '"affirmed"',
    "speaker_by": '"name"',
}
NOBODY = {**GOOD, "speaker": "[]", "named": "false", "said": '""', "polarity": '"question"', "speaker_by": '"none"'}


def written(first: dict[str, str], second: dict[str, str] | None = None, outlet: str = "SARVA") -> str:
    tables = [f"[{number}]\n" + "".join(f"{k} = {v}\n" for k, v in (each or {}).items())
              for number, each in ((1, first), (2, NOBODY if second is None else second))]  # fmt: skip
    return f'outlet = "{outlet}"\n' + "".join(tables)


def told(raw: str) -> list[str]:
    return list(tool.complaints(parse(TEXT), tool.read(raw)))


@pytest.mark.parametrize("path", sorted(CORPUS.rglob("*.people.toml")), ids=tool.name_of)
def test_every_layer_keeps_the_format(path: Path) -> None:
    assert not tool.faults(path)


@pytest.mark.parametrize("folder", LAYERED)
def test_a_layered_folder_has_a_layer_beside_every_text(folder: str) -> None:
    layered = {tool.name_of(path) for path in (CORPUS / folder).glob("*.people.toml")}
    assert layered == {f"{folder}/{path.stem}" for path in (CORPUS / folder).glob("*.txt")}


def test_a_good_layer_is_read_without_complaint() -> None:
    assert told(written(GOOD)) == []
    assert tool.read(written(GOOD)).entries[1] == tool.Entry(
        ("Mira Halden",), True, ("SARVA",), False, "", "--05-02", "affirmed", "name"
    )


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("speaker", '["Mira Holden"]', "1: speaker: 'Mira Holden' does not occur"),
        ("speaker", '["Mira Hald"]', "1: speaker: 'Mira Hald' does not occur"),
        ("speaker", '["the lock"]', "1: speaker: 'the lock' begins with an article"),
        ("speaker", "[]", "1: named, but no speaker"),
        ("speaker", '["Mira Halden", "It"]', "1: several speakers are joint"),
        ("speaker_by", '"joint"', "1: joint, but one speaker"),
        ("speaker_by", '"none"', "1: speaker_by is none where, and only where, no source is marked"),
        ("speaker_by", '"nickname"', "1: speaker_by 'nickname'"),
        ("polarity", '"doubtful"', "1: polarity 'doubtful'"),
        ("said", '"2031-02-30"', "1: said '2031-02-30' is no day"),
        ("said", '"--02-30"', "1: said '--02-30' is no day"),
        ("said", '"May 2"', "1: said 'May 2' is no day"),
        ("addressee", '"reporters"', "1: addressee: 'reporters' does not occur"),
        ("chain", '["SARVA", "KNB"]', "1: chain: 'KNB' does not occur"),
        ("chain", '["KARVIS"]', "1: the chain does not begin with the outlet"),
        ("chain", '["SARVA", "SARVA"]', "1: the same carrier twice running"),
        ("chain", '["SARVA", "Mira Halden"]', "1: the last carrier is the speaker"),
        ("rivals", '["KARVIS", "SARVA"]', "1: rivals are two or more, and then nobody is the speaker"),
    ],
)
def test_what_breaks_the_format_is_told(field: str, value: str, complaint: str) -> None:
    assert complaint in told(written({**GOOD, field: value}))


def test_carried_needs_a_carrier() -> None:
    assert told(written({**GOOD, "chain": "[]", "carried": "true"}, {**NOBODY, "chain": "[]"}, outlet="")) == [
        "1: carried, but no chain"
    ]


def test_an_outlet_that_speaks_needs_no_chain() -> None:
    assert told(written({**GOOD, "speaker": '["SARVA"]', "chain": "[]"})) == []


def test_the_outlet_occurs() -> None:
    assert told(written(GOOD, outlet="KNB"))[0] == "outlet: 'KNB' does not occur"


def test_numbers_are_those_of_the_text() -> None:
    raw = written(GOOD).replace("[2]", "[3]")
    assert told(raw) == ["2: no entry", "3: no such attribution"]


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ("outlet = ", "no TOML"),
        ("", "outlet: no text"),
        ('outlet = ""\n[one]\n', "one: neither a number nor the outlet"),
        ('outlet = ""\n1 = 2\n', "1: no table"),
        ('outlet = ""\n[1]\n', "1: missing: speaker, named"),
        (written({**GOOD, "tone": '"dry"'}), "1: unknown: tone"),
        (written({**GOOD, "speaker": '"Mira Halden"'}), "1: of the wrong type: speaker"),
        (written({**GOOD, "named": '"true"'}), "1: of the wrong type: named"),
    ],
)
def test_what_cannot_be_read_says_why(raw: str, complaint: str) -> None:
    with pytest.raises(Broken, match=complaint):
        tool.read(raw)


def test_a_folder_is_checked_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "01.people.toml").write_text(written(GOOD), encoding="utf-8")
    assert tool.main(["check", str(tmp_path)]) == 1
    assert capsys.readouterr().out == "d/01: no text beside it\n"
    (folder / "01.txt").write_text(TEXT, encoding="utf-8")
    assert tool.main(["check", str(tmp_path)]) == 0
    assert tool.main(["count", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "documents 1" in out
    assert "attributions 2" in out
    assert "named 1, unknown 1" in out


def test_an_unknown_verb_prints_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main(["write", "corpus"]) == 2
    assert "check FOLDER" in capsys.readouterr().out
