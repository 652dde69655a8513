"""Whether two wordings are one word or name spelt in two ways."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from stemma.collate.pair.kinds.knowledge import table
from stemma.collate.pair.sketch import plain_word

#: Two names may be spellings of one from this share of letters on (0 to 100): "Ri"/"Li" 50, "Lavrov"/"Lavroff" 77.
SAME_NAME = 50.0
#: A longer skeleton may differ in one sound.
LONG_SKELETON = 4
#: Consonants that systems of romanisation write for one another, after the groups of Soundex (Russell 1918): voiced and
#: voiceless ones, "l" and "r" (Korean), "v", "w" and "f" (Slavic), "j", "ch" and "zh".
_SOUNDS = str.maketrans("bdgqcvwzjl", "ptkkkffsšr")
_DIGRAPHS = (
    ("tch", "š"),
    ("sch", "s"),
    ("ch", "š"),
    ("zh", "š"),
    ("sh", "s"),
    ("ph", "p"),
    ("kh", "k"),
    ("th", "t"),
    ("x", "ks"),
)
_DOUBLED = re.compile(r"(.)\1+")
_SILENT = re.compile(r"(?!^)[aeiouyh]")
_OPENING_VOWEL = re.compile(r"^[aeiouy]+")


def is_name_respelt(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two names, in folded words, sound alike: "Yun Lavrik" and "Yoon Lavrick", "Ri Dae" and "Li Tae"."""
    one, other = " ".join(mine), " ".join(theirs)
    if not one or not other or ratio(one, other) < SAME_NAME:
        return False
    sounds = [skeleton("".join(side)) for side in (mine, theirs)]
    slack = 1 if min(map(len, sounds)) >= LONG_SKELETON else 0
    return Levenshtein.distance(*sounds) <= slack


def skeleton(name: str) -> str:
    """The consonants of a name as it sounds, whatever the system of romanisation; an opening vowel counts as one."""
    plain = re.sub(r"[^a-z]", "", anyascii(name).lower())
    for letters, sound in _DIGRAPHS:
        plain = plain.replace(letters, sound)
    opened = _OPENING_VOWEL.sub(lambda match: "y" if match.group()[0] == "y" else "a", plain)
    return _DOUBLED.sub(r"\1", _SILENT.sub("", opened).translate(_SOUNDS))


def is_word_respelt(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether words differ in hyphens, blanks, accents or by British and American spelling alone."""
    one, other = (_bare(side) for side in (mine, theirs))
    if not one or not other or one[0] != other[0]:
        return False  # no standard changes the first letter
    return one == other or (len(mine) == len(theirs) and _standard(mine) == _standard(theirs))


def _bare(words: Sequence[str]) -> str:
    return anyascii("".join(map(plain_word, words))).lower()


def _standard(words: Sequence[str]) -> list[str]:
    return [_american(plain_word(word)) for word in words]


def _american(word: str) -> str:
    """The word with the ending of the American standard; the longest ending counts."""
    endings = [ending for ending in table("spellings") if word.endswith(ending) and len(word) > len(ending) + 1]
    ending = max(endings, key=len, default="")
    return word.removesuffix(ending) + str(table("spellings").get(ending, ""))
