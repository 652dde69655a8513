"""The cast of a page: which mentions of it mean the same one, with gender and roles as far as they are told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from stemma.annotate.mentions.lexicon import lexicon, plain
from stemma.records import Mention, MentionKind
from stemma.text.words import fold

_SPLIT = re.compile(r"[^\w.]+")
_STOPPED = re.compile(r"(?:[A-Z]\.){2,3}")
_MOST_ALIKE = 60  #: bodies with the same first word, beyond which a short form is hardly one's alone
_MINISTRY = 2  #: words before that of which it is the ministry
_REALMS, _REALM_WORDS = frozenset({"republic", "kingdom", "federation", "emirate", "sultanate", "principality"}), 4
_MINISTRIES = {"internal": "interior", "defense": "defence"}
_LETTERS = re.compile(r"\b[A-Z]")


@dataclass(slots=True)
class Figure:
    """One of the cast: its mentions in order of place; ``gender`` is "m", "f" or None for not told.

    A stranger is a figure that the page describes and does not name.
    """

    kind: MentionKind
    mentions: list[Mention] = field(default_factory=list)
    gender: str | None = None
    roles: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    chosen: Mention | None = None
    is_named: bool = True
    is_many: bool = False  #: several who are described together

    @property
    def fullest(self) -> Mention:
        """The mention with most words; of equals the first."""
        return self.chosen or self.mentions[0]


@dataclass(frozen=True, slots=True)
class Cast:
    """The figures of a page, and the figure of each mention by its id."""

    figures: tuple[Figure, ...]
    of: dict[str, Figure]


@lru_cache(maxsize=16_384)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, folded, hyphens taken apart."""
    return tuple(bare for word in _SPLIT.split(fold(name)) if (bare := word.rstrip(".")))


def assemble(mentions: Sequence[Mention]) -> Cast:
    """Mentions of one name under one figure; short forms join the only full name that holds them."""
    known = _Known()
    by_name: dict[tuple[str, str], Figure] = {}
    for one in sorted(mentions, key=_fullness):
        key = (_group(one.kind), " ".join(name_words(one.evidence.exact)))
        figure = by_name.get(key) or _holder(one, known)
        if figure is None:
            figure = Figure(one.kind)
            known.add(figure, one)
        by_name[key] = figure
        figure.mentions.append(one)
    figures = known.figures
    for figure in figures:
        _complete(figure)
    figures.sort(key=lambda figure: figure.mentions[0].evidence.start)
    return Cast(tuple(figures), {one.id: figure for figure in figures for one in figure.mentions})


class _Known:
    """The figures so far, found by what a shorter form of their first, fullest name may show of it."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self.people: dict[str, list[Figure]] = defaultdict(list)  #: by each word
        self.bodies: dict[str, list[Figure]] = defaultdict(list)  #: by the first word
        self.initials: dict[tuple[str, str], list[Figure]] = defaultdict(list)  #: by kind and capitals

    def add(self, figure: Figure, one: Mention) -> None:
        """A figure with its first mention."""
        self.figures.append(figure)
        name, group = one.evidence.exact, _group(one.kind)
        self.initials[group, "".join(_LETTERS.findall(name))].append(figure)
        if group == "person":
            for word in set(name_words(name)):
                self.people[word].append(figure)
        elif group == "body" and (words := body_words(name)):
            self.bodies[words[0]].append(figure)


def _group(kind: MentionKind) -> str:
    return "body" if kind in {"organization", "outlet"} else kind


def _fullness(one: Mention) -> tuple[int, int, int]:
    return (-len(name_words(one.evidence.exact)), -len(one.evidence.exact), one.evidence.start)


def _holder(one: Mention, known: _Known) -> Figure | None:
    """The only figure that a short form or an acronym can mean."""
    if one.kind == "person":
        return _short_of(one, known.people)
    text = one.evidence.exact.replace(".", "")
    if text.isupper() and one.kind != "place":
        called = known.initials["person", text] if _STOPPED.fullmatch(one.evidence.exact) else ()
        if len(called) == 1:
            return called[0]  # as interviews call those who speak: "A.H."
        if known.initials[_group(one.kind), text]:
            return known.initials[_group(one.kind), text][0]
    return _begun(one, known) if _group(one.kind) == "body" else None


def _begun(one: Mention, known: _Known) -> Figure | None:
    """The only body whose name goes on with "of", or with what makes a company of a name.

    "Foreign Ministry" is the "Ministry of Foreign Affairs of the Republic", "Velda" is "Velda Foods".
    """
    words = body_words(one.evidence.exact)
    alike = known.bodies.get(words[0], []) if words else []
    fuller = [figure for figure in alike if _goes_on(words, figure)] if len(alike) <= _MOST_ALIKE else []
    return fuller[0] if len(fuller) == 1 else None


def _goes_on(words: tuple[str, ...], figure: Figure) -> bool:
    full = body_words(figure.mentions[0].evidence.exact)
    rest = full[len(words) :]
    return full[: len(words)] == words and (not rest or rest[0] == "of" or lexicon().firm.issuperset(rest))


def body_words(name: str) -> tuple[str, ...]:
    """The words of a body's name, a ministry by its adjective: "Ministry of Foreign Affairs" as "foreign ministry"."""
    words = name_words(name)
    if words[:2] == ("ministry", "of") and len(words) > _MINISTRY:
        what = _MINISTRIES.get(words[2], words[2])
        rest = words[3:][words[3:4] == ("affairs",) :]
        words = (what, "ministry", *rest) if not rest or rest[0] == "of" else words
    return _without_realm(words)


