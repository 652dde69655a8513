"""The statement line, case by case."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.archive.views import Hop, Line, Who
from stemma.records import Document, Evidence, Snapshot, Statement, evidence
from stemma.show.lines import Said, content, join_names, parts, said_of, said_on, tell, unmark, verb

SNAPSHOT = Snapshot(origin="a.txt", media_type="text/plain", digest="sha256:" + "0" * 64, size=1)


def pieces(*words: str) -> tuple[Evidence, ...]:
    document = Document(snapshot=SNAPSHOT.id, layout="test/1", text="\n".join(words))
    spans, start = [], 0
    for each in words:
        spans.append(evidence(document, start, start + len(each)))
        start += len(each) + 1
    return tuple(spans)


def statement(*words: str, cue: str = "said", **more: Any) -> Statement:
    return Statement(
        document="d", content=pieces(*words), cue=pieces(*cue.split(" | ")) if cue else (), **{"kind": "direct", **more}
    )


def line_of(said: Statement, *names: str, hops: tuple[tuple[str, str], ...] = (), **more: Any) -> Line:
    chain = tuple(Hop(name=name, kind=kind, relay="y", evidence=None) for name, kind in hops)
    known = {"title": None, "outlet": "Dorn Post", "published": "2025-10-24", "published_basis": "dateline"}
    speakers = tuple(Who(name=name) for name in names)
    return Line(statement=said, speakers=speakers, chain=chain, snapshot=SNAPSHOT, utterance=None, **{**known, **more})


LAMPS = "“The lamps are lit,”"


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        (
            line_of(statement(LAMPS), "Kim Vael"),
            'Kim Vael (carried by Dorn Post, 2025-10-24) said: "The lamps are lit,"',
        ),
        (
            line_of(statement(LAMPS), "Kim Vael", hops=(("SARVA", "cited"),)),
            'Kim Vael (quoted by SARVA, carried by Dorn Post, 2025-10-24) said: "The lamps are lit,"',
        ),
        (
            line_of(
                statement(LAMPS), "Kim Vael", hops=(("SARVA", "cited"), ("Lake Herald", "cited"), ("Kim Vael", "cited"))
            ),
            'Kim Vael (quoted by Lake Herald, cited by SARVA, carried by Dorn Post, 2025-10-24) said: "The lamps are lit,"',
        ),
        (
            line_of(statement(LAMPS), "Kim Vael", hops=(("SARVA", "reused"),)),
            'Kim Vael (similar wording in SARVA, carried by Dorn Post, 2025-10-24) said: "The lamps are lit,"',
        ),
        (
            line_of(statement(LAMPS), outlet=None, published=None),
            'speaker not identified (outlet not known, date not known) said: "The lamps are lit,"',
        ),
        (line_of(statement(LAMPS), "Dorn Post"), 'Dorn Post (2025-10-24) said: "The lamps are lit,"'),
        (
            line_of(statement(LAMPS), "Kim Vael", "Oro Tann", published="2025-10-24T07:00:00+02:00"),
            'Kim Vael and Oro Tann (carried by Dorn Post, 2025-10-24) said: "The lamps are lit,"',
        ),
        (
            line_of(statement("“The lamps,”", "“are lit.”", cue="she said"), "Kim Vael"),
            'Kim Vael (carried by Dorn Post, 2025-10-24) said: "The lamps," … "are lit."',
        ),
        (
            line_of(statement("that the lamps “are lit”", kind="mixed", cue="warned that"), "Kim Vael"),
            "Kim Vael (carried by Dorn Post, 2025-10-24) warned, in the outlet's words: the lamps “are lit”",
        ),
        (
            line_of(statement('that "the lamps are lit"', cue="warned"), "Kim Vael"),
            'Kim Vael (carried by Dorn Post, 2025-10-24) warned: "the lamps are lit"',
        ),
        (
            line_of(statement("the gate was open", kind="indirect", cue="according to"), "Kim Vael"),
            "Kim Vael (carried by Dorn Post, 2025-10-24) said, in the outlet's words: the gate was open",
        ),
        (
            line_of(statement("that the gate was open", kind="indirect", polarity="negated", cue="say"), "Kim Vael"),
            "Kim Vael (carried by Dorn Post, 2025-10-24) did not say, in the outlet's words: the gate was open",
        ),
        (
            line_of(statement("the gate will open", kind="indirect", polarity="hypothetical"), "Kim Vael"),
            "Kim Vael (carried by Dorn Post, 2025-10-24) would say (not reported as said), in the outlet's words: the gate will open",
        ),
        (
            line_of(statement("Dear neighbours,", "we stay.", kind="full-text", cue=""), "Kim Vael"),
            'Kim Vael (carried by Dorn Post, 2025-10-24) said (full text, 4 words): "Dear neighbours," … "we stay."',
        ),
        (
            line_of(statement("We stay.", kind="transcript", cue=""), "Kim Vael"),
            'Kim Vael (carried by Dorn Post, 2025-10-24) said (transcript): "We stay."',
        ),
    ],
)
def test_print_line(line: Line, printed: str) -> None:
    assert tell(line) == printed


@pytest.mark.parametrize(
    ("cue", "polarity", "shown"),
    [
        ("said", "affirmed", "said"),
        ("says", "affirmed", "says"),
        ("told reporters", "affirmed", "told reporters"),
        ("also stressed", "affirmed", "also stressed"),
        ("has repeatedly warned", "affirmed", "has repeatedly warned"),
        ("was quoted as saying", "affirmed", "was quoted as saying"),
        ("said, ", "affirmed", "said"),
        ("warned | that", "affirmed", "warned"),
        ("according to", "affirmed", "said"),
        ("citing", "affirmed", "said"),
        ("statement", "affirmed", "said"),
        ("was", "affirmed", "said"),
        ("", "affirmed", "said"),
        ("told the assembled company of all harbour masters", "affirmed", "said"),
        ("did not say", "negated", "did not say"),
        ("did | not | confirm", "negated", "did not confirm"),
        ("didn't say", "negated", "didn't say"),
        ("declined to say", "negated", "declined to say"),
        ("said", "negated", "did not say"),
        ("will announce", "hypothetical", "will announce"),
        ("said", "hypothetical", "would say"),
        ("denied", "denied", "denied"),
        ("denial", "denied", "denied"),
        ("will announce", "future", "will announce"),
        ("is expected to announce", "future", "is expected to announce"),
        ("announcement", "future", "is yet to say"),
        ("asked", "question", "asked"),
        ("question", "question", "asked"),
        ("said", "question", "asked"),
        ("urged", "request", "urged"),
        ("call", "request", "asked for"),
    ],
)
def test_verb_is_worded_or_said(cue: str, polarity: Any, shown: str) -> None:
    assert verb(statement("x", cue=cue, polarity=polarity)) == shown


@pytest.mark.parametrize(
    ("source", "shown"), [("Harbour analysts", "believe"), ("they", "believe"), ("We", "said"), ("Kim Vael", "said")]
)
def test_a_verb_without_s_wants_a_plural(source: str, shown: str) -> None:
    assert verb(statement("x", cue="believe", source=pieces(source))) == shown


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("“We stay,”", "We stay,"),
        ('"We stay,"', "We stay,"),
        ("„We stay“", "We stay"),
        ("we stay“", "we stay"),
        ("«We stay»", "We stay"),
        ("‘We stay’", "We stay"),
        ("“We stay", "We stay"),
        ("we stay.”", "we stay."),
        ('we stay."', "we stay."),
        ("we call it “home”", "we call it “home”"),
        ('we call it "home"', 'we call it "home"'),
        ("“Gate” is not “home”", "“Gate” is not “home”"),
        ('"They said "no" twice"', 'They said "no" twice'),
        ("“They said “no” twice”", "They said “no” twice"),
        ('"', '"'),
        ("", ""),
    ],
)
def test_unmark(words: str, bare: str) -> None:
    assert unmark(words) == bare


@given(st.text(alphabet="ab “”\"«»'‘’", max_size=20))
def test_unmark_takes_nothing_but_one_mark_at_each_end(words: str) -> None:
    bare = unmark(words)
    assert bare in words
    assert len(words.strip()) - len(bare) <= 2 + (len(words) - len(words.replace(" ", "")))


def test_a_participle_that_reports_is_told_beside_said() -> None:
    assert verb(statement("it a success", cue="terming", kind="indirect")) == "said (“terming”)"
    assert verb(statement("it rained", cue="according to", kind="indirect")) == "said"
    assert verb(statement("It rained.", cue="laughing", kind="direct")) == "said"


def test_a_limit_cuts_and_shows_it() -> None:
    long = statement("“" + "lamp " * 100 + "”", "“and more”")
    (only,) = content(long, 40)
    assert len(only) <= 40
    assert only.endswith(" …")


def test_a_limit_within_a_later_piece() -> None:
    assert content(statement("“one two”", "“three four five six”"), 20)[0] == "one two"
    assert content(statement("“one two”", "“three four five six”"), 20)[1].endswith("…")


def test_names_are_joined() -> None:
    assert [join_names([]), join_names(["A"]), join_names(["A", "B", "C"])] == ["", "A", "A, B and C"]


def test_nothing_of_a_page_steers_the_screen(lines: dict[str, Line]) -> None:
    printed = tell(lines["nasty"])
    assert not set(printed) & set("\x1b\x9b\u202e\u2066\n\r\x00")
    assert parts(lines["nasty"]).quoted


def test_a_very_long_statement_is_quick_to_cut() -> None:
    said = statement("“" + '"' * 100_000 + "lamp " * 100_000 + "”")
    assert len(tell(line_of(said), 300)) < 500


def test_rivals_are_told_where_nobody_is() -> None:
    line = line_of(statement(LAMPS), rivals=(Who(name="Kim Vael"), Who(name="Ana Moor")))
    assert tell(line).startswith("speaker not identified (perhaps Kim Vael or Ana Moor, carried by Dorn Post")


def test_rivals_give_way_to_a_speaker() -> None:
    line = line_of(statement(LAMPS), "Kim Vael", rivals=(Who(name="Ana Moor"), Who(name="Kim Vael")))
    assert "perhaps" not in tell(line)


def test_the_day_said_with_its_words() -> None:
    line = line_of(statement(LAMPS, said="2025-10-20", said_words=pieces("on Monday")[0], said_basis="its clause"))
    assert said_on(line) == 'said 2025-10-20 ("on Monday")'
    assert said_of(line) == Said("2025-10-20", "2025-10-20", "2025-10-20", "on Monday", "its clause")


def test_publication_is_the_latest_and_never_the_day() -> None:
    line = line_of(statement(LAMPS))
    assert said_of(line) == Said(None, None, "2025-10-24", None, "the day of publication: no later")
    assert said_on(line) == "said by 2025-10-24"


def test_bounds_end_with_publication() -> None:
    line = line_of(statement(LAMPS, earliest="2025-10-01", latest="2025-10-31", said_words=pieces("in October")[0]))
    assert said_on(line) == 'said between 2025-10-01 and 2025-10-24 ("in October")'


def test_no_day_at_all() -> None:
    assert said_on(line_of(statement(LAMPS), published=None)) == "day not known"
