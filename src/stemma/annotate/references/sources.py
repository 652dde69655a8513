"""The speaker behind every source, and the person behind every other "he" and "she"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.antecedents import PRONOUN, Choice, Lately, Scene, rank
from stemma.annotate.references.cast import Figure, assemble, name_words
from stemma.annotate.references.descriptions import described, head_of, is_description, is_realm
from stemma.annotate.references.knowledge import nouns
from stemma.records import Evidence, Mention, Page, Reference, Statement, evidence

#: A lead over the second choice below which a pronoun is left open.
_MARGIN = 0.35
#: Weight below which the best choice is no evidence at all.
_LEAST = -0.6
_CONFIDENCE = {
    "name": 0.95,
    "pronoun": 0.85,
    "description": 0.8,
    "no subject": 0.75,
    "first person": 0.8,
    "relative": 0.8,
    "issuer": 0.7,
    "joint": 0.75,
}
_OWNER = re.compile(r"['’]s?\s")
_OF = re.compile(r"\b(?:of|for|to|with|by|from|at|in|on|against|near|under|behind|about|who|whom|whose|which|that)\b")
_RIGHT_BEFORE = re.compile(r",?\s*")
#: A definite phrase that ends right before a relative pronoun: "the minister, who", "the agency which".
_NOUN_PHRASE = re.compile(r"\b((?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) (?:[\w'’-]+ ){0,5}[\w'’-]+),?\s*$")
_LONGEST_PHRASE = 300  #: characters of seven words and more: a search for what ends here is not to begin far before
#: What gives a name to whom it describes: "a docker who gave his name only as Kwak".
_NAMED = re.compile(r"\b(?:named|called|(?:identified|known|name)(?: only| simply)? (?:only )?as)\s+$")
_JOINT = re.compile(r",?\s*(?:and|&|,)\s*")
_JOINT_ROLE = re.compile(r"(?:,[^,.;]{1,90},?)?(?:,|,?\s+and|\s+&)\s+(?:[\w’'.-]+\s+){1,12}")
_INDEFINITE = frozenset({"a", "an", "one", "another"})
_AGENT = ("er", "or", "ist", "ian", "man", "ant", "ent", "ee")  #: endings of nouns of persons: "docker", "resident"
_MOST_BEFORE = 5  #: words before a body that is the source: "the North Korean state news agency SARVA"
_ECHO_REACH = 2  #: sentences over which one "he" speaks for the next
_OUTSIDE_SOURCE = 0.4  #: share of its weight that the last speaker keeps for a pronoun that is no source
_SUBJECTLESS_REACH = 2  #: paragraphs back in which the unworded subject of a participle is looked for


@dataclass(slots=True)
class Speakers:
    """Who has spoken so far: by statement, in order."""

    by_statement: dict[str, tuple[Figure, ...]] = field(default_factory=dict)
    order: list[tuple[int, int, tuple[Figure, ...]]] = field(default_factory=list)
    people: list[tuple[int, int, Figure]] = field(default_factory=list)
    strangers: list[int] = field(default_factory=list)
    left_open: set[tuple[int, int]] = field(default_factory=set)

    def note(self, statement: Statement, start: int, figures: tuple[Figure, ...]) -> None:
        """Keep who speaks at an offset, in order of place."""
        self.by_statement[statement.id] = figures
        if figures:
            insort(self.order, (start, len(self.order), figures))
        for figure in figures:
            if figure.kind == "person":
                insort(self.people, (start, len(self.people), figure))

    def stranger(self, at: int) -> int:
        """Where the last unnamed person who spoke before an offset stands; -1 for none."""
        number = bisect_left(self.strangers, at)
        return self.strangers[number - 1] if number else -1

    def before(self, at: int) -> Figure | None:
        """The last person who spoke before an offset."""
        number = bisect_left(self.people, (at,))
        return self.people[number - 1][2] if number else None

    def last(self, at: int) -> tuple[int, tuple[Figure, ...]]:
        """Where the last speakers before an offset were named, and who they are, bodies and joint ones included."""
        number = bisect_left(self.order, (at,))
        return (self.order[number - 1][0], self.order[number - 1][2]) if number else (-1, ())


@dataclass(frozen=True, slots=True)
class Meant:
    """The figures that a source means, and the rule that told it."""

    figures: tuple[Figure, ...]
    rule: str
    detail: str
    confidence: float | None = None


_NOBODY = Meant((), "", "")


def references(page: Page, mentions: Sequence[Mention], statements: Sequence[Statement]) -> tuple[Reference, ...]:
    """References of the sources of statements, then of the pronouns of third persons elsewhere.

    ``anaphor`` is the first piece of the source, or of the cue, or of the content where nothing else is
    worded. A statement whose speaker is not clear has none; a joint source has several.
    """
    scene = Scene(page, assemble(mentions))
    speakers = Speakers()
    found: dict[tuple[int, int, str], Reference] = {}
    barred = Quotations(statements)
    for statement in sorted(statements, key=_anchor_place):
        meant = _speaker(scene, statement, speakers, barred)
        anchor = _anchor(statement)
        speakers.note(statement, anchor.start, meant.figures)
        if not meant.figures and statement.source and is_stranger(plain(statement.source[0].exact)):
            insort(speakers.strangers, anchor.start)
        for one in _told(anchor, meant):
            found[one.anaphor.start, one.anaphor.end, one.antecedent] = one
    for one in _pronouns(page, scene, speakers, barred, {key[:2] for key in found} | speakers.left_open):
        found[one.anaphor.start, one.anaphor.end, one.antecedent] = one
    for one in _short_forms(page, scene):
        found.setdefault((one.anaphor.start, one.anaphor.end, one.antecedent), one)
    return tuple(found[key] for key in sorted(found, key=lambda key: key[:2]))


def _anchor(statement: Statement) -> Evidence:
    return (statement.source or statement.cue or statement.content)[0]


def _anchor_place(statement: Statement) -> tuple[bool, int, int, str]:
    """In order of place; those of an "I" last, since whose words stand around it must be known first."""
    source = plain(statement.source[0].exact) if statement.source else ""
    return (source in nouns().first_person, _anchor(statement).start, statement.depth, statement.id)


def _told(anchor: Evidence, meant: Meant) -> Iterator[Reference]:
    confidence = meant.confidence or _CONFIDENCE[meant.rule] if meant.figures else 0.0
    for figure in meant.figures:
        reason = f"{meant.rule}: {meant.detail}" if meant.detail else f"{meant.rule} in the source"
        yield Reference(
            document=anchor.document, anaphor=anchor, antecedent=figure.fullest.id, reason=reason, confidence=confidence
        )


class Quotations:
    """Spans inside quotation marks, in order, each with the statement whose words they are."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.spans = sorted(_quoted(statements))
        self.reach = list(accumulate((end for _, end, _ in self.spans), max))

    def around(self, at: int) -> Iterator[str]:
        """The statements whose quoted words stand around an offset."""
        number = bisect_left(self.spans, (at,))
        while number and self.reach[number - 1] > at:
            number -= 1
            if self.spans[number][1] > at:
                yield self.spans[number][2]


