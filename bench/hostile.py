"""Damaged and hostile input: makes it, adds it in a process of its own, and tells what it cost.

    python -m bench.hostile [NAME ...]

One row an input: CPU seconds, most memory, pages and problems. All text is invented; nothing is random.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import resource
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from stemma.archive import Archive

MEGABYTE = 2**20
LARGE = 15 * MEGABYTE  #: bytes of a page that is just allowed
HEAD = (
    "<!doctype html><html><head><title>Lamps on the quay</title></head><body><article><h1>Lamps on the quay</h1>"
    "<p>ORVO, March 4. -- The lamps will stay lit until the ice is gone, Tamsin Orle said on Tuesday.</p>"
)
TAIL = "</article></body></html>"
STORY = "Lamps on the quay\n\nORVO, March 4. -- “Nobody shall fall into my harbour,” Tamsin Orle told reporters.\n\n"
NOTHING: dict[str, int] = {}  #: no limits
_PART = 65_536
_LOOK = 0.05  #: seconds between two looks at what is held


class Cost(NamedTuple):
    """What adding an input took and gave."""

    seconds: float  #: CPU
    megabytes: int  #: most memory that was used at a time, workers included
    status: int
    pages: int
    problems: tuple[str, ...]
    told: str  #: what the command said


def repeated(piece: str, size: int = LARGE) -> Iterator[str]:
    """The piece again and again."""
    block = piece * max(1, _PART // len(piece))
    for _ in range(-(-size // len(block.encode()))):
        yield block


def numbered(form: str, size: int = LARGE) -> Iterator[str]:
    """The form with a number in it, counted up."""
    done = number = 0
    while done < size:
        block = "".join([form.replace("#", str(n)) for n in range(number, number + 1_000)])
        number, done = number + 1_000, done + len(block.encode())
        yield block


def nested(tag: str, count: int) -> Iterator[str]:
    """Elements inside one another."""
    yield from repeated(f"<{tag}>", count * (len(tag) + 2))
    yield "deep words"
    yield from repeated(f"</{tag}>", count * (len(tag) + 3))


#: Pages of 15 MB by name; those of HTML stand between HEAD and TAIL, the others behind STORY.
PAGES: dict[str, Callable[[], Iterable[str]]] = {
    "links.html": lambda: numbered("<a href=/#>x</a>"),
    "linked_paragraphs.html": lambda: numbered("<p><a href=/#>Link #</a></p>"),
    "paragraphs.html": lambda: repeated("<p>"),
    "classes.html": lambda: numbered("<p class=c#>w</p>"),
    "blocks_in_blocks.html": lambda: nested("div", 1_000_000),
    "lists_in_lists.html": lambda: repeated("<ul><li>"),
    "open_fonts.html": lambda: numbered("<font color=#>word #<p>"),
    "options.html": lambda: ["<select>", *repeated("<option>a long option")],
    "attributes.html": lambda: ["<p", *numbered(" a#=1"), ">words"],
    "entities.html": lambda: ["<p>", *repeated("&amp;&eacute; ")],
    "table.html": lambda: ["<table>", *numbered("<tr><td>#<td>cell of #</tr>")],
    "signs.html": lambda: repeated("<"),
    "comments.html": lambda: repeated("<!---->"),
    "facts.html": lambda: repeated('<script type="application/ld+json">{"@type":"Article"}</script>'),
    "clocks.html": lambda: repeated("<time datetime=2031-03-04>x</time>"),
    "one_line.html": lambda: ["<p>", *repeated("The mayor said that lamps stay lit. ")],
    "one_line.txt": lambda: repeated("The mayor said that lamps stay lit. "),
    "statements.txt": lambda: numbered("“Lamp # stays lit,” Mayor Tamsin Orle said on March 4.\n\n"),
    "one_word.txt": lambda: repeated("a"),
    "short_lines.txt": lambda: repeated("a\n"),
    "quotation_marks.txt": lambda: repeated('"'),
    "opening_marks.txt": lambda: repeated("“"),
    "quotations.txt": lambda: repeated("“a” he said. "),
    "digits.txt": lambda: repeated("1234567890"),
    "dates.txt": lambda: repeated("On May 3, 2031 and 1/2/2031 the lamps were lit again. "),
    "capitals.txt": lambda: repeated("Aa Bb Cc "),
    "names.txt": lambda: numbered("Then Tam#a Orle#b came to Karvis and left. "),
    "turns.txt": lambda: repeated("Q: Is it lit?\n"),
    "kanji.txt": lambda: repeated("港の灯は消えない。"),
    "hangul.txt": lambda: repeated("항구의 등불은 꺼지지 않는다고 시장이 말했다. "),
    "cyrillic.txt": lambda: repeated("Мэр сказал, что фонари будут гореть. "),
    "emoji.txt": lambda: repeated("👩‍👩‍👧 "),
    "accents.txt": lambda: ["e", *repeated("\u0301")],
    "nul.txt": lambda: repeated("\0"),
}


def write_page(folder: Path, name: str) -> Path:
    """A page of ``PAGES``."""
    path = folder / name
    with path.open("w", encoding="utf-8") as file:
        is_html = path.suffix == ".html"
        file.write(HEAD if is_html else STORY)
        file.writelines(PAGES[name]())
        file.write(TAIL if is_html else "")
    return path


def too_large(folder: Path) -> Path:
    """Two pages of 50 MB."""
    for name in ("large.html", "large.txt"):
        with (folder / name).open("w", encoding="utf-8") as file:
            file.write(HEAD if name.endswith("html") else STORY)
            file.writelines(repeated("<p>The lamps stay lit.</p>", 50 * MEGABYTE))
    return folder


def many_large(folder: Path) -> Path:
    """A folder of 12 pages of 15 MB."""
    for number in range(12):
        with (folder / f"{number}.txt").open("w", encoding="utf-8") as file:
            file.write(STORY)
            file.writelines(repeated(f"lamp{number} "))
    return folder


def many_small(folder: Path) -> Path:
    """A folder of 10,000 tiny pages, each tenth empty."""
    for number in range(10_000):
        (folder / f"{number}.txt").write_text(f"Page {number}." if number % 10 else "")
    return folder


def full_folder(folder: Path) -> Path:
    """A folder of 100,000 files, one of them a page."""
    for number in range(100_000):
        (folder / f"{number}.css").touch()
    (folder / "page.txt").write_text(STORY)
    return folder


def zip_of(members: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """A ZIP written as it goes; the standard library's writer would hold a gigabyte for a million members."""
    directory, at, count = io.BytesIO(), 0, 0
    for name, content in members:
        raw, packed = name.encode(), content
        sizes = struct.pack("<3L", zlib.crc32(content), len(packed), len(content))
        head = b"PK\x03\x04" + struct.pack("<5H", 20, 0x800, 0, 0, 0x21) + sizes + struct.pack("<2H", len(raw), 0) + raw
        yield head + packed
        directory.write(b"PK\x01\x02" + struct.pack("<6H", 20, 20, 0x800, 0, 0, 0x21) + sizes)
        directory.write(struct.pack("<5H2L", len(raw), 0, 0, 0, 0, 0, at) + raw)
        at, count = at + len(head) + len(packed), count + 1
    yield directory.getvalue()
    size = directory.tell()
    yield b"PK\x06\x06" + struct.pack("<Q2H2L4Q", 44, 45, 45, 0, 0, count, count, size, at)
    yield b"PK\x06\x07" + struct.pack("<LQL", 0, at + size, 1)
    yield b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 0xFFFF, 0xFFFF, size, at, 0)


