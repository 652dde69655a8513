"""Hostile files in small: none stops the others, and what follows damage is read where it can be found."""

from __future__ import annotations

import pytest

from bench import hostile_files

#: Files whose end is a good page that must be found.
_ENDS_WELL = {
    "bomb in an answer", "bomb of brotli", "chunks of a byte", "fields without end", "a field of one line",
    "longer than it says", "shorter than it says", "a length of digits", "a negative length", "no length",
    "members of nothing", "blank lines", "a long line",
}  # fmt: skip


@pytest.mark.parametrize("name", hostile_files.FILES)
def test_a_hostile_file_ends(name, taken):
    ending, parts = hostile_files.FILES[name]
    found = taken(b"".join(parts(2_000)), f"hostile{ending}")
    assert name not in _ENDS_WELL or any(hasattr(each, "payload") for each in found)
