"""Offices and what they are of, before the name of who holds them: "Minister of Trade of Veloria Ana Holt"."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.annotate.mentions.lexicon import Lexicon, lexicon, plain, small_words
from stemma.annotate.mentions.runs import Token
from stemma.annotate.mentions.segments.shapes import head_kind, is_eastern

EASTERN, EASTERN_WORDS = "name shape", 3  #: "Cho Min Sol"
TWO = 2  #: words of a plain full name
_HOLDER = 3  #: words of a country and of the person who holds an office of it
AND = frozenset({"and", "&"})
_SON_OF = frozenset({"bin", "bint", "ibn"})  #: behind a given name, be it "Sultan" or "Emir"
LINKS_ON = frozenset({"of", "of the", "for", "for the", "on", "on the"})
_SIDES = frozenset(
    ["north", "south", "east", "west", "northern", "southern", "eastern", "western", "upper", "lower", "new"]
)
_REALMS = frozenset({"republic", "kingdom", "federation", "emirate", "sultanate", "principality", "duchy"})


def is_office_of(chunk: list[Token], at: int) -> bool:
    """Whether what begins at ``at`` is that of which somebody is the head: "President of", "Ambassador of the"."""
    return at > 1 and chunk[at - 1].text in LINKS_ON and plain(chunk[at - 2].text) in lexicon().title


def country_of_holder(chunk: list[Token], at: int, known: Lexicon) -> int:
    """Words of the country between an office and its holder, "Minister of Veloria Tomas Varga"; 0 where none are told.

    One word with a name of two and more behind it, as the agencies of many states write.
    """
    first, end = plain(chunk[at].text), _names_end(chunk, at, known)
    if first in known.male or first in known.female or first in small_words() or is_whole_eastern(chunk, at, known):
        return 0
    told = any(
        opens_role(chunk, place, known) or head_kind(plain(chunk[place].text), known) for place in range(at, end)
    )
    return 1 if end - at >= _HOLDER and not told else 0


def _names_end(chunk: list[Token], at: int, known: Lexicon) -> int:
    """Where the capital words that begin at ``at`` end; particles of names ("bin", "van der") belong to them."""
    end = at
    while end < len(chunk) and (chunk[end].capital or (end > at and plain(chunk[end].text) in known.particle)):
        end += 1
    return end


def realm_of_holder(chunk: list[Token], at: int) -> int:
    """1 where a realm without a name stands between an office and its holder: "President of the Republic Ana Holt"."""
    return int(plain(chunk[at].text) in _REALMS and all(word.capital for word in chunk[at + 1 : at + _HOLDER]))


def duties(chunk: list[Token], at: int, known: Lexicon) -> int:
    """Words that tell of what somebody is the minister, at ``at``: "Energy", "Trade and Industry"."""
    end = at
    if plain(chunk[at].text) in _SIDES:
        return 0  # "South Karvis"
    while end < len(chunk) and (plain(chunk[end].text) in small_words() or (end > at and chunk[end].text in AND)):
        if opens_role(chunk, end, known) or plain(chunk[end].text) in known.male | known.female:
            break
        end += 1
    return end - at


def rank(chunk: list[Token], at: int) -> int:
    """Words of an ambassador's rank behind the title at ``at``: "Extraordinary and Plenipotentiary"."""
    words = [plain(word.text) for word in chunk[at + 1 : at + 4]]
    return 3 if words == ["extraordinary", "and", "plenipotentiary"] else int(words[:1] == ["extraordinary"])


def joins_duties(chunk: list[Token], at: int, rest: list[Token]) -> bool:
    """Whether "and" stands within a role: "Minister of Trade and Industry"."""
    words = [word for word in (*rest, *chunk[at + 1 : at + 2]) if word.capital]
    return len(words) > 1 and all(plain(word.text) in small_words() for word in words)


def is_whole_eastern(chunk: Sequence[Token], at: int, known: Lexicon) -> bool:
    """Whether a name of three eastern syllables begins here, which no head word behind it claims."""
    name = chunk[at : at + EASTERN_WORDS]
    if len(name) < EASTERN_WORDS or plain(name[0].text) not in known.korean_surname:
        return False
    if not all(word.capital and "-" not in word.text for word in name):
        return False
    after = chunk[at + EASTERN_WORDS] if at + EASTERN_WORDS < len(chunk) else None
    claimed = after is not None and after.capital and head_kind(plain(after.text), known) is not None
    return not claimed and is_eastern([plain(word.text) for word in name], known)


def is_bodily(chunk: list[Token], at: int, known: Lexicon) -> bool:
    """A word of a role that belongs to a body: "General Staff", "Children's Hospital", "Prime Bank"."""
    after = plain(chunk[at + 1].text) if at + 1 < len(chunk) else ""
    return after in known.organization_head or after in {"staff", "assembly", "department"}


def is_realm(word: Token) -> bool:
    """Whether a head word takes the name of its country behind it: "People's Republic of Veloria"."""
    return plain(word.text) in _REALMS


def opens_role(chunk: list[Token], at: int, known: Lexicon) -> bool:
    """Whether a word of a role stands there that belongs to no body."""
    return plain(chunk[at].text) in known.title and not is_bodily(chunk, at, known)


def is_title(chunk: list[Token], at: int, rest: Sequence[Token], known: Lexicon) -> bool:
    """Whether a word belongs to a role; "King" after a given name is a surname."""
    word = plain(chunk[at].text)
    if word not in known.title and not _is_several(chunk, at, known):
        return False
    if at + 1 < len(chunk) and chunk[at + 1].text in _SON_OF:
        return False
    before = plain(rest[-1].text) if rest else ""
    return not (at == len(chunk) - 1 and (before in known.male or before in known.female or before.endswith(".")))


def _is_several(chunk: list[Token], at: int, known: Lexicon) -> bool:
    """Whether a word is a role of several, with a full name behind it: "Foreign Ministers Ana Holt and ..."."""
    word = plain(chunk[at].text)
    named = chunk[at + 1 : at + _HOLDER]
    return (
        word.endswith("s")
        and word[:-1] in known.title
        and len(named) == TWO
        and all(one.capital and plain(one.text) not in small_words() for one in named)
    )
