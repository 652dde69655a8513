"""How a page is drawn: the templates and what they may call. Whatever string they print is neutralised and escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from stemma.archive.answers.lines import WITHHELD
from stemma.show import lines as line_parts
from stemma.show.captures.laying import Row
from stemma.show.chain import drawn, is_unknown, likenesses, names, steps
from stemma.show.citations import cite
from stemma.show.people.marks import SIGN, brief, covers, derived, is_of_person, marks, marks_of
from stemma.show.people.stones import GROUND, account, headline, meaning, way_back
from stemma.show.plain import one_line, plain, shortened
from stemma.show.transmission.apparatus import pieces
from stemma.show.versions import heads, is_dated
from stemma.show.web.frame.head.keys import keys
from stemma.show.web.frame.statics import address_of
from stemma.show.web.text import Block, covered
from stemma.show.web.tongues import tongue
from stemma.show.wording import condense, standing


@cache
def templates() -> jinja2.Environment:
    """The templates of every screen, compiled once."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("stemma.show.web"), autoescape=True, undefined=jinja2.StrictUndefined,
        finalize=_finalize, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    shown: dict[str, Callable[..., Any]] = {
        "parts": line_parts.parts, "tell": line_parts.tell, "speaker_of": line_parts.speaker,
        "day": line_parts.day, "cite": cite, "steps": steps, "likenesses": likenesses,
        "pieces": pieces, "names": names, "is_unknown": is_unknown, "drawn": drawn, "standing": standing,
        "is_dated": is_dated, "heads": heads, "condense": condense,
        "web_address": web_address, "marks_of": marks_of, "marks": marks, "covers": covers,
        "brief": brief, "derived": derived, "is_of_person": is_of_person, "is_withheld": line_parts.is_withheld,
        "said_of": line_parts.said_of,
        "said_on": line_parts.said_on,
        "headline": headline, "account_of": account, "meaning": meaning, "way_back": way_back,
        "analysis_notes": line_parts.analysis_notes, "language_name": line_parts.language_name,
        "static": address_of, "keys": keys, "keys_told": _keys_told,
        "is_text": lambda block: isinstance(block, Block),
    }  # fmt: skip
    environment.globals.update(
        shown,   QUOTATION=line_parts.QUOTATION, SIGN=SIGN, GROUND=GROUND, WITHHELD=WITHHELD,
        ON_PAGE=line_parts.ON_PAGE, NOT_ANALYSED=line_parts.NOT_ANALYSED,
    )  # fmt: skip
    environment.filters.update({
        "one_line": one_line, "named": line_parts.named, "shortened": shortened, "sure": _sure, "moment": _moment,
        "covered": covered, "tongue": _tongue, "longest": _longest, "paragraphs": _paragraphs,
    })  # fmt: skip
    return environment


def _finalize(value: object) -> object:
    """Neutralises every string that a template prints, before it is escaped; ``None`` prints as nothing."""
    if value is None:
        return ""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _tongue(text: str) -> Markup:
    """The attribute of an element that holds a passage: its direction, and its language where the letters tell it."""
    told = tongue(text)
    return Markup('dir="auto" lang="{}"').format(told) if told else Markup('dir="auto"')


def _longest(texts: Iterable[str]) -> str:
    return max(texts, key=len)


def _paragraphs(rows: Iterable[Row]) -> list[list[Row]]:
    """Neighbouring sentences of one paragraph together."""
    found: list[list[Row]] = []
    for row in rows:
        if row.opens or not found:
            found.append([])
        found[-1].append(row)
    return found


def _keys_told() -> str:
    return json.dumps({key.does: key.key for key in keys()})


def _sure(confidence: float) -> str:
    return f"{confidence * 100:.0f}\u00a0% sure"


def _moment(instant: str | None) -> str:
    """A stated instant as it was stated; one without a time zone says so."""
    if not instant:
        return "time not stated"
    zoned = len(instant) <= len("2025-10-24") or re.search(r"(?:Z|[+-]\d\d:?\d\d)$", instant)
    return instant if zoned else f"{instant} (time zone not stated)"


def web_address(url: str | None) -> str | None:
    """The address where it may be a link: http and https only (no ``javascript:``, no ``file:``)."""
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None
