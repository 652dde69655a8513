"""What the form of words tells of a name: given names, eastern shapes, capitals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stemma.annotate.mentions.lexicon import Lexicon, plain, small_words
from stemma.annotate.mentions.runs import Token
from stemma.records import MentionKind
from stemma.text import gazetteer

_LONGEST_PERSON = 5  #: words of a name with particles
_TWO = 2  #: words of a plain full name
_HYPHENED = re.compile(r"[A-Z][a-z]+-[a-z]+")  #: a given name of two syllables: "Wai-ching"
_ABSTRACT = (
    "tion",
    "sion",
    "ment",
    "ness",
    "ship",
    "ics",
    "ity",
    "ology",
    "isation",
    "ization",
    "ing",
    "ism",
    "ency",
    "ance",
    "day",
    "phobia",
    "works",
)
#: McCune-Reischauer without its marks: "Ŏm T'ae-rim".
_UNMARKED = str.maketrans({"ŏ": "o", "ŭ": "u", "'": None})
_ACRONYM_LENGTH = range(2, 8)
#: One or two syllables of pinyin by initial and final.
_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|[aeiou])){1,2}"
)


def head_kind(word: str, known: Lexicon) -> MentionKind | None:
    """The kind that a last word gives a name: "Agency", "Council", "Island", "Treaty"; None for any other word."""
    if word in known.outlet_head:
        return "outlet"
    if word in known.organization_head:
        return "organization"
    if word in known.place_head:
        return "place"
    return "work" if word in known.work_head else None


def shape(words: list[Token], known: Lexicon, titled: bool) -> tuple[MentionKind | None, str]:
    """The kind that the form of the words tells: given names, Korean and Chinese shapes, capitals."""
    spelled = [plain(word.text) for word in words]
    if titled and len(words) <= _LONGEST_PERSON and not words[0].text.isupper() | (len(words[0].text) < 2):
        return "person", "after a role"
    if len(words) == 1:
        return _lone_shape(words[0].text, spelled[0], known)
    if is_eastern(spelled, known) or (len(words) == 2 and _HYPHENED.fullmatch(words[1].text)):
        return "person", "name shape"
    shouted = words[0].text.isupper() and len(words[0].text) > 1 and not words[-1].text.isupper()
    if (
        not shouted
        and len(words) <= _LONGEST_PERSON
        and _has_given_name(spelled, known)
        and not _is_abstract(spelled[-1])
    ):
        return "person", "given name"
    return None, "abstract words" if any(map(_is_abstract, spelled)) or len(words) > _LONGEST_PERSON else "words"


def _lone_shape(word: str, spelled: str, known: Lexicon) -> tuple[MentionKind | None, str]:
    if head_kind(spelled, known) or spelled in known.organization_first:
        return None, "head alone"
    if spelled in known.surname:
        return "person", "known name"
    if is_acronym(word):
        return None, "number or unit" if spelled in known.acronym_stop else "capitals"
    if is_eastern(spelled.split("-", 1), known) and spelled.count("-") >= 1:
        return "person", "name shape"
    if spelled in known.male or spelled in known.female:
        return None, "lone given name"
    return None, "word"


def _has_given_name(spelled: Sequence[str], known: Lexicon) -> bool:
    first = spelled[0]
    if spelled[-1] in known.function:
        return False  # "A. I never saw it"
    if first in known.male or first in known.female:
        return True
    if len(spelled) == _TWO and known.phrases.get(first) == "place" and _is_borne(first):
        return True  # "Milan Horvat": a place alone would have been cut off
    if first in known.given and _is_surname_like(spelled[-1], known):
        return True
    if len(spelled) > 2 and len(spelled[1]) == 2 and spelled[1].endswith("."):
        return True
    half = first.split("-")[0]
    return (len(first) in {2, 4} and first.endswith(".")) or half in known.male or half in known.female


def _is_borne(word: str) -> bool:
    """Whether people bear the name of a city as a given name."""
    name = word.capitalize()
    return name in gazetteer.people("male") or name in gazetteer.people("female")


def _is_surname_like(word: str, known: Lexicon) -> bool:
    """Whether a last word may be a surname: no known name, and no small word but one that people bear too."""
    if word in known.phrases:
        return False
    return word not in small_words() or word.capitalize() in gazetteer.people("surname")


def _is_abstract(word: str) -> bool:
    return word.endswith(_ABSTRACT)


def is_acronym(word: str) -> bool:
    """Whether a word is all capitals (figures allowed) and short enough for an acronym."""
    return word.isupper() and len(word.replace(".", "")) in _ACRONYM_LENGTH


def is_eastern(spelled: Sequence[str], known: Lexicon) -> bool:
    """Whether words in small letters have the form of a Korean or Chinese name, family name first."""
    if not 2 <= len(spelled) <= 3:
        return False
    family, *rest = (word.translate(_UNMARKED) for word in spelled)
    given = [part for word in rest for part in word.split("-")]
    if not 1 <= len(given) <= 2:
        return False
    if family in known.korean_surname and all(part in known.korean_syllable for part in given):
        return True
    return family in known.chinese_surname and len(spelled) == 2 and _PINYIN.fullmatch("".join(given)) is not None