def _without_realm(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the form of its state: "Embassy of the Republic of Veloria" as "Embassy of Veloria"."""
    for at in range(1, len(words) - _REALM_WORDS):
        if words[at] == "of" and words[at + 1] == "the" and words[at + 2] in _REALMS and words[at + 3] == "of":
            return (*words[: at + 1], *words[at + _REALM_WORDS :])
    return words


def _short_of(one: Mention, people: dict[str, list[Figure]]) -> Figure | None:
    words = name_words(one.evidence.exact)
    if not words:
        return None
    held = [figure for figure in people.get(words[-1], []) if _holds(figure, words)]
    if len(held) == 1:
        return held[0]
    if not held:
        slipped = [figure for figure in people.get(words[0], []) if _is_slip(figure, words)]
        return slipped[0] if len(slipped) == 1 else None
    near = [figure for figure in held if figure.mentions[0].evidence.start < one.evidence.start]
    return near[0] if len(near) == 1 else None


def _holds(figure: Figure, words: tuple[str, ...]) -> bool:
    full = name_words(figure.mentions[0].evidence.exact)
    if len(words) < len(full) and set(words) <= set(full):
        return True
    return len(words) == len(full) > 1 and all(map(_stands_for, words, full))


def _stands_for(word: str, full: str) -> bool:
    """Whether it is the word or its initial: "j." of "jamshed"."""
    return word == full or (len(word.rstrip(".")) == 1 and full.startswith(word[0]))


def _is_slip(figure: Figure, words: tuple[str, ...]) -> bool:
    """Whether a full name differs from another by one letter left out or put in: "Son-hee", "Song-hee"."""
    full = name_words(figure.mentions[0].evidence.exact)
    if len(full) != len(words) or len(full) < 2 or full[0] != words[0]:
        return False
    left, right = sorted(("".join(full[1:]), "".join(words[1:])), key=len)
    if len(left) < 5 or len(right) - len(left) != 1:
        return False
    return any(right[:at] + right[at + 1 :] == left for at in range(len(right)))


def _complete(figure: Figure) -> None:
    figure.mentions.sort(key=lambda one: one.evidence.start)
    figure.starts = [one.evidence.start for one in figure.mentions]
    sizes = [len(name_words(one.evidence.exact)) for one in figure.mentions]
    figure.chosen = figure.mentions[sizes.index(max(sizes))]
    figure.roles = list(dict.fromkeys(one.role for one in figure.mentions if one.role))
    if figure.kind == "person":
        figure.gender = _gender(figure)


def _gender(figure: Figure) -> str | None:
    """What titles and given names tell; a title outranks a name."""
    known = lexicon()
    for role in figure.roles:
        for word in plain(role).replace(".", "").split():
            if word in known.male_title:
                return "m"
            if word in known.female_title:
                return "f"
    return _by_name(name_words(figure.fullest.evidence.exact))


def _by_name(words: Iterable[str]) -> str | None:
    known = lexicon()
    names = list(words)
    if len(names) == 1 and names[0] not in known.male | known.female:
        return None
    first = names[0]
    if (first in known.male) != (first in known.female):
        return "m" if first in known.male else "f"
    last = names[-1]
    if len(names) > 1 and last.endswith(("ova", "eva", "ina", "skaya", "ovna", "evna")):
        return "f"
    if len(names) > 1 and any(name.endswith(("ovich", "evich")) for name in names):
        return "m"
    return None
