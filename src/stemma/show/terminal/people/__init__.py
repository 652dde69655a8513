"""People's words on a terminal: stones, the log, what is held on somebody, marks beside what was set right."""

from __future__ import annotations

from stemma.show.terminal.people.held import held
from stemma.show.terminal.people.log import judged, said, word
from stemma.show.terminal.people.pair import open_pair
from stemma.show.terminal.people.stone import stone

__all__ = ["held", "judged", "open_pair", "said", "stone", "word"]
