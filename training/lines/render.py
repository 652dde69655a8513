"""Writes a made-up page as HTML and as the text dumps that people save, and says which lines are the story."""

from __future__ import annotations

import re
import tomllib
import zlib
from functools import lru_cache
from html import escape
from importlib.resources import files
from random import Random

from stemma.read.layout import Sheet, lay_out_html, lay_out_text
from training.lines.nodes import Node

_MARK = "\ue000"  #: stands before words of the story while a page is written
_INLINE = frozenset(("a", "span", "time", "strong", "em", "q", "label"))
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = str.maketrans("aeioubcdfglmnprstv", "eioaudfgclmrpsnvtb")
_SCRIPTS = {"cyrillic": 0x430, "arabic": 0x628, "hangul": 0xAC00, "han": 0x4E00}
_LETTERS = {
    "latin": "[a-z\u00df-\u024f]+", "cyrillic": "[\u0400-\u04ff]+", "arabic": "[\u0600-\u06ff]+",
    "hangul": "[\uac00-\ud7a3]+", "han": "[\u3400-\u9fff]+",
}  # fmt: skip
_LANGUAGES = {
    "latin": ["de", "fr", "es", "pt", "it", "nl"],
    "cyrillic": ["ru", "uk"],
    "arabic": ["ar", "fa"],
    "hangul": [],
    "han": [],
}
_CYRILLIC_CAPITALS = 0x20  #: a capital stands so far before its small letter
Row = tuple[str, bool]


def disguise(node: Node, script: str) -> Node:
    """The same page in words of another script, without a meaning; "" leaves it as it is."""
    if not script:
        return node
    return node._replace(text=_respell(node.text, script), children=tuple(disguise(c, script) for c in node.children))


def _respell(text: str, script: str) -> str:
    words = _WORD.sub(lambda match: _other_word(match.group(), script), text)
    return (
        re.sub(r" (?=[\u4e00-\u9fff])", "", words).replace(". ", "。").replace(", ", "，") if script == "han" else words
    )


