"""Languages that are not analysed, said in so many words: one field for each language of a page's prose.

``analysis`` is "ko quotations" where direct quotations beside their speaker are found, "nl nothing" where nothing is.
What rests on no more than a block of the page is said of that block.
"""

from __future__ import annotations

from stemma.records import ANALYSED, QUOTED, Evidence, Field, Page, evidence, prose

QUOTATIONS, NOTHING = "quotations", "nothing"
_BEGINNING = 200  #: characters of the prose that show its language


def analysis(page: Page) -> list[Field]:
    """How far each language of the page is read that is not in ``ANALYSED``; nothing for a page without prose."""
    told = [field for field in page.fields if field.name == "language" and field.value]
    story = prose(page)
    if not told or not story:
        return []
    whole = max((each for each in told if each.basis != "block"), key=lambda each: each.confidence, default=None)
    first = evidence(page.document, story[0].start, min(story[0].end, story[0].start + _BEGINNING))
    found = [_field(whole, first)] if whole else []
    known = {whole.value} if whole else set()
    blocks = (each for each in told if each.basis == "block" and each.value not in known and each.evidence)
    found += [_field(each, each.evidence or first) for each in blocks]
    return [each for each in found if each.value.split()[0] not in ANALYSED]


def _field(language: Field, where: Evidence) -> Field:
    tag = language.value.split("-")[0].split("_")[0].lower()
    extent = QUOTATIONS if tag in QUOTED else NOTHING
    return Field(
        document=where.document, name="analysis", value=f"{tag} {extent}", basis=language.basis, evidence=where,
        confidence=language.confidence,
    )  # fmt: skip
