"""What a noun right before a name calls it: "the newspaper Al-Minbar", "the daily “Dawn of Veloria”"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stemma.annotate.mentions.candidates import Candidate
from stemma.records import Label

_NOUN = (
    r"(?:newspaper|daily|weekly|monthly|tabloid|magazine|journal|broadcaster"
    r"|news (?:agency|site|portal|channel|website)"
    r"|(?:TV|television|radio|commercial|satellite|Telegram) (?:channel|station)|publication)"
)
_BEFORE = re.compile(rf"\b{_NOUN} $")
_REACH = 26  #: characters: more than the longest of these nouns
_QUOTED = re.compile(rf"\b{_NOUN} [\"“„«‘]([A-Z][^\"“”„«»‘\n]{{1,40}}?)[\"”“»’](?=[\s.,;:)]|$)")
_MOST = 50  #: names of one page that are looked for again


def called(text: str, labels: Iterable[Label], named: Iterable[Candidate]) -> list[Candidate]:
    """The names, those that a noun calls an outlet as outlets wherever they stand, quoted ones as a whole."""
    listed = list(named)
    quoted = {match[1] for label in labels for match in _QUOTED.finditer(text, label.start, label.end)}
    told = {one.text for one in listed if _BEFORE.search(text, max(0, one.start - _REACH), one.start)}
    outlets = [
        one._replace(kind="outlet", reason="called so", confidence=None)
        for one in listed
        if one.text in told and one.reason != "known name"
    ]
    kept = [one for one in listed if one.text not in told or one.reason == "known name"]
    return [*kept, *outlets, *(one for name in sorted(quoted)[:_MOST] for one in _places(text, labels, name))]


def _places(text: str, labels: Iterable[Label], name: str) -> Iterator[Candidate]:
    """Each place in these stretches where a whole name stands."""
    form = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for label in labels:
        for match in form.finditer(text, label.start, label.end):
            words = name.count(" ") + 1
            yield Candidate(*match.span(), name, "outlet", "called so", titled=False, words=words, opens=False)
