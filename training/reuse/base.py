"""Articles from which a generator grows transmission forests: the corpus without its marks, with set phrases in common.

    python -m training.reuse.base corpus base.jsonl.gz

Real articles of one field share words by chance more often than invented ones do. So each article borrows short runs of
words from others of its folder, about one for sixty words of its own: what the trees must learn to take for chance.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

SEED = 5
SHORTEST, LONGEST = 3, 7  #: words of a phrase that is borrowed
PHRASES = 6  #: that an article lends
OWN = 60  #: words of its own for each that it borrows
LEAST_PARAGRAPH, LEAST_ARTICLE = 12, 120  #: words
RUN = (
    8  #: words; a paragraph that shares so many in a row with another article is left out, for its origin is not known
)
_MARK = re.compile(r"\[[A-Z]+\d+\S*\s?|\]")


def articles(corpus: Path) -> dict[str, list[str]]:
    """Paragraphs of each article by "folder_name", without marks and without what articles share."""
    found = {f"{path.parent.name}_{path.stem}": _paragraphs(path) for path in sorted(corpus.glob("*/*.txt"))}
    found = {name: parts for name, parts in found.items() if _size(parts) >= LEAST_ARTICLE}
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, parts in found.items():
        for run in (run for part in parts for run in _runs(part)):
            holders[run].add(name)
    own = {name: [part for part in parts if _is_own(part, holders)] for name, parts in found.items()}
    return {name: parts for name, parts in own.items() if _size(parts) >= LEAST_ARTICLE}


def _paragraphs(path: Path) -> list[str]:
    text = _MARK.sub("", path.read_text(encoding="utf-8"))
    return [part.strip() for part in text.split("\n\n") if len(part.split()) >= LEAST_PARAGRAPH]


def _size(parts: Sequence[str]) -> int:
    return sum(len(part.split()) for part in parts)


def _runs(part: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", part.lower())
    return [tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]


def _is_own(part: str, holders: dict[tuple[str, ...], set[str]]) -> bool:
    return all(len(holders[run]) == 1 for run in _runs(part))


def borrowed(found: dict[str, list[str]], chance: random.Random) -> dict[str, str]:
    """The articles, each with phrases of others of its folder among its words."""
    folders: dict[str, list[str]] = defaultdict(list)
    for name in found:
        folders[name.partition("_")[0]].append(name)
    made = {}
    for names in folders.values():
        phrases = [phrase for name in names for phrase in _lent(" ".join(found[name]).split(), chance)]
        for name in names:
            made[name] = "\n\n".join(_mixed(part.split(), phrases, chance) for part in found[name])
    return made


def _lent(words: list[str], chance: random.Random) -> list[list[str]]:
    phrases = []
    for _ in range(PHRASES):
        size = chance.randint(SHORTEST, LONGEST)
        at = chance.randrange(max(1, len(words) - size))
        phrases.append(words[at : at + size])
    return phrases


def _mixed(words: list[str], phrases: list[list[str]], chance: random.Random) -> str:
    for _ in range(max(1, len(words) // OWN)):
        at = chance.randrange(len(words) + 1)
        words[at:at] = chance.choice(phrases)
    return " ".join(words)


def main() -> None:
    """Write the articles as JSON Lines, in gzip."""
    corpus, out = map(Path, sys.argv[1:])
    made = borrowed(articles(corpus), random.Random(SEED))
    with gzip.open(out, "wt", encoding="utf-8") as file:
        file.writelines(
            json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n" for name, text in made.items()
        )
    print(f"{len(made):,} articles")


if __name__ == "__main__":
    main()
