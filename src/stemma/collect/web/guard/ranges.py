"""Which IP addresses a page may be fetched from: those of the public Internet."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple

_NAT64 = IPv6Network("64:ff9b::/96")  #: RFC 6052; how a network without IPv4 reaches every server that has only that
_COMPATIBLE = IPv6Network("::/96")  #: RFC 4291, 2.5.5.1; out of use
_ISATAP = (0x00005EFE, 0x02005EFE)  #: RFC 5214, 6.1: the third 32 bits of an address that carries an IPv4 one


class Range(NamedTuple):
    """A network of ``ranges.toml``."""

    network: IPv4Network | IPv6Network
    name: str
    lab: bool  #: whether a host that a person allows by name may lie in it


@lru_cache(maxsize=1)
def ranges() -> tuple[Range, ...]:
    """The networks, the narrowest first."""
    table = tomllib.loads((files(__package__) / "ranges.toml").read_text("utf-8"))["range"]
    known = [Range(ip_network(network), row["name"], row["lab"]) for row in table for network in row["networks"]]
    return tuple(sorted(known, key=lambda known: -known.network.prefixlen))


def refusal(number: str, *, allowed: bool = False) -> str | None:
    """What lies at an IP address that is not connected to; None: a server of the public Internet.

    ``allowed``: a person named the host, so that it may lie in a range for the lab too. An IPv6 address that carries
    an IPv4 address is judged by that one.
    """
    try:
        address = ip_address(number)
    except ValueError:
        return "no IP address"
    return _refusal(address, allowed)


def _refusal(address: IPv4Address | IPv6Address, allowed: bool) -> str | None:
    if isinstance(address, IPv6Address):
        address = IPv6Address(int(address))  # without the zone
        if (carried := _carried(address)) is not None:
            return _refusal(carried, allowed)
        if reason := _isatap(address, allowed):
            return reason
    found = next((each for each in ranges() if address in each.network), None)
    if found is not None:
        return None if allowed and found.lab else found.name
    return None if address.is_global else "no address of the public Internet"


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that stands in the last 32 bits, where connecting leads to it; ``::`` and ``::1`` carry none."""
    if address in _COMPATIBLE and int(address) <= 1:
        return None
    if address.ipv4_mapped or address in _NAT64 or address in _COMPATIBLE:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _isatap(address: IPv6Address, allowed: bool) -> str | None:
    if int(address) >> 32 & 0xFFFFFFFF not in _ISATAP:
        return None
    return _refusal(IPv4Address(int(address) & 0xFFFFFFFF), allowed)
