"""From candidates to mentions: the kind that the whole page gives a name, short forms, headlines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from stemma.annotate.mentions.candidates import Candidate, candidates, is_adjectival, weigh
from stemma.annotate.mentions.lexicon import is_adjective, lexicon, plain
from stemma.annotate.mentions.roles import role_after, role_before
from stemma.annotate.mentions.runs import Token, is_headline, tokens
from stemma.annotate.mentions.segments import is_eastern
from stemma.records import Label, Mention, MentionKind, Page, evidence, prose

_ENOUGH = 1.0  #: votes that a name needs for a kind
_TAIL = re.compile(r"[ \u00a0]([a-z]+(?: [a-z]+){0,3})")
_ARTICLE = re.compile(r"\b(?:Articles?|Section|Paragraph|Chapter) \d+ of (?:the )?$")
_ARTICLE_REACH = 24
_FRONT = re.compile(r"((?:[a-z]+ ){1,4})of (?:the )?$", re.IGNORECASE)
_SMALL = re.compile(r"\b[a-z]{3,}\b")
_SHORTEST_SMALL = 3
_LONG = 30_000  #: characters of a text from which a set of its words is cheaper than searches
_SIDE, _SIDE_LENGTH = re.compile(r"\b(?:North|South|East|West) $"), 7
_WEST = re.compile(r"the West\b(?!\s[A-Z])")
_LONGEST_IN_HEADLINE = 6  #: words; longer ones are sentences
_OWN = frozenset({"title", "byline", "dateline"})
_CONFIDENCE = {
    "known name": 0.97,
    "after a role": 0.95,
    "name shape": 0.9,
    "given name": 0.9,
    "head word": 0.9,
    "short form": 0.9,
}


def mentions(page: Page) -> tuple[Mention, ...]:
    """The names in the prose, title, byline and dateline of a page, in order, none overlapping another."""
    text = page.document.text
    labels = [label for label in page.labels if label.role in _OWN] + prose(page)
    labels.sort(key=lambda label: label.start)
    plainly, headlines = _parted(text, labels)
    found = [one for label in plainly for one in candidates(text, label.start, label.end)]
    named = [*_decided(text, found), *(body for label in plainly for body in _bodies(text, label))]
    named += _in_headlines(text, headlines, named)
    return tuple(_mentions(page, labels, _apart(_grown(text, named))))


def _parted(text: str, labels: list[Label]) -> tuple[list[Label], list[Label]]:
    """Labels of plain text, and headlines."""
    parted: tuple[list[Label], list[Label]] = [], []
    for label in labels:
        parted[is_headline(text, label.start, label.end)].append(label)
    return parted


def _decided(text: str, found: list[Candidate]) -> Iterator[Candidate]:
    """Candidates with the kind that the page as a whole gives their name; those without one are dropped."""
    people = _people(found)
    open_ = [one for one in found if one.kind is None and not is_adjectival(text, one)]
    starts = {one.start for one in open_}
    tally = weigh(text, open_)
    inside = {one.text for one in open_ if not one.opens}
    titled = {one.text for one in found if one.titled}
    certain = {one.text: one.kind for one in found if one.kind is not None and one.words > 1}
    for one in found:
        if one.kind is not None:
            yield one
        elif one.text in certain:
            yield one._replace(kind=certain[one.text], reason="as in the text")
        elif one.start in starts or one.text in titled:
            chosen = _kind(one, _sober(one, tally.get(one.text, {}), text), people, one.text in inside)
            if chosen:
                yield one._replace(kind=chosen[0], reason=chosen[1])


def _sober(one: Candidate, tally: dict[MentionKind, float], text: str) -> dict[MentionKind, float]:
    """The votes, less for a person where the page writes a word of the name in small letters too."""
    if not tally or not any(_is_written_small(word, text) for word in plain(one.text).split()):
        return tally
    return {kind: weight - (1.5 if kind == "person" else 0.5) for kind, weight in tally.items()}


@lru_cache(maxsize=1)
def _small_words(text: str) -> frozenset[str]:
    return frozenset(_SMALL.findall(text))


def _is_written_small(word: str, text: str) -> bool:
    """Whether a word of three letters and more stands in the text in small letters, by itself."""
    if len(word) < _SHORTEST_SMALL or not word.isalpha():
        return False
    if len(text) > _LONG:  # many names and much text: one pass for all
        return word in _small_words(text)
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
        at = text.find(word, end)
    return False


def _people(found: list[Candidate]) -> dict[str, str]:
    """Words of the full names of persons, and of names that once stood after a role, with the full name."""
    people: dict[str, str] = {}
    for one in found:
        if one.kind == "person" and (one.words > 1 or one.titled or "-" in one.text):
            for word in tokens(one.text):
                if word.capital and len(word.text) > 1:
                    people.setdefault(plain(word.text), one.text)
    return people


def _kind(
    one: Candidate, tally: dict[MentionKind, float], people: dict[str, str], inside: bool
) -> tuple[MentionKind, str] | None:
    """The kind of a name that its form does not tell: a person's short form, or what its places vote for."""
    if one.words == 1 and plain(one.text) in people:
        return "person", "short form"
    if (
        one.reason in {"number or unit", "head alone"}
        or plain(one.text) in lexicon().common
        or plain(one.text) in lexicon().calendar
    ):
        return None
    if not tally or (one.words == 1 and not inside and max(tally.values()) < 1.5 * _ENOUGH):
        return None
    kind = max(sorted(tally), key=lambda kind: tally[kind])
    return (kind, "words around it") if tally[kind] >= _ENOUGH else None


