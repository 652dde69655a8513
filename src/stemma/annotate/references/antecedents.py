"""Antecedents of "he" and "she": every person named nearby, weighed by what a reader goes by.

The evidence follows the classical salience factors (Lappin and Leass 1994): recency, subjecthood,
parallel function, repetition; plus who spoke last. No parser: a subject is a name that opens its clause
or has a verb behind it.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

from stemma.annotate.references.cast import Cast, Figure
from stemma.records import Mention, Page, prose
from stemma.text.sentences import sentences

#: The first letter stands before its look-behind: so it is found fast.
PRONOUN = re.compile(r"[HhSs](?<!\w.)(?:(?<=[Ss])he|(?<=[Hh])(?:e|im|imself|er|ers|erself|is))\b")
_CLAUSE = re.compile(r"[,;:—]|\b(?:that|when|while|but|because|who|which|after|before|as|although|since|and)\b")
_VERB = re.compile(
    r"[ \u00a0]+(?:(?:also|then|later|now|once|never|often|still|first|soon|eventually|finally|further|had|has|have"
    r"|was|is|would|will|could|can|did|does|may|might)\b|[a-z]+(?:ed|es|s)\b"
    r"|(?:said|told|made|took|went|came|became|began|won|lost|wrote|met|left|gave|got|held|found|led|saw|sang|ran|sent"
    r"|spoke|thought|knew|kept|felt|put|brought|built|bought|taught|fell|grew|drew|chose)\b)"
)
_OPENS_WITH = re.compile(r"(?:She|Her|He|His)\b")
_PLAIN_SUBJECT = 0.5  #: how much the only person of a sentence must look like its subject
_OWNS = re.compile(r" ?['’]s\b")
_APPOSITION = re.compile(r",[^,.;]{3,90},")
_PREPOSITION = re.compile(
    r"\b(?:of|for|to|with|by|from|in|at|on|against|about|into|over|under|between|after|before|like|than|as|alongside"
    r"|toward|towards|via|including|featuring|starring|beat|defeated|married|joined)\s+(?:\w+\s+){0,2}$"
)
_SUBJECT_HEAD = re.compile(
    r"[\"“‘(]?(?:(?:The|A|An|Mr|Mrs|Ms|Dr|In|On|At|When|While|After|Before|As|Although|Though|Then|And|But|However|Later"
    r"|Meanwhile|According|Since|Because|If|that|when|while|but|because|after|before|as|although|since|and)\b"
    r"[\w ,.'’-]{0,60})?$"
)
_AFTER_CLAUSE = re.compile(
    r"^[\"“]?(?:[A-Z][a-z]+ing|In|On|At|For|With|Despite|After|Before|As|When|While|Although|Though|Since|Because"
    r"|Following|During|By|If|Until|Upon|From|To)\b"
)
_OPENING = 40  #: characters that may stand before a subject that opens its sentence
_NEARBY = 10  #: sentences back that are looked at
_NAMES_EACH, _NAMES_AFTER = 2, 3  #: names of one person before a pronoun, of all persons after it


class Place(NamedTuple):
    """Where a stretch stands: number of its sentence and paragraph, and the sentence's bounds."""

    sentence: int
    paragraph: int
    start: int
    end: int


class Choice(NamedTuple):
    """A figure that a pronoun may mean: the nearest mention of it, and the weight of the evidence."""

    figure: Figure
    mention: Mention
    weight: float


class Lately(NamedTuple):
    """Whom the page last had in mind: the last speaker (with a share of its weight), the last "he" or "she".

    ``opens``: where the quotation begins that ends right before the pronoun. Its sentences put nobody further off.
    """

    speaker: Figure | None = None
    share: float = 1.0
    echo: Figure | None = None
    opens: int | None = None


NOBODY_LATELY = Lately()
#: Figures that a pronoun does not mean, and spans in which whom it means is not named.
Barred = Sequence[Figure | tuple[int, int]]


