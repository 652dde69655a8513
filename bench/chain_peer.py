"""The chain of programs beside Stemma, run by the interpreter of an environment of its own (see bench/chain.py).

    PYTHON bench/chain_peer.py PAGES.jsonl

Rows of ``html`` in; printed is JSON: CPU seconds by step, what is loaded once left out. Nothing of Stemma is imported.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from peer import MODEL, clauses  # type: ignore[import-not-found]

_PERMUTATIONS, _SHINGLE, _LIKE = (
    128,
    5,
    0.3,
)  #: as the documentation of datasketch has it, for documents that share parts


def main(path: str) -> int:
    """Do each step over all pages."""
    import spacy  # type: ignore[import-not-found]  # noqa: PLC0415 - of the peer's environment
    import trafilatura  # noqa: PLC0415 - the same
    from dateparser.search import search_dates  # type: ignore[import-not-found]  # noqa: PLC0415 - the same

    rows = [json.loads(line)["html"] for line in Path(path).read_text(encoding="utf-8").splitlines()]
    nlp = spacy.load(MODEL)
    nlp(trafilatura.extract(rows[0]) or "")
    search_dates("on 24 October", languages=["en"])
    _reuse(["a text of some six words"])
    spent: dict[str, float] = {}
    at = time.process_time()

    def turn(step: str) -> None:
        nonlocal at
        now = time.process_time()
        spent[step], at = now - at, now

    texts = [trafilatura.extract(row) or "" for row in rows]
    turn("text")
    docs = list(nlp.pipe(texts))
    turn("names and parse")
    for doc in docs:
        list(clauses(doc))
    turn("statements")
    for text in texts:
        search_dates(text, languages=["en"])
    turn("times")
    _reuse(texts)
    turn("reuse")
    print(json.dumps(spent))
    return 0


def _reuse(texts: list[str]) -> list[Any]:
    """Pages that share much of their wording."""
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found]  # noqa: PLC0415 - as above

    index, found = MinHashLSH(threshold=_LIKE, num_perm=_PERMUTATIONS), []
    for n, text in enumerate(texts):
        words = text.split()
        marks = MinHash(num_perm=_PERMUTATIONS)
        marks.update_batch([" ".join(words[at : at + _SHINGLE]).encode() for at in range(len(words) - _SHINGLE + 1)])
        found.append(index.query(marks))
        index.insert(n, marks)
    return found


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
