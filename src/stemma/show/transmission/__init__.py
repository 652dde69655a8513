"""One utterance as it travelled: its witnesses beside each other, and the tree of who has it from whom.

Terminal and browser draw from ``apparatus`` and ``tree``; the other files are the forms in which these leave the
archive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from stemma.archive.views import Line, Utterance
from stemma.show.lines import GAP, content

UNKNOWN_OUTLET = "X"  #: the letter of witnesses whose outlet is not known


def witnesses(view: Utterance) -> tuple[Line, ...]:
    """All statements of these words: the utterance's own, then those that pages take for another speaker's."""
    return (*view.lines, *view.elsewhere)


def carriers(lines: Sequence[Line]) -> int:
    """How many pages carry some statements: captures of one address are one witness."""
    return len({line.snapshot.url or line.statement.document for line in lines})


def carried_by(lines: Sequence[Line]) -> str:
    """That count in words, with that of the statements where a page has several: captures, or the words twice."""
    count = carriers(lines)
    told = f"{count} witness{'es' if count != 1 else ''}"
    return told if count == len(lines) else f"{told} in {len(lines)} captures or places"


def sigla(lines: Sequence[Line]) -> tuple[str, ...]:
    """A short sign for each witness, in their order: the first letter of the outlet and a number ("T1", "K2")."""
    from anyascii import anyascii  # noqa: PLC0415 - tables of all scripts, which most verbs do without

    counts: Counter[str] = Counter()
    found = []
    for line in lines:
        letter = next((each for each in anyascii(line.outlet or "").upper() if "A" <= each <= "Z"), UNKNOWN_OUTLET)
        counts[letter] += 1
        found.append(f"{letter}{counts[letter]}")
    return tuple(found)


def wording_of(line: Line) -> str:
    """The words of a statement on one line, its pieces joined, neutralised for a screen.

    A comma or semicolon at the end belongs to the sentence around the quotation.
    """
    return GAP.join(content(line.statement)).rstrip(" ,;")
