"""What the page itself calls a name: its own outlet, "the newspaper Al-Minbar", "the insurer Harbour Mutual"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from stemma.annotate.mentions.candidates import Candidate
from stemma.annotate.mentions.lexicon import lexicon, plain, small_words
from stemma.annotate.mentions.runs import tokens
from stemma.records import Label, MentionKind

_NOUN = (
    r"(?:newspaper|daily|weekly|monthly|tabloid|magazine|journal|broadcaster"
    r"|news (?:agency|site|portal|channel|website)"
    r"|(?:TV|television|radio|commercial|satellite|Telegram) (?:channel|station)|publication)"
)
#: Nouns of companies and bodies that stand right before their names: "heating equipment maker Velda".
_BODY = (
    r"(?:airline|bank|brokerage|carrier|chain|charity|clinic|company|co-operative|cooperative|firm"
    r"|foundation|insurer|maker|manufacturer|non-profit|refiner|retailer|start-up|startup|supermarket"
    r"|think tank|utility|watchdog)"
)
_BEFORE = re.compile(rf"\b(?:({_NOUN})|{_BODY}) $")
_REACH = 26  #: characters: more than the longest of these nouns
_QUOTED = re.compile(rf"\b{_NOUN} [\"“„«‘]([A-Z][^\"“”„«»‘\n]{{1,40}}?)[\"”“»’](?=[\s.,;:)]|$)")
#: A quoted name that writes: "“Labour and Rest” reports that".
_WRITES = re.compile(
    r"(?<!\w)[\"“„«]([A-Z]\w+(?: (?:(?:and|of|of the|the) )?[A-Z]\w+){0,4})[\"”“»]"
    r" (?:asks|comments|reports|reported|writes|wrote|recalls)\b"
)
#: A name with a preposition of place before it, and no further name behind: "in Velda".
_INSIDE = r"\b(?:in|at|near|from|outside) {}\b(?! [A-Z])"
_MOST = 50  #: names of one page that are looked for again


def called(
    text: str, labels: Iterable[Label], named: Iterable[Candidate], outlets: Sequence[str] = ()
) -> list[Candidate]:
    """The names, those that a noun calls an outlet or a body as such wherever they stand, quoted ones as a whole.

    ``outlets``: names of the page's own outlet, which is an outlet wherever it stands.
    """
    listed = list(named)
    quoted = {match[1] for label in labels for match in _QUOTED.finditer(text, label.start, label.end)}
    quoted |= {match[1] for label in labels for match in _WRITES.finditer(text, label.start, label.end)}
    bodies = {one.text for one in listed if one.kind == "organization" and one.reason == "head word"}
    own = [name for name in outlets if name[:1].isupper() and name not in bodies]
    whole = list(dict.fromkeys([*own, *sorted(quoted)]))[:_MOST]
    kinds = _told(text, listed, whole)
    kept = [
        one._replace(kind=kinds[one.text], reason="called so", confidence=None) if _is_told(one, kinds) else one
        for one in listed
    ]
    return [*kept, *(one for name in whole for one in _places(text, labels, name))]


def _told(text: str, listed: Sequence[Candidate], quoted: Iterable[str]) -> dict[str, MentionKind]:
    """The kind that the page tells of a name, by the name as it is written."""
    kinds: dict[str, MentionKind] = {}
    for one in listed:
        if before := _BEFORE.search(text, max(0, one.start - _REACH), one.start):
            if before[1]:
                kinds[one.text] = "outlet"
            else:
                kinds.setdefault(one.text, "organization")
    for name in quoted:
        kinds[name] = "outlet"
    for name in _short_firms(text, listed, kinds):
        kinds.setdefault(name, "organization")
    return kinds


def _is_told(one: Candidate, kinds: dict[str, MentionKind]) -> bool:
    """Whether the page tells another kind; who has a title or a full name is no company."""
    told = kinds.get(one.text)
    lone = one.words == 1 and not one.titled and one.reason == "words around it"
    unsure = one.kind == "place" or (one.kind == "person" and lone)
    return told is not None and one.reason != "known name" and (told == "outlet" or unsure)


def _short_firms(text: str, listed: Sequence[Candidate], kinds: dict[str, MentionKind]) -> list[str]:
    """Names that shorten a company of the page, and where nobody is: "Velda" of "Velda Foods"."""
    known = lexicon().firm
    firms = {
        words[0].text
        for one in listed
        if one.kind in {"organization", "outlet"} and len(words := tokens(one.text)) > 1
        if all(plain(word.text).rstrip(".") in known for word in words[1:])
    }
    lone = [name for name in sorted(firms - kinds.keys())[:_MOST] if plain(name) not in small_words()]
    return [name for name in lone if not re.search(_INSIDE.format(re.escape(name)), text)]


def _places(text: str, labels: Iterable[Label], name: str) -> Iterator[Candidate]:
    """Each place in these stretches where a whole name stands."""
    form = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for label in labels:
        for match in form.finditer(text, label.start, label.end):
            words = name.count(" ") + 1
            yield Candidate(*match.span(), name, "outlet", "called so", titled=False, words=words, opens=False)
