"""Names in a source: which of them speak, and which only stand beside who does."""

from __future__ import annotations

import re
from bisect import bisect_left

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.antecedents import Scene
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.knowledge import nouns
from stemma.records import Mention

_OWNER = re.compile(r"['’]s?\s")
_OF = re.compile(r"\b(?:of|for|to|with|by|from|at|in|on|against|near|under|behind|about|who|whom|whose|which|that)\b")
#: What gives a name to whom it describes: "a docker who gave his name only as Kwak".
_NAMED = re.compile(r"\b(?:named|called|(?:identified|known|name)(?: only| simply)? (?:only )?as)\s+$")
JOINT = re.compile(r",?\s*(?:and|&|,)\s*(?:the\s)?")
_JOINT_ROLE = re.compile(r"(?:,[^,.;]{1,90},?)?(?:,|,?\s+and|\s+&)\s+(?:[\w’'.-]+\s+){1,12}")
#: "Minister of | Trade Ana Holt": what an office is of may stand at the front of what was taken for a name.
_OFFICE_OF = re.compile(
    r"\b(?:[Pp]resident|[Mm]inister|[Ss]ecretary|[Cc]hairman|[Gg]overnor|[Mm]ayor|[Hh]ead) of (?:the )?$"
)
#: A role that is another's: "spokesperson for Dr. Holt".
_FOR_SOMEBODY = re.compile(
    r"\bfor (?:the )?(?:Mr|Mrs|Ms|Dr|Prof|Sir|Lady|Lord|Sen|Gen|Col|Capt|Judge|President|Prince|Princess|King"
    r"|Queen)\.?$"
)
#: Whom an office is told of before his name, between commas: "The Premier of Karvis, | Ana Holt".
_APPOSED = re.compile(
    r"\b(?i:president|minister|secretary|chair\w*|governor|mayor|head|premier|ambassador|envoy|leader|director|chief|bishop"
    r"|archdeacon|commander|spokes\w+|representative|prosecutor|judge|commissioner|speaker|master|owner)\b"
    r"[^,;:]*,\s((?:the\s)?(?:[A-Z][\w.]*\s)*)$"
)
#: "people close to | Ms. Holt".
_TO_SOMEBODY = re.compile(r"\b(?:of|for|to|with|by|against|near|under|behind|about)\s*$")
#: "the Holt | campaign", "the Holt | peace commission".
_NOUN_BEHIND = re.compile(r"\s(?:[a-z]+\s)?([a-z]+)")
_FOLLOWERS = frozenset({"campaign", "camp", "team", "administration", "estate", "family", "side", "clan", "inquiry"})
#: Documents of findings, which speak for themselves: "a Sarva News survey found".
_FINDINGS = frozenset({"survey", "poll", "study"})
#: After these a name is another's: "Holt, mother of the engineer Varga".
_HANGING = (" of", " for", " to", " with", " by")
_AFTER_BODY = frozenset({"citing", "in", "on", "and", "which", "at", "of", "here", "there"})
_LONG = 3  #: words of such a name
_MOST_BEFORE = 5  #: words before a body that is the source: "the North Korean state news agency SARVA"


def named(scene: Scene, span: tuple[int, int]) -> tuple[Figure, ...]:
    """The figures that the source names as those who speak; several only where their names are joined."""
    first, last = bisect_left(scene.mention_starts, span[0]), bisect_left(scene.mention_starts, span[1])
    inside = [one for one in scene.mentions[first:last] if one.evidence.end <= span[1]]
    people = [one for one in inside if one.kind == "person" and not _is_owned(scene.text, one, span)]
    heads = _speaking(scene.text, people, span[0], inside)
    if heads:
        return _joined(scene, heads)
    bodies = [
        one
        for one in inside
        if one.kind != "person" and _heads_source(scene.text, one, _alone(scene, one, inside, span))
    ]
    return _joined(scene, bodies[:1] if not bodies or bodies[0].kind == "work" else bodies) if bodies else ()


def _speaking(text: str, people: list[Mention], start: int, inside: list[Mention]) -> list[Mention]:
    """The persons who speak: who neither hangs nor is joined by "and" to one who does: "a bench of Holt and Varga"."""
    heads: list[Mention] = []
    before: Mention | None = None  #: the one before, where it hangs
    for one in people:
        joined = before is not None and _AND_ROLE.fullmatch(text, before.evidence.end, one.evidence.start) is not None
        if joined or hangs(text, one, start, inside):
            before = one
        else:
            heads.append(one)
            before = None
    return heads


