"""A small archive of an invented ferry affair, with everything that the catalogue tells of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stemma import flow
from stemma.archive import Archive

PAGES = {
    "one.txt": """Ferry to run again
SARVA, October 24, 2025. /Orvo Wire/.

“The ferry will sail before the first snow,” Transport Minister Tamsin Orle said.

“A second barge is needed by spring,” harbour master Milo Vance said on Thursday.
""",
    "two.txt": """Orle on the barge
BELT, October 26, 2025. /Belt Press/.

“No barge was ever promised,” Tamsin Orle told Milo Vance.

“They never asked,” she said of the council.
""",
    "three.txt": """Council meets
BELT, November 2, 2025. /Belt Press/.

“The council will meet,” Minister Orle said. Tamsin Orle and Pell Arden then left.
""",
    "four.txt": """No day is told here

“Nobody counts the lamps,” a voice said.
""",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found: Path = tmp_path_factory.mktemp("catalogue")
    for name, text in PAGES.items():
        (found / name).write_text(text, encoding="utf-8")
    flow.add(found / "a", [str(found / name) for name in PAGES])
    return found / "a"


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with Archive.open(folder) as found:
        yield found
