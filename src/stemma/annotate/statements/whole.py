"""Statements that fill paragraphs: full texts from their announcement to the end mark, and speakers' turns."""

from __future__ import annotations

import re
from typing import NamedTuple

from stemma.annotate.statements.clauses import Draft
from stemma.annotate.statements.grammar.cues import lexicon
from stemma.annotate.statements.grammar.heads import main_subject
from stemma.annotate.statements.grammar.lines import Line, Span, bounds, line
from stemma.annotate.statements.grammar.phrases import subject_before, verb_group
from stemma.annotate.statements.quotes import pair

_NOUN = (
    r"(?:statement|declaration|address|speech|answer|message|letter|communiqu[eé]"
    r"|remarks|appeal|report|resolution|text|note|reply)"
)
_ANNOUNCES = re.compile(
    r"\bfull text\b[^.]{0,160}\b(?:as follows|follows|reads)\b|\btext of [^.]{0,120}\b(?:as follows|follows|reads)\b"
    rf"|\bthe following (?:\w+ ){{0,3}}{_NOUN}\b|\b{_NOUN} (?:reads|is|runs|said) (?:in full|as follows)\b",
    re.IGNORECASE,
)
#: The rule of a text of articles that several declared together.
ARTICLES = "articles"
#: "declared the following:" announces a text of articles where the next line is numbered or marked as an item.
_DECLARES = re.compile(
    r"\b(?:have |has )?(?:declare|agree|state|announc|resolve|decide|conclude|proclaim|adopt)(?:[sd]|e[sd]?)?\b"
    r"[^.:;]{0,60}\b(?:the following|as follows)\b[^.:;]{0,60}:$"
)
_ITEM = re.compile(r"\W{0,2}(?:\d{1,2}|[IVX]{1,4}|[a-z])[.)]\s|Article \d|[•*–—-]\s")
#: A text of articles ends before its signatures.
_SIGNATURES = re.compile(r"Done (?:in|at)\b|(?:Signed|For) [^\n]{0,80}:|Signed\b")
#: A line longer than this announces nothing.
_LONGEST_ANNOUNCEMENT = 700
_END = re.compile(r"\s*(?:-0-|###|\(END\)|- ?30 ?-|#\s#\s#|- ?ENDS ?-)\s*$")
_END_LINE = re.compile(
    r"\W*(?:ends?|more from .*|notes? (?:to|for) editors.*|contact:?.*|related .*|www\..*)\W*$", re.IGNORECASE
)
_ISSUES = re.compile(
    rf"\b(?:issued|issues|released|releases|made|made public|published|adopted|delivered|gave|sent|read out|put out)\b"
    rf"(?=[^.]{{0,60}}\b{_NOUN}\b)",
    re.IGNORECASE,
)
#: The announcing line and so many lines before it are looked at for the issuer.
_LINES_BEFORE = 3
_LABEL = re.compile(r"(?:[A-Z0-9][\w.'’\-]*(?:[ ,]+[\w.'’()\-/&]+){0,6}|[QA])\s{0,2}[:：]\s+(?=\S)")
_LONGEST_LABEL = 60
#: A page of plain paragraphs is a transcript if so many of them, and this share, begin with a speaker's name.
_FEWEST_TURNS = 4
_SHARE_OF_TURNS = 0.3


#: Labels of turns that need not come twice to be known as such.
_SIDES = frozenset(["Q", "A", "Question", "Answer"])
#: The rule of a quotation with a name under it.
SIGNED = "signed quote"
_SIGNATURE = re.compile(r"\s*[―—–-]{1,2}\s*(?P<name>[A-Z][^\n“”\"]{1,80}?)[\s.]*")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
#: "(Laughter.)" alone in its paragraph is nobody's words.
_STAGE = re.compile(r"\([^()\n]{0,80}\)\W*$")


class Whole(NamedTuple):
    """A statement of whole paragraphs, and the paragraphs it took (first, stop)."""

    draft: Draft
    first: int
    stop: int


def full_texts(text: str, paragraphs: list[Span]) -> list[Whole]:
    """What follows "The full text of the statement is as follows:", up to the end mark, said by the issuer."""
    found: list[Whole] = []
    at = 0
    while at < len(paragraphs):
        whole = _full_text(text, paragraphs, at)
        if whole:
            found.append(whole)
        at = whole.stop if whole else at + 1
    return found


def _full_text(text: str, paragraphs: list[Span], at: int) -> Whole | None:
    start, end = paragraphs[at]
    if end - start > _LONGEST_ANNOUNCEMENT or at + 1 >= len(paragraphs):
        return None
    if articles := _articles(text, paragraphs, at):
        return articles
    if text[end - 1] != ":" and text.find("follow", start, end) < 0:
        return None
    announced = next(reversed(list(_ANNOUNCES.finditer(text, start, end))), None)
    if not announced or (text[end - 1] != ":" and "follow" not in announced.group().lower()):
        return None
    content, stop = _until_end_mark(text, paragraphs, at + 1)
    if not content:
        return None
    source, sentence = _issuer(text, paragraphs, at)
    cue = (announced.start(), announced.end())
    return Whole(Draft(source, [cue], content, "full text", sentence, kind="full-text"), at + 1, stop)


