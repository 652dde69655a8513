"""The article of a page: a corpus article as newsrooms break it into lines, with sub-heads, lists and odd lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from random import Random

from training.lines.fill import Article, Filler
from training.lines.nodes import Node

_SAME_WORLD = 0.85  #: share of the articles that a long story goes on with which are about the same things
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Hh]is|[Hh]er|[Tt]heir|[Ii]t|[Ii]ts)\b")
_TO_READER = {
    "he": "you",
    "she": "you",
    "they": "you",
    "his": "your",
    "her": "your",
    "their": "your",
    "He": "You",
    "She": "You",
    "They": "You",
}
_OF_WRITER = {
    "he": "I",
    "she": "I",
    "they": "we",
    "his": "my",
    "her": "my",
    "their": "our",
    "He": "I",
    "She": "I",
    "They": "We",
}


def tell(fill: Filler, articles: list[Article]) -> list[Node]:
    """The story as blocks, all body; at times very short, at times several articles long."""
    rng = fill.rng
    paragraphs = _length(fill, articles)
    blocks = [Node("p", text=text, body=True) for text in paragraphs]
    if rng.random() < 0.35:
        opening = fill.say(rng.choice(fill.words["dateline"]))
        blocks[0] = blocks[0]._replace(text=opening + blocks[0].text)
    for change, chance in _CHANGES:
        if rng.random() < chance:
            blocks = change(fill, blocks)
    return blocks


def _length(fill: Filler, articles: list[Article]) -> list[str]:
    rng, paragraphs = fill.rng, list(fill.article.paragraphs)
    near = [article for article in articles if article.world == fill.article.world]
    draw = rng.random()
    if draw < 0.25:
        paragraphs = paragraphs[: rng.randint(1, 4)]
    while draw > 0.7 and rng.random() < 0.75:
        paragraphs += rng.choice(near if rng.random() < _SAME_WORLD else articles).paragraphs
    draw = rng.random()
    if draw < 0.25:
        return [sentence for text in paragraphs for sentence in Article("", (text,)).sentences]
    if draw < 0.55:
        return _merged(rng, paragraphs)
    return paragraphs


def _merged(rng: Random, paragraphs: list[str]) -> list[str]:
    """Two to six paragraphs in one."""
    merged, most = [], rng.choice((2, 3, 6))
    while paragraphs:
        count = rng.randint(1, most)
        merged.append(" ".join(paragraphs[:count]))
        paragraphs = paragraphs[count:]
    return merged


def _add_subheads(fill: Filler, blocks: list[Node]) -> list[Node]:
    rng, tag = fill.rng, fill.rng.choice(("h2", "h3", "p", "strong", "h4"))
    every, numbered, out = rng.randint(1, 6), rng.random() < 0.2, []
    for number, block in enumerate(blocks):
        if number % every == 0 and (number or rng.random() < 0.3):
            words = fill.say(rng.choice(fill.words["subhead"] if rng.random() < 0.5 else ["{ownbit}"]))
            out.append(Node(tag, text=f"{number // every + 1}. {words}" if numbered else words, body=True))
        out.append(block)
    return out


def _add_list(fill: Filler, blocks: list[Node]) -> list[Node]:
    rng, at = fill.rng, fill.rng.randint(0, len(blocks))
    patterns = [rng.choice(fill.words["item"])] * 3 + [rng.choice(fill.words["item"]) for _ in range(3)]
    draw = rng.random()
    if draw < 0.65:
        patterns = rng.choice(
            (
                ["{ownsum}"],
                ["{ownbit}"],
                ["{ownbit}", "{ownname}"],
                ["{ownname}: {ownbit}"],
                ["{ownname}, {n}", patterns[0]],
            )
        )
    elif draw < 0.7:
        patterns = ["{sentence}"]
    items = [fill.say(rng.choice(patterns)) for _ in range(rng.randint(2, 14))]
    bullet = rng.choice(("", "", "", "• ", "- ", "– ", "* "))
    tag = rng.choice(("li", "li", "p", "div", "td"))
    listed = tuple(Node(tag, text=bullet + item, body=True) for item in items)
    wrap = {"li": "ul", "td": "table"}.get(tag, "div")
    if tag == "td":
        listed = tuple(Node("tr", children=(block,)) for block in listed)
    return [*blocks[:at], Node(wrap, children=listed), *blocks[at:]]


def _add_shorts(fill: Filler, blocks: list[Node]) -> list[Node]:
    rng = fill.rng
    for _ in range(rng.randint(1, 6)):
        words = fill.say(rng.choice(fill.words["short"]) if rng.random() < 0.7 else "{quote}")
        blocks.insert(rng.randint(0, len(blocks)), Node(rng.choice(("p", "p", "blockquote")), text=words, body=True))
    return blocks


def _add_questions(fill: Filler, blocks: list[Node]) -> list[Node]:
    rng, form = fill.rng, fill.rng.choice(("{}", "Q: {}", "Question: {}", fill.fixed["outlet"] + ": {}"))
    out = []
    for block in blocks:
        out.append(Node("p", text=form.format(fill.say(rng.choice(fill.words["query"]))), body=True))
        out.append(block if form == "{}" or not block.text else block._replace(text=f"A: {block.text}"))
    return out


def _add_posts(fill: Filler, blocks: list[Node]) -> list[Node]:
    """Messages from a social network, quoted in the story."""
    rng, pattern = fill.rng, fill.rng.choice(fill.words["post"])
    for _ in range(rng.randint(1, 5)):
        parts = fill.say(pattern).split("|/")
        quoted = Node(
            "blockquote",
            rng.choice(("tweet", "embed", "")),
            children=tuple(Node("p", text=p, body=True) for p in parts),
        )
        blocks.insert(rng.randint(0, len(blocks)), quoted)
    return blocks


def _make_list(fill: Filler, blocks: list[Node]) -> list[Node]:
    """A story that is mostly a list: a calendar, results, a recipe, a catalogue."""
    rng, out = fill.rng, blocks[: fill.rng.randint(0, 3)]
    for _ in range(rng.randint(1, 8)):
        if rng.random() < 0.4:
            out.append(Node(rng.choice(("h2", "h3", "p")), text=fill.say(rng.choice(fill.words["subhead"])), body=True))
        patterns = rng.sample(fill.words["long_list"], rng.choice((1, 1, 1, 2, 4)))
        if rng.random() < 0.5:
            patterns = [*patterns[:1], "{ownbit}", "{ownbit} {n}"]
        tag, bullet = rng.choice(("li", "p", "p", "div")), rng.choice(("", "", "", "• ", "- "))
        items = [fill.say(rng.choice(patterns)) for _ in range(rng.randint(2, 25))]
        listed = tuple(Node(tag, text=bullet + item, body=True) for item in items)
        out.append(Node("ul" if tag == "li" else "div", children=listed))
        out += blocks[len(out) : len(out) + rng.choice((0, 0, 1, 2))]
    return out


def _make_offers(fill: Filler, blocks: list[Node]) -> list[Node]:
    """A catalogue of things on offer: name, what it does, price, where it is sold, and the house's notes between."""
    rng, out = fill.rng, blocks[: fill.rng.randint(1, 3)]
    tag, bullet = rng.choice(("li", "p", "div")), rng.choice(("", "", "• ", "- "))
    price, seller, note = (fill.say(rng.choice(fill.words[name])) for name in ("price", "seller", "note"))
    for _ in range(rng.randint(2, 12)):
        name = fill.say(rng.choice(("{ownname} {topic} {n}", "{topic} {ownbit}", "{outlet} {topic}, {ownbit}")))
        features = [fill.say(rng.choice(("{ownbit}", "{ownbit}", "{feature}"))) for _ in range(rng.randint(0, 7))]
        parts = [name, *(bullet + feature for feature in features), fill.say(price)]
        parts += [fill.say(seller)] if rng.random() < 0.6 else []
        parts += [note] if rng.random() < 0.4 else []
        parts += [fill.say("{ownsum}")] if rng.random() < 0.4 else []
        out.append(Node("div", children=tuple(Node(tag, text=part, body=True) for part in parts)))
    return [*out, *blocks[len(out) : len(out) + rng.choice((0, 1, 3))]]


