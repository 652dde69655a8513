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
    "article raw": "/a/{edited}/raw",
    "article data": "/a/{edited}/data",
    "article chosen": "/a/{article}?s={statement}#s-{statement}",
    "history": "/a/{edited}/history",
    "history phrase": "/a/{edited}/history?phrase=We+counted+the+bolts+twice",
    "history alone": "/a/{article}/history",
    "diff": "/a/{first}/diff/1..2",
    "diff side by side": "/a/{first}/diff/1..2?view=side&only=1&slight=1",
    "statement": "/s/{statement}",
    "statement corrected": "/s/{corrected}",
    "statement gone": "/s/{gone}",
    "utterance": "/w/{utterance}",
    "utterance pair": "/w/{utterance}?read=pair",
    "utterance table": "/w/{utterance}?read=table&wording=1",
    "utterance each": "/w/{utterance}?read=each",
    "utterance narrowed": "/w/{utterance}?overlap=50&from=2025",
    "utterance nothing": "/w/{utterance}?outlet=nobody",
    "utterance alone": "/w/{alone}",
    "person": "/p/{person}",
    "problems": "/problems",
    "help": "/help",
    "nowhere": "/nowhere",
}
