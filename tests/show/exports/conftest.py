"""An archive of invented pages that is exported: several witnesses, a page that reserves its words, one that attacks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from stemma import collect, flow
from stemma.archive import Archive
from stemma.archive.views import Query
from stemma.records import Correction, Stated
from stemma.show.exports import Asked, Export, Form, Wish, exported
from tests.show.conftest import HOSTILE

SAID = '"The maritime fellowship of both towns has passed its severest trial, and 300 engineers have shown its worth,"'
LONG = " ".join(f"The lamp number {n} is lit on the far shore of the strait tonight." for n in range(12))
RESERVED = "The seventh ferry is to be painted green before the frost"
ATTACK = "=cmd|' /C calc'!A0"
PAGES = [
    {
        "outlet": "SARVA", "url": "https://sarva.example/1", "published": "2025-10-24T06:00:00+00:00",
        "fetched": "2025-10-24T09:14:00Z",
        "text": f"Fellowship hailed at the harbour\nKARVIS, October 24. /SARVA/. {SAID} Minister Orlen Vash said at the harbour on Friday.\n"
        '"We did not say that the bridge would open," Mayor Tamsin Roe said.\n',
    },
    {
        "outlet": "Orin Herald", "url": "https://orin.example/z", "published": "2025-10-27", "fetched": "2025-10-28T00:00:00Z",
        "text": f"Far shore\nMARESH, October 27. /Orin Herald/. {SAID.replace('severest', 'hardest')} Minister Orlen Vash was"
        " quoted by SARVA as saying.\n",
    },
    {
        "outlet": "VELTA", "url": "https://velta.example/a", "published": "2025-10-25",
        "text": f'Lamps\nOSTRIN, October 25. /VELTA/. "{LONG}" Mayor Tamsin Roe said on Friday.\n',
    },
    {
        "outlet": "Dorn Post", "url": "https://dornpost.example/r", "published": "2025-10-26",
        "html": "<html><head><meta name='robots' content='noarchive'><title>Ferries in colour</title></head><body><article>"
        f'<h1>Ferries in colour</h1><p>DORN, October 26. /Dorn Post/. "{RESERVED}," harbour master Ilse Marn said.</p>'
        "<p>The work is to begin on Monday, and the yard has bought the paint already, it was told.</p></article></body></html>",
    },
    {
        "outlet": f"{ATTACK}{HOSTILE}", "url": "https://evil.example/=1+1?a=%22&b='", "published": "2025-10-23",
        "text": f"{ATTACK} & <b>]]> {HOSTILE}\nOSTRIN, October 23. “We stay \x1b[31m\u202e]]> <b>as we are</b>,” Minister Kim Vael said.\n",
    },
    {"outlet": "Empty Quay", "url": "https://quay.example/", "text": "Tide tables\nHigh water at six, low water at noon.\n"},
]  # fmt: skip


def add(path: Path, pages: Sequence[dict]) -> None:
    """An archive of pages, read by the rules, which is quick."""
    lines = path.with_suffix(".jsonl")
    lines.write_text("\n".join(map(json.dumps, pages)), encoding="utf-8")
    flow.take(path, collect.captures([str(lines)], Stated()), workers=0, way="rules")


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive's folder; nobody changes it."""
    folder = tmp_path_factory.mktemp("exports")
    add(folder / "kept.stemma", PAGES)
    return folder / "kept.stemma"


@pytest.fixture
def held(kept: Path) -> Iterator[Archive]:
    """The archive, open."""
    with Archive.open(kept) as archive:
        yield archive


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the same pages in which people took things back: a page, words of a page, somebody."""
    folder = tmp_path_factory.mktemp("changed")
    add(folder / "own.stemma", PAGES)
    with Archive.open(folder / "own.stemma") as archive:
        lines = list(archive.find(Query(limit=None)))
        by_outlet = {line.outlet: line for line in lines}
        person = next(who.entity for line in lines for who in line.speakers if who.name == "Tamsin Roe")
        start = archive.text(by_outlet["SARVA"].statement.document).index("300 engineers")
        flow.correct(archive, [
            word(by_outlet["Orin Herald"].statement.document, "access", "withdrawn"),
            word(by_outlet["SARVA"].statement.document, "redaction", f"{start}-{start + 13}"),
            word(person, "access", "withdrawn"),
        ])  # fmt: skip
    return folder / "own.stemma"


@pytest.fixture
def own(changed: Path) -> Iterator[Archive]:
    """That archive, open."""
    with Archive.open(changed) as archive:
        yield archive


Make = Callable[..., bytes]


@pytest.fixture
def made(held: Archive) -> Make:
    """The bytes of a form of everything, or of a query."""

    def make(form: Form, words: str = "", only: str = "", **wish: bool) -> bytes:
        return b"".join(export_of(held, form, words, only, **wish))

    return make


def export_of(archive: Archive, form: Form, words: str = "", only: str = "", **wish: bool) -> Export:
    return exported(archive, Asked(Query(words=words, limit=None), only), form, Wish(**wish))


def word(about: str, field: str, value: str = "", why: str = "asked for") -> Correction:
    return Correction(about=about, field=field, value=value, by="Ilse Marn", at="2026-11-22T08:00:00Z", reason=why)
