"""Verbs that bring pages in."""
