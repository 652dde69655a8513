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
    second_person: frozenset[str]
    pair: frozenset[str]  #: plurals that with "the" stand for two who were named
    trade: frozenset[str]  #: nouns of companies, whose names seldom have the noun in them
    general: frozenset[str]  #: nouns that say little of a person: "the man", "the official"
    office: frozenset[str]  #: nouns of an office that one person of a page may hold
    portfolio: frozenset[str]  #: words that set one office apart from others of its noun
    feminine: frozenset[str]
    masculine: frozenset[str]
    voice: frozenset[str]  #: documents that speak with the voice of who wrote them
    honour: frozenset[str]  #: "his Highness"
    person: frozenset[str]  #: the nouns of persons whom "he" and "she" may mean without a name
    trades: frozenset[str]  #: more nouns of persons
    empty: frozenset[str]  #: words that stand for somebody and are no description of him
    foreign: frozenset[str]  #: pronouns of other languages
    crowd: frozenset[str]  #: nouns of people that are no trade or office
    short: dict[str, str]  #: titles cut short, without the dot, and the whole
    plain: frozenset[str]  #: words before a noun that set nobody apart


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
        document=frozenset(f"{read['document_noun']} {read['document_more']}".split()),
        voice=frozenset(read["voice_noun"].split()),
        honour=frozenset(read["honour"].split()),
        person=frozenset(f"{read['personal_noun']} {read['person_noun']}".split()),
        personal=frozenset(read["personal_noun"].split()),
        trades=frozenset(read["person_more"].split()),
        second_person=frozenset(read["second_person"].split()),
        pair=frozenset(read["pair_noun"].split()),
        trade=frozenset(read["trade_noun"].split()),
        general=frozenset(read["general_noun"].split()),
        office=frozenset(read["office_noun"].split()),
        portfolio=frozenset(read["portfolio"].split()),
        feminine=frozenset(read["feminine_noun"].split()),
        masculine=frozenset(read["masculine_noun"].split()),
        empty=frozenset(read["empty"].split()),
        foreign=frozenset(read["foreign_pronoun"].split()),
        crowd=frozenset(read["crowd_noun"].split()),
        plain=frozenset(read["plain_word"].split()),
        short=dict(read["short"]),
        same={noun: frozenset(others.split()) for noun, others in read["same"].items()},
    )


def confidence(rule: str, detail: str) -> float:
    """How often a rule of reference is right, by its detail where that was counted, else by the rule alone."""
    known = _confidences()
    return known.get(f"{rule}: {detail}", known.get(rule, _UNCOUNTED))


#: Of a rule that was never counted: no better than a coin.
_UNCOUNTED = 0.5


@cache
def _confidences() -> dict[str, float]:
    read = tomllib.loads(files(__package__).joinpath("confidence.toml").read_text(encoding="utf-8"))
    return {name: float(value) for name, value in read["confidence"].items()}
