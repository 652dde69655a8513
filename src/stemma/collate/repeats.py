"""Lines that an outlet repeats: what a page alone takes for its story, and many different stories end or begin with.

Two questions, each a pure function. Of one line and the pages of one outlet that have it in their prose: does it stand
in several different stories (``repeated``)? Of one page and the lines of it that are repeated: which of them are
furniture here (``furniture``)? A set phrase in the middle of a story is repeated and stays; so does a quotation that a
series of articles carries along, since its names and words are those of the story around it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from stemma.records import REPEATED, REPEATED_TITLE, Field, Label, Page, Repeat

STORIES = 3  #: so many different stories must hold a line; two share one by a correction, a repost, a chance
EDGE = 24  #: lines at the beginning and at the end of a page's prose that are looked at
CONFIDENCE = 0.9
_PROSE = frozenset({"body", "turn"})
_READ = 2_000  #: characters of a line that tell it
_TELLING = 8  #: letters; a shorter line ("* 0", "More:") is furniture only between others
_DISTINCT = 25  #: characters of a line that cannot stand in many stories by chance; one of them is in every run
_PHRASE = 100  #: characters of a sentence that may be a set phrase; words about a paper, appeals and notices are longer
_DENSE = 2  #: so many characters of Latin script say what one of Chinese, Japanese or Korean says
_LEAST_STORY = 80  #: characters of prose that are left: a page of nothing but repeated lines is a repost, or a list
_LONG = 40  #: characters of a line that can tell one story from another
_OUTER = 2  #: lines at either end that do not tell a story from others, where there are more
_WORD = re.compile(r"[^\W\d_]{4,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}")
_NAME = re.compile(r"(?<![.!?:;\"“”„«»'‘’\n] )(?<!^)(?<![\"“„«‘'(\[])\b[A-Z\u00c0-\u00de\u0410-\u042f][\w’'-]{2,}")
_STOPS, _CLOSING = frozenset(".!?…。！？؟۔"), " \t\n\r\"'”’»)]」』"
_DIGITS = re.compile(r"\d+")
_CLOSELY = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
#: Shares of a line's names, or of its longer words, that stand in the story too from which it belongs to it.
_NAMED, _WORDED, _BOTH = 0.5, 0.5, 0.2


class Place(NamedTuple):
    """A page that has a line in its prose, as far as it must be told from others."""

    address: str  #: of the page; of one without address its document
    story: str  #: the same for two texts that are mostly equal, as a rule
    keys: tuple[str, ...] = ()  #: outlet and hash of each of its lines; empty where that does not matter


def lines(page: Page) -> list[Label]:
    """Lines of a page that may be furniture, those included that were found to be: titles, then both ends of prose."""
    body = [label for label in page.labels if _is_prose(label)]
    titles = [label for label in page.labels if _is_title(label)]
    return titles[:EDGE] + (body if len(body) <= 2 * EDGE else body[:EDGE] + body[-EDGE:])


def _is_prose(label: Label) -> bool:
    return label.role in _PROSE or label.reason == REPEATED


def _is_title(label: Label) -> bool:
    return label.role == "title" or label.reason == REPEATED_TITLE


def digests(page: Page) -> list[str]:
    """What each of ``lines`` is known by: the same whatever its digits and blanks."""
    return [digest_of(page.document.text[label.start : label.end]) for label in lines(page)]


def digest_of(text: str) -> str:
    """A hash of a line, its letter case, digits and blanks folded."""
    folded = _DIGITS.sub("0", " ".join(text[:_READ].split()).casefold())
    return blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def place(page: Page, outlet: str, address: str | None) -> Place:
    """The page as other pages of its outlet see it."""
    keys = dict.fromkeys(f"{outlet}\n{digest}" for digest in digests(page))
    return Place(_short(address or page.document.id), _story(page), tuple(keys))


def keys(place: Place) -> tuple[str, ...]:
    """The keys under which a page meets others that have a line of it."""
    return place.keys


def _story(page: Page) -> str:
    """The least of the hashes of its longer lines (Broder 1997): two texts share it as they share lines."""
    body = [label for label in page.labels if _is_prose(label)]
    inner = body[1:-_OUTER] if len(body) > 2 * (1 + _OUTER) else body
    long = [label for label in inner if label.end - label.start >= _LONG] or inner
    found = (digest_of(page.document.text[label.start : label.end]) for label in long)
    return min(found, default=page.document.id)


def _short(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def repeated(places: Iterable[Place], key: str) -> list[Repeat]:
    """That a line is repeated, where enough different stories at different addresses have it; it asks for no more."""
    addresses: set[str] = set()
    stories: set[str] = set()
    for each in places:
        addresses.add(each.address)
        stories.add(each.story)
        if min(len(addresses), len(stories)) >= STORIES:
            outlet, _, digest = key.rpartition("\n")
            return [Repeat(outlet=outlet, line=digest)]
    return []


def furniture(page: Page, repeats: Collection[str]) -> list[Label]:
    """Labels of the lines of a page that are furniture, its outlet repeating them; ``repeats``: keys of such lines."""
    known = {key.rpartition("\n")[2] for key in repeats}
    told = [_Told(label, text, digest_of(text) in known) for label in lines(page) for text in [_text(page, label)]]
    if not any(each.repeated for each in told):
        return []
    own = [each for each in told if not each.repeated]
    if sum(len(each.text) for each in own if not _is_title(each.label)) < _LEAST_STORY:
        return []
    body = [each for each in told if not _is_title(each.label)]
    story = _Story(own, _outlet(page))
    found = {*_run(body, story), *_run(body[::-1], story), *_titles(page, told)}
    return [_furniture(label) for label in sorted(found, key=lambda each: each.start)]


class _Told(NamedTuple):
    """A line of a page's prose, and whether the outlet repeats it."""

    label: Label
    text: str
    repeated: bool


