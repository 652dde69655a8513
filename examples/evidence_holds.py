"""Prove for every statement of an archive that its words stand where it says, and nowhere by a loose search."""

from pathlib import Path
from tempfile import TemporaryDirectory

import stemma

PAGES = Path(__file__).parent / "pages"

with TemporaryDirectory() as folder:
    stemma.add(f"{folder}/archive.stemma", [str(PAGES)])
    proved = 0
    with stemma.open(f"{folder}/archive.stemma") as archive:
        for line in archive.find(stemma.Query(limit=None)):
            text = archive.document(line.statement.document).text
            for piece in (*line.statement.source, *line.statement.cue, *line.statement.content):
                assert text[piece.start : piece.end] == piece.exact
                proved += 1
    print(f"{proved} pieces of evidence, each verbatim at its place")
