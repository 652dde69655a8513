"""Reporting words in a sentence: the verb, who is its subject, and where its content begins."""

from __future__ import annotations

from typing import NamedTuple

from stemma.annotate.statements.grammar.cues import Form, Verb, lexicon, words
from stemma.annotate.statements.grammar.follow import Follow, Head, Place, Tokens, follow
from stemma.annotate.statements.grammar.lines import QUOTED, Line
from stemma.annotate.statements.grammar.phrases import (
    DASHES,
    Group,
    adverb,
    nominal_start,
    phrase_after,
    phrase_before,
    subject_before,
    verb_group,
    verbal,
)
from stemma.annotate.statements.grammar.speakers import acts, carrier, over_relative, speaker_like, whole_source
from stemma.annotate.statements.grammar.takes import checked


class _Site(NamedTuple):
    """A form of a reporting verb that may be a cue."""

    line: Line
    at: int
    form: Form
    entry: Verb
    group: Group

    @property
    def last(self) -> int:
        return self.at + 1 + len(self.entry.particle)

    def head(self, subject: Tokens | None, place: Place, nxt: Follow, cut: int | None = None) -> Head:
        return Head(
            self.at, self.group.first, self.last, self.entry, subject, place, nxt.kind, nxt.begin, cut, nxt.addressee,
            negated=self.group.negated or self.entry.stance == "denial", uncertain=self.group.uncertain,
        )  # fmt: skip


_PEOPLE = frozenset(["people", "police", "men", "women", "media", "these", "those"])
_RELATIVES = frozenset(["who", "which", "that"])
_JOINERS = frozenset(["and", "but", "or", "then"])
_BREAKS = DASHES | {",", ")", ";", QUOTED}
_CONNECTIVES = frozenset(["but", "and", "while", "whereas", "although", "though"])
_DUMMIES = frozenset(["it", "this", "that", "such", "these"])
_BEFORE_GERUND = frozenset(["by", "in", "while", "after", "before"])
_PLAIN = frozenset(["that", "bare", "quote"])
_CONVICTION = Verb("be sure", (), frozenset(["that"]), addressee=False, stance="thought")
_ACCORDING = Verb("accord", (), frozenset(["quote", "bare", "that"]), addressee=False, stance="neutral")
#: Earlier cues looked at for a shared subject; tokens looked at for the sentence's own subject.
_NEAR_HEADS, _NEAR_SUBJECT = 4, 60
#: Tokens between "was quoted" and "as saying".
_NEAR_SAYING = 25


def heads(line: Line) -> list[Head]:
    """The reporting words of the sentence, left to right."""
    forms, convictions = lexicon().forms, words("convictions")
    found: list[Head] = []
    for at, word in enumerate(line.low):
        head = None
        if word in forms:
            head = _verb_head(line, at, forms[word], found)
        elif word in convictions and at and line.low[at + 1 : at + 2] == ["that"]:
            head = _conviction(line, at)
        elif word == "according" and line.low[at + 1 : at + 2] == ["to"]:
            head = _sourced(line, at, at)
        elif word in ("words", "view", "opinion") and line.low[max(0, at - 2) : at] == ["in", "the"]:
            head = _sourced(line, at, at - 2) if line.low[at + 1 : at + 2] == ["of"] else None
        if head and not (found and head.verb < found[-1].last):
            found.append(head)
    return found


def main_subject(line: Line, stop: int) -> Tokens | None:
    """The subject of the sentence: the noun phrase before its first finite verb before token ``stop``."""
    for k in range(1, min(stop, _NEAR_SUBJECT)):
        if verbal(line, k) or (line.low[k].endswith("ed") and line.raw[k][0].islower()):
            subject = subject_before(line, k, 0)
            if subject and nominal_start(line, subject[0]):
                return subject
    return None


def _verb_head(line: Line, at: int, form: Form, found: list[Head]) -> Head | None:
    entry = _entry(line, at, form)
    if entry is None:
        return None
    group = verb_group(line, at, form.shapes)
    if _is_noun(line, at, form, group):
        return None
    site = _Site(line, at, form, entry, group)
    if form.shapes == "g" and (group.first == at or not group.finite):
        return _participle(site, found)
    return _passive(site) if group.passive else _active(site, found)


