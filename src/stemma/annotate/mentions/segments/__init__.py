"""A run of capitals taken apart by itself: what it names, as far as its own words tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from stemma.annotate.mentions.lexicon import Lexicon, is_adjective, lexicon, plain, small_words
from stemma.annotate.mentions.runs import Token, tokens
from stemma.annotate.mentions.segments.offices import (
    AND,
    EASTERN,
    EASTERN_WORDS,
    LINKS_ON,
    TWO,
    country_of_holder,
    duties,
    is_bodily,
    is_office_of,
    is_realm,
    is_title,
    is_whole_eastern,
    joins_duties,
    opens_role,
    rank,
    realm_of_holder,
)
from stemma.annotate.mentions.segments.shapes import head_kind, is_eastern, shape
from stemma.records import MentionKind
from stemma.text import gazetteer

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
_NEWS = frozenset({"news", "press", "telegraph", "telegraphic", "information", "wire", "media"})
#: Ranks and degrees behind the name of a person, which are no part of it.
_POSTNOMINAL = frozenset(
    ["kc", "qc", "mp", "mep", "msp", "td", "obe", "mbe", "cbe", "kbe", "phd", "ph.d.", "m.d.", "esq", "esq.", "frs"]
)
#: What makes an adjective of a name: "Karvis-based".
_PARTICIPLES = frozenset(
    [
        "based",
        "born",
        "backed",
        "led",
        "run",
        "owned",
        "controlled",
        "held",
        "style",
        "listed",
        "made",
        "funded",
        "brokered",
        "built",
        "bound",
        "registered",
    ]
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
        elif hyphen and right in _PARTICIPLES:
            yield Token(word.start, word.start + len(left), left, "'s", capital=True)
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
        if not size and titled and not rest and is_office_of(chunk, at):
            size, reason = country_of_holder(chunk, at, known), "word"
        if size:
            found += [] if titled and reason == EASTERN else _left_over(rest, known, titled)
            whole = chunk[at : at + size]
            found.append(Segment(whole[0].start, whole[-1].end, kind, reason, titled=False, words=size))
            rest, titled, at = [], titled and is_office_of(chunk, at), at + size
            continue
        if titled and not rest and is_office_of(chunk, at):
            if of_what := realm_of_holder(chunk, at) or duties(chunk, at, known):
                at += of_what
                continue
            titled = False  # "the Ambassador of Karvis": what an office is of bears no title
        word = chunk[at]
        if word.text in AND and titled and joins_duties(chunk, at, rest):
            rest, at = [], at + 1
        elif word.text in AND:
            found += _left_over(rest, known, titled)
            rest, titled = [], False
        elif is_title(chunk, at, rest, known):
            at += rank(chunk, at)
            rest, titled = [], True
        elif word.capital or rest:
            rest.append(word)
        at += 1
    return found + _left_over(rest, known, titled)


def _known_or_headed(chunk: list[Token], at: int, known: Lexicon, inside: bool) -> tuple[int, MentionKind | None, str]:
    """Words of the name that begins at ``at`` and is certain, its kind and the rule."""
    if is_whole_eastern(chunk, at, known):
        return EASTERN_WORDS, "person", EASTERN
    headed, kind = (0, None) if inside else _headed(chunk, at, known)
    size, known_kind = _phrase(chunk, at, known)
    if size == 1 and known_kind == "place" and _is_given(chunk, at, known):
        return 0, None, ""
    if size and size >= headed and not (inside and size == 1 and _is_part_of_name(chunk, at, known)):
        return size, known_kind, "known name" if known_kind else "known thing"
    return headed, kind, "head word"


def _is_part_of_name(chunk: list[Token], at: int, known: Lexicon) -> bool:
    """Whether a place name is more likely a surname here: "Jack London", "Chelsea Clinton Washington"."""
    first = plain(chunk[at - 1].text)
    return first in known.male or first in known.female or (len(first) == 2 and first.endswith("."))


def _is_given(chunk: list[Token], at: int, known: Lexicon) -> bool:
    """Whether the name of a city is a given name here, with a surname behind it: "Milan Horvat"."""
    first, behind = chunk[at], chunk[at + 1 : at + TWO]
    return (
        (first.text in gazetteer.people("male") or first.text in gazetteer.people("female"))
        and bool(behind and not first.owns)
        and plain(first.text) not in known.country
        and all(word.capital and not word.text.isupper() for word in behind)
        and all(plain(word.text) not in small_words() and plain(word.text) not in known.phrases for word in behind)
        and len(chunk) == at + TWO
    )


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
        kind = head_kind(plain(chunk[last].text), known)
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
    while stop < len(chunk) and (chunk[stop].capital or _joins_tasks(chunk, at, stop)):
        word = plain(chunk[stop].text)
        heads = word in known.organization_head or word in known.outlet_head
        if word in known.title and not heads and not is_bodily(chunk, stop, known):
            break
        stop += 1
    return stop


def _joins_tasks(chunk: list[Token], at: int, stop: int) -> bool:
    """Whether "and" joins two plain words before a head word: "Information and Press Department"."""
    beside = [*chunk[at:stop], *chunk[stop + 1 : stop + 2]]
    return (
        chunk[stop].text == "and"
        and len(beside) == stop - at + 1 > 1
        and stop + TWO < len(chunk)
        and all(word.capital and plain(word.text) in small_words() for word in beside)
        and plain(chunk[stop + TWO].text) in lexicon().organization_head
    )


def _first_word(first: str, chunk: list[Token], at: int, known: Lexicon) -> tuple[int, MentionKind] | None:
    """Names whose kind stands first: "Ministry of Trade", "Lake Orsa", "Treaty on ...", "Article 4"."""
    after = chunk[at + 1].text if at + 1 < len(chunk) else ""
    if after in LINKS_ON and at + 2 < len(chunk):
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
    while end + 1 < len(chunk) and chunk[end].text in LINKS_ON and chunk[end + 1].capital:
        if plain(chunk[end + 1].text) in known.title | known.calendar or (
            kind == "place" and size > 1 and not is_realm(chunk[end - 1])
        ):
            break
        end += 1
        if kind == "place" and is_office_of(chunk, at) and (country := country_of_holder(chunk, end, known)):
            return end + country - at
        while end < len(chunk) and chunk[end].capital and not _ends_complement(chunk, end, known):
            end += 1
    joined = kind == "organization" and end + 1 < len(chunk) and chunk[end].text in AND and end - at > size
    if joined and _goes_on(chunk, end + 1, known):
        end += 2
        if end + 1 < len(chunk) and chunk[end].text == "of" and not opens_role(chunk, end + 1, known):
            end += 2  # "Ministry of Trade and Industry of Veloria"
    return end - at


def _ends_complement(chunk: list[Token], at: int, known: Lexicon) -> bool:
    """Whether a role or a person's name begins here: "State Council of Veloria Cho Min Sol"."""
    return opens_role(chunk, at, known) or is_whole_eastern(chunk, at, known)


