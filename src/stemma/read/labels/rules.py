"""Habits of news pages that outweigh the line scorer: header lines, end marks, stamps, teasers printed twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from stemma.read.article import Choice
from stemma.read.article.features import PROSE_WORDS, best_run, count_words
from stemma.read.datelines import Dateline, find_dateline
from stemma.read.days import find_days
from stemma.read.labels.forms import extend_articles, extend_transcript
from stemma.read.labels.habits import LONGEST_HABIT, Screen, habits, match_habit, screen_lines
from stemma.read.labels.tops.mastheads import Masthead
from stemma.read.layout import Line, Sheet, Zone
from stemma.read.outlets import end_marks

LEGAL = "legal or consent text"
_CONSENT_GAP = 12  #: lines from one line of a consent text to the next
_CONSENT_REACH = 40  #: lines below a consent text among which the story's dateline is sought
_OPENING_REACH = 10  #: lines of a story's opening among which its dateline is sought: dates and buttons stand before it
_LONGEST_END = 12  #: characters of a line that is an end mark, as ``habits.toml`` has them
_LEAST_LAST = 5  #: words of a line right below the story that its end mark shows to be the last of it
_END_OPENS = "#(-3Ee*（ا"  #: first characters of such a line
_LONGEST_TAIL = 3  #: lines below the last sentence that may still be the story's
_LEAST_PROSE = 0.7  #: share of the lines above them that are sentences where a list below is another page's
_APART = 8  #: lines of furniture between two parts of a story, from which on the smaller must not be small
_SMALL_PART = 0.3  #: of the largest part's length
_LONGEST_STAMP = 80  #: characters
_CARD = 6  #: lines within which a teaser card prints its text a second time
_SHORTEST_PROSE = 2 * PROSE_WORDS - 1  #: characters; in scripts without blanks two count as a word
_LEAST_TEASERS = 2  #: different lines that a page must print twice to count as a page with teasers
_SENTENCE = re.compile(r"[.!?…。！？।؟۔:：;][\"'”’“»」』)\]]*(?:\s*-0-)?$")
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?(?:\s?\(?[A-Z]{2,4}[+\-\d]*\)?)?|\d{1,2}\s?[ap]\.?m\.?"
)
_CAPITALS = r"[A-Z\u00c0-\u00de\u0410-\u042f'’\-]{2,}"
_LONE_PLACE = re.compile(rf"(?=[^\W\d_]{{2}}){_CAPITALS}\w(?:[ /,]{{1,2}}{_CAPITALS}){{0,2}}[.:]?")
_OPENING_SHARE = 0.2  #: of the story; where more of it has no sentence, it is a list
_OPENING_WORDS = 45  #: a line without an end that opens the story is a headline or caption if it is no longer


class Findings(NamedTuple):
    """What the rules found on a page; numbers are places in ``sheet.lines``."""

    body: list[bool]  #: the article's lines
    reasons: dict[int, str]  #: why a line is none, where a rule says so
    prefix: tuple[int, int] | None = None  #: span of a date glued before the first paragraph
    headers: tuple[int, ...] = ()  #: lines that name day or source between title and story
    stamps: tuple[int, ...] = ()
    end_mark: tuple[int, int] | None = None
    dateline: tuple[int, Dateline] | None = None  #: the line that it opens
    feet: tuple[int, ...] = ()  #: lines below the story that name the outlet whose feed carried it
    screen: Screen = screen_lines(0, None)  #: which habits each line may have
    mastheads: tuple[Masthead, ...] = ()  #: in plain text: lines above the headline that name whose page this is

    @property
    def first(self) -> int:
        """The first line of the story; one more than there are where no line is."""
        return self.body.index(True) if True in self.body else len(self.body)


def words_of(sheet: Sheet, line: Line) -> str:
    """The line's words."""
    return sheet.text[line.start : line.end]


