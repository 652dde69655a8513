"""A generator of text dumps of the size of real ones, for measuring cost: invented, seeded, as many as wanted.

    python -m bench.pages COUNT OUT.jsonl [--seed N]

Nine in ten pages are news of their own; one in ten repeats passages of an earlier page, as agencies' news does.
Each has a title, a header line, a dateline, a body with statements, an end mark and teasers printed twice.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

SYLLABLES = [
    "ka",
    "ren",
    "vol",
    "tis",
    "mar",
    "dun",
    "pel",
    "ori",
    "sen",
    "gath",
    "lu",
    "bre",
    "nim",
    "tov",
    "hask",
    "el",
    "ur",
    "din",
    "zo",
    "ray",
    "fen",
    "mok",
    "cas",
    "wil",
    "ner",
]
GLUE = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "that",
    "for",
    "on",
    "with",
    "as",
    "is",
    "was",
    "by",
    "it",
    "at",
    "from",
    "its",
    "be",
    "has",
    "have",
    "an",
    "this",
    "will",
    "not",
    "are",
]
VERBS = ["said", "stressed", "noted", "added", "declared", "emphasized", "recalled", "warned"]
PLACES = ["Karvis", "Velm", "Dornholt", "Maresh", "Ostrin", "Tavel", "Ulmara", "Sorrento-Vale"]
AGENCIES = ["SARVA", "NAK", "VELTA", "ORIN", "MTA"]
NOUNS = [
    "treaty",
    "harbour",
    "council",
    "railway",
    "delegation",
    "ceasefire",
    "budget",
    "bridge",
    "garrison",
    "commission",
    "ceremony",
]
REUSED = 0.1  #: share of pages that repeat passages of an earlier one
PARAGRAPHS = 10  #: with the furniture this gives 6 kB a page, the mean size of founding pages
FIRST_DAY = date(2020, 1, 1)


class Maker:
    """Makes pages one after the other; the same seed gives the same pages."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        coined = ["".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 3))) for _ in range(20_000)]
        self.words = GLUE + coined
        self.weights = list(accumulate(1 / (rank + 5) for rank in range(len(self.words))))  # else for each phrase
        self.earlier: list[list[str]] = []

    def phrase(self, least: int, most: int) -> str:
        """Words in the proportions of real text."""
        chosen = self.random.choices(self.words, cum_weights=self.weights, k=self.random.randint(least, most))
        return " ".join(w if i % 5 else self.random.choice(NOUNS) for i, w in enumerate(chosen))

    def name(self) -> str:
        """A person of two names."""
        return " ".join("".join(self.random.choices(SYLLABLES, k=2)).title() for _ in range(2))

    def paragraph(self, speaker: str) -> str:
        """A paragraph with a direct, an indirect or no statement."""
        words, verb = self.phrase(18, 40), self.random.choice(VERBS)
        match self.random.randrange(4):
            case 0:
                return f'"The {words}," {speaker} {verb}. "It will {self.phrase(8, 16)}."'
            case 1:
                day = f"{self.day():%B %-d}"
                return f"Minister {speaker} {verb} that the {words}, and that on {day} the {self.phrase(8, 14)}."
            case 2:
                return f"According to {speaker}, the {words}. He added that the {self.phrase(8, 14)}."
            case _:
                return f"The {words}. Last week the {self.phrase(10, 20)} in {self.random.choice(PLACES)}."

    def day(self) -> date:
        """A day of six years."""
        return FIRST_DAY + timedelta(days=self.random.randrange(2_190))

    def body(self) -> list[str]:
        """Paragraphs of its own, some pages with passages of an earlier page among them."""
        speaker = self.name()
        own = [self.paragraph(speaker) for _ in range(PARAGRAPHS)]
        if self.earlier and self.random.random() < REUSED:
            own[2:5] = self.random.choice(self.earlier[-500:])[2:5]
        self.earlier.append(own)
        return own

    def page(self, number: int) -> dict[str, Any]:
        """One row of the JSON Lines form that ``stemma add`` takes."""
        day, agency, place = self.day(), self.random.choice(AGENCIES), self.random.choice(PLACES)
        body = self.body()
        cards = [line for _ in range(8) for line in self.card(place, agency, day)]
        lines = [
            self.phrase(6, 10).title(),
            f"Date: {day:%d/%m/%Y} | Source: {agency} (En) | Read original version at source",
            f"{place}, {day:%B %-d} ({agency}) -- {body[0]}",
            *body[1:-1],
            body[-1] + " -0-",
            f"More From {agency} (En)",
            *cards,
            "More Articles",
        ]
        return {"url": f"https://{agency.lower()}.example/{number}", "text": "\n".join(lines)}

    def card(self, place: str, agency: str, day: date) -> list[str]:
        """A teaser as such pages print it: the text, its day, the text again."""
        text = f"{place}, {day:%B %-d} ({agency}) -- The {self.phrase(12, 18)}"
        return [text, f"{day:%B %-d, %Y}", text]


def pages(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """``count`` pages; ``self.earlier`` is bounded, so memory stays flat."""
    maker = Maker(seed)
    for number in range(count):
        yield maker.page(number)
        del maker.earlier[:-500]


def main() -> None:
    """Write the pages as JSON Lines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("output", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with chosen.output.open("w", encoding="utf-8") as out:
        for row in pages(chosen.count, chosen.seed):
            out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
