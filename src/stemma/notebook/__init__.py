"""What readers of an archive note for themselves: saved queries, collections, watches. Nothing of it is evidence."""

from stemma.notebook.notebook import Notebook

__all__ = ["Notebook"]
