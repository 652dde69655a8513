"""In which language a passage is written, as far as its letters tell: for fonts, and for voices that read it out."""

from __future__ import annotations

import re
from functools import lru_cache

#: Letters that tell a language, or the likeliest one of their script; the first that occurs decides.
_LETTERS = (
    ("ko", re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")),  # Hangul
    ("ja", re.compile("[\u3041-\u30ff]")),  # kana
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),  # Han, without kana
    ("fa", re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc]")),  # Persian letters
    ("ar", re.compile("[\u0620-\u064a]")),
    ("uk", re.compile("[\u0404\u0406\u0407\u0454\u0456\u0457\u0490\u0491]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]{2}")),
    ("he", re.compile("[\u05d0-\u05ea]")),
)  # fmt: skip
_LOOKED_AT = 400  #: characters


@lru_cache(4096)
def tongue(text: str) -> str:
    """A language tag (BCP 47), "" for what Latin letters alone tell: these have no language of their own."""
    head = text[:_LOOKED_AT]
    return next((language for language, letters in _LETTERS if letters.search(head)), "")
