"""What of a page and of a statement leaves the archive: plain values that every format writes in its own way.

Strings for people are on one line and neutralised (``show.plain``), names have the length of names; ``exact`` and
``text`` alone are verbatim.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct


class ArticleRow(Struct, frozen=True, kw_only=True):
    """One page; ``text`` is None unless bodies were asked for and the page does not reserve them."""

    id: str  #: of the document
    title: str | None
    outlet: str | None
    published: str | None  #: ISO day or instant, as exactly as it is known
    published_basis: str | None
    language: str | None
    url: str | None
    capture: str  #: id of the snapshot
    fetched: str | None  #: stated capture time
    sha256: str  #: of the bytes of the capture, 64 hexadecimal digits
    size: int  #: bytes
    media_type: str
    layout: str  #: name and version of the rules that laid the bytes out as text
    characters: int  #: code points of that text
    text_sha256: str  #: of that text in UTF-8
    reserved: tuple[str, ...]  #: noarchive, tdm
    text: str | None = None


class PieceRow(Struct, frozen=True, kw_only=True):
    """A stretch of the page's text; ``exact`` is verbatim, cut where the whole is, None where words are kept back."""

    part: str  #: source | cue | content
    start: int  #: code points of the text from 0
    end: int  #: exclusive
    sha256: str  #: of the whole words in UTF-8
    exact: str | None


class VoiceRow(Struct, frozen=True, kw_only=True):
    """Somebody who speaks, or may speak."""

    name: str
    entity: str | None
    kind: str | None  #: person | organization | outlet | place | work; None where no name was found
    role: str | None  #: as the page words it
    reason: str
    confidence: float


class HopRow(Struct, frozen=True, kw_only=True):
    """One hop from the carrier to the speaker, nearest to the carrier first."""

    name: str
    kind: str  #: cited | carried | reused
    inferred: bool  #: False only where the page itself says so
    confidence: float
    proof: str | None  #: the words that say so
    document: str | None  #: where the words were taken from, if it is in this archive
    relay: str


class StatementRow(Struct, frozen=True, kw_only=True):
    """One statement with all that must stand beside it: ``line`` attributes it in words."""

    id: str
    line: str
    speakers: tuple[VoiceRow, ...]  #: empty: not identified
    perhaps: tuple[VoiceRow, ...]  #: between whom the page leaves it open
    kind: str
    polarity: str
    words: str  #: of the content, cut unless whole ones were asked for; "" where they are kept back
    words_length: int  #: code points of the whole content, its pieces joined by line feeds
    words_sha256: str  #: of the same in UTF-8
    pieces: tuple[PieceRow, ...]
    said: str | None
    earliest: str | None
    latest: str | None
    said_words: str | None
    chain: tuple[HopRow, ...]
    utterance: str | None
    witnesses: int
    method: str | None  #: stage and version that found it
    confidence: float
    people: tuple[str, ...]  #: what people corrected or covered of it, each as a sentence
    fragment: str | None  #: address of the original page with the words marked
    article: ArticleRow


class Batch(NamedTuple):
    """A page and those of its statements that were found, in the order of the search."""

    article: ArticleRow
    statements: tuple[StatementRow, ...]
