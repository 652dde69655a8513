"""Who is meant: by the source of a statement, and by "he" and "she" elsewhere."""

from __future__ import annotations

from stemma.annotate.references.antecedents import rank
from stemma.annotate.references.sources import references

__all__ = ["rank", "references"]
