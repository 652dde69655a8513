"""The attribution corpus: read its inline brackets, check them, count, write JSON Lines, compare two annotators.

python tools/corpus.py check FOLDER             what breaks the guidelines; exit status 1 where anything does
python tools/corpus.py doubts FOLDER            what a reader should look at again (FOLDER/accepted.txt: looked at)
python tools/corpus.py count FOLDER             words, attributions, cues and kinds per folder, genre and part
python tools/corpus.py write FOLDER OUT.jsonl   the form of the attribution bench
python tools/corpus.py plain FOLDER OUT ID ...  copies without brackets, for a second annotator
python tools/corpus.py agree A B                two annotators of the same texts (folders or JSON Lines)
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus_agreement import Item, Row, compared
from corpus_brackets import Attribution, Broken, Page, parse, unbracketed
from corpus_rules import doubts, faults

KINDS = ("direct", "mixed", "indirect", "turn", "full text")
_LAYOUT = (
    ("\r", "carriage return"),
    ("\t", "tab"),
    (" \n", "blank at the end of a line"),
    ("\n\n\n", "two empty lines"),
)


def documents(folder: Path) -> Iterator[tuple[str, str]]:
    """Id (``a/07``) and raw text of every document under a folder, in order."""
    for path in sorted(folder.rglob("*.txt")):
        if path.stem.isdigit():
            yield f"{path.parent.name}/{path.stem}", path.read_bytes().decode("utf-8")


def pages(folder: Path) -> Iterator[tuple[str, Page]]:
    """Id and parsed page of every document; Broken, with its id, where one cannot be parsed."""
    for name, raw in documents(folder):
        try:
            yield name, parse(raw)
        except Broken as error:
            raise Broken(f"{name}: {error}") from error


def complaints(raw: str) -> Iterator[str]:
    """Everything that is wrong with one document, a line each."""
    yield from (f"layout: {what}" for sign, what in _LAYOUT if sign in raw)
    if not raw.endswith("\n") or raw[:1].isspace():
        yield "layout: begins with a blank or does not end with a line feed"
    try:
        page = parse(raw)
    except Broken as error:
        yield f"brackets: {error}"
    else:
        yield from faults(page)


def check(folder: Path) -> int:
    """Print the complaints about all documents and the index; 1 where there are any."""
    found = [f"{name}: {line}" for name, raw in documents(folder) for line in complaints(raw)]
    found += unlisted(folder)
    print("\n".join(found or ["no complaints"]))
    return bool(found)


def genres(folder: Path) -> dict[str, str]:
    """Genre of each document that genres.toml lists, by id; empty without that file."""
    return {name: genre for letter, table in index(folder, "genres") for genre, name in listed(letter, table)}


def parts(folder: Path) -> dict[str, str]:
    """``test`` or ``dev`` of each document that split.toml lists, by id; all others are ``train``."""
    return {
        f"{letter}/{number:02}": part
        for part, table in index(folder, "split")
        for letter, ranges in table.items()
        for number in numbers(ranges)
    }


def index(folder: Path, name: str) -> list[tuple[str, dict[str, str]]]:
    """The tables of a TOML file beside the documents; none where there is no such file."""
    path = folder / f"{name}.toml"
    return list(tomllib.loads(path.read_text(encoding="utf-8")).items()) if path.exists() else []


def listed(letter: str, table: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Label and id of each document of a folder's table."""
    yield from ((label, f"{letter}/{number:02}") for label, ranges in table.items() for number in numbers(ranges))


def numbers(ranges: str) -> list[int]:
    """``"01-03 07"`` as 1, 2, 3, 7."""
    ends = [[int(end) for end in part.split("-")] for part in ranges.split()]
    return [number for pair in ends for number in range(pair[0], pair[-1] + 1)]


def unlisted(folder: Path) -> list[str]:
    """Documents without a genre in a folder that genres.toml knows, and listed documents that do not exist."""
    by_genre, there = genres(folder), {name for name, _ in documents(folder)}
    known = {name.split("/")[0] for name in by_genre}
    missing = sorted(name for name in there - by_genre.keys() if name.split("/")[0] in known)
    gone = sorted((by_genre.keys() | parts(folder).keys()) - there)
    return [f"{name}: no genre" for name in missing] + [f"{name}: listed, not there" for name in gone]


def review(folder: Path) -> int:
    """Print the doubts that nobody has accepted yet; never fails."""
    path = folder / "accepted.txt"
    accepted = set(path.read_text(encoding="utf-8").splitlines()) if path.exists() else set()
    lines = [f"{name} {doubt}" for name, page in pages(folder) for doubt in doubts(page)]
    print("\n".join(line for line in lines if line not in accepted))
    return 0


