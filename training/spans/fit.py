"""The loop: lessons newly disguised each round, AdamW in short floats, a running mean of the weights, checkpoints."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import torch
from torch import nn

from stemma.annotate.statements.encoder.wordpiece import WordPieces
from training.spans.disguise import Lesson, disguise, pool_of
from training.spans.lessons import Example, examples, furniture
from training.spans.network import MASK, Batch, Reader, loss, packed


class Plan(NamedTuple):
    """How the network is trained."""

    rounds: float = 11
    pieces: int = 2304  #: a batch
    rate: float = 3e-4
    fresh: float = 1e-3  #: rate of the parts that BERT does not have
    falling: float = 0.9  #: each layer below learns so much slower
    decay: float = 0.01
    warm: int = 150  #: steps
    kept: float = 0.998  #: of the running mean (Polyak and Juditsky 1992)
    blotted: float = 0.04  #: share of the pieces that are masked
    seed: int = 1
    stop: int = 0  #: step after which the run ends before its pace has fallen to the end; 0: it does not
    threads: int = 2
    saved: int = 200  #: steps between checkpoints


class Course(NamedTuple):
    """What is learnt from, and where checkpoints and the log lie."""

    lessons: Sequence[Lesson]
    words: WordPieces
    folder: Path


def fit(reader: Reader, course: Course, plan: Plan) -> Reader:
    """Train, or go on from the last checkpoint; the running mean of the weights is handed out."""
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    steps = int(plan.rounds * _round_size(course, plan))
    last = min(steps, plan.stop or steps)
    tuner = torch.optim.AdamW(_groups(reader, plan), weight_decay=plan.decay, betas=(0.9, 0.98), fused=True)
    mean = {name: value.detach().clone() for name, value in reader.named_parameters() if value.requires_grad}
    step, spent = _resumed(course.folder, reader, tuner, mean)
    paces = [group["lr"] for group in _groups(reader, plan)]
    began, sums = time.monotonic() - spent, 0.0
    reader.train()
    for number, batch in enumerate(_batches(course, plan, step) if step < last else (), step + 1):
        if number > last:
            break
        pace = _pace(number, steps, plan.warm)
        for group, rate in zip(tuner.param_groups, paces, strict=True):
            group["lr"] = rate * pace
        with torch.autocast("cpu", dtype=torch.bfloat16):
            cost = loss(reader, batch)
        cost.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        tuner.step()
        tuner.zero_grad(set_to_none=True)
        _follow(mean, reader, min(plan.kept, 1 - 1 / (number / 10 + 1)))
        sums += cost.item()
        if number % 20 == 0:
            _log(course.folder, f"step {number}/{steps} loss {sums / 20:.4f} seconds {time.monotonic() - began:.0f}")
            sums = 0.0
        if number % plan.saved == 0 or number == last:
            _save(course.folder, reader, tuner, mean, (number, time.monotonic() - began))
    reader.load_state_dict(mean, strict=False)
    return reader


def _groups(reader: Reader, plan: Plan) -> list[dict[str, Any]]:
    """Parameters by how fast they learn: the embeddings slowest, the heads fastest."""
    layers = len(reader.encoder.layers)
    groups: list[dict[str, Any]] = []
    for name, value in reader.named_parameters():
        if not value.requires_grad:
            continue
        if name.startswith("encoder.layers."):
            rate = plan.rate * plan.falling ** (layers - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder.signs"):
            rate = plan.fresh
        elif name.startswith("encoder."):
            rate = plan.rate * plan.falling**layers
        else:
            rate = plan.fresh
        groups.append({"params": [value], "lr": rate})
    return groups


def _pace(step: int, steps: int, warm: int) -> float:
    return min(1.0, step / warm) * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps))))


def _round_size(course: Course, plan: Plan) -> int:
    """Batches of one round, from the windows as they are."""
    total = sum(len(window.ids) + 2 for lesson in course.lessons for window in examples(course.words, lesson))
    return max(1, round(1.05 * total / plan.pieces))


def _batches(course: Course, plan: Plan, step: int) -> Iterator[Batch]:
    """Batches without end; those of a step depend on seed and round alone."""
    pool = pool_of(course.lessons, furniture())
    number, at = 0, 0
    while True:
        rng = Random(f"{plan.seed} {number}")
        windows = [
            window
            for lesson in course.lessons
            for window in examples(course.words, disguise(lesson, rng, pool), rng)
            if len(window.ids) > 4
        ]
        rng.shuffle(windows)
        for chosen in _grouped(windows, plan, rng):
            at += 1
            if at > step:
                yield _blotted(packed(chosen), plan.blotted, f"{plan.seed} {at}")
        number += 1


def _grouped(windows: list[Example], plan: Plan, rng: Random) -> list[list[Example]]:
    """Windows of like length together, in chance order."""
    order = sorted(windows, key=lambda window: len(window.ids) + rng.randint(0, 24))
    groups: list[list[Example]] = [[]]
    longest = 0
    for window in order:
        longest = max(longest, len(window.ids) + 2)
        if groups[-1] and longest * (len(groups[-1]) + 1) > plan.pieces:
            groups.append([])
            longest = len(window.ids) + 2
        groups[-1].append(window)
    rng.shuffle(groups)
    return groups


def _blotted(batch: Batch, share: float, seed: str) -> Batch:
    """The batch with some pieces masked, so that no single word is relied on."""
    chance = torch.Generator().manual_seed(Random(seed).getrandbits(40))
    hit = (torch.rand(batch.ids.shape, generator=chance) < share) & (batch.anchors >= 0)
    return batch._replace(ids=torch.where(hit, MASK, batch.ids))


def _follow(mean: dict[str, torch.Tensor], reader: Reader, kept: float) -> None:
    with torch.no_grad():
        for name, value in reader.named_parameters():
            if name in mean:
                mean[name].mul_(kept).add_(value, alpha=1 - kept)


def _resumed(
    folder: Path, reader: Reader, tuner: torch.optim.Optimizer, mean: dict[str, torch.Tensor]
) -> tuple[int, float]:
    """Step and seconds of the checkpoint that was loaded; zero where there is none."""
    path = folder / "checkpoint.pt"
    if not path.exists():
        return 0, 0.0
    saved = torch.load(path, weights_only=True)
    reader.load_state_dict(saved["reader"])
    tuner.load_state_dict(saved["tuner"])
    mean.update(saved["mean"])
    return int(saved["step"]), float(saved["seconds"])


def _save(
    folder: Path, reader: Reader, tuner: torch.optim.Optimizer, mean: dict[str, torch.Tensor], at: tuple[int, float]
) -> None:
    state = {"reader": reader.state_dict(), "tuner": tuner.state_dict(), "mean": mean, "step": at[0], "seconds": at[1]}
    part = folder / "checkpoint.part"
    torch.save(state, part)
    part.replace(folder / "checkpoint.pt")


def _log(folder: Path, line: str) -> None:
    with (folder / "log.txt").open("a", encoding="utf-8") as log:
        log.write(line + "\n")
    print(line, flush=True)
