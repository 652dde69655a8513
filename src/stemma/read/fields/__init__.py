"""Fields: facts about a page as a whole, each with what it rests on."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from stemma.read.fields.languages import guess_language
from stemma.read.fields.outlets import find_outlet
from stemma.read.fields.published import Finding, find_published
from stemma.read.fields.reservations import find_reservations
from stemma.read.head import Head
from stemma.read.labels import Labelled, Stretch, named_titles
from stemma.read.layout import Sheet
from stemma.read.served import read_served
from stemma.records import Capture, Document, Field, Snapshot, evidence

__all__ = ["find_fields"]

_DECLARED = 0.6  #: confidence in a page's own word on its language: templates are copied
_CANONICAL = 0.9
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
        *find_published(snapshot, labelled, head, markup),
        *_titles(stretches, head),
        *_languages(sheet, stretches, head),
        *_originals(snapshot, head),
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


def _languages(sheet: Sheet, stretches: list[Stretch], head: Head | None) -> list[Finding]:
    told = [stretch for stretch in stretches if stretch.role in {"body", "turn", "title"}] or stretches
    guess = guess_language("\n".join(sheet.text[stretch.start : stretch.end] for stretch in told[:40]))
    found = [Finding("language", guess.language, guess.basis, guess.confidence)] if guess else []
    if head and (declared := head.language.split("-")[0].split("_")[0].lower()).isalpha():
        found.append(Finding("language", declared, "meta", _DECLARED))
    return found


def _titles(stretches: list[Stretch], head: Head | None) -> list[Finding]:
    """The headline that only the metadata gives: no stretch of the page is labelled as one."""
    if head is None or any(stretch.role == "title" for stretch in stretches):
        return []
    names = [name for name in named_titles(head) if len(name) <= _LONGEST_TITLE]
    return [Finding("title", names[0], "meta", _TITLE)] if names else []


def _originals(snapshot: Snapshot, head: Head | None) -> list[Finding]:
    """The address that the page names as its own, where it is another than the one it was taken from."""
    if head is None or not head.canonical:
        return []
    address = urljoin(snapshot.url or "", head.canonical)
    if urlsplit(address).scheme not in {"http", "https"} or address == snapshot.url:
        return []
    return [Finding("original_url", address, "meta", _CANONICAL)]
