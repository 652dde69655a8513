"""When to ask again: pure reckoning, no clock. All times are seconds since 1970-01-01 UTC."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parsedate_to_datetime

DAY = 86_400.0
_FIRST_WAIT = 60.0  #: seconds that a server is left alone which asks for it and does not say how long
_LONGEST_FAILING = DAY  #: a source is asked at least so often, however often it failed
_LONGEST_ASKED = 7 * DAY  #: of a Retry-After; whoever asks for more has other ways to say so
GIVEN_UP = 8  #: failures in a row after which a page is asked for no more


def next_listing(now: float, every: float, failures: int) -> float:
    """When a source is asked again: by its rhythm, doubled for each failure in a row."""
    return now + min(every * 2.0**failures, max(every, _LONGEST_FAILING))


def next_page(now: float, first: float, again: Sequence[float]) -> float | None:
    """When a page is asked for again: at the first of its ages that lies ahead; None: no more."""
    return next((first + age for age in again if first + age > now), None)


def after_failure(now: float, failures: int, again: Sequence[float]) -> float | None:
    """When a page that was not observed is asked for again: soon, then rarer; None where it failed too often."""
    if failures >= GIVEN_UP:
        return None
    first = min(again, default=DAY)
    return now + min(first * 2.0 ** (failures - 1), _LONGEST_FAILING)


def wait_asked(value: str, now: float) -> float | None:
    """Seconds that ``Retry-After`` asks for (RFC 9110, 10.2.3), at most a week; None where it cannot be read."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), _LONGEST_ASKED)
    try:
        seconds = parsedate_to_datetime(text).timestamp() - now
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return min(max(seconds, 0.0), _LONGEST_ASKED)


def host_wait(asked: float | None, failures: int) -> float:
    """Seconds that a server is left alone after it said that it has enough."""
    return asked if asked is not None else min(_FIRST_WAIT * 2.0 ** min(failures, 20), _LONGEST_FAILING)
