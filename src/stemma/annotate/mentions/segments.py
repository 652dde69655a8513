"""A run of capitals taken apart by itself: what it names, as far as its own words tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from stemma.annotate.mentions.lexicon import Lexicon, is_adjective, lexicon, plain, small_words
from stemma.annotate.mentions.runs import Token, tokens
from stemma.records import MentionKind
from stemma.text import gazetteer

_EASTERN, _EASTERN_WORDS = "name shape", 3  #: "Cho Min Sol"
_LONGEST_PERSON = 5  #: words of a name with particles
_HOLDER = 3  #: words of a country and of the person who holds an office of it
_OWNERS = frozenset(
    {
        "people",
        "workers",
        "women",
        "men",
        "children",
        "schoolchildren",
        "farmers",
        "veterans",
        "teachers",
        "writers",
        "officers",
        "prosecutor",
    }
)
_HYPHENED = re.compile(r"[A-Z][a-z]+-[a-z]+")  #: a given name of two syllables: "Wai-ching"
_AND = frozenset({"and", "&"})
_SON_OF = frozenset({"bin", "bint", "ibn"})  #: behind a given name, be it "Sultan" or "Emir"
_NEWS = frozenset({"news", "press", "telegraph", "telegraphic", "information", "wire", "media"})
_LINKS_ON = frozenset({"of", "of the", "for", "for the", "on", "on the"})
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


class Segment(NamedTuple):
    """A part of a run: its place in the run, its kind where the words tell it, and why.

    ``kind`` is None for a name whose kind the context must tell; ``titled``: a role stands before it.
    """

    start: int
    end: int
    kind: MentionKind | None
    reason: str
    titled: bool = False
    words: int = 1


@lru_cache(maxsize=16_384)
def segments(run: str) -> tuple[Segment, ...]:
    """The parts of a run that may be names, in order; adjectives and words of roles are left out."""
    found: list[Segment] = []
    for chunk in _chunks(tuple(_unhyphened(tokens(run)))):
        found += _parts(chunk, lexicon())
    return tuple(found)


def _unhyphened(words: tuple[Token, ...]) -> Iterator[Token]:
    """Words as they are, but two names of countries with a hyphen between them ("DPRK-Russia") apart."""
    known = lexicon()
    for word in words:
        left, hyphen, right = word.text.partition("-")
        if (
            hyphen
            and plain(word.text) not in known.phrases
            and plain(left) in known.phrases
            and plain(right) in known.phrases
        ):
            yield Token(word.start, word.start + len(left), left, "'s", capital=True)
            yield Token(word.end - len(right), word.end, right, word.owns, capital=True)
        else:
            yield word


def _chunks(words: tuple[Token, ...]) -> Iterator[list[Token]]:
    """Cut where one name owns the next ("Russia's Kursk Region"), not in "People's Army" or "Workers' Party"."""
    chunk: list[Token] = []
    for place, word in enumerate(words):
        chunk.append(word)
        if word.owns and place + 1 < len(words) and plain(word.text) not in _OWNERS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _parts(chunk: list[Token], known: Lexicon) -> list[Segment]:
    """Parts of a chunk: known names, then organisations by their head word, then roles, then what is left."""
    found: list[Segment] = []
    rest: list[Token] = []
    titled = False
    at = 0
    while at < len(chunk):
        size, kind, reason = _known_or_headed(chunk, at, known, bool(rest) and rest[-1].capital)
        if not size and titled and not rest and _is_office_of(chunk, at):
            size, reason = _country_of_holder(chunk, at, known), "word"
        if size:
            found += [] if titled and reason == _EASTERN else _left_over(rest, known, titled)
            whole = chunk[at : at + size]
            found.append(Segment(whole[0].start, whole[-1].end, kind, reason, titled=False, words=size))
            rest, titled, at = [], titled and _is_office_of(chunk, at), at + size
            continue
        if titled and not rest and _is_office_of(chunk, at) and (duties := _duties(chunk, at, known)):
            at += duties
            continue
        word = chunk[at]
        if word.text in _AND and titled and _joins_duties(chunk, at, rest):
            rest, at = [], at + 1
        elif word.text in _AND:
            found += _left_over(rest, known, titled)
            rest, titled = [], False
        elif _is_title(chunk, at, rest, known):
            at += _rank(chunk, at)
            rest, titled = [], True
        elif word.capital or rest:
            rest.append(word)
        at += 1
    return found + _left_over(rest, known, titled)


def _is_office_of(chunk: list[Token], at: int) -> bool:
    """Whether what begins at ``at`` is that of which somebody is the head: "President of", "Ambassador of the"."""
    return at > 1 and chunk[at - 1].text in _LINKS_ON and plain(chunk[at - 2].text) in lexicon().title


def _country_of_holder(chunk: list[Token], at: int, known: Lexicon) -> int:
    """Words of the country between an office and its holder, "Minister of Veloria Tomas Varga"; 0 where none are told.

    One word with a name of two and more behind it, as the agencies of many states write.
    """
    first, end = plain(chunk[at].text), _names_end(chunk, at, known)
    if first in known.male or first in known.female or first in small_words() or _is_whole_eastern(chunk, at, known):
        return 0
    told = any(
        _opens_role(chunk, place, known) or _head_kind(plain(chunk[place].text), known) for place in range(at, end)
    )
    return 1 if end - at >= _HOLDER and not told else 0


def _names_end(chunk: list[Token], at: int, known: Lexicon) -> int:
    """Where the capital words that begin at ``at`` end; particles of names ("bin", "van der") belong to them."""
    end = at
    while end < len(chunk) and (chunk[end].capital or (end > at and plain(chunk[end].text) in known.particle)):
        end += 1
    return end


def _duties(chunk: list[Token], at: int, known: Lexicon) -> int:
    """Words that tell of what somebody is the minister, at ``at``: "Energy", "Trade and Industry"."""
    end = at
    while end < len(chunk) and (plain(chunk[end].text) in small_words() or (end > at and chunk[end].text in _AND)):
        if _opens_role(chunk, end, known) or plain(chunk[end].text) in known.male | known.female:
            break
        end += 1
    return end - at


def _rank(chunk: list[Token], at: int) -> int:
    """Words of an ambassador's rank behind the title at ``at``: "Extraordinary and Plenipotentiary"."""
    words = [plain(word.text) for word in chunk[at + 1 : at + 4]]
    return 3 if words == ["extraordinary", "and", "plenipotentiary"] else int(words[:1] == ["extraordinary"])


