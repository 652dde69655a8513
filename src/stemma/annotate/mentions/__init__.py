"""Names of a page: persons, organisations, places, outlets and works, told without a model.

Gazetteer and words of roles are data (``knowledge/*.toml``); names that nobody has listed are told by
their form (heads such as "Agency" or "Region", given names, Korean and Chinese name shapes) and by the
words around all their places in the page.
"""

from __future__ import annotations

from stemma.annotate.mentions.kinds.inner import inner
from stemma.annotate.mentions.naming import mentions
from stemma.annotate.mentions.own import own_names

__all__ = ["inner", "mentions", "own_names"]
