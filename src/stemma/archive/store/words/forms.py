"""Text as the full-text index reads it: accents folded, scripts without spaces cut into overlapping pairs.

A run of Chinese, Japanese, Korean, Thai ... is indexed as its character pairs and its last character: "abc"
becomes "ab bc c", so that every word of two characters, and any single one, is found inside a longer run.
"""

from __future__ import annotations

import re
import unicodedata

from stemma.archive.store.words.wanted import Phrase

#: Thai, Lao, Myanmar, Khmer; CJK and Kangxi radicals to Yi; Hangul; the supplementary ideographs.
_RUN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\ua4cf"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+"
)
#: Combining marks of Latin, Greek, Cyrillic, Hebrew and Arabic; marks of other scripts are letters to their readers.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u20d0-\u20f0]+"
)
_WORDLESS = re.compile(r"[\W_]*")
_UNREADABLE = re.compile("[\0\ud800-\udfff]")  #: SQLite ends a text at NUL and takes no lone surrogates


def index_form(text: str) -> str:
    """The text as it is indexed; case is left to the tokenizer."""
    if text.isascii():
        return text.replace("\0", " ")
    flat = _MARKS.sub("", unicodedata.normalize("NFKD", _UNREADABLE.sub(" ", text)))
    return _RUN.sub(_pairs, unicodedata.normalize("NFC", flat))


def phrase_form(text: str) -> str:
    """The text as a phrase to look for: a run at its end may go on in what is found."""
    form = index_form(text).rstrip()
    head, blank, last = form.rpartition(" ")
    return head if blank and len(last) == 1 and _RUN.fullmatch(last) and _RUN.fullmatch(head[-1:]) else form


def phrase(text: str, *, begins: bool = False) -> Phrase | None:
    """The text as words to look for, with ``begins`` the last may go on; None where it holds no word."""
    form = phrase_form(text).replace('"', " ").strip()
    if _WORDLESS.fullmatch(form):
        return None
    single = len(form) == 1 and _RUN.fullmatch(form)  # it stands at the beginning of a pair
    return Phrase(form, begins=begins or bool(single))


def _pairs(match: re.Match[str]) -> str:
    run = match.group()
    pairs = [run[at : at + 2] for at in range(len(run))]
    return f" {' '.join(pairs)} "
