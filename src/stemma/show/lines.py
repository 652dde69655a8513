"""The statement line, the same everywhere: speaker, verb, "words", carrier <- source, date.

A statement is somebody's, never ours: it is printed with who is said to have said it, who carried it and when,
and what is not known is written as not known. Words that are no quotation get no quotation marks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from stemma.archive.answers.lines import WITHHELD
from stemma.archive.views import Article, Hop, Line
from stemma.records import ANALYSED, QUOTED, REPEATED, REPEATED_TITLE, Field, Label, Polarity, Run, Statement
from stemma.show.plain import one_line, shortened
from stemma.text.words import fold, words

NO_SPEAKER = "speaker not identified"
NO_OUTLET = "outlet not known"
NO_DATE = "date not known"
NO_TITLE = "title not known"
ON_PAGE = "as the page words it"  #: in place of a source that names somebody who is not to be named
GAP = " … "  #: between the pieces of a statement that its reporting words interrupt
QUOTATION = 300  #: characters of a statement shown in lists: a customary length of a fair quotation

NOT_ANALYSED = "language not analysed"
_EXTENT = {
    "quotations": "Direct quotations whose speaker stands beside them are looked for, and nothing else.",
    "nothing": "No statement is looked for in it.",
}
_FIRST_WORDS = 40  #: characters by which a part of a page is named

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_OPENING = "“„«「『‹‟"
_CLOSING = "”»」』›"
_STRAIGHT = '"'
_BOTH = "“‘«"
_MARKS = _OPENING + _CLOSING + _STRAIGHT
_VERBATIM = frozenset({"direct", "full-text", "transcript"})
_SINGLE = frozenset({("‘", "’"), ("'", "'")})
_LONGEST_CUE = 6  #: words; a longer cue is no verb any more
_LONGEST_WORDING = 60  #: characters of a cue, for the same reason
_LIKELY = 0.5  #: confidence from which shared wording is told in the line itself
_DATE_WORDS = 40  #: characters of the words that tell a day
_NAME = 120  #: characters of a name: the longest official titles of bodies stay whole


def run_name(run: Run) -> str:
    """Stage and version of a run, and what it notes beside: "annotate/3", "annotate/3 (statements: rules)"."""
    noted = ", ".join(f"{name}: {value}" for name, value in run.options)
    return f"{run.stage}/{run.version} ({noted})" if noted else f"{run.stage}/{run.version}"


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a statement line, neutralised for a screen; ``quoted``: whether ``words`` want quotation marks."""

    speaker: str
    provenance: tuple[str, ...]  #: "quoted by SARVA", "carried by Dorn Post", "2025-10-24"
    verb: str
    manner: str  #: how the words stand to the speaker: ", in the outlet's words", " (transcript)" or nothing
    words: tuple[str, ...]
    quoted: bool

    @property
    def head(self) -> str:
        """All that stands before the words."""
        return f"{self.speaker} ({', '.join(self.provenance)}) {self.verb}{self.manner}:"

    def body(self, left: str = '"', right: str = '"') -> str:
        """The words, each piece between the given marks where they are a quotation."""
        return GAP.join(f"{left}{piece}{right}" if self.quoted else piece for piece in self.words)


def parts(line: Line, limit: int | None = None) -> Parts:
    """The line's parts; ``limit`` bounds the characters of the words, ``None`` shows them all."""
    statement = line.statement
    return Parts(
        speaker=speaker(line),
        provenance=provenance(line),
        verb=verb(statement),
        manner=manner(statement),
        words=content(statement, limit),
        quoted=statement.kind in _VERBATIM,
    )


def tell(line: Line, limit: int | None = None) -> str:
    """The statement line as one line of plain text."""
    shown = parts(line, limit)
    return f"{shown.head} {shown.body()}"


def speaker(line: Line) -> str:
    """The names of the speakers, preferred forms; a joint statement has several."""
    return join_names([named(who.name) for who in line.speakers if who.name.strip()]) or NO_SPEAKER


def is_withheld(line: Line) -> bool:
    """Whether somebody speaks who is not to be named."""
    return any(who.name == WITHHELD for who in line.speakers)


def counted(number: int, noun: str) -> str:
    """A number and a noun in the plural, which loses its "s" for one."""
    return f"{number:,} {noun.removesuffix('s') if number == 1 else noun}"


def named(name: str) -> str:
    """A name on one line; one longer than any real name is cut."""
    return shortened(one_line(name), _NAME)


