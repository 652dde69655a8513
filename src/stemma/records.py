"""The nouns of Stemma: frozen values that point at the exact characters they came from.

Offsets are Unicode code points from 0, end exclusive. Days and instants are ISO 8601 strings, kept as
precise as the source states them ("2025-10-24", "2025-10-24T09:14:00Z"); ``None`` always means "the
input does not say". An id is a hash of what the record says about the world, never of how it was found:
``run``, ``confidence``, ``reason`` and ``basis`` lie outside it.
"""

from __future__ import annotations

import hashlib
from typing import ClassVar, Literal, NamedTuple, TypeVar

import msgspec

MediaType = Literal["text/html", "text/plain"]
Role = Literal["title", "byline", "dateline", "body", "caption", "turn", "furniture"]
#: ``agency``: whom the page credits its text to, where it does.
#: ``reservation``: what the page or its server reserves; its values are ``RESERVATIONS``.
#: ``analysis``: a language of the page that is not in ``ANALYSED``, and how far it is read all the same.
FieldName = Literal[
    "outlet", "agency", "published", "modified", "language", "original_url", "title", "reservation", "analysis",
]  # fmt: skip
#: "noarchive" (robots rules: show no stored copy) and "tdm" (TDMRep: rights of text and data mining are reserved).
RESERVATIONS = ("noarchive", "tdm")
#: Why a line that a page alone takes for its story, or for its title, is furniture: the reason of a Label that a Repeat
#: makes.
REPEATED = "repeated on pages of this outlet"
REPEATED_TITLE = "title " + REPEATED
#: Languages in which everything is looked for, and those of which direct quotations beside their speaker are found.
ANALYSED = ("en",)
QUOTED = ("ar", "de", "es", "fa", "fr", "ja", "ko", "ru", "zh")
MentionKind = Literal["person", "organization", "place", "outlet", "work"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
StatementKind = Literal["direct", "indirect", "mixed", "full-text", "transcript"]
#: What the reporting words make of the saying: done, not done, done by denying, open, yet to come, done by asking for
#: an answer or for a deed. All but "affirmed" are never shown as plain assertions.
Polarity = Literal["affirmed", "negated", "denied", "hypothetical", "future", "question", "request"]
RelayKind = Literal["cited", "carried", "reused"]
EditClass = Literal["number", "name", "negation", "quotation", "words", "sentence", "order", "spelling", "punctuation"]
Verdict = Literal["same", "different", "unsure"]
#: What a person may set right: of a statement (speaker, kind, said, content), of a document (outlet, published,
#: modified, language, title, label, redaction, address), of a label (role), of whatever is shown (access), of a
#: person's word (undone). docs/corrections.md tells the form of each value.
CorrectionField = Literal[
    "speaker", "kind", "said", "content", "outlet", "published", "modified", "language", "title", "label",
    "redaction", "address", "role", "access", "undone", "means",
]  # fmt: skip


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A span of one document and its words: ``exact == document.text[start:end]``, always."""

    document: str
    start: int
    end: int
    exact: str


class Record(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag=str.lower):
    """A frozen value with an id; a record built without one gives itself the hash of its identity."""

    letter: ClassVar[str] = "x"
    identity: ClassVar[tuple[str, ...]] = ()

    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            msgspec.structs.force_setattr(self, "id", identify(self))


class Snapshot(Record, frozen=True, kw_only=True):
    """One capture of one address at one instant; its bytes lie beside it under ``digest``.

    ``outlet`` and ``published`` are what the person who added it stated, ``None`` where nothing was stated.
    """

    letter: ClassVar[str] = "c"
    identity: ClassVar[tuple[str, ...]] = ("address", "fetched", "digest")

    url: str | None = None  #: address of the page
    origin: str  #: file name, or "archive.zip/inner/name": where the bytes were found
    fetched: str | None = None  #: stated capture time, ISO 8601
    media_type: MediaType
    digest: str  #: "sha256:" and 64 hexadecimal digits of the bytes
    size: int  #: bytes
    outlet: str | None = None
    published: str | None = None

    @property
    def address(self) -> str:
        """The url, or the origin of a page that has none."""
        return self.url or self.origin


class Document(Record, frozen=True, kw_only=True):
    """The text of a whole page, furniture included, as one version of the layout rules lays it out."""

    letter: ClassVar[str] = "d"
    identity: ClassVar[tuple[str, ...]] = ("snapshot", "layout")

    snapshot: str
    layout: str  #: name and version of the layout rules, e.g. "text/1"
    text: str
    run: str = ""


class Derived(Record, frozen=True, kw_only=True):
    """What a stage found in one document, with its run and how sure it is (0 to 1)."""

    document: str
    run: str = ""
    confidence: float = 1.0


class Label(Derived, frozen=True, kw_only=True):
    """The part that a stretch of the page plays; labels of one document never overlap."""

    letter: ClassVar[str] = "l"
    identity: ClassVar[tuple[str, ...]] = ("document", "start", "end", "role")

    start: int
    end: int
    role: Role
    reason: str = ""  #: the rule that chose the role


class Field(Derived, frozen=True, kw_only=True):
    """A fact about the page as a whole, with what it rests on."""

    letter: ClassVar[str] = "f"
    identity: ClassVar[tuple[str, ...]] = ("document", "name", "value", "basis")

    name: FieldName
    value: str
    basis: str  #: stated | meta | json-ld | time | dateline | header | stamp | url | layout | script | capture ...
    evidence: Evidence | None = None  #: None where the basis is not in the text of the page (meta, url, stated)


class Mention(Derived, frozen=True, kw_only=True):
    """A name as it stands in the text, or the words for somebody who speaks or carries without a name."""

    letter: ClassVar[str] = "m"
    identity: ClassVar[tuple[str, ...]] = ("document", "evidence", "kind")

    evidence: Evidence
    kind: MentionKind
    named: bool = True  #: False: a description of somebody whom the page does not name ("an official", "state media")
    role: str | None = None  #: the role as worded ("DPRK State Security Minister")
    reason: str = ""


class Reference(Derived, frozen=True, kw_only=True):
    """Who a stretch of text means within its document: "he" -> a mention.

    Every source of a statement whose speaker is known has one (``anaphor`` is the source's evidence, or
    the cue's where the source is not worded); several with one anaphor are a joint source. Where two or more are
    equally near, one Reference without an antecedent names them all.
    """

    letter: ClassVar[str] = "r"
    identity: ClassVar[tuple[str, ...]] = ("document", "anaphor", "antecedent")

    anaphor: Evidence
    antecedent: str  #: id of a Mention of the same document; "": left open between the rivals
    rivals: tuple[str, ...] = ()  #: ids of Mentions, the likeliest first
    reason: str = ""


class Time(Derived, frozen=True, kw_only=True):
    """A time expression with its TIMEX3 value; ``earliest``/``latest`` bound it by days where it is vague."""

    letter: ClassVar[str] = "t"
    identity: ClassVar[tuple[str, ...]] = ("document", "evidence", "type", "value")

    evidence: Evidence
    type: TimeType
    value: str  #: ISO 8601 / TIMEX3, e.g. "2025-10-24", "P3D", "XXXX-WXX-6"
    earliest: str | None = None
    latest: str | None = None
    anchor: str | None = None  #: the value it was reckoned from; None for an absolute one
    reason: str = ""


class Statement(Derived, frozen=True, kw_only=True):
    """Who said what: source, cue and content, each in as many pieces as the text breaks it into."""

    letter: ClassVar[str] = "s"
    identity: ClassVar[tuple[str, ...]] = ("document", "content", "depth")

    source: tuple[Evidence, ...] = ()  #: empty where the text names none
    cue: tuple[Evidence, ...] = ()  #: the reporting words
    content: tuple[Evidence, ...]
    kind: StatementKind
    polarity: Polarity = "affirmed"
    within: str | None = None  #: id of the statement that this one is quoted in
    depth: int = 0  #: how many statements stand around it
    addressee: Evidence | None = None
    occasion: Evidence | None = None
    place: Evidence | None = None
    said: str | None = None  #: the day, ISO, only where the text gives it
    said_words: Evidence | None = None  #: the words that tell the day or its bounds
    said_basis: str = ""  #: the rule by which they tell it; "" where nothing is told
    earliest: str | None = None  #: where words bound the day and do not tell it: the first that it can be, ISO
    latest: str | None = None  #: the last
    reason: str = ""


class Relay(Derived, frozen=True, kw_only=True):
    """One hop: whom a witness took the words from."""

    letter: ClassVar[str] = "y"
    identity: ClassVar[tuple[str, ...]] = ("document", "statement", "exemplar", "kind")

    statement: str | None = None  #: None: the whole document
    exemplar: str  #: id of a Mention (outlet or person) of the same document, or of another Document
    kind: RelayKind
    hop: int = 0  #: 0 is nearest to the carrier
    evidence: Evidence | None = None  #: the words that prove it; None for a reused one
    reason: str = ""


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """One place where two witnesses differ: offsets into each side's ``exact``, and the class of difference."""

    kind: EditClass
    left: tuple[int, int]
    right: tuple[int, int]


class Variant(Record, frozen=True, kw_only=True):
    """Two witnesses of one passage and where they differ; ``left.document < right.document``."""

    letter: ClassVar[str] = "v"
    identity: ClassVar[tuple[str, ...]] = ("left", "right")

    left: Evidence
    right: Evidence
    edits: tuple[Edit, ...] = ()
    similarity: float = 1.0  #: share of words kept, 0 to 1
    run: str = ""


class Repeat(Record, frozen=True, kw_only=True):
    """A line that stands in several different stories of one outlet: furniture where a story begins or ends with it.

    It has no words: they stand on the pages, where Labels name their places.
    """

    letter: ClassVar[str] = "q"
    identity: ClassVar[tuple[str, ...]] = ("outlet", "line")

    outlet: str
    line: str  #: hash of the line, its letter case, digits and blanks folded
    run: str = ""


class Judgement(Record, frozen=True, kw_only=True):
    """Whether two mentions mean the same one, by a comparer or a person; the newest of a person outranks.

    A person's judgement names no run; it says when it was made.
    """

    letter: ClassVar[str] = "j"
    identity: ClassVar[tuple[str, ...]] = ("left", "right", "verdict", "by", "at")

    left: str  #: id of a Mention, left < right
    right: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...] = ()
    by: str  #: name and version of the comparer, or a person
    at: str | None = None  #: ISO 8601 instant of a person's judgement; None: a comparer's
    run: str = ""


class Correction(Record, frozen=True, kw_only=True):
    """A person's word on a record: it outranks what was derived, is never changed, and can be undone by another one.

    Withdrawals and redactions are corrections too: of the fields ``access`` and ``redaction``.
    """

    letter: ClassVar[str] = "k"
    identity: ClassVar[tuple[str, ...]] = ("about", "field", "value", "by", "at")

    about: str  #: id of the record; of an entity view for its ``access``; of a mention for its spelling in the page
    field: CorrectionField
    value: str  #: "" means unknown
    by: str
    at: str  #: ISO 8601 instant
    reason: str = ""


class Problem(Record, frozen=True, kw_only=True):
    """Bad input, told: what, where, why, and what to do."""

    letter: ClassVar[str] = "p"
    identity: ClassVar[tuple[str, ...]] = ("stage", "about", "message")

    stage: str  #: the room: collect, read, annotate ...
    about: str  #: a record id, a file name or a key
    message: str  #: one or two sentences: why, and the way out
    run: str = ""


class Run(Record, frozen=True, kw_only=True):
    """One stage in one version with its options: what a derived record was made by."""

    letter: ClassVar[str] = "u"
    identity: ClassVar[tuple[str, ...]] = ("stage", "version", "options")

    stage: str
    version: str
    options: tuple[tuple[str, str], ...] = ()


AnyRecord = (
    Snapshot | Document | Label | Field | Mention | Reference | Time | Statement
    | Relay | Variant | Repeat | Judgement | Correction | Problem | Run
)  # fmt: skip


class Exchange(NamedTuple):
    """What went over the wire for a capture, without the body: both heads as they were sent, and to which address."""

    request: bytes  #: request line and headers, ended by an empty line; empty where they were not kept
    response: bytes  #: status line and headers, ended by an empty line
    address: str | None = None  #: IP address of the server; None: not known


class Capture(NamedTuple):
    """A snapshot and its bytes (any content encoding undone); ``exchange`` is None where no server was asked."""

    snapshot: Snapshot
    payload: bytes
    exchange: Exchange | None = None


class Page(NamedTuple):
    """What the rooms after ``read`` get of one page; labels in order of ``start``."""

    document: Document
    labels: tuple[Label, ...]
    fields: tuple[Field, ...]


class Passage(NamedTuple):
    """A stretch of a page that may travel: a run of its body; what two of them share is found within."""

    evidence: Evidence
    outlet: str | None = None  #: the page's outlet; None: unknown


class Witness(NamedTuple):
    """What the tracing of a transmission needs to know of one document."""

    document: str
    outlet: str | None
    published: str | None  #: ISO day or instant; None: unknown
    cited: tuple[str, ...] = ()  #: names of the outlets and persons it cites
    size: int = 0  #: words of its body
    page: str = ""  #: the address that it was captured at; captures of one are versions of one witness. Empty: unknown


class Stated(NamedTuple):
    """What the person who adds pages says of them; None where nothing is said."""

    url: str | None = None
    fetched: str | None = None
    published: str | None = None
    outlet: str | None = None


R = TypeVar("R", bound="Record")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"  # base 32 of RFC 4648, lower case
#: Two digits for each ten bits: twice as fast as the library's encoder, which every record would pay for.
_DIGITS = [left + right for left in _ALPHABET for right in _ALPHABET]
_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[AnyRecord] = msgspec.json.Decoder(AnyRecord)


def identify(record: Record) -> str:
    """Hash of the fields named in ``record.identity``: the kind's letter and 16 base-32 digits (80 bits)."""
    said = [
        value if (kind := type(value := getattr(record, name))) is str or kind is int else _plain(value)
        for name in record.identity
    ]
    n, two = int.from_bytes(hashlib.blake2b(_encoder.encode(said), digest_size=10).digest(), "big"), _DIGITS
    return (  # written out, for every record passes
        f"{record.letter}{two[n >> 70]}{two[n >> 60 & 1023]}{two[n >> 50 & 1023]}{two[n >> 40 & 1023]}"
        f"{two[n >> 30 & 1023]}{two[n >> 20 & 1023]}{two[n >> 10 & 1023]}{two[n & 1023]}"
    )


def _plain(value: object) -> object:
    """Evidence counts by its place alone: its words follow from it."""
    if type(value) is Evidence:  # no pattern matching here: every record passes
        return (value.document, value.start, value.end)
    return [_plain(part) for part in value] if type(value) is tuple else value


def encode(record: Record) -> bytes:
    """The record as one line of JSON (no line end); its kind stands in ``"record"``."""
    return _encoder.encode(record)


def decode(line: bytes | str) -> AnyRecord:
    """The record of a line of JSON. Raises ``msgspec.ValidationError`` for anything else."""
    return _decoder.decode(line)


def evidence(document: Document, start: int, end: int) -> Evidence:
    """The span and its words. Raises ``ValueError`` where it does not lie in the text."""
    if not 0 <= start <= end <= len(document.text):
        raise ValueError(f"span {start}-{end} is outside the {len(document.text)} characters of {document.id}")
    return Evidence(document=document.id, start=start, end=end, exact=document.text[start:end])


def with_run(record: R, run: str) -> R:
    """The same record, found by ``run``."""
    return msgspec.structs.replace(record, run=run)


def prose(page: Page, roles: tuple[Role, ...] = ("body", "turn")) -> list[Label]:
    """The stretches that people wrote to be read, in order; a stretch is a paragraph, a line or a speaker's turn."""
    return [label for label in page.labels if label.role in roles]
