"""The words of two persons' names laid side by side: which sound alike, which are left over, whose father is told."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from stemma.resolve.likeness import GOOD, alike, manner
from stemma.resolve.spelling import sounds
from stemma.resolve.spelling.parse import Name, Script, heard, parse, particles

#: Endings over the transliterations, and over Ukrainian and Belarusian; "-ova" and "-eva" are family names.
_PATRONYMIC = re.compile(r"(?:[aeoy][vw][iy](?:t?s?ch|c|cz)|[iy](?:t?s?ch|nichna|chna)|[aeoy][vw]na|auna)$")
#: "Abd al-Rahman", "Abdel Rahman" and "Abdulrahman" are one word; the letter of the article takes that of the next.
_SERVANT = re.compile(r"abd(?:[aeou](?:l(?=[a-z])|(?P<met>[a-z])(?=(?P=met))))?")
_ARTICLES = frozenset({"al", "el", "ul", "ar", "ad", "as", "az", "an", "at", "ash"})
_SERVANTS = frozenset({"abd", "abdul", "abdel", "abdal", "abdol", "abdur", "abdor", "ab", "bd"})
_GOD = frozenset({"allah", "ullah", "ollah", "allh", "llh"})
_OF_GOD = _GOD | _SERVANTS
_GODS_SERVANT = re.compile("(?:abd|bd)(?:[aeou]?l{1,2}[aeo]h?|al+h|l+h)")
_WITH_MIDDLE = 3  #: words of a name with a patronymic
_ONE_FATHER = 0.8  #: likeness from which two patronymics are one: "Yuryevich", "Iurievich"
_PAIRED = 0.62  #: likeness from which two words count as a pair
_JOINED = 0.8  #: likeness from which several words are one of the other name ("Abdel Fattah")


Likeness = tuple[float, int, int]  #: of two words, and their places in their names, counted down from 0


class Pairing(NamedTuple):
    """Which words of two names sound alike: (left, right, likeness), and the words of each side that are left over."""

    pairs: tuple[tuple[str, str, float], ...]
    left_over: tuple[str, ...]
    right_over: tuple[str, ...]


class Side(NamedTuple):
    """One name ready to be laid beside another: its script and the words that count."""

    script: Script
    words: tuple[str, ...]


@lru_cache(maxsize=65_536)
def side(text: str) -> Side:
    """A name as one side of a comparison."""
    name = parse(text)
    return Side(name.script, content(name))


def content(name: Name) -> tuple[str, ...]:
    """The words without particles; "al-Assad" and "Assad" are one."""
    if name.syllables and len(name.words) > 1:
        spelled = [heard(word) for word in name.words] if name.script == "han" else list(name.words)
        return (spelled[0], "".join(spelled[1:]))
    words = _servants(name.words)
    if particles().isdisjoint(words):
        return words
    return tuple([word for word in words if word not in particles()]) or words


def _servants(words: tuple[str, ...]) -> tuple[str, ...]:
    """Names of a servant of God as one word each, however they are written."""
    if _OF_GOD.isdisjoint(words) and "abd" not in [word[:3] for word in words]:
        return words
    found, rest = list[str](), list(words)
    while rest:
        word = rest.pop(0)
        if word in _SERVANTS and rest:
            if rest[0] in _ARTICLES and len(rest) > 1:
                rest.pop(0)
            word = "abd" + rest.pop(0)
        elif word in _GOD and found:
            word = found.pop() + word
        elif word.startswith("abd") and not word.endswith("lah") and len(word) > len("abdul"):
            word = _SERVANT.sub("abd", word, count=1)
        found.append("abdullah" if _GODS_SERVANT.fullmatch(word) else word)
    return tuple(found)


def words_alike(a: Side, b: Side, x: str, y: str) -> float:
    """How alike two words of two names sound, 0 to 1."""
    if a.script == b.script:
        return alike(x, y, manner(a.script, b.script))
    latin = x if a.script == "latin" else y if b.script == "latin" else ""
    return alike(x, y, manner(a.script, b.script), latin)


def _likenesses(a: Side, b: Side) -> list[Likeness]:
    """How alike each word of one name is to each of the other, where so much that the two may be a pair.

    Between scripts a word may be written as others say it, which is dear to try: it is, of words that find no good
    partner as they stand.
    """
    by = manner(a.script, b.script)
    told = [(1.0 if x == y else alike(x, y, by), -i, -j) for i, x in enumerate(a.words) for j, y in enumerate(b.words)]
    if a.script != b.script and "latin" in (a.script, b.script):
        good = [one for one in told if one[0] >= GOOD]
        left, right = {i for _, i, _ in good}, {j for _, _, j in good}
        told = [one if one[1] in left or one[2] in right else _as_others_say(a, b, one[1], one[2]) for one in told]
    return [one for one in told if one[0] >= _PAIRED]


def _as_others_say(a: Side, b: Side, i: int, j: int) -> Likeness:
    return words_alike(a, b, a.words[-i], b.words[-j]), i, j


@lru_cache(maxsize=4_096)  # a pair of names comes again at once or never
def pair(a: Side, b: Side) -> Pairing:
    """The words that sound alike, best pair first; two words may pair with one that holds both ("Abdel Fattah")."""
    pairs, ranked = [], _likenesses(a, b)
    rest_left, rest_right = a.words, b.words
    if ranked:
        left, right = dict(enumerate(a.words)), dict(enumerate(b.words))
        for value, i, j in sorted(ranked, reverse=True):
            if -i in left and -j in right:
                pairs.append((left.pop(-i), right.pop(-j), value))
        rest_left, rest_right = tuple(left.values()), tuple(right.values())
    if rest_left and rest_right and len(rest_left) + len(rest_right) > 2:
        one, other = "".join(rest_left), "".join(rest_right)
        value = Indel.normalized_similarity(sounds.sound(one).whole, sounds.sound(other).whole)
        if value > _JOINED:
            return Pairing((*pairs, (one, other, value)), (), ())
    return Pairing(tuple(pairs), rest_left, rest_right)


@lru_cache(maxsize=65_536)
def middle(text: str) -> str:
    """The patronymic of a name, or the initial in its place ("Sergei I. Petrov"); empty where it has neither."""
    words = parse(text).words
    if len(words) < _WITH_MIDDLE:
        return ""
    initial = len(words[1]) == 1
    last = len(words) - initial  # after an initial the last word is a family name, whatever its ending
    found = next((word for word in words[1:last] if is_patronymic(word)), "")
    return found or (words[1] if initial and len(words) == _WITH_MIDDLE else "")


@cache
def is_patronymic(word: str) -> bool:
    """Whether a word ends as patronymics do."""
    return len(word) > 1 and _PATRONYMIC.search(word) is not None


def fathers_differ(left: str, right: str) -> bool:
    """Whether two names tell different patronymics, or initials that stand for different ones."""
    one, other = middle(left), middle(right)
    if not one or not other or one == other:
        return False
    if len(one) == 1 or len(other) == 1:
        return one[0] != other[0] and not _one_sound(one[0], other[0])
    return alike(one, other) < _ONE_FATHER


def _one_sound(one: str, other: str) -> bool:
    """Whether two initials may write one Cyrillic letter: "Ye" and "E", "V" and "W", "Ju" and "Yu"."""
    return any(one in letters and other in letters for letters in ("eyio", "vw", "yji", "ckx", "zts", "gh", "sc"))


def says_less(short: str, full: str) -> bool:
    """Whether the first name has fewer words than the second, or initials for words of it."""
    return _said(short) < _said(full)


@lru_cache(maxsize=65_536)
def _said(text: str) -> tuple[int, int]:
    """How many words a name has, and how many of them at length."""
    words = parse(text).words
    return len(words), sum(len(word) > 1 for word in words)
