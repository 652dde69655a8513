"""What the documents say is tested: links lead somewhere, commands and records are told of, examples run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import click
import pytest

import stemma
from stemma.cli import stemma as program
from stemma.records import AnyRecord

ROOT = Path(__file__).parents[1]
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)")
CODE = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
VERBS = {name: command for name, command in program.commands.items() if not command.hidden}


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    broken = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()]
    assert not broken


@pytest.mark.parametrize(
    "path", [path for path in DOCS if "```python" in path.read_text(encoding="utf-8")], ids=lambda p: p.name
)
def test_python_examples_run(path: Path, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    code = "\n".join(block.replace("\n>>> ", "\n") for block in CODE.findall(path.read_text(encoding="utf-8")))
    if ">>>" in code:
        pytest.skip("doctest form: run by test_doctests")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "path", [path for path in DOCS if ">>>" in path.read_text(encoding="utf-8")], ids=lambda p: p.name
)
def test_doctests(path: Path, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    command = [sys.executable, "-m", "doctest", "-o", "ELLIPSIS", "-o", "NORMALIZE_WHITESPACE", str(path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_each_verb_and_flag_is_documented(verb: str) -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert f"stemma {verb}" in text
    assert f"stemma {verb}" in (ROOT / "README.md").read_text(encoding="utf-8")
    flags = [flag for each in VERBS[verb].params if isinstance(each, click.Option) for flag in each.opts]
    assert not [flag for flag in flags if f"`{flag}" not in text and f" {flag}" not in text]


def test_each_record_is_in_the_glossary() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert not [kind.__name__ for kind in get_args(AnyRecord) if kind.__name__ not in text]


def test_each_plug_in_group_is_documented() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in DOCS)
    assert not [group for group in ("stemma.annotate", "stemma.resolve", "stemma.collate") if f"`{group}`" not in text]


def test_public_names_exist() -> None:
    assert all(getattr(stemma, name) for name in stemma.__all__)
    assert stemma.__version__ in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_tutorial_shows_what_the_program_prints() -> None:
    command = [sys.executable, str(ROOT / "tools" / "fill_tutorial.py"), "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_gold_stands_in_its_pages() -> None:
    command = [sys.executable, str(ROOT / "tools" / "check_gold.py")]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
