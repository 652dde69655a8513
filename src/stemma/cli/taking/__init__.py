"""Verbs by which something leaves the archive: cite, export, join."""