def apply_rules(sheet: Sheet, choice: Choice) -> Findings:
    """The scorer's choice, corrected by what the page's habits say."""
    texts = choice.signs.texts if choice.signs else [words_of(sheet, line) for line in sheet.lines]
    body = list(choice.chosen)
    screen = screen_lines(len(texts), choice.signs)
    found = Findings(body, {}, prefix=_find_prefix(sheet, texts), screen=screen)
    _rule_legal(texts, found)
    found = _rule_headers(texts, found)
    _rule_teasers(texts, found)
    pointers = [n for n in screen.lines("pointer") if match_habit("pointer", texts[n])]
    _drop(found, pointers, "points to another page")
    adverts = [n for n in screen.lines("advert") if match_habit("advert", texts[n])]
    _drop(found, adverts, "says that an advertisement stands here")
    _bridge(texts, found, [*pointers, *adverts])
    if not any(body):
        _choose_plainly(texts, found)
    found = _rule_end(sheet, texts, found)
    found = _rule_stamps(texts, found)
    found = _rule_feet(texts, found)
    if not any(body):
        _choose_plainly(texts, found)
    _rule_credits(texts, found)
    found = _rule_dateline(sheet, texts, found)
    found = _rule_opening(sheet, texts, found)
    extend_transcript(texts, found.body, found.reasons, screen.lines("turn"))
    extend_articles(texts, found.body, found.reasons)
    if sheet.tree is None:
        _rule_tail(texts, found)
        _rule_strays(texts, found)
    return found


def _drop(found: Findings, numbers: Sequence[int] | range, reason: str) -> None:
    for number in numbers:
        found.body[number] = False
        found.reasons[number] = reason


def _find_prefix(sheet: Sheet, texts: list[str]) -> tuple[int, int] | None:
    """The span of a date glued before the page's first words; numbers that are no day of a page are words."""
    for form in habits()["prefix"] if texts else ():
        match = form.match(texts[0])
        if match and any(find_days(match["day"])):
            start = sheet.lines[0].start
            return start, start + match.end()
    return None


def _bridge(texts: list[str], found: Findings, adverts: Sequence[int]) -> None:
    """The story goes on behind a line about an advertisement or another page, where prose stands there."""
    for number in adverts:
        behind = number + 1
        if number and found.body[number - 1] and behind < len(texts) and behind not in found.reasons:
            prose = _is_sentence(texts[behind]) and count_words(texts[behind]) >= PROSE_WORDS
            found.body[behind] = found.body[behind] or prose


def _rule_legal(texts: list[str], found: Findings) -> None:
    """Who owns the page, and what a reader must agree to; what stands between two lines of consent is consent too."""
    consents = []
    for number in found.screen.lines("consent", "legal"):
        head = texts[number][:LONGEST_HABIT]
        if found.screen.may("consent", number) and match_habit("consent", head):
            consents.append(number)
        elif found.screen.may("legal", number) and match_habit("legal", head):
            _drop(found, [number], LEGAL)
    _drop(found, consents, LEGAL)
    for number, after in pairwise(consents):
        if after - number <= _CONSENT_GAP:
            _drop(found, range(number, after), LEGAL)


def _rule_headers(texts: list[str], found: Findings) -> Findings:
    """What names day and source stands above the story; a line that names both ends the page's top."""
    headers = []
    for number in found.screen.lines("header", "modified"):
        text = texts[number]
        if len(text) < LONGEST_HABIT and (match := match_habit("header", text) or match_habit("modified", text)):
            if len(text) <= match.end() + 80:
                headers.append(number)
                _drop(found, [number], "names day or source")
            both = match.groupdict().get("day") and match.groupdict().get("outlet")
            if both and any(found.body[number + 1 :]):
                _drop(found, range(number), "above the line that names day and source")
    return found._replace(headers=tuple(headers))


def _rule_teasers(texts: list[str], found: Findings) -> None:
    """Lines of prose length that a page prints twice close together are teasers, if there are several."""
    last: dict[str, int] = {}
    twice: set[int] = set()
    for number, text in [(n, text) for n, text in enumerate(texts) if len(text) >= _SHORTEST_PROSE]:
        if (before := last.get(text)) is not None and number - before <= _CARD and count_words(text) >= PROSE_WORDS:
            twice |= {number, before}
        last[text] = number
    if len({texts[number] for number in twice}) < _LEAST_TEASERS:
        return
    if not any(chosen and number not in twice for number, chosen in enumerate(found.body)):
        twice -= {texts.index(text) for text in {texts[number] for number in twice}}  # the story itself comes twice
    _drop(found, sorted(twice), "printed twice on the page")


