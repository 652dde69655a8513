"""Reading apart: what parses files that are anybody's runs in a process of its own, with bounds, that can be killed.

``hand`` is the near end, ``reading`` what happens in the process, ``work`` its jobs.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stemma.collect.apart.hand import Hand


def new_hand() -> Hand | None:
    """Who reads files apart, to be ended; None on Windows, where they are read here."""
    if sys.platform == "win32":
        return None
    from stemma.collect.apart.hand import Hand  # noqa: PLC0415 - rests on what Windows has not

    return Hand()
