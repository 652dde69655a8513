"""Every hostile file at full size is collected within a gigabyte and in proportion; what is left out is told."""

from __future__ import annotations

import pytest

from bench import hostile_files

pytestmark = pytest.mark.soak
MOST_SECONDS = 60.0  #: of CPU; a file of 150 MB is read in less
MOST_MEGABYTES = 1_000


@pytest.mark.parametrize("name", hostile_files.FILES)
def test_at_full_size(name, tmp_path):
    took = hostile_files.cost(name, hostile_files.MILLION, tmp_path)
    assert took.seconds < MOST_SECONDS
    assert took.megabytes < MOST_MEGABYTES