class Scene:
    """A page prepared for questions about pronouns: its sentences, and its persons in order of place."""

    def __init__(self, page: Page, cast: Cast) -> None:
        self.text = page.document.text
        self.cast = cast
        labels = prose(page)
        self.spans = [
            (s, e, n) for n, label in enumerate(labels) for s, e in sentences(self.text, label.start, label.end)
        ]
        self.starts = [span[0] for span in self.spans]
        self.mentions = sorted(
            (one for figure in cast.figures for one in figure.mentions), key=lambda one: one.evidence.start
        )
        self.mention_starts = [one.evidence.start for one in self.mentions]
        self.people = [one for one in self.mentions if one.kind == "person"]
        self.begins = [one.evidence.start for one in self.people]
        self.bodies = [one for one in self.mentions if one.kind in {"organization", "outlet"}]
        self.body_ends = [one.evidence.end for one in self.bodies]
        self.subjects: dict[str, float] = {}
        self.strangers: list[Figure] = []

    def meet(self, figure: Figure, one: Mention) -> None:
        """Let pronouns after it mean a figure that a description stands for: a stranger, or somebody named again."""
        self.cast.of[one.id] = figure
        if one.kind == "person" and not figure.is_many:
            number = bisect_right(self.begins, one.evidence.start)
            self.begins.insert(number, one.evidence.start)
            self.people.insert(number, one)
        elif one.kind in {"organization", "outlet"}:
            number = bisect_right(self.body_ends, one.evidence.end)
            self.body_ends.insert(number, one.evidence.end)
            self.bodies.insert(number, one)
        insort(figure.starts, one.evidence.start)
        insort(figure.mentions, one, key=lambda other: other.evidence.start)

    def place(self, at: int) -> Place | None:
        """The sentence around an offset; None outside the prose."""
        number = bisect_right(self.starts, at) - 1
        if number < 0 or at >= self.spans[number][1]:
            return None
        start, end, paragraph = self.spans[number]
        return Place(number, paragraph, start, end)

    def tell_genders(self) -> None:
        """Learn who is "she" from sentences that open so behind one with a single subject: "Holt spoke. Her aide"."""
        for (before, stop, _), (start, end, _) in pairwise(self.spans):
            opened = _OPENS_WITH.match(self.text, start, end)
            inside = self.people[bisect_left(self.begins, before) : bisect_left(self.begins, stop)] if opened else []
            named = {id(self.cast.of[one.id]) for one in inside}
            if opened and len(named) == 1 and self.subjecthood(inside[0]) >= _PLAIN_SUBJECT:
                figure = self.cast.of[inside[0].id]
                figure.gender = figure.gender or ("f" if opened[0].lower() in {"she", "her"} else "m")

    def subjecthood(self, one: Mention) -> float:
        """How much a name looks like the subject of its clause, 0 to 1."""
        if one.id not in self.subjects:
            self.subjects[one.id] = _subjecthood(self.text, one, self.place(one.evidence.start))
        return self.subjects[one.id]


def _subjecthood(text: str, one: Mention, place: Place | None) -> float:
    if place is None:
        return 0.0
    start, end = one.evidence.start, one.evidence.end
    if text[end : end + 2] in {"'s", "’s"} or (text[end : end + 1] in {"'", "’"} and text[end - 1] == "s"):
        return 0.1
    before = text[place.start : start]
    apposition = _APPOSITION.match(text, end)
    verb = _VERB.match(text, apposition.end() if apposition else end) is not None
    if _PREPOSITION.search(before):
        return 0.0
    opens = not before or (len(before) < _OPENING and _SUBJECT_HEAD.fullmatch(before) is not None)
    return 0.5 * verb + 0.5 * opens


def rank(scene: Scene, start: int, end: int, lately: Lately = NOBODY_LATELY, barred: Barred = ()) -> list[Choice]:
    """Persons that the pronoun at ``start`` may mean, heaviest first.

    ``barred`` figures are left out: a speaker does not call himself "he" inside his own quotation. So are names that
    stand in a barred span: whom somebody speaks of is not for that who speaks.
    """
    place = scene.place(start)
    if place is None:
        return []
    spans = [each for each in barred if not isinstance(each, Figure)]
    best: dict[int, Choice] = {}
    fitting: dict[int, bool] = {}
    for one in _nearby(scene, place, start, lately):
        figure = scene.cast.of[one.id]
        if any(first <= one.evidence.start < last for first, last in spans):
            continue
        if id(figure) not in fitting:
            fitting[id(figure)] = _agrees(scene.text[start:end], figure) and not any(
                figure is other for other in barred
            )
        if not fitting[id(figure)]:
            continue
        weight = weigh(evidence_for(scene, one, start, end, lately))
        if id(figure) not in best or weight > best[id(figure)].weight:
            best[id(figure)] = Choice(figure, one, weight)
    return sorted(best.values(), key=lambda choice: (-choice.weight, choice.mention.evidence.start))


