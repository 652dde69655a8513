"""Whom the words for an addressee mean: "told me", "asked him", "assured the head of state", "told Holt"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.descriptions import described, is_definite
from stemma.annotate.references.knowledge import confidence, nouns
from stemma.annotate.references.names import named
from stemma.annotate.references.speakers.pronouns import first, plural, second
from stemma.annotate.references.state import NOBODY, Meant, State
from stemma.annotate.references.strangers import kind_of, stranger
from stemma.records import Evidence, Reference, Statement

_NEVER_A_PERSON = frozenset(["it", "this", "that", "nobody", "everyone", "everybody", "anyone", "one", "each", "all"])


def hearers(state: State, statements: Iterable[Statement], taken: set[tuple[int, int]]) -> Iterator[Reference]:
    """A reference for each addressee that is known: ``anaphor`` is exactly the statement's ``addressee``.

    ``taken``: spans of which is told already whom they mean, since they are sources too.
    """
    for statement in statements:
        words = statement.addressee
        if words is None or (words.start, words.end) in taken:
            continue
        meant = _hearer(state, statement, words)
        if meant.figures:
            taken.add((words.start, words.end))
        sure = meant.sure or (confidence(meant.rule, meant.detail) if meant.rule else 0.0)
        for figure in meant.figures:
            yield Reference(
                document=words.document, anaphor=words, antecedent=figure.fullest.id,
                reason=f"addressee: {meant.detail or meant.rule}", confidence=sure,
            )  # fmt: skip


def _hearer(state: State, statement: Statement, words: Evidence) -> Meant:
    span, told = (words.start, words.end), plain(words.exact)
    head = told.split()[0] if told else ""
    if " " not in told and (pronoun := _pronoun(state, statement, span, head)):
        return pronoun
    if figures := named(state.scene, span):
        return Meant(figures, "name", "name in the words")
    speakers = state.spoken.by_statement.get(statement.id, ())
    if is_definite(told):
        found = described(state.scene, span, None)
        if found.figure and not any(found.figure is one for one in speakers):
            return Meant((found.figure,), "description", found.detail, found.sure)
    nobody = head in _NEVER_A_PERSON or kind_of(told) == "work"  # "permission", "the letter"
    figure = None if nobody else stranger(state.scene, words)
    return Meant((figure,), "described") if figure else NOBODY


def _pronoun(state: State, statement: Statement, span: tuple[int, int], word: str) -> Meant | None:
    """Whom a pronoun means; None for a word that is none."""
    known = nouns()
    if word in known.first_person:
        return first(state, statement, word, span[0])
    if word in known.second_person:
        return second(state, statement)
    if word in {"they", "them", "their"}:
        meant = plural(state, span[0], word, statement.depth)
        return NOBODY if _are_same(meant.figures, state.spoken.by_statement.get(statement.id, ())) else meant
    third = word in known.male | known.female  # those are told with the other pronouns of third persons
    return NOBODY if third or word in _NEVER_A_PERSON else None


def _are_same(left: tuple[Figure, ...], right: tuple[Figure, ...]) -> bool:
    return any(one is other for one in left for other in right)
