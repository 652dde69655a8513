"""The kind of a change of words: what weighs most in it names it.

A negation outweighs a number, a number a name or title, these a spelling, and any other change is one of words.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from stemma.collate.pair.kinds.knowledge import titles
from stemma.collate.pair.kinds.numbers import values
from stemma.collate.pair.kinds.spelling import is_name_respelt, is_word_respelt
from stemma.collate.pair.sketch import lexicon, plain_word
from stemma.collate.pair.wording import Wording
from stemma.records import EditClass

Span = tuple[int, int]

#: Fewer telling words than this are no headline but a name.
FEWEST_TELLING = 4
#: What stands for a comma before the last member of a list: one side has the word, the other the comma.
JOINING = frozenset({"and", "or"})
_OPENS = re.compile(r"[\"“”„«»「」(:–—-]\s*$")
_FULL_STOPS = (".", "!", "?")
_DIGIT = re.compile(r"\d")
_LARGE = r"[^\W\d_a-z]\w*"
_LIST = re.compile(rf"(?:, {_LARGE}(?: {_LARGE})*)*,? (?:and|or) {_LARGE}")


def kind(a: Wording, left: Span, b: Wording, right: Span) -> EditClass:
    """The class of a change from the words ``left`` of ``a`` to the words ``right`` of ``b``; one side may be empty."""
    mine, theirs = words_of(a, left), words_of(b, right)
    if _negations(mine) != _negations(theirs):
        return "negation"
    if (numbers := _numbers(a, left)) != _numbers(b, right):
        return "number"
    names = _names(a, left), _names(b, right)
    if names[0] != names[1]:
        return "spelling" if is_name_respelt(*names) else "name"
    if set(map(plain_word, (*mine, *theirs))) <= JOINING and (_lists(a, left) or _lists(b, right)):
        return "punctuation"
    if is_word_respelt(mine, theirs) or (numbers and all(map(is_number, mine)) and all(map(is_number, theirs))):
        return "spelling"
    return "words"


def _lists(ready: Wording, words: Span) -> bool:
    """Whether no word stands here but a comma, between two members of a list."""
    before = ready.ends[words[0] - 1] if words[0] else 0
    return words[0] == words[1] < len(ready.starts) and "," in ready.text[before : ready.starts[words[1]]]


def words_of(ready: Wording, words: Span) -> list[str]:
    """The words as they are written."""
    return [ready.text[ready.starts[word] : ready.ends[word]] for word in range(*words)]


def is_number(word: str) -> bool:
    """Whether a word has digits or is a number word."""
    return _DIGIT.search(word) is not None or plain_word(word) in lexicon("number")


def _negations(words: list[str]) -> int:
    """How often a side negates."""
    turning = lexicon("negation")
    return sum(word in turning or word.endswith("n't") for word in map(plain_word, words))


def _numbers(ready: Wording, words: Span) -> list[str]:
    if not any(map(is_number, words_of(ready, words))):
        return []
    return values(ready.text[ready.starts[words[0]] : ready.ends[words[1] - 1]])


def _names(ready: Wording, words: Span) -> list[str]:
    """The folded words that are written as names, and titles however they are written."""
    plain = [(word, plain_word(ready.text[ready.starts[word] : ready.ends[word]])) for word in range(*words)]
    return [folded for word, folded in plain if folded in titles() or _is_name(ready, word, folded)]


def _is_name(ready: Wording, word: int, folded: str) -> bool:
    """Whether a telling word is written large though no sentence or quotation begins with it, and in no headline."""
    if not ready.text[ready.starts[word]].isupper() or folded in lexicon("function"):
        return False
    if _is_headline(ready, word):
        return False
    return not _begins(ready, word) or _goes_on(ready, word) or _is_large_elsewhere(ready, word)


def _begins(ready: Wording, word: int) -> bool:
    before = ready.text[ready.ends[word - 1] if word else 0 : ready.starts[word]]
    return word in ready.firsts or word == 0 or _OPENS.search(before) is not None


def _goes_on(ready: Wording, word: int) -> bool:
    """Whether the next word is large too, or a row of such words follows: no plain sentence begins so."""
    after = word + 1
    if _LIST.match(ready.text, ready.ends[word]):
        return True
    if after >= len(ready.words) or ready.text[ready.ends[word] : ready.starts[after]] not in {" ", "-", ". "}:
        return False
    return after not in ready.firsts and ready.text[ready.starts[after]].isupper()


def _is_large_elsewhere(ready: Wording, word: int) -> bool:
    """Whether it stands within a sentence, written large, somewhere else in the text."""
    wanted = ready.words[word]
    same = (other for other, number in enumerate(ready.words) if number == wanted and other != word)
    return any(ready.text[ready.starts[other]].isupper() and not _begins(ready, other) for other in same)


def _is_headline(ready: Wording, word: int) -> bool:
    """Whether all telling words of the sentence are written large and it does not end as a sentence does."""
    place = bisect_right(ready.firsts, word) - 1
    words = range(*ready.firsts[place : place + 2])
    telling = [each for each in words if ready.words[each] & 1]
    if len(telling) < FEWEST_TELLING or ready.text[ready.ends[words[-1]] :].lstrip()[:1] in _FULL_STOPS:
        return False
    return all(ready.text[ready.starts[each]].isupper() for each in telling)
