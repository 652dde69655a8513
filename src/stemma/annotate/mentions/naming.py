"""From candidates to mentions: the kind that the whole page gives a name, short forms, headlines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import zip_longest

from stemma.annotate.mentions.candidates import Candidate, candidates
from stemma.annotate.mentions.foreign import foreign_names
from stemma.annotate.mentions.kinds import decided
from stemma.annotate.mentions.kinds.called import called
from stemma.annotate.mentions.lexicon import is_adjective, lexicon, plain
from stemma.annotate.mentions.own import OWN, overlaid, own_names
from stemma.annotate.mentions.roles import role_after, role_before
from stemma.annotate.mentions.runs import Token, is_headline, tokens
from stemma.annotate.mentions.segments.shapes import is_eastern
from stemma.records import Label, Mention, MentionKind, Page, evidence, prose

_TAIL = re.compile(r"[ \u00a0]([a-z]+(?: [a-z]+){0,3})")
_ARTICLE = re.compile(r"\b(?:Articles?|Section|Paragraph|Chapter) \d+ of (?:the )?$")
_ARTICLE_REACH = 24
_FRONT = re.compile(r"((?:[a-z]+ ){1,4})of (?:the )?$", re.IGNORECASE)
_SIDE, _SIDE_LENGTH = re.compile(r"\b(?:North|South|East|West) $"), 7
_WEST = re.compile(r"the West\b(?!\s[A-Z])")
#: A resolution, a decree or a law by its number.
_NUMBERED = re.compile(
    r"\b(?:Resolution|Decree|Directive|Regulation|Ordinance|Executive Order|Protocol|Law|Proposition)s? "
    r"(?:No\.? ?)?\d[\d/]*"
)
#: A title that stands before nothing but a name, even where every word has a capital.
_HONOURED = re.compile(r"\b(?:Mrs?|Ms|Dr|Prof|Sir|Dame|Mme|H\.E)\.? $")
_LONGEST_IN_HEADLINE = 6  #: words; longer ones are sentences
_OWN = frozenset({"title", "byline", "dateline"})
_CONFIDENCE = {
    OWN: 1.0,
    "known name": 0.97,
    "after a role": 0.95,
    "name shape": 0.9,
    "given name": 0.9,
    "head word": 0.9,
    "short form": 0.9,
    "called so": 0.95,
}


def mentions(page: Page, own: str = "") -> tuple[Mention, ...]:
    """The names in the prose, title, byline and dateline of a page, in order, none overlapping another.

    ``own`` is the text of a list of names that outrank all others (``own``). Raises ``BadValue`` where it is none.
    """
    text = page.document.text
    labels = [label for label in page.labels if label.role in _OWN] + prose(page)
    labels.sort(key=lambda label: label.start)
    plainly, headlines = _parted(text, labels)
    found = [one for label in plainly for one in candidates(text, label.start, label.end)]
    listed = own_names(own)
    if listed:
        found = overlaid(text, [(label.start, label.end) for label in plainly], found, listed)
    named = [*decided(text, found), *(body for label in plainly for body in _bodies(text, label))]
    outlets = [one.value for one in page.fields if one.name == "outlet"]
    named = called(text, plainly, list(_surnamed(text, sorted(named, key=lambda one: one.start))), outlets)
    named += _in_headlines(text, headlines, named)
    if listed:
        named += overlaid(text, [(label.start, label.end) for label in headlines], [], listed)
    latin = list(_mentions(page, labels, _apart(_grown(text, one) for one in named)))
    others = [] if text.isascii() else list(_foreign(page, labels, latin))
    return tuple(sorted([*latin, *others], key=lambda one: one.evidence.start) if others else latin)


def _foreign(page: Page, labels: list[Label], latin: list[Mention]) -> Iterator[Mention]:
    """Names in other scripts that overlap no mention so far."""
    ends = [one.evidence.end for one in latin]
    text = page.document.text
    for one in foreign_names(text, [(label.start, label.end) for label in labels]):
        after = bisect_right(ends, one.start)
        if after == len(latin) or latin[after].evidence.start >= one.end:
            yield Mention(
                document=page.document.id,
                evidence=evidence(page.document, one.start, one.end),
                kind=one.kind,
                role=text[slice(*one.role)].strip() if one.role else None,
                reason=one.reason,
                confidence=_CONFIDENCE.get(one.reason, 0.7),
            )


def _parted(text: str, labels: list[Label]) -> tuple[list[Label], list[Label]]:
    """Labels of plain text, and headlines."""
    parted: tuple[list[Label], list[Label]] = [], []
    for label in labels:
        parted[is_headline(text, label.start, label.end)].append(label)
    return parted


def _surnamed(text: str, named: list[Candidate]) -> Iterator[Candidate]:
    """Candidates as they are, a lone given name with the city right behind it as one person: "Odile Paris"."""
    joined: Candidate | None = None
    for left, right in zip_longest(named, named[1:]):
        if left is joined:
            continue
        lone = right is not None and left.words == right.words == 1 and text[left.end : right.start] == " "
        surname = right is not None and right.kind == "place" and plain(right.text) not in lexicon().country
        if lone and surname and left.kind == "person" and not left.titled and not left.text.isupper():
            joined = right
            yield left._replace(end=right.end, text=text[left.start : right.end], words=2, confidence=None)
        else:
            yield left


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
    kinds |= {name.upper(): kind for name, kind in kinds.items() if name.upper() not in kinds}
    for label in headlines:
        for one in candidates(text, label.start, label.end):
            yield from _headline_parts(text, label.start, one, kinds)


def _headline_parts(text: str, floor: int, one: Candidate, kinds: dict[str, MentionKind]) -> Iterator[Candidate]:
    """The names of the prose, or of eastern shape, inside a candidate; else itself where its name is certain."""
    if one.text in kinds:
        yield one._replace(kind=kinds[one.text], reason="as in the text")
        return
    if one.kind == "person" and one.titled and one.words > 1 and _HONOURED.search(text, floor, one.start):
        yield one
        return
    parts = [] if one.reason == "known name" else list(_inner_parts(one, kinds))
    yield from parts
    certain = {"known name"} if one.text.isupper() else {"known name", "head word"}
    if not parts and one.kind and one.reason in certain and one.words <= _LONGEST_IN_HEADLINE:
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


def _grown(text: str, one: Candidate) -> Candidate:
    """A name with the small-lettered words that belong to it: "Kursk area", "Article 4 of the Treaty"."""
    if one.reason == OWN:
        return one
    if one.kind == "place":
        return _grown_place(text, one)
    if one.kind == "work" and text.endswith(("of ", "of the "), max(0, one.start - 7), one.start):
        article = _ARTICLE.search(text, max(0, one.start - _ARTICLE_REACH), one.start)
        return _stretched(text, one, article.start(), one.end, "work") if article else one
    return one


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
    for match in _NUMBERED.finditer(text, label.start, label.end):
        yield Candidate(match.start(), match.end(), match.group(), "work", "head word", False, 2, False)
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
    """In order; of overlapping ones a listed name, else the longest."""
    kept: list[Candidate] = []
    for one in sorted(named, key=lambda one: (one.start, -one.end)):
        if kept and one.start < kept[-1].end:
            if (one.reason == OWN, one.end - one.start) > (kept[-1].reason == OWN, kept[-1].end - kept[-1].start):
                kept[-1] = one
            continue
        kept.append(one)
    return kept


def _mentions(page: Page, labels: list[Label], named: list[Candidate]) -> Iterator[Mention]:
    starts = [label.start for label in labels]
    floor = 0  #: end of the person before: nobody's role reaches into another's name
    for one in named:
        label = labels[bisect_right(starts, one.start) - 1]
        assert one.kind is not None
        role = _role(page.document.text, one, label, max(floor, label.start)) if one.kind == "person" else None
        floor = one.end if one.kind == "person" else floor
        yield Mention(
            document=page.document.id,
            evidence=evidence(page.document, one.start, one.end),
            kind=one.kind,
            role=role,
            reason=one.reason,
            confidence=one.confidence or _CONFIDENCE.get(one.reason, 0.7),
        )


def _role(text: str, one: Candidate, label: Label, floor: int) -> str | None:
    """The role before the name; without one, the apposition after it."""
    begin = role_before(text, floor, one.start)
    if begin is not None:
        return text[begin : one.start].strip(" ,\u00a0")
    if one.words == 1:
        return None
    span = role_after(text, one.end, label.end)
    return text[slice(*span)] if span else None
