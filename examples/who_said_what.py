"""Bring the example pages in and print what one leader is reported to have said, under any spelling of the name."""

from pathlib import Path
from tempfile import TemporaryDirectory

import stemma

PAGES = Path(__file__).parent / "pages"

with TemporaryDirectory() as folder:
    totals = stemma.add(f"{folder}/archive.stemma", [str(PAGES)])
    print(f"{totals.statements} statements on {totals.pages} pages")
    with stemma.open(f"{folder}/archive.stemma") as archive:
        for line in archive.find(stemma.Query(speaker="Om Thae Rim", limit=5)):
            print(stemma.tell(line))