def join_names(names: Sequence[str]) -> str:
    """The names as "A", "A and B" or "A, B and C"; nothing for no name."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def outlet(line: Line) -> str:
    """The carrier, or that it is not known."""
    return named(line.outlet or "") or NO_OUTLET


def day(instant: str | None) -> str:
    """The day of an ISO day or instant, or that it is not known."""
    return one_line(instant or "")[:10] or NO_DATE


@dataclass(frozen=True, slots=True)
class Said:
    """When words were said: the day where the page tells it, its bounds, the words that tell them, and how."""

    day: str | None
    earliest: str | None  #: ISO day; None: not bounded
    latest: str | None
    words: str | None  #: as they stand in the page; None: no words of it
    basis: str  #: "" where nothing is known


def said_of(line: Line) -> Said:
    """When the words were said, as far as the page tells it; the day of publication is the latest, never the day."""
    said = line.statement
    words = one_line(said.said_words.exact) if said.said_words else None
    if said.said:
        return Said(said.said, said.said, said.said, words, one_line(said.said_basis))
    published = day(line.published) if line.published else None
    if said.earliest or said.latest:
        latest = min(filter(None, (said.latest, published)), default=None)
        return Said(None, said.earliest, latest, words, one_line(said.said_basis))
    return Said(None, None, published, None, "the day of publication: no later" if published else "")


def said_on(line: Line) -> str:
    """When the words were said, on one line: that day and the words that tell it, or within which bounds."""
    said = said_of(line)
    beside = f' ("{shortened(said.words, _DATE_WORDS)}")' if said.words else ""
    if said.day:
        return f"said {one_line(said.day)}{beside}"
    if said.earliest:
        return f"said between {said.earliest} and {said.latest or 'an unknown day'}{beside}"
    return f"said by {said.latest}{beside}" if said.latest else "day not known"


def either(line: Line) -> str:
    """Between whom it is left open who speaks: "Holt or Varga"; nothing where it is not."""
    return " or ".join(named(who.name) for who in line.rivals)


def long_date(instant: str | None) -> str:
    """An ISO date in words, "24 October 2025", as far as it goes."""
    found = _DATE.match(instant or "")
    if not found:
        return one_line(instant or "") or NO_DATE
    year, month, day = found.groups()
    if month and not 1 <= int(month) <= len(_MONTHS):
        return found.group()
    named = month and _MONTHS[int(month) - 1]
    return " ".join(part for part in (day and str(int(day)), named, year) if part)


def provenance(line: Line) -> tuple[str, ...]:
    """Who stands between the speaker and the reader, farthest from the carrier first, and the carrier's day."""
    middle = between(line)
    hops = [f"perhaps {either(line)}"] if line.rivals and not line.speakers else []
    hops += [_via(hop, farthest=hop is middle[-1]) for hop in reversed(middle)]
    if not line.outlet:
        hops.append(NO_OUTLET)
    elif not any(same_body(line.outlet, who.name) for who in line.speakers):
        hops.append(f"carried by {outlet(line)}")
    return (*hops, day(line.published))


def _via(hop: Hop, *, farthest: bool) -> str:
    """A hop that rests on shared wording alone is never worded as if the page named it."""
    if hop.kind == "reused":
        return f"similar wording in {named(hop.name)}"
    return f"{'quoted' if farthest else 'cited'} by {named(hop.name)}"


def path(line: Line) -> list[Hop]:
    """The hops from the carrier to the speaker, in order.

    Shared wording links two documents, not what one of them cites: it is a way of its own, and stands here only
    where the page names nobody and the likeness is more likely than not to mean something.
    """
    worded = [hop for hop in line.chain if hop.kind != "reused"]
    return worded or [hop for hop in line.chain if hop.confidence >= _LIKELY][:1]


def between(line: Line) -> list[Hop]:
    """The hops of the path that are neither the carrier nor a speaker, nearest to the carrier first."""
    ends = [*(who.name for who in line.speakers), line.outlet or ""]
    return [hop for hop in path(line) if not any(same_body(hop.name, end) for end in ends)]


def same_body(left: str, right: str) -> bool:
    """Whether two names are alike, or one is the initials of the other: "SCNA", "Sonbaek Central News Agency"."""
    if fold(left) == fold(right):
        return True
    short, long = sorted((left.strip(), right.strip()), key=len)
    initials = "".join(word[0] for word in long.split() if word[0].isupper())
    return len(short) > 1 and short.isupper() and short == initials