def _articles(text: str, paragraphs: list[Span], at: int) -> Whole | None:
    """The numbered articles that two sides or a meeting declared, up to the signatures."""
    start, end = paragraphs[at]
    declares = _DECLARES.search(text, start, end) if text[end - 1] == ":" else None
    if not declares or not _ITEM.match(text, paragraphs[at + 1][0]):
        return None
    sentence = bounds(text, start, end, pair(text, start, end))[-1]
    words = line(text, sentence, [])
    subject = main_subject(words, len(words))
    content, stop = _until_end_mark(text, paragraphs, at + 1)
    source = [words.span(*subject)] if subject else []
    return Whole(Draft(source, [declares.span()], content, ARTICLES, sentence, kind="full-text"), at + 1, stop)


def _until_end_mark(text: str, paragraphs: list[Span], first: int) -> tuple[list[Span], int]:
    """The paragraphs of the full text; neighbours with only blanks between them are one piece."""
    pieces: list[Span] = []
    for n in range(first, len(paragraphs)):
        start, end = paragraphs[n]
        if _END_LINE.match(text, start, min(end, start + 80)) and end - start < 80:
            return pieces, n
        if pieces and _SIGNATURES.match(text, start, end):
            return pieces, n
        mark = _END.search(text, max(start, end - 12), end)
        stop = mark.start() if mark else end
        if stop > start:
            joins = pieces and not text[pieces[-1][1] : start].strip()
            pieces[-1:] = [(pieces[-1][0], stop)] if joins else [*pieces[-1:], (start, stop)]
        if mark:
            return pieces, n + 1
    return pieces, len(paragraphs)


def _issuer(text: str, paragraphs: list[Span], at: int) -> tuple[list[Span], Span]:
    """The subject of "issued a statement" in the announcing line or before it, and that sentence."""
    for start, end in reversed(paragraphs[max(0, at - _LINES_BEFORE) : at + 1]):
        if end - start > 2 * _LONGEST_ANNOUNCEMENT:
            continue
        quotes = pair(text, start, end)
        for sentence in bounds(text, start, end, quotes):
            issues = _ISSUES.search(text, *sentence)
            subject = _subject_of(line(text, sentence, []), issues.start()) if issues else None
            if subject:
                return [subject], sentence
    return [], paragraphs[at]


def _subject_of(sentence: Line, place: int) -> Span | None:
    verb = next((n for n, (start, _) in enumerate(sentence.spans) if start == place), None)
    if not verb:
        return None
    subject = subject_before(sentence, verb_group(sentence, verb, "d").first, 0)
    return sentence.span(*subject) if subject else None


def turns(text: str, paragraphs: list[Span], roles: list[str]) -> list[Whole]:
    """Speakers' turns: each is one statement of whoever its label names."""
    labels = [_LABEL.match(text, start, min(end, start + _LONGEST_LABEL)) for start, end in paragraphs]
    plain = _is_transcript(labels)
    found: list[Whole] = []
    for n, ((start, end), label) in enumerate(zip(paragraphs, labels, strict=True)):
        goes_on = roles[n] == "turn" and not label and found and found[-1].stop == n
        if goes_on and not _STAGE.match(text, start, end):
            found[-1].draft.content.append((start, end))
            found[-1] = found[-1]._replace(stop=n + 1)
        elif (roles[n] == "turn" and not _STAGE.match(text, start, end)) or (plain and label):
            found.append(Whole(_turn(start, end, label), n, n + 1))
    return found


def signed_quote(text: str, start: int, end: int) -> Draft | None:
    """A paragraph that is a quotation and, after a dash, who said it: "“We shall wait.” — Ana Moor, baker"."""
    quotes = pair(text, start, end)
    if not quotes or quotes[0].start != start or not quotes[0].closed:
        return None
    signed = _SIGNATURE.fullmatch(text, quotes[0].end, end)
    if not signed or not lexicon().triggers.isdisjoint(_WORD.findall(signed["name"].lower())):
        return None
    return Draft([signed.span("name")], [], [(start, quotes[0].end)], SIGNED, (start, end))


def _is_transcript(labels: list[re.Match[str] | None]) -> bool:
    names = [label.group().rstrip().rstrip(":：").rstrip() for label in labels if label]
    again = len(set(names)) < len(names) or not _SIDES.isdisjoint(names)
    return len(names) >= max(_FEWEST_TURNS, _SHARE_OF_TURNS * len(labels)) and again


def _turn(start: int, end: int, label: re.Match[str] | None) -> Draft:
    begin = label.end() if label else start
    name = label.group().rstrip().rstrip(":：").rstrip() if label else ""
    source = [(start, start + len(name))] if name else []
    return Draft(source, [], [(begin, end)], "turn", (start, end), kind="transcript")