def _entry(line: Line, at: int, form: Form) -> Verb | None:
    """The verb whose particle follows; None where only a verb with a particle would do."""
    for verb in form.verbs:
        if tuple(line.low[at + 1 : at + 1 + len(verb.particle)]) == verb.particle:
            return verb
    return None


def _is_noun(line: Line, at: int, form: Form, group: Group) -> bool:
    """Whether the word is rather a noun or a modifier here ("the report", "a proposed law")."""
    before = line.low[at - 1] if at else ""
    determined = before in words("determiners") and before not in words("alone")
    if group.first < at and before not in words("determiners"):
        return False
    if determined or _possessive(before) or (before in words("prepositions") and form.shapes != "g"):
        return True
    in_name = at and line.raw[at][0].isupper() and line.raw[at - 1][0].isupper()  # "Western States"
    if in_name and form.shapes != "d":
        return True
    if form.shapes == "b" and (line.raw[at][0].isupper() or not _plural_subject(line, at)):
        return True
    if form.shapes in ("b", "s") and form.doubtful:
        return at + 1 >= len(line) or verbal(line, at + 1) or (form.shapes == "s" and _after_plural(line, at))
    agent = line.low[at + 1 : at + 2] == ["by"] and at + 2 < len(line) and nominal_start(line, at + 2)
    return "n" in form.shapes and agent and not group.passive


def _after_plural(line: Line, at: int) -> bool:
    """Whether the word before is no subject of a third person: "those states", "emissions rules"."""
    before = line.low[at - 1] if at else ""
    plural = before.endswith("s") and not before.endswith(("ss", "us", "is", "'s")) and line.raw[at - 1][0].islower()
    return before in _PLURALS or (plural and before not in words("pronouns"))


_PLURALS = frozenset(["those", "these", "many", "some", "both", "few", "several", "all", "most", "other"])


def _possessive(word: str) -> bool:
    return word.endswith(("'s", "s'")) and word not in words("auxiliaries")


def _plural_subject(line: Line, at: int) -> bool:
    """Whether a base form may follow: "they say", "officials say"."""
    if at == 0:
        return False
    k = at - 1
    while k > 0 and adverb(line.low[k]):
        k -= 1
    word = line.low[k]
    plural = word.endswith("s") and not word.endswith("ss")
    known = word in words("pronouns") or word in _PEOPLE or word in _RELATIVES or word in _JOINERS or word == ","
    named = line.raw[k][0].isupper() and not (k and line.low[k - 1] in words("determiners"))
    return plural or known or named


def _active(site: _Site, found: list[Head]) -> Head | None:
    line = site.line
    if line.low[site.group.first] == "to":  # "glad to see": one such infinitive in twenty-five reports speech
        return None
    nxt = follow(line, site.last, site.entry)
    left = _left(line, site.group.first)
    before = line.low[left] if left >= 0 else ""
    if before in _RELATIVES and left > 0 and line.low[left - 1] != "those":
        if site.entry.lemma in ("cite", "quote") and found:  # "..., which in turn cited the minister"
            return _citing(site)
        if nxt.kind == "bare":  # one in ten is right: mostly a description of the antecedent
            return None
        antecedent = _antecedent(line, left)
        return checked(site.head(antecedent, "embedded", nxt), line) if antecedent else None
    joined = before == "," and left > 0 and line.low[left - 1] in _JOINERS
    if before in _JOINERS or joined:
        cut = left - 1 if left > 0 and line.low[left - 1] == "," else left
        return checked(site.head(_shared_subject(line, cut, found), "coordinated", nxt, cut), line)
    if inverted := _inverted(site, left):
        return site.head(inverted, "after", Follow("end", inverted[1]))
    subject = over_relative(line, subject_before(line, site.group.first, 0))
    if site.form.doubtful and subject and site.form.shapes in ("b", "s") and acts(line, subject):
        return None
    if subject is None or line.low[subject[1] - 1] in words("dangling") or not speaker_like(line, subject):
        return None
    return _placed(line, site.head(subject, "before", nxt, _cut(line, subject[0])))


