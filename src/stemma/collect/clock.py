"""The only clock: whoever needs the present moment as a fact is given it from here."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present moment as ISO 8601 in UTC, to the second: ``2025-10-24T09:14:00Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment() -> str:
    """The same to the microsecond: of two words that a person says within a second the second one counts."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
