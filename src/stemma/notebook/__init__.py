"""What readers of an archive note for themselves: saved queries, collections, watches. Nothing of it is evidence."""

from stemma.notebook.notebook import NAME, Notebook

__all__ = ["NAME", "Notebook"]
