"""Fields: facts about a page as a whole, each with what it rests on."""

from __future__ import annotations

from stemma.read.fields.blocks import find_languages
from stemma.read.fields.credits import find_agency
from stemma.read.fields.originals import find_originals
from stemma.read.fields.outlets import find_outlet
from stemma.read.fields.published import Finding, find_published
from stemma.read.fields.reservations import find_reservations
from stemma.read.head import Head
from stemma.read.labels import Labelled, Stretch, named_titles
from stemma.read.served import read_served
from stemma.records import Capture, Document, Field, evidence

__all__ = ["find_fields"]

_TITLE = 0.7  #: confidence in a headline that the page does not show
_LONGEST_TITLE = 300  #: characters


def find_fields(
    capture: Capture, document: Document, labelled: Labelled, head: Head | None, markup: str
) -> list[Field]:
    """The fields of a page, in order of name and confidence; evidence wherever the basis stands in the text."""
    snapshot = capture.snapshot
    sheet, stretches, found = labelled
    findings = [
        *find_outlet(snapshot, sheet, found, head),
        *find_agency(sheet, found, head),
        *find_published(snapshot, labelled, head, markup),
        *_titles(stretches, head),
        *find_languages(sheet, stretches, head),
        *find_originals(snapshot, sheet, head),
        *find_reservations(sheet, head, read_served(capture.exchange)),
    ]
    findings.sort(key=lambda finding: (finding.name, -finding.confidence))
    fields = [_field(document, finding) for finding in findings]
    return list({field.id: field for field in reversed(fields)}.values())[::-1]


def _field(document: Document, finding: Finding) -> Field:
    return Field(
        document=document.id, name=finding.name, value=finding.value, basis=finding.basis,
        confidence=round(finding.confidence, 3),
        evidence=evidence(document, *finding.span) if finding.span else None,
    )  # fmt: skip


def _titles(stretches: list[Stretch], head: Head | None) -> list[Finding]:
    """The headline that only the metadata gives: no stretch of the page is labelled as one."""
    if head is None or any(stretch.role == "title" for stretch in stretches):
        return []
    names = [name for name in named_titles(head) if len(name) <= _LONGEST_TITLE]
    return [Finding("title", names[0], "meta", _TITLE)] if names else []
