"""What a site reserves for all its pages: ``/.well-known/tdmrep.json`` (TDMRep, W3C community report of 2024-05-10)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec

from stemma.collect.web.fetching import FOUND, Wants, fetch
from stemma.collect.web.guard.addresses import Address
from stemma.collect.web.guard.wire import NotObserved
from stemma.collect.web.settings import Limits, Web

PLACE = "/.well-known/tdmrep.json"
LIMITS = Limits(seconds=10.0, page=2**20, wire=2**21)  #: a file of rules, not a page; nobody waits long for it
_MOST_RULES = 10_000
_VALUES = {"0": False, "1": True}
_ENCODED = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9\-._~]")  #: RFC 3986, 2.3
_POLICY = re.compile(r"https?://[!-~]{1,2000}")


class Rule(NamedTuple):
    """One entry of the file."""

    location: str  #: pattern of the paths it is about
    reserved: bool
    policy: str = ""  #: address of the terms; empty: none is named


def fetch_rules(address: Address, web: Web) -> list[Rule]:
    """The rules of the site that a page is of; none where it has no such file: that is no problem."""
    try:
        answer = fetch(address._replace(target=PLACE), web, Wants("application/json"))
    except NotObserved:
        return []
    return read_rules(answer.body) if answer.status == FOUND else []


def read_rules(body: bytes) -> list[Rule]:
    """The rules of a file, in order; what is no rule is passed over."""
    try:
        found = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return []
    rows = found[:_MOST_RULES] if isinstance(found, list) else []
    return [rule for row in rows if isinstance(row, dict) and (rule := _rule(row))]


def _rule(row: dict[str, Any]) -> Rule | None:
    location, policy = row.get("location"), row.get("tdm-policy")
    reserved = _VALUES.get(str(row.get("tdm-reservation")))
    if not isinstance(location, str) or reserved is None:
        return None
    return Rule(location, reserved, policy if isinstance(policy, str) and _POLICY.fullmatch(policy) else "")


def rule_for(rules: list[Rule], target: str) -> Rule | None:
    """The rule that a path and query fall under: the first that fits, as the report says; None where none does."""
    plain = _literal(_plain(target))
    return next((rule for rule in rules if _fits(rule.location, plain)), None)


def _fits(pattern: str, target: str) -> bool:
    """Whether a path begins as the pattern says: "*" is any characters, "$" at its end the end (RFC 9309, 2.2.3)."""
    whole = pattern.endswith("$")
    first, *others = (_literal(part) for part in _plain(pattern.removesuffix("$")).split("*"))
    if not target.startswith(first):
        return False
    at = len(first)
    for part in others:
        if (found := target.find(part, at)) < 0:
            return False
        at = found + len(part)
    return not whole or (target.endswith(others[-1]) if others else at == len(target))


def _literal(path: str) -> str:
    """The characters that are special in patterns as codes, by which a pattern names them (RFC 9309, 2.2.3)."""
    return path.replace("*", "%2A").replace("$", "%24")


def _plain(target: str) -> str:
    """Percent-encoded letters and digits written plainly, other codes in capitals (RFC 3986, 6.2.2)."""

    def written(match: re.Match[str]) -> str:
        letter = chr(int(match[1], 16))
        return letter if _UNRESERVED.fullmatch(letter) else match[0].upper()

    return _ENCODED.sub(written, target)
