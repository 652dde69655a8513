"""The witnesses of an utterance word by word: every place where they differ, with what each of them reads there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemma.archive.views import Line, Utterance
from stemma.errors import BadValue
from stemma.records import EditClass
from stemma.show.lines import NO_SPEAKER, speaker
from stemma.show.plain import shortened
from stemma.show.transmission import sigla, witnesses, wording_of

#: A witness that shares a smaller part of the words is told in other words: laid beside the base it would show nothing.
FAR = 0.3
#: Differences of these classes alone change no sense: they can be shown apart.
SLIGHT: frozenset[EditClass] = frozenset({"spelling", "punctuation"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What some witnesses have at a place; no words: they leave it out."""

    words: str
    sigla: tuple[str, ...]
    kinds: tuple[EditClass, ...]  #: how it differs from the base; nothing for what agrees with it


@dataclass(frozen=True, slots=True)
class Variation:
    """A place of the base's text where a witness differs; the base's own reading stands first."""

    number: int  #: from 1
    start: int
    end: int
    readings: tuple[Reading, ...]

    @property
    def kinds(self) -> tuple[EditClass, ...]:
        """The classes of difference, each once."""
        return tuple(dict.fromkeys(kind for reading in self.readings for kind in reading.kinds))

    @property
    def is_slight(self) -> bool:
        """Whether nothing but spelling and marks differs."""
        return SLIGHT.issuperset(self.kinds)


@dataclass(frozen=True, slots=True)
class Apparatus:
    """All witnesses of an utterance beside one of them; the text between two variations is common to all.

    Witnesses that take the words for another speaker's stand among them, last.
    """

    lines: tuple[Line, ...]
    sigla: tuple[str, ...]
    base: int  #: number of the base among the witnesses, from 0
    text: str  #: of the base
    variations: tuple[Variation, ...]
    apart: tuple[str, ...]  #: signs of the witnesses that say it in other words; they stand in no variation
    speakers: tuple[tuple[str, tuple[str, ...]], ...]  #: whom witnesses take the words for; one entry: they agree

    def witness(self, siglum: str) -> Line:
        """The witness of a sign."""
        return self.lines[self.sigla.index(siglum)]


def apparatus(view: Utterance, base: str = "") -> Apparatus:
    """The apparatus of an utterance over a base: a siglum or the id of a statement (or its beginning).

    Without one the first witness is the base: the earliest here. Raises ``BadValue`` for a base that is none of them.
    """
    from stemma.collate.table import likeness  # noqa: PLC0415 - loads the aligner; verbs that compare nothing start without it

    lines = witnesses(view)
    signs = sigla(lines)
    number = _base(lines, signs, base) if base else 0
    texts = [wording_of(line) for line in lines]
    near = [place for place, text in enumerate(texts) if place != number and likeness(texts[number], text) >= FAR]
    apart = tuple(sign for place, sign in enumerate(signs) if place != number and place not in near)
    variations = tuple(_variations(texts, signs, number, near))
    return Apparatus(lines, signs, number, texts[number], variations, apart, tuple(_speakers(lines, signs)))


def _variations(texts: Sequence[str], signs: Sequence[str], base: int, near: Sequence[int]) -> Iterator[Variation]:
    """The places where one of the witnesses that are near the base differs from it."""
    from stemma.collate.table import table  # noqa: PLC0415 - loads the aligner; verbs that compare nothing start without it

    for number, place in enumerate(table(texts[base], [texts[other] for other in near]), 1):
        lemma = texts[base][slice(*place.span)].strip()
        read = [
            (texts[other][slice(*each.span)].strip(), each.kinds, signs[other])
            for other, each in zip(near, place.readings, strict=True)
        ]
        yield Variation(number, *place.span, tuple(_readings(lemma, signs[base], read)))


def _base(lines: Sequence[Line], signs: Sequence[str], wanted: str) -> int:
    for place, (line, sign) in enumerate(zip(lines, signs, strict=True)):
        if wanted.upper() == sign or line.statement.id.startswith(wanted):
            return place
    raise BadValue("base", wanted, f"one of the witnesses: {', '.join(signs)}")


def _readings(lemma: str, base: str, read: Sequence[tuple[str, tuple[EditClass, ...], str]]) -> Iterator[Reading]:
    """Equal readings under one entry, in the order of their first witness; the base's first."""
    yield Reading(lemma, (base, *(sign for _, kinds, sign in read if not kinds)), ())
    differing = [each for each in read if each[1]]
    for words in dict.fromkeys(words for words, _, _ in differing):
        same = [(kinds, sign) for other, kinds, sign in differing if other == words]
        yield Reading(words, tuple(sign for _, sign in same), same[0][0])


def _speakers(lines: Sequence[Line], signs: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The speakers as witnesses tell them, with the witnesses of each; nobody told stands last."""
    names = [speaker(line) for line in lines]
    for name in sorted(dict.fromkeys(names), key=lambda each: each == NO_SPEAKER):
        yield name, tuple(sign for sign, own in zip(signs, names, strict=True) if own == name)


_CLOSING = frozenset(".,;:!?)”»…")  #: marks that follow a word without a blank


def pieces(view: Apparatus) -> Iterator[tuple[str, Variation | None]]:
    """The base's text in order: what all have, and the words of each variation, which may be none.

    Blanks stand in what all have, so that a number can be set beside the words of a variation.
    """
    at = 0
    for variation in view.variations:
        words = view.text[variation.start : variation.end]
        before = view.text[at : variation.start] + words[: len(words) - len(words.lstrip())]
        yield (before.rstrip() if words.strip()[:1] in _CLOSING and words.strip() else before), None
        yield words.strip(), variation
        at = variation.end - (len(words) - len(words.rstrip()) if words.strip() else 0)
        if not words.strip() and view.text[at : at + 1] not in {"", " ", *_CLOSING}:
            yield " ", None
    yield view.text[at:], None


def cut(view: Apparatus, limit: int) -> tuple[str, tuple[Variation, ...], int]:
    """The base's text and variations within so many characters, and how many characters are left out."""
    if len(view.text) <= limit:
        return view.text, view.variations, 0
    end = len(shortened(view.text, limit).removesuffix("…").rstrip())
    end = min((each.start for each in view.variations if each.start < end < each.end), default=end)
    return view.text[:end], tuple(each for each in view.variations if each.end <= end), len(view.text) - end
