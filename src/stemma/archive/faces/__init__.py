"""Faces: what each statement of a page shows to a search beside its words, in a few bytes.

One text a document, one line a statement, parted by blanks: first how many words are indexed of it, then who stands in
which part, by rows of names in base 36: ``S`` speaks, ``C`` is cited anywhere between carrier and speaker, ``A`` is
addressed, ``P`` is the place. Whom or what the page does not name stands as folded words: ``A=harbour_committee``.
``K``: a person said something of the statement, and that holds. ``-``: nothing of it. Where all is as in the statement
before, the line ends after the count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from stemma.archive.corrections.overlay.covering import BLOCK
from stemma.archive.pages.reading import Leaf, form_of, speakers_of
from stemma.records import Evidence, MentionKind
from stemma.text.words import fold

SPEAKS, CITED, ADDRESSED, PLACE, WORDED = "S", "C", "A", "P", "K"
_NOTHING = "-"
_WORDS = "="  #: between a part and words that are no name
_LONGEST = 40  #: characters of such words
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ARTICLE = re.compile(r"^(?:the|a|an) ")
_WORD = re.compile(r"[^\W_]+")
Rows = Mapping[tuple[str, MentionKind], int]  #: rows of names by form and kind


def face_of(leaf: Leaf, rows: Rows, indexed: Sequence[tuple[str, str]]) -> str:
    """The face of a document; ``indexed``: of each statement the text that is indexed, what is said and around it."""
    spoken, cited = speakers_of(leaf), _cited(leaf, rows)
    worded = {target for target, _ in leaf.laid}
    lines, before = list[str](), ""
    for n, statement in enumerate(leaf.statements):
        length = number(sum(len(_WORD.findall(text)) for text in indexed[n]))
        parts = _tokens(SPEAKS, (rows[who.form, who.kind] for who in spoken[n]))
        parts += _tokens(CITED, cited.get(statement.id) or cited.get(None) or ())
        parts += _beside(leaf, rows, ADDRESSED, statement.addressee)
        parts += _beside(leaf, rows, PLACE, statement.place)
        told = " ".join([*parts, *([WORDED] if statement.id in worded else [])]) or _NOTHING
        lines.append(length if told == before else f"{length} {told}")
        before = told
    return "\n".join(lines)


def _cited(leaf: Leaf, rows: Rows) -> dict[str | None, list[int]]:
    """Rows of the names that each statement's relays name, of the whole page's under None."""
    mentions = {mention.id: mention for mention in leaf.mentions}
    found: dict[str | None, list[int]] = {}
    for relay in leaf.relays:
        own = found.setdefault(relay.statement, [])
        if mention := mentions.get(relay.exemplar):
            own.append(rows[form_of(mention), mention.kind])
    return found


def _beside(leaf: Leaf, rows: Rows, part: str, words: Evidence | None) -> Iterator[str]:
    """Names within some words, else the words themselves, unless they are covered."""
    if words is None or BLOCK in words.exact:
        return
    kinds = {"place"} if part == PLACE else {"person", "organization", "outlet"}
    named = [
        rows[form_of(mention), mention.kind]
        for mention in leaf.mentions
        if mention.kind in kinds and words.start <= mention.evidence.start and mention.evidence.end <= words.end
    ]
    if named:
        yield from _tokens(part, named)
    elif plain := worded(words.exact):
        yield f"{part}{_WORDS}{plain}"


def worded(words: str) -> str:
    """Words as they stand in a face: folded, without an article, no longer than forty characters."""
    return _ARTICLE.sub("", " ".join(_WORD.findall(fold(words))))[:_LONGEST].strip().replace(" ", "_")


def _tokens(part: str, names: Iterable[int]) -> list[str]:
    return [f"{part}{number(name)}" for name in sorted(set(names))]


def number(value: int) -> str:
    """A number from 0 in base 36, as ``int(_, 36)`` reads it."""
    digits = ""
    while value or not digits:
        value, digit = divmod(value, 36)
        digits = _DIGITS[digit] + digits
    return digits


def shows(body: str, n: int, wanted: str) -> bool:
    """Whether the n-th statement of a face has one of some tokens, parted by blanks; of words all must occur."""
    tokens = tokens_of(body, n).split(" ")
    return any(_fits(each, tokens) for each in wanted.split(" "))


def shows_or_not(body: str | None, n: int, wanted: str) -> bool:
    """The same for SQL: a document that does not come into question is None."""
    return body is not None and shows(body, n, wanted)


def words_of(body: str, n: int) -> int:
    """How many words are indexed of the n-th statement of a face. Raises ``IndexError``."""
    return int(body.split("\n", n + 1)[n].partition(" ")[0], 36)


def tokens_of(body: str, n: int) -> str:
    """The tokens of the n-th statement of a face, parted by blanks. Raises ``IndexError``."""
    lines = body.split("\n", n + 1)
    while not (tokens := lines[n].partition(" ")[2]):
        n -= 1
    return tokens


def _fits(wanted: str, tokens: Sequence[str]) -> bool:
    part, _, words = wanted.partition(_WORDS)
    if not words:
        return wanted in tokens
    asked = set(words.split("_"))
    own = (token.removeprefix(f"{part}{_WORDS}") for token in tokens if token.startswith(f"{part}{_WORDS}"))
    return any(asked <= set(each.split("_")) for each in own)
