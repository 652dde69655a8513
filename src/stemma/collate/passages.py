"""Which stretches of a page may travel, and the keys under which those of different pages meet."""

from __future__ import annotations

from stemma.collate.pair.sketch import name_of, sketch
from stemma.records import Label, Page, Passage, evidence, prose

#: A shorter stretch says nothing that could be known again (words).
FEWEST_WORDS = 4
#: Of a longer run only the beginning is compared (characters); bodies of pages have 2 to 20 thousand.
LONGEST = 200_000


def passages(page: Page) -> list[Passage]:
    """The runs of a page's body, in order; whatever stands between two stretches of body ends a run.

    A run and not a sentence, since a reworded sentence is known by its neighbours. Nothing else on the page counts.
    """
    outlet = _outlet(page)
    ends = ((run[0].start, min(run[-1].end, run[0].start + LONGEST)) for run in _runs(page))
    found = (evidence(page.document, start, end) for start, end in ends)
    return [Passage(words, outlet) for words in found if len(sketch(words.exact).words) >= FEWEST_WORDS]


def keys(passage: Passage) -> list[str]:
    """Winnowed grams of the passage, in order: about one to three or four words of body.

    Passages that share a run of some seven words share a key; most reworded ones do too.
    """
    return [name_of(key) for key in dict.fromkeys(sketch(passage.evidence.exact).keys)]


def _runs(page: Page) -> list[list[Label]]:
    runs: list[list[Label]] = []
    text = page.document.text
    for label in prose(page):
        if runs and not text[runs[-1][-1].end : label.start].strip():
            runs[-1].append(label)
        else:
            runs.append([label])
    return runs


def _outlet(page: Page) -> str | None:
    named = [field for field in page.fields if field.name == "outlet"]
    return max(named, key=lambda field: field.confidence).value if named else None
