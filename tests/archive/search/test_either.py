"""The same questions to the same pages on both databases: whole answers, as JSON, are the same."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.archive import Archive
from stemma.archive.answers.search.counting import ranking
from stemma.archive.answers.search.hits import hits
from stemma.archive.carrying import carry
from stemma.archive.views import Query
from stemma.cli import main
from stemma.errors import StemmaError
from tests.show.web.conftest import ask

ROOT = Path(__file__).parents[3]
_COMMAND = re.compile(r"^(?:    |.*`)(stemma find (?:[^`#\n]|(?<! )#)+)", re.MULTILINE)
_ASKED = re.compile(r"""\bwords(?:=|\(\w+, )(f?"(?:[^"\\\n]|\\.)*"|f?'(?:[^'\\\n]|\\.)*')""")
#: What the other examples do not ask for, of these pages.
_MORE = (
    "", "the", "harbo*", '"hardest tes"*', "北", "Ом", "Эом Тхэ Рим", "김", "test near/3 friendship near/3 the", '-"severest test"',
    "said:unknown", "outlet:unknown", "language:ru", "-language:en", "place:Chongpo", "to:reporters", "via:SCNA",
    "date:said harbor", "date:published", "is:edited", "is:shared -kind:direct", "kind:indirect kind:mixed", 'said:"Om Thae Rim"',
    '-said:"Om Thae Rim" the', "said:Orsova said:Om", 'via:"Velta" outlet:SCNA', "don't O'Neill's U.S. e-mail", "nobody nowhere",
)  # fmt: skip


def commands() -> list[str]:
    """Every ``stemma find`` that the documentation shows."""
    texts = [path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]]
    found = (match.strip() for text in texts for match in _COMMAND.findall(text))
    return sorted({each for each in found if "WORDS" not in each and "-->" not in each})


def queries() -> list[str]:
    """What the tests of searches ask for, and more."""
    files = [Path(__file__).parent / "test_searching.py", Path(__file__).parents[1] / "test_find.py"]
    files.append(ROOT / "tests" / "show" / "web" / "test_search.py")
    asked = [text for file in files for text in _ASKED.findall(file.read_text(encoding="utf-8"))]
    return sorted({*_MORE, *(ast.literal_eval(text) for text in asked if not text.startswith("f"))})


@pytest.fixture(scope="module")
def places(_sample, postgres, tmp_path_factory) -> tuple[str, str]:
    """The example pages in a folder and on a server; that adding them there makes the same is tested elsewhere."""
    server: str = postgres.address(tmp_path_factory.mktemp("either"))
    carry(str(_sample), server)
    return str(_sample), server


@pytest.fixture(scope="module")
def archives(places) -> Iterator[tuple[Archive, Archive]]:
    opened = [Archive.open(place) for place in places]
    yield opened[0], opened[1]
    for each in opened:
        each.close()


def answers(archive: Archive, query: Query) -> Iterator[object]:
    """All that a search screen shows of a query, and what ``find`` does."""
    yield archive.count(query)
    yield list(archive.found(query))
    yield [(each.line.statement.id, each.after) for each in archive.found(replace(query, ranked=True))]
    yield archive.facets(query)
    yield archive.days(query)
    yield archive.understood(query)
    yield archive.count_articles(query)
    yield [(each.article.document.id, len(each.lines), each.after) for each in archive.found_articles(query)]
    yield archive.count_utterances(query)
    yield [(each.line.utterance, each.after) for each in archive.found_utterances(query)]


def told(archive: Archive, query: Query) -> list[bytes]:
    """The answers as JSON; of a query that cannot be read why."""
    try:
        return [msgspec.json.encode(each) for each in answers(archive, query)]
    except StemmaError as error:
        return [str(error).encode()]


_PIECES = st.sampled_from(
    [
        "the", "harbor", "harb*", "a", "of", "test", "friendship", '"severest test"', '"the t"*', "near/1", "near/4", "near/20", "said:Om", "said:unknown",
        "-", "outlet:SCNA", "via:SCNA", "to:reporters", "place:Chongpo", "kind:direct", "is:shared", "date:said", "language:en",
        "Orsova", "U.S.", "2025", "О", "Ст*", "é", "'s", '"', "*", "said:", ":", "北京",
    ]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["", "", "", "-"]), _PIECES), min_size=1, max_size=5))