def _told(texts: list[str], found: Findings, numbers: Sequence[int] | range) -> int:
    """Characters of the story in these lines."""
    return sum(len(texts[number]) for number in numbers if found.body[number])


def _rule_end(sheet: Sheet, texts: list[str], found: Findings) -> Findings:
    """Nothing after an end mark or a heading of other pages is the story."""
    first, marks, screen = found.first, end_marks(), found.screen
    lasts = {mark[-1] for mark in marks}
    short = [
        n for n, text in enumerate(texts[first:], first)
        if len(text) <= _LONGEST_END or (text[-1] in lasts and text.endswith(marks))
    ]  # fmt: skip
    for number in sorted({*short, *(n for n in screen.lines("more") if n > first)}):
        text = texts[number]
        mark = next(filter(text.endswith, marks), None) if text.endswith(marks) else None
        if mark and (mark == text or not text[: -len(mark)].rstrip()[-1:].isalnum()):
            end = sheet.lines[number].end
            goes_on = number > 0 and found.body[number - 1] and count_words(text) >= _LEAST_LAST
            found.body[number] = found.body[number] or (goes_on and number not in found.reasons)
            _drop(found, range(number + 1, len(texts)), "below the end mark")
            if mark == text:
                _drop(found, [number], "end mark")
            return found._replace(end_mark=(end - len(mark), end))
        if number > first and len(text) <= _LONGEST_END and text[0] in _END_OPENS and match_habit("end", text):
            span = sheet.lines[number]
            _drop(found, range(number + 1, len(texts)), "below the end mark")
            _drop(found, [number], "end mark")
            return found._replace(end_mark=(span.start, span.end))
        if number > first and screen.may("more", number) and match_habit("more", text):
            inlay = _is_inlay(texts, found.body, number)
            _drop(found, [number] if inlay else range(number, len(texts)), "below a heading of other pages")
            if not inlay:
                return found
    return found


def _is_inlay(texts: list[str], body: list[bool], number: int) -> bool:
    """Whether a heading of other pages stands inside the story: more of it stands below than above, and no teasers."""
    told = [number for number, chosen in enumerate(body) if chosen]
    above = sum(len(texts[n]) for n in told if n < number)
    below = [texts[n] for n in told if n > number]
    return sum(map(len, below)) > above and not any(find_dateline(text, 0, len(text)) for text in below)


def _rule_credits(texts: list[str], found: Findings) -> None:
    """Bylines and captions among the lines of the story are none of it; ``roles`` names them."""
    for number in found.screen.lines("byline", "caption"):
        if found.body[number] and any(match_habit(habit, texts[number]) for habit in ("byline", "caption")):
            found.body[number] = False


def _rule_stamps(texts: list[str], found: Findings) -> Findings:
    may = found.screen.lines("stamp")
    stamps = tuple(n for n in may if len(texts[n]) < _LONGEST_STAMP and match_habit("stamp", texts[n]))
    _drop(found, stamps, "source stamp")
    return found._replace(stamps=stamps)


def _rule_feet(texts: list[str], found: Findings) -> Findings:
    """Lines that name the feed, and how to reach its newsroom."""
    feet = tuple(n for n in found.screen.lines("feed") if match_habit("feed", texts[n]))
    _drop(found, feet, "names the outlet of the feed")
    contacts = [n for n in found.screen.lines("contact") if match_habit("contact", texts[n])]
    _drop(found, contacts, "how to reach the newsroom")
    return found._replace(feet=feet)


def _rule_strays(texts: list[str], found: Findings) -> None:
    """Small parts that lie far from the rest of the story are none: letters and teasers read like one."""
    parts: list[list[int]] = []
    for number in (number for number, chosen in enumerate(found.body) if chosen):
        if parts and number - parts[-1][-1] <= _APART:
            parts[-1].append(number)
        else:
            parts.append([number])
    sizes = [_told(texts, found, part) for part in parts]
    for part, size in zip(parts, sizes, strict=True):
        if size < _SMALL_PART * max(sizes):
            _drop(found, part, "small, far from the story")


