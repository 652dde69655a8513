"""Who asks, and which hosts a person names."""

from __future__ import annotations

import pytest

import stemma
from stemma.collect.web.settings import Web, asking, trust
from stemma.errors import BadValue


def test_the_agent_names_program_version_and_contact():
    assert Web().agent == f"Stemma/{stemma.__version__} (no contact given)"
    assert asking("desk@orvo.example").agent == f"Stemma/{stemma.__version__} (+desk@orvo.example)"
    assert asking().agent == Web().agent


@pytest.mark.parametrize("contact", ["", "a\r\nX: y", "a\0", "항구@orvo.example", "(a)", "x" * 201, "a\tb"])
def test_contacts_that_would_break_a_header(contact):
    with pytest.raises(BadValue, match="contact"):
        asking(contact)


def test_hosts_are_written_as_addresses_have_them():
    allowed = asking(allowed=["LAB.example.", "::1", "[::1]", "10.0.0.1", "bücher.example"]).allowed
    assert allowed == {"lab.example", "::1", "10.0.0.1", "xn--bcher-kva.example"}


@pytest.mark.parametrize("host", ["http://lab.example", "lab.example:80", "*", "", "10.0.0.0/8", "*.example", "0x7f.1"])
def test_no_network_and_no_pattern_is_allowed(host):
    with pytest.raises(BadValue, match="allow-host"):
        asking(allowed=[host])


def test_nothing_is_allowed_unasked():
    assert asking().allowed == frozenset()


def test_certificates_are_checked():
    assert trust().check_hostname
