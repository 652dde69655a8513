"""Lay witnesses side by side: which words they share, where they differ, and who took them from whom."""

from stemma.collate.clusters import Parallel, clusters, parallels
from stemma.collate.compare import compare
from stemma.collate.passages import keys, passages
from stemma.collate.trace import trace
from stemma.collate.versions import versions

__all__ = ["Parallel", "clusters", "compare", "keys", "parallels", "passages", "trace", "versions"]