def million_members(folder: Path) -> Path:
    """A ZIP of a million members that are no pages, and one page at its end."""
    return million(folder, "#.bin")


def million_bad_members(folder: Path) -> Path:
    """A ZIP of a million members whose names lead out of it, and one page at its end."""
    return million(folder, "../#.txt")


def million(folder: Path, form: str) -> Path:
    """A ZIP of a million empty members with names of this form, and one page."""
    path = folder / "million.zip"
    empty = ((form.replace("#", str(number)), b"") for number in range(1_000_000))
    with path.open("wb") as file:
        file.writelines(zip_of(chain(empty, [("page.txt", STORY.encode())])))
    return path


def bomb(folder: Path) -> Path:
    """A ZIP whose 300 members unpack to 15 MB each, from 4 MB in all; and a gzip file of a gigabyte of blank lines."""
    import zipfile  # noqa: PLC0415 - of this input alone

    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(300):
            archive.writestr(f"{number}.txt", b"a" * LARGE)
    with gzip.open(folder / "bomb.jsonl.gz", "wb") as file:
        for _ in range(1_024):
            file.write(b"\n" * MEGABYTE)
    return folder


def bad_lines(folder: Path) -> Path:
    """JSON Lines: a line of 100 MB, deep nesting, half a million lines that are no page, and two pages."""
    path = folder / "lines.jsonl"
    page = b'{"text": "The lamps on the quay will stay lit until the ice is gone, Tamsin Orle said.", "url": "https://orvo.example/%d"}\n'
    with path.open("wb") as file:
        file.write(page % 1 + b'{"text": "')
        for _ in range(100):
            file.write(b"a" * MEGABYTE)
        file.write(b'"}\n' + b'{"x":' * 500_000 + b"\n" + b"[1, 2]\n" * 500_000 + page % 2)
    return path


