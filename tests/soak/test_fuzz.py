"""Ten minutes of a fuzzer that is guided by coverage, and nothing escapes."""

from __future__ import annotations

import importlib.util

import pytest

from bench import fuzz

pytestmark = pytest.mark.soak
MINUTES = 10


@pytest.mark.skipif(not importlib.util.find_spec("atheris"), reason="atheris is there for Linux on x86-64 alone")
def test_no_input_escapes(tmp_path):
    status = fuzz.run(MINUTES, tmp_path)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == []
    assert status == 0
