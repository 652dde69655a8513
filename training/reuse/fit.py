"""Boosted trees fitted and written as columns of nodes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

#: Four leaves a tree let three things be weighed together; more of either bring nothing on another forest.
TREES = {"max_iter": 150, "learning_rate": 0.15, "max_leaf_nodes": 4, "min_samples_leaf": 40}


def fit(x: NDArray[np.float64], y: NDArray[np.bool_], monotone: Sequence[int]) -> dict[str, Any]:
    """Trees as columns of nodes; a leaf leads to itself."""
    model = HistGradientBoostingClassifier(**TREES, monotonic_cst=monotone, early_stopping=False).fit(x, y)
    table: dict[str, list[Any]] = {name: [] for name in ("feature", "limit", "left", "right", "value", "roots")}
    depth = 0
    for (tree,) in model._predictors:  # noqa: SLF001 (no other way to the nodes)
        first = len(table["value"])
        table["roots"].append(first)
        for number, node in enumerate(tree.nodes):
            leaf = bool(node["is_leaf"])
            depth = max(depth, int(node["depth"]))
            table["feature"].append(0 if leaf else int(node["feature_idx"]))
            table["limit"].append(0.0 if leaf else round(float(node["num_threshold"]), 4))
            table["left"].append(first + (number if leaf else int(node["left"])))
            table["right"].append(first + (number if leaf else int(node["right"])))
            table["value"].append(round(float(node["value"]), 4) if leaf else 0.0)
    return {"base": round(float(model._baseline_prediction.item()), 4), "depth": depth, **table}  # noqa: SLF001


def write(file: Path, about: str, parts: Mapping[str, Mapping[str, Any]]) -> None:
    """Write ensembles as one TOML file."""
    source = 'source = "fitted on transmission forests grown from our own corpus"\nlicence = "Apache-2.0"\n'
    body = ""
    for name, part in parts.items():
        body += f"\n[{name}]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in part.items())
    file.write_text(f"# {about}: boosted trees, made by python -m training.reuse.\n{source}{body}", encoding="utf-8")
