"""The network: BERT layers that read a window once, a score for anchors, and for each anchor the role of each piece."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from stemma.annotate.statements.encoder.pieces import SIGNS
from training.spans.lessons import Example

#: Distances between piece and anchor beyond this are one.
REACH = 127
ROLES, ANCHORS, OUTER = 4, 3, 4
CLS, SEP, PAD, MASK = 101, 102, 0, 103


class Shape(NamedTuple):
    """Sizes; those of all-MiniLM-L6-v2 where nothing else is said."""

    layers: int = 5  #: of its six; the topmost are left out
    width: int = 384
    heads: int = 12
    inner: int = 1024  #: of its 1,536 units a layer; the ones that do most are kept
    pieces: int = 30522
    places: int = 512
    pair: int = 128  #: ours: width of what is thought about a piece and an anchor
    mixed: int = 64  #: ours: rank of the product of piece and anchor
    taps: int = 9  #: ours: neighbours that a piece's role is smoothed over


class Batch(NamedTuple):
    """Windows of one length and what is right for them; -100 counts for nothing."""

    ids: Tensor
    signs: Tensor
    anchors: Tensor
    rows: Tensor  #: window of each anchor
    places: Tensor  #: its piece there
    roles: Tensor
    outer: Tensor


class Dropout(nn.Module):
    """Dropout with one mask for all windows of a batch: drawing lots for each takes a tenth of the time."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """Some values nothing, the others greater for it; as it is where the network is not in training."""
        if not self.training:
            return x
        kept = torch.rand(x.shape[1:]) >= self.share
        return x * (kept / (1 - self.share)).to(x.dtype)


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, shape: Shape, drop: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.mix = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.rise = nn.Linear(shape.width, shape.inner)
        self.fall = nn.Linear(shape.inner, shape.width)
        self.calm = nn.LayerNorm(shape.width, 1e-12)
        self.rest = nn.LayerNorm(shape.width, 1e-12)
        self.drop = Dropout(drop)

    def forward(self, x: Tensor, allowed: Tensor) -> Tensor:
        """States after the layer; ``allowed`` is what each piece may look at."""
        rows, size, width = x.shape
        parts = self.mix(x).view(rows, size, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        q, k, v = parts.reshape(3, rows * self.heads, size, width // self.heads)
        scores = torch.baddbmm(allowed, q, k.transpose(1, 2), alpha=(width // self.heads) ** -0.5)
        seen = torch.bmm(scores.softmax(-1), v).view(rows, self.heads, size, width // self.heads)
        x = self.calm(x + self.out(seen.transpose(1, 2).reshape(rows, size, width)))
        rested: Tensor = self.rest(x + self.drop(self.fall(functional.gelu(self.rise(x)))))
        return rested


class Encoder(nn.Module):
    """Embeddings and layers; signs of case, gap and quotation are added to the pieces."""

    def __init__(self, shape: Shape, drop: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.pieces, shape.width)
        self.places = nn.Embedding(shape.places, shape.width)
        self.signs = nn.ModuleList(nn.Embedding(values, shape.width) for values in SIGNS)
        self.calm = nn.LayerNorm(shape.width, 1e-12)
        self.layers = nn.ModuleList(Layer(shape, drop) for _ in range(shape.layers))
        self.drop = Dropout(drop)
        self.words.weight.requires_grad = False  # too few lessons to move single words
        for table in self.signs:
            nn.init.normal_(table.weight, std=0.005)

    def forward(self, ids: Tensor, signs: Tensor) -> Tensor:
        """States of each piece."""
        x = self.words(ids) + self.places.weight[: ids.shape[1]]
        for n, table in enumerate(self.signs):
            x = x + table(signs[:, :, n])
        x = self.drop(self.calm(x))
        shut = torch.where(ids == PAD, -1e4, 0.0).to(torch.bfloat16 if self.training else x.dtype)
        allowed = shut.repeat_interleave(self.layers[0].heads, 0)[:, None, :]
        for layer in self.layers:
            x = layer(x, allowed)
        return x


class Reader(nn.Module):
    """The whole network."""

    def __init__(self, shape: Shape, drop: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape, drop)
        self.anchor = nn.Linear(shape.width, ANCHORS)
        self.outer = nn.Linear(shape.width, OUTER)
        self.piece = nn.Linear(shape.width, shape.pair)
        self.says = nn.Linear(shape.width, shape.pair)
        self.left = nn.Linear(shape.width, shape.mixed)
        self.right = nn.Linear(shape.width, shape.mixed)
        self.product = nn.Linear(shape.mixed, shape.pair, bias=False)
        self.far = nn.Embedding(2 * REACH + 1, shape.pair)
        self.near = nn.Conv1d(shape.pair, shape.pair, shape.taps, padding=shape.taps // 2, groups=shape.pair)
        self.calm = nn.LayerNorm(shape.pair)
        self.role = nn.Sequential(nn.Linear(shape.pair, shape.pair), nn.GELU(), nn.Linear(shape.pair, ROLES))
        self.drop = Dropout(drop)
        nn.init.normal_(self.far.weight, std=0.02)

    def roles(self, x: Tensor, rows: Tensor, places: Tensor) -> Tensor:
        """Scores of each piece's role (last axis) to each anchor (first axis)."""
        x = self.drop(x)  # here and not on the pairs, where drawing lots takes a tenth of the time
        anchor = x[rows, places]
        far = (torch.arange(x.shape[1]) - places[:, None]).clamp(-REACH, REACH) + REACH
        joint = self.product(self.left(x)[rows] * self.right(anchor)[:, None])
        z = functional.gelu(self.piece(x)[rows] + self.says(anchor)[:, None] + self.far(far) + joint)
        z = self.calm(z + self.near(z.transpose(1, 2)).transpose(1, 2))
        scores: Tensor = self.role(z)
        return scores

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of anchors, roles and what each piece is to anybody."""
        x = self.encoder(batch.ids, batch.signs)
        return self.anchor(x), self.roles(x, batch.rows, batch.places), self.outer(x)


def loss(reader: Reader, batch: Batch) -> Tensor:
    """Negative log likelihood of all decisions, per piece."""
    anchors, roles, outer = reader(batch)
    told = functional.cross_entropy(anchors.float().flatten(0, 1), batch.anchors.flatten(), reduction="sum")
    given = functional.cross_entropy(roles.float().flatten(0, 1), batch.roles.flatten(), reduction="sum")
    bits = (batch.outer[:, :, None] >> torch.arange(OUTER)) & 1
    kept = (batch.outer >= 0).float()[:, :, None]
    around = functional.binary_cross_entropy_with_logits(
        outer.float(), bits.float(), weight=kept.expand_as(outer), reduction="sum"
    )
    return (2 * told + given + 0.3 * around) / (batch.anchors >= 0).sum()


def packed(windows: list[Example]) -> Batch:
    """Windows as one batch, filled up to the longest."""
    size = -(-(max(len(window.ids) for window in windows) + 2) // 16) * 16
    count, said = len(windows), sum(len(window.places) for window in windows)
    ids = torch.zeros((count, size), dtype=torch.long)
    signs = torch.zeros((count, size, len(SIGNS)), dtype=torch.long)
    anchors, outer = (torch.full((count, size), -100, dtype=torch.long) for _ in range(2))
    roles = torch.full((said, size), -100, dtype=torch.long)
    at = 0
    for n, window in enumerate(windows):
        stop = len(window.ids) + 1
        ids[n, 0], ids[n, stop] = CLS, SEP
        for whole, part in ((ids, window.ids), (signs, window.signs), (anchors, window.anchors), (outer, window.outer)):
            whole[n, 1:stop] = torch.from_numpy(part)
        roles[at : at + len(window.places), 1:stop] = torch.from_numpy(window.roles)
        at += len(window.places)
    rows = torch.tensor([n for n, window in enumerate(windows) for _ in window.places], dtype=torch.long)
    places = torch.tensor([place + 1 for window in windows for place in window.places], dtype=torch.long)
    return Batch(ids, signs, anchors, rows, places, roles, outer)


def started(reader: Reader, weights: dict[str, Tensor]) -> None:
    """Take over the weights of a BERT by their published names: its lower layers, and of each the strongest units."""
    encoder = reader.encoder
    top = "embeddings."
    encoder.words.weight.data.copy_(weights[top + "word_embeddings.weight"])
    encoder.places.weight.data.copy_(
        weights[top + "position_embeddings.weight"] + weights[top + "token_type_embeddings.weight"][0]
    )
    _take(encoder.calm, weights, top + "LayerNorm")
    for n, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)
        stem = f"encoder.layer.{n}."
        parts = [f"{stem}attention.self.{name}" for name in ("query", "key", "value")]
        layer.mix.weight.data.copy_(torch.cat([weights[part + ".weight"] for part in parts]))
        layer.mix.bias.data.copy_(torch.cat([weights[part + ".bias"] for part in parts]))
        _take(layer.out, weights, stem + "attention.output.dense")
        _take(layer.calm, weights, stem + "attention.output.LayerNorm")
        rise, fall = weights[stem + "intermediate.dense.weight"], weights[stem + "output.dense.weight"]
        kept = (rise.norm(dim=1) * fall.norm(dim=0)).topk(reader.shape.inner).indices.sort().values
        layer.rise.weight.data.copy_(rise[kept])
        layer.rise.bias.data.copy_(weights[stem + "intermediate.dense.bias"][kept])
        layer.fall.weight.data.copy_(fall[:, kept])
        layer.fall.bias.data.copy_(weights[stem + "output.dense.bias"])
        _take(layer.rest, weights, stem + "output.LayerNorm")


def _take(part: nn.Linear | nn.LayerNorm, weights: dict[str, Tensor], name: str) -> None:
    part.weight.data.copy_(weights[name + ".weight"])
    part.bias.data.copy_(weights[name + ".bias"])