def _salt(fill: Filler, blocks: list[Node]) -> list[Node]:
    """Stories also say "you", "share", "photo", "subscribe" or "May": words of furniture strewn in."""
    rng = fill.rng
    kinds = [line.split() for line in _wordings().values()]
    kinds = rng.sample(kinds, rng.randint(1, 4))
    share = rng.choice((0.3, 0.6, 1.0))
    out = []
    for block in blocks:
        words = block.text.split(" ")
        if len(words) > 4 and rng.random() < share:
            for _ in range(rng.randint(1, 3)):
                words.insert(rng.randrange(1, len(words)), rng.choice(rng.choice(kinds)))
        out.append(block._replace(text=" ".join(words)))
    return out


@lru_cache(maxsize=1)
def _wordings() -> dict[str, str]:
    text = (files("stemma.read.article") / "wordings.toml").read_text("utf-8")
    words: dict[str, str] = tomllib.loads(text)["words"]
    return words


def _address(fill: Filler, blocks: list[Node]) -> list[Node]:
    """Stories that speak to their reader, or of their writer: columns, letters, instructions."""
    pairs = fill.rng.choice((_TO_READER, _OF_WRITER))
    return [
        block._replace(text=_PRONOUN.sub(lambda match: pairs.get(match.group(), match.group()), block.text))
        for block in blocks
    ]


