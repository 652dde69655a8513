"""Pronouns that speak: "he", "it", "they", "I", "we", "you", "who"."""

from __future__ import annotations

import re
from bisect import bisect_left

from stemma.annotate.mentions.lexicon import plain
from stemma.annotate.references.antecedents import Choice, Lately, rank
from stemma.annotate.references.cast import Figure
from stemma.annotate.references.descriptions import OFFICE_FREE, described, office
from stemma.annotate.references.knowledge import nouns
from stemma.annotate.references.names import JOINT, hangs
from stemma.annotate.references.speakers.phrases import introduce, phrases, several
from stemma.annotate.references.speakers.voices import sent_before
from stemma.annotate.references.state import NOBODY, Meant, State, anchor_of, most_told, publishers
from stemma.annotate.references.strangers import stranger
from stemma.records import Statement, evidence

#: A lead over the second choice below which a pronoun is left open.
_MARGIN = 0.35
#: Weight below which the best choice is no evidence at all.
LEAST = -0.6
#: A lead over the second choice beyond which two joined names are told apart by more than their places.
_FAR_APART = 2.0
#: Share of the weight of the last speaker that one without a name keeps over a paragraph; an estimate.
_STRANGERS_SHARE = 0.5
_RIGHT_BEFORE = re.compile(r",?\s*")
#: A definite phrase that ends right before a relative pronoun: "the minister, who", "the agency which".
_NOUN_PHRASE = re.compile(r"\b((?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) (?:[\w'’-]+ ){0,5}[\w'’-]+),?\s*$")
_LONGEST_PHRASE = 300  #: characters of seven words and more: a search for what ends here is not to begin far before
#: Confidence from which a pronoun tells the gender of whom it means.
_PLAIN = 0.8
_LATELY = 6  #: speakers back that "it" and "they" may mean
_SUBJECT = 0.5  #: how much a name must look like a subject to be "it"
_SENTENCES = 3  #: so many sentences back an "it" or "they" may reach, and so many paragraphs
_PARAGRAPHS = 1
_TAG = 5  #: characters between the words of a quotation and the pronoun of its tag: mark, comma, blank
_NAMES_LOOKED_AT = 2  #: mentions of somebody beside which his office is looked for


def personal(state: State, statement: Statement, span: tuple[int, int]) -> Meant:
    """Whom "he" or "she" means: the person whom most speaks for; two who are near are rivals."""
    introduce(state, span[0])
    spoken = state.spoken.before(span[0], statement.depth)
    said = [(piece.start, piece.end) for piece in statement.content if piece.end <= span[0]]
    share = _STRANGERS_SHARE if spoken and not spoken.is_named and _is_elsewhere(state, spoken, span[0]) else 1.0
    opens = said[0][0] if said and span[0] - said[-1][1] < _TAG else None
    lately = Lately(spoken, share, opens=opens)
    choices = rank(state.scene, *span, lately=lately, barred=[*state.silent(span[0]), *said])
    if not choices or choices[0].weight < LEAST:
        return NOBODY
    if rival := _rival(state, choices):
        return Meant((), "pronoun", "equally near", rivals=(choices[0].figure, rival))
    figure = choices[0].figure
    if figure.gender is None and lead(choices) >= _PLAIN:
        figure.gender = "f" if plain(state.scene.text[slice(*span)]) in nouns().female else "m"
    return Meant((figure,), "pronoun", "last speaker" if figure is spoken else "nearest fitting person", lead(choices))


def _is_elsewhere(state: State, figure: Figure, at: int) -> bool:
    """Whether a figure was last told of in another paragraph."""
    before = [start for start in figure.starts if start < at]
    gap = state.gap(before[-1], at) if before else None
    return gap is None or gap[0] > 0


def _rival(state: State, choices: list[Choice]) -> Figure | None:
    """Who is as likely as the best choice: the next one, or whom "and" joins to him: "Holt and Varga came. He ..."."""
    best = choices[0]
    for other in choices[1:]:
        behind = best.weight - other.weight
        if behind < _MARGIN or (behind < _FAR_APART and _are_joined(state, best, other)):
            return other.figure
    return None


def _are_joined(state: State, one: Choice, other: Choice) -> bool:
    left, right = sorted((choice.mention.evidence for choice in (one, other)), key=lambda piece: piece.start)
    return left.end < right.start and JOINT.fullmatch(state.scene.text, left.end, right.start) is not None


def lead(choices: list[Choice]) -> float:
    """Confidence from the lead over the second choice: .6 for a narrow one, .95 for one of three and more."""
    ahead = choices[0].weight - choices[1].weight if len(choices) > 1 else 3.0
    return round(min(0.95, 0.6 + 0.12 * ahead), 2)


