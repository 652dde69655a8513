"""Who is meant: by the source of a statement, and by "he" and "she" elsewhere."""

from __future__ import annotations

from stemma.annotate.references.antecedents import rank
from stemma.annotate.references.speakers import People, people, references

__all__ = ["People", "people", "rank", "references"]
