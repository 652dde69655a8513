"""Names of outlets: which name one outlet on a page, and which mentions stand for an outlet at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from stemma.records import Mention, Page, prose
from stemma.text.words import fold

_SMALL_WORDS = frozenset(["the", "of", "and", "for"])
#: "the Sarva News Agency (SNA)": a name and its short form.
_DEFINES = re.compile(r"((?:[A-Z][\w’'.&-]*\s(?:of\s|and\s|the\s|for\s)?){1,6})\(([A-Z][\w.-]{1,11})\)")
_DATELINE = re.compile(r"[^\n]{0,80}?(?:\(([A-Z]\w{1,14})\)\s*[-–—]|/([A-Z]\w{1,14})/)")
#: Words beside a name that make it an outlet's.
_TRADE = re.compile(
    r"\b(?:agency|newspaper|paper|daily|weekly|broadcaster|radio|television|tv|channel|station|magazine|wire|news"
    r"|outlet|website)\b[^.;:“”\"\n]{0,12}$",
    re.IGNORECASE,
)
#: So many characters before a name are looked at for such a word.
_BESIDE = 32


@dataclass(frozen=True, slots=True)
class Outlets:
    """The names of one page: its own outlet's, and which short form stands for which long one."""

    text: str
    own: tuple[str, ...]
    defined: dict[str, str]  #: short form, folded -> long form

    @classmethod
    def of(cls, page: Page) -> Outlets:
        """The carrier's names are the outlet fields and the agency of the dateline."""
        text = page.document.text
        names = {field.value for field in page.fields if field.name == "outlet"}
        written = [(label.start, label.end) for label in prose(page)]
        first = [(label.start, label.end) for label in page.labels if label.role == "dateline"] + written[:2]
        for start, end in first:
            if match := _DATELINE.match(text, start, end):
                names.add(match.group(1) or match.group(2))
        short = [span for span in written if text.find("(", *span) >= 0]
        defined = {fold(m[2]): m[1].strip() for start, end in short for m in _DEFINES.finditer(text, start, end)}
        return cls(text, tuple(sorted(names)), defined)

    def same(self, left: str, right: str) -> bool:
        """Whether two names are one outlet's, by their words, their initials, or a definition in brackets."""
        return same_outlet(left, right) or same_outlet(self._long(left), self._long(right))

    def _long(self, name: str) -> str:
        return self.defined.get(fold(name), name)

    def is_carrier(self, mention: Mention) -> bool:
        """Whether the mention names the page's own outlet."""
        return any(self.same(mention.evidence.exact, own) for own in self.own)

    def is_outlet(self, mention: Mention) -> bool:
        """Whether the mention is an outlet: by its kind, or an organization called an agency or the like."""
        start = mention.evidence.start
        if mention.kind == "organization":
            return (
                bool(_TRADE.search(self.text, max(0, start - _BESIDE), start))
                or fold(mention.evidence.exact) in self.defined
            )
        return mention.kind == "outlet" and not self._cut_off(mention)

    def _cut_off(self, mention: Mention) -> bool:
        """Whether a capital follows at once, so that the mention is the front of a longer name."""
        after = self.text[mention.evidence.end : mention.evidence.end + 2]
        return len(after) == 2 and after[0] == " " and after[1].isupper()

    def named_after(self, word: str, mentions: Iterable[Mention]) -> Mention | None:
        """The outlet whose name begins with ``word`` ("Garam's agency"); None where several do or none does."""
        found = [m for m in mentions if self.is_outlet(m) and fold(m.evidence.exact).split()[0] == fold(word)]
        one = found and all(self.same(a.evidence.exact, b.evidence.exact) for a, b in pairwise(found))
        return found[0] if one else None


def same_outlet(left: str, right: str) -> bool:
    """Whether two names may be one outlet: the same words, one inside the other, or one the other's initials."""
    words = [[w for w in fold(name).split() if w not in _SMALL_WORDS] for name in (left, right)]
    if not all(words):
        return False
    shorter, longer = sorted(words, key=len)
    if all(word in longer for word in shorter):
        return True
    return len(shorter) == 1 and shorter[0] == "".join(word[0] for word in longer)