def kind(page: Page, one: Attribution) -> str:
    """How a content is worded: in marks, without, both, as a turn of a transcript, or as a full text."""
    if not one.cue and one.content[0][0] - one.source[0][1] in range(1, 6):
        return "turn"
    inside = [page.quoted[start:end] for start, end in one.content]
    share = sum(map(sum, inside)) / sum(map(len, inside))
    if share < 0.9 and any(page.text.count("\n\n", start, end) for start, end in one.content):
        return "full text"
    return "direct" if share >= 0.9 else "mixed" if share > 0 else "indirect"


def figures(group: list[Page]) -> dict[str, int]:
    """Documents, words, attributions, nested ones, cues and kinds of some pages."""
    rows = [(page, one) for page in group for one in page.attributions]
    kinds = Counter(kind(page, one) for page, one in rows)
    cues = {" ".join(page.text[s:e] for s, e in one.cue).lower() for page, one in rows}
    return {
        "documents": len(group),
        "words": sum(len(page.text.split()) for page in group),
        "attributions": len(rows),
        "nested": sum(one.level > 0 for _, one in rows),
        "no source": sum(not one.source for _, one in rows),
        "cues": len(cues),
        **{name: kinds[name] for name in KINDS},
    }


def count(folder: Path) -> int:
    """Print a table of figures over all, per folder, per genre and per part of the split."""
    found = list(pages(folder))
    by_part = {name: parts(folder).get(name, "train") for name, _ in found}
    table = {"all": figures([page for _, page in found])}
    table |= {label: figures(group) for label, group in grouped(found, {name: name.split("/")[0] for name, _ in found})}
    table |= {label: figures(group) for label, group in grouped(found, genres(folder))}
    table |= {label: figures(group) for label, group in grouped(found, by_part)}
    print(f"{'':16}", *(f"{head:>12}" for head in table["all"]))
    for label, row in table.items():
        print(f"{label:16}", *(f"{value:12,}" for value in row.values()))
    return 0


def grouped(found: list[tuple[str, Page]], labels: dict[str, str]) -> list[tuple[str, list[Page]]]:
    """Pages under each label, in order of the labels."""
    by_label: dict[str, list[Page]] = {}
    for name, page in found:
        by_label.setdefault(labels.get(name, "no genre"), []).append(page)
    return sorted(by_label.items())


def row(name: str, page: Page, genre: str, part: str) -> dict[str, object]:
    """One document in the form of the attribution bench, with its genre and its part of the split."""
    attributions = [
        {"source": one.source, "cue": one.cue, "content": one.content, "level": one.level} for one in page.attributions
    ]
    return {"id": name, "genre": genre, "part": part, "text": page.text, "attributions": attributions}


def write(folder: Path, out: Path) -> int:
    """Write every document as a line of JSON."""
    by_genre, by_part = genres(folder), parts(folder)
    found = [row(name, page, by_genre.get(name, ""), by_part.get(name, "train")) for name, page in pages(folder)]
    out.write_text("".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in found), encoding="utf-8")
    print(f"{len(found)} documents")
    return 0


def plain(folder: Path, out: Path, *names: str) -> int:
    """Write copies without brackets of the named documents, under the same names."""
    for name, raw in documents(folder):
        if name in names:
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / f"{name}.txt").write_text(unbracketed(raw), encoding="utf-8")
    return 0


def rows(path: Path) -> Iterator[Row]:
    """Id, text and attributions from a folder of bracketed documents or from JSON Lines."""
    if path.is_dir():
        for name, page in pages(path):
            yield Row(name, page.text, [Item(one.content, one.cue, one.source) for one in page.attributions])
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        items = [Item(*(tuple(map(tuple, one[role])) for role in Item._fields)) for one in record["attributions"]]
        yield Row(record["id"], record["text"], items)


def agree(left: Path, right: Path) -> int:
    """Print how far two annotators agree on the documents that both have."""
    ours, theirs = ({one.name: one for one in rows(path)} for path in (left, right))
    common = sorted(ours.keys() & theirs.keys())
    print(f"{len(common)} documents")
    for label, value in compared([(ours[name], theirs[name]) for name in common]).items():
        print(f"{label:28} {value}")
    return not common


VERBS: dict[str, Callable[..., int]] = {
    "check": check,
    "doubts": review,
    "count": count,
    "write": write,
    "agree": agree,
}


def main(arguments: list[str]) -> int:
    """Run one verb; 2 where it is unknown."""
    verb, *rest = arguments or [""]
    if verb == "plain":
        return plain(Path(rest[0]), Path(rest[1]), *rest[2:])
    if verb in VERBS:
        return VERBS[verb](*map(Path, rest))
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
