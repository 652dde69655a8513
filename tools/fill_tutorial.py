"""Run the commands of docs/tutorial.md over the example pages and write what they print below them.

python tools/fill_tutorial.py [--check]

A comment `<!-- run: stemma ... -->` stands before each block of output; `{words}` in it becomes the id of the
first statement that `stemma find words` gives. With --check nothing is written; exit status 1 where a block is stale.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TUTORIAL = ROOT / "docs" / "tutorial.md"
LONGEST = 40  #: lines of output shown; what is cut is told
_BLOCK = re.compile(r"(?s)<!-- run: (?P<command>.*?) -->(?:\n\n```text\n.*?\n```(?=\n))?")
_PACE = re.compile(r" in [\d.]+ s \([\d,]+ a second\)")  #: how long it took is no part of the docs


def run(arguments: list[str], archive: Path) -> str:
    """What ``stemma`` prints, to people and to the next program alike. Raises ``SystemExit`` for misuse."""
    environment = {**os.environ, "STEMMA_ARCHIVE": str(archive), "COLUMNS": "100", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "stemma", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    if done.returncode > 1:
        raise SystemExit(f"stemma {shlex.join(arguments)}: {done.stderr}")
    return done.stdout + done.stderr


def first_id(words: str, archive: Path) -> str:
    """The id of the first statement that the words find."""
    lines = run(["find", *shlex.split(words), "--json", "--limit", "1"], archive).splitlines()
    return str(json.loads(lines[0])["statement"]["id"])


def block(command: str, archive: Path) -> str:
    """The comment and, fenced, what its command prints."""
    filled = re.sub(r"\{(.*?)\}", lambda words: first_id(words[1], archive), command)
    program, *arguments = shlex.split(filled)
    if program != "stemma":
        raise SystemExit(f"not a command of ours: {command}")
    lines = [line.rstrip() for line in _PACE.sub("", run(arguments, archive)).strip("\n").splitlines()]
    if len(lines) > LONGEST:
        lines = [*lines[:LONGEST], "..."]
    return f"<!-- run: {command} -->\n\n```text\n{chr(10).join(lines)}\n```"


def main() -> int:
    """Fill every block; 1 where ``--check`` finds a stale one."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.stemma"
        old = TUTORIAL.read_text(encoding="utf-8")
        new = _BLOCK.sub(lambda found: block(found["command"], archive), old)
    if "--check" in sys.argv[1:]:
        return int(old != new)
    TUTORIAL.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
