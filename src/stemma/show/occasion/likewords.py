"""What says a thing in like words: elsewhere on the page of a statement, and on other pages by whomever and whenever.

The weakest of the ways in which words belong together: nothing here says that anybody took them from anybody, or meant
the same occasion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stemma.archive.views import Article, Line, Query, Utterance
from stemma.records import Evidence, Variant
from stemma.show import Answers
from stemma.show.lines import GAP, content
from stemma.show.transmission import witnesses
from stemma.show.transmission.apparatus import FAR
from stemma.show.wording import Piece, differences

if TYPE_CHECKING:
    from stemma.collate.occasion.likewords import LikeWords, Unit

#: So many are shown.
MOST_SHOWN = 8
#: So many sentences and short quotations of a page are looked at; a page of a newspaper has some tens.
MOST_UNITS = 2_000
#: So many questions are asked for pages that hold three of the telling words, and so many answers of each looked at.
MOST_QUESTIONS = 16
MOST_ANSWERS = 20
ASKED_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Echo:
    """A stretch of a statement's page, outside of the statement, that has much of its words."""

    exact: str
    start: int  #: of it on the page, in characters
    end: int
    words: int  #: telling words that both have
    score: float  #: 0 to 1; how much of both they are
    kinds: tuple[str, ...]  #: classes of difference, each once, in alphabetical order
    pieces: tuple[Piece, ...]  #: the statement's stretch beside it; empty where they are in too different an order
    part: str  #: role of the part of the page
    line: Line | None = None  #: the statement that it stands in; None: the page's own words, or not found to be said


@dataclass(frozen=True, slots=True)
class Alike:
    """A statement on another page in like words, whoever made it and whenever."""

    line: Line
    exact: str  #: its stretch
    words: int
    score: float
    reason: str
    basis: str = "like words"


def echoes(page: Article, line: Line) -> tuple[Echo, ...]:
    """What else of its page has the words of a statement, in order of the page; the likest where there are many."""
    from stemma.collate.occasion.likewords import IN_BRIEF, ON_ONE_PAGE, like_words, units  # noqa: PLC0415 - loads the aligner

    text, own = page.document.text, [(piece.start, piece.end) for piece in line.statement.content]
    words = GAP.join(content(line.statement))
    found: list[Echo] = []
    for unit in units(text, [(each.start, each.end, each.role) for each in page.labels])[:MOST_UNITS]:
        if any(unit.start < end and start < unit.end for start, end in own):
            continue
        alike = like_words(words, text[unit.start : unit.end], IN_BRIEF if unit.is_brief else ON_ONE_PAGE)
        if alike:
            found.append(_echo(page, unit, words, alike))
    likest = sorted(_apart(found), key=lambda each: (-each.words, -each.score, each.start))[:MOST_SHOWN]
    return tuple(sorted(likest, key=lambda each: each.start))


def _echo(page: Article, unit: Unit, words: str, alike: LikeWords) -> Echo:
    from stemma.collate.table import changes, likeness  # noqa: PLC0415 - loads the aligner; verbs that compare nothing start without it

    start, end = (unit.start + place for place in alike.right)
    own, exact = words[slice(*alike.left)], page.document.text[start:end]
    edits = changes(own, exact)
    sides = (Evidence(document=page.document.id, start=0, end=len(text), exact=text) for text in (own, exact))
    near = likeness(own, exact) >= FAR
    pieces = differences(Variant(left=next(sides), right=next(sides), edits=edits)) if near else ()
    kinds = tuple(sorted({each.kind for each in edits}))
    part = next((each.role for each in page.labels if each.start <= start < each.end), "body")
    return Echo(exact, start, end, alike.words, alike.score, kinds, pieces, part, _said_in(page, start))


def _said_in(page: Article, start: int) -> Line | None:
    """The innermost statement in whose content a stretch begins."""
    holders = [
        line for line in page.lines
        if any(piece.start <= start < piece.end for piece in line.statement.content)
    ]  # fmt: skip
    return max(holders, key=lambda each: each.statement.depth, default=None)


def _apart(found: Sequence[Echo]) -> Iterator[Echo]:
    """The echoes without those that lie in another one: a short quotation within a sentence."""
    for each in found:
        if not any(other is not each and other.start <= each.start and each.end <= other.end for other in found):
            yield each


