"""What is known of a page while its sources are told: who has spoken, whose words stand around a place."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from stemma.annotate.references.antecedents import Place, Scene
from stemma.annotate.references.cast import Figure
from stemma.records import Evidence, Page, Statement
from stemma.text.words import fold


@dataclass(frozen=True, slots=True)
class Meant:
    """The figures that a source means, and the rule that told it; ``rivals`` where two are equally near."""

    figures: tuple[Figure, ...]
    rule: str
    detail: str = ""
    sure: float | None = None  #: how probable it is; None: as often as the rule is right
    rivals: tuple[Figure, ...] = ()


NOBODY = Meant((), "")


_MOST_LOOKED_FOR = 300  #: forms that are looked for in the whole page: more than any article names
_WORD = re.compile(r"\w+")
_LATELY = 12  #: speakers back among whom the last one of a level is looked for


@dataclass(slots=True)
class Spoken:
    """Who has spoken so far: by statement, and in order of place."""

    by_statement: dict[str, tuple[Figure, ...]] = field(default_factory=dict)
    order: list[tuple[int, int, int, tuple[Figure, ...]]] = field(default_factory=list)
    people: list[tuple[int, int, int, Figure]] = field(default_factory=list)

    def note(self, statement: Statement, start: int, figures: tuple[Figure, ...]) -> None:
        """Keep who speaks at an offset, in order of place."""
        self.by_statement[statement.id] = figures
        if figures:
            insort(self.order, (start, len(self.order), statement.depth, figures))
        for figure in figures:
            if figure.kind == "person" and not figure.is_many:
                insort(self.people, (start, len(self.people), statement.depth, figure))

    def before(self, at: int, depth: int = 0) -> Figure | None:
        """The last person who spoke before an offset; who speaks in the words of others counts for these alone."""
        number = bisect_left(self.people, (at,))
        for _, _, level, figure in reversed(self.people[max(0, number - _LATELY) : number]):
            if level <= depth:
                return figure
        return None

    def last(self, at: int) -> tuple[int, tuple[Figure, ...]]:
        """Where the last speakers before an offset were named, and who they are, bodies and joint ones included."""
        number = bisect_left(self.order, (at,))
        return (self.order[number - 1][0], self.order[number - 1][3]) if number else (-1, ())

    def lately(self, at: int, most: int, depth: int = 99) -> Iterator[tuple[int, tuple[Figure, ...]]]:
        """The last speakers before an offset, the latest first, without those who speak deeper in others' words."""
        number = bisect_left(self.order, (at,))
        for start, _, level, figures in reversed(self.order[max(0, number - most) : number]):
            if level <= depth:
                yield start, figures


class Quotations:
    """Spans inside quotation marks, in order, each with the statement whose words they are."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.spans = sorted(_quoted(statements))
        self.reach = list(accumulate((end for _, end, _ in self.spans), max))

    def around(self, at: int) -> Iterator[str]:
        """The statements whose quoted words stand around an offset, the innermost first."""
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


@dataclass(slots=True)
class State:
    """A page under the question who speaks on it."""

    page: Page
    scene: Scene
    spoken: Spoken
    barred: Quotations
    statements: dict[str, Statement]
    turns: list[str]  #: ids of the turns of a transcript, in order
    turn_numbers: dict[str, int]  #: the place of each turn among them, by its id
    author: Figure | None  #: whom the byline names
    answers: Figure | None  #: whom an interview without labels asks
    asked: list[tuple[int, int]]  #: its questions
    heads: list[tuple[int, int]]  #: the titles of the page
    implied: list[Figure] = field(default_factory=list)  #: figures whose names only a source showed
    sides: tuple[Figure, ...] | None = None  #: the states of the sides that the page tells of; None: not looked for yet
    looked: dict[str, tuple[int, int] | None] = field(default_factory=dict)  #: where whole names stand, by their form
    carriers: set[str] = field(default_factory=set)  #: ids of those without a name who pass words on
    seen: set[int] = field(default_factory=set)  #: where phrases begin that were met already
    states: tuple[Figure, ...] | None = None  #: the two states that the page is about; None: not looked for yet
    together: list[tuple[int, tuple[Figure, Figure]]] | None = None  #: pairs that "and" joins, in order of place
    publishers: list[Figure] | None = None  #: the page's own outlet; None: not looked for yet
    most_told: list[Figure] | None = None  #: the figures of the page, the most told first; None: not counted yet
    places: dict[str, list[int]] | None = None  #: where each word of the page stands; None: not looked for yet

    def find(self, form: re.Pattern[str], first: str = "") -> tuple[int, int] | None:
        """Where a form first stands in the page, each looked for once; None too for forms beyond the first hundreds.

        ``first``: the word that it begins with; where it is known only its places are looked at.
        """
        if form.pattern not in self.looked:
            if len(self.looked) >= _MOST_LOOKED_FOR:
                return None
            text = self.scene.text
            begun = (form.match(text, at) for at in self.places_of(first))
            found = next(filter(None, begun), None) if first else form.search(text)
            self.looked[form.pattern] = found.span() if found else None
        return self.looked[form.pattern]

    def is_told_before(self, noun: str, at: int) -> bool:
        """Whether the page has a noun, in small letters, before an offset; of several words their last decides."""
        words = _WORD.findall(noun)
        return bool(words) and next(iter(self.places_of(words[-1])), at) < at

    def places_of(self, word: str) -> Sequence[int]:
        """Where a word of the page stands, in whatever letters, in order."""
        if self.places is None:
            self.places = {}
            for one in _WORD.finditer(self.scene.text):
                self.places.setdefault(one[0].lower(), []).append(one.start())
        return self.places.get(word.lower(), ())

    def silent(self, at: int) -> list[Figure]:
        """Speakers of the quotations around an offset: they do not mean themselves by "he"."""
        return [figure for one in self.barred.around(at) for figure in self.spoken.by_statement.get(one, ())]

    def is_title(self, at: int) -> bool:
        """Whether an offset stands in a title, which names people before the story does."""
        return any(start <= at < end for start, end in self.heads)

    def gap(self, left: int, right: int) -> tuple[int, int] | None:
        """Paragraphs and sentences between two offsets; None where one of them is outside the prose."""
        here, there = self.scene.place(left), self.scene.place(right)
        return None if here is None or there is None else _apart(here, there)


def _apart(left: Place, right: Place) -> tuple[int, int]:
    return right.paragraph - left.paragraph, right.sentence - left.sentence


def anchor_of(statement: Statement) -> Evidence:
    """Where a reference to the speaker hangs: the source, else the cue, else the content."""
    return (statement.source or statement.cue or statement.content)[0]


def publishers(state: State) -> list[Figure]:
    """The page's own outlet, where its words name it."""
    if state.publishers is None:
        names = {fold(one.value) for one in state.page.fields if one.name == "outlet"}
        state.publishers = [
            figure
            for figure in (state.scene.cast.figures if names else ())
            if any(fold(one.evidence.exact) in names for one in figure.mentions)
        ]
    return state.publishers


def most_told(state: State) -> list[Figure]:
    """The figures that the page names, those told of most often first."""
    if state.most_told is None:
        state.most_told = sorted(state.scene.cast.figures, key=lambda one: -len(one.starts))
    return state.most_told
