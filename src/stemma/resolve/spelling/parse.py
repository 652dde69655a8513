"""A name taken apart: scripts read as Latin, titles and brackets off, family name told where a comma tells it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from anyascii import anyascii

from stemma.resolve.spelling.hangul import romanize
from stemma.resolve.spelling.knowledge import knowledge

Script = Literal["latin", "cyrillic", "arabic", "hangul", "han", "other"]
_BRACKETED = re.compile(r"\s*[(\[（].*?[)\]）]")
_SPLIT = re.compile(r"[^\w.'’‘`ʼ/]+")
_MARKS = re.compile(r"[.'’‘`ʼʻʹ\"“”]")
_INITIALS = re.compile(r"(?<!\w)([^\W\d_])\.(?=[^\W\d_]\.|[^\W\d_]{3})")  #: "V.V." is two words, "M.P." none
_INNER_W = re.compile("(?<=[a-z])w")
_ARTICLE = re.compile(r"(?<![^\W\d_])ال(?!له)(?=\w{3})")
_HEAD_TITLES = frozenset({"ing", "tun", "tuan", "hon", "sri", "seri"})  #: titles that are parts of names elsewhere
_FULL = 3  #: words of a name with such a title before it; what a hyphen joins is one: "Tuan Chun-chun" has no title
_MOST_WORDS = 8
_RANGES: tuple[tuple[str, str, Script], ...] = (
    ("가", "힣", "hangul"),
    ("一", "鿿", "han"),
    ("㐀", "䶿", "han"),
    ("Ѐ", "ԯ", "cyrillic"),
    ("؀", "ۿ", "arabic"),
    ("ݐ", "ݿ", "arabic"),
    ("ぁ", "ヿ", "han"),
)


class Letters(dict[int, str]):
    """Letters in ASCII by their code points, for ``str.translate``: as anyascii has them, each looked up once."""

    def __missing__(self, letter: int) -> str:
        self[letter] = anyascii(chr(letter))
        return self[letter]


ASCII = Letters()
_MARKED = str.maketrans({
    "š": "sh", "Š": "Sh", "č": "ch", "Č": "Ch", "ž": "zh", "Ž": "Zh", "ć": "ch", "Ć": "Ch", "ş": "sh", "Ş": "Sh",
})  # fmt: skip


class Name(NamedTuple):
    """A name ready to be compared.

    ``words`` are Latin letters in small letters without marks; ``spelled`` are the same words with apostrophes
    and diacritics; ``syllables``: whether a word is one syllable of a Korean or Chinese script; ``turned``: whether a
    comma told the family name, which is the last word here.
    """

    text: str
    script: Script
    words: tuple[str, ...]
    spelled: tuple[str, ...]
    syllables: bool = False
    turned: bool = False


@cache
def titles() -> frozenset[str]:
    """Words before names that are no names."""
    return frozenset(knowledge("persons")["titles"].split())


@cache
def particles() -> frozenset[str]:
    """Small words that some spell and others leave out."""
    return frozenset(knowledge("persons")["particles"].split())


def marked(text: str) -> str:
    """A name with its háčeks written out ("Jašin" as "Jashin"); newspapers write it so or leave them out."""
    return text if text.isascii() else text.translate(_MARKED)


def script_of(text: str) -> Script:
    """The script of the first letter that is not Latin; Latin where all are."""
    if text.isascii():
        return "latin"
    for letter in text:
        if letter.isascii():
            continue
        for low, high, script in _RANGES:
            if low <= letter <= high:
                return script
        if letter.isalpha() and not unicodedata.name(letter, "").startswith(("LATIN", "MODIFIER")):
            return "other"
    return "latin"


@lru_cache(maxsize=65_536)
def parse(text: str) -> Name:
    """The name of ``text``; a name of titles alone keeps them."""
    plain = (_BRACKETED.sub("", text) if "(" in text or "[" in text or "（" in text else text).strip() or text
    script = script_of(plain)
    if script in {"hangul", "han"} and " " not in plain and not re.search("[·・‧•-]", plain):
        words = _syllables(plain, script)
        return Name(text, script, tuple(words), tuple(words), syllables=True)
    ordered = _reordered(plain) if "," in plain else plain
    turned, plain = ordered != plain, _INITIALS.sub(_initial, ordered) if "." in ordered else ordered
    low = _latin(plain, script)
    if low.isascii() and low.replace(" ", "").isalnum():  # most names: letters and blanks
        told = tuple(low.split()[:_MOST_WORDS])
        if not titles().isdisjoint(told):
            told = tuple(_without_titles(list(told), full=len(plain.split()) >= _FULL))
        return Name(text, script, told, told, False, turned)
    spelled = [word for word in _SPLIT.split(low) if word.strip(".'’‘`/")][:_MOST_WORDS]
    spelled = _without_titles(spelled, full=len(plain.split()) >= _FULL)
    words = [_bare(word) for word in spelled]
    kept = [(word, form) for word, form in zip(words, spelled, strict=True) if word]
    return Name(text, script, tuple(word for word, _ in kept), tuple(form for _, form in kept), turned=turned)


def _initial(match: re.Match[str]) -> str:
    """An initial apart from what follows; initials that spell a title stay as they are."""
    return match.group() if match.string[match.start() :].lower().startswith(("m.p.", "m.d.")) else match.group() + " "


def _syllables(text: str, script: Script) -> list[str]:
    if script == "hangul":
        return [romanize(letter) for letter in text if "가" <= letter <= "힣"]
    return [ASCII[ord(letter)].lower() for letter in text if letter.isalpha()]


def _latin(text: str, script: Script) -> str:
    match script:
        case "latin":
            return text.lower()
        case "hangul":
            return "".join(romanize(letter) if "가" <= letter <= "힣" else letter for letter in text)
        case "arabic":
            # a "j" before a consonant is one all the same; a "w" inside a word mostly writes a vowel; no article
            plain = _ARTICLE.sub("", text).translate(ASCII).lower().replace("j", "dj").replace("tsh", "ch")
            return _INNER_W.sub("u", plain)
        case "han":
            return "".join(_heard(letter) for letter in text)
        case _:
            return text.translate(ASCII).lower()


def _heard(letter: str) -> str:
    if letter in "·・‧•-":
        return " "
    if letter == "ー":
        return ""
    plain = ASCII[ord(letter)].lower()
    return heard(plain) if letter.isalpha() else plain


@lru_cache(maxsize=16_384)
def heard(pinyin: str) -> str:
    """A syllable of pinyin as other languages would spell it: "qi" as "chi", "er" as "r", "x" as "sh"."""
    for old, new in knowledge("chinese")["heard"].items():
        if pinyin.startswith(old):
            return str(new) + pinyin[len(old) :]
    return pinyin


def _bare(word: str) -> str:
    """Letters alone, diacritics off."""
    if word.isascii() and word.isalnum():
        return word
    flat = _MARKS.sub("", word).translate(ASCII).lower()
    return re.sub(r"[^a-z0-9/]", "", flat)


def _reordered(text: str) -> str:
    """A family name before a comma ("Holt, Maren") put last; suffixes after a comma stay out."""
    left, comma, right = text.partition(",")
    if not comma or "," in right or not right.strip() or len(left.split()) > 3:
        return text
    if right.strip().lower().startswith(("baron", "lord", "jr", "sr", "viscount", "earl")):
        return left
    return f"{right.strip()} {left}"


def _is_title(word: str, *, first: bool) -> bool:
    """Whether a word is a title; "Ing." before a name is one, "Tsai Ing-wen" has none."""
    return word in titles() and (first or word not in _HEAD_TITLES)


def _without_titles(words: list[str], *, full: bool) -> list[str]:
    kept = [word for at, word in enumerate(words) if not _is_title(word.rstrip("."), first=full and not at)]
    return kept or words
