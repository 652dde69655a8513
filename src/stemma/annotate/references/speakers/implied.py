"""Names that only their place beside a source shows to be names: the state of a side, the full name of a body."""

from __future__ import annotations

import re
from bisect import bisect_left

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.antecedents import Scene
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.descriptions import described, head_of
from stemma.annotate.references.knowledge import nouns
from stemma.annotate.references.state import State
from stemma.annotate.references.strangers import kind_of, stranger
from stemma.records import Mention, MentionKind, Page, evidence, prose

_SIDE = re.compile(r"(?:[Tt]he\s)(?:[a-z]+\s)?([A-Z][\w-]+)(?:\sand\s([A-Z][\w-]+))?\s(?:side|sides|delegation)$")
_ADJECTIVE = re.compile(r"(?:ian|ean|an|ese|ish|ite|i|n)$")
#: The label of who asks in a transcript: "Q (Sarva Courier)".
_ASKS_FOR = re.compile(r"(?:Q|Question|Reporter|Journalist|Correspondent),?\s?\(([^()]{2,60})\)", re.IGNORECASE)
_STEM = 3  #: letters that an adjective leaves of a country at the least
#: "KyrInform, the official agency"; "One of them, Arvo Holt of the Forum".
_NAME = r"[A-Z][\w’'&-]*(?:\s(?:(?:of|the|for|and)\s)?[A-Z][\w’'&-]*){0,5}"
_APPOSED = re.compile(rf"(?:[Tt]he\s)?({_NAME}),\s(?:the|a|an|its|his|her|an?\s\w+)\s.*", re.DOTALL)
_NAMED_LAST = re.compile(
    rf"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s|[A-Z][\w-]+['’]s\s)[^,.;:\"“”]{{3,80}},\s({_NAME})"
)
_ONE_OF = re.compile(rf"(?:[Oo]ne of (?:them|these|those)|[Aa]nother|[Tt]he other),\s({_NAME})\b.*", re.DOTALL)
#: "The Governments of Halvia, Norrland and the Kingdom of Vest".
_PART = re.compile(r"[A-Z][\w’'-]*(?:\s(?:of\s)?[A-Z][\w’'-]*){0,3}")
_STATES = re.compile(
    rf"[Tt]he\s(?:[Gg]overnments|[Dd]elegations|[Pp]residencies|[Pp]arliaments)\sof\s((?:the\s)?{_PART.pattern}"
    rf"(?:,\s(?:the\s)?{_PART.pattern})*,?\sand\s(?:the\s)?{_PART.pattern})"
)
#: "The opposition channel Svetly, broadcasting from abroad"; "the Vechernik tabloid".
_OUTLET = (
    "(?:news agency|agency|newspaper|paper|tabloid|daily|weekly|monthly|magazine|channel|broadcaster|station|website"
    "|portal|wire)"
)
_BESIDE = r"(?:,\s[a-z].*)?"
_TRADED = (
    re.compile(
        rf"(?:[Tt]he|[Aa]n?)\s(?:[\w-]+\s){{0,3}}?{_OUTLET}\s[“‹\"«]{{0,2}}({_NAME})[”›\"»]{{0,2}}{_BESIDE}",
        re.DOTALL,
    ),
    re.compile(rf"[Tt]he\s({_NAME})\s{_OUTLET}{_BESIDE}", re.DOTALL),
)
#: No small words in these: "the Ministry of Trade and Industry" is one.
_PLAIN_NAME = r"[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3}"
_JOINED = re.compile(rf"(?:[Tt]he\s)?({_PLAIN_NAME})\sand\s(?:the\s)?({_PLAIN_NAME})")
_BODY = re.compile(r"[Tt]he\s((?:press\s)?[a-z]+)$")
#: Characters before "the ministry" in which its full description is looked for.
_TOLD_BEFORE = 3_000
_OPENING = re.compile(r"(?:The|A|An|This|That|In|On|At|Its|His|Her|Their|Our|Another|Each|No|Both|But|And)\s")
_SIGNED = re.compile(r"\b[Bb]y\s([A-Z][\w’'-]+(?:\s[A-Z][\w’'.-]+){1,3})(?=\s*(?:\n|,|\||$))")
_CAPITAL = re.compile(r"(?:[Tt]he\s)?([A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3})$")
_REST = r"\s(?:of|for)\s(?:the\s)?(?:al-|el-)?[A-Z][\w’'-]*(?:\s(?:(?:of|and|for|in)\s(?:the\s)?)?[A-Z][\w’'-]*){0,7}"