def _rule_tail(texts: list[str], found: Findings) -> None:
    """A list of headlines that follows the last sentence is none of the story, unless the story is mostly a list."""
    body = [number for number, chosen in enumerate(found.body) if chosen]
    last = next((place for place in range(len(body) - 1, -1, -1) if _is_sentence(texts[body[place]])), None)
    while last and texts[body[last]].endswith((":", "：")) and not _is_sentence(texts[body[last - 1]]):
        last -= 1  # what a heading introduces below other headings is no list of the story's
        while last and not _is_sentence(texts[body[last]]):
            last -= 1
    if last is None or len(body) - last <= _LONGEST_TAIL or texts[body[last]].endswith((":", "：")):
        return
    if sum(_is_sentence(texts[number]) for number in body[: last + 1]) > _LEAST_PROSE * last:
        _drop(found, body[last + 1 :], "no sentence, below the story")


def _choose_plainly(texts: list[str], found: Findings) -> None:
    """Where the scorer sees no article at all: the densest stretch of prose, or else the sentences of a short page."""
    sizes = [count_words(text) for text in texts]
    ends = [n not in found.reasons and _SENTENCE.search(text[-8:]) is not None for n, text in enumerate(texts)]
    prose = [end and size >= PROSE_WORDS for end, size in zip(ends, sizes, strict=True)]
    first, stop = best_run([size if good else -2.0 * size for size, good in zip(sizes, prose, strict=True)])
    for number in range(first, stop):
        found.body[number] = number not in found.reasons
    if not any(found.body) and len(texts) <= 5:
        for number, end in enumerate(ends):
            found.body[number] = end and sizes[number] >= 3


def _rule_dateline(sheet: Sheet, texts: list[str], found: Findings) -> Findings:
    """The story begins at its dateline; a line that opens with one is the story even where the scorer doubts it.

    On a page that begins with a text of consent it may stand further down: what is above it is no story.
    """
    first = found.first
    consented = LEGAL in map(found.reasons.get, range(first))
    reach = _CONSENT_REACH if consented else _OPENING_REACH
    sentences = (number for number in range(first, len(texts)) if found.body[number] and _is_sentence(texts[number]))
    stop = (
        min(len(texts), first + reach, max(first + 4, next(sentences, first) + 1)) if not consented else first + reach
    )
    for number in range(max(0, first - 3), min(stop, len(texts))):
        start = found.prefix[1] if found.prefix and number == 0 else sheet.lines[number].start
        if number in found.reasons:
            continue
        end = sheet.lines[number].end
        dateline = find_dateline(sheet.text, start, end)
        if dateline is None:
            continue
        told = found.body[number] or count_words(texts[number]) >= PROSE_WORDS
        if told or (dateline.end == end and dateline.agency):
            found.body[number] = True
            if consented:
                _drop(found, [n for n in range(number) if found.body[n]], "above the dateline, below a consent text")
            return found._replace(dateline=(number, dateline))
    return found


def _rule_opening(sheet: Sheet, texts: list[str], found: Findings) -> Findings:
    """Headlines, captions and clock times that stand before the first sentence are not the story.

    A place in capitals that stands alone right above it is its dateline.
    """
    body = [number for number, chosen in enumerate(found.body) if chosen]
    if not any(_is_sentence(texts[number]) for number in body):
        return found
    opening: list[int] = []
    for number in body:
        sentence = _is_sentence(texts[number]) or count_words(texts[number]) > _OPENING_WORDS
        if sentence or (found.dateline and found.dateline[0] == number):
            headings = [n for n in opening if sheet.lines[n].tag == "h1" or sheet.lines[n].zone & Zone.HEADLINE]
            told = _told(texts, found, opening) - _told(texts, found, headings)
            if told <= _OPENING_SHARE * _told(texts, found, body):
                _drop(found, opening, "no sentence, before the story")
            return _find_lone_place(sheet, texts, found, number)
        opening.append(number)
    return found


def _is_sentence(text: str) -> bool:
    return _SENTENCE.search(text[-8:]) is not None and not _CLOCK.fullmatch(text)


def _find_lone_place(sheet: Sheet, texts: list[str], found: Findings, first: int) -> Findings:
    """The findings with the line above the story as its dateline, where that is a place in capitals."""
    above = first - 1
    if found.dateline or sheet.tree is not None or above < 1 or not _LONE_PLACE.fullmatch(texts[above]):
        return found
    line = sheet.lines[above]
    return found._replace(dateline=(above, Dateline(line.start, line.end, texts[above].strip(".:"))))
