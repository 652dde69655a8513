"""Fixtures of the room."""

from __future__ import annotations

import sys

import pytest

from stemma.annotate.statements import statements


@pytest.fixture(scope="module")
def rules_alone():
    """Statements as the rules find them, without the network's word: what a rule does is then what a test sees."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[statements.__module__], "network", lambda: None)
        yield
