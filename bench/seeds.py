"""Which of the reuses that were read by hand in the founding pages are found, and which look-alikes are linked.

    python -m bench.seeds [--bench FOLDER]

An item counts as found where a shared passage covers half of two of its places in different documents, or stretches in
like words do ("with like words": sentences, headlines and short quotations of all pages, held against each other;
"and statements": the sentences of what Stemma finds to be said, of one speaker in fewer words); echoes inside one
document are found by like words alone, since passages of one document are not compared. "As shown": what ``stemma
show`` tells of the utterances of an archive of these pages, which is asked by three words of each.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec

from bench.gate import BENCH
from bench.topics.lineage import meet
from stemma import collate, collect, flow
from stemma.archive import Archive
from stemma.archive.views import Line, Query
from stemma.collate import Parallel
from stemma.collate.occasion.likewords import (
    IN_BRIEF,
    OF_ONE_SPEAKER,
    ON_ONE_PAGE,
    ON_TWO_PAGES,
    Unit,
    clause,
    like_words,
    units,
)
from stemma.records import Capture, Page, Stated
from stemma.show.exports.carried import alone, speech_act
from stemma.show.occasion.likewords import alike
from stemma.text.sentences import sentences

Row = dict[str, Any]


def covers(place: Row, document: str, span: tuple[int, int]) -> bool:
    """Whether a side of a passage covers half of a place."""
    shared = min(place["end"], span[1]) - max(place["start"], span[0])
    return bool(place["file"] == document and 2 * shared >= place["end"] - place["start"])


def joins(passage: Parallel, one: Row, other: Row) -> bool:
    """Whether a passage joins two places."""
    left, right = (passage.left_document, passage.left), (passage.right_document, passage.right)
    return (covers(one, *left) and covers(other, *right)) or (covers(one, *right) and covers(other, *left))


def outcome(item: Row, passages: Sequence[Parallel]) -> tuple[str, bool] | None:
    """The group that an item is counted in, and whether it was found; None for an item of another kind."""
    if item["kind"] not in {"self_echo", "parallel", "motif", "fact", "report_of", "negative"}:
        return None
    pairs = list(combinations(item["spans"], 2))
    across = any(one["file"] != other["file"] for one, other in pairs)
    group = str(item.get("expected", item["kind"])) if across else "echo"
    return group, any(joins(passage, *pair) for passage in passages for pair in pairs)


def like(pages: Sequence[Page]) -> list[Parallel]:
    """What sentences, headlines and short quotations of the pages say in like words."""
    found = []
    for (page, one), (other_page, other) in combinations(_units(pages), 2):
        text, other_text = page.document.text, other_page.document.text
        fewest = ON_TWO_PAGES if page is not other_page else IN_BRIEF if one.is_brief or other.is_brief else ON_ONE_PAGE
        if alike := like_words(text[one.start : one.end], other_text[other.start : other.end], fewest):
            left, right = (
                clause(text, (unit.start + start, unit.start + end))
                for unit, (start, end), text in ((one, alike.left, text), (other, alike.right, other_text))
            )
            found.append(Parallel(page.document.id, other_page.document.id, left, right, alike.score))
    return found


class _Said(NamedTuple):
    """A sentence of a statement, with the words that report it where these stand right before it."""

    document: str
    speakers: frozenset[str]
    words: str
    place: tuple[int, int]  #: with who says it, where that stands before


def said(pages: Sequence[Page], lines: Sequence[Line]) -> list[Parallel]:
    """Sentences of statements of different pages in like words, of one speaker in fewer; they are told as a whole."""
    texts = {page.document.id: page.document.text for page in pages}
    found = []
    for one, other in combinations([each for line in lines for each in _sentences(line, texts)], 2):
        fewest = OF_ONE_SPEAKER if one.speakers & other.speakers else ON_TWO_PAGES
        if one.document != other.document and (alike := like_words(one.words, other.words, fewest)):
            found.append(Parallel(one.document, other.document, one.place, other.place, alike.score))
    return found


def _sentences(line: Line, texts: Mapping[str, str]) -> Iterator[_Said]:
    document = Path(line.snapshot.origin).name
    speakers = frozenset(who.entity for who in line.speakers if who.entity)
    for piece in line.statement.content:
        reported = [cue.start for cue in line.statement.cue if 0 <= piece.start - cue.end <= 1]
        begin = min([piece.start, *reported])
        source = min([begin, *(each.start for each in line.statement.source if reported)])
        text = texts[document][begin : piece.end]
        for start, end in sentences(text):
            place = (begin + start if start else source, begin + end)
            yield _Said(document, speakers, text[start:end], place)


def shown(archive: Archive, lines: Sequence[Line]) -> list[Parallel]:
    """What the views of these statements tell in like words, statement beside statement."""
    found = []
    for line in lines:
        view = speech_act(archive, line.utterance or alone(line))
        for other in alike(archive, view) if view else ():
            sides = [
                (piece[0].start, piece[-1].end) for piece in (line.statement.content, other.line.statement.content)
            ]
            names = [Path(each.snapshot.origin).name for each in (line, other.line)]
            found.append(Parallel(names[0], names[1], sides[0], sides[1], other.score))
    return found


def _units(pages: Sequence[Page]) -> list[tuple[Page, Unit]]:
    return [
        (page, unit)
        for page in pages
        for unit in units(page.document.text, [(each.start, each.end, each.role) for each in page.labels])
    ]


def page_of(file: Path) -> Page:
    """The file as the reader lays it out, furniture told apart, under its own name."""
    capture = next(each for each in collect.captures([str(file)], Stated()) if isinstance(each, Capture))
    page = flow.page_of(flow.READ.function(capture))
    assert page is not None, file
    return page._replace(document=msgspec.structs.replace(page.document, id=file.name))


def main() -> None:
    """Print found and all of each group, and what was not as wanted."""
    parser = argparse.ArgumentParser(prog="python -m bench.seeds", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bench", type=Path, default=BENCH)
    chosen = parser.parse_args()
    gold = json.loads((chosen.bench / "lineage" / "seeds_gold.json").read_text(encoding="utf-8"))["items"]
    names = sorted({span["file"] for item in gold for span in item["spans"]})
    pages = [page_of(chosen.bench.parent / "seeds" / name) for name in names]
    passages = collate.parallels(meet([each for page in pages for each in collate.passages(page)]), carried=True)
    show(gold, passages, "shared passages")
    told = [*passages, *like(pages)]
    show(gold, told, "with like words")
    with TemporaryDirectory() as folder:
        flow.add(Path(folder), [str(chosen.bench.parent / "seeds" / name) for name in names])
        with Archive.open(Path(folder)) as archive:
            lines = list(archive.find(Query(limit=None)))
            show(gold, [*told, *said(pages, lines)], "and statements")
            show(gold, [*passages, *shown(archive, lines)], "as shown")


def show(gold: Sequence[Row], passages: Sequence[Parallel], told_by: str) -> None:
    """Print found and all of each group."""
    groups = defaultdict(list)
    for item in gold:
        if told := outcome(item, passages):
            groups[told[0]].append((item["id"], told[1]))
    print(told_by)
    for group, items in sorted(groups.items()):
        found = [name for name, hit in items if hit]
        print(f"  {group:<10} {len(found)} of {len(items)} found: {', '.join(found) or '-'}")


if __name__ == "__main__":
    main()
