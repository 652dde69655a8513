"""Statements as people set them right: kind, day, content, who speaks, and whom a name means on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from stemma.archive.corrections.overlay.covering import Span
from stemma.archive.corrections.overlay.removing import without
from stemma.archive.corrections.standing import age
from stemma.archive.corrections.values import Named, names_of
from stemma.archive.pages.reading import CORRECTED, Leaf, Parted, Speaker, anaphor_of, form_of
from stemma.records import Correction, Evidence, Mention, Reference, Statement, evidence
from stemma.text.words import fold


def told(word: Correction) -> str:
    """Reason or basis of what a person set right."""
    return f"{CORRECTED}{word.by}: {word.reason}"


def parted(leaf: Leaf, words: Iterable[tuple[str, Correction]]) -> Leaf:
    """The leaf with all mentions of a spelling meaning whom people say that one of them means, the oldest word first.

    A newer word on the same spelling takes the place of an older one, whichever mention of it it is about.
    """
    spelled = {each.id: (fold(form_of(each)), each.kind) for each in leaf.mentions}
    meant = {spelled[target]: word for target, word in words if word.field == "means" and target in spelled}
    if not meant:
        return leaf
    mentions = (_parted(each, word) if (word := meant.get(spelled[each.id])) else each for each in leaf.mentions)
    return replace(leaf, mentions=tuple(mentions))


def _parted(mention: Mention, word: Correction) -> Parted:
    kept = {name: getattr(mention, name) for name in Mention.__struct_fields__}
    return Parted(**kept | {"reason": told(word), "confidence": 1.0, "bearer": word.value})


def restated(leaf: Leaf, newest: Mapping[tuple[str, str], Correction], spans: Mapping[str, list[Span]]) -> Leaf:
    """The leaf with its statements as the newest words have them, by statement and field.

    ``spans``: what each word names here, by its id. A content of no span says that nothing is said there.
    """
    empty = {target for (target, field), word in newest.items() if field == "content" and not spans[word.id]}
    statements = tuple(_restated(leaf, each, newest, spans) for each in leaf.statements)
    spoken = {target: word for (target, field), word in newest.items() if field == "speaker"}
    return _voiced(without(replace(leaf, statements=statements), empty), spoken)


def _restated(
    leaf: Leaf,
    statement: Statement,
    newest: Mapping[tuple[str, str], Correction],
    spans: Mapping[str, list[Span]],
) -> Statement:
    """The statement with kind, day and content as people say; its id stays."""
    words = {field: word for field in ("kind", "said", "content") if (word := newest.get((statement.id, field)))}
    if not words:
        return statement
    changes: dict[str, Any] = {field: word.value or None for field, word in words.items()}
    if "said" in words:
        changes |= {"said_words": None, "said_basis": told(words["said"]), "earliest": None, "latest": None}
    if "content" in words:
        changes["content"] = tuple(evidence(leaf.document, *span) for span in spans[words["content"].id])
    return msgspec.structs.replace(statement, **changes, reason=told(max(words.values(), key=age)), confidence=1.0)


def _voiced(leaf: Leaf, words: Mapping[str, Correction]) -> Leaf:
    """Who speaks as people say; references from the same words go, unless another statement rests on them."""
    if not words:
        return leaf
    spoken = {each.id: _speakers(leaf, words[each.id]) for each in leaf.statements if each.id in words}
    kept = {_place(hook) for each in leaf.statements if each.id not in spoken and (hook := anaphor_of(each))}
    hooks = {
        each.id: hook
        for each in leaf.statements
        if each.id in spoken and (hook := anaphor_of(each)) and _place(hook) not in kept
    }
    freed = {_place(hook) for hook in hooks.values()}
    own = [
        Reference(document=leaf.document.id, anaphor=hook, antecedent=who.mention, reason=who.reason)
        for statement, hook in hooks.items()
        for who in spoken[statement]
        if who.mention
    ]
    references = [each for each in leaf.references if _place(each.anaphor) not in freed]
    return replace(leaf, references=(*references, *own), spoken={**leaf.spoken, **spoken})


def _place(piece: Evidence) -> Span:
    return piece.start, piece.end


def _speakers(leaf: Leaf, word: Correction) -> tuple[Speaker, ...]:
    return tuple(_speaker(leaf, named, told(word)) for named in names_of(word.value))


def _speaker(leaf: Leaf, named: Named, reason: str) -> Speaker:
    """The mention of that name, one with a role rather than one without; else the name alone."""
    found = [each for each in leaf.mentions if _is(each, named)]
    mention = min(found, key=lambda each: (not each.role, each.evidence.start, each.id), default=None)
    if mention is None:
        return Speaker(named.name, named.kind or "person", None, reason, 1.0, None)
    return Speaker(form_of(mention), mention.kind, mention.role, reason, 1.0, mention.id)


def _is(mention: Mention, named: Named) -> bool:
    same = mention.id == named.name or fold(form_of(mention)) == fold(named.name)
    return same and named.kind in {None, mention.kind}
