"""What the words around a name tell of an office: "President of Veloria Holt", "Holt, who leads the union"."""

from __future__ import annotations

import re

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.descriptions.fitting import WORD, head_of
from stemma.annotate.references.knowledge import nouns

#: "President of ", "the Velorian foreign minister, ".
_OFFICE = re.compile(r"((?:[\w’'-]+ ){0,4}[A-Za-z-]+(?: (?:of|for)(?: the)?(?: [A-Z][\w-]+){0,3})?),? $")
_APPOSED = re.compile(r",\s((?:[\w’'-]+\s?){2,14})")
_OFFICE_REACH, _NAMES_LOOKED_AT = 70, 3
#: Titles and ranks that tell no office.
_COURTESY = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mme",
        "dr",
        "sir",
        "prof",
        "rev",
        "ven",
        "the",
        "lt",
        "cdr",
        "capt",
        "col",
        "gen",
        "maj",
        "sgt",
        "adm",
        "lieutenant",
        "captain",
    ]
)


def has_no_office(figure: Figure) -> bool:
    """Whether no role of a figure is told but "Mr." and the like."""
    return all(_COURTESY.issuperset(plain(role).replace(".", "").split()) for role in figure.roles)


def roles_before(text: str, figure: Figure) -> list[str]:
    """Offices that stand right before the names of a person whose mentions have none: "President of Veloria Holt"."""
    starts = [_before_courtesy(text, start) for start in figure.starts[:_NAMES_LOOKED_AT]]
    found = (_OFFICE.search(text, max(0, start - _OFFICE_REACH), start) for start in starts)
    words = figure.fullest.evidence.exact.split()
    worded = (_LEADS_IN.sub("", one.group(1)) for one in found if one)
    told = [role for role in worded if head_of(plain(role)) in nouns().personal]
    offices = [f"{role} {words[0]}" if role.endswith((" of", " of the")) and len(words) > 1 else role for role in told]
    return offices + [
        f"{_DOERS[does[1]]} {does[2]}"
        for one in figure.mentions[:_NAMES_LOOKED_AT]
        if (does := _DOES.match(text, one.evidence.end))
    ]


def roles_of_places(text: str, figure: Figure) -> list[str]:
    """Roles with the country behind the name: "Presidents | Ana Holt of Veloria" is the President of Veloria."""
    return [
        f"{one.role} of {place[1]}"
        for one in figure.mentions[:_NAMES_LOOKED_AT]
        if one.role and not nouns().office.isdisjoint(WORD.findall(plain(one.role)))
        if (place := _PLACE_BEHIND.match(text, one.evidence.end))
    ]


def kinds_beside(text: str, start: int, end: int) -> set[str]:
    """The nouns by which the words beside a body call it: "the charity | Orsa Aid", "| Orsa Aid, an aid group,"."""
    before = _RIGHT_BEFORE.search(text, max(0, start - _KIND_REACH), start)
    behind = _KIND_BEHIND.match(text, end)
    return {found[1] for found in (before, behind) if found}


_RIGHT_BEFORE = re.compile(r"\b([a-z-]+) [\"“‘«]?$")
_KIND_BEHIND = re.compile(
    r"[\"”’»]?, (?:an?|the|its|one of) (?:[\w’'-]+ ){0,5}?([a-z-]+)(?=,|\.| (?:that|which|in|of|for|based)\b)"
)
_KIND_REACH = 24


def _before_courtesy(text: str, start: int) -> int:
    """Where "Mr." before a name begins; the name itself without it."""
    courtesy = _CALLED.search(text, max(0, start - _COURTESY_REACH), start)
    return courtesy.start() if courtesy else start


_PLACE_BEHIND = re.compile(r" of (?:the )?([A-Z][\w-]+(?: [A-Z][\w-]+)*)")
_CALLED = re.compile(
    r"(?<=[\s,])(?:(?:Mr|Mrs|Ms|Mme|Dr|Prof|Sir|Dame|Rev|Ven|Lt|Cdr|Capt|Col|Gen|Maj|Sgt|Adm)\.? ){1,2}$"
)
#: What leads in to an office: "in conversation with | the ambassador of Karvis".
_LEADS_IN = re.compile(r"^.*\b(?:with|by|to|from|that|as|when|told|met|received)\s")
_COURTESY_REACH = 12
#: "Ana Holt, who leads the union": what somebody does, as an office.
_DOES = re.compile(r",? who (leads|heads|chairs|runs|owns|edits|commands|directs|coaches)\s((?:[\w’'-]+\s?){1,6})")
_DOERS = {
    "leads": "leader of", "heads": "head of", "chairs": "chair of", "runs": "head of", "owns": "owner of",
    "edits": "editor of", "commands": "commander of", "directs": "director of", "coaches": "coach of",
}  # fmt: skip
#: Callings in which nobody speaks for a body: "author of", "professor at".
OFFICE_FREE = re.compile(
    r"\b(?:author|writer|professor|expert|analyst|columnist|journalist|correspondent|student)\b", re.IGNORECASE
)


def office(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch around a name that tells an office: the role before it, else the apposition after it.

    The name alone where neither has the noun of an office.
    """
    before = _OFFICE.search(text, max(0, start - _OFFICE_REACH), start)
    if before and not nouns().office.isdisjoint(WORD.findall(plain(before.group(1)))):
        return before.start(), end
    after = _APPOSED.match(text, end)
    if after and not nouns().office.isdisjoint(WORD.findall(plain(after.group(1)))):
        return start, after.end()
    return start, end
