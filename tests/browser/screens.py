"""Every screen of the reader, in one place: each is walked, measured and pictured (``make screenshots``).

``{names}`` are ids of the archive that ``shelf.py`` builds; whoever adds a screen adds a line here, and to
``shelf.fill`` what it needs.
"""

from __future__ import annotations

SCREENS: dict[str, str] = {
    "start": "/",
    "search": "/search?q=harbour",
    "search nothing": "/search?q=nowhereatall",
    "search misread": "/search?q=%22open",
    "article": "/a/{article}",
    "article of several captures": "/a/{edited}",
    "article in Korean": "/a/{ko}",
    "article in Russian": "/a/{ru}",
    "article in Chinese": "/a/{zh}",
    "article in Arabic": "/a/{ar}",
    "article in Persian": "/a/{fa}",
    "article hostile": "/a/{hostile}",
    "article withdrawn": "/a/{withdrawn}",
    "statement": "/s/{statement}",
    "statement corrected": "/s/{corrected}",
    "statement gone": "/s/{gone}",
    "utterance": "/w/{utterance}",
    "utterance alone": "/w/{alone}",
    "person": "/p/{person}",
    "person spoken to": "/p/{spoken to}?statements=to",
    "people": "/people",
    "people by letter": "/people?letter=V",
    "people nobody": "/people?q=Zzz",
    "review": "/review",
    "review of speakers": "/review/doubted",
    "review of a statement": "/review/speaker/{statement}",
    "review in Korean": "/review/unnamed",
    "review of dates": "/review/dates",
    "review of names": "/review/names",
    "review of parts": "/review/furniture",
    "review of failures": "/review/failed",
    "review hostile": "/review/date/{hostile}",
    "name": "/name",
    "sources": "/sources",
    "source by day": "/sources?outlet=SCNA&by=day",
    "collections": "/collections",
    "collection": "/collections/1",
    "import": "/import",
    "import ended": "/import/1",
    "problems": "/problems",
    "nowhere": "/nowhere",
}