def _joins_duties(chunk: list[Token], at: int, rest: list[Token]) -> bool:
    """Whether "and" stands within a role: "Minister of Trade and Industry"."""
    words = [word for word in (*rest, *chunk[at + 1 : at + 2]) if word.capital]
    return len(words) > 1 and all(plain(word.text) in small_words() for word in words)


def _known_or_headed(chunk: list[Token], at: int, known: Lexicon, inside: bool) -> tuple[int, MentionKind | None, str]:
    """Words of the name that begins at ``at`` and is certain, its kind and the rule."""
    if _is_whole_eastern(chunk, at, known):
        return _EASTERN_WORDS, "person", _EASTERN
    headed, kind = (0, None) if inside else _headed(chunk, at, known)
    size, known_kind = _phrase(chunk, at, known)
    if size and size >= headed and not (inside and size == 1 and _is_part_of_name(chunk, at, known)):
        return size, known_kind, "known name" if known_kind else "known thing"
    return headed, kind, "head word"


def _is_whole_eastern(chunk: Sequence[Token], at: int, known: Lexicon) -> bool:
    """Whether a name of three eastern syllables begins here, which no head word behind it claims."""
    name = chunk[at : at + _EASTERN_WORDS]
    if len(name) < _EASTERN_WORDS or plain(name[0].text) not in known.korean_surname:
        return False
    if not all(word.capital and "-" not in word.text for word in name):
        return False
    after = chunk[at + _EASTERN_WORDS] if at + _EASTERN_WORDS < len(chunk) else None
    claimed = after is not None and after.capital and _head_kind(plain(after.text), known) is not None
    return not claimed and is_eastern([plain(word.text) for word in name], known)


def _is_part_of_name(chunk: list[Token], at: int, known: Lexicon) -> bool:
    """Whether a place name is more likely a surname here: "Jack London", "Chelsea Clinton Washington"."""
    first = plain(chunk[at - 1].text)
    return first in known.male or first in known.female or (len(first) == 2 and first.endswith("."))


