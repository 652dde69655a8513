"""The room ``archive``: keep records, never change one; answer questions; compute views."""

from stemma.archive.archive import Archive

__all__ = ["Archive"]
