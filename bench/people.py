"""Measures who speaks, through whom, to whom, on which day and with what polarity on the corpus' second layer.

    python -m bench.people [--half train|dev|held-out] [--spans gold|found] [--outlet stated|read] [--misses WHAT]
                           [--bins]

The annotated documents of the folders ``d``, ``o``, ``ab`` and ``v`` are halved by a hash of their id; those of all
other folders are for training. Errors may be looked at in train and dev alone. ``--spans gold`` gives the marked spans
to the stages after them (so it measures these alone), ``--spans found`` lets Stemma find the statements too, and counts
those of the marked ones that were found. The page's outlet is stated, as whoever adds a page may, unless ``--outlet
read`` leaves it to the page's own words. ``--misses speaker`` lists what went wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.topics.attribution import page_of_text
from stemma.annotate import mentions, people, relays, statements, times
from stemma.annotate.statements import records_of
from stemma.annotate.statements.clauses import Draft
from stemma.annotate.times import find
from stemma.records import Evidence, Mention, Page, Reference, Relay, Statement, Time
from stemma.text.sentences import sentences
from stemma.text.words import fold
from tools.people import Entry, layers

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
_QUOTED = re.compile(r"^[\"“«„‘].*[\"”»“’.,]$", re.DOTALL)
_ARTICLES = frozenset({"the", "a", "an", "its", "his", "her", "their"})
#: Folders of the corpus that are measured; their halves stay what they are.
_HALVED = frozenset({"d", "o", "ab", "v"})
#: Answers of these figures are told apart by the entry's ``speaker_by``.
_BY = "speaker_by"


class Told(NamedTuple):
    """What Stemma tells of one statement."""

    speakers: tuple[str, ...]
    named: bool
    chain: tuple[str, ...]
    statement: Statement
    sure: float
    reason: str
    addressees: tuple[str, ...] = ()  #: whom the words for an addressee mean, else these words
    day: str = ""  #: "XXXX-05-02" where the page tells no year


class Case(NamedTuple):
    """One marked attribution and what was told of it; None where it was not found."""

    where: str
    entry: Entry
    told: Told | None
    words: str


def half_of(name: str) -> str:
    """The part of a document: train, or the half, dev or held-out, by the first byte of the SHA-256 of its id."""
    if name.split("/", maxsplit=1)[0] not in _HALVED:
        return "train"
    return "held-out" if hashlib.sha256(name.encode()).digest()[0] % 2 else "dev"


def cases(half: str, spans: str, outlet: str = "stated") -> Iterator[Case]:
    """All marked attributions of one part of the documents."""
    for name, page, layer in layers(CORPUS):
        if half_of(name) != half:
            continue
        marked = [one for one in page.attributions if one.number in layer.entries]
        laid_out = page_of_text(page.text, layer.outlet or None if outlet == "stated" else None)
        told = given(laid_out, marked) if spans == "gold" else found(laid_out, marked)
        for one, answer in zip(marked, told, strict=True):
            words = " / ".join(page.text[s:e] for s, e in (*one.source, *one.cue, *one.content[:1]))
            yield Case(f"{name} [{one.number}]", layer.entries[one.number], answer, words)


# Answers


def given(page: Page, marked: Sequence[Any]) -> list[Told | None]:
    """What is told where the spans are given."""
    drafts = [draft_of(page, one) for one in marked]
    named, timed = mentions(page), times(page)
    said = records_of(page, drafts, named, timed)
    known = {_key(statement.content, statement.cue): statement for statement in said}
    answers = tell(page, named, said, timed)
    keys = [(tuple(draft.content), tuple(draft.cue)) for draft in drafts]
    return [answers[known[key].id] if key in known else None for key in keys]


def _key(content: Any, cue: Any) -> tuple[Any, Any]:
    return tuple((p.start, p.end) for p in content), tuple((p.start, p.end) for p in cue)


def draft_of(page: Page, one: Any) -> Draft:
    """A marked attribution in the form of the statement finder."""
    text = page.document.text
    content = [tuple(piece) for piece in one.content]
    kind: Any = None
    if not one.cue and one.source and text[one.source[-1][1] : one.source[-1][1] + 2].lstrip(" ")[:1] in {":", "."}:
        kind = "transcript"
    elif one.cue and one.level == 0 and any("\n" in text[s:e].strip() for s, e in content):
        kind = None if _QUOTED.match(text[content[0][0] : content[-1][1]]) else "full-text"
    anchor = (*one.cue, *one.source, *one.content)[0][0]
    return Draft(
        source=[tuple(p) for p in one.source], cue=[tuple(p) for p in one.cue], content=sorted(content),
        rule="given", sentence=_sentence(page, anchor), kind=kind,
    )  # fmt: skip


def _sentence(page: Page, at: int) -> tuple[int, int]:
    for label in page.labels:
        if label.start <= at < label.end:
            for start, end in sentences(page.document.text, label.start, label.end):
                if start <= at < end:
                    return start, end
    return at, at + 1


def found(page: Page, marked: Sequence[Any]) -> list[Told | None]:
    """What is told where the statements are found too: that whose cue and content lie best on the marked ones."""
    named, timed = mentions(page), times(page)
    said = statements(page, named, timed)
    answers = tell(page, named, said, timed)
    return [answers[best.id] if (best := _best(one, said)) else None for one in marked]


def _best(one: Any, said: Sequence[Statement]) -> Statement | None:
    """The statement that shares half of the content both ways, its cue before its content."""
    want, cue = _letters(one.content), _letters(one.cue or one.source)
    best, most = None, (0.0, 0.0)
    for statement in said:
        have = _letters([(p.start, p.end) for p in statement.content])
        common = len(want & have)
        if common * 2 < max(len(want), len(have)):
            continue
        near = len(cue & _letters([(p.start, p.end) for p in (*statement.cue, *statement.source)]))
        if (near, common) > most:
            best, most = statement, (near, common)
    return best


def _letters(spans: Sequence[Any]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def tell(page: Page, named: Sequence[Mention], said: Sequence[Statement], timed: Sequence[Time]) -> dict[str, Told]:
    """Speaker and chain of each statement, as the archive tells them."""
    days = {one.evidence.start: one.value[:10] for one in timed}
    who, referred = people(page, named, said)
    hops = relays(page, (*named, *who), said, referred)
    names = {one.id: one for one in (*named, *who)}
    outlets = sorted((f for f in page.fields if f.name == "outlet"), key=lambda f: -f.confidence)
    meant: dict[tuple[int, int], list[Reference]] = defaultdict(list)
    for one in referred:
        if one.antecedent in names:
            meant[one.anaphor.start, one.anaphor.end].append(one)
    answers = {}
    for statement in said:
        own = sorted((hop for hop in hops if hop.statement == statement.id), key=lambda hop: hop.hop)
        carriers = _carriers(outlets[0].value if outlets else "", own, names)
        told = _told(statement, meant, names, carriers)
        day = statement.said or _day_of(statement.said_words, days)
        heard = _heard(statement, meant, names)
        answers[statement.id] = told._replace(day=day if not statement.latest else "", addressees=heard)
    return answers


def _day_of(words: Evidence | None, days: dict[int, str]) -> str:
    """The day that words tell of which no year is known; those in the head of a page are no time of its prose."""
    if words is None:
        return ""
    read = (one.value[:10] for one in find(words.exact, None))
    return days.get(words.start) or next(read, "")


def _heard(
    statement: Statement, meant: dict[tuple[int, int], list[Reference]], names: dict[str, Mention]
) -> tuple[str, ...]:
    words = statement.addressee
    if words is None:
        return ()
    told = [names[one.antecedent].evidence.exact for one in meant.get((words.start, words.end), [])]
    return tuple(told) or (words.exact,)


def _carriers(outlet: str, hops: Sequence[Relay], names: dict[str, Mention]) -> tuple[str, ...]:
    told = [names[hop.exemplar].evidence.exact for hop in hops if hop.exemplar in names]
    return (outlet, *told) if outlet else tuple(told)


def _told(
    statement: Statement,
    meant: dict[tuple[int, int], list[Reference]],
    names: dict[str, Mention],
    chain: tuple[str, ...],
) -> Told:
    anchor = (*statement.source, *statement.cue, *statement.content)[0]
    found_ = meant.get((anchor.start, anchor.end), [])
    if found_:
        speakers = tuple(dict.fromkeys(names[one.antecedent].evidence.exact for one in found_))
        sure = min(one.confidence for one in found_)
        return Told(
            speakers,
            any(names[one.antecedent].named for one in found_),
            _without(chain, speakers),
            statement,
            sure,
            found_[0].reason,
        )
    words = " ".join(" ".join(piece.exact for piece in statement.source).split())
    plain = not words or fold(words) in _pronouns()
    return Told(
        () if plain else (words,), False, _without(chain, (words,)), statement, statement.confidence, "as worded"
    )


def _pronouns() -> frozenset[str]:
    from stemma.archive.answers.lines import pronouns  # noqa: PLC0415 - the archive is of no use elsewhere here

    return pronouns()


def _without(chain: tuple[str, ...], speakers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in chain if not any(same(name, other) and not _hangs(name, other) for other in speakers))


def _hangs(left: str, right: str) -> bool:
    """Whether one is only told of in the other: "Foreign Ministry of Veloria", "a letter obtained by the Dorn Post"."""
    short, long = sorted((left, right), key=len)
    told = rf"(?:\b(?:of|by|for|from|to|in|with)|['’]s)\s(?:the\s)?{re.escape(fold(short))}$"
    return re.search(told, fold(long)) is not None


# Scores


def same(gold: str, told: str) -> bool:
    """Whether two names are one: alike without articles, or the shorter one the end of the longer."""
    left, right = (_bare(name) for name in (gold, told))
    if not left or not right:
        return False
    short, long = sorted((left, right), key=len)
    return left == right or (long[-len(short) :] == short)


def _bare(name: str) -> list[str]:
    found_ = [word for word in re.split(r"[^\w]+", fold(name)) if word]
    while found_ and found_[0] in _ARTICLES:
        found_ = found_[1:]
    return found_


def described(gold: str, told: str) -> bool:
    """Whether two descriptions are one: the words of the shorter all stand in the longer."""
    left, right = (set(_bare(name)) for name in (gold, told))
    return bool(left and right) and (left <= right or right <= left)


def is_speaker_right(entry: Entry, told: Told) -> bool:
    """Whether exactly the marked speakers are told; where nobody is known, whether nobody is named."""
    if not entry.speaker:
        return not told.named
    if len(entry.speaker) != len(told.speakers) and not (entry.speaker_by == "joint" and not entry.named):
        return False
    alike = same if entry.named else described
    return all(any(alike(gold, name) for name in told.speakers) for gold in entry.speaker)


def is_chain_right(entry: Entry, told: Told) -> bool:
    """Whether the carriers are the marked ones, in order."""
    return len(entry.chain) == len(told.chain) and all(
        same(gold, name) or described(gold, name) for gold, name in zip(entry.chain, told.chain, strict=True)
    )


def is_day_right(entry: Entry, told: Told) -> bool:
    """Whether the day is the marked one, as far as the page tells its year."""
    return told.day.endswith(entry.said.removeprefix("-")) if entry.said else not told.day


def is_addressee_right(entry: Entry, told: Told) -> bool:
    """Whether the addressee is the marked one, in whatever form; where none is marked, whether none is told."""
    if not entry.addressee or not told.addressees:
        return not entry.addressee and not told.addressees
    return any(same(entry.addressee, name) or described(entry.addressee, name) for name in told.addressees)


def is_polarity_right(entry: Entry, told: Told) -> bool:
    """Whether the polarity is the marked one."""
    return entry.polarity == told.statement.polarity


CHECKS = {
    "speaker": is_speaker_right,
    "chain": is_chain_right,
    "addressee": is_addressee_right,
    "said": is_day_right,
    "polarity": is_polarity_right,
}


def figures(all_cases: Sequence[Case]) -> dict[str, float]:
    """All figures of one half; shares of the statements that were found."""
    told = [(case.entry, case.told) for case in all_cases if case.told]
    out: dict[str, float] = {"attributions": len(all_cases), "found": len(told)}
    for name, check in CHECKS.items():
        out[name] = _share([check(entry, one) for entry, one in told])
    named = [(entry, one) for entry, one in told if entry.named]
    out["speaker, of those named"] = _share([is_speaker_right(entry, one) for entry, one in named])
    said = [is_speaker_right(entry, one) for entry, one in told if one.named]
    out["precision of names told"] = _share(said)
    out["chain, page's outlet left out"] = _share([_inner_chain(entry, one) for entry, one in told])
    for what in ("addressee", "said"):
        out[f"{what}, of those told"] = _share(
            [CHECKS[what](entry, one) for entry, one in told if getattr(entry, what)]
        )
    odd = [(entry, one) for entry, one in told if entry.polarity != "affirmed"]
    out["polarity, of those not affirmed"] = _share([is_polarity_right(entry, one) for entry, one in odd])
    out["shown as plain assertion"] = sum(one.statement.polarity == "affirmed" for _, one in odd)
    return out


def _inner_chain(entry: Entry, told: Told) -> bool:
    outlets = set(entry.chain[:1])
    bare = told._replace(chain=tuple(n for n in told.chain if not any(same(n, o) for o in outlets)))
    return is_chain_right(entry._replace(chain=tuple(n for n in entry.chain if n not in outlets)), bare)


def _share(right: Sequence[bool]) -> float:
    return round(sum(right) / len(right), 4) if right else 0.0


_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)


def bins(all_cases: Sequence[Case]) -> Iterator[str]:
    """Confidence of the names told against the share that is right."""
    told = [(one.told.sure, is_speaker_right(one.entry, one.told)) for one in all_cases if one.told and one.told.named]
    return bins_of(told)


def bins_of(told: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """A line for each stretch of confidence: how many, how sure on average, how many of them right."""
    rows: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, good in told:
        rows[bisect_left(_EDGES, sure + 1e-9) - 1].append((sure, good))
    for n, row in sorted(rows.items()):
        mean, right = sum(sure for sure, _ in row) / len(row), _share([good for _, good in row])
        yield f"  {_EDGES[n]:.2f} to {_EDGES[n + 1]:.2f}: {len(row):4} told, mean {mean:.3f}, right {right:.3f}"


def misses(all_cases: Sequence[Case], what: str) -> Iterator[str]:
    """A line for each that is wrong."""
    for case in all_cases:
        if case.told and not CHECKS[what](case.entry, case.told):
            yield f"{case.where} {_shown(case, what)} | {case.words[:150]!r}"


def _shown(case: Case, what: str) -> str:
    entry, told = case.entry, case.told
    assert told
    match what:
        case "speaker":
            return f"{entry.speaker_by}: {list(entry.speaker)} {entry.named} told {list(told.speakers)} ({told.reason})"
        case "chain":
            return f"{list(entry.chain)}{' carried' if entry.carried else ''} told {list(told.chain)}"
        case "addressee":
            return f"{entry.addressee!r} told {told.statement.addressee.exact if told.statement.addressee else ''!r}"
        case _:
            return f"{getattr(entry, what)!r} told {getattr(told.statement, what)!r}"


def by_means(all_cases: Sequence[Case]) -> Iterator[str]:
    """Speakers right by how the source means them."""
    rows: dict[str, Counter[bool]] = defaultdict(Counter)
    for case in all_cases:
        if case.told:
            rows[getattr(case.entry, _BY)][is_speaker_right(case.entry, case.told)] += 1
    for name, row in sorted(rows.items()):
        yield f"  {name:14} {row[True]:4} of {row.total():4}"


def result() -> dict[str, float]:
    """The figures of the held-out half with the spans given, for the gate."""
    return figures(list(cases("held-out", "gold")))


def main(arguments: list[str] | None = None) -> int:
    """Print the figures of one half."""
    parser = argparse.ArgumentParser(prog="python -m bench.people", description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=("train", "dev", "held-out"), default="held-out")
    parser.add_argument("--spans", choices=("gold", "found"), default="gold")
    parser.add_argument("--outlet", choices=("stated", "read"), default="stated")
    parser.add_argument("--misses", choices=tuple(CHECKS), help="list what went wrong; not of the held-out half")
    parser.add_argument("--bins", action="store_true", help="how often names told at a confidence are right")
    chosen = parser.parse_args(arguments)
    if chosen.misses and chosen.half == "held-out":
        parser.error("errors are looked at in train and dev only")
    every = list(cases(chosen.half, chosen.spans, chosen.outlet))
    lines = [f"{name:32} {value:g}" for name, value in figures(every).items()]
    lines += by_means(every)
    lines += bins(every) if chosen.bins else ()
    lines += misses(every, chosen.misses) if chosen.misses else ()
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
