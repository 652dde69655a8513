"""From the trained network to the file that the package ships: two ONNX graphs in 8-bit integers and the vocabulary.

The graphs are written out node by node in the fused operators of onnxruntime, so that exporting needs no tracing.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from training.spans.network import Layer, Reader

Floats = npt.NDArray[np.float32]
_MICROSOFT = "com.microsoft"
_EPSILON = 1e-12
#: A date for the entries of the file, so that the same weights give the same bytes.
_STAMP = (2026, 1, 1, 0, 0, 0)


class Graph:
    """A graph in the making."""

    def __init__(self, *, exact: bool) -> None:
        self.exact = exact  #: floats instead of integers, to see what rounding costs
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.count = 0

    def constant(self, value: npt.NDArray[Any]) -> str:
        """The name of a stored array."""
        name = f"w{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def node(self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", **options: object) -> Any:  # noqa: ANN401 - a name, or names
        """Add a node; its output, or a list of them."""
        names = [f"x{self.count + n}" for n in range(outputs)]
        self.count += outputs
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **options))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, weight: Floats, bias: Floats | None = None) -> str:
        """``x @ weight.T + bias``; the weight in 8 bits with a scale for each output."""
        if self.exact:
            product: str = self.node("MatMul", x, self.constant(weight.T))
            return product if bias is None else str(self.node("Add", product, self.constant(bias)))
        whole, scale = rounded(weight)
        parts = [x, self.constant(whole.T), self.constant(scale), self.constant(np.zeros(len(scale), np.int8))]
        last = [] if bias is None else [self.constant(bias)]
        return str(self.node("DynamicQuantizeMatMul", *parts, *last, domain=_MICROSOFT))

    def calm(self, x: str, norm: nn.LayerNorm, skip: str = "") -> str:
        """Layer normalisation of ``x + skip``."""
        parts = [self.constant(array(norm.weight)), self.constant(array(norm.bias))]
        if skip:
            x = self.node("Add", x, skip)  # the fused operator takes four times as long
        return str(self.node("LayerNormalization", x, *parts, axis=-1, epsilon=norm.eps))

    def gelu(self, x: str) -> str:
        """The activation."""
        return str(self.node("Gelu", x, domain=_MICROSOFT))

    def bytes(self, inputs: dict[str, tuple[int, list[str | int]]], outputs: dict[str, str]) -> bytes:
        """The finished model; ``outputs`` gives names to node outputs."""
        for name, origin in outputs.items():
            self.nodes.append(helper.make_node("Identity", [origin], [name]))
        graph = helper.make_graph(
            self.nodes,
            "spans",
            [helper.make_tensor_value_info(name, kind, size) for name, (kind, size) in inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            self.constants,
        )
        sets = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
        return bytes(helper.make_model(graph, opset_imports=sets, ir_version=9).SerializeToString())


def array(value: Tensor | None) -> Floats:
    """A tensor as an array."""
    assert value is not None
    found: Floats = value.detach().float().numpy()
    return found


def rounded(weight: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Rows as 8-bit integers and the scale of each."""
    scale = np.maximum(np.abs(weight).max(axis=1), 1e-9) / 127
    return np.round(weight / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def encoder(reader: Reader, *, exact: bool = False) -> bytes:
    """Pieces to anchor scores and to what the second graph needs of each piece."""
    g = Graph(exact=exact)
    x = _embedded(g, reader)
    for layer in reader.encoder.layers:
        assert isinstance(layer, Layer)
        x = _layer(g, layer, x)
    parts = [reader.anchor, reader.piece, reader.says, reader.left, reader.right]
    weight = np.concatenate([array(part.weight) for part in parts])
    bias = np.concatenate([array(part.bias) for part in parts])
    told = g.linear(x, weight, bias)
    size: list[str | int] = ["rows", "pieces"]
    return g.bytes({"ids": (TensorProto.INT32, size), "signs": (TensorProto.INT32, [*size, 3])}, {"told": told})


def _embedded(g: Graph, reader: Reader) -> str:
    made = reader.encoder
    table = array(made.words.weight)
    if g.exact:
        x = g.node("Gather", g.constant(table), "ids")
    else:
        whole, scale = rounded(table)
        x = g.node("Cast", g.node("Gather", g.constant(whole), "ids"), to=TensorProto.FLOAT)
        x = g.node("Mul", x, g.node("Gather", g.constant(scale[:, None]), "ids"))
    for n, signs in enumerate(made.signs):
        sign = g.node("Gather", "signs", g.constant(np.array(n)), axis=2)
        x = g.node("Add", x, g.node("Gather", g.constant(array(signs.weight)), sign))
    length = g.node("Slice", g.node("Shape", "ids"), *(g.constant(np.array([k])) for k in (1, 2)))
    zero, first = g.constant(np.array([0])), g.constant(np.array([0]))
    places = g.node("Slice", g.constant(array(made.places.weight)), zero, length, first)
    return g.calm(g.node("Add", x, places), made.calm)


def _attention(g: Graph, layer: Layer, mixed: str) -> str:
    """Attention in plain operators (the fused one takes longer on windows of this size); nothing is filled up."""
    width = layer.out.in_features
    split = g.constant(np.array([0, 0, 3 * layer.heads, width // layer.heads]))
    parts = g.node("Transpose", g.node("Reshape", mixed, split), perm=[0, 2, 1, 3])
    q, k, v = g.node("Split", parts, outputs=3, axis=1)
    scores = g.node("MatMul", q, g.node("Transpose", k, perm=[0, 1, 3, 2]))
    weights = g.node("Softmax", scores, axis=-1)
    seen = g.node("Transpose", g.node("MatMul", weights, v), perm=[0, 2, 1, 3])
    return str(g.node("Reshape", seen, g.constant(np.array([0, 0, width]))))


def _layer(g: Graph, layer: Layer, x: str) -> str:
    scale = np.ones((3 * layer.out.in_features, 1), np.float32)
    scale[: layer.out.in_features] = (layer.out.in_features // layer.heads) ** -0.5
    mixed = g.linear(x, array(layer.mix.weight) * scale, array(layer.mix.bias) * scale[:, 0])
    seen = _attention(g, layer, mixed)
    x = g.calm(g.linear(seen, array(layer.out.weight), array(layer.out.bias)), layer.calm, x)
    risen = g.gelu(g.linear(x, array(layer.rise.weight), array(layer.rise.bias)))
    return g.calm(g.linear(risen, array(layer.fall.weight), array(layer.fall.bias)), layer.rest, x)


def roles(reader: Reader) -> bytes:
    """What each piece is to an anchor, in floats: ``piece`` and ``left`` are of the piece, the others of the anchor."""
    g = Graph(exact=True)
    product = g.node("MatMul", g.node("Mul", "left", "right"), g.constant(array(reader.product.weight).T))
    far = g.node("Gather", g.constant(array(reader.far.weight)), "far")
    z = g.gelu(g.node("Add", g.node("Add", "piece", "says"), g.node("Add", far, product)))
    weight, bias = g.constant(array(reader.near.weight)), g.constant(array(reader.near.bias))
    turned = g.node("Transpose", z, perm=[0, 2, 1])
    half = reader.shape.taps // 2
    near = g.node("Conv", turned, weight, bias, group=reader.shape.pair, pads=[half, half])
    z = g.calm(g.node("Transpose", near, perm=[0, 2, 1]), reader.calm, z)
    first, last = reader.role[0], reader.role[2]
    z = g.gelu(g.linear(z, array(first.weight), array(first.bias)))
    z = g.linear(z, array(last.weight), array(last.bias))
    kind, shape = TensorProto.FLOAT, reader.shape
    near_size: list[str | int] = ["anchors", "pieces"]
    inputs: dict[str, tuple[int, list[str | int]]] = {
        "piece": (kind, [1, "pieces", shape.pair]),
        "left": (kind, [1, "pieces", shape.mixed]),
        "says": (kind, ["anchors", 1, shape.pair]),
        "right": (kind, ["anchors", 1, shape.mixed]),
        "far": (TensorProto.INT32, near_size),
    }
    return g.bytes(inputs, {"scores": z})


def write(out: Path, reader: Reader, vocabulary: list[str], about: dict[str, Any]) -> None:
    """The file: both graphs, the vocabulary by number, and where it all comes from."""
    entries = {
        "encoder.onnx": encoder(reader),
        "roles.onnx": roles(reader),
        "vocabulary.txt": "\n".join(vocabulary).encode(),
        "about.json": json.dumps(about, indent=1, sort_keys=True).encode(),
    }
    with zipfile.ZipFile(out, "w") as file:
        for name, content in entries.items():
            file.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED, 9)
