"""Where a watch may ask, and how fast: robots.txt by RFC 9309."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from protego import Protego

AGENT = "Stemma"  #: the product token that rules are looked up by (RFC 9309, 2.2.1)
PLACE = "/robots.txt"
MOST = 500 * 1024  #: bytes that are read; RFC 9309, 2.5 asks for no fewer
FRESH = 86_400.0  #: seconds for which rules count without asking again (RFC 9309, 2.4)
FRESH_FAILED = 3_600.0  #: the same where no rules could be had
_LONGEST_DELAY = 3_600.0  #: seconds of a Crawl-delay
_NOBODY = "User-agent: *\nDisallow: /"
_MISSING = range(400, 500)  #: statuses that say there are no rules (RFC 9309, 2.3.1.3)
_FOUND, _ENOUGH = 200, 429  #: RFC 9110, 15.3.1; RFC 6585, 4


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site."""

    text: str  #: as it stands, or what its absence means
    until: float  #: seconds since 1970: when to ask for them again
    why: str = "robots.txt of the site asks programs not to"  #: said of a page that may not be asked for

    def may(self, url: str) -> bool:
        """Whether a page may be asked for."""
        return _parsed(self.text).can_fetch(url, AGENT)

    @property
    def delay(self) -> float:
        """Seconds between two requests that the site asks for; 0 where it does not say."""
        try:
            said = _parsed(self.text).crawl_delay(AGENT) or 0.0
        except (ValueError, OverflowError):
            return 0.0
        return min(max(said, 0.0), _LONGEST_DELAY)


def rules_of(status: int, body: bytes, now: float) -> Rules:
    """What an answer means: its rules; all may be asked where there are none; nothing where the server is in trouble.

    A server that has enough (429) has not answered about its rules either.
    """
    if status == _FOUND:
        return Rules(body[:MOST].decode("utf-8", "replace").replace("\0", ""), now + FRESH)
    if status in _MISSING and status != _ENOUGH:
        return Rules("", now + FRESH)
    return unknown(f"the server answered {status}", now)


def unknown(reason: str, now: float) -> Rules:
    """A site out of reach is asked for nothing until it says what it wants (RFC 9309, 2.3.1.4)."""
    return Rules(_NOBODY, now + FRESH_FAILED, f"robots.txt of the site could not be had: {reason}")


@lru_cache(maxsize=256)
def _parsed(text: str) -> Protego:
    return Protego.parse(text)