_AND_ROLE = re.compile(r",?\s(?:and|&)\s(?:[\w’'.-]+\s){0,4}")


def named_behind(scene: Scene, span: tuple[int, int]) -> Figure | None:
    """Who is described and named right behind: "a spokesman, who gave his name only as | Abu Harith"."""
    behind = _NAMED_BEHIND.match(scene.text, span[1])
    first = bisect_left(scene.begins, behind.end()) if behind else len(scene.begins)
    named_there = first < len(scene.begins) and behind is not None and scene.begins[first] == behind.end()
    return scene.cast.of[scene.people[first].id] if named_there else None


_NAMED_BEHIND = re.compile(
    r",? (?:who (?:(?:gave|has given) (?:his|her) name (?:only |simply )?as|is (?:named|called)"
    r"|(?:was )?identified (?:himself |herself )?(?:only |simply )?as)|whom [a-z]+ identified as"
    r"|(?:named|identified|known)(?: only| simply)? as|named|called) "
)


def _alone(scene: Scene, one: Mention, inside: list[Mention], span: tuple[int, int]) -> tuple[int, int]:
    """The part of the source that is about one name: without those that "and" or a comma joins to it."""
    start, end = span
    for other in inside:
        left, right = sorted((one.evidence, other.evidence), key=lambda piece: piece.start)
        if other is not one and JOINT.fullmatch(scene.text, left.end, right.start):
            start, end = (one.evidence.start, end) if left is other.evidence else (start, one.evidence.end)
    return start, end


def _is_owned(text: str, one: Mention, span: tuple[int, int]) -> bool:
    """Whether a name only owns what speaks, or sets it apart: "Maren Holt's lawyer", "the Holt campaign"."""
    if one.evidence.end >= span[1]:
        return False
    after = _NOUN_BEHIND.fullmatch(text, one.evidence.end, span[1])
    return _OWNER.match(text, one.evidence.end) is not None or (after is not None and _is_of_name(after[1]))


def _is_of_name(noun: str) -> bool:
    """Whether a noun right behind a name is what speaks: "the Holt commission", "a Holt adviser"."""
    known = nouns()
    return noun in known.personal | known.body | known.document | _FOLLOWERS or noun.removesuffix("s") in known.personal


def hangs(text: str, one: Mention, start: int, inside: list[Mention]) -> bool:
    """Whether a preposition stands between the head of the source and a person: "a spokesman for Maren Holt"."""
    edge = max([start, *(other.evidence.end for other in inside if other.evidence.end <= one.evidence.start)])
    if one.role and _FOR_SOMEBODY.search(one.role):
        return True
    between = text[edge : one.evidence.start]
    if one.role and between.strip().endswith(one.role[-12:]):
        return _TO_SOMEBODY.search(between.strip().removesuffix(one.role)) is not None
    if apposed := _APPOSED.search(between):
        between = apposed.group(1)
    if _OFFICE_OF.search(between) and len(one.evidence.exact.split()) >= _LONG and one.kind == "person":
        return False
    return _OF.search(between) is not None and _NAMED.search(between) is None


def _heads_source(text: str, one: Mention, span: tuple[int, int]) -> bool:
    """Whether a body or place is the source itself, with no more than an article and its noun around it."""
    before = plain(text[span[0] : one.evidence.start]).strip().split()
    after = plain(text[one.evidence.end : span[1]]).strip(" .,'’\"”)(").removeprefix("s ").split()
    if len(before) > _MOST_BEFORE or nouns().personal.intersection(before) or _OF.search(" ".join(before)):
        return False
    if text[one.evidence.end : span[1]].lstrip().startswith("("):
        return True
    if not after or after[0] in _AFTER_BODY:
        return True
    return (
        after[-1] in nouns().document - _FINDINGS
        or after[0].startswith("(")
        or (one.kind != "place" and after[0] in nouns().outlet | nouns().body)
    )


def _joined(scene: Scene, heads: list[Mention]) -> tuple[Figure, ...]:
    """The first head, and those that "and" or a comma joins to it."""
    kept = [heads[0]]
    for one in heads[1:]:
        between = scene.text[kept[-1].evidence.end : one.evidence.start]
        rest = between.strip().removesuffix(one.role or "").rstrip()
        hanging = rest.endswith(_HANGING)
        if hanging or not (JOINT.fullmatch(between) or (one.role and _JOINT_ROLE.fullmatch(between))):
            break
        kept.append(one)
    figures = [scene.cast.of[one.id] for one in kept]
    return tuple(
        figure for place, figure in enumerate(figures) if not any(figure is other for other in figures[:place])
    )
