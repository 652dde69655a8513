"""The two shapes of work on other engines: Daft on this machine, or on a Ray cluster.

Captures lie as Parquet in a folder, on disk or in an object store; an engine writes what pages and keys give beside
them; ``load`` makes of that the archive that this machine would have made alone. What an engine gives is never trusted
beyond its question: it counts for just this capture, and just these items under a key.
"""

from __future__ import annotations

from stemma.cluster.given import Given
from stemma.cluster.loading import load, write_captures
from stemma.cluster.place import Folder
from stemma.cluster.runner import WorkFailed, silence, start, work

__all__ = ["Folder", "Given", "WorkFailed", "load", "silence", "start", "work", "write_captures"]