def twin_members(folder: Path) -> Path:
    """A gzip file of 500,000 empty members in a row, then a page."""
    path = folder / "page.txt.gz"
    with path.open("wb") as file:
        empty = gzip.compress(b"", mtime=0)
        for _ in range(50):
            file.write(empty * 10_000)
        file.write(gzip.compress(STORY.encode(), mtime=0))
    return path


#: Other inputs by name.
OTHERS: dict[str, Callable[[Path], Path]] = {
    each.__name__: each
    for each in (
        too_large, many_large, many_small, full_folder, million_members, million_bad_members, bomb, bad_lines,
        twin_members,
    )
}  # fmt: skip
NAMES = (*PAGES, *OTHERS)


def cost(name: str, folder: Path, limits: dict[str, int] | None = None) -> Cost:
    """Make an input below a folder, and add it to a new archive beside it in a process with these limits."""
    inside = folder / "in"
    inside.mkdir()
    made = write_page(inside, name) if name in PAGES else OTHERS[name](inside)
    return added(folder / "a", made, limits)


def added(archive: Path, source: Path, limits: dict[str, int] | None = None, workers: int = 1) -> Cost:
    """What adding takes; ``limits``: values by name of ``resource`` ("RLIMIT_NOFILE")."""
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "stemma", "add", "--workers", str(workers), "--archive", str(archive), str(source)],
            stdout=told,
            stderr=told,
            preexec_fn=lambda: limit(limits or NOTHING),  # noqa: PLW1509 - no thread runs here
        )
        most, status, used = watched(process.pid)
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        said = told.read().decode("utf-8", "replace")
    pages, problems = held(archive)
    return Cost(used.ru_utime + used.ru_stime, most, process.returncode, pages, problems, said)


def watched(process: int) -> tuple[int, int, resource.struct_rusage]:
    """The most megabytes that a process and its workers held at a time, its status, and what it used."""
    most = 0
    while True:
        ended, status, used = os.wait4(process, os.WNOHANG)
        if ended:
            return max(most, used.ru_maxrss // 1024), status, used
        most = max(most, sum(map(held_by, (process, *children(process)))))
        time.sleep(_LOOK)


def children(process: int) -> list[int]:
    """The workers of a process; Linux alone tells."""
    try:
        return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))
    except (OSError, ValueError):
        return []


def held_by(process: int) -> int:
    """Megabytes that a process holds, its share of what it has in common with others included."""
    try:
        rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) // 1024 for row in rows if row.startswith("Pss:")), 0)


def limit(limits: dict[str, int]) -> None:
    """Limit this process."""
    for name, value in limits.items():
        resource.setrlimit(getattr(resource, name), (value, value))


def held(archive: Path) -> tuple[int, tuple[str, ...]]:
    """How many pages an archive has, and its problems."""
    if not archive.exists():
        return 0, ()
    with Archive.open(archive) as opened:
        return opened.totals().pages, tuple(each.message for each in opened.problems())


def main() -> None:
    """Print a row for each input."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="inputs; all without any")
    chosen = parser.parse_args().names or NAMES
    print(f"{'input':>24} {'CPU s':>7} {'MB':>5} {'pages':>6} {'problems':>8}")
    for name in chosen:
        with tempfile.TemporaryDirectory() as folder:
            found = cost(name, Path(folder))
        first = found.problems[0] if found.problems else ""
        row = f"{name:>24} {found.seconds:7.1f} {found.megabytes:5} {found.pages:6} {len(found.problems):8}"
        print(f"{row} {found.status} {first[:100]}", flush=True)


if __name__ == "__main__":
    main()
