"""The cue words and closed word classes of ``cues.toml``, with the inflected forms worked out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

_VOWELS = "aeiou"
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


class Verb(NamedTuple):
    """What one reporting verb takes; ``particle`` are the words that belong to it ("point" + "out")."""

    lemma: str
    particle: tuple[str, ...]
    takes: frozenset[str]  #: of: that, bare, quote, object, to
    addressee: bool
    stance: str


class Form(NamedTuple):
    """One inflected form: its shapes (b base, s third person, d past, n participle, g gerund) and its verbs."""

    shapes: str
    verbs: tuple[Verb, ...]  #: longest particle first
    doubtful: bool  #: as likely a noun


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that ``cues.toml`` says, in the shape in which it is looked up."""

    forms: dict[str, Form]
    words: dict[str, frozenset[str]]
    confidence: dict[str, float]
    triggers: frozenset[str]  #: words without which a sentence holds no statement


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package, read once."""
    raw = tomllib.loads(resources.files("stemma.annotate").joinpath("cues.toml").read_text(encoding="utf-8"))
    words = {name: frozenset(value.split()) for name, value in raw["words"].items()}
    words["contractions"] = frozenset(word for word in words["auxiliaries"] if "'" in word and not word.endswith("n't"))
    words["helpers"] = words["auxiliaries"] | words["negations"]
    words["verbal"] = words["auxiliaries"] | words["finite"]
    words["opening"] = words["determiners"] | words["pronouns"]
    leaning = words["determiners"] - words["alone"] - words["pronouns"]
    words["dangling"] = words["prepositions"] | words["conjunctions"] | leaning | {"there"}
    verbs = _verbs(raw["groups"], words["particles"])
    forms = _forms(verbs, raw["irregular"], words["doubtful"])
    return Lexicon(forms, words, raw["confidence"], frozenset(forms) | words["convictions"] | _TRIGGERS)


#: Cues that are no verbs: "according to", "in the words of".
_TRIGGERS = frozenset(["according", "words", "view", "opinion"])


def cue_places(text: str, start: int, end: int) -> Iterator[int]:
    """Where the words begin without which no sentence holds a statement."""
    triggers = lexicon().triggers
    return (match.start() for match in _WORD.finditer(text, start, end) if match.group().lower() in triggers)


@cache
def words(name: str) -> frozenset[str]:
    """One closed class of words by its name in ``cues.toml``."""
    return lexicon().words[name]


def confidence(rule: str) -> float:
    """How often statements found by ``rule`` were right on development text; see ``cues.toml``."""
    return lexicon().confidence.get(rule, _UNMEASURED)


#: Confidence of a rule that was seen too seldom to measure.
_UNMEASURED = 0.4


def _verbs(groups: list[dict[str, Any]], particles: frozenset[str]) -> dict[str, list[Verb]]:
    """Verbs by lemma; groups that name the same verb and particle are joined."""
    found: dict[tuple[str, tuple[str, ...]], Verb] = {}
    for group in groups:
        for lemma, particle in _entries(group["verbs"].split(), particles):
            old = found.get((lemma, particle))
            found[lemma, particle] = Verb(
                lemma,
                particle,
                frozenset(group["takes"]) | (old.takes if old else frozenset()),
                group.get("addressee", False) or bool(old and old.addressee),
                old.stance if old else group["stance"],
            )
    by_lemma: dict[str, list[Verb]] = {}
    for verb in sorted(found.values(), key=lambda v: (-len(v.particle), v.lemma, v.particle)):
        by_lemma.setdefault(verb.lemma, []).append(verb)
    return by_lemma


def _entries(tokens: list[str], particles: frozenset[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Particles go to the verb before them: "point out claim" gives [("point", ("out",)), ("claim", ())]."""
    entries: list[tuple[str, list[str]]] = []
    for token in tokens:
        if token in particles and entries:
            entries[-1][1].append(token)
        else:
            entries.append((token, []))
    return [(lemma, tuple(particle)) for lemma, particle in entries]


def _forms(verbs: dict[str, list[Verb]], irregular: dict[str, list[str]], doubtful: frozenset[str]) -> dict[str, Form]:
    shapes: dict[str, dict[str, str]] = {}
    for lemma in verbs:
        for form, shape in inflect(lemma, irregular.get(lemma)):
            seen = shapes.setdefault(form, {})
            seen[lemma] = seen.get(lemma, "") + shape
    return {
        form: Form(
            "".join(sorted(set("".join(by.values())))),
            tuple(verb for lemma in by for verb in verbs[lemma]),
            any(lemma in doubtful for lemma in by),
        )
        for form, by in shapes.items()
    }


def inflect(lemma: str, past: list[str] | None = None) -> list[tuple[str, str]]:
    """The forms of a verb with their shapes; ``past`` holds irregular past and participle."""
    pasts = past or [_joined(lemma, "ed")]
    doubled = pasts[0].endswith("ed") and len(pasts[0]) == len(lemma) + 3
    gerund = lemma + lemma[-1] + "ing" if doubled else _joined(lemma, "ing")
    third = lemma[:-1] + "ies" if _y_after_consonant(lemma) else lemma + ("es" if _hisses(lemma) else "s")
    return [(lemma, "b"), (third, "s"), (pasts[0], "d"), (pasts[-1], "n"), (gerund, "g")]


def _joined(lemma: str, ending: str) -> str:
    if ending == "ed" and _y_after_consonant(lemma):
        return lemma[:-1] + "ied"
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        return lemma[:-1] + ending
    return lemma + (ending[1:] if lemma.endswith("e") and ending == "ed" else ending)


def _y_after_consonant(lemma: str) -> bool:
    return lemma.endswith("y") and lemma[-2] not in _VOWELS


def _hisses(lemma: str) -> bool:
    return lemma.endswith(("s", "x", "z", "ch", "sh", "o"))
