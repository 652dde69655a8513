"""Pages of an invented outlet whose furniture reads like prose: an appeal for money, and words about the paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

OUTLET = "The Karvis Lantern"
APPEAL = (
    "The Karvis Lantern has no owner and asks for no fee. If you found this useful, please give what you can: every crown "
    "pays for a reporter on the road, and readers have carried us through three hard winters."
)
ABOUT = (
    "Founded by two printers in a cellar on Quill Lane, the Lantern is read in every valley. “We print what we have seen "
    "and nothing else,” said its first editor, Odile Marran. The paper appears six days a week."
)
_PLACES = ["Sellin", "Dorva", "Ombre", "Tarn", "Vessel", "Quarry", "Lintel", "Marsh", "Orchard", "Beacon", "Harrow"]
_PEOPLE = [
    "Ines Calder", "Bram Otten", "Lucan Fehr", "Maud Sorley", "Petra Wynn", "Joss Arkel", "Nell Tobin", "Ruan Vesk",
    "Alba Korr", "Ivo Dahl",
]  # fmt: skip
_THINGS = [
    "ferry", "school", "bridge", "granary", "mill", "clinic", "archive", "reservoir", "market", "tram depot", "bakery",
    "lighthouse", "library", "sawmill",
]  # fmt: skip
_DONE = ["reopened", "closed", "burned down", "changed hands", "was sold", "was flooded", "was repaired", "was moved"]


def story(n: int) -> list[str]:
    """Paragraphs of the nth story, unlike those of any other."""
    chance = Random(n)
    place, other = chance.sample(_PLACES, 2)
    who, second = chance.sample(_PEOPLE, 2)
    thing, done = chance.choice(_THINGS), chance.choice(_DONE)
    number = chance.randrange(20, 900)
    surname = who.split()[1]
    return [
        f"The {thing} of {place} {done} on Tuesday after {number} days of talks between the town and its neighbours in {other}.",
        f"“Nobody here wanted the {thing} to end that way,” said {who}, who has run it since the great frost.",
        f"{second}, a member of the council of {other}, said that the {thing} would cost the two towns {number * 3} crowns a year.",
        f"{surname} told the council that {chance.choice(_THINGS)} workers had been asked to wait until the end of month {n % 12 + 1}.",
        f"Letters seen in {place} speak of {chance.randrange(3, 60)} complaints about the {thing}, most of them from the lower town.",
        f"A decision on the {thing} is expected in {chance.choice(_PLACES)} before the rivers freeze, {second.split()[1]} added.",
    ]


def title(n: int) -> str:
    """The headline of the nth story."""
    first = story(n)[0].split(" on Tuesday")[0]
    return f"{first}, number {n}"


def page(n: int, *, repeated: bool = True) -> str:
    """The nth page as a text dump."""
    paragraphs = [*story(n), *([APPEAL, ABOUT] if repeated else [])]
    return "\n\n".join([title(n), f"{OUTLET} | October {n % 28 + 1}, 2031", *paragraphs]) + "\n"


def rows(count: int, first: int = 0) -> Iterator[dict[str, str]]:
    """Pages as rows of JSON Lines."""
    for n in range(first, first + count):
        yield {"url": f"https://lantern.example/{n}", "text": page(n), "outlet": OUTLET}


def write(path: Path, count: int, first: int = 0) -> Path:
    """The same in a file."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows(count, first)), encoding="utf-8")
    return path
