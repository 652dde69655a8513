"""Read one page without an archive: the rooms are plain functions from records to records."""

from pathlib import Path

from stemma.annotate import annotate
from stemma.collect import captures
from stemma.read import read
from stemma.records import Capture, Document, Field, Label, Page, Stated, Statement

PAGE = Path(__file__).parent / "pages" / "velta-severest-test.txt"

for capture in captures([str(PAGE)], Stated()):
    assert isinstance(capture, Capture)
    found = read(capture)
    document = next(record for record in found if isinstance(record, Document))
    labels = tuple(record for record in found if isinstance(record, Label))
    fields = tuple(record for record in found if isinstance(record, Field))
    for record in annotate(Page(document, labels, fields)):
        if isinstance(record, Statement):
            source = " … ".join(piece.exact for piece in record.source) or "nobody"
            content = " … ".join(piece.exact for piece in record.content)
            print(f"{record.kind}: {source}: {content}")