def _phrase(chunk: list[Token], at: int, known: Lexicon) -> tuple[int, MentionKind | None]:
    """The longest known name that begins at ``at``."""
    first = plain(chunk[at].text).split()[0]
    if not chunk[at].capital or first not in known.opening:
        return 0, None
    for size in range(min(known.opening[first], len(chunk) - at), 0, -1):
        words = chunk[at : at + size]
        spelled = " ".join(plain(word.text + (word.owns if word is not words[-1] else "")) for word in words)
        if spelled not in known.phrases or (spelled in known.upper and not words[0].text.isupper()):
            continue
        kind = known.phrases[spelled]
        if kind == "person" and at + size < len(chunk) and chunk[at + size].capital:
            continue  # another one's longer name
        if kind or size > 1 or at + 1 == len(chunk) or not chunk[at + 1].capital:  # "Mars", but not in "Mars Hill"
            return size, kind
    return 0, None


def opens_known(words: Sequence[Token]) -> bool:
    """Whether a known name of several words begins with the first of them."""
    known = lexicon()
    return known.opening.get(plain(words[0].text), 0) > 1 and _phrase(list(words), 0, known)[0] > 1


def _headed(chunk: list[Token], at: int, known: Lexicon) -> tuple[int, MentionKind | None]:
    """The name that begins at ``at`` and is told by its head word ("Ministry of Trade", "Sarva News Agency")."""
    if not chunk[at].capital:
        return 0, None
    first = plain(chunk[at].text)
    opening = _first_word(first, chunk, at, known)
    if opening:
        return opening
    stop = _stretch(chunk, at, known)
    for last in range(stop - 1, at, -1):
        kind = _head_kind(plain(chunk[last].text), known)
        if kind == "outlet" and _is_office(chunk, at, last):
            kind = "organization"
        if kind and not (kind == "place" and _is_person_like(first, chunk[last].text, last - at, known)):
            return _with_complement(chunk, last + 1 - at, at, known, kind), kind
    return 0, None


def _is_office(chunk: list[Token], at: int, last: int) -> bool:
    """Whether an agency is one of a state: "Reconstruction Agency", but "Sarva Agency" and "Central News Agency"."""
    if plain(chunk[last].text) != "agency":
        return False
    before = [plain(word.text) for word in chunk[at:last]]
    return _NEWS.isdisjoint(before) and before[-1] in small_words()


def _is_person_like(first: str, last: str, before: int, known: Lexicon) -> bool:
    """Whether a place word is rather a surname: "Christopher Hill", "Minister Lake"; nobody is called "Sea"."""
    if last.capitalize() not in gazetteer.people("surname"):
        return False
    given = first in known.male or first in known.female or first in known.given
    return first in known.title or (before <= 2 and given and first not in known.place_first)


def _stretch(chunk: list[Token], at: int, known: Lexicon) -> int:
    """Where the words that may stand before a head word end: at a role, a link or an unlinked known name."""
    stop = at
    while stop < len(chunk) and chunk[stop].capital:
        word = plain(chunk[stop].text)
        heads = word in known.organization_head or word in known.outlet_head
        if word in known.title and not heads and not _is_bodily(chunk, stop, known):
            break
        stop += 1
    return stop


def _is_bodily(chunk: list[Token], at: int, known: Lexicon) -> bool:
    """A word of a role that belongs to a body: "General Staff", "Children's Hospital", "Prime Bank"."""
    after = plain(chunk[at + 1].text) if at + 1 < len(chunk) else ""
    return after in known.organization_head or after in {"staff", "assembly", "department"}


def _head_kind(word: str, known: Lexicon) -> MentionKind | None:
    if word in known.outlet_head:
        return "outlet"
    if word in known.organization_head:
        return "organization"
    if word in known.place_head:
        return "place"
    return "work" if word in known.work_head else None


def _first_word(first: str, chunk: list[Token], at: int, known: Lexicon) -> tuple[int, MentionKind] | None:
    """Names whose kind stands first: "Ministry of Trade", "Lake Orsa", "Treaty on ...", "Article 4"."""
    after = chunk[at + 1].text if at + 1 < len(chunk) else ""
    if after in _LINKS_ON and at + 2 < len(chunk):
        kind: MentionKind | None = None
        if first in known.organization_first:
            kind = "organization"
        elif first in known.work_head:
            kind = "work"
        elif first in known.place_first and after.startswith("of"):
            kind = "place"
        if kind:
            return _with_complement(chunk, 1, at, known, kind), kind
    if first in {"lake", "mount", "cape", "fort", "port", "mt.", "camp", "isle"} and after and chunk[at + 1].capital:
        return 2, "place"
    return None