def _text(page: Page, label: Label) -> str:
    return page.document.text[label.start : label.end]


def _furniture(label: Label) -> Label:
    return Label(
        document=label.document, start=label.start, end=label.end, role="furniture",
        reason=REPEATED_TITLE if _is_title(label) else REPEATED, confidence=CONFIDENCE,
    )  # fmt: skip


def _run(body: Sequence[_Told], story: _Story) -> list[Label]:
    """The repeated lines from the edge of the prose inwards, up to the first one of the story.

    Stories end with set phrases too ("The talks took place in a warm atmosphere."): a short sentence is furniture only
    where other furniture stands between it and the story.
    """
    run: list[_Told] = []
    for each in body:
        if not each.repeated or (_is_sentence(each.text) and story.holds(each.text)):
            break
        run.append(each)
    while run and (_letters(run[-1].text) < _TELLING or _is_phrase(run[-1].text)):
        run.pop()
    return [each.label for each in run] if any(_is_distinct(each.text) for each in run) else []


def _titles(page: Page, told: Iterable[_Told]) -> Iterator[Label]:
    """Repeated titles, where the page has another one: a series may have one headline for all its parts."""
    titles = [each for each in told if _is_title(each.label)]
    others = {digest_of(each.text) for each in titles if not each.repeated}
    others |= {digest_of(field.value) for field in page.fields if field.name == "title"}
    for each in titles:
        if each.repeated and others - {digest_of(each.text)}:
            yield each.label


def _is_distinct(text: str) -> bool:
    return _size(text) >= _DISTINCT


def _is_sentence(text: str) -> bool:
    """Whether a line may say something of a story: teasers and headings, which end with no stop, say nothing."""
    return _is_distinct(text) and text.rstrip(_CLOSING)[-1:] in _STOPS


def _is_phrase(text: str) -> bool:
    return text.rstrip(_CLOSING)[-1:] in _STOPS and _size(text) < _PHRASE


def _size(text: str) -> int:
    """Characters, as many as there would be in Latin script; of a long text at least ``_READ``."""
    return len(text) + (_DENSE - 1) * len(_CLOSELY.findall(text[:_READ]))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text[:_READ])) + (_DENSE - 1) * len(_CLOSELY.findall(text[:_READ]))


class _Story:
    """The words and names of a page's own lines."""

    def __init__(self, own: Iterable[_Told], outlet: str | None) -> None:
        texts = [each.text[:_READ] for each in own]
        self._outlet = _words(outlet or "")
        self._words = {word for text in texts for word in _words(text)} - self._outlet

    def holds(self, text: str) -> bool:
        """Whether a line speaks of what the story speaks of: by half of its words, or of its names and some words."""
        words = _words(text[:_READ]) - self._outlet
        names = {name.casefold() for name in _NAME.findall(text[:_READ])} - self._outlet
        worded = len(words & self._words) / max(1, len(words))
        named = sum(name in self._words for name in names) / max(1, len(names))
        return worded >= _WORDED or (named >= _NAMED and worded >= _BOTH)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _outlet(page: Page) -> str | None:
    named: list[Field] = [field for field in page.fields if field.name == "outlet"]
    return max(named, key=lambda field: field.confidence).value if named else None
