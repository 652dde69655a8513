"""Datelines: the place, day and agency that an item of news opens with.

Known forms, here with an invented agency: ``KARVIS, October 24. /SARVA/.`` · ``Karvis, May 3 (SARVA) --`` ·
``KARVIS (Sarva) —`` · ``KARVIS, 24 October - Sarva.`` · ``(Sarva) —`` · ``(카르비스 5월 3일발 사르바통신)`` ·
``新华社…10月24日电`` · ``(카르비스=사르바통신)`` · ``【カルビス共同】`` · ``كارفيس 3 مايو (سارفا) -``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from stemma.read.days import FULL_WIDTH, Day, find_days
from stemma.read.outlets import outlet_named

_WIDE = re.compile(r"[\uff01-\uff5e\u3000]")  #: full-width forms
_WITHIN = 160  #: characters that a dateline may take
_DASH = r"(?:--+|[—–―-])"
_CAPITAL = r"[A-Z\u00c0-\u00de\u0400-\u042f]"
_PLACE = rf"{_CAPITAL}[\w.'’\-]*(?:[ /][\w.'’\-]+){{0,4}}(?:,\s{_CAPITAL}[\w.'’\-]*(?:\s{_CAPITAL}[\w.'’\-]*){{0,2}})?"
_DAY = r"(?:[^\W\d_]{3,10}\.?\s\d{1,2}|\d{1,2}\s[^\W\d_]{3,10}\.?)(?:,?\s\d{4})?"
_AGENCY = r"[^\W\d_][\w.&'’\-]*(?:[ /][^\W\d_][\w.&'’\-]*){0,3}"
_ARABIC = r"[\u0621-\u064a\u066e-\u06d3]{2,20}"
_ARABIC_FORM = (
    rf"(?P<place>{_ARABIC}(?:\s{_ARABIC}){{0,2}}?)،?\s(?:في\s)?(?:(?P<day>\d{{1,2}}\s{_ARABIC})\s?)?"
    rf"(?:\((?P<agency>{_ARABIC}(?:\s{_ARABIC}){{0,2}})\)|/\s?(?P<agency2>{_ARABIC}(?:\s{_ARABIC}){{0,2}})\s?/)"
    rf"\s?(?:{_DASH}|-)?(?=\s)"
)
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<place>{_PLACE})[,.]\s+(?P<day>{_DAY})[.,]?\s*/(?P<agency>{_AGENCY})/\.?(?:\s*{_DASH})?(?=\s)",
        rf"(?P<place>{_PLACE})[,.]\s+(?P<day>{_DAY})[.,]?\s*[(\[](?P<agency>{_AGENCY})[)\]]\.?\s*{_DASH}(?=\s)",
        rf"(?P<place>{_PLACE})(?:[,.]\s+(?P<day>{_DAY})[.,]?)?\s*\((?P<agency>{_AGENCY})\)\s*{_DASH}(?=\s)",
        rf"(?P<place>{_PLACE}),\s+(?P<day>{_DAY})\s*{_DASH}\s*(?P<agency>{_CAPITAL}[\w]*(?:\s{_CAPITAL}\w*){{0,2}})[.,](?=\s)",
        rf"\((?P<agency>{_AGENCY})\)\s*{_DASH}(?=\s)",
        r"(?P<agency>新华社|中新社|新華社)(?P<place>[\u4e00-\u9fff]{2,8}?)(?P<day>\d{1,2}月\d{1,2}日)电(?:[（(][^）)]{1,40}[）)])?",
        r"\((?P<place>[가-힣]{2,10})\s(?P<day>\d{1,2}월\s?\d{1,2}일)\s?발?\s?(?P<agency>[가-힣]{2,10}통신|[가-힣]{2,8})\)",
        r"\((?P<place>[가-힣·]{2,16})=(?P<agency>[가-힣\w]{2,12})\)(?:\s?[가-힣·,\s]{2,40}기자)?\s?=?(?=\s)",
        r"【(?P<place>[^\W\d_]{2,10}?)(?P<day>\d{1,2}月\d{1,2}日)?(?P<agency>共同|時事|ロイター|新華社|聯合ニュース|中央社)】",
        _ARABIC_FORM,
        r"【(?P<place>[^\W\d_]{2,10}?)(?P<day>\d{1,2}月\d{1,2}日)?(?P<agency>[^\W\d_]{2,8})】",
        rf"(?P<place>{_PLACE}),\s+(?P<day>{_DAY})\s*{_DASH}(?=\s)",
    )
)
_CJK_DAY = re.compile(r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_SMALL_IN_PLACES = frozenset(
    ["of", "de", "del", "la", "le", "les", "los", "el", "al", "and", "an", "the", "upon", "on", "am", "sur"]
)


class Dateline(NamedTuple):
    """An item's opening: its span, and what it names."""

    start: int
    end: int
    place: str | None = None
    day: Day | None = None  #: "--MM-DD" where it gives no year
    agency: tuple[int, int] | None = None  #: span of the agency's name


def find_dateline(text: str, start: int, end: int) -> Dateline | None:
    """The dateline that the line ``text[start:end]`` opens with; None: it opens with its story."""
    head = text[start : min(end, start + _WITHIN)]
    if _WIDE.search(head):
        head = head.translate(FULL_WIDTH)  # character for character: places stay
    if not (
        "(" in head
        or "/" in head
        or "[" in head
        or "-" in head
        or "–" in head
        or "—" in head
        or "电" in head
        or "【" in head
    ):
        return None
    for form in _FORMS:
        match = form.match(head)
        if match and (found := _read(match, start)):
            return found
    return None


def _read(match: re.Match[str], start: int) -> Dateline | None:
    named = match.groupdict()
    part = "agency2" if named.get("agency2") else "agency"
    place, agency = named.get("place"), named.get(part)
    day = _day(named.get("day"), start + match.start("day")) if named.get("day") else None
    if (named.get("day") and day is None) or (place and not _is_place(place)):
        return None
    if agency and not day and not _is_agency(agency, place):
        return None
    return Dateline(start, start + match.end(), place, day, _shift(match.span(part), start) if agency else None)


def _is_place(words: str) -> bool:
    """Words of a place are capitalised, but for its small ones; "The" begins no place that stands in a dateline."""
    return not words.startswith("The ") and not any(
        word[0].islower() and word not in _SMALL_IN_PLACES for word in re.split(r"[ /]", words) if word
    )


def _is_agency(name: str, place: str | None) -> bool:
    """Without a day beside it, a name in brackets must be a known outlet, or follow a place in capitals."""
    return outlet_named(name) is not None or bool(place and place.isupper() and len(name) <= 12)


def _shift(span: tuple[int, int], start: int) -> tuple[int, int]:
    return span[0] + start, span[1] + start


def _day(words: str | None, start: int) -> Day | None:
    if not words:
        return None
    if match := _CJK_DAY.search(words):
        return Day(start, start + len(words), f"--{int(match[1]):02}-{int(match[2]):02}")
    found = next(find_days(words), None)
    return found and found._replace(start=start + found.start, end=start + found.end)
