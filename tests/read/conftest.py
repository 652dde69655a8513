"""Fixtures of the room `read`: the calling test's docstring is the page that is read."""

from __future__ import annotations

import hashlib
import inspect
from dataclasses import dataclass

import pytest

from stemma.read import read
from stemma.records import AnyRecord, Capture, Document, Field, Label, Problem, Snapshot


@dataclass(frozen=True)
class Reading:
    """What the room made of one page."""

    records: list[AnyRecord]

    @property
    def document(self) -> Document:
        return next(record for record in self.records if isinstance(record, Document))

    @property
    def labels(self) -> list[Label]:
        return [record for record in self.records if isinstance(record, Label)]

    @property
    def problems(self) -> list[str]:
        return [record.message for record in self.records if isinstance(record, Problem)]

    def words(self, role: str) -> list[str]:
        """The words of every stretch in that role."""
        return [self.document.text[label.start : label.end] for label in self.labels if label.role == role]

    def fields(self, name: str) -> list[tuple[str, str]]:
        """Value and basis of every field of that name, the surest first."""
        fields = [record for record in self.records if isinstance(record, Field) and record.name == name]
        return [(field.value, field.basis) for field in sorted(fields, key=lambda field: -field.confidence)]

    def best(self, name: str) -> str | None:
        """The value that counts."""
        return next((value for value, _ in self.fields(name)), None)


def capture(payload: bytes, kind: str = "text/plain", **known: str) -> Capture:
    """A capture of bytes, as `collect` would hand it over."""
    digest = "sha256:" + hashlib.sha256(payload).hexdigest()
    known.setdefault("origin", "page.txt")
    return Capture(Snapshot(media_type=kind, digest=digest, size=len(payload), **known), payload)


def read_bytes(payload: bytes, kind: str = "text/plain", **known: str) -> Reading:
    """The page read."""
    return Reading(read(capture(payload, kind, **known)))


def read_text(text: str, kind: str = "text/plain", **known: str) -> Reading:
    """The page read, from characters."""
    return read_bytes(text.encode(), kind, **known)


@pytest.fixture
def dump(request: pytest.FixtureRequest) -> Reading:
    """The calling test's docstring, read as a plain-text dump."""
    return read_text(inspect.cleandoc(request.function.__doc__ or ""))


@pytest.fixture
def html(request: pytest.FixtureRequest) -> Reading:
    """The calling test's docstring, read as an HTML page."""
    return read_text(inspect.cleandoc(request.function.__doc__ or ""), "text/html")


@pytest.fixture(scope="session")
def read_page():
    """`read_text`: a page of characters, its kind, and what is known of its capture."""
    return read_text


@pytest.fixture(scope="session")
def read_payload():
    """`read_bytes`: the same for bytes."""
    return read_bytes


@pytest.fixture(scope="session")
def make_capture():
    """`capture`: a capture of bytes."""
    return capture
