"""What docs/attribution-guidelines.md asks of the spans: faults (never right) and doubts (worth a second look)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from corpus_brackets import Attribution, Page, Piece, within

_SHOWN, _BEFORE = 60, 20
"""Characters shown of a place, and looked at before a cue."""
_OPEN, _CLOSED = "“„«‹「《‘", "”»›」》"
_ABBREVIATED = re.compile(r"(\b[A-Z]|\b[ap]\.m|\b(?:Inc|Jr|Sr|Co|Corp|Ltd|Rs|No|etc))\.$")
_LEFT_OUT = re.compile(r"\b(?:that|whether) $")
_DETERMINER = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y|Mr\.?|Mrs\.?|Ms\.?|Dr\.?) $")
_PRONOUN = re.compile(r"(?:he|she|it|they|we|you|I)\b")
_AUXILIARY = re.compile(
    r"(?:\b(?:has|have|had|is|are|was|were|did|do|does|not|never|will|would|could|can|may|might|must|should|been|being)"
    r"|n[’']t) $"
)
_NO_AUXILIARY = re.compile(r"did was $|\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur|[Tt]he|[’']s) (?:last |own )?will $")
_ADVERB = r"(?:also|later|then|now|already|still|just|once|twice|privately|publicly|again|earlier)"
_EDGE_ADVERB = re.compile(rf"^{_ADVERB}\b|\b{_ADVERB}$")
_PARTICLE = re.compile(r" (?:out|up|back|down|off)\b")
_REQUEST = re.compile(
    r"\b(?:urg|ask|beg|implor|exhort|enjoin|invit|advis|encourag|order|direct|instruct|challeng|dar|press|oblig)(?:e|ed|ing|s|es|ged|ging)?$"
    r"|\bcall(?:s|ed|ing)? (?:up)?on$"
)
_OBJECT = re.compile(r" (?!to\b|with\b|in\b|on\b|at\b|by\b|for\b|aloud\b)[^\n.;:,“\"«]{1,90} $")
_ACCUSED = re.compile(r"\b(?:accus|blam|criticis|criticiz|prais|describ|dismiss|brand|label|liken|compar)\w+$")
_OWN_PREPOSITION = re.compile(
    r"\b(?:ask|call|appeal|warn|caution|complain|speak|spoke|hint|hop|plead)(?:s|ed|ing|es|e|d)?$"
)
_PREPOSITION = re.compile(r"(?:of|for|about|against|on|at) ")
_LONG_QUOTATION = re.compile(r"[“„«‹「]([^“”„«»‹›「」\n]{12,}?)[”“»›」]|(?<![\w.,?!])\"(\w[^\"\n]{12,}?)\"")
_ACCORDING = re.compile(r"\b[Aa]ccording to (?!plan|schedule|season)[^.\n]{1,40}")
_QUESTION = re.compile(
    r"\b(?:[Aa]sked|[Pp]ressed on|wondered|[Aa]sks)(?: \w+){0,4} (?:whether|if|why|what|who|how)\b[^.\n]{0,40}"
)
_SAYING = re.compile(
    r"\b(?:said|says|told|announced|claimed|insisted|argued|replied|warned|wrote|denied|admitted|added|noted|declared)"
    r"(?: \w+){0,2} that\b[^.\n]{0,40}"
)
_SENTENCES = re.compile(r"[a-z]{3}[.!?] [A-Z]")
_WORDS_OF_A_LONG_QUOTATION = 7
_TAKES_A_PREPOSITION = re.compile(
    r"\b(?:object|differ|disagree|insist|confess|admitt?|plead|counsel|advis|quarrel)(?:s|e|es|ed|led|ing|ling)?$"
)
_ITS_PREPOSITION = re.compile(r"(?:on|over|against|about) |to (?:\w+ing|an?|the|his|her|its|their)\b")
_CONFESSED = re.compile(r"\b(?:admit(?:s|ted|ting)?|confess(?:es|ed|ing)?)$")
_APPEALED_TO = re.compile(r"\bappeal(?:s|ed|ing)? to$")
_TOLD = re.compile(
    r"\b(?:was|were|is|are|been|being)(?: \w+ly| not| never| also| then| twice| once)?"
    r" (?:told|asked|advised|ordered|warned|informed|reminded|urged|invited|instructed|assured)$"
)
_TO_THE_CUE = re.compile(r"(?:,? who(?:m)?)? ")
_ADDRESSEE = re.compile(r"to (?:the|an?|his|her|its|their|all|both|every|[A-Z])\b[^.;\n]*? to \w+")
_BESIDE = re.compile(r", (?:who|whom|whose|which)\b")
_REFUSED = re.compile(r"\b(?:declin|refus)(?:e|es|ed|ing)$")
_TO_SAY = re.compile(r"to (?:say|tell|reveal|disclose|confirm|deny|explain)\b")


def faults(page: Page) -> Iterator[str]:
    """Every breach of a rule that has no exception, as ``rule: words``."""
    for one in page.attributions:
        for rule, piece in breaches(page, one):
            yield f"{rule}: {shown(page.text, piece)}"
    roles = Counter((one.content, one.cue, one.source) for one in page.attributions)
    yield from (f"twice the same: {shown(page.text, content[0])}" for (content, _, _), n in roles.items() if n > 1)


def shown(text: str, piece: Piece) -> str:
    """The words of a piece, cut short."""
    return " ".join(text[piece[0] : piece[1]].split())[:_SHOWN]


def breaches(page: Page, one: Attribution) -> Iterator[tuple[str, Piece]]:
    """The breached rules of one attribution with the piece that breaches each."""
    yield from (("half a word", piece) for piece in one.pieces if cuts_a_word(page.text, piece))
    yield from (("overlapping roles", piece) for piece in overlapping(one))
    yield from crossing(page, one)
    for piece in one.content:
        yield from content_breaches(page, one, piece)
    for piece in one.cue:
        yield from cue_breaches(page.text, piece)
    for piece in one.source:
        yield from source_breaches(page.text, piece)
    yield from object_breaches(page.text, one)
    yield from (("question mark left outside the content", piece) for piece in one.content[-1:] if asks(page.text, one))
    yield from (("who is told taken for the source", piece) for piece in one.source if is_told(page.text, one, piece))


def cuts_a_word(text: str, piece: Piece) -> bool:
    """Whether a piece begins or ends inside a word."""
    return any(0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum() for edge in piece)


def overlapping(one: Attribution) -> Iterator[Piece]:
    """Pieces of one attribution that overlap the piece before them."""
    yield from (right for left, right in pairwise(sorted(one.pieces)) if right[0] < left[1])


def crossing(page: Page, one: Attribution) -> Iterator[tuple[str, Piece]]:
    """Contents that leave the content in which their whole cue stands."""
    for other in page.attributions:
        if one.cue and other.number != one.number and all(within(piece, other.content) for piece in one.cue):
            yield from (("leaves the outer content", p) for p in one.content if not within(p, other.content))


def content_breaches(page: Page, one: Attribution, piece: Piece) -> Iterator[tuple[str, Piece]]:
    """Edges of a content: commas, stops, marks and conjunctions."""
    start, end = piece
    words, before, after = page.text[start:end], page.text[max(0, start - 12) : start], page.text[end : end + 1]
    if (words[0] in ",;:.–—" or words[-1] in ",;:–—") and not unclosed(words):
        yield "comma or dash at the edge of a content", piece
    if words[-1] == "." and not _ABBREVIATED.search(words) and not unclosed(words):
        yield "final stop inside a content", piece
    if piece == one.content[0] and _LEFT_OUT.search(before) and not of_the_outer(page, one):
        yield "conjunction left outside the content", piece
    if not inside_marks(page, one) and (before[-1:] in tuple(_OPEN) or (after in tuple(_CLOSED) and unclosed(words))):
        yield "quotation mark left outside the content", piece


def of_the_outer(page: Page, one: Attribution) -> bool:
    """Whether the conjunction before a content is an outer content's, as in *said that the ticket was promised*."""
    start, end = one.content[0]
    passive = bool(one.cue) and one.cue[0][0] == end + 1
    return passive and any(left < start and end < right for other in page.attributions for left, right in other.content)


