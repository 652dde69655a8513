"""Credit lines: the outlet that a page credits with all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stemma.annotate.relays.tracing import Tracer
from stemma.records import Document, Mention, Page, Relay, RelayKind, Statement, prose

#: How sure a hop is that a credit line tells; an estimate.
_CREDITED = 0.8
#: A whole line that credits a page: "SARVA, Karvis", "Source: Sarva", "/SARVA/", "(Sarva)".
_CREDIT_LINE = re.compile(
    r"(?P<before>[(/\[]|(?i:source|via|from|by)\b:?\s)?\s*(?P<name>[^\n,/()\[\]:.;]{2,50}?)"
    r"(?P<after>\s?[)/\]]|\s?[,–—-]\s*[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,2})?\W{0,3}$"
)
_LONGEST_CREDIT = 90
_BY_CREDIT = "the credit line of the page"


def credit_of_page(page: Page, tracer: Tracer) -> Mention | None:
    """The outlet that a line at the head or end of the page credits with all of it."""
    text = page.document.text
    written = prose(page)
    edges = [label for label in page.labels if label.role == "byline"] + written[:1] + written[-1:]
    for label in edges:
        if label.end - label.start > _LONGEST_CREDIT:
            continue
        line = _CREDIT_LINE.match(text, label.start, label.end)
        for mention in tracer.between(label.start, label.end) if line else ():
            if line and _credits(line, mention, tracer) and tracer.may_carry(mention):
                return mention
    return None


def _credits(line: re.Match[str], mention: Mention, tracer: Tracer) -> bool:
    """Whether the line names the outlet and nothing else, in the form of a credit.

    A bare name is one only where the page's own outlet is known: else it may be the page's own head.
    """
    name = line["name"].strip()
    whole = mention.evidence.exact in name and len(name) - len(mention.evidence.exact) <= len("the ")
    return whole and bool(line["before"] or line["after"] or tracer.outlets.own)


def credited(
    document: Document,
    statements: Sequence[Statement],
    chains: dict[str, list[Relay]],
    credit: Mention,
    tracer: Tracer,
) -> list[Relay]:
    """All chains with the credited outlet in front, and its hop for the page as a whole."""
    found = [_from_credit(document, None, credit, "cited")]
    names = {mention.id: mention for mention in tracer.mentions}
    for statement in statements:
        chain = chains[statement.id]
        known = [names[hop.exemplar] for hop in chain if hop.exemplar in names] + tracer.speaker(statement)
        if any(tracer.outlets.same(m.evidence.exact, credit.evidence.exact) for m in known):
            found += chain
            continue
        found.append(_from_credit(document, statement.id, credit, "carried"))
        found += [_moved(hop) for hop in chain]
    return found


def _from_credit(document: Document, statement: str | None, credit: Mention, kind: RelayKind) -> Relay:
    return Relay(
        document=document.id,
        statement=statement,
        exemplar=credit.id,
        kind=kind,
        hop=0,
        evidence=credit.evidence,
        confidence=_CREDITED,
        reason=_BY_CREDIT,
    )


def _moved(hop: Relay) -> Relay:
    return Relay(
        document=hop.document,
        statement=hop.statement,
        exemplar=hop.exemplar,
        kind=hop.kind,
        hop=hop.hop + 1,
        evidence=hop.evidence,
        confidence=hop.confidence,
        reason=hop.reason,
    )
