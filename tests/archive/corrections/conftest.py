"""Words of two invented archivists on the invented pages of this room."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from stemma.archive import Archive
from stemma.records import Correction

_clock = count()


def word(
    about: str, field: str, value: str = "", *, at: str | None = None, by: str = "Ilse Marn", why: str = "seen"
) -> Correction:
    """A word; each later than the one before, unless the time is given."""
    moment = at or f"2032-01-01T00:00:00.{next(_clock):06d}Z"
    return Correction(about=about, field=field, value=value, by=by, at=moment, reason=why)


@pytest.fixture
def say() -> Callable[..., Correction]:
    return word


@pytest.fixture
def correct(archive: Archive) -> Callable[..., Correction]:
    """Say something in the archive of the room; the word as it was kept."""

    def said(about: str, field: str, value: str = "", **more: str) -> Correction:
        ready = archive.worded(word(about, field, value, **more))
        archive.correct([ready])
        archive.join()
        return ready

    return said
