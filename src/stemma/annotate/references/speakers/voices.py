"""Who speaks by a document or under an honour: "the message reads", "the Emirate's denial", "His Highness"."""

from __future__ import annotations

import re
from bisect import bisect_left

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.descriptions import head_of, is_definite
from stemma.annotate.references.knowledge import nouns
from stemma.annotate.references.state import Meant, State

_OWNER = re.compile(r"(?:[Tt]he\s)?([A-Z][\w-]*(?:\s[A-Z][\w-]*){0,4})['’]s\s")
_HONOUR = re.compile(r"(?:his|her|their|h\.)\s?(?:royal\s|serene\s|imperial\s)?(\w+)")
#: Roles of those who are called by an honour.
_HONOURED = {
    "highness": re.compile(r"emir|prince|sheikh|duke|highness", re.IGNORECASE),
    "majesty": re.compile(r"king|queen|emperor|sultan|majesty", re.IGNORECASE),
    "holiness": re.compile(r"pope|patriarch|lama|holiness", re.IGNORECASE),
    "excellency": re.compile(r"president|minister|ambassador|governor|bishop|excellency", re.IGNORECASE),
}
#: Somebody described as the owner of a document; "the ministry" alone may be anybody's.
_OWNED_VOICE = re.compile(
    r"((?:[Tt]he|[Aa]n?)\s(?:[A-Z][\w-]+|(?:[\w-]+\s){1,4}[\w-]+))['’]s\s(?:[a-z-]+\s){0,2}([a-z]+)"
)
_WORD = re.compile(r"[a-z]+")
_FROM = re.compile(r"\bfrom\s(?:[\w’'-]+\s){0,9}$")
_BACK = 1_200  #: characters before a message in which it was spoken of
_NEAR = 1  #: paragraphs back in which the document was spoken of


def voice(state: State, span: tuple[int, int], words: str) -> Meant | None:
    """Whom a source means that is a document of somebody's, or his honour; None for any other source."""
    called = _HONOUR.match(words)
    if called and called.group(1) in nouns().honour:
        return _honoured(state, called.group(1), span[0])
    if head_of(words) not in nouns().voice:
        return None
    owner = _owner(state, span)
    if owner:
        return Meant((owner,), "description", "whose words they are")
    start, figures = state.spoken.last(span[0])
    gap = state.gap(start, span[0])
    if not is_definite(words):
        return None
    if len(figures) == 1 and gap is not None and gap[0] <= _NEAR and figures[0].kind != "work":
        return Meant(figures, "description", "whose words they are")
    sender = _sender(state, head_of(words), span[0])
    return Meant((sender,), "description", "who sent it") if sender else None


def owned_voice(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """Where the words stand for whose document a source is: "The observer mission's preliminary statement"."""
    owned = _OWNED_VOICE.fullmatch(text, *span)
    return owned.span(1) if owned and owned[2] in nouns().voice else None


def sent_before(state: State, at: int) -> Meant | None:
    """Who sent the message that "it" takes up, where the sentence before tells of one."""
    here = state.scene.place(at)
    if here is None or here.sentence == 0:
        return None
    start, end, _ = state.scene.spans[here.sentence - 1]
    words = _WORD.findall(state.scene.text[start:end].lower())
    noun = next((word for word in words if word in nouns().voice), None)
    sender = _sender(state, noun, at) if noun else None
    return Meant((sender,), "description", "who sent it") if sender else None


def _sender(state: State, noun: str, at: int) -> Figure | None:
    """Who sent a message that was told of before: the name after "from", else the subject of that sentence."""
    scene = state.scene
    floor = max(0, at - _BACK)
    place = scene.text[floor : at - 1].lower().rfind(noun)
    place = place + floor if place >= 0 else -1
    told = scene.place(place) if place >= 0 else None
    if told is None:
        return None
    first, last = bisect_left(scene.mention_starts, told.start), bisect_left(scene.mention_starts, told.end)
    inside = [one for one in scene.mentions[first:last] if one.kind != "place"]
    after = [
        one for one in inside if one.evidence.start > place and _FROM.search(scene.text, place, one.evidence.start)
    ]
    subjects = [one for one in inside if one.evidence.start < place and scene.subjecthood(one) > 0]
    best = min(after, key=lambda one: one.evidence.start, default=None) or max(
        subjects, key=lambda one: (scene.subjecthood(one), -one.evidence.start), default=None
    )
    return scene.cast.of[best.id] if best else None


def _owner(state: State, span: tuple[int, int]) -> Figure | None:
    owned = _OWNER.match(state.scene.text, *span)
    if owned is None:
        return None
    words = plain(owned.group(1))
    fitting = [one for one in state.scene.cast.figures if words in plain(one.fullest.evidence.exact)]
    return fitting[0] if fitting else None


def _honoured(state: State, honour: str, at: int) -> Meant | None:
    """The last person named before who may be called so, by his role; else the last one who has any."""
    people = [one for one in state.scene.cast.figures if one.kind == "person" and one.starts[0] < at]
    people.sort(key=lambda one: max(start for start in one.starts if start < at))
    for fits in (_HONOURED[honour].search, bool):
        for figure in reversed(people):
            if any(fits(role) for role in figure.roles):
                return Meant((figure,), "description", "his honour")
    return Meant((people[-1],), "description", "his honour") if people else None