def _in_headlines(text: str, headlines: list[Label], named: list[Candidate]) -> Iterator[Candidate]:
    """In a headline every word has a capital: only known names and names of the page's prose count there."""
    short = [
        word
        for one in named
        if one.kind == "person"
        for word in tokens(one.text)
        if word.capital and word.text[1:2].islower()
    ]
    kinds: dict[str, MentionKind] = {word.text: "person" for word in short}
    kinds |= {one.text: one.kind for one in reversed(named) if one.kind}
    for label in headlines:
        for one in candidates(text, label.start, label.end):
            yield from _headline_parts(one, kinds)


def _headline_parts(one: Candidate, kinds: dict[str, MentionKind]) -> Iterator[Candidate]:
    """The names of the prose, or of eastern shape, inside a candidate; else itself where its name is certain."""
    if one.text in kinds:
        yield one._replace(kind=kinds[one.text], reason="as in the text")
        return
    parts = [] if one.reason == "known name" else list(_inner_parts(one, kinds))
    yield from parts
    if not parts and one.kind and one.reason in {"known name", "head word"} and one.words <= _LONGEST_IN_HEADLINE:
        yield one


def _inner_parts(one: Candidate, kinds: dict[str, MentionKind]) -> Iterator[Candidate]:
    words = tokens(one.text)
    at = 0
    while at < len(words):
        size, kind = _longest(one.text, words, at, kinds)
        if kind:
            begin, end = words[at].start, words[at + size - 1].end
            yield one._replace(
                start=one.start + begin,
                end=one.start + end,
                text=one.text[begin:end],
                kind=kind,
                reason="as in the text",
                words=size,
            )
        at += size


def _longest(
    text: str, words: tuple[Token, ...], at: int, kinds: dict[str, MentionKind]
) -> tuple[int, MentionKind | None]:
    """Words and kind of the longest name of the prose at ``at``, or of eastern shape; (1, None) for neither."""
    for size in range(min(5, len(words) - at), 0, -1):
        spelled = text[words[at].start : words[at + size - 1].end]
        if spelled in kinds:
            return size, kinds[spelled]
        if size == 3 and is_eastern(plain(spelled).split(), lexicon()):
            return size, "person"
    return 1, None


def _grown(text: str, named: Iterable[Candidate]) -> Iterator[Candidate]:
    """Names with the small-lettered words that belong to them: "Kursk area", "Article 4 of the Treaty"."""
    for one in named:
        if one.kind == "place":
            yield _grown_place(text, one)
        elif one.kind == "work":
            article = text.endswith(("of ", "of the "), max(0, one.start - 7), one.start) and _ARTICLE.search(
                text, max(0, one.start - _ARTICLE_REACH), one.start
            )
            yield _stretched(text, one, article.start(), one.end, "work") if article else one
        else:
            yield one


