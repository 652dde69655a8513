"""Speakers without a name: each a figure of the page, found again where the page takes him up."""

from __future__ import annotations

import re
from itertools import chain

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.antecedents import Scene
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.descriptions import head_of, is_definite, specific
from stemma.annotate.references.knowledge import nouns
from stemma.annotate.references.state import State
from stemma.records import Evidence, Mention, MentionKind, Statement, evidence

_PLURAL = re.compile(
    r"(?:several|some|many|few|most|both|all|other|others|two|three|four|five|six|seven|dozens|certain)\b"
)
#: Endings of nouns of persons: "docker", "resident", "engineer".
_AGENT = ("er", "or", "ist", "ian", "man", "ee", "woman", "person", "crat")
_WORDS = re.compile(r"[a-z]+")
_SHORT = 4  #: letters of a word that is too short to be formed by such an ending
_OWNED = re.compile(r"['’]s\s|\bof\b")
#: A name that was not told for one: the label of a turn, mostly.
_CAPITALS = re.compile(r"(?:(?:[A-Z][\w.’'-]*|(?:al|el|bin|bint|de|del|der|di|da|la|le|van|von|y)[-\s]?)\s?)+")
_LATIN = re.compile(r"[a-z]")
_FAR = 40  #: strangers back that are looked at


def stranger(scene: Scene, anchor: Evidence, *, whole: bool = False, fresh: bool = False) -> Figure | None:
    """The figure that a description stands for: the one described so before, else a new one; None for "nobody".

    ``whole``: what comes after it counts too, as for a headline; ``fresh``: always a new one.
    """
    words = plain(anchor.exact).strip(" .,:;")
    if not is_description(words):
        return None
    known = again(scene, anchor, words, whole=whole) if not fresh and (whole or is_definite(words)) else None
    if known:
        scene.meet(known, _mention(anchor, words))
        return known
    figure = Figure(kind_of(words), [], gender=_gender(words), is_named=False, is_many=is_many(words))
    scene.meet(figure, _mention(anchor, words))
    scene.strangers.append(figure)
    return figure


def described_by(anchor: Evidence) -> Figure | None:
    """A figure of a description that the page has not met: see ``introduce``; None for "nobody"."""
    words = plain(anchor.exact).strip(" .,:;")
    if not is_description(words):
        return None
    one = _mention(anchor, words)
    figure = Figure(one.kind, [one], gender=_gender(words), is_named=False, is_many=is_many(words))
    figure.starts.append(anchor.start)
    return figure


def introduce(scene: Scene, figure: Figure) -> None:
    """Let the page meet a figure that was only described."""
    (one,) = figure.mentions
    figure.mentions, figure.starts = [], []
    scene.meet(figure, one)
    scene.strangers.append(figure)


def is_description(words: str) -> bool:
    """Whether the words describe somebody, and in English: those alone are read."""
    known = nouns()
    empty = words in known.empty or words.split(" ", maxsplit=1)[0] in known.foreign
    return not empty and _LATIN.search(words) is not None


def meet_again(scene: Scene, figure: Figure, anchor: Evidence) -> None:
    """Keep that a description takes up a stranger told of before."""
    scene.meet(figure, _mention(anchor, plain(anchor.exact).strip(" .,:;")))


def _mention(anchor: Evidence, words: str) -> Mention:
    kind = kind_of(words)
    if kind == "work" and _CAPITALS.fullmatch(anchor.exact) and head_of(words) not in nouns().document:
        kind = "person"
    return Mention(document=anchor.document, evidence=anchor, kind=kind, named=False, reason="described, not named")


def kind_of(words: str) -> MentionKind:
    """What a description stands for, by its noun: a person where nothing says otherwise."""
    head, known = head_of(words), nouns()
    single = single_of(head)
    if single in known.outlet or head in {"media", "press", "television", "tv", "radio"}:
        return "outlet"
    if single in known.body or head in known.body:
        return "organization"
    if is_people(words):
        return "person"
    return "work" if single in known.document or _OWNED.search(words) or not is_many(words) else "person"


def single_of(noun: str) -> str:
    """A noun without the "s" of the plural; "witness" and "boss" have none."""
    return noun if noun.endswith("ss") else noun.removesuffix("s")


def is_people(words: str) -> bool:
    """Whether the noun of a description is one of persons."""
    head = head_of(words)
    single = single_of(head)
    agent = single.endswith(_AGENT) and len(single) > _SHORT and single not in nouns().document
    known = nouns()
    return single in known.person or single in known.trades or head in known.crowd or agent or head.endswith("-old")


