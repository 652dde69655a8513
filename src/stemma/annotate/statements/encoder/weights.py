"""The file that ``python -m training.spans`` writes, loaded once: two graphs and the vocabulary."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from importlib import resources
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from stemma.annotate.statements.encoder.wordpiece import WordPieces

Floats = npt.NDArray[np.float32]


class Graph(Protocol):
    """A loaded graph."""

    def run(self, names: None, inputs: dict[str, npt.NDArray[Any]]) -> list[Floats]:
        """All outputs for the inputs by name."""


class Network(NamedTuple):
    """The vocabulary, the graph that reads windows, the graph that tells roles, and what the file says of itself."""

    words: WordPieces
    reads: Graph
    tells: Graph
    about: dict[str, Any]


@cache
def network() -> Network | None:
    """The network that ships with the package; None where the file is left out."""
    file = resources.files(__package__).joinpath("spans.zip")
    return opened(file.read_bytes()) if file.is_file() else None


def opened(content: bytes) -> Network:
    """The network of a file that ``training.spans`` wrote."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        pieces = file.read("vocabulary.txt").decode("utf-8").split("\n")
        return Network(
            WordPieces(pieces),
            _session(file.read("encoder.onnx")),
            _session(file.read("roles.onnx")),
            json.loads(file.read("about.json")),
        )


def _session(model: bytes) -> Graph:
    """One thread: the flow runs pages side by side, and the same sums come out everywhere."""
    import onnxruntime  # noqa: PLC0415 - a third of a second that commands which read no page need not wait

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session: Graph = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return session
