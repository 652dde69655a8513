"""The speaker behind every source: a name, a pronoun, a description, several together, nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.antecedents import Scene
from stemma.annotate.references.cast import Figure, assemble
from stemma.annotate.references.choosing import Weigher, chosen, shipped, source_of
from stemma.annotate.references.descriptions import (
    described,
    foretold,
    has_no_office,
    head_of,
    is_definite,
    roles_before,
    roles_of_places,
    usual,
)
from stemma.annotate.references.hearers import hearers
from stemma.annotate.references.knowledge import confidence, nouns
from stemma.annotate.references.names import named, named_behind
from stemma.annotate.references.speakers.elsewhere import pronouns, short_forms
from stemma.annotate.references.speakers.groups import both, is_joint
from stemma.annotate.references.speakers.implied import asking, governments, implied, joined, signed, traded
from stemma.annotate.references.speakers.interviews import interviewee, questions
from stemma.annotate.references.speakers.phrases import phrases
from stemma.annotate.references.speakers.pronouns import (
    answering,
    first,
    is_personal,
    neuter,
    personal,
    plural,
    relative,
    second,
)
from stemma.annotate.references.speakers.voices import owned_voice, voice
from stemma.annotate.references.state import NOBODY, Meant, Quotations, Spoken, State, anchor_of
from stemma.annotate.references.strangers import again, is_many, stranger, told_outlets
from stemma.annotate.references.unworded import unworded
from stemma.records import Evidence, Mention, Page, Reference, Statement, evidence

_TWO = 2
_NOT_HEADS = " .,:;’'"


class People(NamedTuple):
    """Who is meant on a page; ``described``: a Mention for each speaker that the names of the page do not have."""

    described: tuple[Mention, ...]
    references: tuple[Reference, ...]


def references(page: Page, mentions: Sequence[Mention], statements: Sequence[Statement]) -> tuple[Reference, ...]:
    """The references of ``people`` to those who are named."""
    known = {one.id for one in mentions}
    return tuple(one for one in people(page, mentions, statements).references if one.antecedent in known)


def people(
    page: Page, mentions: Sequence[Mention], statements: Sequence[Statement], weigh: Weigher = shipped
) -> People:
    """References of the sources of statements, then of the pronouns of third persons elsewhere.

    ``anaphor`` is the first piece of the source, or of the cue, or of the content where nothing else is
    worded. A statement whose speaker is not clear has none; a joint source has several.
    """
    state = _state(page, mentions, statements)
    found: dict[tuple[int, int, str], Reference] = {}
    taken: set[tuple[int, int]] = set()
    for statement in sorted(statements, key=lambda one: _order(state, one)):
        meant = speaker(state, statement, weigh)
        anchor = anchor_of(statement)
        taken.add((anchor.start, anchor.end))
        state.spoken.note(statement, anchor.start, meant.figures)
        for one in _told(anchor, meant):
            found[one.anaphor.start, one.anaphor.end, one.antecedent] = one
    for statement in statements:
        told_outlets(state, statement)
    for one in (*hearers(state, statements, taken), *pronouns(state, taken), *short_forms(state)):
        found.setdefault((one.anaphor.start, one.anaphor.end, one.antecedent), one)
    meant_ones = {one for reference in found.values() for one in (reference.antecedent, *reference.rivals)}
    strangers = (figure.fullest for figure in (*state.scene.strangers, *state.implied))
    return People(
        tuple(one for one in strangers if one.id in meant_ones | state.carriers or one.kind == "outlet"),
        tuple(found[key] for key in sorted(found, key=lambda key: key[:2])),
    )


def _state(page: Page, mentions: Sequence[Mention], statements: Sequence[Statement]) -> State:
    scene = Scene(page, assemble(mentions))
    for figure in scene.cast.figures:
        if figure.kind == "person" and has_no_office(figure):
            figure.roles += roles_before(scene.text, figure)
        figure.roles += roles_of_places(scene.text, figure)
    _tell_lead(scene)
    scene.tell_genders()
    turns = [one.id for one in sorted(statements, key=lambda one: anchor_of(one).start) if one.kind == "transcript"]
    author = _author(page, scene)
    answers = interviewee(page, scene)
    known = {id(figure) for figure in scene.cast.figures}
    found = [one for one in (author, answers) if one and id(one) not in known]
    return State(
        page=page,
        scene=scene,
        spoken=Spoken(),
        barred=Quotations(statements),
        statements={one.id: one for one in statements},
        turns=turns,
        turn_numbers={one: number for number, one in enumerate(turns)},
        author=author,
        implied=found,
        answers=answers,
        asked=[(label.start, label.end) for label in questions(page)],
        heads=[(label.start, label.end) for label in page.labels if label.role == "title"],
    )


def _tell_lead(scene: Scene) -> None:
    """Give whom the first words of the story describe, and who is named later, the role that they tell."""
    start, end, _ = scene.spans[0] if scene.spans else (0, 0, 0)
    span = next(phrases(scene.text, start, end), None)
    if span and not _SMALL.search(scene.text, start, span[0]):
        found = foretold(scene, span, whole=False)
        if found.figure and has_no_office(found.figure):
            found.figure.roles.append(scene.text[slice(*span)])


_SMALL = re.compile(r"\b[a-z]{3,}")


def _author(page: Page, scene: Scene) -> Figure | None:
    """The only person whom the bylines name."""
    lines = [(label.start, label.end) for label in page.labels if label.role == "byline"]
    named_there = [
        scene.cast.of[one.id]
        for one in scene.mentions
        if one.kind == "person" and any(start <= one.evidence.start < end for start, end in lines)
    ]
    if named_there and all(one is named_there[0] for one in named_there):
        return named_there[0]
    return signed(page, scene)


def _order(state: State, statement: Statement) -> tuple[int, int, int, str]:
    """In order of place; those of a title after the story, those of "I" and "you" last."""
    source = plain(statement.source[0].exact) if statement.source else ""
    at = anchor_of(statement).start
    late = 2 if source in nouns().first_person | nouns().second_person else int(state.is_title(at))
    return (late, at, statement.depth, statement.id)


def _told(anchor: Evidence, meant: Meant) -> Iterator[Reference]:
    reason = f"{meant.rule}: {meant.detail}" if meant.detail else f"{meant.rule} in the source"
    sure = meant.sure or confidence(meant.rule, meant.detail) if meant.rule else 0.0
    if meant.rivals:
        ids = tuple(figure.fullest.id for figure in meant.rivals)
        yield Reference(
            document=anchor.document, anaphor=anchor, antecedent="", rivals=ids, reason=reason, confidence=sure
        )
    for figure in meant.figures:
        yield Reference(
            document=anchor.document, anaphor=anchor, antecedent=figure.fullest.id, reason=reason, confidence=sure
        )


def speaker(state: State, statement: Statement, weigh: Weigher = shipped) -> Meant:
    """Whom the source of a statement means; who is described and not named is a figure of his own."""
    span = _without_owning(state, (anchor_of(statement).start, (statement.source or (anchor_of(statement),))[-1].end))
    if owner := owned_voice(state.scene.text, span):
        return _by_name(state, owner) or _by_role(state, statement, owner) or _stranger(state, statement, owner)
    ruled = _ruled(state, statement, span)
    if ruled and (ruled.rule == "relative" or (ruled.rule, ruled.detail) in _TOLD):
        return ruled
    source = source_of(state, statement, ruled or _new(state, statement, span))
    return chosen(state, source, weigh) if source else ruled or _stranger(state, statement, span)


def _without_owning(state: State, span: tuple[int, int]) -> tuple[int, int]:
    """A source without the ending by which it owns what is said: "Ana Holt's | request"."""
    own = _OWNING.search(state.scene.text, max(span[0], span[1] - 2), span[1])
    return (span[0], own.start()) if own and own.start() > span[0] else span


_OWNING = re.compile(r"['’]s?$")


#: Rules that read who speaks from the words themselves: they leave no choice.
_TOLD = frozenset(
    {
        ("name", ""),
        ("description", "short form of its name"),
        ("joint", "names joined in the source"),
        ("joint", "the two states of the page"),
        ("joint", "the two who are told together"),
        ("name", "the outlet that asks"),
        ("first person", "speaker of the words around it"),
        ("first person", "for whom the words around it are spoken"),
        ("first person", "who publishes the page"),
        ("first person", "who is interviewed"),
        ("first person", "author of the page"),
        ("second person", "who is interviewed"),
    }
)


def _new(state: State, statement: Statement, span: tuple[int, int]) -> Meant:
    """What the rules make of a description that fits nobody: who was described so before, else somebody new."""
    if not statement.source:
        return NOBODY
    words, title = plain(statement.source[0].exact).strip(" .,:;"), state.is_title(span[0])
    known = again(state.scene, statement.source[0], words, whole=title) if title or is_definite(words) else None
    return Meant((known,), "described", "described so before") if known else NOBODY


def _ruled(state: State, statement: Statement, span: tuple[int, int]) -> Meant | None:
    """What the rules say; None for the description of a stranger."""
    if not statement.source:
        return unworded(state, statement)
    words = plain(statement.source[0].exact).split()
    if not words:
        return NOBODY
    if len(words) == _TWO and words[1] in {"both", "all"}:  # "we both"
        words = words[:1] if words[0] == "we" else words[1:]
    meant = _lone(state, statement, span, words[0].strip(_NOT_HEADS)) if len(words) == 1 else None
    return meant or _worded(state, statement, span)


def _lone(state: State, statement: Statement, span: tuple[int, int], word: str) -> Meant | None:
    """What a source of one word means that is a pronoun; None for any other word."""
    known = nouns()
    if word in known.first_person:
        return first(state, statement, word, span[0])
    if word in known.second_person:
        return second(state, statement)
    if word in {"they", "their", "them", "both"}:
        meant = plural(state, span[0], word, statement.depth)
        return None if word == "both" and not meant.figures else meant
    if word in {"it", "its"}:
        return neuter(state, span[0], statement.depth)
    if word in known.relative:
        return relative(state, span[0], word)
    return personal(state, statement, span) if is_personal(word) else None


def _worded(state: State, statement: Statement, span: tuple[int, int]) -> Meant | None:
    """A name, else a description of somebody named."""
    words = plain(usual(state.scene.text[slice(*span)]))
    if statement.kind == "transcript" and words.strip(" .:") in {"a", "answer"}:
        return answering(state, statement)
    told = _by_name(state, span) or _by_many(state, words, span) or voice(state, span, words)
    if told is None and (is_definite(words) or state.is_title(span[0]) or statement.kind == "transcript"):
        told = _by_role(state, statement, span)
    if (told is None or told.detail in _WEAK) and statement.kind != "transcript" and not is_many(words):
        found = foretold(state.scene, span, whole=state.is_title(span[0]))
        told = Meant((found.figure,), "description", found.detail, found.sure) if found.figure else told
    return told


#: Answers that rest on nothing but that nobody else is near.
_WEAK = frozenset({"the only person named", "last speaker"})


def _by_name(state: State, span: tuple[int, int]) -> Meant | None:
    if asker := asking(state, span):
        return Meant((asker,), "name", "the outlet that asks")
    if outlet := traded(state, span):
        return Meant((outlet,), "name")
    if states := governments(state, span):
        return Meant(states, "joint", "names joined in the source")
    figures = joined(state, span) or named(state.scene, span)
    if figures and not _are_owners(state, span, figures):
        return Meant(figures, "joint", "names joined in the source") if len(figures) > 1 else Meant(figures, "name")
    if behind := named_behind(state.scene, span):
        return Meant((behind,), "name", "named behind")
    if figures := implied(state, span):
        return Meant(figures, "joint" if len(figures) > 1 else "name", "told by the words around it")
    return None


def _are_owners(state: State, span: tuple[int, int], figures: tuple[Figure, ...]) -> bool:
    """Whether the places that a source names are those of whom it speaks: "the leaders of Karvis and Veloria"."""
    words = plain(state.scene.text[slice(*span)])
    return head_of(words) in nouns().pair and " of " in words and all(one.kind == "place" for one in figures)


def _by_many(state: State, words: str, span: tuple[int, int]) -> Meant | None:
    meant = both(state, words, span[0]) if is_joint(words) else NOBODY
    return meant if meant.figures else None


def _by_role(state: State, statement: Statement, span: tuple[int, int]) -> Meant | None:
    """Somebody named whom the description fits; a label of a turn is never just the last speaker."""
    spoken = None if statement.kind == "transcript" else state.spoken.before(span[0], statement.depth)
    found = described(state.scene, span, spoken, whole=state.is_title(span[0]))
    if found.figure and statement.kind == "transcript" and found.detail in _WEAK:
        return None
    if found.figure:
        return Meant((found.figure,), "description", found.detail, found.sure)
    return Meant((), "description", found.detail, rivals=found.rivals) if found.rivals else None


def _stranger(state: State, statement: Statement, span: tuple[int, int]) -> Meant:
    state.seen.add(span[0])
    worded = statement.source[0]
    anchor = worded if worded.start == span[0] and worded.end <= span[1] else evidence(state.page.document, *span)
    figure = stranger(state.scene, anchor, whole=state.is_title(span[0]))
    return Meant((figure,), "described", "nobody named on the page fits") if figure else NOBODY
