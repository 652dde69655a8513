"""How sure a statement is: a logistic regression over what the network and the rules say of it."""

from __future__ import annotations

import math
import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from stemma.annotate.statements.encoder.pieces import OPENING
from stemma.annotate.statements.encoder.reading import CONTENT, SOURCE, Ints, Marked

_CLAUSE = re.compile(r"(?:that|whether|if|how|why|who|what|when|where)\b", re.IGNORECASE)
#: Probabilities nearer to 0 or 1 than this count as this near.
_EDGE = 1e-3


class Signs(NamedTuple):
    """What a statement's confidence is reckoned from."""

    anchor: float  #: log odds of its anchor
    content: float  #: mean log probability of the pieces of its content
    source: float  #: mean log probability of those of its source; 0 where it has none
    edges: float  #: mean log probability of the pieces beside its content
    sourceless: float  #: 1 where it has no source
    proposed: float  #: 1 where a rule found it too
    differs: float  #: 1 where the rule's spans were not taken
    length: float  #: logarithm of the pieces of its content
    clause: float  #: 1 where its content begins with "that", "whether" or the like
    quoted: float  #: 1 where its content begins with a quotation mark


def signs(one: Marked, labels: Ints, said: str, *, rule: bool, taken: bool) -> Signs:
    """The signs of a statement whose pieces got ``labels`` and whose content begins with ``said``."""
    chance = min(max(one.sure, _EDGE), 1 - _EDGE)
    edges = np.flatnonzero((labels[1:] == CONTENT) != (labels[:-1] == CONTENT))
    beside = np.concatenate((edges, edges + 1))
    return Signs(
        math.log(chance / (1 - chance)),
        _mean(one, labels, np.flatnonzero(labels == CONTENT)),
        _mean(one, labels, np.flatnonzero(labels == SOURCE)),
        _mean(one, labels, beside),
        float(not (labels == SOURCE).any()),
        float(rule),
        float(rule and not taken),
        math.log1p(np.count_nonzero(labels == CONTENT)),
        float(bool(_CLAUSE.match(said))),
        float(said[:1] in OPENING),
    )


def _mean(one: Marked, labels: Ints, places: Ints) -> float:
    return float(one.logs[places, labels[places]].mean()) if len(places) else 0.0


@cache
def _weights() -> tuple[float, dict[str, float]]:
    file = resources.files(__package__).joinpath("confidence.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return table["bias"], table["weight"]


def confidence(found: Signs) -> float:
    """The probability that source and content are right, fitted on the development part of the corpus."""
    bias, weights = _weights()
    odds = bias + sum(weights[name] * value for name, value in found._asdict().items())
    return 1 / (1 + math.exp(-odds))
