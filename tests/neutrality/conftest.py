"""The product's own outputs over one archive: terminal, browser, JSON, citations, exports, messages of watches."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from stemma import collect, flow
from stemma.archive import Archive
from stemma.archive.views import Line, Query
from stemma.notebook import Notebook
from stemma.notebook.watches import Watch
from stemma.records import Stated
from stemma.show import notices
from stemma.show.citations import cite
from stemma.show.notices.forms import Message, atom, json_lines, text
from stemma.show.web import reader
from tests.show.web.conftest import seen

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "examples" / "pages"


@pytest.fixture(scope="session")
def whole(tmp_path_factory) -> Path:
    """An archive of the example pages, and of one page that was captured twice, its words changed between."""
    folder = tmp_path_factory.mktemp("neutral")
    path = folder / "a.stemma"
    pages = sorted(str(each) for each in PAGES.iterdir() if each.suffix != ".md")
    flow.take(path, collect.captures(pages, Stated()), workers=0, way="rules")
    for hour, words in (("09", "lit"), ("12", "out")):
        page = folder / f"capture{hour}.txt"
        page.write_text(f"KARVIS, October 24. /SARVA/. “The lamps are {words} on the far shore tonight,” Minister Kim Vael said.\nThe harbour board met.\n")  # fmt: skip
        stated = Stated(
            url="https://sarva.example/1", fetched=f"2025-10-24T{hour}:00:00Z", published="2025-10-24", outlet="SARVA"
        )
        flow.take(path, collect.captures([str(page)], stated), workers=0, way="rules")
    return path


@pytest.fixture(scope="session")
def archive(whole):
    with Archive.open(whole) as found:
        yield found


@pytest.fixture(scope="session")
def lines(archive) -> list[Line]:
    return list(archive.find(Query(limit=None)))


@pytest.fixture(scope="session")
def browser(archive, tmp_path_factory):
    with Notebook(tmp_path_factory.mktemp("notes")) as notebook:
        yield TestClient(
            reader(archive, notebook=notebook), base_url="http://127.0.0.1:8742", raise_server_exceptions=False
        )


@pytest.fixture(scope="session")
def pages(browser, lines) -> dict[str, str]:
    """Every kind of page of the reader, as it is sent."""
    addresses = ["/", "/search", "/problems", "/watch", "/watch?query=", "/nowhere", "/search?q=%22"]
    addresses += [f"/s/{line.statement.id}" for line in lines[::9]] + [
        f"/a/{line.statement.document}" for line in lines[::9]
    ]
    addresses += [f"/w/{line.utterance}" for line in lines if line.witnesses > 1][::5]
    addresses += [f"/p/{who.entity}" for line in lines[::9] for who in line.speakers if who.entity]
    addresses += [f"/a/{line.statement.document}" for line in lines if "lamps" in line.statement.content[0].exact]
    return {each: browser.get(each).text for each in dict.fromkeys(addresses)}


@pytest.fixture(scope="session")
def messages(archive, lines) -> dict[str, str]:
    """What a watch sends, in every form."""
    watch = Watch(1, "all", "", "feed", "", "both", 1, "none", "x", "", "2025-10-24T00:00:00Z")
    items = notices.items(archive, watch, [notices.Finding(line.statement.id, line.statement.document, "new", "2025-10-24T00:00:00Z") for line in lines])  # fmt: skip
    message = Message("all", "k", "2025-10-24T00:00:00Z", tuple(items))
    return {"text": text(message), "json": json_lines(message), "atom": atom("all", "/feed", [message]).decode()}


@pytest.fixture(scope="session")
def citations(lines) -> list[str]:
    return [cite(line, form) for line in lines for form in ("text", "bibtex")]


@pytest.fixture
def outputs(pages, messages, citations, command, whole) -> dict[str, str]:
    """Words that the product itself prints, wherever it prints: what a reader sees, and what a program gets."""
    told = {address: seen(page) for address, page in pages.items()}
    told |= {f"message {name}": words for name, words in messages.items()}
    told["citations"] = "\n".join(citations)
    for verb in (
        ["find", "--text", "--limit", "1000"],
        ["show", "--text"],
        ["show", "--timeline", "--text"],
        ["stats", "--text"],
        ["dossier"],
    ):
        told[" ".join(verb)] = command(*verb, "--archive", whole).out
    return told


@pytest.fixture
def own_words(outputs, archive) -> Callable[[str], list[str]]:
    """Outputs in which a pattern occurs that no archived page has: then the words are the product's own."""
    archived = "\n".join(archive.text(each) for each in archive.listing.documents(limit=1000))

    def found(pattern: str) -> list[str]:
        theirs = {match.lower() for match in re.findall(pattern, archived, re.IGNORECASE)}
        return [
            f"{name}: {match[0]}" for name, words in outputs.items() for match in re.finditer(pattern, words, re.IGNORECASE)
            if match[0].lower() not in theirs
        ]  # fmt: skip

    return found


def rows(out: str) -> list[dict]:
    return [json.loads(row) for row in out.splitlines()]