# The verb


@lru_cache(maxsize=1)
def _verbs() -> dict[str, frozenset[str]]:
    entries = tomllib.loads((files("stemma.show") / "verbs.toml").read_text(encoding="utf-8"))
    return {name: frozenset(value.split()) for name, value in entries.items()}


def verb(statement: Statement) -> str:
    """The reporting words as worded where they are a finite verb, else "said"; what was not said is never asserted.

    A participle that reports is told beside "said".
    """
    cue = _cue(statement)
    tokens = cue.lower().replace("n't", " not").split()
    short = 0 < len(tokens) <= _LONGEST_CUE and len(cue) <= _LONGEST_WORDING
    finite = short and _is_finite(tokens, plural=_is_plural(statement))
    if tokens[-1:] == ["told"] or tokens[-1:] == ["tells"]:  # wants the one who was told
        cue = f"{cue} {named(statement.addressee.exact)}" if statement.addressee else "said"
    if statement.polarity != "affirmed":
        return _unsaid(statement.polarity, cue, tokens if short else [], finite=finite)
    if short and tokens[0].endswith("ing") and tokens[0] != "according" and statement.kind in {"indirect", "mixed"}:
        return f"said (\u201c{cue}\u201d)"  # "terming it a success": without the cue its words hang in the air
    return cue if finite else "said"


#: What stands in place of reporting words that are no finite verb, where the saying is not plainly told.
_UNSAID = {
    "negated": "did not say", "denied": "denied", "hypothetical": "would say", "future": "is yet to say",
    "question": "asked", "request": "asked for",
}  # fmt: skip


def _unsaid(polarity: Polarity, cue: str, tokens: list[str], *, finite: bool) -> str:
    """Reporting words of what was not plainly said: as worded where they show that, else in words of our own."""
    verbs = _verbs()
    match polarity:
        case "hypothetical":
            shows = finite and tokens[0] in verbs["modal"]
        case "negated" | "denied":
            shows = finite and bool(verbs["negation"] & set(tokens))
        case "future":
            shows = bool(tokens) and bool((verbs["modal"] | {"expected", "due", "set", "going", "to"}) & set(tokens))
        case _:
            shows = finite and tokens[0] not in {"said", "says"}
    return cue[:1].lower() + cue[1:] if shows else _UNSAID.get(polarity, "said")


def _cue(statement: Statement) -> str:
    """The cue's words without the marks around them and without the "that" which belongs to indirect speech."""
    worded = one_line(" ".join(piece.exact for piece in statement.cue)).strip(f"{_MARKS} ,:;—–-")
    return worded.removesuffix(" that")


def _is_plural(statement: Statement) -> bool:
    """Whether the source as worded takes a verb without "s": several pieces, "they", "analysts"."""
    last = statement.source[-1].exact.lower().split()[-1:] if statement.source else []
    ends_plural = any(word == "they" or (word.isalpha() and word.endswith("s")) for word in last)
    return len(statement.source) > 1 or ends_plural


def _is_finite(tokens: Sequence[str], *, plural: bool) -> bool:
    """Whether the cue opens with a finite verb, adverbs aside; a lone auxiliary is none."""
    verbs = _verbs()
    rest = [token for token in tokens if token not in verbs["adverb"]]
    if not rest:
        return False
    if rest[0] in verbs["passive"]:  # "was quoted", "is warning"; of "was asked" somebody else is the speaker
        return len(rest) > 1 and (rest[1] in verbs["reported"] or rest[1].endswith("ing"))
    if rest[0] in verbs["auxiliary"] | verbs["modal"]:
        return len(rest) > 1
    return rest[0] in verbs["past"] | verbs["present"] or (plural and f"{rest[0]}s" in verbs["present"])


def manner(statement: Statement) -> str:
    """How the words stand to the speaker: whose wording they are, and whether they were said at all."""
    unsaid = " (not reported as said)" if statement.polarity in {"hypothetical", "future"} else ""
    match statement.kind:
        case "direct":
            return unsaid
        case "transcript":
            return f"{unsaid} (transcript)"
        case "full-text":
            return f"{unsaid} (full text, {_count_words(statement):,} words)"
        case _:
            return f"{unsaid}, in the outlet's words"


def _count_words(statement: Statement) -> int:
    return sum(len(words(piece.exact)) for piece in statement.content)


# The words


def content(statement: Statement, limit: int | None = None) -> tuple[str, ...]:
    """The pieces of what was said, each on one line, quotations without their outer marks, cut at ``limit``."""
    return tuple(_within(_pieces(statement, limit), limit))


