"""The desk at which people set an archive right: each word is kept, and what rests on it is brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from stemma import flow
from stemma.archive import Archive
from stemma.records import Correction, Judgement, Verdict


class Desk:
    """What changes the archive in a folder; opened anew for each change, so that any thread may ask."""

    def __init__(self, path: str | Path) -> None:
        self._path = path

    def correct(self, words: Sequence[Correction], /) -> list[Correction]:
        """Keep corrections and bring up to date what rests on them; as they are kept. Raises ``BadValue``."""
        with Archive.open(self._path) as archive:
            ready = [archive.worded(each) for each in words]
            flow.correct(archive, ready)
            return ready

    def judge(self, left: str, right: str, verdict: Verdict, word: Correction, /) -> Judgement:
        """Keep a judgement between two mentions, entities or names, signed like ``word``; as it is kept.

        Raises ``NoSuchRecord``, ``AmbiguousId`` for a name of several, ``BadValue``.
        """
        with Archive.open(self._path) as archive:
            judgement = archive.judgement(left, right, verdict, word)
            with archive.batch():
                archive.add_records([judgement])
            archive.join()
            return judgement