def _goes_on(chunk: list[Token], at: int, known: Lexicon) -> bool:
    """Whether the word after "and" still belongs to a ministry: "Ministry of Trade and Industry"."""
    word = plain(chunk[at].text)
    return chunk[at].capital and not (is_adjective(word) or word in known.title or word in known.opening)


def _left_over(rest: list[Token], known: Lexicon, titled: bool) -> list[Segment]:
    """The name in what no rule has claimed: without adjectives, words of roles, links and days around it."""
    words = _trimmed(rest, known, titled)
    if not words:
        return []
    link = next((place for place, word in enumerate(words) if word.text in LINKS_ON or word.text in {"and", "&"}), None)
    if link is not None:
        return [*_left_over(words[:link], known, titled), *_left_over(words[link + 1 :], known, titled=False)]
    kind, reason = shape(words, known, titled)
    return [Segment(words[0].start, words[-1].end, kind, reason, titled, len(words))]


def _trimmed(rest: list[Token], known: Lexicon, titled: bool) -> list[Token]:
    words = list(rest)
    if len(words) == TWO and is_eastern([plain(word.text) for word in words], known):
        return words  # "Sun Baogui"
    while words and (not words[0].capital or _is_filler(plain(words[0].text), known, titled, len(words))):
        words.pop(0)
        titled = False
    while words and (not words[-1].capital or plain(words[-1].text) in known.calendar or _is_degree(words)):
        if titled and len(words) == TWO and words[-1].capital and plain(words[-1].text) in known.male | known.female:
            break  # "Mr. Omiya Jun"
        words.pop()
    return words


def _is_degree(words: list[Token]) -> bool:
    """Whether the last word is a rank or degree behind a full name: "Ana Holt KC"."""
    return len(words) > TWO and plain(words[-1].text) in _POSTNOMINAL


def _is_filler(word: str, known: Lexicon, titled: bool, size: int) -> bool:
    given = size > 1 and (word in known.female or word in known.male)  # "June Hart", "Jan van der Berg"
    if is_adjective(word) or (word in known.calendar and not (titled or given)):
        return True
    return not titled and word in known.role_word and size > 1
