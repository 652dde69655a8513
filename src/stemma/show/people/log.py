"""The log of what people said, in sentences: what each word says, of whom or what, and whether it still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from stemma.archive.answers.lines import WITHHELD
from stemma.archive.corrections.standing import age, standing, undone_among
from stemma.archive.views import Line, Stone
from stemma.errors import AmbiguousId, NoSuchRecord
from stemma.records import Correction, Judgement
from stemma.show import Answers
from stemma.show.lines import is_withheld, named
from stemma.show.people.marks import NOT_KNOWN
from stemma.show.plain import one_line, shortened

#: How the two of a judgement are written, by its id.
Sides = Callable[[str], tuple[str, str]]
_VERDICTS = {"same": "are the same", "different": "are different", "unsure": "may or may not be the same"}
_READ = frozenset({"s", "d", "l", "m"})  #: what is found in a page, by the letter of its id
_VALUELESS = frozenset({"undone", "access", "redaction", "address"})
_VALUE = 160  #: characters of a value


class Entry(NamedTuple):
    """One word: what it says, and why it holds no more where it does not."""

    word: Correction | Judgement
    says: str
    state: str  #: "" where it holds

    @property
    def why(self) -> str:
        """The reason that was given, on one line."""
        return one_line(reason_of(self.word))

    @property
    def undo(self) -> str:
        """The command that takes it back."""
        verb = "judge" if isinstance(self.word, Judgement) else "correct"
        return f"stemma {verb} --undo {self.word.id} --why WHY"


def entries(words: Sequence[Correction | Judgement], archive: Answers) -> Iterator[Entry]:
    """The words in sentences; which of them hold is told from all of these."""
    said = [each for each in words if isinstance(each, Correction)]
    undone, holding = undone_among(said), {each.id for each in standing(said)}
    takers = {each.about: each.id for each in said if each.field == "undone" and each.id not in undone}
    for word in words:
        told = sentence(_tellable(word, archive), archive.sides)
        yield Entry(word, told, _state(word, undone, holding, takers))


def _state(word: Correction | Judgement, undone: set[str], holding: set[str], takers: dict[str, str]) -> str:
    if word.id in undone:
        return f"taken back by {takers[word.id]}"
    is_newest = isinstance(word, Judgement) or word.field == "undone" or word.id in holding
    return "" if is_newest else "a newer word holds"


def _tellable(word: Correction | Judgement, archive: Answers) -> Correction | Judgement:
    """The word, without a value that was said of what is withdrawn now, or that names whom a page may not name."""
    if isinstance(word, Judgement) or word.field in _VALUELESS or word.about[:1] not in _READ:
        return word
    hidden = _hidden(word, archive)
    return msgspec.structs.replace(word, id=word.id, value=hidden) if hidden else word


def _hidden(word: Correction, archive: Answers) -> str:
    try:
        found = archive.line(word.about) if word.about[:1] == "s" else archive.record(word.about)
    except (AmbiguousId, NoSuchRecord):
        return ""
    if isinstance(found, Stone):
        return "(withdrawn)"
    if word.field == "means":
        return "" if archive.persons(word.value) else WITHHELD
    return WITHHELD if word.field == "speaker" and isinstance(found, Line) and is_withheld(found) else ""


def sentence(word: Correction | Judgement, sides: Sides) -> str:
    """What a word says, on one line; names instead of ids of mentions."""
    if isinstance(word, Judgement):
        left, right = sides(word.id)
        return f"{named(left)} and {named(right)} {_VERDICTS[word.verdict]}"
    match word.field:
        case "undone":
            return f"{word.about} is taken back"
        case "access":
            return f"{word.about} is withdrawn"
        case "redaction":
            return f"characters {one_line(word.value)} of {word.about} are covered"
        case "address":
            return f"the path in the address of {word.about} is covered"
        case _:
            return f"{word.field} of {word.about}: {shortened(one_line(word.value), _VALUE) or NOT_KNOWN}"


def by_whom(found: Sequence[Judgement]) -> tuple[list[Judgement], list[Judgement]]:
    """Judgements of people, newest first, and those of comparers."""
    people = sorted((each for each in found if each.at), key=age, reverse=True)
    return people, [each for each in found if not each.at]


def reason_of(word: Correction | Judgement) -> str:
    """The reason that a person gave."""
    return "; ".join(word.reasons) if isinstance(word, Judgement) else word.reason
