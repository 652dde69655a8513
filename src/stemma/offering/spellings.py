"""Names as pages offer them for judging: each spelling of a kind is one item, whoever has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from stemma import resolve
from stemma.archive import Archive
from stemma.records import AnyRecord, Capture, Evidence, Mention, Page
from stemma.stage import Offer, Shelf
from stemma.text.words import fold

STAGE = "resolve"


def offer(_: Capture, __: Page, found: Sequence[AnyRecord | Offer]) -> Iterator[Offer]:
    """Each name form once a page; the archive holds each form of a kind once in all. Who is not named is nobody's.

    What is packed says where the name stands and no more: a newer run that finds it there changes nothing.
    """
    forms: dict[str, Mention] = {}
    for record in found:
        if isinstance(record, Mention) and record.named:
            forms.setdefault(f"{record.kind} {fold(record.evidence.exact)}", record)
    for form, mention in forms.items():
        if keys := tuple(resolve.keys(mention)):
            bare = Mention(id=mention.id, document=mention.document, evidence=mention.evidence, kind=mention.kind)
            yield Offer(STAGE, f"{form} {keys}", msgspec.json.encode(bare).decode(), keys)


def naming(archive: Archive, offered: Offer) -> Iterable[str]:
    """Documents that hold a name of the same folded form."""
    mention = rebuild(archive, offered.packed)
    return archive.naming(mention.kind, fold(mention.evidence.exact))


def rebuild(_: Shelf, packed: str) -> Mention:
    """The mention itself was packed."""
    return msgspec.json.decode(packed, type=Mention)


def load() -> None:
    """Load what names are compared by: workers need it as whoever forks them does, and then have it."""
    words = Evidence(document="", start=0, end=4, exact="Bank")
    resolve.keys(Mention(document="", evidence=words, kind="organization"))