def implied(state: State, span: tuple[int, int]) -> tuple[Figure, ...]:
    """The figures that a source names in a way which is none elsewhere."""
    raw = state.scene.text[slice(*span)]
    if sides := _SIDE.match(raw):
        states = [_side_named(state, word, span) or side(state, word) for word in sides.groups() if word]
        return tuple(one for one in states if one) if all(states) else ()
    for form in (_APPOSED, _NAMED_LAST, _ONE_OF):
        beside = form.fullmatch(raw)
        if beside and beside.group(1).lower() not in nouns().first_person:
            start = span[0] + beside.start(1)
            kind = kind_of(plain(raw[beside.end(1) :].lstrip(", "))) if form is _APPOSED else "person"
            return (_named(state, start, span[0] + beside.end(1), kind, "a name with what it is beside it"),)
    figure = _fuller(state, raw) or _said_in_full(state, span, raw)
    return (figure,) if figure else ()


def governments(state: State, span: tuple[int, int]) -> tuple[Figure, ...]:
    """The states whose governments or delegations speak together."""
    listed = _STATES.fullmatch(state.scene.text, *span)
    parts = _PART.finditer(state.scene.text, listed.start(1), span[1]) if listed else ()
    found = [_named(state, *part.span(), "place", "the states of the governments") for part in parts]
    return tuple({id(one): one for one in found}.values())


def joined(state: State, span: tuple[int, int]) -> tuple[Figure, ...]:
    """Two whom a source names with "and" of whom the names of the page have one: "Karvis and | Veloria"."""
    both = _JOINED.fullmatch(state.scene.text, *span)
    if both is None:
        return ()
    known = [_known(state, *both.span(number)) for number in (1, 2)]
    (there,) = [one for one in known if one] if known.count(None) == 1 else (None,)
    if there is None or there.kind not in {"place", "person"}:
        return ()
    return tuple(
        one or _named(state, *both.span(number), there.kind, "joined to a name of the page")
        for number, one in enumerate(known, start=1)
    )


def _known(state: State, start: int, end: int) -> Figure | None:
    """The figure of a name that begins in a stretch and does not reach beyond it."""
    scene = state.scene
    number = bisect_left(scene.mention_starts, start)
    if number == len(scene.mentions) or scene.mentions[number].evidence.end > end:
        return None
    return scene.cast.of[scene.mentions[number].id]


def asking(state: State, span: tuple[int, int]) -> Figure | None:
    """The outlet that the label of a question names: "Q (Sarva Courier)"."""
    asked = _ASKS_FOR.fullmatch(state.scene.text, *span)
    return _named(state, *asked.span(1), "outlet", "the outlet that asks") if asked else None


def traded(state: State, span: tuple[int, int]) -> Figure | None:
    """The outlet that a source names beside what it is: "the Drumm newspaper Nasha Gora", "the Vechernik tabloid"."""
    for form in _TRADED:
        named = form.fullmatch(state.scene.text, *span)
        if named and (form is _TRADED[0] or not _is_adjectival(named.group(1), state)):
            return _named(state, *named.span(1), "outlet", "a name beside what it is")
    return None


def _is_adjectival(name: str, state: State) -> bool:
    """Whether a word is no name but tells of what country somebody is: "the Velorian daily"."""
    return " " not in name and (
        _DEMONYM.search(name) is not None
        or any(name == one.fullest.evidence.exact for one in state.scene.cast.figures if one.kind == "place")
    )


_DEMONYM = re.compile(r"(?:ian|ean|an|ese|ish|ite|i)$")


