"""The same questions to the same pages on both databases: whole answers, as JSON, are the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Query
from stemma.errors import StemmaError

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
def places(postgres, tmp_path_factory) -> tuple[str, str]:
    """The example pages in a folder and on a server."""
    folder = tmp_path_factory.mktemp("either")
    both = str(folder / "lite"), postgres.address(folder / "server")
    for place in both:
        flow.add(place, [str(ROOT / "examples" / "pages")])
    return both


@pytest.fixture(scope="module")
def archives(places) -> Iterator[tuple[Archive, Archive]]:
    opened = [Archive.open(place) for place in places]
    yield opened[0], opened[1]
    for each in opened:
        each.close()


def answers(archive: Archive, query: Query) -> Iterator[object]:
    """All that a search screen shows of a query, and what ``find`` does."""
    ranked = msgspec.structs.replace(query, ranked=True) if isinstance(query, msgspec.Struct) else _ranked(query)
    yield archive.count(query)
    yield list(archive.found(query))
    yield [(each.line.statement.id, each.after) for each in archive.found(ranked)]
    yield archive.facets(query)
    yield archive.days(query)
    yield archive.understood(query)
    yield archive.count_articles(query)
    yield [(each.article.document.id, len(each.lines), each.after) for each in archive.found_articles(query)]
    yield archive.count_utterances(query)
    yield [(each.line.utterance, each.after) for each in archive.found_utterances(query)]


def _ranked(query: Query) -> Query:
    from dataclasses import replace

    return replace(query, ranked=True)


def told(archive: Archive, query: Query) -> list[bytes]:
    """The answers as JSON; of a query that cannot be read why."""
    try:
        return [msgspec.json.encode(each) for each in answers(archive, query)]
    except StemmaError as error:
        return [str(error).encode()]
