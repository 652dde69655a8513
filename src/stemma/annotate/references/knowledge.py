"""Nouns of descriptions, first persons and joint sources, from ``words.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Nouns:
    """Words by what they tell of a source; everything in small letters."""

    male: frozenset[str]
    female: frozenset[str]
    joint: tuple[str, ...]
    first_person: frozenset[str]
    relative: frozenset[str]
    indefinite: frozenset[str]
    outlet: frozenset[str]
    body: frozenset[str]
    document: frozenset[str]
    personal: frozenset[str]
    same: dict[str, frozenset[str]]


@cache
def nouns() -> Nouns:
    """The words, read once."""
    read = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return Nouns(
        male=frozenset(read["male"].split()),
        female=frozenset(read["female"].split()),
        joint=tuple(read["joint"]),
        first_person=frozenset(read["first_person"].split()),
        relative=frozenset(read["relative"].split()),
        indefinite=frozenset(read["indefinite"].split()),
        outlet=frozenset(read["outlet_noun"].split()),
        body=frozenset(read["body_noun"].split()),
        document=frozenset(read["document_noun"].split()),
        personal=frozenset(read["personal_noun"].split()),
        same={noun: frozenset(others.split()) for noun, others in read["same"].items()},
    )
