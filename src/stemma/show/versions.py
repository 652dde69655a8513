"""The versions of one page: what one capture has and the other has not, and whose statements that touches.

A version that lacks a sentence is told as lacking it; why it does, no capture tells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemma.archive.views import Article, Line
from stemma.records import EditClass, Page, Role, Variant
from stemma.show import Answers
from stemma.show.lines import parts
from stemma.show.wording import Piece, differences


@dataclass(frozen=True, slots=True)
class Change:
    """A place where two versions differ; ``removed`` pieces stand in the earlier listed one alone."""

    pieces: tuple[Piece, ...]
    lines: tuple[tuple[int, Line], ...]  #: number of a version and a statement of it whose words lie in the place
    part: Role | None = None  #: the part of the page that it lies in; None: in none that is labelled

    @property
    def told(self) -> str:
        """What differs in words: "number, name", "title: words"."""
        kinds = ", ".join(dict.fromkeys(piece.kind for piece in self.pieces if piece.kind))
        return f"{self.part}: {kinds}" if self.part in _NAMED_PARTS else kinds


@dataclass(frozen=True, slots=True)
class Version:
    """One capture of a page and how it differs from one listed before it."""

    number: int  #: its place in the list, from 1
    article: Article
    against: int | None  #: number of the version that it was compared with; ``None``: it is the first
    changes: tuple[Change, ...]
    furniture: int = 0  #: lines of page furniture that one of the two has alone; no edits

    @property
    def counts(self) -> tuple[tuple[EditClass, int], ...]:
        """How many places differ in each class, the most frequent first."""
        return tuple(
            Counter(piece.kind for change in self.changes for piece in _first(change) if piece.kind).most_common()
        )


#: Parts of a page that are told beside a difference; a body needs none.
_NAMED_PARTS = frozenset({"title", "caption", "dateline"})


def _first(change: Change) -> Iterator[Piece]:
    """The pieces that differ, of a wording and what replaces it the former alone."""
    before: Piece | None = None
    for piece in change.pieces:
        replaces = before and (before.state, piece.state, before.kind) == ("removed", "added", piece.kind)
        if piece.kind and not replaces:
            yield piece
        before = piece


def versions(archive: Answers, article: Article) -> tuple[Version, ...]:
    """The captures of the page's address, by stated capture time where there is one; nothing for a single capture."""
    if len(article.versions) < 2:
        return ()
    asked = [article if each == article.document.id else archive.article(each) for each in article.versions]
    pages = [each for each in asked if isinstance(each, Article)]
    return tuple(_version(pages, place) for place in range(len(pages)))


def touching(archive: Answers, line: Line) -> tuple[str, ...]:
    """For each other capture of the page in which words of this statement differ or are not found: which one."""
    return tuple(_touching(archive, line))


def _touching(archive: Answers, line: Line) -> Iterator[str]:
    page = archive.article(line.statement.document)
    found = versions(archive, page) if isinstance(page, Article) else ()
    for version in found:
        holders = {holder for change in version.changes for holder, each in change.lines if _is(each, line)}
        for number in {version.number, version.against} - holders if holders else ():
            other = found[(number or 1) - 1].article.snapshot
            yield f"not these words in the capture of {other.fetched or 'a time not stated'} (version {number})"


def _is(one: Line, other: Line) -> bool:
    return one.statement.id == other.statement.id


def heads(change: Change) -> list[tuple[str, list[tuple[int, Line]]]]:
    """The statements that a place touches, with their versions, by what stands before their words in a line."""
    found: dict[str, list[tuple[int, Line]]] = {}
    for holder, line in change.lines:
        found.setdefault(parts(line).head.removesuffix(":"), []).append((holder, line))
    return [*found.items()]


def is_dated(found: Sequence[Version]) -> bool:
    """Whether every capture states its time, so that their order is known."""
    return all(each.article.snapshot.fetched for each in found)


def _version(pages: Sequence[Article], place: int) -> Version:
    """Compared with the version before it, as both may be shown."""
    from stemma import collate  # noqa: PLC0415 - loads the aligner; verbs that compare nothing start without it

    if not place:
        return Version(1, pages[0], None, ())
    earlier, page = pages[place - 1], pages[place]
    found = collate.versions([Page(each.document, each.labels, each.fields) for each in (earlier, page)])
    ordered = sorted(found, key=lambda each: (_start_in(each, earlier), each.id))
    changes = tuple(_change(each, pages, place - 1, place) for each in ordered)
    return Version(place + 1, page, place, changes, _furniture(earlier, page))


def _start_in(variant: Variant, page: Article) -> int:
    return next(side.start for side in (variant.left, variant.right) if side.document == page.document.id)


def _change(variant: Variant, pages: Sequence[Article], against: int, place: int) -> Change:
    swap = variant.left.document != pages[against].document.id
    touched = [(number + 1, line) for number in (against, place) for line in _touched(variant, pages[number])]
    return Change(differences(variant, swap=swap), tuple(touched), _part(variant, pages))


def _part(variant: Variant, pages: Sequence[Article]) -> Role | None:
    """The part of the page in which the words lie that one of two versions, or both, have there."""
    side = variant.left if variant.left.exact else variant.right
    labels = next((page.labels for page in pages if page.document.id == side.document), ())
    return next((label.role for label in labels if label.start <= side.start < label.end), None)


def _furniture(one: Article, other: Article) -> int:
    """How many lines of furniture one of two versions has alone."""
    mine, theirs = (
        Counter(
            " ".join(page.document.text[each.start : each.end].split())
            for each in page.labels
            if each.role == "furniture"
        )
        for page in (one, other)
    )
    return ((mine - theirs) + (theirs - mine)).total()


def _touched(variant: Variant, page: Article) -> Iterator[Line]:
    """Statements of the page with words in a place that differs."""
    own = variant.left if variant.left.document == page.document.id else variant.right
    spans = [edit.left if own is variant.left else edit.right for edit in variant.edits]
    places = [(own.start + start, own.start + end) for start, end in spans if start < end]
    for line in page.lines:
        pieces = (*line.statement.content, *line.statement.source, *line.statement.cue)
        if any(start < piece.end and piece.start < end for piece in pieces for start, end in places):
            yield line
