"""Statements and pages as rows: what may leave of each, in the order of the search, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from itertools import groupby

import msgspec

from stemma.archive.answers.lines import WITHHELD
from stemma.archive.leaving import Sheet
from stemma.archive.views import Hop, Line, Who
from stemma.errors import NoSuchRecord
from stemma.records import Evidence, Statement
from stemma.show import method
from stemma.show.citations.places import fragment_link
from stemma.show.citations.sources import people_of
from stemma.show.exports.asking import Asked, Source, Wish
from stemma.show.exports.rows import ArticleRow, Batch, HopRow, PieceRow, StatementRow, VoiceRow
from stemma.show.lines import GAP, ON_PAGE, content, is_withheld, named, parts, said_of, tell
from stemma.show.plain import one_line, sound

NO_NAME = "name not known"  #: of somebody whose name has no character that can be shown
KEPT_BACK = "[words kept back: the page reserves them]"
_TITLE = 500  #: characters of a title: longer than any headline
_PIECES = ("source", "cue", "content")
_REMEMBERED = 4_096  #: entities whose kind, and runs whose name, is held in memory


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, as hexadecimal digits."""
    return sha256(sound(text).encode()).hexdigest()


class Teller:
    """Makes rows of what an archive answers."""

    def __init__(self, archive: Source, wish: Wish) -> None:
        self._archive, self._wish = archive, wish
        self._kind = lru_cache(_REMEMBERED)(self._asked_kind)
        self._method = lru_cache(_REMEMBERED)(lambda run: method(archive, run))

    def batches(self, asked: Asked) -> Iterator[Batch]:
        """Pages with the statements asked for; where everything is asked for also the pages without any, last."""
        for document, some in groupby(asked.lines(self._archive), key=lambda line: line.statement.document):
            yield self._batch(self._archive.leaving.sheet(document), list(some))
        for document in self._archive.leaving.silent() if asked.is_everything else ():
            yield self._batch(self._archive.leaving.sheet(document), [])

    def article(self, document_id: str) -> ArticleRow:
        """A page by itself."""
        return self._batch(self._archive.leaving.sheet(document_id), []).article

    def _batch(self, sheet: Sheet, lines: Sequence[Line]) -> Batch:
        worded = self._wish.reserved or not sheet.reserved
        article = self._article(sheet, worded=worded)
        return Batch(article, tuple(self._statement(line, sheet, article, worded=worded) for line in lines))

    def _article(self, sheet: Sheet, *, worded: bool) -> ArticleRow:
        snapshot, text = sheet.snapshot, sheet.document.text
        title = one_line(sheet.title or "")[:_TITLE] or None
        return ArticleRow(
            id=sheet.document.id, title=title if worded else None, outlet=named(sheet.outlet or "") or None,
            published=_short(sheet.published), published_basis=_short(sheet.published_basis),
            language=_short(sheet.language), url=one_line(snapshot.url or "") or None, capture=snapshot.id,
            fetched=_short(snapshot.fetched), sha256=snapshot.digest.removeprefix("sha256:"), size=snapshot.size,
            media_type=snapshot.media_type, layout=sheet.document.layout, characters=len(text),
            text_sha256=digest(text), reserved=sheet.reserved,
            text=sound(text) if self._wish.bodies and worded else None,
        )  # fmt: skip

    def _statement(self, line: Line, sheet: Sheet, article: ArticleRow, *, worded: bool) -> StatementRow:
        shown, said = line if worded else kept_back(line), line.statement
        whole, when = "\n".join(piece.exact for piece in said.content), said_of(shown)
        words = GAP.join(content(shown.statement, self._wish.limit)) if worded else ""
        return StatementRow(
            id=said.id, line=_told(shown, self._wish.limit, worded=worded),
            speakers=self._voices(shown.speakers), perhaps=self._voices(shown.rivals),
            kind=said.kind, polarity=said.polarity, words=words, words_length=len(whole), words_sha256=digest(whole),
            pieces=tuple(_pieces(line, self._wish.limit, worded=worded)), said=when.day, earliest=when.earliest,
            latest=when.latest, said_words=named(when.words or "") or None,
            chain=tuple(_hop(hop, worded=worded) for hop in line.chain), utterance=line.utterance,
            witnesses=line.witnesses, method=self._method(said.run), confidence=said.confidence,
            people=people_of(line) if worded else (),
            fragment=fragment_link(line, sheet.document.text) if worded else None, article=article,
        )  # fmt: skip

    def _voices(self, speakers: Iterable[Who]) -> tuple[VoiceRow, ...]:
        return tuple(
            VoiceRow(
                name=named(who.name) or NO_NAME, entity=who.entity, kind=self._kind(who.entity) if who.entity else None,
                role=named(who.role or "") or None, reason=named(who.reason), confidence=who.confidence,
            )
            for who in speakers
        )  # fmt: skip

    def _asked_kind(self, entity: str) -> str | None:
        try:
            return self._archive.leaving.kind(entity)
        except NoSuchRecord:
            return None


def _short(value: str | None) -> str | None:
    """A value that is short by its nature, neutralised."""
    return named(value or "") or None


def kept_back(line: Line) -> Line:
    """The line of a page that reserves its words: without any of them, in words of our own."""
    said = msgspec.structs.replace(
        line.statement, source=(), cue=(), addressee=None, occasion=None, place=None, said_words=None
    )
    return replace(
        line, statement=said, title=None, speakers=_unworded(line.speakers), rivals=_unworded(line.rivals),
    )  # fmt: skip


def _unworded(speakers: Iterable[Who]) -> tuple[Who, ...]:
    """The speakers without their roles; those without a name are called by none of the page's words."""
    return tuple(replace(who, role=None, name=who.name if who.entity else ON_PAGE) for who in speakers)


def _told(line: Line, limit: int | None, *, worded: bool) -> str:
    return tell(line, limit) if worded else f"{parts(line, 1).head} {KEPT_BACK}"


def _pieces(line: Line, limit: int | None, *, worded: bool) -> Iterator[PieceRow]:
    """The stretches of source, cue and content; all words together have the length of a quotation."""
    left = limit
    for part in ("content", "source", "cue"):
        hidden = part == "source" and is_withheld(line)
        for piece in _evidence(line.statement, part):
            exact = sound(piece.exact)[:left] if worded and not hidden else None
            yield PieceRow(part=part, start=piece.start, end=piece.end, sha256=digest(piece.exact), exact=exact)
            left = None if left is None else max(left - len(piece.exact), 0)


def _evidence(statement: Statement, part: str) -> tuple[Evidence, ...]:
    found: tuple[Evidence, ...] = getattr(statement, part)
    return found


def _hop(hop: Hop, *, worded: bool) -> HopRow:
    shown = worded and hop.evidence is not None and hop.name != WITHHELD
    proof = named(hop.evidence.exact) if shown and hop.evidence else None
    return HopRow(
        name=named(hop.name), kind=hop.kind, inferred=hop.kind != "cited", confidence=hop.confidence, proof=proof,
        document=hop.document, relay=hop.relay,
    )  # fmt: skip