def is_many(words: str) -> bool:
    """Whether a description stands for several: "two people", "the engineers"."""
    head = head_of(words)
    counted = _PLURAL.match(words.removeprefix("the ")) is not None
    return counted or (head.endswith("s") and not head.endswith("ss")) or head in {"people", "staff", "police", "media"}


def _gender(words: str) -> str | None:
    head = head_of(words)
    if head.endswith("woman") or head in nouns().feminine:
        return "f"
    return "m" if (head.endswith("man") and head != "chairman") or head in nouns().masculine else None


def again(scene: Scene, anchor: Evidence, words: str, *, whole: bool) -> Figure | None:
    """The last stranger before whom the words describe again: of like noun, and not of another country or office."""
    head, told = head_of(words), specific(anchor.exact)
    for figure in reversed(scene.strangers[-_FAR:]):
        first = figure.mentions[0].evidence
        if first.start >= anchor.start and not whole:
            continue
        before = plain(first.exact)
        theirs = head_of(before)
        if head in {"man", "woman"} and figure.kind == "person" and figure.gender in {_gender(words), None}:
            return figure
        general = head in nouns().general and theirs in nouns().same.get(head, ())
        alike = head == theirs or general or {head, theirs} == {"tv", "television"}
        if (
            alike
            and _content(words, head) <= set(_WORDS.findall(before))
            and is_many(words) == figure.is_many
            and all(word in before for word in told)
        ):
            return figure
    return None


#: Outlets that nobody names: "state media", "the local press", "a neighbourhood channel".
_UNNAMED_OUTLET = re.compile(
    r"\b(?:told|telling|by|to|citing|quoting|with|in|on)\s"
    r"((?!(?:the\s)?(?:press|media)\b|(?:[\w-]+\s)?social\smedia\b|(?:this|our|my|his|her)\s|live\s|paper\b)"
    r"(?:(?:the|a|an|some|their|several)\s)?(?:[\w-]+\s){0,2}?"
    r"(?:(?:radio|television|TV)\s(?:programme|program|show)|media|press|television|TV|radio|broadcaster|newspapers?"
    r"|paper|channel|news agenc(?:y|ies)|outlets?|daily"
    r"|weekly)\b)"
    r"(?!\s(?:conference|briefing|release|service|office|secretary|statement|freedom|card|interview|debate|address"
    r"|appearance|speech|show|programme|program|phone-in|report|bulletin|call|session|campaign|crew|query|queries"
    r"|request|question|note|log|book|host|presenter|interviewer|reporter|journalist|club|account|update|column"
    r"|department|corps|pool|tour|review|event|attach[ée])s?\b)"
)
#: Who passes on another's words: "said through his solicitor".
_GO_BETWEEN = re.compile(
    r"(?:through|via)\s((?:his|her|its|their|a|an|the)\s(?:[\w-]+\s){0,2}?(?:spokes(?:man|woman|person)|lawyers?|solicitors?"
    r"|attorneys?|counsel|publicist|agent|aide|assistant|adviser|secretary|representative|intermediary"
    r"|press office|office|union|embassy|family)\b)"
)
_BREAK = re.compile(r"[.;\n]")
_NAME_BEHIND = 3  #: characters behind such an outlet where its name begins: "the newspaper “Sarva”"
_CLAUSE = 80  #: characters around a cue in which an outlet without a name is looked for


def _content(words: str, head: str) -> set[str]:
    """The words before the noun that set it apart: "the parliamentary press service"."""
    return set(_WORDS.findall(words.split(head, 1)[0] if head else words)) - nouns().plain


def told_outlets(state: State, statement: Statement) -> None:
    """A stranger for each outlet without a name that the clause says was told or quoted: "told state media"."""
    if not statement.cue or statement.kind == "transcript":
        return
    text, said = state.scene.text, [(piece.start, piece.end) for piece in (*statement.content, *statement.source)]
    start, end = max(0, statement.cue[0].start - _CLAUSE), statement.cue[-1].end + _CLAUSE
    for found in chain(_UNNAMED_OUTLET.finditer(text, start, end), _GO_BETWEEN.finditer(text, start, end)):
        first, last = found.span(1)
        inside = any(begin <= first < stop for begin, stop in said)
        names = any(first <= at < last + _NAME_BEHIND for at in state.scene.mention_starts)
        breaks = _BREAK.search(text, min(first, statement.cue[0].start), max(last, statement.cue[0].end))
        if not inside and not names and not breaks:
            passed = evidence(state.page.document, first, last)
            figure = stranger(state.scene, passed, fresh=found.re is _GO_BETWEEN)
            state.carriers.update([figure.fullest.id] if figure else ())
