"""The words of texts: as they are indexed, as they are looked for, and the index of each database."""

from stemma.archive.store.words.forms import index_form, phrase, phrase_form

__all__ = ["index_form", "phrase", "phrase_form"]
