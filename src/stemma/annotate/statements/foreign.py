"""Said-clauses of languages that are not analysed: direct quotations beside a said-word, and little else.

Where a paragraph is in a language without entries in ``tongues.toml`` nothing is found, and nothing guessed. What is
left out is told by ``annotate.tongues``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from stemma.annotate.statements.clauses import Draft
from stemma.annotate.statements.grammar.lines import Span, bounds
from stemma.annotate.statements.quotes import Quote, pair
from stemma.records import ANALYSED, QUOTED, Field, Page

Reader = Callable[[str, Span, list[Quote]], list[Draft]]
_BARE = " \t\n\r.,،。\ufffc"  #: what may stand in a sentence that is a quotation and nothing else

#: So many characters of a paragraph tell its script.
_SAMPLE = 300
_SCRIPTS = {
    "ru": re.compile(r"[а-яёА-ЯЁ]"),
    "ko": re.compile(r"[\uac00-\ud7a3]"),
    "zh": re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"),
    "ar": re.compile(r"[\u0620-\u064a\u066e-\u06d3]"),
}
_DENSE = frozenset({"ko", "zh"})  #: scripts of which a letter is a syllable or a word
_KANA, _PERSIAN, _ARABIC = re.compile(r"[\u3040-\u30ff]"), re.compile(r"[پچژگکی]"), re.compile(r"[ةيكىإأ]")
_KANA_SHARE = 0.05  #: of kana and Chinese characters together; Japanese prose has 40 to 60 %
#: Other languages of a script: where the page says that it is in one of them, it is not read as the one above.
_OTHERS = {"ru": {"uk", "bg", "sr", "be", "mk", "kk"}, "ar": {"ur", "ckb", "ps"}}
_LATIN = re.compile(r"[A-Za-z]")
#: A paragraph with two of these is English, whatever the page around it.
_ENGLISH = re.compile(r"\b(?:the|of|and|said|that|was|with)\b")
#: Characters of a sentence that are looked through for a speaker beside a cue: what is longer is no sentence.
_LONGEST = 5_000
#: Stands for every character of a quotation while the words around it are read.
_MASK = "\ufffc"
_NAME = r"[^\W\d_][\w’'\u200c-]*"
_CJK_QUOTE = re.compile(r"“[^“”]*”|「[^「」]*」|『[^『』]*』|\"[^\"]*\"")


class Native(NamedTuple):
    """In what language a page is, and stretches of it that are in another; ``None``: not known, read as English."""

    language: str | None = None
    blocks: tuple[tuple[int, int, str], ...] = ()

    def at(self, place: int) -> str | None:
        """The language at a place."""
        return next((name for start, end, name in self.blocks if start <= place < end), self.language)


def native(page: Page) -> Native:
    """What the page's fields say of its languages."""
    told = [field for field in page.fields if field.name == "language" and field.value]
    whole = max((each for each in told if each.basis != "block"), key=lambda each: each.confidence, default=None)
    blocks = [
        (each.evidence.start, each.evidence.end, _tag(each)) for each in told if each.basis == "block" and each.evidence
    ]
    return Native(_tag(whole) if whole else None, tuple(blocks))


def _tag(field: Field) -> str:
    return field.value.split("-")[0].split("_")[0].lower()


class _Russian(NamedTuple):
    said: re.Pattern[str]  #: a cue by itself: the cheap look before the dear ones
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
        re.compile(verb),
        re.compile(rf"{_MASK}[,.!?…]*\s*[—–-]+\s*{verb}\s+{source}"),
        re.compile(rf"[,.!?…]\s[—–-]\s{verb}\s{source}(?P<rest>[^—–«».]{{0,60}})[.,]\s[—–-]\s"),
        re.compile(rf"{source}\s{verb}(?:\s{_NAME}){{0,4}}:\s*(?={_MASK})"),
        re.compile(
            rf"(?P<cue>{'|'.join(table['according'])})\s(?P<source>{_NAME}(?:\s{_NAME}){{0,7}}),\s", re.IGNORECASE
        ),
        re.compile(rf"{source}\s{verb}(?:\s{_NAME}){{0,3}},\s(?=(?:{that})\s)"),
    )


def tongue(text: str, start: int, end: int, known: Native | None = None) -> str | None:
    """The language that the paragraph is mostly written in, where that is not English; None: read it as English.

    Scripts tell by themselves; of languages in Latin letters, and of others in one script, the page tells (``known``).
    """
    told = known.at(start) if known else None
    sample = text[start : min(end, start + _SAMPLE)]
    if not sample.isascii() and (name := _by_script(sample, told)):
        return name
    if told in {None, *ANALYSED} or len(_ENGLISH.findall(sample)) > 1:
        return None
    return told


