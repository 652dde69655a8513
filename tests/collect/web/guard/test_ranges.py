"""Which IP addresses are of the public Internet."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.collect.web.guard.ranges import ranges, refusal

PUBLIC = ["8.8.8.8", "93.184.216.34", "1.1.1.1", "172.32.0.1", "100.128.0.1", "198.20.0.1", "2606:4700::1111",
          "2001:4860:4860::8888", "2a00:1450:4001:81b::200e"]  # fmt: skip
LAB = ["127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.1.1",
       "100.64.0.1", "100.127.255.255", "198.18.0.1", "192.0.2.1", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1",
       "fec0::1", "2001:db8::1", "3fff::1"]  # fmt: skip
NEVER = ["0.0.0.0", "0.1.2.3", "169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "192.0.0.192",
         "192.0.0.1", "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::",
         "fd00:ec2::254", "fd20:ce::254", "ff02::1", "100::1", "2001::1", "2001:20::1", "2002:7f00:1::",
         "2002:808:808::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "64:ff9b:1::7f00:1", "::ffff:0:127.0.0.1",
         "4000::1", "5f00::1", "8000::1", "1::1", "e000::1"]  # fmt: skip


@pytest.mark.parametrize("number", PUBLIC)
def test_public(number):
    assert refusal(number) is None


@pytest.mark.parametrize("number", LAB)
def test_only_where_a_person_names_the_host(number):
    assert refusal(number)
    assert refusal(number, allowed=True) is None


@pytest.mark.parametrize("number", NEVER)
def test_never(number):
    assert refusal(number)
    assert refusal(number, allowed=True)


@pytest.mark.parametrize("form", ["::ffff:{}", "::{}", "64:ff9b::{}", "2606:4700::5efe:{}", "2606:4700::200:5efe:{}"])
def test_an_ipv4_address_within_decides(form):
    for number in ["127.0.0.1", "10.1.2.3", "169.254.169.254"]:
        assert refusal(form.format(number)) == refusal(number)
        assert refusal(form.format(number), allowed=True) == refusal(number, allowed=True)
    assert refusal(form.format("8.8.8.8")) is None


def test_no_number():
    assert refusal("orvo.example") == "no IP address"


def test_each_range_is_told_by_name():
    assert "loopback" in refusal("127.0.0.1")
    assert "metadata" in refusal("169.254.169.254")
    assert "RFC 1918" in refusal("10.0.0.1")
    assert len({each.network for each in ranges()}) == len(ranges())


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_never_wider_than_python_knows(address: IPv4Address | IPv6Address):
    if refusal(str(address)) is None:
        plain = address.version == 4 or address in IPv6Network("2000::/3")
        judged = address if plain else IPv4Address(int(address) & 0xFFFFFFFF)
        assert judged.is_global
        assert not judged.is_multicast
        assert not judged.is_reserved
