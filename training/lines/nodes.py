"""The tree of a page that is made up: elements, their words, and which of them are the story."""

from __future__ import annotations

from typing import NamedTuple


class Node(NamedTuple):
    """An element; it holds either words or other elements."""

    tag: str
    name: str = ""  #: its class
    text: str = ""
    children: tuple[Node, ...] = ()
    linked: float = 0.0  #: share of its words that are a link
    body: bool = False  #: its words are the story
