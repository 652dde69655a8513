"""The JSON for programs under schemathesis: whatever its description allows, and what it does not."""

from __future__ import annotations

import os

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck

from stemma.archive import Archive
from stemma.show.web import reader
from stemma.show.web.api.openapi import description

pytestmark = pytest.mark.soak
EXAMPLES = int(os.environ.get("STEMMA_API_EXAMPLES", "100"))  #: of each endpoint, right ones and wrong ones
HOST = {"Host": "127.0.0.1:8742"}


def test_schemathesis_finds_nothing(whole) -> None:
    """Every check of schemathesis but one: words that are no query are refused though the description lets them be."""
    told = description()
    checks = schemathesis.checks
    left_out = [checks.positive_data_acceptance] if hasattr(checks, "positive_data_acceptance") else []
    with Archive.open(whole) as archive:
        app = reader(archive)
        schema = schemathesis.openapi.from_dict(told)
        schema.app = app
        asked = 0
        for found in schema.get_all_operations():
            operation = found.ok()
            for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
                asked += _ask(operation, mode, app, left_out)
        assert asked > len(told["paths"]) * EXAMPLES // 2


def _ask(operation, mode, app, left_out) -> int:
    """How many requests were made."""
    count = 0

    @hypothesis.settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def ask(case) -> None:
        nonlocal count
        count += 1
        case.call_and_validate(app=app, headers=HOST, base_url="http://127.0.0.1:8742", excluded_checks=left_out)

    try:
        ask()
    except hypothesis.errors.Unsatisfiable:  # nothing can be wrong with an endpoint that takes nothing
        assert mode is schemathesis.GenerationMode.NEGATIVE
    return count
