"""An archive whose every word is an attack: names, titles, addresses, files, and what people said of it."""

from __future__ import annotations

import json
from pathlib import Path

from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Article, Query
from stemma.desk import Desk
from stemma.notebook import Notebook
from stemma.notebook.saved import Saved, save
from stemma.records import Correction

#: Ends whatever it may stand in, runs where it can, turns the line around, and would load from elsewhere.
ATTACK = (
    "\"'></title></textarea></option></style></svg>--><script>window.hit=1</script>"
    "<img src=http://203.0.113.9/x onerror=window.hit=2><svg/onload=window.hit=3>{{7*7}}${7*7}\u202egpj.exe\u2066\x1b[2J"
)
SAID = "".join(each for each in ATTACK if each.isprintable())  #: what a person may say: controls are refused
LONG = "Xan" * 3400  #: one name of 10,200 letters
_AT = "2025-11-21T09:00:00Z"
_URL = "https://www.evil.example/<script>window.hit=4</script>?a=\"onmouseover=window.hit=5&b='"


def _page(title: str, words: list[str]) -> str:
    """The page, its text escaped as a site would do it: what the reader is given is the attack itself."""
    safe = [each.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;") for each in (title, ATTACK, *words)]
    title, attack, *words = safe
    meta = "".join(
        f'<meta property="{name}" content="{value}">'
        for name, value in (
            ("og:site_name", f"Gazette {attack}"), ("article:published_time", "2025-11-03T09:00:00+01:00"),
            ("article:author", attack),
        )
    )  # fmt: skip
    body = "".join(f"<p>{each}</p>" for each in words)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{meta}</head>'
        f'<body><ul><li><a href="/x">{attack}</a></li></ul><article><h1>{title}</h1><p class="byline">By {attack}</p>{body}'
        f"</article></body></html>"
    )


def spoil(folder: Path, pages: Path) -> dict[str, str]:
    """Build the archive from files written below ``pages``; ids by the names that ``screens.py`` uses."""
    quoted = f"“The gates are open and {ATTACK} nobody shuts them,” said Ilse Marn {ATTACK}."
    long = f"“We saw the lamps on the far shore,” said {LONG}, the harbour master of {LONG}."
    lost = "“We counted the bolts twice and then again,” said Pavel Drobin."
    title = f"Gates {ATTACK}"
    rows = [
        {"url": _URL, "fetched": "2025-11-03T10:00:00Z", "html": _page(title, [quoted, long, lost])},
        {"url": _URL, "fetched": "2025-11-04T10:00:00Z", "html": _page(LONG, [quoted.replace("nobody", "hardly anybody"), long])},
        {"url": "javascript:window.hit=6//https://x", "html": _page(title, [quoted])},
        {"url": "https://other.example/withdrawn", "fetched": "2025-11-04T10:00:00Z", "html": _page("Gone", [long])},
    ]  # fmt: skip
    pages.mkdir()
    (pages / "captures.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (pages / "<img src=x onerror=window.hit=7>.html").write_text(_page(title, [quoted]), "utf-8")
    (pages / "broken <script>window.hit=8<").with_suffix(".html").write_bytes(b"")
    flow.add(folder, [str(pages)])
    with Archive.open(folder) as archive:
        ids = _ids(archive)
    _speak(Desk(folder), ids)
    with Archive.open(folder) as archive:
        said = archive.line(ids["corrected"])
        ids["person"] = ids["spoken to"] = next(who.entity for who in getattr(said, "speakers", ()) if who.entity)
    with Notebook(folder) as notebook:
        save(notebook, Saved(ATTACK[:190], f"q={ATTACK}", _AT, ATTACK))
    return ids


def _ids(archive: Archive) -> dict[str, str]:
    lines = list(archive.find(Query(limit=None)))
    gates, lost = (
        next(each for each in lines if word in each.statement.content[0].exact) for word in ("gates", "bolts")
    )
    page = archive.article(lost.statement.document)
    assert isinstance(page, Article)
    withdrawn = next(each for each in lines if each.snapshot.url == "https://other.example/withdrawn")
    ids = dict.fromkeys(("ko", "ru", "zh", "ar", "fa", "hostile", "article", "first"), page.document.id)
    return ids | {
        "statement": gates.statement.id, "edited": page.versions[-1], "gone": lost.statement.id,
        "corrected": gates.statement.id, "withdrawn": withdrawn.statement.document,
        "utterance": gates.utterance or "", "alone": lost.utterance or "",
    }  # fmt: skip


def _speak(desk: Desk, ids: dict[str, str]) -> None:
    def word(about: str, field: str, value: str) -> Correction:
        return Correction(about=about, field=field, value=value, by=f"Dana {SAID}", at=_AT, reason=SAID)  # type: ignore[arg-type]

    desk.correct([
        word(ids["corrected"], "speaker", f"Dana {SAID}"), word(ids["edited"], "outlet", f"Gazette {LONG[:900]}"),
        word(ids["edited"], "title", SAID), word(ids["withdrawn"], "access", "withdrawn"),
    ])  # fmt: skip
