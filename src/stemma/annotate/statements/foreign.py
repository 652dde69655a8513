"""Said-clauses of languages that are not analysed: direct quotations beside a said-word, and little else.

Where a paragraph is in a language without entries in ``tongues.toml`` nothing is found, and nothing guessed.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from stemma.annotate.statements.clauses import Draft
from stemma.annotate.statements.grammar.lines import Span, bounds
from stemma.annotate.statements.quotes import Quote, pair

#: So many characters of a paragraph tell its script.
_SAMPLE = 300
_SCRIPTS = {"ru": re.compile(r"[а-яёА-ЯЁ]"), "ko": re.compile(r"[\uac00-\ud7a3]"), "zh": re.compile(r"[\u4e00-\u9fff]")}
_LATIN = re.compile(r"[A-Za-z]")
#: Stands for every character of a quotation while the words around it are read.
_MASK = "\ufffc"
_NAME = r"[^\W\d_][\w’'-]*"


class _Russian(NamedTuple):
    after: re.Pattern[str]
    inside: re.Pattern[str]
    before: re.Pattern[str]
    according: re.Pattern[str]
    that: re.Pattern[str]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("stemma.annotate").joinpath("tongues.toml").read_text(encoding="utf-8"))


@cache
def _russian() -> _Russian:
    table = _table()["ru"]
    verb = rf"(?P<cue>(?:{'|'.join(table['past'].split())})[аои]?|{'|'.join(table['present'].split())})"
    stops = "|".join(table["stops"].split())
    source = rf"(?P<source>{_NAME}(?:\s(?!(?:{stops})\b){_NAME}){{0,7}})"
    that = "|".join(table["that"])
    return _Russian(
        re.compile(rf"{_MASK}[,.!?…]*\s*[—–-]+\s*{verb}\s+{source}"),
        re.compile(rf"[,.!?…]\s[—–-]\s{verb}\s{source}(?P<rest>[^—–«».]{{0,60}})[.,]\s[—–-]\s"),
        re.compile(rf"{source}\s{verb}(?:\s{_NAME}){{0,4}}:\s*(?={_MASK})"),
        re.compile(
            rf"(?P<cue>{'|'.join(table['according'])})\s(?P<source>{_NAME}(?:\s{_NAME}){{0,7}}),\s", re.IGNORECASE
        ),
        re.compile(rf"{source}\s{verb}(?:\s{_NAME}){{0,3}},\s(?=(?:{that})\s)"),
    )


def tongue(text: str, start: int, end: int) -> str | None:
    """The language with entries of its own that the paragraph is mostly written in; None: read it as English."""
    sample = text[start : min(end, start + _SAMPLE)]
    if sample.isascii():
        return None
    latin = len(_LATIN.findall(sample))
    counts = {name: len(script.findall(sample)) for name, script in _SCRIPTS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] * (1 if best == "ru" else 2) > latin else None


def foreign(text: str, start: int, end: int, name: str) -> list[Draft]:
    """The statements of one paragraph in the language ``name``, by place."""
    quotes = pair(text, start, end)
    found: list[Draft] = []
    at = 0
    for sentence in bounds(text, start, end, quotes):
        first = at
        while at < len(quotes) and quotes[at].start < sentence[1]:
            at += 1
        found += _READERS[name](text, sentence, quotes[first:at])
    return sorted(found, key=lambda draft: draft.place)


def _masked(text: str, sentence: Span, quotes: list[Quote]) -> str:
    """The sentence with its quotations blotted out, at the same offsets."""
    pieces, at = [], sentence[0]
    for quote in quotes:
        pieces += [text[at : quote.start], _MASK * (quote.end - quote.start)]
        at = quote.end
    return "".join([*pieces, text[at : sentence[1]]])


def _draft(sentence: Span, match: re.Match[str], shift: int, content: list[Span], rule: str) -> Draft:
    source, cue = (tuple(shift + place for place in match.span(name)) for name in ("source", "cue"))
    return Draft([(source[0], source[1])], [(cue[0], cue[1])], content, rule, sentence)


def _read_russian(text: str, sentence: Span, quotes: list[Quote]) -> list[Draft]:
    rules, plain, start = _russian(), _masked(text, sentence, quotes), sentence[0]
    for quote in quotes:  # «We came, — said Tamm. — We stay»
        if match := rules.inside.search(text, quote.start, quote.end):
            pieces = [(quote.start, match.start() + 1), (match.end(), quote.end)]
            return [_draft(sentence, match, 0, pieces, "foreign inside")]
    if match := rules.after.search(plain):
        pieces = [(q.start, q.end) for q in quotes if q.start < start + match.start() + 1]
        return [_draft(sentence, match, start, pieces[-1:], "foreign quote")]
    if match := rules.before.search(plain):
        pieces = [(q.start, q.end) for q in quotes if q.start >= start + match.end()]
        return [_draft(sentence, match, start, pieces[:1], "foreign quote")]
    return _russian_clause(rules, plain, sentence)


def _russian_clause(rules: _Russian, plain: str, sentence: Span) -> list[Draft]:
    match = rules.according.match(plain) or rules.that.search(plain)
    if match is None or match.end() >= len(plain):
        return []
    content = (sentence[0] + match.end(), sentence[0] + len(plain.rstrip(" .!?…")))
    return [_draft(sentence, match, sentence[0], [content], "foreign clause")] if content[0] < content[1] else []


@cache
def _korean() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = _table()["ko"]
    said = re.compile(rf"(?P<cue>{'|'.join(table['said'].split())})")
    return said, re.compile(rf"(?P<source>[^,.{_MASK}]{{2,40}}?)(?:{'|'.join(table['particles'].split())})[\s,]")


def _read_korean(text: str, sentence: Span, quotes: list[Quote]) -> list[Draft]:
    said, subject = _korean()
    plain = _masked(text, sentence, quotes)
    verb = next((m for m in said.finditer(plain) if quotes and sentence[0] + m.start() >= quotes[-1].end), None)
    who = subject.match(plain)
    if verb is None or who is None or sentence[0] + who.end("source") > quotes[0].start:
        return []
    cue, source = verb.span("cue"), who.span("source")
    place = sentence[0]
    return [
        Draft(
            [(place + source[0], place + source[1])], [(place + cue[0], place + cue[1])],
            [(q.start, q.end) for q in quotes], "foreign quote", sentence,
        )
    ]  # fmt: skip


@cache
def _chinese() -> re.Pattern[str]:
    said = "|".join(_table()["zh"]["said"].split())
    return re.compile(rf"(?P<source>[^，。：；,:{_MASK}]{{2,24}}?)(?P<cue>{said})[：:，,]\s?(?={_MASK})")


def _read_chinese(text: str, sentence: Span, quotes: list[Quote]) -> list[Draft]:
    match = _chinese().search(_masked(text, sentence, quotes))
    if match is None:
        return []
    pieces = [(q.start, q.end) for q in quotes if q.start >= sentence[0] + match.end()]
    return [_draft(sentence, match, sentence[0], pieces[:1], "foreign quote")]


_READERS = {"ru": _read_russian, "ko": _read_korean, "zh": _read_chinese}
