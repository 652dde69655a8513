"""Passwords that cost little to prove: what they cost is argon2's business, and tests log in often."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from stemma.notebook import accounts


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    accounts.nobody.cache_clear()
    monkeypatch.setattr(accounts, "hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield
    accounts.nobody.cache_clear()
