"""What an archive holds and lacks, counted, on a terminal."""

from __future__ import annotations

from stemma.show.terminal.stats.account import BLOCKS, DIGITS, Marks, account, axis_of, height, strip
from stemma.show.terminal.stats.calendar import calendar

__all__ = ["BLOCKS", "DIGITS", "Marks", "account", "axis_of", "calendar", "height", "strip"]