def _nearby(scene: Scene, place: Place, start: int, lately: Lately) -> Iterator[Mention]:
    """The nearest names of each person before the pronoun, and the first names after it in its sentence.

    Who spoke last counts however far back the name stands: long quotations lie between.
    """
    first = scene.starts[max(0, place.sentence - _NEARBY)]
    taken: dict[int, int] = {}
    middle = bisect_right(scene.begins, start)
    for number in range(middle - 1, bisect_right(scene.begins, first - 1) - 1, -1):
        figure = id(scene.cast.of[scene.people[number].id])
        taken[figure] = taken.get(figure, 0) + 1
        if taken[figure] <= _NAMES_EACH:
            yield scene.people[number]
    speaker = lately.speaker
    if speaker is not None and id(speaker) not in taken and speaker.starts[0] < start:
        yield speaker.mentions[bisect_right(speaker.starts, start) - 1]
    yield from scene.people[middle : min(bisect_right(scene.begins, place.end), middle + _NAMES_AFTER)]


def _agrees(pronoun: str, figure: Figure) -> bool:
    gender = "m" if pronoun.lower() in {"he", "him", "his", "himself"} else "f"
    return figure.gender in {gender, None}


def weigh(found: list[tuple[str, float]]) -> float:
    """The weighted sum of pieces of evidence."""
    weight = weights()
    return sum(weight[name] * value for name, value in found)


def evidence_for(
    scene: Scene, one: Mention, start: int, end: int, lately: Lately = NOBODY_LATELY
) -> list[tuple[str, float]]:
    """Evidence that the pronoun at ``start`` means ``one``, by name of the weight; what is not found is left out."""
    here, there = scene.place(start if lately.opens is None else lately.opens), scene.place(one.evidence.start)
    if there is None or here is None:
        return []
    figure = scene.cast.of[one.id]
    subject = scene.subjecthood(one)
    back = here.sentence - there.sentence
    found = [("sentences back", float(min(back, 4))), ("subject", subject)]
    if back <= 1:
        found.append(("sentence before" if back else "same sentence", 1.0))
    if here.paragraph != there.paragraph:
        found.append(("other paragraph", 1.0))
    found.append(("mentioned", min(4, bisect_right(figure.starts, start - 1)) / 4))
    if figure.gender is not None:
        found.append(("gender told", 1.0))
    if figure is lately.speaker:
        found.append(("last speaker", lately.share))
    if figure is lately.echo:
        found.append(("last pronoun", 1.0))
    if scene.cast.figures and figure is scene.cast.figures[0]:
        found.append(("title theme", 1.0))
    if one.evidence.start < start:
        return found + _order(scene, one, start, back == 0, scene.text[start:end].lower())
    found.append(("after", 1.0))
    if subject > 0 and _is_cataphora(scene.text, here, one, start):
        found.append(("cataphora", 1.0))
    return found


def _order(scene: Scene, one: Mention, start: int, together: bool, word: str) -> list[tuple[str, float]]:
    """Evidence from what stands between a name and the pronoun after it."""
    subject = scene.subjecthood(one)
    between = bisect_right(scene.begins, start) - bisect_right(scene.begins, one.evidence.start)
    found = [("names between", float(min(between, 3)))]
    if between == 0:
        found.append(("nearest", 1.0))
    if word in {"he", "she"}:
        found.append(("parallel", subject))
    if together:
        if _CLAUSE.search(scene.text, one.evidence.end, start) is None:
            found.append(
                ("own clause possessive", 0.5 + subject)
                if word in {"his", "her"}
                else ("own clause object", float(word in {"him", "he", "she"}))
            )
        if word in {"himself", "herself"}:
            found.append(("reflexive", subject))
    if _OWNS.match(scene.text, one.evidence.end):
        found.append(("owner", 1.0))
        if word in {"his", "her"}:
            found.append(("owner, possessive", 1.0))
    return found


def _is_cataphora(text: str, here: Place, one: Mention, start: int) -> bool:
    """Whether the name is the first after the comma of an opening phrase: "Noting that his ..., Kim said"."""
    return (
        _AFTER_CLAUSE.match(text[here.start : here.start + 20]) is not None and "," in text[start : one.evidence.start]
    )


@cache
def weights() -> dict[str, float]:
    """The weights of ``weights.toml``."""
    read: dict[str, Any] = tomllib.loads(
        files("stemma.annotate.references.knowledge").joinpath("weights.toml").read_text(encoding="utf-8")
    )
    return {name: float(value) for name, value in read["weight"].items()}