def _quoted(statements: Sequence[Statement]) -> list[tuple[int, int, str]]:
    return [
        (piece.start, piece.end, one.id)
        for one in statements
        for piece in one.content
        if one.kind in {"direct", "transcript", "full-text"} or piece.exact[:1] in '"“«„'
    ]


def _speaker(
    scene: Scene,
    statement: Statement,
    speakers: Speakers,
    barred: Quotations,
) -> Meant:
    """Whom the source of a statement means."""
    if not statement.source:
        return _unworded(scene, statement, speakers)
    span = (statement.source[0].start, statement.source[-1].end)
    words = plain(statement.source[0].exact).split()
    if not words:
        return _NOBODY
    word = words[0].strip(",.:;")
    if len(words) == 1 and word in nouns().first_person:
        outer = speakers.by_statement.get(statement.within or "", ()) or tuple(_silent(span[0], barred, speakers))
        return Meant(outer, "first person", "speaker of the words around it") if len(outer) == 1 else _NOBODY
    if word == "they" and len(words) == 1:
        return _same_two(scene, span[0], speakers)
    if len(words) == 1 and word in nouns().relative:
        return _relative(scene, span[0], word, speakers)
    if len(words) == 1 and word in nouns().male | nouns().female:
        return _pronoun(scene, span, speakers, _silent(span[0], barred, speakers))
    named = _named(scene, span)
    if named:
        return Meant(
            named, "joint" if len(named) > 1 else "name", "names joined in the source" if len(named) > 1 else ""
        )
    return _described(scene, span, speakers)