def _by_script(sample: str, told: str | None) -> str | None:
    counts = {name: len(script.findall(sample)) for name, script in _SCRIPTS.items()}
    best = max(counts, key=lambda name: counts[name])
    if counts[best] * (2 if best in _DENSE else 1) <= len(_LATIN.findall(sample)):
        return None
    if told in _OTHERS.get(best, ()):
        return told
    if best == "zh":
        return "ja" if told == "ja" or len(_KANA.findall(sample)) > _KANA_SHARE * counts[best] else "zh"
    if best == "ar":
        return "fa" if len(_PERSIAN.findall(sample)) > len(_ARABIC.findall(sample)) else "ar"
    return best


def foreign(text: str, start: int, end: int, name: str) -> list[Draft]:
    """The statements of one paragraph in the language ``name``, by place; none where its said-words are not known."""
    read = _READERS.get(name) or (_read_by_forms(name) if name in QUOTED else None)
    if read is None:
        return []
    quotes = _quotes(text, start, end, name)
    found: list[Draft] = []
    at = 0
    for sentence in bounds(text, start, end, quotes):
        first = at
        while at < len(quotes) and quotes[at].start < sentence[1]:
            at += 1
        here = read(text, sentence, quotes[first:at])
        if not here and found and at == first + 1 and not _masked(text, sentence, quotes[first:at]).strip(_BARE):
            found[-1].content.append((quotes[first].start, quotes[first].end))  # «We came», said Tamm. «We stay.»
        found += here
    return sorted(found, key=lambda draft: draft.place)


def _quotes(text: str, start: int, end: int, name: str) -> list[Quote]:
    """Quotations; in Chinese and Japanese no blank tells whether a mark opens or closes."""
    if name in {"zh", "ja"}:
        return [Quote(*match.span()) for match in _CJK_QUOTE.finditer(text, start, end)]
    return pair(text, start, end)


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
    rules, plain, start = _russian(), _masked(text, sentence, quotes)[:_LONGEST], sentence[0]
    if not rules.said.search(text, *sentence):
        return _russian_clause(rules, plain, sentence)
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
    match = rules.according.match(plain) or (rules.said.search(plain) and rules.that.search(plain))
    if match is None or match.end() >= len(plain):
        return []
    content = (sentence[0] + match.end(), sentence[0] + len(plain.rstrip(" .!?…")))
    return [_draft(sentence, match, sentence[0], [content], "foreign clause")] if content[0] < content[1] else []


@cache
def _korean() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = _table()["ko"]
    said = re.compile(rf"(?P<cue>{_any(table['said'])})")
    who = re.compile(rf"(?P<source>[^,.{_MASK}]{{2,40}}?)(?:{_any(table['particles'])})[\s,]")
    return said, who, re.compile(rf"{_MASK}\s?(?:{_any(table['joins'])})")


def _read_korean(text: str, sentence: Span, quotes: list[Quote]) -> list[Draft]:
    said, subject, joins = _korean()
    plain = _masked(text, sentence, quotes)
    if not quotes or not joins.match(plain, quotes[-1].end - sentence[0] - 1):
        return []
    verb, who = said.search(plain, quotes[-1].end - sentence[0]), subject.match(plain)
    if verb is None or who is None or sentence[0] + who.end("source") > quotes[0].start:
        return []
    place = sentence[0]
    source, cue = (
        (place + match.start(name), place + match.end(name)) for match, name in ((who, "source"), (verb, "cue"))
    )
    return [Draft([source], [cue], [(q.start, q.end) for q in quotes], "foreign quote", sentence)]


@cache
def _chinese() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = _table()["zh"]
    cue = rf"(?<![{table['other']}])(?P<cue>{_any(table['said'])})"
    source = rf"(?P<source>[^，。：；,:！？!?\s{_MASK}]{{2,24}}?)"
    return re.compile(rf"{source}{cue}[：:，,]\s?(?={_MASK})"), re.compile(
        rf"{_MASK}[，,]?\s?{source}{cue}(?=[。，,；]|$)"
    )


def _read_chinese(text: str, sentence: Span, quotes: list[Quote]) -> list[Draft]:
    before, after = _chinese()
    plain = _masked(text, sentence, quotes)
    if match := before.search(plain):
        pieces = [(q.start, q.end) for q in quotes if q.start >= sentence[0] + match.end()]
        return [_draft(sentence, match, sentence[0], pieces[:1], "foreign quote")]
    if match := after.search(plain):
        pieces = [(q.start, q.end) for q in quotes if q.start <= sentence[0] + match.start()]
        return [_draft(sentence, match, sentence[0], pieces[-1:], "foreign quote")]
    return []


