"""Lay witnesses side by side: which words they share, where they differ, and who took them from whom."""

from stemma.collate.clusters import Parallel, clusters, parallels
from stemma.collate.collection import variants
from stemma.collate.compare import compare, is_formula
from stemma.collate.many.sifting import Held, Offered, sift
from stemma.collate.meeting import met, pack
from stemma.collate.occasion.requoted import requotations
from stemma.collate.passages import keys, passages
from stemma.collate.tree.trace import trace
from stemma.collate.versions import COMPARED, versions

__all__ = [
    "COMPARED",
    "Held",
    "Offered",
    "Parallel",
    "clusters",
    "compare",
    "is_formula",
    "keys",
    "met",
    "pack",
    "parallels",
    "passages",
    "requotations",
    "sift",
    "trace",
    "variants",
    "versions",
]
