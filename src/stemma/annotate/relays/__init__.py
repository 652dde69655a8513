"""Whom a page took its words from: the hops from the carrier to the speaker, with the words that prove them."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.annotate.outlets import same_outlet
from stemma.annotate.relays.carrying import carried
from stemma.annotate.relays.credits import credit_of_page, credited
from stemma.annotate.relays.tracing import Tracer
from stemma.records import Mention, Page, Reference, Relay, Statement

__all__ = ["relays", "same_outlet"]


def relays(
    page: Page, mentions: Sequence[Mention], statements: Sequence[Statement], references: Sequence[Reference]
) -> tuple[Relay, ...]:
    """The hops of every statement: ``cited`` where words on the page prove them, ``carried`` from a lead's citation.

    Hop 0 is nearest to the carrier. The page's own outlet is the carrier and never a hop, nor is who speaks; a
    source without a mention gives none. A credit line is the first hop of the whole page (``statement`` is None)
    and of each of its statements.
    """
    tracer = Tracer.of(page, mentions, statements, references)
    credit = credit_of_page(page, tracer)
    cited = {statement.id: tracer.cited(statement) for statement in statements}
    held = carried(statements, cited, tracer)
    chains = {statement.id: held.get(statement.id, cited[statement.id]) for statement in statements}
    found = [relay for chain in chains.values() for relay in chain]
    if credit:
        found = [*credited(page.document, statements, chains, credit, tracer)]
    return tuple({relay.id: relay for relay in found}.values())