def inside_marks(page: Page, one: Attribution) -> bool:
    """Whether the cue or source stands in a quotation with the content, so that the marks belong to more than it."""
    return one.level > 0 or bool(page.quoted[(one.cue or one.source)[0][0]])


def unclosed(words: str) -> bool:
    """Whether a mark opens in these words and does not close, as in careless type or at the end of a paragraph."""
    pairs = zip("“„«‹「‘", "”“»›」’", strict=True)
    odd = any(words.count(left) > words.count(right) for left, right in pairs) or words.count('"') % 2 == 1
    return odd or words[0] in "“„«»" or words.startswith(('""', ",,"))


def cue_breaches(text: str, piece: Piece) -> Iterator[tuple[str, Piece]]:
    """Edges of a cue: auxiliaries and particles in, adverbs and marks out."""
    start, end = piece
    words = text[start:end]
    before = text[max(0, start - _BEFORE) : start]
    if _AUXILIARY.search(before) and not _NO_AUXILIARY.search(before):
        yield "auxiliary or negation left outside the cue", piece
    if _EDGE_ADVERB.search(words):
        yield "adverb at the edge of a cue", piece
    if _PARTICLE.match(text, end):
        yield "particle left outside the cue", piece
    if words[-1] in ",;:." or "\n" in words:
        yield "mark inside a cue", piece


def source_breaches(text: str, piece: Piece) -> Iterator[tuple[str, Piece]]:
    """Edges of a source: determiner in, comma out."""
    start, end = piece
    words = text[start:end]
    if words[-1] in ",;:—" or "\n\n" in words:
        yield "mark at the edge of a source", piece
    if _DETERMINER.search(text[max(0, start - 8) : start]) and not _PRONOUN.match(words):
        yield "determiner left outside the source", piece
    if _BESIDE.search(words):
        yield "clause behind a comma inside the source", piece


