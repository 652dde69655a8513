"""Lay witnesses side by side: which words they share, where they differ, and who took them from whom."""

from stemma.collate.clusters import Parallel, clusters, parallels
from stemma.collate.compare import compare, is_formula
from stemma.collate.meeting import idle, meetings, pack
from stemma.collate.passages import keys, passages
from stemma.collate.trace import trace
from stemma.collate.versions import COMPARED, versions

__all__ = [
    "COMPARED",
    "Parallel",
    "clusters",
    "compare",
    "idle",
    "is_formula",
    "keys",
    "meetings",
    "pack",
    "parallels",
    "passages",
    "trace",
    "versions",
]
