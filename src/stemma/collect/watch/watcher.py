"""The rounds of a watch: what is due is asked for, politely; what is new or changed is handed on."""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from stemma.collect.apart import new_hand
from stemma.collect.pages import problem, refusal
from stemma.collect.watch import listings, rhythm, robots
from stemma.collect.watch.plan import Plan, Watched
from stemma.collect.watch.state import Row, State
from stemma.collect.web.fetching import FOUND, Answer, Wants, fetch, status_words
from stemma.collect.web.guard.addresses import Address, read_address
from stemma.collect.web.guard.wire import Budget, NotObserved, checked_numbers
from stemma.collect.web.pages import capture
from stemma.collect.web.reservations import LIMITS, Rule, fetch_rules, rule_for
from stemma.collect.web.settings import Limits, Web
from stemma.records import Capture, Problem, Stated

_UNCHANGED = 304
_ENOUGH = {429, 503}  #: RFC 6585, 4; RFC 9110, 15.6.4
_ROUND = 16  #: captures of one round: as many are kept together, and fetched again after a crash
_VISITS = 64  #: requests of one round
_ROBOTS = Limits(seconds=10.0, page=robots.MOST, wire=2 * robots.MOST, cut=True)
_FEEDS = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of a watch, in seconds since 1970, and how it passes."""

    seconds: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep

    def stamp(self) -> str:
        """The present moment as ISO 8601 in UTC, to the second."""
        return datetime.fromtimestamp(self.seconds(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Outcome(NamedTuple):
    """What a request gave."""

    name: str  #: new | changed | same | listed | not observed
    note: str = ""  #: how many pages were listed anew; why it was not observed
    snapshot: str | None = None  #: id of what was kept


class Seen(NamedTuple):
    """An address, when it was asked for, and what that gave."""

    address: str
    at: str
    outcome: Outcome


class Watcher:
    """Asks for what is due. ``round`` gives captures; ``done`` is called when they are kept."""

    def __init__(self, plan: Plan, state: State, web: Web, clock: Clock | None = None) -> None:
        self._plan, self._state, self._web = plan, state, web
        self._clock = clock or Clock()
        self._reserved: dict[str, list[Rule]] = {}
        self._hand = new_hand()
        if self._hand:
            weakref.finalize(self, self._hand.end)
        self.seen: list[Seen] = []  #: of the last round
        self._enrol()

    def round(self) -> list[Capture | Problem]:
        """The pages of one round that are new or changed, and what was not observed; empty where nothing is due."""
        self.seen = []
        found: list[Capture | Problem] = []
        for _ in range(_VISITS):
            row = self._state.next(self._clock.seconds())
            if row is None or len(found) >= _ROUND:
                break
            found += self._visit(row)
        return found

    def done(self) -> None:
        """What the last round gave is kept; from here on it is not asked for again."""
        self._state.commit()

    def wait(self) -> float | None:
        """Seconds until something may be asked for; None: nothing is watched any more."""
        first = self._state.first_due()
        return None if first is None else max(0.0, first - self._clock.seconds())

    def is_due(self, began: float) -> bool:
        """Whether something is due that was not observed since then."""
        return self._state.is_due(self._clock.seconds(), began)

    def _enrol(self) -> None:
        now = self._clock.seconds()
        self._state.keep_only(each.address for each in self._plan.sources)
        for source in self._plan.sources:
            if source.kind == "list":
                self._take_up(source.pages, source, now)
            else:
                self._state.enrol([(source.address, _host(source.address), source.address, source.kind)], now)
                self._state.revive(source.address, now)
        self._state.commit()

    def _take_up(self, addresses: tuple[str, ...] | list[str], source: Watched, now: float) -> int:
        return self._state.enrol([(each, _host(each), source.address, "page") for each in addresses], now)

    def _visit(self, row: Row) -> list[Capture | Problem]:
        source = self._plan.source(row.source)
        if source is None:
            self._state.save(row._replace(due=None))
            return []
        address = read_address(row.address)
        rules = self._rules(address)
        if rules is None or not self._knows_reservations(address, rules):
            return []  # the site was asked for its rules; the page comes after its rest
        if not rules.may(row.address):
            return self._not_observed(row, source, rules.why)
        return self._asked(row, source, address, rules.delay)

    def _rules(self, address: Address) -> robots.Rules | None:
        """The rules of a site; None where they were asked for just now."""
        if rules := self._state.rules(address.origin, self._clock.seconds()):
            return rules
        self._ask_rules(address)
        return None

    def _ask_rules(self, address: Address) -> robots.Rules:
        web, now = replace(self._web, limits=_bounded(self._web, _ROBOTS)), self._clock.seconds()
        try:
            answer = fetch(address._replace(target=robots.PLACE), web)
            rules = robots.rules_of(answer.status, answer.body, now)
        except NotObserved as error:
            rules = robots.unknown(str(error), now)
        self._state.save_rules(address.origin, rules)
        self._rest(address, rules.delay)
        return rules

    def _may_follow(self, address: Address) -> bool:
        """Whether a redirect may be followed; the server there is let be before. Raises ``NotObserved``."""
        now = self._clock.seconds()
        checked_numbers(address, self._web.resolve, self._web.allowed, Budget(self._web.limits.seconds, 0))
        rules = self._state.rules(address.origin, now) or self._ask_rules(address)
        self._clock.sleep(max(self._web.limits.gap, rules.delay))
        return rules.may(str(address))

    def _knows_reservations(self, address: Address, rules: robots.Rules) -> bool:
        """Whether it is known what the site reserves; where it is not, that is asked for now."""
        if address.origin in self._reserved:
            return True
        self._reserved[address.origin] = fetch_rules(address, replace(self._web, limits=_bounded(self._web, LIMITS)))
        self._rest(address, rules.delay)
        return False

    def _rest(self, address: Address, delay: float) -> None:
        """Let a server be between two requests."""
        rest = max(self._web.limits.gap, delay)
        self._state.leave_alone(_host(str(address)), self._clock.seconds() + rest)

    def _asked(self, row: Row, source: Watched, address: Address, delay: float) -> list[Capture | Problem]:
        self._web.tell(row.address)
        at = self._clock.stamp()
        try:
            answer = fetch(address, self._web, self._wants(row))
        except NotObserved as error:
            self._rest(address, delay)
            return self._not_observed(row, source, str(error))
        if answer.status in _ENOUGH:
            return self._left_alone(row, address.host, answer)
        self._rest(address, delay)
        if answer.status == _UNCHANGED:
            return self._observed(row, source, answer, Outcome("same"))
        if answer.status != FOUND:
            return self._not_observed(row, source, f"the server answered {status_words(answer.status)}")
        return self._page(row, source, answer, at) if row.kind == "page" else self._listing(row, source, answer)

    def _wants(self, row: Row) -> Wants:
        """What a request says of itself: what it wants, and what is known already (RFC 9110, 13.1)."""
        known = [(b"If-None-Match", row.tag), (b"If-Modified-Since", row.modified)]
        headers = [(name, value.encode("latin-1", "ignore")) for name, value in known if value]
        return Wants(known=headers, may=self._may_follow, **({} if row.kind == "page" else {"accept": _FEEDS}))

    def _left_alone(self, row: Row, host: str, answer: Answer) -> list[Capture | Problem]:
        """A server has enough: it is asked for nothing until its time is over, and nothing is held against the page."""
        now, failures = self._clock.seconds(), self._state.host_failures(host)
        asked = next((rhythm.wait_asked(value, now) for value in answer.values("retry-after")), None)
        wait = max(rhythm.host_wait(asked, failures), self._web.limits.gap)
        self._state.leave_alone(host, now + wait, failures + 1)
        note = f"the server answered {status_words(answer.status)}; it is left alone for {wait:,.0f} seconds"
        self._tell(row, Outcome("not observed", note))
        return []

    def _listing(self, row: Row, source: Watched, answer: Answer) -> list[Capture | Problem]:
        listed = listings.listed(row.kind, answer.body, answer.at, self._hand)
        if listed.trouble and not listed.pages + listed.sitemaps:
            return self._not_observed(row, source, listed.trouble)
        now, known = self._clock.seconds(), self._state.known(listed.pages)
        fresh = [each for each in listed.pages if each not in known]
        self._take_up(fresh[: source.most], source, now)
        self._state.enrol([(each, _host(each), source.address, "sitemap") for each in listed.sitemaps], now)
        if len(fresh) > source.most:  # the others come with the next reading, which must not be answered "unchanged"
            answer = answer._replace(headers=[])
        note = f"{min(len(fresh), source.most):,} new pages"
        told = [problem(row.address, listed.trouble)] if listed.trouble else []
        return [*self._observed(row, source, answer, Outcome("listed", note)), *told]

    def _page(self, row: Row, source: Watched, answer: Answer, at: str) -> list[Capture | Problem]:
        if reason := refusal(answer.body):
            self._state.save(row._replace(due=None, told=reason))
            self._tell(row, Outcome("not observed", reason))
            return [problem(row.address, f"{reason} ({at})")]
        rule = rule_for(self._reserved.get(answer.at.origin, []), answer.at.target)
        made = capture(read_address(row.address), answer, Stated(fetched=at, outlet=source.outlet), rule)
        digest = made.snapshot.digest
        if row.digest == digest:
            return self._observed(row, source, answer, Outcome("same"))
        outcome = Outcome("changed" if row.digest else "new", snapshot=made.snapshot.id)
        return [*self._observed(row._replace(digest=digest), source, answer, outcome), made]

    def _observed(self, row: Row, source: Watched, answer: Answer, outcome: Outcome) -> list[Capture | Problem]:
        now = self._clock.seconds()
        first = now if row.first is None else row.first
        tag, modified = _labels(answer, row)
        due = rhythm.next_page(now, first, source.again) if _is_page(row, source) else now + source.every
        known = row._replace(due=due, first=first, seen=now, tag=tag, modified=modified, failures=0, told="")
        self._state.save(known)
        self._state.calm(_host(row.address))
        self._tell(row, outcome)
        return []

    def _not_observed(self, row: Row, source: Watched, reason: str) -> list[Capture | Problem]:
        """Ask again later; a Problem is told where this is the first time in a row, or the last."""
        now, failures = self._clock.seconds(), row.failures + 1
        again = rhythm.after_failure(now, failures, source.again)
        due = again if _is_page(row, source) else rhythm.next_listing(now, source.every, failures)
        self._state.save(row._replace(due=due, failures=failures, told=reason))
        self._tell(row, Outcome("not observed", reason))
        if failures > 1 and due is not None:
            return []
        way = "it is asked for again" if due is not None else "it failed too often and is asked for no more"
        return [problem(row.address, f"not observed: {reason} ({self._clock.stamp()}); {way}")]

    def _tell(self, row: Row, outcome: Outcome) -> None:
        seen = Seen(row.address, self._clock.stamp(), outcome)
        self._state.log(row.address, seen.at, f"{outcome.name}: {outcome.note}" if outcome.note else outcome.name)
        self.seen.append(seen)


def _is_page(row: Row, source: Watched) -> bool:
    """Whether it is asked for a few times only, as a page that a source lists is."""
    return row.kind == "page" and row.address != source.address


def _labels(answer: Answer, row: Row) -> tuple[str | None, str | None]:
    """ETag and Last-Modified of what is known now; an answer "unchanged" need not repeat them."""
    kept = (row.tag, row.modified) if answer.status == _UNCHANGED else (None, None)
    tag = next(iter(answer.values("etag")), kept[0])
    return tag, next(iter(answer.values("last-modified")), kept[1])


def _bounded(web: Web, limits: Limits) -> Limits:
    return replace(limits, seconds=min(limits.seconds, web.limits.seconds))


def _host(address: str) -> str:
    """The server of an address, whatever the scheme and port: it is one machine that is let be."""
    return read_address(address).host
