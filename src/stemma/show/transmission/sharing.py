"""What of an utterance leaves the archive: cut and without the words of pages that reserve them, unless asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stemma.archive.views import Article, Utterance
from stemma.show import Answers
from stemma.show.lines import QUOTATION
from stemma.show.transmission import witnesses

#: What XML 1.0 has no way to write (production 2, Char).
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Sharing:
    """Which words are given away."""

    limit: int | None = QUOTATION  #: characters of a text; None: all
    reserved: frozenset[str] = frozenset()  #: ids of documents whose words stay here


def sharing(archive: Answers, view: Utterance, *, bodies: bool = False, reserved: bool = False) -> Sharing:
    """What may leave: with ``bodies`` whole texts, with ``reserved`` also the words of pages that reserve them."""
    documents = {line.statement.document for line in witnesses(view)}
    held = frozenset() if reserved else frozenset(each for each in documents if _reserves(archive, each))
    return Sharing(None if bodies else QUOTATION, held)


def _reserves(archive: Answers, document: str) -> bool:
    page = archive.article(document)
    return isinstance(page, Article) and any(field.name == "reservation" for field in page.fields)


def xml_safe(text: str) -> str:
    """The text with a replacement character for what XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)