def _relative(scene: Scene, at: int, word: str, speakers: Speakers) -> Meant:
    """Whom "who" or "which" means: the name right before it (its apposition may stand between), or the description."""
    place = scene.place(at)
    number = bisect_left(scene.mention_starts, at) - 1
    if place is None:
        return _NOBODY
    noun = _NOUN_PHRASE.search(scene.text, max(place.start, at - _LONGEST_PHRASE), at)
    for one in reversed(scene.mentions[max(0, number - 2) : number + 1]):
        between = scene.text[one.evidence.end : at]
        apposed = one.role is not None and between.strip(" ,") == one.role
        adjacent = _RIGHT_BEFORE.fullmatch(between) is not None and not _hangs(scene.text, one, place.start, [])
        if one.evidence.start >= place.start and (one.kind == "person") == (word != "which") and (apposed or adjacent):
            return Meant((scene.cast.of[one.id],), "relative", "the name before it")
    if noun is None or word == "that":
        return _NOBODY
    meant = _described(scene, noun.span(1), speakers)
    return Meant(meant.figures, "relative", meant.detail) if meant.figures else _NOBODY


def _silent(at: int, barred: Quotations, speakers: Speakers) -> list[Figure]:
    """Speakers of the quotations around an offset: they do not mean themselves by "he"."""
    return [figure for one in barred.around(at) for figure in speakers.by_statement.get(one, ())]


def _pronoun(scene: Scene, span: tuple[int, int], speakers: Speakers, silent: list[Figure]) -> Meant:
    spoken = speakers.before(span[0])
    choices = rank(scene, *span, lately=Lately(spoken), barred=silent)
    if not _is_clear(choices):
        return _NOBODY
    figure = choices[0].figure
    if _is_strangers(scene, span[0], figure, speakers):
        speakers.left_open.add(span)
        return _NOBODY
    return Meant(
        (figure,), "pronoun", "last speaker" if figure is spoken else "nearest fitting person", _sureness(choices)
    )


def is_stranger(words: str) -> bool:
    """Whether a source is a person who is not named: "a docker", "one engineer in Karvis"."""
    known, head = nouns(), head_of(words)
    if words.split(" ", 1)[0] not in _INDEFINITE or head in known.document | known.outlet | known.body:
        return False
    return head in known.personal or head.endswith(_AGENT)


def _is_strangers(scene: Scene, at: int, figure: Figure, speakers: Speakers) -> bool:
    """Whether an unnamed person ("a docker") spoke in this paragraph after the figure was last named or heard."""
    stranger = speakers.stranger(at)
    here, there = scene.place(at), scene.place(stranger)
    if here is None or there is None or here.paragraph != there.paragraph:
        return False
    named = figure.starts[bisect_left(figure.starts, at) - 1] if figure.starts[0] < at else -1
    heard = speakers.last(at)[0] if any(figure is one for one in speakers.last(at)[1]) else -1
    return max(named, heard) < stranger


def _is_clear(choices: list[Choice]) -> bool:
    if not choices or choices[0].weight < _LEAST:
        return False
    return len(choices) == 1 or choices[0].weight - choices[1].weight >= _MARGIN