def _antecedent(line: Line, relative: int) -> Tokens | None:
    """Who is meant by "who": the noun phrase before it, with or without a comma."""
    stop = relative - 1 if line.low[relative - 1] == "," else relative
    first = phrase_before(line, stop, 0)
    return (first, stop) if first < stop and speaker_like(line, (first, stop)) else None


def _left(line: Line, first: int) -> int:
    left = first - 1
    while left >= 0 and adverb(line.low[left]) and line.low[left] != "then":
        left -= 1
    return left - 2 if line.low[max(0, left - 1) : left + 1] == ["in", "turn"] else left


def _shared_subject(line: Line, cut: int, found: list[Head]) -> Tokens | None:
    for head in reversed(found[-_NEAR_HEADS:]):
        if head.subject and head.place not in ("according", "citing"):
            return head.subject
    return main_subject(line, cut)


def _inverted(site: _Site, left: int) -> Tokens | None:
    """The subject after the verb: "...," said Kim, a spokesman."""
    line, first = site.line, site.last
    if "quote" not in site.entry.takes or not set("ds") & set(site.form.shapes) or site.at != left + 1:
        return None
    if site.entry.addressee or (first < len(line) and line.low[first] in words("times")):
        return None
    before = line.low[left] if left >= 0 else QUOTED
    if first >= len(line) or before not in _BREAKS or not _may_begin_subject(line, first, before):
        return None
    stop = phrase_after(line, first, len(line))
    goes_on = stop < len(line) and (verbal(line, stop) or line.low[stop] == QUOTED)
    return None if stop <= first or goes_on or line.low[first] == "that" else (first, stop)


def _may_begin_subject(line: Line, at: int, before: str) -> bool:
    if nominal_start(line, at):
        return True
    word = line.low[at]
    plain = word[0].isalpha() and word not in words("prepositions") and word not in words("subordinators")
    return before == QUOTED and plain


def _cut(line: Line, first: int) -> int | None:
    """Where an earlier content ends before ", but she said"."""
    before = line.low[first - 1] if first else ""
    if before in _CONNECTIVES:
        return first - 2 if first > 1 and line.low[first - 2] in (",", ";") else first - 1
    return first - 1 if before == ";" else None


def _placed(line: Line, head: Head) -> Head | None:
    """Before or after its content, or in an as-clause; None where it has no content."""
    first = head.left
    before = line.low[first - 1] if first else ""
    if before == "as":
        opens = first < 2 or line.low[first - 2] in _BREAKS or line.low[first - 2] in words("conjunctions")
        if opens:
            fits = head.kind in ("end", "comma", "adverbial") and "quote" in head.entry.takes
            return head._replace(place="as") if fits else None
    trailing = head.kind in ("end", "comma", "adverbial") or (head.kind == "bare" and before == QUOTED)
    interrupts = head.kind == "quote" and "," in line.low[head.begin - 1 : head.begin + 1]
    enclosed = before == "," and head.kind == "comma"
    behind = before in _BREAKS and (enclosed or _clause_like(line, first - 1))
    if ((trailing and (behind or not first)) or (interrupts and behind)) and "quote" in head.entry.takes:
        return head._replace(place="after", cut=None)
    return checked(head, line)


def _clause_like(line: Line, stop: int) -> bool:
    """Whether the words before a trailing cue may be what was said: four words, or a verb or quotation among them."""
    if QUOTED in line.low[: stop + 1]:
        return True
    first = line.low[0]
    introductory = first in words("prepositions") or first in words("subordinators")
    has_verb = any(verbal(line, k) or line.low[k].endswith("ed") for k in range(max(0, stop - _NEAR_SUBJECT), stop))
    return has_verb or (stop > 4 and not introductory)