def is_told(text: str, one: Attribution, piece: Piece) -> bool:
    """Whether a source is the subject of a passive cue: *[S1 He] [C1 was told]*."""
    told = bool(one.cue) and bool(_TOLD.search(text[one.cue[0][0] : one.cue[0][1]]))
    return told and bool(_TO_THE_CUE.fullmatch(text, piece[1], one.cue[0][0]))


def asks(text: str, one: Attribution) -> bool:
    """Whether a cue round its source asks and the mark stands behind: *[C1 Did] [S1 she] [C1 say] [Q1 so]?*."""
    turned = bool(one.source) and len(one.cue) > 1 and one.cue[0][1] <= one.source[0][0] < one.cue[-1][0]
    return turned and text.startswith("?", one.content[-1][1])


def object_breaches(text: str, one: Attribution) -> Iterator[tuple[str, Piece]]:
    """Objects of requests and judgements, and the verb's own preposition, on the wrong side of the edge."""
    if not one.cue:
        return
    piece, end = one.content[0], one.cue[-1][1]
    cue, gap, words = text[one.cue[-1][0] : end], text[end : piece[0]], text[piece[0] : piece[1]]
    infinitive = re.match(r"(?:not )?to ", words)
    if infinitive and _REQUEST.search(cue) and _OBJECT.fullmatch(gap):
        yield "object of the request left outside the content", piece
    if re.match(r"(?:of|as|to) ", words) and _ACCUSED.search(cue) and _OBJECT.fullmatch(gap):
        yield "object of the judgement left outside the content", piece
    if gap == " " and _OWN_PREPOSITION.search(cue) and _PREPOSITION.match(words):
        yield "preposition of the verb inside the content", piece
    if _APPEALED_TO.search(cue) and infinitive:
        yield "preposition of the addressee inside the cue", piece
    if re.search(r"\bappeal(?:s|ed|ing)?$", cue) and gap == " " and _ADDRESSEE.match(words):
        yield "addressee inside the content", piece


def doubts(page: Page) -> Iterator[str]:
    """What may be a missed attribution or a wrong edge, as ``rule: words``."""
    contents = tuple(piece for one in page.attributions for piece in one.content)
    marks = tuple(piece for one in page.attributions for piece in one.cue + one.source)
    for rule, pattern, pieces in (
        ("according", _ACCORDING, marks),
        ("question", _QUESTION, marks),
        ("saying", _SAYING, marks),
        ("quotation", _LONG_QUOTATION, contents),
    ):
        yield from (f"{rule}: {shown(page.text, p)}" for p in unbracketed_places(page.text, pattern, pieces))
    for one in page.attributions:
        yield from (f"sentences: {shown(page.text, p)}" for p in one.content if runs_on(page, one, p))
        yield from (f"marks: {shown(page.text, p)}" for p in one.content if odd_marks(page.text[p[0] : p[1]]))
        yield from (f"edge: {shown(page.text, p)}" for p in one.cue[-1:] if odd_edge(page.text, one))


def unbracketed_places(text: str, pattern: re.Pattern[str], pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """Places where a pattern begins outside all pieces; quotations must have some words."""
    for match in pattern.finditer(text):
        long = pattern is not _LONG_QUOTATION or len(match.group().split()) >= _WORDS_OF_A_LONG_QUOTATION
        if long and not any(start <= match.start() + 1 < end for start, end in pieces):
            yield match.span()


def runs_on(page: Page, one: Attribution, piece: Piece) -> bool:
    """Whether an indirect content with a cue holds several sentences of one paragraph."""
    words = page.text[piece[0] : piece[1]]
    plain = "\n" not in words and not any(page.quoted[piece[0] : piece[1]])
    return bool(one.cue) and plain and bool(_SENTENCES.search(words))


def odd_edge(text: str, one: Attribution) -> bool:
    """Whether a cue leaves out its preposition, its *no longer* or a refused *to say*, or takes in an *as*."""
    (start, end), content = one.cue[-1], text[one.content[0][0] : one.content[0][1]]
    cue, touches = text[start:end], one.content[0][0] == end + 1
    left_out = touches and bool(_TAKES_A_PREPOSITION.search(cue) and _ITS_PREPOSITION.match(content))
    left_out = left_out or (touches and bool(_CONFESSED.search(cue)) and content.startswith("to "))
    refused = touches and _REFUSED.search(cue) and _TO_SAY.match(content)
    as_alone = any(text[s:e].lower() == "as" for s, e in one.cue)
    return bool(left_out or refused or as_alone or text[: one.cue[0][0]].endswith("no longer "))


def odd_marks(words: str) -> bool:
    """Whether quotation marks do not pair inside a content."""
    return any(words.count(a) != words.count(b) for a, b in ("“”", "«»", "‹›", "「」")) or words.count('"') % 2 == 1
