"""The line scorer's network: an embedding of each line, then convolutions that look ever farther along the page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

#: Neighbours that each layer looks at, and how many lines they are apart.
CONVOLUTIONS = ((5, 1), (5, 3), (3, 8))
REACH = sum(taps // 2 * apart for taps, apart in CONVOLUTIONS)  #: lines to each side that a line's score hangs on
#: Multiplications from which on OpenBLAS starts threads (its ``interface/gemm.c``); for so little work they only cost.
_ONE_THREAD = 250_000


class Network(NamedTuple):
    """The numbers of a trained network; a kernel holds one block of rows for each neighbour."""

    embed: Matrix
    embed_bias: Matrix
    near: Matrix
    near_bias: Matrix
    wide: Matrix
    wide_bias: Matrix
    far: Matrix
    far_bias: Matrix
    out: Matrix
    out_bias: Matrix


def unfold(rows: Matrix, taps: int, apart: int) -> Matrix:
    """Each row with its neighbours beside it, ``apart`` rows between them; beyond the ends stand zeros."""
    count, width = rows.shape
    reach = taps // 2 * apart
    padded = np.zeros((count + 2 * reach, width), dtype=np.float32)
    padded[reach : reach + count] = rows
    return np.concatenate([padded[tap * apart : tap * apart + count] for tap in range(taps)], axis=1)


def convolve(rows: Matrix, kernel: Matrix, taps: int, apart: int) -> Matrix:
    """Each row as the sum of its neighbours, weighed by the kernel."""
    answer: Matrix = unfold(rows, taps, apart) @ kernel
    return answer


def run(net: Network, features: Matrix) -> Matrix:
    """Log-odds of every line that it is article."""
    units = np.maximum(_multiply(features, net.embed) + net.embed_bias, 0)
    kernels = ((net.near, net.near_bias), (net.wide, net.wide_bias), (net.far, net.far_bias))
    for (kernel, bias), (taps, apart) in zip(kernels, CONVOLUTIONS, strict=True):
        units = units + np.maximum(_multiply(unfold(units, taps, apart), kernel) + bias, 0)
    answer: Matrix = units @ net.out + net.out_bias
    return answer


def _multiply(rows: Matrix, kernel: Matrix) -> Matrix:
    """The product, in pieces for which BLAS starts no threads."""
    step = max(1, _ONE_THREAD // kernel.size)
    if len(rows) <= step:
        return rows @ kernel
    return np.concatenate([rows[at : at + step] @ kernel for at in range(0, len(rows), step)])


@lru_cache(maxsize=1)
def stored(names: Sequence[str]) -> tuple[Network, ...]:
    """The trained networks. Raises ``ValueError`` where they were trained on other features than these."""
    with np.load(io.BytesIO((files(__package__) / "lines.npz").read_bytes())) as numbers:
        if tuple(numbers["names"]) != tuple(names):
            raise ValueError("lines.npz was trained on other line features; train it again: python -m training.lines")
        stacks = [numbers[name].astype(np.float32) for name in Network._fields]
    return tuple(Network(*parts) for parts in zip(*stacks, strict=True))