def test_any_query_finds_the_same(archives, pieces):
    words = " ".join(sign + piece for sign, piece in pieces)
    one, other = (found(archive, Query(words=words, limit=30)) for archive in archives)
    assert one == other


def found(archive: Archive, query: Query) -> object:
    """How many fit, places and scores of the first; or why it cannot be read."""
    try:
        ranks = ranking.ranked(archive._store, query)[:30]
        return archive.count(query), [hit.after for hit in hits(archive._store, query)], ranks
    except StemmaError as error:
        return str(error)


def test_there_is_something_to_ask(archives):
    assert len(commands()) > 8
    assert len(queries()) > 60
    counts = [archives[0].count(Query(words=words)) for words in _MORE]
    assert sum(count > 0 for count in counts) > len(_MORE) // 2


@pytest.mark.parametrize("words", queries())
def test_answers_are_the_same(archives, words):
    one, other = (told(archive, Query(words=words, limit=4)) for archive in archives)
    assert one == other


@pytest.mark.parametrize(
    "query",
    [
        Query(since="2025-10-27", until="2025-10-28", limit=5), Query(words="the", until="2025-10", day="said"),
        Query(since="2025-10-25", day="published", limit=3, offset=2), Query(speaker="Om Thae Rim"), Query(speaker="Eom Tae-rim"),
        Query(outlet="velta", kind="direct"), Query(edited=True), Query(words="harbor", speaker="nobody at all"),
        Query(words="the", limit=5, ranked=True),
    ],
)  # fmt: skip
def test_what_stands_beside_the_words(archives, query):
    one, other = (told(archive, replace(query, limit=4)) for archive in archives)
    assert one == other
    assert (archives[0].count(query) > 0) == (query.speaker != "nobody at all")


@pytest.mark.parametrize(
    "words", ["zeppelin harbor", 'said:"Om Nobody"', "outlet:Nowhere the", "-the the", "to:envoys place:Karvis"]
)
def test_ways_out_are_the_same(archives, words):
    query = Query(words=words, since="2025-10-01")
    one, other = (msgspec.json.encode(archive.ways_out(query)) for archive in archives)
    assert one == other != b"[]"


@pytest.mark.parametrize("name", ["Om Thae Rim", "Om", "rim", "Эом", "엄", "Orsova", "no one", "e", "ΩΜ", "Om-Thae"])
def test_persons_are_the_same(archives, name):
    one, other = (msgspec.json.encode(archive.persons(name)) for archive in archives)
    assert one == other


def test_overviews_are_the_same(archives):
    for view in (
        Archive.coverage, Archive.span, Archive.outlets, Archive.totals, Archive.timeline, Archive.languages,
        lambda archive: archive.carried(10), lambda archive: list(archive.utterances()),
    ):  # fmt: skip
        one, other = (msgspec.json.encode(view(archive)) for archive in archives)
        assert one == other


@pytest.mark.parametrize("command", commands())
def test_commands_print_the_same(places, command, capsys):
    printed = []
    for place in places:
        code = run([*shlex.split(command)[1:], "--archive", place])
        printed.append((code, *capsys.readouterr()))
    assert printed[0] == printed[1]


def run(arguments: list[str]) -> int:
    """Exit status of a command; flags stand before ``--``."""
    if "--" in arguments:
        at = arguments.index("--")
        arguments = [*arguments[:at], *arguments[-2:], *arguments[at:-2]]
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return int(left.value.code or 0)


@pytest.mark.parametrize(
    "address",
    ["/search?q=the", "/search?q=friendship*&tab=articles", "/search?q=said:Om&ranked=on", "/", "/search?q=zeppelin"],
)
def test_screens_are_the_same(archives, address):
    one, other = (ask(archive, address) for archive in archives)
    assert one.status == other.status == 200
    assert one.text == other.text