def _sureness(choices: list[Choice]) -> float:
    """Confidence from the lead over the second choice: .6 for a narrow one, .95 for one of three and more."""
    lead = choices[0].weight - choices[1].weight if len(choices) > 1 else 3.0
    return round(min(0.95, 0.6 + 0.12 * lead), 2)


def _named(scene: Scene, span: tuple[int, int]) -> tuple[Figure, ...]:
    """The figures that the source names as those who speak; several only where their names are joined."""
    first, last = bisect_left(scene.mention_starts, span[0]), bisect_left(scene.mention_starts, span[1])
    inside = [one for one in scene.mentions[first:last] if one.evidence.end <= span[1]]
    people = [one for one in inside if one.kind == "person" and not _is_owned(scene.text, one, span)]
    heads = [one for one in people if not _hangs(scene.text, one, span[0], inside)]
    if heads:
        return _joined(scene, heads)
    bodies = [one for one in inside if one.kind != "person" and _heads_source(scene.text, one, span)]
    return _joined(scene, bodies[:1] if not bodies or bodies[0].kind == "work" else bodies) if bodies else ()


def _is_owned(text: str, one: Mention, span: tuple[int, int]) -> bool:
    """Whether a name only owns what speaks: "Maren Holt's lawyer"."""
    return one.evidence.end < span[1] and _OWNER.match(text, one.evidence.end) is not None


def _hangs(text: str, one: Mention, start: int, inside: list[Mention]) -> bool:
    """Whether a preposition stands between the head of the source and a person: "a spokesman for Maren Holt"."""
    edge = max([start, *(other.evidence.end for other in inside if other.evidence.end <= one.evidence.start)])
    if one.role and text[edge : one.evidence.start].strip().endswith(one.role[-12:]):
        return False
    between = text[edge : one.evidence.start]
    return _OF.search(between) is not None and _NAMED.search(between) is None


def _heads_source(text: str, one: Mention, span: tuple[int, int]) -> bool:
    """Whether a body or place is the source itself, with no more than an article and its noun around it."""
    before = plain(text[span[0] : one.evidence.start]).strip().split()
    after = plain(text[one.evidence.end : span[1]]).strip(" .,'’\"”)(").removeprefix("s ").split()
    if len(before) > _MOST_BEFORE or nouns().personal.intersection(before) or _OF.search(" ".join(before)):
        return False
    if not after or after[0] in {"citing", "in", "on", "and", "which", "at", "of"}:
        return True
    return (
        after[-1] in nouns().document
        or after[0].startswith("(")
        or (one.kind != "place" and after[0] in nouns().outlet | nouns().body)
    )


def _joined(scene: Scene, heads: list[Mention]) -> tuple[Figure, ...]:
    """The first head, and those that "and" or a comma joins to it."""
    kept = [heads[0]]
    for one in heads[1:]:
        between = scene.text[kept[-1].evidence.end : one.evidence.start]
        if not (_JOINT.fullmatch(between) or (one.role and _JOINT_ROLE.fullmatch(between))):
            break
        kept.append(one)
    figures = [scene.cast.of[one.id] for one in kept]
    return tuple(
        figure for place, figure in enumerate(figures) if not any(figure is other for other in figures[:place])
    )


def _described(scene: Scene, span: tuple[int, int], speakers: Speakers) -> Meant:
    words = plain(scene.text[span[0] : span[1]])
    if any(words.startswith(joint) for joint in nouns().joint):
        return _both(scene, words, span[0])
    if not is_description(words):
        return _NOBODY
    figure, detail = described(scene, words, span, speakers.before(span[0]))
    return Meant((figure,), "description", detail) if figure else _NOBODY


def _both(scene: Scene, words: str, at: int) -> Meant:
    """The two that "the two leaders" or "the two sides" are; nobody where more or fewer were named."""
    before = [figure for figure in scene.cast.figures if figure.mentions[0].evidence.start < at]
    if words.endswith(("sides", "parties")):
        states = [figure for figure in scene.cast.figures if is_realm(figure)]
        if len(states) == 2:
            return Meant(tuple(states), "joint", "the two states of the page")
    people = [figure for figure in before if figure.kind == "person"]
    return Meant(tuple(people), "joint", "the two persons named so far") if len(people) == 2 else _NOBODY