@cache
def _japanese() -> re.Pattern[str]:
    table = _table()["ja"]
    source = rf"(?:^|[、，。\s])(?P<source>[^、，。\s{_MASK}]{{1,30}}?)(?:{_any(table['particles'])})"
    return re.compile(rf"{source}[^。{_MASK}]{{0,40}}(?P<said>{_MASK}+)(?:など)?と(?P<cue>{_any(table['said'])})")


def _read_japanese(text: str, sentence: Span, quotes: list[Quote]) -> list[Draft]:
    match = _japanese().search(_masked(text, sentence, quotes))
    if match is None:
        return []
    start, end = (sentence[0] + place for place in match.span("said"))
    pieces = [(q.start, q.end) for q in quotes if start <= q.start < end]
    return [_draft(sentence, match, sentence[0], pieces, "foreign quote")]


def _any(words: str) -> str:
    """A choice of words, the longest first; "_" stands for a blank."""
    return "|".join(
        re.escape(word).replace("_", r"\s") for word in sorted(words.split(), key=lambda each: (-len(each), each))
    )


class _Forms(NamedTuple):
    """What may stand beside a quotation, in one language."""

    before: tuple[re.Pattern[str], ...]  #: ends where the quotation begins
    after: tuple[re.Pattern[str], ...]  #: begins with the end of the quotation


@cache
def _forms(name: str) -> _Forms:
    table = _table()[name]
    said = _any(table["said"])
    cue = rf"(?<![\w’'-])(?P<cue>{said})(?![\w-])"
    late = rf"(?P<cue>{said}{'|' + _any(table['after']) if table['after'] else ''})(?![\w-])"
    word = rf"(?!(?:{_any(table['stops'])}|{said})(?![\w-])){_NAME}"
    source = rf"(?P<source>(?<![\w’'-]){word}(?:\s{word}){{0,8}})"
    when = rf"(?:\s(?:{_any(table['when'])}))?"
    never = rf"(?!\s(?:{_any(table['never'])})(?!\w))" if table["never"] else ""
    rest = rf"(?:\s[^{_MASK}:،,;.!?]{{0,60}})?"
    links = rf"(?:\s?[:：]\s?|,\s|،\s?|\s(?:{_any(table['links'])})\s?:?\s?|(?<=\w)\s)(?={_MASK})"
    colon = rf"(?:\s?[:：]\s?|\s(?:{_any(table['links'])})\s?:?\s?)(?={_MASK})"
    patterns = {
        "source cue quote": rf"{source}{when}\s{cue}(?:{links}|{rest}{colon})",
        "cue source quote": rf"{cue}{when}\s{source}(?:{links}|{rest}{colon})",
        "quote cue source": rf"{_MASK}\s?[,،.]?\s?[—–-]?\s?{late}{when}\s(?>{source}){never}",
        "quote source cue": rf"{_MASK}\s?[,،]?\s{source}\s{cue}",
    }
    made = {form: re.compile(patterns[form], re.IGNORECASE) for form in table["forms"]}
    late_forms = [made[form] for form in table["forms"] if form.startswith("quote")]
    if table["inverted"]:
        said = rf"(?:a|ont)-(?:t-)?(?P<source>il|elle|on|ils|elles)\s(?P<cue>{_any(table['inverted'])})(?!\w)"
        late_forms.append(re.compile(rf"{_MASK}\s?,?\s?{said}"))
    return _Forms(tuple(made[form] for form in table["forms"] if not form.startswith("quote")), tuple(late_forms))


@cache
def _read_by_forms(name: str) -> Reader:
    forms = _forms(name)

    def read(text: str, sentence: Span, quotes: list[Quote]) -> list[Draft]:
        plain = _masked(text, sentence, quotes) if quotes else ""
        late = min((m for form in forms.after if (m := form.search(plain))), key=lambda m: m.start(), default=None)
        if late:
            return [_draft(sentence, late, sentence[0], _around(plain, sentence, quotes, late), "foreign quote")]
        early = next((m for form in forms.before if (m := form.search(plain))), None)
        if early is None:
            return []
        pieces = [(q.start, q.end) for q in quotes if q.start >= sentence[0] + early.end()]
        return [_draft(sentence, early, sentence[0], pieces[:1], "foreign quote")]

    return read


def _around(plain: str, sentence: Span, quotes: list[Quote], match: re.Match[str]) -> list[Span]:
    """The quotation before a clause, and the one that goes on right after it."""
    start, end = sentence[0] + match.start(), sentence[0] + match.end()
    pieces = [(q.start, q.end) for q in quotes if q.start <= start][-1:]
    after = next(((q.start, q.end) for q in quotes if q.start >= end), None)
    goes_on = after and plain[match.end() : after[0] - sentence[0]].strip() in {",", "،", ", –", "–", "—"}
    return [*pieces, after] if after and goes_on else pieces


_READERS: dict[str, Reader] = {"ru": _read_russian, "ko": _read_korean, "zh": _read_chinese, "ja": _read_japanese}
