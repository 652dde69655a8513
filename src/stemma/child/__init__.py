"""Processes of our own for work that may hang, fill the memory or die: bounded by the system, killed at any moment."""

from __future__ import annotations


class Beyond(BaseException):
    """Time is up: raised into work by whoever bounds it, past every ``except Exception`` of a library."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds
