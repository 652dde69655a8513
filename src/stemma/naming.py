"""Who may be meant by a name: an archive's names are asked for the forms that a person knows."""

from __future__ import annotations

from stemma import resolve
from stemma.archive import Archive
from stemma.offering import spellings
from stemma.records import Evidence, Mention, MentionKind

_ASKED: tuple[MentionKind, ...] = ("person", "organization", "place")  #: kinds of names that people ask for


def meant(archive: Archive, form: str) -> list[tuple[str, resolve.Comparison]]:
    """Names in the archive that a form in any script may mean and how near they are, the nearest first."""
    found: dict[str, resolve.Comparison] = {}
    for kind in _ASKED:
        words = Evidence(document="", start=0, end=len(form), exact=form)
        for key in resolve.keys(Mention(document="", evidence=words, kind=kind)):
            for name in (spellings.rebuild(archive, packed) for packed in archive.offered(spellings.STAGE, key)):
                found[name.evidence.exact] = resolve.compare(form, name.evidence.exact, kind)
    near = [(name, one) for name, one in found.items() if one.verdict != "different"]
    return sorted(near, key=lambda each: (each[1].verdict != "same", -each[1].score, each[0]))
