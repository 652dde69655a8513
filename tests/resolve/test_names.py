"""The knowledge of names: every file says where it comes from and under which licence."""

from __future__ import annotations

from importlib.resources import files

import pytest

from stemma.resolve.spelling.knowledge import knowledge

FILES = sorted(
    one.name.removesuffix(".toml")
    for one in files("stemma.resolve").joinpath("names").iterdir()
    if one.name.endswith(".toml")
)


@pytest.mark.parametrize("name", FILES)
def test_source_and_licence(name):
    assert knowledge(name)["source"]
    assert knowledge(name)["licence"]