def alike(archive: Answers, view: Utterance, known: Sequence[Line] = ()) -> tuple[Alike, ...]:
    """Statements on other pages in the words of an utterance's first witness, the likest first; one of an utterance.

    ``known``: statements that are told already; what holds one of them, or lies in it, is left out. Where one statement
    reports another the inner one is taken.
    """
    from stemma.collate.occasion.likewords import clause  # noqa: PLC0415 - loads the aligner; verbs that compare nothing start without it

    base = view.lines[0]
    own = {line.statement.document for line in witnesses(view)}
    found: list[Alike] = []
    for line in sorted(_holding_some(archive, _words(base)), key=lambda each: -each.statement.depth):
        if line.statement.document in own or any(_meets(line, each) for each in (*known, *(a.line for a in found))):
            continue
        if told := _likeness(base, line):
            like, theirs, reason = told
            found.append(Alike(line, theirs[slice(*clause(theirs, like.right))], like.words, like.score, reason))
    likest = sorted(found, key=lambda each: (-each.words, -each.score, each.line.statement.id))
    first = {each.line.utterance or each.line.statement.id: each for each in reversed(likest)}
    return tuple(each for each in likest if each in first.values())[:MOST_SHOWN]


def _words(line: Line) -> str:
    return GAP.join(content(line.statement))


def _likeness(first: Line, line: Line) -> tuple[LikeWords, str, str] | None:
    """How a statement is like another one, the part of that one which is, and the reason; None: not enough."""
    from stemma.collate.occasion.likewords import OF_ONE_SPEAKER, ON_TWO_PAGES, likest, parts_of  # noqa: PLC0415 - loads the aligner; verbs that compare nothing start without it

    is_one = _is_one_speaker(first, line)
    whose = "same speaker; " if is_one else ""
    parts = parts_of(_told(first)), parts_of(_told(line))
    if found := likest(*parts, OF_ONE_SPEAKER if is_one else ON_TWO_PAGES):
        like, _, theirs = found
        return like, theirs, f"{whose}shares {like.words} telling words, {like.score:.0%} of those of both stretches"
    if again := _requoted(first, line):
        told = f"quoted in both; shares {again.words} telling words, {again.score:.0%} of the quotation's"
        return again, _words(line), whose + told
    return None


def _told(line: Line) -> str:
    """A statement's words; of a report with the words that report it: who "praised the pilots" said more than that."""
    said = line.statement
    if said.kind != "indirect" or not said.cue or said.cue[0].start > said.content[0].start:
        return _words(line)
    return f"{said.cue[0].exact} {_words(line)}"


def _is_one_speaker(one: Line, other: Line) -> bool:
    mine, theirs = ({who.entity for who in line.speakers if who.entity} for line in (one, other))
    return not mine.isdisjoint(theirs)


def _requoted(one: Line, other: Line) -> LikeWords | None:
    """Whether either statement quotes the other again, where one speaks in both or both name something in common."""
    from stemma.collate.occasion.requoted import named, requoted  # noqa: PLC0415 - loads the aligner; verbs that compare nothing start without it

    mine, theirs = _words(one), _words(other)
    if not (quoted := _quoted(one)) or not (answering := _quoted(other)):
        return None
    if not _is_one_speaker(one, other) and named(mine).isdisjoint(named(theirs)):
        return None
    if like := requoted(mine, theirs, answering):
        return like
    turned = requoted(theirs, mine, quoted)
    return turned._replace(left=turned.right, right=turned.left) if turned else None


def _quoted(line: Line) -> list[tuple[int, int]]:
    """What of a statement's words stands in quotation marks, or is the speaker's own for another reason."""
    from stemma.collate.occasion.requoted import quotations  # noqa: PLC0415 - loads the aligner; verbs that compare nothing start without it

    words = _words(line)
    match line.statement.kind:
        case "indirect":
            return []
        case "mixed":
            return quotations(words)
        case _:
            return [(0, len(words))]


def _meets(one: Line, other: Line) -> bool:
    """Whether two statements have words of one page in common."""
    return one.statement.document == other.statement.document and any(
        mine.start < theirs.end and theirs.start < mine.end
        for mine in one.statement.content
        for theirs in other.statement.content
    )


def _holding_some(archive: Answers, words: str) -> list[Line]:
    """Statements that hold three telling words of a text near each other, in any order and inflection, by ids."""
    from stemma.collate.occasion.matter import matter  # noqa: PLC0415 - loads the aligner; verbs that compare nothing start without it

    stems = list(dict.fromkeys(word.stem for word in matter(words) if word.stem.isalnum()))
    near = range(len(stems) - ASKED_TOGETHER + 1)
    rows = [stems[place : place + ASKED_TOGETHER] for place in near]
    if len(rows) < MOST_QUESTIONS:  # a short quotation: one word in four may be another there
        rows += [[*stems[place : place + 2], stems[place + 3]] for place in near[:-1]]
        rows += [[stems[place], *stems[place + 2 : place + 4]] for place in near[:-1]]
    step = max(1, -(-len(rows) // MOST_QUESTIONS))
    asked = (Query(words=" ".join(f"{stem}*" for stem in row), limit=MOST_ANSWERS) for row in rows[::step])
    found = {line.statement.id: line for query in asked for line in archive.find(query)}
    return [found[each] for each in sorted(found)]
