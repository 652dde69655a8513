"""What leaves it open whether two names are one, however alike they are: reasons to be unsure.

A score weighs how alike the words of two names are. Whether who writes both means one person hangs on more: on what one
of them leaves out, on a family name that is merely near, on words that stand in another order.
"""

from __future__ import annotations

import re

from stemma.resolve.likeness import manner
from stemma.resolve.pairing import Pairing, Side, is_patronymic, pair, side
from stemma.resolve.persons import STRICT, agreement, agrees, ends_alike
from stemma.resolve.spelling import sounds
from stemma.resolve.spelling.chinese import chinese
from stemma.resolve.spelling.eastern import Agreement
from stemma.resolve.spelling.korean import korean
from stemma.resolve.spelling.parse import parse

_JUNIOR = re.compile(r"\b[Jj](?:r|nr|unior)\b")
#: What Wade-Giles writes and pinyin never does: apostrophes, "hs", "ts", "tz", "ien", "ueh", "ih", "ung".
_WADE = re.compile("['’‘`ʼ]|hs|[tT][sz]|ien|ieh|ueh|ih|ung|uei")
_FAR = 0.8  #: likeness under which a pair of words is called far (``persons.reasons``)
#: The same where Hangul or characters write down what is heard, which confuses consonants: two words must have one
#: sound. Of 548 pairs that are merely near among 72,000 made-up names 186 were one.
_FAR_LOOSELY = 0.95
_TWO_WORDS = 2


def doubt(left: str, right: str) -> str:
    """Why two names that are alike enough to be one may be two; empty where nothing speaks for that."""
    eastern = agreement(left, right)
    if eastern and agrees(eastern[1]):
        return _of_eastern(left, right, *eastern)
    if eastern:
        return "not all syllables agree"
    a, b = side(left), side(right)
    laid = pair(a, b)
    if _is_partial(a, b, laid):
        return "one name says more than the other"
    if far := _far(a, b, laid):
        return far
    if _are_of_two_languages(left, right):
        return "read as names of two languages"
    return "the words stand in another order" if _cross(a, b, laid) else ""


def _far(a: Side, b: Side, laid: Pairing) -> str:
    """The words that are merely far or, in letters that confuse sounds, merely near; empty where there are none."""
    loosely = manner(a.script, b.script) == "loose"
    least, told = (_FAR_LOOSELY, "are not of one sound") if loosely else (_FAR, "are far from each other")
    return next((f"{x} / {y} {told}" for x, y, alike in laid.pairs if alike < least), "")


def generations_differ(left: str, right: str) -> bool:
    """Whether one name alone says that it is of the younger of two ("Jr")."""
    return (_JUNIOR.search(left) is None) != (_JUNIOR.search(right) is None)


def _of_eastern(left: str, right: str, language: str, told: Agreement) -> str:
    """Two syllables tell little: they must be the same, the family name first, unless the very words are the same."""
    a, b = parse(left), parse(right)
    if a.script == b.script == "han" and a.words != b.words:
        return "characters that are said otherwise"
    if told.length > 1 or sorted(a.words) == sorted(b.words):
        return ""
    if told.turned or told.left.last != told.right.last:
        return "two syllables in another order"
    if language == "korean":
        return ""
    if min(told.family, told.lowest) < 1:
        return "two syllables that are near"
    of_one_system = a.script == b.script == "latin" and bool(_WADE.search(left)) == bool(_WADE.search(right))
    return "two syllables that one system writes in two ways" if of_one_system else ""


def _are_of_two_languages(left: str, right: str) -> bool:
    """Whether both names are read as eastern ones, and never as names of one language."""
    return bool((korean(left) and chinese(right)) or (chinese(left) and korean(right)))


def _cross(a: Side, b: Side, laid: Pairing) -> bool:
    """Whether the words of two names stand in an order that is none of one name: whole, or with the last word first."""
    if len(laid.pairs) <= _TWO_WORDS:
        return False
    order = [place for x in a.words for place in (_place(x, laid, b),) if place >= 0]
    turns = [at for at in range(1, len(order)) if order[at] < order[at - 1]]
    return len(turns) > 1 or (len(turns) == 1 and order[-1] > order[0])


def _place(word: str, laid: Pairing, b: Side) -> int:
    """Where the partner of a word stands; -1 where it has none."""
    partner = next((y for x, y, _ in laid.pairs if x == word), None)
    return b.words.index(partner) if partner in b.words else -1


def _is_partial(a: Side, b: Side, over: Pairing) -> bool:
    """Whether one name says more in a way that may make it another's: beyond patronymics, initials, middle names."""
    if over.left_over and over.right_over:
        return True
    more = [word for word in (*over.left_over, *over.right_over) if len(word) > 1 and not is_patronymic(word)]
    return bool(more) and not _leaves_out_middle(a, b)


def _leaves_out_middle(a: Side, b: Side) -> bool:
    """Whether one name is the other without what stands between its first and its last word, one of which is rare."""
    few = min(a.words, b.words, key=len)
    if len(few) < 2 or min(map(len, few)) < 2:
        return False
    rare = not all(map(sounds.is_frequent, few))
    return (
        rare and min(ends_alike(a, b, 0), ends_alike(a, b, -1), *(value for _, _, value in pair(a, b).pairs)) > STRICT
    )
