"""Fields that a person set right: who says so, when and why, and what was derived; what is covered and by whom.

What a person's word says stands where the field is shown, and is not told again: there, words are covered that others
covered later.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from stemma.archive.answers.lines import WITHHELD
from stemma.archive.corrections.values import names_of
from stemma.archive.pages.reading import CORRECTED
from stemma.archive.views import Article, Line, Was
from stemma.records import Correction, CorrectionField
from stemma.show.lines import join_names, long_date, named
from stemma.show.plain import one_line
from stemma.text.words import fold

SIGN = "✎"  #: stands beside what a person set right; words stand with it wherever there is room
NOT_KNOWN = "not known"
_TAKING = frozenset({"access", "redaction", "undone"})
_OF_PAGE = frozenset({"title", "outlet", "published"})
_NAMES: dict[CorrectionField, str] = {
    "said": "day said", "content": "span", "published": "date", "label": "part of the page",
    "role": "part of the page", "modified": "day of change",
    "means": "person meant",
}  # fmt: skip


class Mark(NamedTuple):
    """A field that a person set right; ``was`` is ``None`` where what was derived may not be shown."""

    word: Correction
    name: str  #: of the field, for people
    deed: str  #: "corrected", or "confirmed" where the person says what was derived
    was: Was | None
    is_covered: bool  #: what the person says is not shown, since it repeats words that are covered

    @property
    def who(self) -> str:
        """The person who says so."""
        return named(self.word.by)

    @property
    def told(self) -> str:
        """All about it on one line: who, when and why."""
        covered = "; not shown, since it repeats words that are covered" if self.is_covered else ""
        return f"{self.name} {self.deed} by {signed(self.word)}{covered}"

    @property
    def before(self) -> str:
        """What was derived; nothing where that may not be shown or is confirmed."""
        if not self.was or self.deed == "confirmed" or self.is_covered:
            return ""
        return one_line(self.was.value) or NOT_KNOWN

    @property
    def basis(self) -> str:
        """How that was derived, and how sure it was; nothing of what was not known."""
        if not self.was or self.before in {"", NOT_KNOWN, WITHHELD}:
            return ""
        basis = f"{one_line(self.was.basis)}, " if self.was.basis else ""
        return f"{basis}{self.was.confidence * 100:.0f} % sure by machine"

    @property
    def part(self) -> str:
        """Which part of the page got which role; nothing for other fields."""
        if self.word.field == "label":
            return f"characters {one_line(self.word.value)}"
        return one_line(self.word.value) if self.word.field == "role" else ""

    @property
    def undo(self) -> str:
        """The command that takes it back."""
        return undo(self.word)


def undo(word: Correction) -> str:
    """The command that takes a word back."""
    return f"stemma correct --undo {word.id} --why WHY"


def signed(word: Correction) -> str:
    """Who, when and why: "Ilse Marn, 22 November 2026: named in the caption"."""
    return f"{named(word.by)}, {long_date(word.at)}: {one_line(word.reason)}"


def marks(view: Line | Article) -> tuple[Mark, ...]:
    """What people set right of what a line tells, or of a page itself: not of what was found in it."""
    was = {each.correction: each for each in view.was}
    setting = [each for each in view.corrections if each.field not in _TAKING]
    if isinstance(view, Article):
        setting = [each for each in setting if each.about[:1] != "s"]
    return tuple(_mark(view, each, was.get(each.id)) for each in setting)


def _mark(view: Line | Article, word: Correction, was: Was | None) -> Mark:
    deed = "confirmed" if was and _says_the_same(view, word, was) else "corrected"
    return Mark(word, _NAMES.get(word.field, word.field), deed, was, bool(word.value) and _lacks(view, word))


def _lacks(view: Line | Article, word: Correction) -> bool:
    """Whether nothing is shown in the field that a person set to something."""
    match view, word.field:
        case Line(), "speaker":
            return not view.speakers
        case Line(), "said":
            return view.statement.said is None
        case Article(), "language":
            return view.language is None
        case _, "title" | "outlet" | "published":
            return getattr(view, word.field) is None
        case _:
            return False


def _says_the_same(view: Line | Article, word: Correction, was: Was) -> bool:
    match word.field:
        case "speaker":
            return _names(word.value) == _names(was.value)
        case "content":
            return isinstance(view, Line) and " … ".join(each.exact for each in view.statement.content) == was.value
        case "label":
            return word.value.split(" ")[-1] == was.value
        case _:
            return word.value == was.value


def _names(value: str) -> set[str]:
    return {fold(each.name) for each in names_of(value)}


def marks_of(view: Line | Article, *fields: str) -> tuple[Mark, ...]:
    """Those of these fields."""
    return tuple(mark for mark in marks(view) if mark.word.field in fields)


class Cover(NamedTuple):
    """Words by which one person covers something for one reason."""

    words: tuple[Correction, ...]

    @property
    def deed(self) -> str:
        """What was done: to words, or to a statement whose words are covered with it."""
        if self.words[0].field == "redaction":
            return "words covered"
        return "statement withdrawn" if len(self.words) == 1 else "statements withdrawn"

    @property
    def who(self) -> str:
        """The person."""
        return named(self.words[0].by)

    @property
    def told(self) -> str:
        """Who, when and why."""
        return signed(self.words[0])

    @property
    def undo(self) -> str:
        """The command that uncovers it all."""
        return f"stemma correct --undo {' '.join(each.id for each in self.words)} --why WHY"


def covers(view: Line | Article) -> tuple[Cover, ...]:
    """The words that cover something in a statement or a page."""
    found: dict[tuple[str, str, str, str], list[Correction]] = {}
    for each in view.corrections:
        if each.field in {"redaction", "access"}:
            found.setdefault((each.field, each.by, each.at[:10], each.reason), []).append(each)
    return tuple(Cover(tuple(words)) for words in found.values())


def brief(view: Line | Article, *, titled: bool = True) -> tuple[str, ...]:
    """For lists: "speaker and title corrected by Ilse Marn", a part for each person and deed.

    ``titled``: with what is told of the page, which a list of one page leaves out.
    """
    shown = (mark for mark in marks(view) if not mark.is_covered and (titled or mark.word.field not in _OF_PAGE))
    by_deed = sorted(shown, key=lambda mark: (mark.deed, mark.who))
    told = [_brief(who, deed, each) for (deed, who), each in groupby(by_deed, lambda mark: (mark.deed, mark.who))]
    return (*told, *dict.fromkeys(f"{each.deed} by {each.who}" for each in covers(view)))


def _brief(who: str, deed: str, found: Iterable[Mark]) -> str:
    return f"{join_names([*dict.fromkeys(mark.name for mark in found)])} {deed} by {who}"


def derived(line: Line) -> Was | None:
    """How a program came to a statement that a person set right; ``None`` for one that stands as it was derived."""
    own = [mark.was for mark in marks_of(line, "kind", "said", "content") if mark.was]
    return own[0] if own else None


def is_of_person(reason: str) -> bool:
    """Whether a reason or basis is a person's word, which the marks tell in full."""
    return reason.startswith(CORRECTED)
