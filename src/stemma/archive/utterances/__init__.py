"""Utterances: statements of different documents that carry the same words, and which of them came first."""