def neuter(state: State, at: int, depth: int) -> Meant:
    """The body that "it" means: the last one that spoke near by; else the subject before."""
    near = [
        figures
        for start, figures in state.spoken.lately(at, _LATELY, depth)
        if len(figures) == 1 and figures[0].kind != "person" and _is_near(state, start, at)
    ]
    if near:
        return Meant(near[0], "it", "the last body that spoke")
    return sent_before(state, at) or _subject_before(state, at)


def _subject_before(state: State, at: int) -> Meant:
    scene, here = state.scene, state.scene.place(at)
    last = bisect_left(scene.mention_starts, at)
    for one in reversed(scene.mentions[max(0, last - _LATELY) : last]):
        there = scene.place(one.evidence.start)
        near = here and there and here.sentence - there.sentence <= 1
        if near and one.kind in {"organization", "outlet", "place"} and scene.subjecthood(one) >= _SUBJECT:
            return Meant((scene.cast.of[one.id],), "it", "the subject before")
    return NOBODY


def _is_near(state: State, start: int, at: int) -> bool:
    gap = state.gap(start, at)
    return gap is not None and (gap[0] == 0 or (gap[0] <= _PARAGRAPHS and gap[1] <= _SENTENCES))


def plural(state: State, at: int, word: str, depth: int) -> Meant:
    """Whom "they" means: the joint or many speakers of the words before; else the body that spoke, but not "both"."""
    body: Meant | None = None
    many = several(state, at)
    for start, figures in state.spoken.lately(at, _LATELY, depth):
        if not _is_near(state, start, at):
            break
        if many and many.starts[0] > start:
            break
        if len(figures) > 1 or (figures[0].is_many and figures[0].kind != "work"):
            return Meant(figures, "joint", "pronoun of joint speakers")
        if body is None and word != "both" and figures[0].kind not in {"person", "work"}:
            body = Meant(figures, "it", "the last body that spoke")
    return Meant((many,), "joint", "several before") if many else body or NOBODY


def first(state: State, statement: Statement, word: str, at: int) -> Meant:
    """Whom "I" and "we" mean: the speaker of the words around; outside of all words the author of the page."""
    around = _speakers_around(state, statement, at)
    if not around and not list(state.barred.around(at)):
        asked = any(start <= at < end for start, end in state.asked)
        if state.answers and not asked:
            return Meant((state.answers,), "first person", "who is interviewed")
        if state.author and not state.answers and not statement.within:
            return Meant((state.author,), "first person", "author of the page")
    if word in {"we", "us", "our", "ourselves"}:
        return _ours(state, statement, around, at)
    return Meant(around, "first person", "speaker of the words around it") if len(around) == 1 else NOBODY


def _ours(state: State, statement: Statement, around: tuple[Figure, ...], at: int) -> Meant:
    """Whom "we" means: the body that the speaker's office is of, else the one that issues what he says.

    One person whose office names no body leaves it open; outside of all words it is the page's own outlet.
    """
    issuers = publishers(state)
    if not around:
        quoted = statement.within or next(state.barred.around(at), None)
        return (
            NOBODY if quoted or len(issuers) != 1 else Meant(tuple(issuers), "first person", "who publishes the page")
        )
    body = _spoken_for(state, around[0]) if len(around) == 1 else None
    if body is None and len(around) == 1 and around[0].kind == "person" and not around[0].is_many:
        outer = state.statements.get(statement.within or "")
        whole = outer is not None and outer.kind in {"transcript", "full-text"}
        issued = whole and len(issuers) == 1 and _is_issuer(issuers[0])
        told = (_state_behind(state, issuers[0]),) if issued else ()
        return Meant(told, "first person", "who publishes the page") if told else NOBODY
    if body is None and around[0].kind == "work":
        return Meant(around, "first person", "the text around it")
    ours = (_state_behind(state, body),) if body else around
    return Meant(ours, "first person", "for whom the words around it are spoken")


_FOREIGN_MINISTRY = re.compile(
    r".*\b(?:[Ff]oreign|[Ee]xternal)\b.*\b(?:Ministry|Office|Affairs|Department)\b.*\bof\s(?:the\s)?([A-Z].+)"
)


def _state_behind(state: State, body: Figure) -> Figure:
    """The state whose foreign ministry a body is, where the page names it: for this the ministry's people say "we"."""
    told = _FOREIGN_MINISTRY.fullmatch(body.fullest.evidence.exact)
    places = (one for one in most_told(state) if one.kind == "place") if told else ()
    named = (one for one in places if told and told[1].endswith(one.fullest.evidence.exact))
    return next(named, body)


def _is_issuer(figure: Figure) -> bool:
    """Whether a body speaks by what it publishes, as a ministry does and an agency does not."""
    last = plain(figure.fullest.evidence.exact).split()[-1:]
    return figure.kind == "organization" and nouns().outlet.isdisjoint(last)


