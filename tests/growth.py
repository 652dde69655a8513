"""How work grows with its input, told by what is called and not by a clock."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

#: Twice the input may call so many times as much: less than three times, and some calls are made once.
TWICE = 2.3


def calls(function: Callable[..., object], *values: object) -> int:
    """How many functions are called, in Python and in C, while this one runs; once it has loaded what it needs."""
    function(*values)
    count = 0

    def note(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        function(*values)
    finally:
        sys.setprofile(before)
    return count
