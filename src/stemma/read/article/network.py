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
    *nets, count, width = rows.shape
    beside = np.zeros((*nets, count, taps, width), dtype=np.float32)
    for tap in range(taps):
        away = (tap - taps // 2) * apart  # rows down the page
        to, at = max(0, -away), max(0, away)
        size = max(0, count - to - at)
        beside[..., to : to + size, tap, :] = rows[..., at : at + size, :]
    return beside.reshape(*nets, count, taps * width)


def convolve(rows: Matrix, kernel: Matrix, taps: int, apart: int) -> Matrix:
    """Each row as the sum of its neighbours, weighed by the kernel."""
    answer: Matrix = unfold(rows, taps, apart) @ kernel
    return answer


def run(net: Network, features: Matrix) -> Matrix:
    """Log-odds of every line that it is article; of a stack of networks the mean of their answers.

    Lines go in pieces for which BLAS starts no threads, all pieces of all networks in one call.
    """
    count = len(features)
    units = np.maximum(_multiply(features, net.embed) + net.embed_bias[..., None, :], 0)
    kernels = ((net.near, net.near_bias), (net.wide, net.wide_bias), (net.far, net.far_bias))
    for (kernel, bias), (taps, apart) in zip(kernels, CONVOLUTIONS, strict=True):
        units += np.maximum(_multiply(unfold(units, taps, apart), kernel) + bias[..., None, :], 0)
    answers = (units @ net.out[..., None])[..., 0] + net.out_bias
    answer: Matrix = answers.reshape(-1, count).mean(axis=0)
    return answer


def _multiply(rows: Matrix, kernel: Matrix) -> Matrix:
    """The product, in pieces for which BLAS starts no threads."""
    *nets, count, width = rows.shape
    step = max(1, _ONE_THREAD // (kernel.shape[-2] * kernel.shape[-1]))
    if count <= step:
        return rows @ kernel
    pieces = -(-count // step)
    padded = np.zeros((*nets, pieces * step, width), dtype=np.float32)
    padded[..., :count, :] = rows
    product = padded.reshape(*nets, pieces, step, width) @ kernel[..., None, :, :]
    return product.reshape(*product.shape[:-3], pieces * step, -1)[..., :count, :]


@lru_cache(maxsize=1)
def stored(names: Sequence[str]) -> Network:
    """The trained networks, stacked. Raises ``ValueError`` where they were trained on other features than these."""
    with np.load(io.BytesIO((files(__package__) / "lines.npz").read_bytes())) as numbers:
        places = {str(name): place for place, name in enumerate(numbers["names"])}
        if set(places) != set(names):
            raise ValueError("lines.npz was trained on other line features; train it again: python -m training.lines")
        net = Network(*(numbers[name].astype(np.float32) for name in Network._fields))
    return net._replace(embed=net.embed[:, [places[name] for name in names]])
