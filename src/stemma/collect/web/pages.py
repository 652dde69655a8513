"""From an answer to a capture, or to a Problem that says why there is none."""

from __future__ import annotations

import time
from dataclasses import replace
from hashlib import sha256

from stemma.collect import clock
from stemma.collect.pages import media_type_of, problem, refusal
from stemma.collect.web.fetching import FOUND, Answer, Headers, fetch, status_words
from stemma.collect.web.guard.addresses import Address
from stemma.collect.web.guard.wire import NotObserved
from stemma.collect.web.reservations import LIMITS, Rule, fetch_rules, rule_for
from stemma.collect.web.settings import Web
from stemma.records import Capture, Exchange, Problem, Snapshot, Stated

_TEXT = "text/plain"
#: What a page is called. The last five are said of bytes whose type the server does not know, or knows no better.
_PAGES = frozenset({
    "text/html", "application/xhtml+xml", _TEXT,
    "", "application/octet-stream", "application/xml", "text/xml", "unknown/unknown",
})  # fmt: skip
_OURS = b"X-Archive-TDM-"  #: begins the names of the headers that are added
_RENAMED = b"X-Archive-Orig-"  #: before such a name where the server itself sent it
_WAITING = {429, 503}  #: RFC 6585, 4; RFC 9110, 15.6.4


class Asking:
    """Pages of one ``add``, one after the other, with a pause before a server is asked again."""

    def __init__(self, web: Web, stated: Stated) -> None:
        self._web, self._stated = web, stated
        self._rules: dict[str, list[Rule]] = {}
        self._asked: dict[str, float] = {}

    def page(self, address: Address) -> Capture | Problem:
        """The page at an address; a Problem where it is not observed, which never means that it is gone."""
        self._web.tell(str(address))
        self._pause(address)
        when = clock.now()
        found = self._fetch(address, when)
        self._asked[address.host] = time.monotonic()
        return problem(str(address), f"not observed: {found} ({when})") if isinstance(found, str) else found

    def _fetch(self, address: Address, when: str) -> Capture | str:
        """The page, or why it is not observed."""
        try:
            answer = fetch(address, self._web)
        except NotObserved as error:
            return str(error)
        stated = self._stated._replace(fetched=when)
        return _unfit(answer) or capture(address, answer, stated, self._rule(answer))

    def _pause(self, address: Address) -> None:
        """Wait until the server has had its rest."""
        if (last := self._asked.get(address.host)) is not None:
            time.sleep(max(0.0, last + self._web.limits.gap - time.monotonic()))

    def _rule(self, answer: Answer) -> Rule | None:
        """What the site reserves of the page; asked once a site, and not where the answer said it itself."""
        if any(value in {"0", "1"} for value in answer.values("tdm-reservation")):
            return None
        origin = answer.at.origin
        if origin not in self._rules:
            limits = replace(LIMITS, seconds=min(LIMITS.seconds, self._web.limits.seconds))
            self._rules[origin] = fetch_rules(answer.at, replace(self._web, limits=limits))
        return rule_for(self._rules[origin], answer.at.target)


def _unfit(answer: Answer) -> str | None:
    """Why an answer holds no page; None where it does."""
    if answer.status != FOUND:
        said = f"the server answered {status_words(answer.status)} instead of a page{_wait(answer)}"
        return f"{said}; what stands there is not known"
    if (kind := media_type(answer)) not in _PAGES:
        return f"the server calls it {kind[:80]!r}, which is neither HTML nor plain text"
    return refusal(answer.body)


def _wait(answer: Answer) -> str:
    """How long a server asks to be left alone; a date is not repeated."""
    waits = [value for value in answer.values("retry-after") if value.isascii() and value.isdigit()]
    return f" and asks to wait {waits[0][:9]} seconds" if waits and answer.status in _WAITING else ""


def media_type(answer: Answer) -> str:
    """What the server calls the body, in small letters and without parameters; empty where it says nothing."""
    return next(iter(answer.values("content-type")), "").partition(";")[0].strip().lower()


def capture(asked: Address, answer: Answer, stated: Stated, rule: Rule | None = None) -> Capture:
    """The page with its snapshot: ``url`` is the address that answered, ``origin`` the one that was asked.

    The bytes tell HTML from text, as they do for files; what the server calls them is their ending.
    """
    name = "page.txt" if media_type(answer) == _TEXT else "page.html"
    snapshot = Snapshot(
        url=str(answer.at),
        origin=str(asked),
        fetched=stated.fetched,
        media_type=media_type_of(answer.body, name),
        digest="sha256:" + sha256(answer.body).hexdigest(),
        size=len(answer.body),
        outlet=stated.outlet,
        published=stated.published,
    )
    return Capture(snapshot, answer.body, exchange_of(answer, rule))


def exchange_of(answer: Answer, rule: Rule | None = None) -> Exchange:
    """Both heads as they were sent, though the body is unpacked; what the site reserves is added to the answer's."""
    headers = [(_RENAMED + name if _is_ours(name) else name, value) for name, value in answer.headers]
    request = _head(b"GET %s HTTP/1.1" % answer.at.target.encode(), answer.request)
    return Exchange(request, _head(answer.line, [*headers, *_added(rule)]), answer.number)


def _is_ours(name: bytes) -> bool:
    return name.lower().startswith(_OURS.lower())


def _added(rule: Rule | None) -> Headers:
    if rule is None:
        return []
    reserved = (_OURS + b"Reservation", b"%d" % rule.reserved)
    return [reserved, (_OURS + b"Policy", rule.policy.encode())] if rule.policy else [reserved]


def _head(line: bytes, headers: Headers) -> bytes:
    return b"".join([line, b"\r\n", *(b"%s: %s\r\n" % header for header in headers), b"\r\n"])