def _speakers_around(state: State, statement: Statement, at: int) -> tuple[Figure, ...]:
    """Speakers of the nearest statement around it whose speaker is known, quotations first."""
    for one in state.barred.around(at):
        if one != statement.id:
            return state.spoken.by_statement.get(one, ())
    return state.spoken.by_statement.get(statement.within or "", ())


def _spoken_for(state: State, figure: Figure) -> Figure | None:
    """The body or state that somebody speaks for by his office, as his role or description names it."""
    if figure.kind != "person":
        return None
    scene = state.scene
    for one in figure.mentions[:_NAMES_LOOKED_AT]:
        start, end = office(scene.text, one.evidence.start, one.evidence.end)
        first, last = bisect_left(scene.mention_starts, start), bisect_left(scene.mention_starts, end)
        named = [other for other in scene.mentions[first:last] if scene.cast.of[other.id] is not figure]
        for kind in ("organization", "place"):
            for other in named:
                if other.kind == kind and not OFFICE_FREE.search(scene.text, start, end):
                    return scene.cast.of[other.id]
    return None


def second(state: State, statement: Statement) -> Meant:
    """Whom "you" means in an interview: who answers the question, else the one who spoke before it."""
    at = anchor_of(statement).start
    if state.answers and any(start <= at < end for start, end in state.asked):
        return Meant((state.answers,), "second person", "who is interviewed")
    outer: Statement | None = statement
    while outer is not None and outer.kind != "transcript":
        outer = state.statements.get(outer.within or "")
    if outer is None:
        return NOBODY
    at = anchor_of(outer).start
    turn, mine = (
        bisect_left(state.turns, at, key=lambda one: anchor_of(state.statements[one]).start),
        state.spoken.by_statement.get(outer.id, ()),
    )
    for one in (*state.turns[turn + 1 : turn + 2], *reversed(state.turns[max(0, turn - 2) : turn])):
        others = state.spoken.by_statement.get(one, ())
        if len(others) == 1 and (not mine or others[0] is not mine[0]):
            return Meant(others, "second person", "who answers")
    return NOBODY


def answering(state: State, statement: Statement) -> Meant:
    """Who gives the answers of "Question: ... Answer: ...": the only person whom the head of the page tells."""
    first_turn = anchor_of(state.statements[state.turns[0]]).start if state.turns else anchor_of(statement).start
    people = [
        figure for figure in state.scene.cast.figures if figure.kind == "person" and figure.starts[0] < first_turn
    ]
    told = people if len(people) == 1 else [state.answers] if state.answers else []
    told = told or (_title_body(state) if not people else [])
    if told:
        return Meant((told[0],), "description", "who answers the questions")
    for start, end in () if people else phrases(state.scene.text, 0, first_turn):
        figure = stranger(state.scene, evidence(state.page.document, start, end))
        return Meant((figure,), "described", "who answers the questions") if figure else NOBODY
    return NOBODY


def _title_body(state: State) -> list[Figure]:
    """The body that the title of a page names, as ministries put it: "Ministry of Trade: answers to questions"."""
    if not any(_ANSWERS.search(state.scene.text, start, end) for start, end in state.heads):
        return []
    return [one for one in state.scene.cast.figures if one.kind == "organization" and state.is_title(one.starts[0])][:1]


_ANSWERS = re.compile(r"\b(?:answers?|repl(?:y|ies))\b", re.IGNORECASE)


def relative(state: State, at: int, word: str) -> Meant:
    """Whom "who" or "which" means: the name right before it (its apposition may stand between), or the description."""
    scene = state.scene
    place = scene.place(at)
    number = bisect_left(scene.mention_starts, at) - 1
    if place is None:
        return NOBODY
    noun = _NOUN_PHRASE.search(scene.text, max(place.start, at - _LONGEST_PHRASE), at)
    for one in reversed(scene.mentions[max(0, number - 2) : number + 1]):
        between = scene.text[one.evidence.end : at]
        apposed = one.role is not None and between.strip(" ,") == one.role
        adjacent = _RIGHT_BEFORE.fullmatch(between) is not None and not hangs(scene.text, one, place.start, [])
        if one.evidence.start >= place.start and (one.kind == "person") == (word != "which") and (apposed or adjacent):
            return Meant((scene.cast.of[one.id],), "relative", "the name before it")
    if noun is None or word == "that":
        return NOBODY
    found = described(scene, noun.span(1), state.spoken.before(at))
    return Meant((found.figure,), "relative", found.detail) if found.figure else NOBODY


def is_personal(word: str) -> bool:
    """Whether it is "he", "she" or a form of these."""
    return word in nouns().male | nouns().female