def _with_complement(chunk: list[Token], size: int, at: int, known: Lexicon, kind: MentionKind) -> int:
    """Words of the name with its "of ..." and "for ...": up to a role or the end; known places end it."""
    end = at + size
    while end + 1 < len(chunk) and chunk[end].text in _LINKS_ON and chunk[end + 1].capital:
        if plain(chunk[end + 1].text) in known.title or (
            kind == "place" and size > 1 and not _is_realm(chunk[end - 1])
        ):
            break
        end += 1
        if kind == "place" and _is_office_of(chunk, at) and (country := _country_of_holder(chunk, end, known)):
            return end + country - at
        while end < len(chunk) and chunk[end].capital and not _ends_complement(chunk, end, known):
            end += 1
    joined = kind == "organization" and end + 1 < len(chunk) and chunk[end].text in _AND and end - at > size
    if joined and _goes_on(chunk, end + 1, known):
        end += 2
        if end + 1 < len(chunk) and chunk[end].text == "of" and not _opens_role(chunk, end + 1, known):
            end += 2  # "Ministry of Trade and Industry of Veloria"
    return end - at


def _is_realm(word: Token) -> bool:
    """Whether a head word takes the name of its country behind it: "People's Republic of Veloria"."""
    return plain(word.text) in {"republic", "kingdom", "federation", "emirate", "sultanate", "principality", "duchy"}


def _ends_complement(chunk: list[Token], at: int, known: Lexicon) -> bool:
    """Whether a role or a person's name begins here: "State Council of Veloria Cho Min Sol"."""
    return _opens_role(chunk, at, known) or _is_whole_eastern(chunk, at, known)


def _goes_on(chunk: list[Token], at: int, known: Lexicon) -> bool:
    """Whether the word after "and" still belongs to a ministry: "Ministry of Trade and Industry"."""
    word = plain(chunk[at].text)
    return chunk[at].capital and not (is_adjective(word) or word in known.title or word in known.opening)


def _opens_role(chunk: list[Token], at: int, known: Lexicon) -> bool:
    return plain(chunk[at].text) in known.title and not _is_bodily(chunk, at, known)


def _is_title(chunk: list[Token], at: int, rest: Sequence[Token], known: Lexicon) -> bool:
    """Whether a word belongs to a role; "King" after a given name is a surname."""
    word = plain(chunk[at].text)
    if word not in known.title or (at + 1 < len(chunk) and chunk[at + 1].text in _SON_OF):
        return False
    before = plain(rest[-1].text) if rest else ""
    return not (at == len(chunk) - 1 and (before in known.male or before in known.female or before.endswith(".")))


def _left_over(rest: list[Token], known: Lexicon, titled: bool) -> list[Segment]:
    """The name in what no rule has claimed: without adjectives, words of roles, links and days around it."""
    words = _trimmed(rest, known, titled)
    if not words:
        return []
    link = next(
        (place for place, word in enumerate(words) if word.text in _LINKS_ON or word.text in {"and", "&"}), None
    )
    if link is not None:
        return [*_left_over(words[:link], known, titled), *_left_over(words[link + 1 :], known, titled=False)]
    kind, reason = _shape(words, known, titled)
    return [Segment(words[0].start, words[-1].end, kind, reason, titled, len(words))]


def _trimmed(rest: list[Token], known: Lexicon, titled: bool) -> list[Token]:
    words = list(rest)
    while words and (not words[0].capital or _is_filler(plain(words[0].text), known, titled, len(words))):
        words.pop(0)
        titled = False
    while words and (not words[-1].capital or plain(words[-1].text) in known.calendar):
        words.pop()
    return words


def _is_filler(word: str, known: Lexicon, titled: bool, size: int) -> bool:
    given = size > 1 and (word in known.female or word in known.male)  # "June Hart", "Jan van der Berg"
    if is_adjective(word) or (word in known.calendar and not (titled or given)):
        return True
    return not titled and word in known.role_word and size > 1


def _shape(words: list[Token], known: Lexicon, titled: bool) -> tuple[MentionKind | None, str]:
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
    if _head_kind(spelled, known) or spelled in known.organization_first:
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
    if first in known.male or first in known.female:
        return True
    if first in known.given and _is_surname_like(spelled[-1], known):
        return True
    if len(spelled) > 2 and len(spelled[1]) == 2 and spelled[1].endswith("."):
        return True
    half = first.split("-")[0]
    return (len(first) in {2, 4} and first.endswith(".")) or half in known.male or half in known.female


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