def _make_steps(fill: Filler, blocks: list[Node]) -> list[Node]:
    """A story in parts, each a short head and a few paragraphs or a table: guides, calendars of a team, comparisons."""
    rng, out = fill.rng, []
    rule = rng.choice(("", "", "___", "* * *", "---", "—"))
    head, table = rng.choice(fill.words["subhead"]), rng.choice(fill.words["row"])
    capitals, rows = rng.random() < 0.3, rng.random() < 0.4
    for number, block in enumerate(blocks):
        out.append(block)
        if number % 2 == 0 and rng.random() < 0.6:
            words = fill.say(head if rng.random() < 0.5 else rng.choice(fill.words["subhead"]))
            out += [Node("p", text=rule, body=True)] if rule else []
            out.append(Node(rng.choice(("h3", "p")), text=words.upper() if capitals else words, body=True))
            if rows:
                out += [Node("p", text=fill.say(table), body=True) for _ in range(rng.randint(2, 9))]
    return out


def _drop_ends(_: Filler, blocks: list[Node]) -> list[Node]:
    """Stories whose lines do not end like sentences: captions of a series, verse, notes."""
    return [block._replace(text=block.text.rstrip(".”")) for block in blocks]


def _add_end(fill: Filler, blocks: list[Node]) -> list[Node]:
    mark = fill.say(fill.rng.choice(fill.words["endmark"]))
    return [*blocks[:-1], blocks[-1]._replace(text=f"{blocks[-1].text} {mark}")] if blocks[-1].text else blocks


def _add_links(fill: Filler, blocks: list[Node]) -> list[Node]:
    """Some words of the story are links."""
    return [block._replace(linked=0.15) if fill.rng.random() < 0.4 else block for block in blocks]


_CHANGES: tuple[tuple[Callable[[Filler, list[Node]], list[Node]], float], ...] = (
    (_drop_ends, 0.02),
    (_add_end, 0.1),
    (_add_shorts, 0.4),
    (_add_questions, 0.05),
    (_add_subheads, 0.3),
    (_add_list, 0.2),
    (_add_list, 0.08),
    (_add_links, 0.4),
    (_salt, 0.1),
    (_make_list, 0.1),
    (_make_offers, 0.05),
    (_make_steps, 0.08),
    (_address, 0.12),
    (_add_posts, 0.12),
)
