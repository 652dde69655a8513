"""From marked pieces to drafts: whole words, marks, stops, one source, polarity."""

from __future__ import annotations

import re

import numpy as np
import pytest

from stemma.annotate.statements.encoder.drafts import Places, behind_carrier, draft_of, polarity
from stemma.annotate.statements.encoder.pieces import Pieces
from stemma.annotate.statements.encoder.reading import CONTENT, CUE, SAYS, SOURCE, SPEAKS, Marked, Run
from stemma.annotate.statements.quotes import pair

_ROLES = {"S": SOURCE, "C": CUE, "Q": CONTENT}


def cut(text: str) -> Pieces:
    """Words and signs as pieces."""
    spans = np.array([m.span() for m in re.finditer(r"\w+|\S", text)], np.int32)
    count = len(spans)
    return Pieces(np.zeros(count, np.int32), spans[:, 0], spans[:, 1], np.zeros((count, 3), np.uint8), np.array([0]))


def drafted(text: str, kind: int = SAYS, **roles: str | list[str]):
    """The draft of a text whose roles are told by their words, letter by letter of ``S``, ``C``, ``Q``."""
    found, runs = cut(text), []
    for name, words in roles.items():
        for part in [words] if isinstance(words, str) else words:
            at = text.index(part)
            first, stop = np.searchsorted(found.starts, (at, at + len(part)))
            runs.append(Run(_ROLES[name], int(first), int(stop), -0.1))
    anchors = [run.stop - 1 for run in runs if run.role != CONTENT]
    marked = Marked(
        anchors[-1], kind, 0.9, sorted(runs, key=lambda run: run.first), 0, np.zeros((len(found.ids), 4), np.float32)
    )
    draft = draft_of(text, found, marked, Places(pair(text, 0, len(text)), [(0, len(text))]))
    return (
        None
        if draft is None
        else {name: [text[a:b] for a, b in getattr(draft, name)] for name in ("source", "cue", "content")}
    )


def test_stops_and_commas_at_the_edges_are_out():
    told = drafted("The lock would stay shut, she said.", S="she", C="said", Q="The lock would stay shut,")
    assert told == {"source": ["she"], "cue": ["said"], "content": ["The lock would stay shut"]}
    assert drafted("She said it rained.", S="She", C="said", Q="it rained.")["content"] == ["it rained"]


def test_marks_belong_to_the_content():
    told = drafted("“We shall wait,” she said.", S="she", C="said", Q="We shall wait")
    assert told["content"] == ["“We shall wait,”"]


def test_words_are_whole():
    assert drafted("Mx said re-opening helps.", S="Mx", C="said", Q="re-opening helps")["content"] == [
        "re-opening helps"
    ]


def test_pieces_with_only_a_mark_between_are_one():
    told = drafted("He said it, and left, at noon.", S="He", C="said", Q=["it", "and left"])
    assert told["content"] == ["it, and left"]


def test_the_longer_source_counts():
    told = drafted("A man, the harbour master, said no.", S=["A", "the harbour master"], C="said", Q="no")
    assert told["source"] == ["the harbour master"]


def test_without_content_or_without_cue_there_is_none():
    assert drafted("She said no.", S="She", C="said") is None
    assert drafted("She said no.", S="She", Q="no") is None
    assert drafted("Mayor: no tax", SPEAKS, S="Mayor", Q="no tax") == {
        "source": ["Mayor"],
        "cue": [],
        "content": ["no tax"],
    }


@pytest.mark.parametrize(
    ("cue", "told"),
    [("said", "affirmed"), ("did not say", "negated"), ("hasn’t said", "negated"), ("denied", "negated"),
     ("may have said", "hypothetical"), ("said it out", "affirmed")],
)  # fmt: skip
def test_polarity(cue, told):
    assert polarity(cue, [(0, len(cue))]) == told


@pytest.mark.parametrize(
    ("text", "source", "left"),
    [("In the English text of the Sarva News Agency, Oru Tamm said", "News Agency, Oru Tamm", "Oru Tamm"),
     ("In its version of the Karvis Courier, Tamm, the premier, said", "Karvis Courier, Tamm, the premier", "Tamm, the premier"),
     ("In the text, Oru Tamm, the premier, said", "Oru Tamm, the premier", "Oru Tamm, the premier"),
     ("He read the version of it. Tamm, the premier, said", "Tamm, the premier", "Tamm, the premier")],
)  # fmt: skip
def test_a_source_begins_behind_whose_text_it_is_read_in(text, source, left):
    start = text.index(source)
    assert text[behind_carrier(text, start, start + len(source)) : start + len(source)] == left