def _pieces(statement: Statement, limit: int | None) -> Iterator[str]:
    verbatim = statement.kind in _VERBATIM
    for piece in statement.content:
        head = piece.exact if limit is None else piece.exact[: 2 * limit + 2]
        worded = one_line(head).removeprefix("that ").removeprefix("что ")
        yield unmark(worded) if verbatim else worded


def _within(pieces: Iterator[str], limit: int | None) -> Iterator[str]:
    """The pieces until the limit is used up; the last one shows that something was cut."""
    left = limit
    for piece in pieces:
        if left is None:
            yield piece
            continue
        yield shortened(piece, max(left, 1))
        left -= len(piece)
        if left <= 0:
            return


def unmark(words: str) -> str:
    """The quotation without its own outer marks; marks that belong to a quotation inside it are kept."""
    if len(words) > 2 and (words[0], words[-1]) in _SINGLE:
        return words[1:-1].strip()
    turns = [(at, _turn(words, at)) for at, character in enumerate(words) if character in _MARKS]
    opened = bool(turns) and turns[0] == (0, 1) and not _returns(turns, len(words) - 1)
    closing = sum(turn for _, turn in turns) - opened < 0 and turns[-1] == (len(words) - 1, -1)
    return words[opened : len(words) - closing].strip() or words


def _turn(words: str, at: int) -> int:
    """1 for a mark that opens, -1 for one that closes; a straight one opens where a blank or nothing precedes it."""
    if words[at] == _STRAIGHT:
        return 1 if at == 0 or words[at - 1] in " ([—–" else -1
    if words[at] in _BOTH and at > 0 and words[at - 1].isalnum() | (words[at - 1] in ".,!?…"):
        return -1  # German and Russian close with the mark that opens in English
    return 1 if words[at] in _OPENING else -1


def _returns(turns: Sequence[tuple[int, int]], last: int) -> bool:
    """Whether the first mark is closed before the last character."""
    depth = 0
    for at, turn in turns:
        depth += turn
        if depth == 0:
            return at < last
    return False


def analysis_notes(view: Article) -> list[str]:
    """How far a page is read that is not in a language which is analysed, a sentence or two for each such language."""
    return [_analysis_note(field) for field in view.fields if field.name == "analysis"]


def _analysis_note(field: Field) -> str:
    tag, _, extent = field.value.partition(" ")
    where = "This page"
    if field.basis == "block" and (piece := field.evidence):
        where = f"The part that begins \u201c{shortened(one_line(piece.exact), _FIRST_WORDS)}\u201d"
    return f"{where} is in {language_name(tag)}: {NOT_ANALYSED}. {_EXTENT.get(extent, '')}".rstrip()


def language_name(tag: str) -> str:
    """The name of a language beside its tag; the tag alone where the name is not known."""
    name = _language_names().get(_short(tag))
    return f"{name} ({tag})" if name else tag


def _short(tag: str) -> str:
    """The language of a tag, without script and region."""
    return tag.partition("-")[0].lower()


@lru_cache(maxsize=1)
def _language_names() -> dict[str, str]:
    text = files("stemma.show").joinpath("languages.toml").read_text("utf-8")
    names: dict[str, str] = tomllib.loads(text)["names"]
    return names


def repeated_told(labels: Iterable[Label]) -> str:
    """How many lines of furniture are furniture because other pages have them; "" for none."""
    number = sum(label.reason in {REPEATED, REPEATED_TITLE} for label in labels)
    return f"{counted(number, 'lines')} of it {'is' if number == 1 else 'are'} {REPEATED}" if number else ""


def languages_told(counts: Sequence[tuple[str | None, int]]) -> str:
    """A sentence on the pages of an archive whose language is not analysed, by pages of each language; "" for none."""
    told = [(tag, count) for tag, count in counts if tag and _short(tag) not in ANALYSED]
    quoted = [each for each in told if _short(each[0]) in QUOTED]
    rest = [each for each in told if each not in quoted]
    parts = [
        f"{what} in {', '.join(f'{language_name(tag)} {count:,}' for tag, count in some)}"
        for what, some in (("direct quotations only", quoted), ("nothing is looked for", rest))
        if some
    ]
    number = counted(sum(count for _, count in told), "pages")
    return f"{NOT_ANALYSED.capitalize()} on {number}: {'; '.join(parts)}." if parts else ""