def _grown_place(text: str, one: Candidate) -> Candidate:
    """A place with its region word, or the body that the place makes with the words around it."""
    known = lexicon()
    tail = _TAIL.match(text, one.end)
    body = _fitting(tail[1], known.tail) if tail else 0
    if body:
        return _stretched(text, one, one.start, one.end + 1 + body, "organization")
    start = _front(text, one.start)
    if start is not None:
        return _stretched(text, one, start, one.end, "organization")
    area = _fitting(tail[1], known.place_tail) if tail and plain(one.text) not in known.country else 0
    return _stretched(text, one, one.start, one.end + 1 + area, "place") if area else one


@cache
def _body_pattern() -> re.Pattern[str]:
    """An adjective with a small-lettered body: "Velorian government", "Korean peninsula"."""
    words = (*lexicon().tail, *lexicon().place_tail)
    firsts = "".join(sorted({word[0] for word in words}))
    return re.compile(rf"([A-Z](?<!\w.)[a-z]+(?:-[A-Z][a-z]+)?) (?=[{firsts}])({'|'.join(words)})\b")


def _bodies(text: str, label: Label) -> Iterator[Candidate]:
    """Organisations and places that an adjective opens, and the West."""
    for match in _body_pattern().finditer(text, label.start, label.end):
        last = plain(match[1])
        if is_adjective(last) or (last.endswith(("ian", "ean", "ese")) and last not in lexicon().common):
            kind: MentionKind = "organization" if match[2] in lexicon().tail else "place"
            side = _SIDE.search(text, max(label.start, match.start() - _SIDE_LENGTH), match.start())
            start = side.start() if side else match.start()
            yield Candidate(start, match.end(), text[start : match.end()], kind, "head word", False, 2, False)
    for match in _WEST.finditer(text, label.start, label.end):
        yield Candidate(match.start(), match.end(), match.group(), "place", "known name", False, 2, False)


def _fitting(words: str, tails: tuple[str, ...]) -> int:
    """Characters of the longest of ``tails`` that ``words`` begins with."""
    return max((len(tail) for tail in tails if words == tail or words.startswith(tail + " ")), default=0)


def _front(text: str, start: int) -> int | None:
    """Where "armed forces of the " before a name begins."""
    if not text.endswith(("of ", "of the "), max(0, start - 7), start):
        return None
    match = _FRONT.search(text, max(0, start - 48), start)
    if match is None:
        return None
    words = match[1].strip()
    for front in lexicon().front:
        if plain(words).endswith(front):
            return match.end(1) - 1 - len(front)
    return None


def _stretched(text: str, one: Candidate, start: int, end: int, kind: MentionKind) -> Candidate:
    return one._replace(start=start, end=end, text=text[start:end], kind=kind, reason="head word")


def _apart(named: Iterable[Candidate]) -> list[Candidate]:
    """In order; of overlapping ones the longest."""
    kept: list[Candidate] = []
    for one in sorted(named, key=lambda one: (one.start, -one.end)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept


def _mentions(page: Page, labels: list[Label], named: list[Candidate]) -> Iterator[Mention]:
    starts = [label.start for label in labels]
    for one in named:
        label = labels[bisect_right(starts, one.start) - 1]
        assert one.kind is not None
        yield Mention(
            document=page.document.id,
            evidence=evidence(page.document, one.start, one.end),
            kind=one.kind,
            role=_role(page.document.text, one, label) if one.kind == "person" else None,
            reason=one.reason,
            confidence=_CONFIDENCE.get(one.reason, 0.7),
        )


def _role(text: str, one: Candidate, label: Label) -> str | None:
    """The role before the name; without one, the apposition after it."""
    begin = role_before(text, label.start, one.start)
    if begin is not None:
        return text[begin : one.start].strip()
    if one.words == 1:
        return None
    span = role_after(text, one.end, label.end)
    return text[slice(*span)] if span else None