def _same_two(scene: Scene, at: int, speakers: Speakers) -> Meant:
    """Whom "they" means: the joint speakers of the words before, in one paragraph."""
    start, figures = speakers.last(at)
    here, there = scene.place(at), scene.place(start)
    near = here is not None and there is not None and here.paragraph == there.paragraph
    return Meant(figures, "joint", "pronoun of joint speakers") if near and len(figures) > 1 else _NOBODY


def _unworded(scene: Scene, statement: Statement, speakers: Speakers) -> Meant:
    """No source: the last speaker for a participle, the issuer for a full text."""
    at = _anchor(statement).start
    if statement.kind in {"full-text", "transcript"}:
        return _issuer(scene, at)
    if statement.within:
        return _NOBODY
    start, figures = speakers.last(at)
    here, there = scene.place(at), scene.place(start)
    if not figures or here is None or there is None or here.paragraph - there.paragraph > _SUBJECTLESS_REACH:
        return _NOBODY
    return Meant(figures[-1:], "no subject", "speaker of the sentence before")


def _issuer(scene: Scene, at: int) -> Meant:
    """Who issues a full text: the last subject before it, a person before a body."""
    before = [
        one
        for figure in scene.cast.figures
        for one in figure.mentions
        if one.evidence.end <= at and scene.place(one.evidence.start)
    ]
    before.sort(key=lambda one: (one.kind == "person", scene.subjecthood(one), one.evidence.start))
    candidates = [one for one in before if one.kind in {"person", "organization"}]
    return Meant((scene.cast.of[candidates[-1].id],), "issuer", "named before the text") if candidates else _NOBODY


def _pronouns(
    page: Page, scene: Scene, speakers: Speakers, barred: Quotations, taken: set[tuple[int, int]]
) -> Iterator[Reference]:
    """References of the other pronouns of third persons in the prose."""
    echo: dict[bool, tuple[int, Figure]] = {}
    for number, match in _outside(scene, taken):
        silent = _silent(match.start(), barred, speakers)
        feminine = match.group().lower() in nouns().female
        last, figure = echo.get(feminine, (-9, None))
        spoken = None if silent else speakers.before(match.start())
        lately = Lately(spoken, _OUTSIDE_SOURCE, figure if number - last <= _ECHO_REACH else None)
        choices = rank(scene, *match.span(), lately=lately, barred=silent)
        if choices and choices[0].weight >= _LEAST:
            echo[feminine] = (number, choices[0].figure)
            yield Reference(
                document=page.document.id,
                anaphor=evidence(page.document, *match.span()),
                antecedent=choices[0].figure.fullest.id,
                reason="pronoun: nearest fitting person",
                confidence=_sureness(choices),
            )


def _outside(scene: Scene, taken: set[tuple[int, int]]) -> Iterator[tuple[int, re.Match[str]]]:
    """The pronouns of the prose that are no source, each with the number of its sentence."""
    if not scene.people or not scene.spans:  # names may stand in a title without a story
        return
    for match in PRONOUN.finditer(scene.text, scene.starts[0], scene.spans[-1][1]):
        number = bisect_right(scene.starts, match.start()) - 1
        if match.start() < scene.spans[number][1] and match.span() not in taken:
            yield number, match


def _short_forms(page: Page, scene: Scene) -> Iterator[Reference]:
    """Short forms and acronyms of a name, each referring to the fullest form in the page."""
    for figure in scene.cast.figures:
        full = figure.fullest
        for one in figure.mentions:
            if name_words(one.evidence.exact) != name_words(full.evidence.exact):
                yield Reference(
                    document=page.document.id,
                    anaphor=one.evidence,
                    antecedent=full.id,
                    reason="short form of a name in the page",
                    confidence=0.9,
                )