def _other_word(word: str, script: str) -> str:
    if known := _known(script).get(word.lower()):
        return known[zlib.crc32(word.encode()) % len(known)]
    if script == "latin":
        return word[:1] + word[1:].translate(_LATIN) + ("e" if len(word) > 5 else "")
    start, seed = _SCRIPTS[script], zlib.crc32(word.lower().encode())
    size = {"hangul": (len(word) + 2) // 3, "han": (len(word) + 3) // 4}.get(script, len(word))
    wide = {"hangul": 1100, "han": 3000, "cyrillic": 32, "arabic": 30}[script]
    letters = [chr(start + (seed >> number) % wide) for number in range(size)]
    if script == "cyrillic" and word[0].isupper():
        letters[0] = chr(ord(letters[0]) - _CYRILLIC_CAPITALS)
    return "".join(letters)


@lru_cache(maxsize=8)
def _known(script: str) -> dict[str, list[str]]:
    """Small words and words of furniture, and those that stand for them in languages of the script."""
    mine = re.compile(_LETTERS[script])
    small = tomllib.loads((files("stemma.read.fields") / "languages.toml").read_text("utf-8"))["words"]
    kinds = tomllib.loads((files("stemma.read.article") / "wordings.toml").read_text("utf-8"))["words"]
    known: dict[str, list[str]] = {}
    for words in kinds.values():
        others = [word for word in words.split() if mine.fullmatch(word) and not word.isascii()]
        known |= dict.fromkeys(words.split(), others) if others else {}
    others = [word for name in _LANGUAGES[script] for word in small[name].split()]
    return known | (dict.fromkeys(small["en"].split(), others) if others else {})


def write_html(rng: Random, title: str, page: Node) -> str:
    """The page as HTML; words of the story have a mark before them."""
    breaks = rng.random() < 0.1
    head = f"<title>{escape(title)}</title><meta charset=utf-8><script>var a = 1;</script>"
    return f"<!DOCTYPE html><html lang=en><head>{head}</head>{_element(rng, page, breaks=breaks)}</html>"


def _element(rng: Random, node: Node, *, breaks: bool) -> str:
    name = f' class="{node.name}"' if node.name else ""
    if node.children:
        inner = "\n".join(_element(rng, child, breaks=breaks) for child in node.children)
        if rng.random() < 0.15:
            inner = f"<div>{inner}</div>"
        return f"<{node.tag}{name}>{_picture(rng, node)}{inner}</{node.tag}>"
    words = _linked(node, (_MARK if node.body else "") + escape(node.text))
    if node.body and node.tag == "p" and breaks:
        return f"{words}<br><br>"
    if node.body and node.tag in _INLINE:
        return f"<p><{node.tag}>{words}</{node.tag}></p>"
    return f"<{node.tag}{name}>{words}</{node.tag}>"


def _picture(rng: Random, node: Node) -> str:
    return '<img src="/i.jpg" alt="">' if node.tag == "figure" or rng.random() < 0.02 else ""


def _linked(node: Node, words: str) -> str:
    if node.linked <= 0:
        return words
    if not node.body and node.linked >= 1:
        return words if node.tag == "a" else f'<a href="/n">{words}</a>'
    pieces = words.split(" ")
    at = len(pieces) // 2
    stop = at + max(1, int(len(pieces) * node.linked))
    return " ".join((*pieces[:at], f'<a href="/n">{" ".join(pieces[at:stop])}</a>', *pieces[stop:]))


def html_page(marked: str) -> tuple[Sheet, list[bool]]:
    """The sheet of a page that ``write_html`` wrote, and for each line whether it is the story."""
    shown = lay_out_html(marked)
    gold = [_MARK in shown.text[line.start : line.end] for line in shown.lines]
    sheet = lay_out_html(marked.replace(_MARK, ""))
    assert len(sheet.lines) == len(gold)
    return sheet, gold


def text_page(rng: Random, page: Node, title: str) -> tuple[Sheet, list[bool]]:
    """The page as one kind of text dump, and for each line whether it is the story."""
    form = rng.choice((_Spaced, _Tight, _Indented, _Plain))(rng)
    if rng.random() < 0.15:
        form.rows.append((title, False))
    form.add(page, 0)
    text = "".join(words for words, _ in form.rows)
    sheet = lay_out_text(text.replace(_MARK, ""))
    marked = lay_out_text(text)
    gold = [_MARK in marked.text[line.start : line.end] for line in marked.lines]
    assert len(sheet.lines) == len(gold)
    return sheet, gold


class _Plain:
    """One block a line, a blank line between them, as an article viewer prints it."""

    gap, cell, glue = "\n\n", " ", " "

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.rows: list[Row] = []
        self.joins = rng.random()

    def add(self, node: Node, depth: int) -> None:
        """Write a node and what it holds."""
        if node.text:
            self.write(node, depth)
            return
        if node.tag == "tr" and node.children[0].body:
            self.write(node.children[0], depth)
            return
        self.before(node)
        inline: list[Node] = []
        for child in node.children:
            if child.text and child.tag in _INLINE and not child.body:
                inline.append(child)
                continue
            self.flush(inline, depth)
            self.add(child, depth + 1)
        self.flush(inline, depth)

    def before(self, node: Node) -> None:
        """What stands before a group of blocks."""

    def flush(self, inline: list[Node], depth: int) -> None:
        """Write what stands in one line, or in lines of its own."""
        if inline and self.joins < 0.5:
            self.write(Node("p", text=self.glue.join(node.text for node in inline)), depth)
        else:
            for node in inline:
                self.write(node, depth)
        inline.clear()

    def write(self, node: Node, depth: int) -> None:
        """Write the words of a block."""
        words = (_MARK if node.body else "") + node.text
        self.rows.append((f"{self.indent(node, depth)}{words}{self.end(node)}", node.body))

    def indent(self, node: Node, depth: int) -> str:  # noqa: ARG002 - for the forms below
        """Blanks and bullet before a block."""
        return ""

    def end(self, node: Node) -> str:  # noqa: ARG002 - for the forms below
        """Line ends after a block."""
        return self.gap


class _Spaced(_Plain):
    """A text browser's layout: blank lines between blocks, none inside lists, lists set in."""

    def end(self, node: Node) -> str:
        if node.tag in {"li", "td", "span", "div", "a"}:
            return "\n"
        return self.rng.choice(("\n\n", "\n\n", "\n\n\n"))

    def indent(self, node: Node, depth: int) -> str:  # noqa: ARG002 - one step at any depth
        return "  " if node.tag == "li" else ""

    def before(self, node: Node) -> None:  # noqa: ARG002 - every group
        self.rows.append(("\n", False))


class _Tight(_Plain):
    """No blank lines; what pictures and form fields say is kept."""

    gap, glue = "\n", ""

    def before(self, node: Node) -> None:
        rng = self.rng
        if node.tag == "figure" and node.children[0].text and rng.random() < 0.6:
            self.rows.append((f"{node.children[0].text}\n", False))
        if node.tag == "figure" and rng.random() < 0.1:
            name = f"{'-'.join(re.findall('[a-z]+', node.children[0].text.lower())[:5])}.jpg"
            self.rows.append((f"{name}{rng.choice(('', name))}\n", False))
        if node.tag == "form":
            self.rows.append((rng.choice(("[ Search ]\n", "[\n", "[ ]\n", "[X] Remember me\n")), False))

    def write(self, node: Node, depth: int) -> None:
        if node.tag == "button":
            node = node._replace(text=f"[ {node.text} ]")
        if not node.body and node.linked >= 1 and self.joins > 0.85:
            self.rows.append((f"{node.text} - Photo\n", False))
        super().write(node, depth)


class _Indented(_Plain):
    """Lines set in by depth, lists with bullets."""

    gap = "\n"

    def __init__(self, rng: Random) -> None:
        super().__init__(rng)
        self.bullet, self.step = rng.choice(("* ", "- ", "+ ", "• ", "o ")), rng.choice((0, 1, 2, 2))
        self.blank = rng.random()
        self.nested = rng.random() * 0.6  #: share of menu lines that stand a list deeper
        self.numbers = rng.random() < 0.3  #: items of ordered lists have numbers
        self.item = 0

    def before(self, node: Node) -> None:
        self.item = 0 if node.tag == "ol" or (node.tag == "ul" and self.rng.random() < 0.3) else -1

    def indent(self, node: Node, depth: int) -> str:
        if node.tag == "li" and not node.body and self.rng.random() < self.nested:
            return " " * (self.step * min(depth + 1, 4)) + ("+ " if self.bullet == "* " else self.bullet)
        if node.tag == "li" and self.numbers and self.item >= 0:
            self.item += 1
            return " " * (self.step * min(depth, 4)) + f"{self.item}. "
        return " " * (self.step * min(depth, 4)) + (self.bullet if node.tag == "li" else "")

    def write(self, node: Node, depth: int) -> None:
        if node.tag == "li" and not node.body and self.rng.random() < 0.03:  # a picture without words
            self.rows.append((f"{self.bullet}\n", False))
        super().write(node, depth)

    def end(self, node: Node) -> str:
        return "\n\n" if self.rng.random() < self.blank and node.tag != "li" else "\n"
