"""What is looked for in an index of words, whatever the database.

Words and phrases are in their indexed form (``forms.py``) and not parted yet: how words are parted is told by the
tokenizer of the index.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, all in what is said or all around it."""

    form: str
    begins: bool = False  #: the last word may go on


@dataclass(frozen=True, slots=True)
class Near:
    """Phrases that stand near each other: each begins at most so many words before the last one, without its own."""

    phrases: tuple[Phrase, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Every:
    """What holds all of these, at least one."""

    parts: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """What holds one of these, at least one."""

    parts: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What holds one thing and none of the others."""

    wanted: Wanted
    unwanted: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What holds it in what is said, not in the words around."""

    wanted: Wanted


Wanted = Phrase | Near | Every | Either | Without | Said
