"""Short forms that a page resolves itself: "Orsova" there means "Lidia Orsova", "SCNA" the agency it names in full."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from stemma.archive.pages.reading import Leaf
from stemma.records import Evidence, Mention
from stemma.text.words import WORD, fold

#: Kinds that one name may have by turns: a news agency is an organization to one page and an outlet to the next.
BODIES = frozenset({"organization", "outlet"})
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 2, 8  #: letters


def aliases(leaf: Leaf) -> Iterator[tuple[Mention, Mention]]:
    """Mentions and what the page's references say they mean, where that is another form of the name."""
    mentions = {mention.id: mention for mention in leaf.mentions}
    placed = sorted(leaf.mentions, key=lambda mention: mention.evidence.start)
    starts = [mention.evidence.start for mention in placed]
    for reference in leaf.references:
        if full := mentions.get(reference.antecedent):
            anaphor = reference.anaphor
            for short in placed[bisect_left(starts, anaphor.start) : bisect_left(starts, anaphor.end)]:
                inside = short.evidence.end <= anaphor.end
                if inside and _may_mean(short, full, whole=_span(short.evidence) == _span(anaphor)):
                    yield short, full


def _span(words: Evidence) -> tuple[int, int]:
    return words.start, words.end


def _may_mean(short: Mention, full: Mention, *, whole: bool) -> bool:
    """Whether a mention may be a form of another; one inside a longer source ("Mr Drobin") must share its words."""
    one, other = (fold(each.evidence.exact) for each in (short, full))
    kin = short.kind == full.kind or {short.kind, full.kind} <= BODIES
    return kin and one != other and (whole or set(WORD.findall(one)) <= set(WORD.findall(other)))


def alias_rows(leaf: Leaf, names: Sequence[int]) -> list[tuple[int, int, int]]:
    """Row of the short form's name, of the document, of the full form's name; each once."""
    row = {mention.id: name for mention, name in zip(leaf.mentions, names, strict=True)}
    return sorted({(row[short.id], leaf.row, row[full.id]) for short, full in aliases(leaf)})


def forms_of(leaf: Leaf, mention_id: str) -> list[str]:
    """The words of a mention and of the short forms that mean it in the page; nothing for an id of no mention."""
    said = [mention.evidence.exact for mention in leaf.mentions if mention.id == mention_id]
    meant = {fold(words) for words in said}
    return said + [short.evidence.exact for short, full in aliases(leaf) if fold(full.evidence.exact) in meant]


def is_acronym(form: str) -> bool:
    """Whether a name is a word of capitals, which stands for one body wherever pages agree on it."""
    return form.isalpha() and form.isupper() and _SHORTEST_ACRONYM <= len(form) <= _LONGEST_ACRONYM