def _participle(site: _Site, found: list[Head]) -> Head | None:
    """The head of "Noting that ..., Kim said", "..., adding that ...", "a statement saying"."""
    line = site.line
    if site.entry.lemma == "regard":  # "regarding" is a preposition
        return None
    if site.entry.lemma in ("cite", "quote") and found:
        return _citing(site)
    left = _left(line, site.at)
    before = line.low[left] if left >= 0 else ""
    if before in words("prepositions") and before not in _BEFORE_GERUND:
        return None
    cut = left if before in DASHES or before in (",", "and", "but") else None
    if cut and before in ("and", "but") and line.low[cut - 1] == ",":
        cut -= 1
    subject = None if left < 0 else carrier(line, site.at) or _shared_subject(line, site.at, found)
    head = site.head(subject, "participle", follow(line, site.last, site.entry), cut)
    return checked(head._replace(first=site.at, negated=site.entry.stance == "denial", uncertain=False), line)


def _citing(site: _Site) -> Head | None:
    """A second level over one content: "the agency reported, citing the minister"."""
    line, first = site.line, site.last
    stop = phrase_after(line, first, len(line)) if first < len(line) else first
    if stop <= first or line.low[first] == QUOTED:
        return None
    nxt = Follow("end", stop)
    if line.low[stop : stop + 2] == ["as", "saying"]:
        nxt = Follow("that", stop + 2)
    elif "that" in line.low[stop : stop + 2] and line.low[stop] in ("that", ","):
        nxt = Follow("that", stop + (line.low[stop] == ","))
    return site.head((first, stop), "citing", nxt, site.at - (line.low[site.at - 1] == ","))._replace(first=site.at)


def _passive(site: _Site) -> Head | None:
    """The head of "was quoted as saying", "this was stated by", "it was announced that"."""
    line = site.line
    subject = subject_before(line, site.group.first, 0)
    agent, stop = _agent(line, site.at + 1)
    if site.entry.lemma in ("quote", "cite") or line.low[stop : stop + 2] == ["as", "saying"]:
        return _quoted(site, subject, stop)
    dummy = subject and line.low[subject[0]] in _DUMMIES and subject[1] - subject[0] <= 2
    if not dummy or "quote" not in site.entry.takes:
        return None
    if line.low[stop : stop + 1] == ["that"]:
        return site.head(agent, "before", Follow("that", stop))
    return site.head(agent, "stated", Follow("end", stop)) if agent else None


def _quoted(site: _Site, subject: Tokens | None, stop: int) -> Head | None:
    """The head of "was quoted (by the agency) as saying"."""
    line = site.line
    for k in range(stop, min(stop + _NEAR_SAYING, len(line) - 1)):
        if line.low[k] == "as" and line.low[k + 1].endswith("ing") and subject:
            entry = site.entry._replace(takes=_PLAIN)
            head = site.head(subject, "before", follow(line, k + 2, entry), _cut(line, subject[0]))
            return _placed(line, head._replace(entry=entry, last=k + 2))
    return None


def _agent(line: Line, at: int) -> tuple[Tokens | None, int]:
    """The agent in "by the minister", and the token after it."""
    if line.low[at : at + 1] != ["by"] or at + 1 >= len(line):
        return None, at
    stop = phrase_after(line, at + 1, len(line))
    return ((at + 1, stop), stop) if stop > at + 1 else (None, at)


def _conviction(line: Line, at: int) -> Head | None:
    """The head of "is confident that", "was sure that"."""
    group = verb_group(line, at, "n")
    subject = over_relative(line, subject_before(line, group.first, 0)) if group.passive else None
    if subject is None or not speaker_like(line, subject) or line.low[subject[0]] in _DUMMIES:
        return None
    return Head(
        at, group.first, at + 1, _CONVICTION, subject, "before", "that", at + 1, _cut(line, subject[0]),
        negated=group.negated, uncertain=group.uncertain,
    )  # fmt: skip


def _sourced(line: Line, at: int, first: int) -> Head | None:
    """The head of "According to Kim, ...", "in the words of Kim"."""
    last = at + 2
    if last >= len(line) or line.low[last] in words("courses"):  # "according to plan"
        return None
    stop = phrase_after(line, last, len(line))
    if first <= 1 and line.low[stop : stop + 1] != [","]:  # no apposition where the sentence itself would begin
        stop = next((k for k in range(last + 1, stop) if line.low[k] == ","), stop)
    stop = whole_source(line, last, stop)
    return Head(at, first, last, _ACCORDING, (last, stop), "according", "end", stop) if stop > last else None
