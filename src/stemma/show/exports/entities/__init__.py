"""Statements, pages and persons as things of other vocabularies: JSON-LD, FollowTheMoney, STIX."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import blake2b

from msgspec import json

from stemma.show.exports.rows import Batch, StatementRow, VoiceRow
from stemma.show.plain import ascii_json

NOTICE = (
    "What pages report that somebody said, as it was read by machine from archived captures; none of it is stated as "
    "fact. The rights in the words are their owners'."
)
#: How a stretch of speech is worded in the page: what is not among these is the outlet's own wording.
VERBATIM = frozenset({"direct", "full-text", "transcript"})


def urn(record_id: str) -> str:
    """A record as an identifier."""
    return f"urn:stemma:{record_id}"


def dump(thing: object) -> str:
    """A thing as JSON on one line, in which no character steers a screen."""
    return ascii_json(json.encode(thing).decode())


def is_said(said: StatementRow) -> bool:
    """Whether it is plainly reported as said: of anything else nobody is made the author."""
    return said.polarity == "affirmed"


def stamp(instant: str | None) -> str | None:
    """An instant in universal time to the millisecond; a day begins at midnight, None for what is no day."""
    text = instant or ""
    try:
        found = datetime.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) in {4, 7} else text)
        moment = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


class Seen:
    """What was written already, in eight bytes and some each: persons and pages stand in a file once."""

    def __init__(self) -> None:
        self._keys: set[int] = set()

    def is_new(self, record_id: str) -> bool:
        """Whether this is the first time."""
        key = hash_of(record_id)
        if key in self._keys:
            return False
        self._keys.add(key)
        return True

    def voices(self, batch: Batch) -> Iterator[VoiceRow]:
        """Speakers of a page with an id of their own that were not written yet."""
        for said in batch.statements:
            for voice in (*said.speakers, *said.perhaps):
                if voice.entity and self.is_new(voice.entity):
                    yield voice


def hash_of(record_id: str) -> int:
    """Sixty-four bits of a hash: of a million ids two are alike in one of thirty million archives."""
    return int.from_bytes(blake2b(record_id.encode(), digest_size=8).digest(), "big")
