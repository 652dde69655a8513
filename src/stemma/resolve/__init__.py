"""Resolve: judge which mentions mean the same one; never merge."""

from __future__ import annotations

from stemma.resolve.comparing import Comparison, compare
from stemma.resolve.meeting.judging import judge, keys

__all__ = ["Comparison", "compare", "judge", "keys"]
