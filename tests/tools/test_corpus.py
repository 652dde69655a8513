"""The attribution corpus keeps its rules, and the tool that says so can be trusted."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from corpus_agreement import Item, Row, compared  # noqa: E402 same
from corpus_brackets import Broken, parse, quoted, unbracketed  # noqa: E402 same
from corpus_rules import doubts, faults  # noqa: E402 same

import corpus as tool  # noqa: E402 the tools are scripts, not a package

CORPUS = ROOT / "corpus"
INDEXED = sorted({name.split("/")[0] for name in tool.genres(CORPUS)})


def rules(raw: str) -> list[str]:
    return [line.split(":")[0] for line in faults(parse(raw))]


@pytest.mark.parametrize("folder", sorted(each.name for each in CORPUS.iterdir() if each.is_dir()))
def test_every_document_keeps_the_rules(folder: str) -> None:
    found = [f"{n}: {line}" for n, raw in tool.documents(CORPUS / folder) for line in tool.complaints(raw)]
    assert not found


@pytest.mark.parametrize("folder", INDEXED)
def test_every_doubt_is_settled(folder: str) -> None:
    accepted = set((CORPUS / "accepted.txt").read_text(encoding="utf-8").splitlines())
    lines = [f"{name} {doubt}" for name, page in tool.pages(CORPUS / folder) for doubt in doubts(page)]
    assert not [line for line in lines if line not in accepted]


def test_the_index_names_what_is_there() -> None:
    assert tool.unlisted(CORPUS) == []


def test_train_dev_and_test_are_apart() -> None:
    names = [name for part, table in tool.index(CORPUS, "split") for _, name in listed(table)]
    assert len(names) == len(set(names))
    assert {tool.parts(CORPUS)[name] for name in names} == {"test", "dev"}


def test_no_world_is_divided() -> None:
    tables = tomllib.loads((CORPUS / "worlds.toml").read_text(encoding="utf-8"))
    names, parts = [name for name, _ in tool.documents(CORPUS)], tool.parts(CORPUS)
    worlds = list(tables["worlds"].values())
    worlds += [[name for name in names if name.startswith(f"{each}/")] for each in tables["whole_folders"]["worlds"]]
    assert all(worlds)
    assert not [world for world in worlds if len({parts.get(name, "train") for name in world}) > 1]
    assert {name for world in worlds for name in world} <= set(names)


def test_enough_is_held_out() -> None:
    parts, words = tool.parts(CORPUS), {name: len(page.text.split()) for name, page in tool.pages(CORPUS)}
    held = {part: sum(words[name] for name in parts if parts[name] == part) for part in ("test", "dev")}
    assert held["test"] >= sum(words.values()) / 10
    assert held["dev"] >= sum(words.values()) / 20


def listed(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(letter, f"{letter}/{number:02}") for letter, ranges in table.items() for number in tool.numbers(ranges)]


def test_spans_point_at_the_words() -> None:
    page = parse("[Q1 “We,”] [S1 she] [C1 said], [Q1 “wait.”]\n")
    (one,) = page.attributions
    assert page.text == "“We,” she said, “wait.”\n"
    assert [page.text[s:e] for s, e in one.content] == ["“We,”", "“wait.”"]
    assert [page.text[s:e] for s, e in one.cue + one.source] == ["said", "she"]
    assert tool.kind(page, one) == "direct"
    assert one.level == 0


def test_nested_levels_are_told_apart() -> None:
    page = parse(
        "[Q1 [Q2 It sank]], [S1 the paper] [C1 said], [C2 citing] [S2 a crew] [S3 that] [C3 denied] [Q3 it].\n"
    )
    assert [one.level for one in page.attributions] == [0, 1, 0]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("[Q1 It rained, she said.", "never closed"),
        ("It rained], she said.", "never opened"),
        ("[Q1 It rained], she [said].", "never opened|belongs to no role"),
        ("[C1 said] [S1 she].", "no content"),
        ("[Q1 It rained].", "neither cue nor source"),
        ("[Q1 It rained ][C1 said].", "blank at the edge"),
        ("[Q1 It [Q1 rained]] [C1 said].", "inside itself"),
        ("[Q1 ] [C1 said].", "empty"),
    ],
)
def test_broken_brackets_are_found(raw: str, told: str) -> None:
    with pytest.raises(Broken, match=told):
        parse(raw)
    assert any(line.startswith("brackets") for line in tool.complaints(raw + "\n"))


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ("[S1 She] [C1 said] that [Q1 it rained].", "conjunction left outside the content"),
        ("[S1 She] [C1 said] [Q1 that it rained.]", "final stop inside a content"),
        ("“[Q1 It rained,]” [S1 she] [C1 said].", "comma or dash at the edge of a content"),
        ("“[Q1 It rained]”, [S1 she] [C1 said].", "quotation mark left outside the content"),
        ("[S1 She] has [C1 said] [Q1 it rained].", "auxiliary or negation left outside the cue"),
        ("[S1 She] didn’t [C1 say] [Q1 it rained].", "auxiliary or negation left outside the cue"),
        ("[S1 She] [C1 also said] [Q1 it rained].", "adverb at the edge of a cue"),
        ("[S1 She] [C1 pointed] out [Q1 that it rained].", "particle left outside the cue"),
        ("The [S1 mayor] [C1 said] [Q1 it rained].", "determiner left outside the source"),
        ("[S1 The mayor,] [C1 said] [Q1 it rained].", "mark at the edge of a source"),
        ("[S1 She] [C1 urged] the council [Q1 to wait].", "object of the request left outside the content"),
        ("[S1 She] [C1 accused] him [Q1 of lying].", "object of the judgement left outside the content"),
        ("[S1 She] [C1 called] [Q1 for rain].", "preposition of the verb inside the content"),
        ("[S1 She] [C1 said] [Q1 it rai]ned.", "half a word"),
        ("[Q1 [S2 He] [C2 hoped]], [S1 she] [C1 said], [Q2 for rain].", "leaves the outer content"),
        ("[S1 He] [C1 was told] [Q1 to wait].", "who is told taken for the source"),
        ("[S1 The clerk], who [C1 had been warned] [Q1 to wait], left.", "who is told taken for the source"),
        (
            "[S1 She] [C1 said] [Q1 no]. [S2 She] [C2 said] [Q2 [S3 [S4 he]] [C3 [C4 hoped]] [Q3 [Q4 so]]].",
            "twice the same",
        ),
        ("[S1 The clerk, who was there], [C1 said] [Q1 it rained].", "clause behind a comma inside the source"),
        ("[S1 She] [C1 appealed to] both sides [Q1 to sign].", "preposition of the addressee inside the cue"),
        ("[S1 She] [C1 appealed] [Q1 to both sides to sign].", "addressee inside the content"),
        ("[C1 Did] [S1 she] [C1 say] [Q1 so]?", "question mark left outside the content"),
        ("[S1 She] [C1 said] that [Q1 the ticket] was promised.", "conjunction left outside the content"),
    ],
)
def test_breaches_are_found(raw: str, rule: str) -> None:
    assert rule in rules(f"{raw}\n")


@pytest.mark.parametrize(
    "raw",
    [
        "[S1 She] [C1 told] the council [Q1 to wait].",
        "[S1 She] [C1 appealed] to all [Q1 to wait].",
        "[S1 She] [C1 urged] [Q1 the council to wait until 9 p.m.]",
        "[Q1 “It rained,”] [S1 she] [C1 said]. [Q1 “We left.”]",
        "[Q1 “It rained.\n\n“We left.”] [S1 she] [C1 said].",
        "[S1 She] then [C1 said] [Q1 “[S2 he] [C2 thought] [Q2 it rained]”].",
        "His will [C1 asks] [Q1 that [Q2 the ship] [C2 be called] [Q2 “Hope”]].",
        "[S1 She] [C1 says] [Q1 that [Q2 the ticket] [C2 was promised] and that [Q3 a boat] [C3 was announced]].",
        "[S1 She] [C1 appealed] to both sides [Q1 to sign].",
        "[S1 She] [C1 appealed] [Q1 to be let in].",
        "The clerk, who [C1 was asked] by [S1 her] [Q1 to wait], left.",
        "[S1 The clerk who was there] [C1 said] [Q1 it rained].",
        "[C1 Did] [S1 she] [C1 say] [Q1 so?]",
    ],
)
def test_what_is_right_is_left_alone(raw: str) -> None:
    assert rules(f"{raw}\n") == []


@pytest.mark.parametrize(
    ("raw", "doubt"),
    [
        ("[S1 He] [C1 says] [Q1 so]. “It rained for nine days and then some more.”", "quotation"),
        ("[S1 He] [C1 says] [Q1 so]. According to the log it rained.", "according"),
        ("[S1 He] [C1 says] [Q1 so]. Asked whether it rained, he left.", "question"),
        ("[S1 He] [C1 says] [Q1 so]. She said that it rained.", "saying"),
        ("[S1 He] [C1 says] [Q1 it rained. They left].", "sentences"),
        ("[S1 He] [C1 says] [Q1 it was „odd“ and “late].", "marks"),
        ("[S1 He] [C1 objects] [Q1 to being late].", "edge"),
        ("[S1 He] [C1 declined] [Q1 to say who left].", "edge"),
        ("[S1 He] [C1 admitted] [Q1 to ‘shortages’].", "edge"),
        ("[S1 He] [C1 confessed] [Q1 to mixed feelings].", "edge"),
        ("[S1 He] [C1 pleaded] [Q1 to a theft].", "edge"),
        ("[S1 He] no longer [C1 says] [Q1 that it rained].", "edge"),
        ("[Q1 It rained], [C1 as] [S1 he] [C1 put it].", "edge"),
    ],
)
def test_doubts_are_raised(raw: str, doubt: str) -> None:
    assert [line.split(":")[0] for line in doubts(parse(f"{raw}\n"))] == [doubt]


def test_marks_are_paired() -> None:
    text = "He said “no” and 'so it's off', she \"yes\". «Odd”\n\nout"
    inside = "".join(sign for sign, mark in zip(text, quoted(text), strict=True) if mark)
    assert inside == "“no”'so it's off'\"yes\"«Odd”"


PIECE = st.text("abc ’“”.\n", min_size=1).map(str.strip).filter(bool)


@given(PIECE, PIECE, PIECE)
def test_parsing_gives_back_what_was_bracketed(source: str, cue: str, content: str) -> None:
    page = parse(f"x [S1 {source}] [C1 {cue}] [Q1 {content}] y\n")
    (one,) = page.attributions
    assert [page.text[s:e] for role in (one.source, one.cue, one.content) for s, e in role] == [source, cue, content]
    assert page.text == unbracketed(f"x [S1 {source}] [C1 {cue}] [Q1 {content}] y\n")


def test_writing_and_reading_agree(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "01.txt").write_text("[S1 She] [C1 said] [Q1 no].\n", encoding="utf-8")
    assert tool.write(tmp_path, tmp_path / "out.jsonl") == 0
    (line,) = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert line["attributions"] == [{"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 11]], "level": 0}]
    assert (line["id"], line["part"]) == ("a/01", "train")
    assert list(tool.rows(tmp_path / "out.jsonl")) == list(tool.rows(tmp_path))
    assert tool.plain(tmp_path, tmp_path / "plain", "a/01") == 0
    assert (tmp_path / "plain" / "a" / "01.txt").read_text(encoding="utf-8") == "She said no.\n"


def test_check_fails_on_a_broken_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "01.txt").write_text("[S1 She] [C1 said] [Q1 no]. \n", encoding="utf-8")
    assert tool.main(["check", str(tmp_path)]) == 1
    assert "a/01: layout: blank at the end of a line" in capsys.readouterr().out
    assert tool.main(["nonsense"]) == 2


TEXT = "Ana said it rained. Bo hopes it stops."


def row(*items: tuple[tuple[int, int], tuple[int, int], tuple[int, int]]) -> Row:
    return Row("a/01", TEXT, [Item((c,), (v,), (s,)) for s, v, c in items])


ANA, BO = ((0, 3), (4, 8), (9, 18)), ((20, 22), (23, 28), (29, 37))


def test_agreement_is_counted_by_hand() -> None:
    same = compared([(row(ANA, BO), row(ANA, BO))])
    assert {value for name, value in same.items() if not name.startswith("attributions")} == {100.0}
    half = compared([(row(ANA, BO), row(ANA))])
    assert half["triple"] == 66.7
    assert half["content exact"] == 66.7
    assert half["content partial"] == 66.7
    short = compared([(row(ANA), row((ANA[0], ANA[1], (12, 18))))])
    assert (short["content exact"], short["content partial"], short["content token"]) == (0.0, 66.7, 66.7)
    assert short["triple"] == 100.0  # half of the tokens is enough
    wrong = compared([(row(ANA), row((BO[0], ANA[1], ANA[2])))])
    assert (wrong["content exact"], wrong["triple"]) == (100.0, 0.0)


def test_agreement_needs_the_same_text() -> None:
    with pytest.raises(ValueError, match="texts differ"):
        compared([(row(ANA), row(ANA)._replace(text="Something else."))])
