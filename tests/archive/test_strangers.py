"""Who speaks without a name is shown in his own words and is nobody's entity; two who are near are both shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemma import flow
from stemma.archive import Archive
from stemma.archive.views import Line, Query

pytestmark = pytest.mark.usefixtures("either_database")  # all of it on both databases

TEXT = """KARVIS, May 6. /SARVA/. The harbour of Karvis was shut on Tuesday.

Anton Holt and Tomas Varga came to the gate. He said that it was late.

"It is cold," Holt told state media.

A docker said that the gate was shut. He added that nobody knew why.
"""


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Line]:
    """The lines of the page by their first words."""
    folder: Path = tmp_path_factory.mktemp("strangers")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    flow.add(folder / "a.stemma", [str(folder / "a.txt")])
    with Archive.open(folder / "a.stemma") as archive:
        assert not list(flow.check(archive))
        return {line.statement.content[0].exact.strip('"')[:10]: line for line in archive.find(Query())}


def test_a_stranger_speaks_for_he_and_has_no_entity(lines: dict[str, Line]) -> None:
    for words in ("that the g", "that nobod"):
        (who,) = lines[words].speakers
        assert (who.name, who.entity) == ("A docker", None)


def test_two_who_are_near_are_both_told(lines: dict[str, Line]) -> None:
    line = lines["that it wa"]
    assert line.speakers == ()
    assert {who.name for who in line.rivals} == {"Anton Holt", "Tomas Varga"}


def test_an_outlet_without_a_name_is_a_hop(lines: dict[str, Line]) -> None:
    assert [hop.name for hop in lines["It is cold"].chain] == ["state media"]