def signed(page: Page, scene: Scene) -> Figure | None:
    """The author whom a line above the text names: "The Corridor, a weekly letter by Ana Holt"."""
    written = prose(page)
    head = written[0].start if written else 0
    found = _SIGNED.search(scene.text, 0, head)
    if found is None:
        return None
    known = next((one for one in scene.mentions if one.kind == "person" and one.evidence.exact == found.group(1)), None)
    if known:
        return scene.cast.of[known.id]
    name = evidence(page.document, *found.span(1))
    one = Mention(document=name.document, evidence=name, kind="person", reason="the author", confidence=_UNSURE)
    figure = Figure("person", [])
    scene.meet(figure, one)
    return figure


def _side_named(state: State, word: str, span: tuple[int, int]) -> Figure | None:
    """The place that the words for a side themselves name: "the Karvis side"."""
    if _DEMONYM.search(word):
        return None
    at = state.scene.text.index(word, *span)
    return _named(state, at, at + len(word), "place", "the state of the side")


def side(state: State, adjective: str) -> Figure | None:
    """The state that an adjective of the page goes with, where a name of that stem stands in it."""
    stem = _ADJECTIVE.sub("", adjective)
    if len(stem) < _STEM or adjective[:1].islower():
        return None
    for form in (rf"{re.escape(stem)}(?!(?:{_NO_STATE})\b)[a-z]{{0,4}}", re.escape(adjective)):
        if found := state.find(re.compile(rf"\b{form}\b(?!\s(?:side|delegation))")):
            return _named(state, *found, "place", "the state of the side")
    return None


#: Endings after the stem of a country that make its adjective or its people.
_NO_STATE = "ian|ean|an|n|ese|ish|ite|i|ians|eans|ans|ns|ites|is"


def _fuller(state: State, raw: str) -> Figure | None:
    """The body whose full name begins with the capital words of the source: "The League", "League of Islands"."""
    words = _CAPITAL.match(raw) or _BODY.match(raw)
    head = head_of(plain(raw))
    if (
        not words
        or head in nouns().personal
        or (words.re is _BODY and head not in nouns().body | {"service", "office"})
    ):
        return None
    name = words.group(1)
    found = state.find(re.compile(rf"(?i:{re.escape(name)}){_REST}"), re.split(r"\W", name, maxsplit=1)[0])
    return _named(state, *found, "organization", "the full name of the source") if found else None


#: Words that do not stand between a name and the body that it has: "Veloria | has told the | ministry".
_NO_PART = "the|a|an|to|of|in|on|by|that|and|has|had|have|was|were|is|are|[a-z]+ed|said|told"


def _said_in_full(state: State, span: tuple[int, int], raw: str) -> Figure | None:
    """The body that the page told in full before: "the ministry" after "Veloria's foreign ministry"."""
    words = _BODY.match(raw)
    if words is None or words.group(1) not in nouns().body:
        return None
    if described(state.scene, span, None).figure:
        return None
    told = re.compile(
        rf"\b[A-Z][\w-]+(?:['’]s)?\s(?:(?!(?:{_NO_PART})\s)[a-z]+\s){{0,3}}{words.group(1)}\b"
        rf"|\b(?:[a-z]+\s){{0,2}}{words.group(1)}\sof\s(?:the\s)?[A-Z][\w-]+"
    )
    last = None
    for found in told.finditer(state.scene.text, max(0, span[0] - _TOLD_BEFORE), span[0]):
        if not _OPENING.match(found.group()) and not state.is_title(found.start()):
            last = found
    if last is None:
        return None
    return stranger(state.scene, evidence(state.page.document, *last.span()))


def _named(state: State, start: int, end: int, kind: MentionKind, why: str) -> Figure:
    """The figure of the mention there; a new one where the names of the page have none."""
    scene = state.scene
    for one in scene.mentions:
        if one.evidence.start <= start and end <= one.evidence.end:
            return scene.cast.of[one.id]
    name = evidence(state.page.document, start, end)
    one = Mention(document=name.document, evidence=name, kind=kind, reason=why, confidence=_UNSURE)
    if one.id not in scene.cast.of:
        known = next((figure for figure in state.implied if figure.fullest.evidence.exact == name.exact), None)
        figure = known or Figure(kind, [])
        scene.meet(figure, one)
        if known is None:
            state.implied.append(figure)
    return scene.cast.of[one.id]


#: How sure such a name is; an estimate.
_UNSURE = 0.7
