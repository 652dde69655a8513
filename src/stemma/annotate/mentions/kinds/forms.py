"""What the words of a name tell of its kind, wherever it stands: signs, short strings that have weights."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from stemma.annotate.mentions.lexicon import lexicon, plain, small_words
from stemma.annotate.mentions.runs import tokens
from stemma.annotate.mentions.segments.shapes import is_eastern
from stemma.text import gazetteer

_SMALL_LETTERS, _FIGURES = re.compile(r"[^\W\d_A-ZÀ-ÖØ-Þ]+"), re.compile(r"\d+")
_CAPITAL, _CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]"), re.compile(r"X{2,}")
_SPOKEN = re.compile(r"(?:[^AEIOU.\d]{0,2}[AEIOUY]+)+[^AEIOU.\d]{0,2}")  #: capitals that can be spoken as a word
_MOST_WORDS = 5  #: longer names are told alike


@lru_cache(maxsize=16_384)
def form(name: str, reason: str) -> tuple[str, ...]:
    """Signs of a name's own words, and of what the rules that cut it out made of it."""
    words = tokens(name)
    spelled = [plain(word.text) for word in words if word.capital]
    if not spelled:
        return (f"r:{reason}",)
    count = min(len(words), _MOST_WORDS)
    shape = " ".join(shape_of(word.text) for word in words[:_MOST_WORDS])
    first, last = classes(words[0].text), classes(words[-1].text)
    signs = [f"r:{reason}", f"n:{count}", f"shape:{shape}", *_ends(spelled)]
    signs.append(f"only:{first}" if count == 1 else f"both:{first}|{last}")
    if count > 1:
        signs += [f"first:{first}", f"last:{last}"]
        signs += [f"first+{letter}" for letter in first] + [f"last+{letter}" for letter in last]
    else:
        signs += [f"only+{letter}" for letter in first]
    signs += [f"mid:{classes(word.text)}" for word in words[1:-1] if word.capital]
    signs += [f"link:{word.text}" for word in words if not word.capital]
    if is_eastern(spelled, lexicon()):
        signs.append("eastern")
    size = gazetteer.cities().get(name)
    if size:
        signs.append(f"city:{size}:{min(count, 2)}")
    return tuple(dict.fromkeys(signs))


def _ends(spelled: list[str]) -> list[str]:
    """The first and last word, and how they end."""
    if len(spelled) == 1:
        return [f"o:{spelled[0]}", f"o3:{spelled[0][-3:]}", f"o2:{spelled[0][-2:]}", f"o4:{spelled[0][-4:]}"]
    first, last = spelled[0], spelled[-1]
    return [f"f:{first}", f"l:{last}", f"f3:{first[-3:]}", f"l3:{last[-3:]}", f"l2:{last[-2:]}"]


def shape_of(word: str) -> str:
    """Capitals, small letters, figures and signs of a word: "Xx", "X.", "Xx-Xx", "XxXx", "X9"; "V5" for "TARVO"."""
    if word.isupper() and word.isalpha() and len(word) > 1:
        return f"{'V' if _SPOKEN.fullmatch(word) else 'X'}{min(len(word), 8)}"
    letters = _CAPITALS.sub("XX", _CAPITAL.sub("X", _SMALL_LETTERS.sub("x", word)))
    return _FIGURES.sub("9", letters).replace("’", "'")


@cache
def _heads() -> dict[str, str]:
    known = lexicon()
    groups = (
        ("w", known.work_head), ("p", known.place_head), ("a", known.outlet_head), ("o", known.organization_head),
        ("t", known.title),
    )  # fmt: skip
    return {word: letter for letter, words in groups for word in words}


@lru_cache(maxsize=32_768)
def classes(word: str) -> str:
    """The lists that a word is on, a letter each: g given name, s surname, c city, l also written small, heads."""
    low = plain(word)
    capital = word[:1].upper() + low[1:] if word.isupper() else word
    letters = _heads().get(low, "")
    if low in lexicon().male or low in lexicon().female:
        letters += "G"
    elif capital in gazetteer.people("male") or capital in gazetteer.people("female"):
        letters += "g"
    if low in lexicon().korean_surname or low in lexicon().chinese_surname:
        letters += "k"
    if capital in gazetteer.people("surname"):
        letters += "s"
    if size := gazetteer.cities().get(capital):
        letters += "C" if size < 3 else "c"
    if low in small_words():
        letters += "l"
    elif low in lexicon().country or low in lexicon().phrases:
        letters += "n"
    return letters or "-"
