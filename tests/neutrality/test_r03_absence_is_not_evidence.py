"""R3: what was not had was "not observed"; what differs "differs between captures"; no words of motive."""

from __future__ import annotations

import html
import re
from pathlib import Path

from loopback import LAB, Server, page

from stemma import collect, flow
from stemma.archive import Archive
from stemma.records import Stated

MOTIVES = r"\b(?:censor\w*|stealth\w*|scrubb?\w*|cover-?up|secretly|quietly (?:edited|removed)|memory.?hole\w*|tamper\w*|doctored|whitewash\w*|purge[sd]?)\b"
GONE = r"\b(?:was|were|been|page) (?:deleted|taken down|removed by)\b"


def test_no_output_tells_a_motive_or_a_deletion(own_words) -> None:
    assert own_words(MOTIVES) == []
    assert own_words(GONE) == []


def test_no_word_of_the_interface_does() -> None:
    """Templates, scripts and messages in the source, whether a test reaches them or not."""
    root = Path(__file__).parents[2] / "src" / "stemma"
    files = [*root.glob("show/**/*.html"), *root.glob("show/**/*.js"), *root.glob("show/**/*.py"), *root.glob("cli/**/*.py"), *root.glob("collect/**/*.py"), *root.glob("sending/*.py")]  # fmt: skip
    assert len(files) > 80
    found = [f"{each.name}: {match[0]}" for each in files for match in re.finditer(MOTIVES, re.sub(r"(?m)#.*$|\"\"\".*?\"\"\"", "", each.read_text("utf-8"), flags=re.DOTALL), re.IGNORECASE)]  # fmt: skip
    assert found == []


def test_an_edit_is_a_difference_between_two_captures_with_both_times(browser, archive, lines) -> None:
    document = next(line.statement.document for line in lines if "lamps" in line.statement.content[0].exact)
    assert len(archive.article(document).versions) == 2
    for address in (f"/a/{document}/history", f"/a/{document}/diff/1..2"):
        text = html.unescape(browser.get(address, follow_redirects=True).text)
        assert "2025-10-24T09:00:00Z" in text, address
        assert "2025-10-24T12:00:00Z" in text, address
        assert not re.search(f"{MOTIVES}|{GONE}", text, re.IGNORECASE), address
    assert "differ" in browser.get(f"/a/{document}/history", follow_redirects=True).text


def test_a_failed_fetch_is_not_observed(tmp_path) -> None:
    server = Server({"/gone": page(b"", status="404 Not Found"), "/robots.txt": page(b"", status="404 Not Found")})
    try:
        flow.take(tmp_path / "a.stemma", collect.captures([server.url("/gone")], Stated(), LAB), workers=0)
    finally:
        server.close()
    with Archive.open(tmp_path / "a.stemma") as archive:
        (problem,) = archive.problems()
    assert "not observed" in problem.message
    assert "deleted" not in problem.message
