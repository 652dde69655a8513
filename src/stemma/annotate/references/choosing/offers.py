"""Who may be meant by a source that names nobody: those who spoke, those told of near by, somebody new, nobody."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.descriptions import fitness, head_of, is_definite, specific
from stemma.annotate.references.knowledge import nouns
from stemma.annotate.references.speakers.groups import both, is_joint, together
from stemma.annotate.references.state import Meant, State, anchor_of, most_told, publishers
from stemma.annotate.references.strangers import again, described_by, is_many, kind_of
from stemma.records import Statement, evidence

Way = Literal["figure", "joint", "new", "nobody"]
#: What sort of words a source is; each has weights of its own.
Sort = Literal["none", "asked", "he", "it", "they", "I", "we", "you", "role", "roles", "body", "work"]

_TAG = 5  #: characters between the words of a quotation and the source of its tag: mark, comma, blank
SPOKE = 6  #: speakers back that are offered
_MENTIONS = 24  #: mentions before the source that are looked at
_AFTER = 3  #: mentions after it in its sentence
_STRANGERS = 6  #: figures without a name before it that are looked at
_MOST = 16  #: figures that are offered
_MOST_STATES = 4  #: places that "we" may stand for
_MOST_AROUND = 16  #: statements around a source whose speakers are offered
_FAR_BACK = 3_000  #: characters before a pronoun in which phrases are looked for, where sentences do not end
_FEW = 60  #: figures of a page up to which all are asked whether a description fits them
#: A cue of what was asked without a word of who did.
_ASKED = re.compile(
    r"(?:was |were |is |are |when |once )?(?:asked|pressed|questioned|quizzed|reminded)\b", re.IGNORECASE
)


_IT, _THEY = frozenset({"it", "its"}), frozenset({"they", "them", "their", "both", "each", "neither"})
_WE, _I = frozenset({"we", "us", "our", "ourselves"}), frozenset({"i", "me", "my", "myself"})
_FIRST_HAND = frozenset({"I", "we", "you", "asked"})
_OWNED = ("his ", "her ", "its ", "their ", "our ", "my ", "your ", "the government", "the state")


class Source(NamedTuple):
    """The words of a source, and what the rules make of them."""

    statement: Statement
    span: tuple[int, int]
    words: str
    sort: Sort
    head: str
    told: tuple[str, ...]
    ruled: Meant

    @property
    def at(self) -> int:
        """From where one looks back: the source, or the beginning of the quotation that it closes."""
        said = [piece for piece in self.statement.content if piece.end <= self.span[0]]
        return said[0].start if said and self.span[0] - said[-1].end < _TAG else self.span[0]

    @property
    def is_description(self) -> bool:
        """Whether it describes somebody."""
        return self.sort in {"role", "roles", "body", "work"}


class Offer(NamedTuple):
    """One possible answer."""

    way: Way
    figures: tuple[Figure, ...] = ()


def source_of(state: State, statement: Statement, ruled: Meant) -> Source | None:
    """The source of a statement, where it is left to choice; None where its own words tell who speaks."""
    if not statement.source:
        if statement.kind in {"full-text", "transcript"}:
            return None
        at = anchor_of(statement).start
        asked = bool(statement.cue) and _ASKED.match(statement.cue[0].exact) is not None
        return Source(statement, (at, at), "", "asked" if asked else "none", "", (), ruled)
    span = (statement.source[0].start, statement.source[-1].end)
    words = plain(state.scene.text[slice(*span)]).strip(" .,:;’'")
    sort = _sort(state, words, span[0])
    if sort is None:
        return None
    head = head_of(words) if " " in words or sort in {"role", "body"} else ""
    return Source(statement, span, words, sort, head, tuple(specific(state.scene.text[slice(*span)])), ruled)


def _sort(state: State, words: str, at: int) -> Sort | None:
    known = nouns()
    if " " not in words:
        for sort, forms in (("he", known.male | known.female), ("it", _IT), ("they", _THEY), ("we", _WE), ("I", _I)):
            if words in forms:
                return sort  # type: ignore[return-value]
        if words in known.second_person:
            return "you"
    if not is_definite(words) and not state.is_title(at):
        return None
    if is_two(words):
        return "roles"
    kind = kind_of(words)
    if kind == "person":
        return "roles" if is_many(words) else "role"
    return "body" if kind in {"organization", "outlet"} else "work"


def offers(state: State, source: Source) -> list[Offer]:
    """All answers that are weighed, each once; the answer of the rules is among them."""
    found: dict[tuple[int, ...], Offer] = {}
    before = {id(one) for one in _turn_before(state, source)}
    for figures in _told(state, source):
        key = tuple(sorted(map(id, figures)))
        others = any(id(one) in before or _is_another(source, one) for one in figures)
        if key and key not in found and len(found) < _MOST and not others:
            found[key] = Offer("joint" if len(figures) > 1 else "figure", figures)
    if source.is_description:
        return [*found.values(), Offer("new")]
    return [*found.values(), Offer("nobody")]


def _turn_before(state: State, source: Source) -> list[Figure]:
    """Who has the turn before this one under another label: he asked whom this one describes."""
    turn = source.statement
    if turn.kind != "transcript" or turn.id not in state.turn_numbers:
        return []
    number = state.turn_numbers[turn.id] - 1
    if number < 0:
        return []
    last = state.statements[state.turns[number]]
    same = bool(last.source) and plain(last.source[0].exact) == plain(turn.source[0].exact)
    return [] if same else list(state.spoken.by_statement.get(last.id, ()))


def _told(state: State, source: Source) -> Iterator[tuple[Figure, ...]]:
    at = source.span[0]
    yield source.ruled.figures
    yield from ((one,) for one in source.ruled.rivals)
    if source.sort == "they" or (source.sort == "roles" and is_two(source.words)):
        yield from pairs(state, source)
    yield from outers(state, source.statement)
    for _, figures in state.spoken.lately(at, SPOKE):
        yield figures
    if source.is_description:
        if known := again(state.scene, source.statement.source[0], source.words, whole=state.is_title(at)):
            yield (known,)
        yield from ((one,) for one in _described(state, source))
    yield from ((one,) for one in (state.author, state.answers) if one and source.sort in _FIRST_HAND)
    if source.sort in {"asked", "we", "none"}:
        yield from ((one,) for one in publishers(state))
    if source.sort in {"they", "we"}:
        yield from joint(state, source)
    if source.sort in {"it", "they", "none"}:
        yield from ((one,) for one in unmet(state, source))
    if source.sort == "we" or source.words.startswith(_OWNED):
        yield from ((one,) for one in _states(state))
    yield from ((one,) for one in _near(state, source))


def _is_another(source: Source, figure: Figure) -> bool:
    """Whether the figure is somebody else: a finance minister for a foreign one, or whom the words name.

    Who is described and speaks is not named in his own words: "According to the diplomat, Holt's visit ...".
    """
    if not source.is_description or any(figure is one for one in source.ruled.figures):
        return False
    content = source.statement.content
    if figure.is_named and any(
        bisect_left(figure.starts, p.start) < bisect_left(figure.starts, p.end) for p in content
    ):
        return True
    if not source.told or not figure.roles:
        return False
    like = nouns().same.get(source.head, frozenset()) | {source.head}
    alike = any(like & set(plain(role).split()) for role in figure.roles)
    return alike and not fitness(source.head, list(source.told), figure)


def _states(state: State) -> list[Figure]:
    """The places that the page tells of most."""
    return list(islice((one for one in most_told(state) if one.kind == "place"), _MOST_STATES))


def outers(state: State, statement: Statement) -> list[tuple[Figure, ...]]:
    """The speakers of the statements around this one, the innermost first."""
    found: list[tuple[Figure, ...]] = []
    at = state.statements.get(statement.within or "")
    while at is not None and len(found) < _MOST_AROUND:
        found.append(state.spoken.by_statement.get(at.id, ()))
        at = state.statements.get(at.within or "")
    return found


def _described(state: State, source: Source) -> Iterator[Figure]:
    """Figures whose role or name has the noun of the description, or one that may stand for it."""
    like = {source.head, source.head.removesuffix("s"), *nouns().same.get(source.head, ())} - {""}
    for figure in state.scene.cast.figures[:_FEW]:
        told = " ".join((*figure.roles, figure.fullest.evidence.exact))
        if not like.isdisjoint(plain(told).split()):
            yield figure


def _near(state: State, source: Source) -> Iterator[Figure]:
    scene, at = state.scene, source.span[0]
    place = scene.place(at)
    names = scene.people if source.sort == "he" else scene.mentions
    begins = scene.begins if source.sort == "he" else scene.mention_starts
    middle = bisect_left(begins, at)
    for one in reversed(names[max(0, middle - _MENTIONS) : middle]):
        if may_mean(source, scene.cast.of[one.id]):
            yield scene.cast.of[one.id]
    for figure in reversed(scene.strangers[-_STRANGERS:]):
        if figure.starts[0] < at and may_mean(source, figure):
            yield figure
    stop = bisect_right(begins, place.end) if place else middle
    for one in names[middle : min(stop, middle + _AFTER)]:
        if may_mean(source, scene.cast.of[one.id]):
            yield scene.cast.of[one.id]


def may_mean(source: Source, figure: Figure) -> bool:
    """Whether the sort of words can stand for such a figure at all."""
    if source.sort in {"he", "role", "I", "you"}:
        return figure.kind == "person" and not figure.is_many
    if source.sort in {"body", "it", "work"}:
        return figure.kind != "person"
    if source.sort == "roles":
        return figure.is_many or figure.kind != "person"
    return True


_BACK = 2  #: sentences before a pronoun in which documents, bodies and groups are looked for
_PHRASE = re.compile(
    r"\b(?:(?:[Tt]he|[Aa]n?|[Oo]ne|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Mm]y|[Oo]ur|[Aa]nother|[Tt]his|[Tt]hat|[A-Z][\w-]+['’]s"
    r"|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]everal|[Ss]ome|[Mm]any|[Tt]welve|[Ss]ixty|\d+)\s)?((?:[a-z][\w-]*\s){0,3}?)([a-z]{3,})\b"
)


def unmet(state: State, source: Source) -> list[Figure]:
    """Documents, bodies and groups without a name in the sentences before, that nothing was told of so far."""
    found, many = [], source.sort == "they"
    for phrase in _lately(state, source, _PHRASE):
        if _stands_for(phrase.group(2), many=many) and phrase.start() not in state.seen:
            figure = described_by(evidence(state.page.document, *phrase.span()))
            if figure and may_mean(source, figure):
                found.append(figure)
    return found[::-1][:_MOST_UNMET]


def is_two(words: str) -> bool:
    """Whether a description may stand for two: "the sides", "both delegations", "each side", "the two"."""
    return is_joint(words) or words.split(" ", 1)[0] in {"both", "each", "neither"} or words.startswith("the two")


def pairs(state: State, source: Source) -> Iterator[tuple[Figure, ...]]:
    """Two of a kind: the most told states, bodies and persons of the page so far, and the last two who spoke."""
    at = source.at
    yield from _joined(state, at)
    yield from _in_one_sentence(state, at)
    for kind in ("place", "organization", "person"):
        told = (one for one in most_told(state) if one.kind == kind and one.starts[0] < at)
        most = list(islice(told, _TWO))
        if len(most) == _TWO:
            yield tuple(sorted(most, key=lambda one: one.starts[0]))
    spoke: dict[int, Figure] = {}
    for _, who in state.spoken.lately(at, SPOKE):
        for one in who if len(who) == 1 else ():
            spoke.setdefault(id(one), one)
    if len(spoke) >= _TWO:
        last = list(spoke.values())[:_TWO]
        yield tuple(last[::-1])


def _joined(state: State, at: int) -> Iterator[tuple[Figure, ...]]:
    """The pair that "and" joined last before an offset, of each kind, and the first one of the page."""
    pairs_ = together(state)
    number = bisect_left(pairs_, at, key=lambda one: one[0])
    kinds: set[str] = set()
    for _, figures in reversed(pairs_[max(0, number - _PAIRS) : number]):
        if figures[0].kind not in kinds:
            kinds.add(figures[0].kind)
            yield figures
    yield from (figures for _, figures in pairs_[: min(1, number)])


def _in_one_sentence(state: State, at: int) -> Iterator[tuple[Figure, ...]]:
    """The two of a kind that the nearest sentence with two such names tells of, in order of place."""
    scene = state.scene
    last = bisect_left(scene.mention_starts, at)
    met: dict[tuple[str, int], dict[int, Figure]] = {}
    done: set[str] = set()
    for one in reversed(scene.mentions[max(0, last - _MENTIONS) : last]):
        figure, place = scene.cast.of[one.id], scene.place(one.evidence.start)
        if place is None or figure.kind in done or figure.kind == "work":
            continue
        there = met.setdefault((figure.kind, place.sentence), {})
        there[id(figure)] = figure
        if len(there) == _TWO:
            done.add(figure.kind)
            yield tuple(there.values())[::-1]


_PAIRS = 6  #: joined pairs back that are looked at
_TWO = 2
_MOST_UNMET = 4
_JOINT = re.compile(r"\b(?:[Tt]he|[Bb]oth)(?:\s[a-z]+){1,3}s\b")


def joint(state: State, source: Source) -> list[tuple[Figure, ...]]:
    """Two whom the sentences before call together: "The two sides exchanged lists. They agreed"."""
    told = [one for one in _lately(state, source, _JOINT) if is_joint(plain(one[0]))]
    return [both(state, plain(one[0]), one.start()).figures for one in told[::-1][:1]]


def _lately(state: State, source: Source, form: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Where a form stands in the sentences before a source and in its own, up to it."""
    at, scene = source.span[0], state.scene
    if place := scene.place(at):
        start = scene.spans[max(0, place.sentence - _BACK)][0]
        yield from form.finditer(scene.text, max(start, at - _FAR_BACK), at)


#: Words for several that say nothing of them: no phrase of their own for "they" to mean.
_NO_PHRASE = frozenset({"two", "both", "them", "one", "another", "some", "many", "others"})


def _stands_for(noun: str, *, many: bool) -> bool:
    known = nouns()
    if many:
        single = noun.removesuffix("s")
        return (noun in known.crowd and noun not in _NO_PHRASE) or (
            single != noun and single in known.person | known.body
        )
    return noun in known.document | known.voice | known.outlet | known.body
