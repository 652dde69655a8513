"""Whole pages: an article with furniture around and inside it, after one of the kinds of ``pages.toml``."""

from __future__ import annotations

from random import Random
from typing import Any

from training.lines.fill import Article, Filler, case, table
from training.lines.nodes import Node
from training.lines.story import tell

_STORY_NAMES = (
    "article-body",
    "story-body",
    "entry-content",
    "post-content",
    "content",
    "text",
    "main",
    "body-copy",
    "rich-text",
    "",
    "",
    "css-1r7x2",
    "field-item",
)
_PUNCTUATED = 0.12  #: share of the stories that furniture breaks off again and again
_ARTICLE_NAMES = ("article", "post", "story", "content-main", "hentry", "node", "", "", "wrap", "css-0ab12")


def make_page(rng: Random, articles: list[Article], kind: str = "") -> tuple[str, Node]:
    """A page's title element and its tree; ``kind`` is one of ``pages.toml``, else by chance."""
    kinds = [name for name, value in table("pages").items() if isinstance(value, dict)]
    plan = table("pages")[kind or rng.choice(kinds)]
    fill = Filler(rng, articles)
    story = _break_up(fill, tell(fill, articles), plan["inside"])
    head, foot = _slots(fill, plan["head"]), _slots(fill, plan["foot"])
    inner = Node("div" if rng.random() < 0.8 else "section", rng.choice(_STORY_NAMES), children=tuple(story))
    middle = (*head, inner, *foot) if rng.random() < 0.8 else (*head, *story, *foot)
    article = Node(rng.choice(("article", "div", "div", "main")), rng.choice(_ARTICLE_NAMES), children=middle)
    top, below = _slots(fill, plan["top"]), _slots(fill, plan["below"])
    title = fill.say(rng.choice(("{title}", "{title} | {outlet}", "{title} - {outlet}", "{outlet}: {title}")))
    return title, Node("body", children=(*top, article, *below))


def _break_up(fill: Filler, blocks: list[Node], plan: dict[str, float]) -> list[Node]:
    """The story with furniture between its lines."""
    rng = fill.rng
    for slot, chance in plan.items():
        while rng.random() < chance:
            blocks.insert(rng.randint(min(1, len(blocks)), len(blocks)), make_slot(fill, slot))
    return _punctuate(fill, blocks) if rng.random() < _PUNCTUATED else blocks


def _punctuate(fill: Filler, blocks: list[Node]) -> list[Node]:
    """The same piece of furniture, or pieces of one kind, after every few blocks."""
    rng, slot = fill.rng, fill.rng.choice(("advert", "advert", "insert", "figure", "inlay", "share"))
    every, same, out = rng.randint(1, 4), make_slot(fill, slot), []
    for number, block in enumerate(blocks, 1):
        out.append(block)
        if number % every == 0 and number < len(blocks):
            out.append(same if slot in {"advert", "share"} else make_slot(fill, slot))
    return out


def _slots(fill: Filler, plan: dict[str, float]) -> list[Node]:
    """The slots of a part of the page, each with its chance, in order or nearly so."""
    rng = fill.rng
    chosen = [slot for slot, chance in plan.items() if rng.random() < chance]
    if len(chosen) > 1 and rng.random() < 0.3:
        at = rng.randrange(len(chosen) - 1)
        chosen[at : at + 2] = chosen[at + 1], chosen[at]
    return [make_slot(fill, slot.rstrip("2")) for slot in chosen]


def make_slot(fill: Filler, slot: str) -> Node:
    """One piece of furniture."""
    rng = fill.rng
    if slot == "title":
        tag = "h1" if rng.random() < 0.85 else rng.choice(("h2", "div", "p"))
        return Node(
            tag, rng.choice(("headline", "title", "entry-title", "", "")), text=case(fill.fixed["title"], fill.capitals)
        )
    plan = table("furniture")[slot]
    heads = plan.get("heads", ())
    lines = (
        [Node(rng.choice(("h2", "h3", "h4", "div", "span")), text=fill.say(rng.choice(heads)))]
        if heads and rng.random() < 0.7
        else []
    )
    lines += _lines(fill, plan)
    return Node(rng.choice(plan["wrap"]), rng.choice(plan["names"]), children=tuple(lines))


def _lines(fill: Filler, plan: dict[str, Any]) -> list[Node]:
    rng, (low, high) = fill.rng, plan["count"]
    count = low + int((high - low) * rng.random() ** fill.crowd + 0.5)
    patterns = plan["lines"]
    if rng.random() < 0.6 and len(patterns) > 4:  # one page keeps to a few forms
        patterns = rng.sample(patterns, max(3, min(len(patterns), count)))
        patterns = (
            patterns[: rng.randint(1, 3)] if any("{headline}" in p or "{remark}" in p for p in patterns) else patterns
        )
    tag, said = rng.choice(plan["tag"]), [fill.say(words) for words in _draw(rng, patterns, count)]
    if rng.random() < plan.get("inline", 0.0):
        prose = sum(words.endswith(".") for words in said) * 2 > len(said)
        between = " " if prose else rng.choice((" ", " | ", ", ", " · ", " / "))
        return [Node(tag, text=between.join(said).replace("|/", " "), linked=plan["links"])]
    twice = rng.random() < plan.get("twice", 0.0)
    return [node for words in said for node in [_line(fill, tag, words, plan["links"])] * (2 if twice else 1)]


def _draw(rng: Random, patterns: list[str], count: int) -> list[str]:
    """Forms for so many lines; none twice as long as there are enough."""
    if count <= len(patterns):
        return rng.sample(patterns, count)
    return [rng.choice(patterns) for _ in range(count)]


def _line(fill: Filler, tag: str, words: str, links: float) -> Node:
    parts = [part for part in words.split("|/") if part]
    linked = 1.0 if fill.rng.random() < links else 0.0
    if len(parts) == 1:
        return Node(tag, text=words, linked=linked)
    inner = [
        Node(fill.rng.choice(("p", "div", "span", "h3")), text=part, linked=linked if number < 2 else 0.0)
        for number, part in enumerate(parts)
    ]
    return Node(
        "li" if tag == "li" else "div", fill.rng.choice(("card", "item", "teaser", "", "")), children=tuple(inner)
    )
