"""Keys under which mentions meet, and judgements between those that share one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from stemma.records import Judgement, Mention, MentionKind
from stemma.resolve import bodies, pairing, persons
from stemma.resolve.comparing import Comparison, compare
from stemma.resolve.nearness import UNSURE, near
from stemma.resolve.spelling import chinese, korean, sounds
from stemma.resolve.spelling.parse import parse, particles

BY = "resolve/2"
CROWDED = 64  #: names of one key from which on mere doubts are not told: 10,000 generated pages gave 20 to a name
NEARLY = 0.5  #: score from which an unsure judgement of two names is told all the same
_NEAR = 0.05  #: lowest score of a pair that is worth a "different": names so near that a reader might join them
Pair = tuple[int, int]  #: places of two mentions in the order of their ids
_BONES = 4  #: consonants of a word that make its key


def keys(mention: Mention) -> list[str]:
    """The keys of a mention: its kind with the sounds of its words, or with what all romanisations share.

    Frequent names make no key of their own; two forms that can be judged the same share at least one key.
    """
    return list(_keys(mention.evidence.exact, mention.kind))


@lru_cache(maxsize=65_536)
def _keys(name: str, kind: MentionKind) -> tuple[str, ...]:
    if kind != "person":
        return tuple(f"{'body' if kind != 'place' else kind}:{key}" for key in bodies.keys(name))
    return tuple(sorted({f"person:{key}" for key in (*_eastern_keys(name), *_sound_keys(name))}))


def _eastern_keys(name: str) -> list[str]:
    """Number of the family name and final of the last syllable: what all romanisations agree on."""
    told = [
        f"ko{number}{korean.outline(one)}" for one in korean.korean(name) for number in sorted(one.numbers)
    ]
    return told + [f"zh{one.family}{''.join(code[:1] for code in one.given)}" for one in chinese.chinese(name)]


def _sound_keys(name: str) -> list[str]:
    """Each rare word, and all words together; patronymics make no key, so that forms with and without one meet."""
    parsed, father = parse(name), pairing.middle(name)
    words = [word for word in parsed.words if len(word) > 1 and word not in particles() and word != father]
    words = words or list(parsed.words)
    found = []
    for word in words:
        heard = sounds.sound(word)
        rare = heard.whole not in sounds.frequent()
        if rare or len(words) == 1:
            found.append(heard.bones[:_BONES] or heard.whole)
    if len(words) > 1:
        found.append("+".join(sorted(map(_outline, words))))
    return found


def _outline(word: str) -> str:
    """Three consonants of a word; of a given name that languages spell in their own ways the number of its line."""
    lines = sounds.group(word)
    return f"{min(lines)}" if lines else sounds.sound(word).bones[:3]


def judge(mentions: Sequence[Mention]) -> list[Judgement]:
    """Judgements between mentions that share a key: same, unsure, and different for names near enough to be confused.

    A name that says less and fits two that differ ("Sergei Petrov" with two patronymics) is unsure for both,
    so that it never joins them. Among very many names only what joins them, or nearly does, is told.
    """
    ordered = sorted(mentions, key=lambda one: one.id)
    crowded = len(ordered) > CROWDED
    found = {(a, b): _compared(ordered[a], ordered[b]) for a, b in _near(ordered, crowded=crowded)}
    open_ = _chaining(ordered, found)
    told = ((pair, _opened(one) if pair in open_ else one) for pair, one in found.items() if one is not None)
    return [_judged(ordered[a], ordered[b], one) for (a, b), one in told if _is_worth_telling(one, crowded=crowded)]


def _is_worth_telling(one: Comparison, *, crowded: bool) -> bool:
    if crowded:
        return one.verdict == "same" or (one.verdict == "unsure" and one.score >= NEARLY)
    return one.verdict != "different" or one.score >= _NEAR


def _near(ordered: Sequence[Mention], *, crowded: bool) -> list[Pair]:
    """Places of the mentions that are worth comparing: of one kind, and of names that have something in common."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(ordered):
        by_kind["body" if one.kind in {"organization", "outlet"} else one.kind].append(place)
    found = []
    for places in by_kind.values():
        names = [ordered[place].evidence.exact for place in places]
        least = NEARLY if crowded else UNSURE
        found += [(places[a], places[b]) for a, b in near(names, ordered[places[0]].kind, least)]
    return sorted(found)


def _compared(a: Mention, b: Mention) -> Comparison | None:
    """The comparison of two mentions; None where they are one."""
    return compare(a.evidence.exact, b.evidence.exact, a.kind) if a.id != b.id else None


def _chaining(ordered: Sequence[Mention], found: dict[Pair, Comparison | None]) -> set[Pair]:
    """Pairs that are the same by a name that says less, which may be another one that differs as well."""
    same: dict[int, set[int]] = defaultdict(set)
    unsure: dict[int, set[int]] = defaultdict(set)
    for (a, b), one in found.items():
        if one is not None and ordered[a].kind == "person" and one.verdict != "different":
            linked = same if one.verdict == "same" else unsure
            linked[a].add(b)
            linked[b].add(a)
    names = [one.evidence.exact for one in ordered]
    chaining: set[Pair] = set()
    for a, fitting in same.items():
        fuller = {b for b in fitting if pairing.says_less(names[a], names[b])}
        told = [c for c in unsure[a] if pairing.middle(names[c])] if fuller else []
        chaining.update(
            (min(a, b), max(a, b))
            for b in fuller
            if fuller - same[b] - {b} or any(pairing.fathers_differ(names[b], names[c]) for c in told)
        )
    return chaining


def _opened(one: Comparison) -> Comparison:
    return replace(one, verdict="unsure", reasons=(*one.reasons, "one name says less and fits others that differ"))


def _judged(a: Mention, b: Mention, found: Comparison) -> Judgement:
    return Judgement(left=a.id, right=b.id, verdict=found.verdict, score=found.score, reasons=found.reasons, by=BY)
