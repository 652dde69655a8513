"""Scripts of a text, told from the names of its characters in the Unicode character database."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: The first word of a letter's name, and what its script is called (Unicode Standard Annex 24); others by their name.
_CALLED = {
    "CJK": "Han", "KANGXI": "Han", "IDEOGRAPHIC": "Han", "KATAKANA-HIRAGANA": "Katakana", "HALFWIDTH": "Katakana",
    "FULLWIDTH": "Latin", "MODIFIER": "Latin",
}  # fmt: skip
UNKNOWN = "no letters"  #: what a name without letters is written in


@lru_cache(maxsize=16_384)
def scripts(text: str) -> tuple[str, ...]:
    """The scripts of its letters, in the order in which they first stand: ``("Latin",)``, ``("Han", "Hangul")``."""
    return tuple(dict.fromkeys(_script(letter) for letter in text if letter.isalpha()))


def script_told(text: str) -> str:
    """The same on one line: "Latin", "Han and Hangul", or that there is no letter."""
    return " and ".join(scripts(text)) or UNKNOWN


def _script(letter: str) -> str:
    first = unicodedata.name(letter, "UNNAMED").partition(" ")[0]
    return _CALLED.get(first, first.capitalize())
