"""The same files as for the readers of formats."""

from tests.collect.formats.conftest import archive

__all__ = ["archive"]
