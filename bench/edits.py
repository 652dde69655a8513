"""Pairs of captures that differ in known ways, and whether ``collate.versions`` tells which.

    python -m bench.edits [--count 500] [--seed 9] [--wrong]

Pages are made by ``bench.pages`` and given sentences of known form; half are text dumps, half HTML. A pair has one
change, or two of different kinds, or none that counts: another menu, other teasers, another shape of quotation marks,
other line ends. ``micro.f1`` is over kinds of all pairs; ``quiet`` is the share of pairs without an edit that are told
to have none. Everything goes through the public functions of the rooms ``read`` and ``collate``.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from bench.pages import Maker
from stemma import collate, read
from stemma.records import Capture, Document, Field, Label, Page, Snapshot, Variant

Row = dict[str, Any]
NUMBERS = ("three", "four", "seven", "nine", "twelve", "forty")
SENSE = (("severe", "mild"), ("lasting", "passing"), ("eastern", "western"), ("secret", "public"), ("heavy", "light"))
SPELT = (
    ("harbour", "harbor"),
    ("organisation", "organization"),
    ("co-operation", "cooperation"),
    ("defence", "defense"),
)
#: A name and another spelling of it, as two agencies would write it.
RESPELT = (("Yun Lavrik", "Yoon Lavrick"), ("Ri Dae-sok", "Ri Tae Sok"), ("Mirov", "Miroff"), ("Oksan", "Oxan"))
TWO_KINDS = 0.2  #: share of pairs with two edits
QUIET = ("furniture", "typography", "blanks")


class Story(NamedTuple):
    """A page before it is laid out."""

    title: str
    header: str
    body: list[list[str]]  #: paragraphs of sentences
    menu: list[str]
    teasers: list[str]
    counter: str  #: how often it was read or shared
    promoted: tuple[int, str]  #: a link to another page, in HTML before this paragraph
    url: str


Change = Callable[[Story, random.Random], Story | None]


def story(maker: Maker, number: int) -> Story:
    """A page of our own making with sentences that every kind of change finds something in."""
    row = maker.page(number)
    lines = row["text"].split("\n")
    end = next(n for n, line in enumerate(lines) if line.startswith("More From"))
    body = [[line] for line in lines[2:end]]
    chance = maker.random
    for sentence in told(maker):
        body[chance.randrange(1, len(body) - 1)].append(sentence)
    menu = ["Home", "World", "Economy", "Sport", f"Popular: {maker.phrase(4, 7).title()}"]
    promoted = (3, f"Read also: {maker.phrase(5, 8).title()}")
    return Story(lines[0], lines[1], body, menu, lines[end:], f"{chance.randrange(900)} views", promoted, row["url"])


def told(maker: Maker) -> Iterator[str]:
    """Sentences that a person might change without a word."""
    chance = maker.random
    one, other, third = maker.name(), maker.name(), maker.name()
    guests = f"{chance.randrange(100, 9_000):,} guests"
    yield f"Some {chance.choice(NUMBERS)} delegates and {guests} came to the {maker.phrase(5, 9)}."
    yield f"{one}, {other} and {third} signed the paper on the {maker.phrase(4, 8)}."
    yield f"The {maker.phrase(4, 7)} will not close the {maker.phrase(4, 8)}, {one} said."
    yield f"It was a {chance.choice(SENSE)[0]} blow to the {maker.phrase(6, 10)}."
    yield f"The {chance.choice(SPELT)[0]} of {maker.phrase(5, 9)} met envoy {chance.choice(RESPELT)[0]} there."
    again = f"It was “a day for {maker.phrase(3, 5)}” again."
    yield f"“The {maker.phrase(5, 9)} is as it was,” {other} told reporters. {again}"


def _replaced(found: Story, old: str, new: str) -> Story | None:
    """The story with one wording changed where it first stands; None where it does not stand."""
    for p, paragraph in enumerate(found.body):
        for s, sentence in enumerate(paragraph):
            if old in sentence:
                changed = [*paragraph[:s], sentence.replace(old, new, 1), *paragraph[s + 1 :]]
                return found._replace(body=[*found.body[:p], changed, *found.body[p + 1 :]])
    return None


def _first(found: Story, chance: random.Random, pairs: Sequence[tuple[str, str]]) -> Story | None:
    """The first of these changes that can be made, in either direction."""
    both = [*pairs, *((new, old) for old, new in pairs)]
    chance.shuffle(both)
    changed = (_replaced(found, old, new) for old, new in both)
    return next((each for each in changed if each), None)


def _place(found: Story, chance: random.Random) -> tuple[int, int]:
    """A sentence that stands in a paragraph beside others, not the first of the page."""
    places = [(p, s) for p, each in enumerate(found.body) for s in range(1, len(each))]
    return chance.choice(places)


def dropped(found: Story, chance: random.Random) -> Story:
    """Without one sentence."""
    p, s = _place(found, chance)
    paragraph = [*found.body[p][:s], *found.body[p][s + 1 :]]
    return found._replace(body=[*found.body[:p], paragraph, *found.body[p + 1 :]])


def added(found: Story, chance: random.Random) -> Story:
    """With a sentence more: a correction at the end or a line within."""
    p, s = _place(found, chance)
    new = f"A spokesman later said that the {' '.join(chance.sample(found.body[0][0].split(), 8))}.".replace('"', "")
    paragraph = [*found.body[p][:s], new, *found.body[p][s:]]
    return found._replace(body=[*found.body[:p], paragraph, *found.body[p + 1 :]])


def number(found: Story, chance: random.Random) -> Story | None:
    """With another number, in words or figures."""
    sentence = next(each for paragraph in found.body for each in paragraph if each.startswith("Some "))
    words = sentence.split()
    if chance.random() < 0.5:
        other = chance.choice([each for each in NUMBERS if each != words[1]])
        return _replaced(found, f"Some {words[1]} ", f"Some {other} ")
    return _replaced(found, f" {words[4]} ", f" {int(words[4].replace(',', '')) + chance.randrange(1, 900):,} ")


def name(found: Story, chance: random.Random) -> Story | None:
    """Without one name of a list."""
    sentence = next(each for paragraph in found.body for each in paragraph if " signed the paper" in each)
    one, rest = sentence.split(", ", 1)
    other, third = rest.split(" signed", 1)[0].split(" and ", 1)
    kept = chance.choice([f"{other} and {third}", f"{one} and {third}", f"{one} and {other}"])
    return _replaced(found, f"{one}, {other} and {third}", kept)


def negation(found: Story, _: random.Random) -> Story | None:
    """Turned round."""
    return _replaced(found, "will not close", "will close")


def words(found: Story, chance: random.Random) -> Story | None:
    """With another sense-bearing word."""
    return _first(found, chance, SENSE)


def spelling(found: Story, chance: random.Random) -> Story | None:
    """With a word or name spelt in another way."""
    return _first(found, chance, chance.choice([SPELT, RESPELT]))


def quotation(found: Story, _: random.Random) -> Story | None:
    """With a quotation that begins later."""
    return _replaced(found, "“a day for", "a day “for")


def retitled(found: Story, chance: random.Random) -> Story:
    """Under another title."""
    shown = found.title.split()
    shown[chance.randrange(len(shown))] = "Anew"
    return found._replace(title=" ".join(shown))


def reordered(found: Story, chance: random.Random) -> Story:
    """With a paragraph in another place."""
    body = list(found.body)
    moved = body.pop(chance.randrange(2, len(body) - 4))
    body.insert(len(body) - 1, moved)
    return found._replace(body=body)


def furniture(found: Story, chance: random.Random) -> Story:
    """With another menu, other teasers, another link within the story, and read more often."""
    teasers = [f"{each} again" if each.endswith(".") else each for each in found.teasers]
    chance.shuffle(menu := [*found.menu, "Weather"])
    cut = chance.randrange(4, len(teasers))
    other = (chance.randrange(1, 6), f"Read also: {' '.join(chance.sample(found.promoted[1].split()[2:], 4))}")
    counter = f"{chance.randrange(900, 9_000):,} views"
    return found._replace(
        menu=menu, teasers=[*teasers[:1], *teasers[cut:], *teasers[1:4]], promoted=other, counter=counter
    )


def typography(found: Story, _: random.Random) -> Story:
    """With other quotation marks and dashes."""
    flat = str.maketrans({"“": '"', "”": '"', "–": "-", "—": "-", "’": "'"})
    curled = [[each.translate(flat).replace(" -- ", " — ") for each in paragraph] for paragraph in found.body]
    return found._replace(body=curled)


def blanks(found: Story, chance: random.Random) -> Story:
    """With other blanks within its paragraphs, and one paragraph cut in two."""
    body = [[each.replace(" ", "  ", 3) for each in paragraph] for paragraph in found.body]
    p, s = _place(found, chance)
    return found._replace(body=[*body[:p], body[p][:s], body[p][s:], *body[p + 1 :]])


CHANGES: dict[str, Change] = {
    each.__name__: each
    for each in (
        dropped, added, number, name, negation, words, spelling, quotation, retitled, reordered, furniture, typography,
        blanks,
    )
}  # fmt: skip
#: Kinds that one look at a sentence tells of another: no pair has both.
_CLASSES = {"dropped": "dropped", "added": "added", "reordered": "order", "retitled": "retitled"}


class Pair(NamedTuple):
    """Two captures, and what differs."""

    kinds: frozenset[str]
    old: Page
    new: Page
    made: tuple[str, ...]


def pairs(count: int, seed: int) -> Iterator[Pair]:
    """``count`` pairs, every kind of change as often as any other."""
    maker, names_ = Maker(seed), list(CHANGES)
    chance = random.Random(seed)
    for n in range(count):
        before = story(maker, n)
        made = [names_[n % len(names_)]]
        if made[0] not in QUIET and chance.random() < TWO_KINDS:
            made.append(chance.choice([each for each in names_ if each not in (*QUIET, made[0])]))
        after: Story | None = before
        for each in sorted(made, key=lambda each: each in ("reordered", "dropped")):
            after = CHANGES[each](after, chance) if after else None
        if after is None or not _stands(made, before, after):
            continue
        as_html = n % 2 == 1
        yield Pair(
            frozenset(_CLASSES.get(each, each) for each in made if each not in QUIET),
            laid_out(before, "2025-10-01T08:00:00Z", as_html=as_html),
            laid_out(after, "2025-10-02T08:00:00Z", as_html=as_html),
            tuple(made),
        )


def _stands(made: Sequence[str], before: Story, after: Story) -> bool:
    """Whether the second of two changes left the first one standing: a sentence changed and then dropped is dropped."""
    here = {each for paragraph in before.body for each in paragraph}
    there = {each for paragraph in after.body for each in paragraph}
    changed = [each for each in made if each not in _CLASSES and each not in QUIET]
    return len(made) == 1 or len(there - here) >= min(1, len(changed)) + made.count("added")


def laid_out(found: Story, fetched: str, *, as_html: bool) -> Page:
    """The story as a page, read by the room ``read``."""
    text = _html(found) if as_html else _dump(found)
    payload = text.encode()
    snapshot = Snapshot(
        url=found.url, origin="pair", fetched=fetched, media_type="text/html" if as_html else "text/plain",
        digest="sha256:" + hashlib.sha256(payload).hexdigest(), size=len(payload),
    )  # fmt: skip
    records = read.read(Capture(snapshot, payload))
    document = next(each for each in records if isinstance(each, Document))
    labels = tuple(each for each in records if isinstance(each, Label))
    return Page(document, labels, tuple(each for each in records if isinstance(each, Field)))


def _dump(found: Story) -> str:
    paragraphs = [" ".join(each) for each in found.body if each]
    return "\n".join([found.title, found.header, *paragraphs, found.counter, *found.teasers])


def _html(found: Story) -> str:
    def tags(tag: str, lines: Iterable[str]) -> str:
        return "".join(f"<{tag}>{html.escape(each)}</{tag}>\n" for each in lines)

    rows = [tags("p", [" ".join(each)]) for each in found.body if each]
    place, words_ = found.promoted
    box = f'<div class="related"><a href="/other">{html.escape(words_)}</a></div>\n'
    paragraphs = "".join([*rows[:place], box, *rows[place:]])
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{html.escape(found.title)}</title></head><body>"
        f"<nav><ul>{tags('li', found.menu)}</ul></nav><main><article><h1>{html.escape(found.title)}</h1>"
        f'<div class="meta"><span class="views">{found.counter}</span></div>{paragraphs}</article></main>'
        f"<aside><h2>More</h2><ul>{tags('li', found.teasers)}</ul></aside>"
        "<footer>All rights of our own reserved.</footer></body></html>"
    )


def found_in(old: Page, new: Page) -> set[str]:
    """The kinds that the program tells of a pair; marks that change with a list of names are no kind of their own."""
    told_ = {kind for variant in collate.versions([old, new]) for kind in _kinds(variant, old, new)}
    return told_ - {"punctuation"} if "name" in told_ else told_


def _kinds(variant: Variant, old: Page, new: Page) -> Iterator[str]:
    sides = {side.document: side for side in (variant.left, variant.right)}
    before, after = sides[old.document.id], sides[new.document.id]
    titled = [
        label.role == "title"
        for page, side in ((old, before), (new, after))
        for label in page.labels
        if label.start <= side.start and side.end <= label.end and side.exact
    ]
    if any(titled):
        yield "retitled"
        return
    for edit in variant.edits:
        yield ("added" if not before.exact else "dropped") if edit.kind == "sentence" else edit.kind


def score(made: Iterable[Pair], *, wrong: bool = False) -> Row:
    """F1 of the kinds over all pairs and of each kind; the share of pairs without an edit that have none."""
    right, missed, more = Counter[str](), Counter[str](), Counter[str]()
    quiet: list[bool] = []
    for pair in made:
        told_ = found_in(pair.old, pair.new)
        right.update(told_ & pair.kinds)
        missed.update(pair.kinds - told_)
        more.update(told_ - pair.kinds)
        if not pair.kinds:
            quiet.append(not told_)
        if wrong and told_ != pair.kinds:
            print(pair.made, "told:", sorted(told_))
            for variant in collate.versions([pair.old, pair.new]):
                print("   ", [edit.kind for edit in variant.edits], repr(variant.left.exact), repr(variant.right.exact))
    by_kind = {kind: _f1(right[kind], missed[kind], more[kind]) for kind in sorted({*right, *missed, *more})}
    return {
        "micro": {"f1": _f1(right.total(), missed.total(), more.total())},
        "by_kind": by_kind,
        "quiet": {"share": round(sum(quiet) / len(quiet), 4), "pairs": len(quiet)},
        "kinds": right.total() + missed.total(),
    }


def _f1(right: int, missed: int, more: int) -> float:
    return round(2 * right / (2 * right + missed + more), 4)


def result(count: int = 500, seed: int = 9) -> Row:
    """What the gate asks for."""
    return score(pairs(count, seed))


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--wrong", action="store_true", help="print the pairs of which other kinds are told")
    chosen = parser.parse_args()
    print(json.dumps(score(pairs(chosen.count, chosen.seed), wrong=chosen.wrong), indent=1))


if __name__ == "__main__":
    main()
