"""A query told: how it was understood, and where it cannot be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from stemma.archive.views import Understood
from stemma.errors import BadQuery
from stemma.show.plain import one_line

#: What a field asks for, in words, and the same left out.
_FIELDS = {
    "said": ("said by", "not said by"), "via": ("citing", "not citing"), "outlet": ("carried by", "not carried by"),
    "to": ("addressed to", "not addressed to"), "place": ("said in", "not said in"),
    "language": ("in the language", "not in the language"), "kind": ("of the kind", "not of the kind"),
    "date": ("whose day is", "whose day is not"), "is": ("", "not"),
}  # fmt: skip
#: Values that read as words.
_VALUES = {
    "edited": "worded otherwise in another capture", "shared": "carried by several pages",
    "confirmed": "confirmed or set right by a person",
}  # fmt: skip
_DATES = {"said": "told by the page", "published": "that of publication", "unknown": "not known"}
_WIDE = frozenset("WF")  #: East Asian wide and full-width characters take two columns (Unicode Annex 11)


def explained(terms: Sequence[Understood]) -> list[str]:
    """Each term in words: 'the phrase “far shore”', 'said by Kim Vael (also written 김벨)'."""
    return [_told(term) for term in terms]


def _told(term: Understood) -> str:
    if term.field:
        return _field(term)
    if term.near:
        told = f"{' and '.join(f'“{each}”' for each in term.near)} with at most {term.distance} words between them"
    elif term.phrase:
        told = f"the phrase “{term.value}”"
    else:
        told = f"the word “{term.value}”"
    if term.begins:
        told = f"words that begin “{term.value}”"
    return f"without {told}" if term.minus else told


def _field(term: Understood) -> str:
    assert term.field
    value = (_DATES if term.field == "date" else _VALUES).get(term.value, term.value)
    head = _FIELDS[term.field][term.minus]
    told = f"{head} {value}".strip()
    if not term.known:
        return f"{told} (nothing here is called so)"
    return f"{told} (also written {', '.join(term.forms)})" if term.forms else told


def pointed(error: BadQuery) -> str:
    """The query and a caret under the character that cannot be read, on two lines; "" where it is none alone."""
    if error.at is None:
        return ""
    before = one_line(f"{error.query[: error.at]}|")[:-1]
    width = sum(2 if unicodedata.east_asian_width(char) in _WIDE else 1 for char in before)
    return f"{before}{one_line(f'|{error.query[error.at :]}')[1:]}\n{' ' * width}^"
