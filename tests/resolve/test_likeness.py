"""How alike words sound, within a script and between two."""

from __future__ import annotations

import pytest

from stemma.resolve.likeness import alike, manner


@pytest.mark.parametrize(
    ("latin", "other"),
    [("wright", "rayt"), ("matthews", "metyuz"), ("heller", "geller")],
)
def test_other_scripts_write_down_what_is_heard(latin, other):
    assert alike(latin, other, "heard", latin) > alike(latin, other, "heard")
    assert alike(latin, other, "heard", latin) > 0.8


@pytest.mark.parametrize(("one", "other"), [("marina", "mariya"), ("valery", "vitaly"), ("hamad", "hamid")])
def test_names_that_are_never_one_stay_apart(one, other):
    assert alike(one, other) <= 0.5


def test_order_does_not_matter():
    assert alike("belkin", "belkyn") == alike("belkyn", "belkin")


def test_manner_is_of_the_looser_script():
    assert [manner("latin", each) for each in ("latin", "cyrillic", "arabic", "hangul", "han")] == [
        "", "heard", "bare", "loose", "loose",
    ]  # fmt: skip
